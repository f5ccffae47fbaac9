"""PROBES: name → registration of a probe, which measures on a finished run and trains nothing.

A study names the variants that a probe runs on. `folklore/train/probes` holds one file for each.
"""

from folklore.schema.registration import Registration, Statistic

PROBES = {
    "decision_map": Registration(
        build="folklore.train.probes.decision_map:measure",
        names={"last": ""},
        statistics={
            "regions": Statistic("linear regions, at least", "number of linear regions that the map shows"),
            "boundary": Statistic(
                "share of the plane at a boundary", "share of neighbouring grid points with different classes"
            ),
        },
        protocol=(
            "The class that the last weights predict at every point of the plane: on a grid of 200 steps a side for the"
            " picture, over the range of the training inputs and a tenth of it beyond on each side; and on a grid of "
            "1,000 steps over the range itself, from which two numbers follow: how many different sets of active ReLUs "
            "it meets, which is a lower bound of the number of linear regions there, and the share of neighbouring grid"
            " points whose classes differ."
        ),
    ),
    "robustness": Registration(
        build="folklore.train.probes.robustness:measure",
        names={
            "clean": "on the unchanged test images",
            "noise 0.1": "on test images with noise of 0.1",
            "noise 0.2": "on test images with noise of 0.2",
            "flip": "on horizontally flipped test images",
            "shift": "on shifted test images",
            "all": "on test images shifted, flipped at random and with noise",
        },
        statistics={
            "loss": Statistic("test loss", "loss", unit="nats"),
            "accuracy": Statistic("test accuracy", "accuracy", share=True),
        },
        protocol=(
            "Loss and accuracy of the last weights on the whole test set, unchanged and perturbed, with pixels from 0 "
            "to 1: Gaussian noise of standard deviation 0.1 or 0.2, clipped to [0, 1]; every image flipped "
            "horizontally; every image shifted by one pixel in one of eight directions, black coming in; and all "
            "together, flipped with probability 0.5, shifted, with noise of 0.2. Random numbers come from a generator "
            "of their own, seeded like the training."
        ),
    ),
    "calibration": Registration(
        build="folklore.train.probes.calibration:measure",
        names={"last": "after the last epoch", "best": "at the lowest validation loss"},
        statistics={
            "temperature": Statistic("temperature", "temperature that suits the validation set"),
            "loss": Statistic("test loss", unit="nats"),
            "scaled_loss": Statistic(
                "test loss after temperature scaling", "test loss at the validation set’s temperature", unit="nats"
            ),
            "calibration_error": Statistic("test calibration error", "expected calibration error on the test set"),
            "scaled_calibration_error": Statistic(
                "test calibration error after temperature scaling",
                "expected calibration error on the test set at the validation set’s temperature",
            ),
        },
        protocol=(
            "Of the last and of the best weights: the temperature by which logits have to be divided for the lowest "
            "cross-entropy on the validation set; then, on the test set, the cross-entropy and the expected calibration"
            " error (the mean |accuracy − confidence| over 15 equal bins of confidence, weighted by their examples), "
            "with and without that temperature."
        ),
    ),
    "misclassified": Registration(
        build="folklore.train.probes.misclassified:measure",
        names={"test": ""},
        statistics={"count": Statistic("misclassified test examples", "number of misclassified test images")},
        protocol=(
            "The test images that the last weights misclassify: how many, and ten of them, spread evenly over the test "
            "set, with the predicted class and its probability."
        ),
    ),
    "correctness": Registration(
        build="folklore.train.probes.correctness:measure",
        needs_network=False,
        statistics={"correct": Statistic("correctly classified test examples")},
        protocol=(
            "Of the last weights, or of all trees: for every example of the test set, whether its most probable class "
            "is its own. McNemar’s test takes the examples that one of two models classifies correctly and the other "
            "does not. Its p-value is the probability of so uneven a split if each of them were equally likely to fall "
            "to either model (binomial, exact, two-sided); both models have the same seed."
        ),
    ),
}
