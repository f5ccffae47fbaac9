"""Sentences of the protocol on dataset, split and scaling of the inputs."""

from folklore.report.variant import ReportedVariant
from folklore.wording.input_form import input_form
from folklore.wording.label_noise import label_noise
from folklore.wording.numbers import measured, setting
from folklore.wording.phrases import plain

# Scaling of images, and of other features.
SCALINGS = {
    "unit": ("Pixels divided by 255, to [0, 1]", "Each feature from its range over the training set to [0, 1]"),
    "symmetric": (
        "Pixels divided by 255, then (x − 0.5) / 0.5, to [−1, 1]",
        "Each feature from its range over the training set to [−1, 1]",
    ),
    "standardised": (
        "Each channel minus its mean over the training set, divided by its standard deviation there",
        "Each feature minus its mean over the training set, divided by its standard deviation there",
    ),
    "imagenet": (
        "Pixels divided by 255; then red, green and blue minus 0.485, 0.456 and 0.406, divided by 0.229, 0.224 and "
        "0.225, the means and standard deviations of ImageNet",
        "",
    ),
    "raw": ("Unscaled pixels, 0 to 255", "Unscaled features"),
}
_GREY = "Greyscale images: each channel is the luminance 0.299 R + 0.587 G + 0.114 B, rounded. "
_PURPOSES = {"train": "training examples", "validation": "validation examples", "test": "test examples"}
_STRATIFIED = {
    False: "",
    True: ", then sorted by (k − ½) / n for the k-th of the n members of a class, so that each prefix has the class "
    "shares of the whole",
}


def dataset(variant: ReportedVariant) -> str:
    known = variant.facts["dataset"]
    counts, classes = known["counts"], known["classes"]
    sets = [f"{setting(counts[name])} {purpose}" for name, purpose in _PURPOSES.items() if counts[name]]
    listed = ", ".join(classes) if len(classes) <= 12 else f"{', '.join(classes[:10])} …"
    return (
        f"{known['name']} ({known['source']}{', a stand-in' if known['stand_in'] else ''}): {', '.join(sets)}; "
        f"{input_form(known)}; {len(classes)} classes ({listed}). {_sentence(known['description'])}"
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def split(variant: ReportedVariant) -> str:
    known, data = variant.facts["split"], variant.recipe.data
    counts = {name: setting(sum(known["counts"][name])) for name in ("train", "validation", "test")}
    first = f"skip {setting(data.skip)} examples, take the next" if data.skip else "take the first"
    own = variant.facts["dataset"]["counts"]["validation"]
    reserve = "a random order of the dataset’s validation set" if own else "the same order"
    tested = "the whole test set" if data.test is None else "the first of a random order of the test set"
    return (
        f"Order the dataset’s training set at random (NumPy’s PCG64 with split seed {known['seed']}"
        f"{_STRATIFIED[known['stratified']]}){', reverse the order' if data.reverse else ''}; {first} "
        f"{counts['train']} examples for training, and the last {counts['validation']} of {reserve} for validation. "
        f"Test examples: {counts['test']}, {tested}. All training seeds share the split."
    )


def wrong_labels(variant: ReportedVariant) -> str:
    return label_noise(variant.recipe.data.label_noise, variant.facts)


def inputs(variant: ReportedVariant) -> str:
    found = variant.facts["inputs"]
    if variant.facts["dataset"].get("vocabulary"):
        return "Tokens, as integers."
    mean, deviation = (", ".join(measured(round(value, 4)) for value in found[key]) for key in ("mean", "sd"))
    name, of_images = variant.recipe.data.scaling, len(variant.facts["dataset"]["shape"]) == 3
    scaling = SCALINGS.get(name, (plain(name).capitalize(),) * 2)[not of_images]
    grey = _GREY if variant.recipe.data.grey else ""
    return f"{grey}{scaling}. Over the training set, the channels then have mean {mean} and SD {deviation}."
