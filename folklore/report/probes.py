"""What the probes of a study ask of its finished runs, in words that leave nothing to look up in the code."""

from folklore.schema.snapshot import ProbeName
from folklore.wording.phrases import plain

_SENTENCES = {
    "map": (
        "The class that the last weights assign to every place of the plane: on a grid of 200 steps a side for the "
        "picture, over the range of the training inputs and a tenth of it beyond on each side; and on one of 1,000 "
        "steps over the range itself, of which two numbers are kept: how many different sets of active ReLUs it meets, "
        "which is a lower bound of the number of linear regions there, and the share of neighbouring places whose "
        "classes differ."
    ),
    "robustness": (
        "Loss and accuracy of the last weights on the whole test part, as it is and changed, with pixels from 0 to 1: "
        "Gaussian noise of standard deviation 0.1 or 0.2, clipped to [0, 1]; every image mirrored; every image shifted "
        "to one of the eight neighbouring places, black coming in; and all together, mirrored with probability 0.5, "
        "shifted, with noise of 0.2. What is drawn comes from a generator of its own, seeded like the training."
    ),
    "calibration": (
        "Of the last and of the best weights: the temperature by which logits have to be divided for the lowest "
        "cross-entropy on the validation split; then, on the test part, the cross-entropy and the expected calibration "
        "error (the mean |accuracy − confidence| over 15 equal bins of confidence, weighted by their examples), with "
        "and without that temperature."
    ),
    "failures": (
        "The test images that the last weights classify wrongly: how many, and ten of them, spread evenly over the "
        "test part, with the class predicted and its probability."
    ),
    "answers": (
        "Of the last weights, or of all trees: for every example of the test part, whether its most probable class is "
        "its own. McNemar’s test takes the examples that one of two models gets right and the other wrong, and tells "
        "how likely it is that they would fall so unevenly if each were as likely to be won as lost (binomial, exact, "
        "two-sided); both models have the same seed."
    ),
}


def asked(probe: ProbeName) -> str:
    return _SENTENCES.get(probe, f"The measurements of “{plain(probe)}”.")
