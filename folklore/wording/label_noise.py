"""Label noise of a variant, as the report writes it."""

from typing import Any

from folklore.schema.data import LabelNoise
from folklore.wording.numbers import setting


def label_noise(noise: LabelNoise | None, facts: dict[str, Any]) -> str:
    """Return a sentence; empty without label noise. `facts` are those of the variant, from facts.json."""
    if noise is None:
        return ""
    share, count = setting(100 * noise.share), setting(facts["wrong_labels"])
    return (
        f"{share} % of the training labels ({count}) are wrong: each is replaced by one of the other classes, all "
        f"equally likely (noise seed {noise.seed}). Validation and test labels are right."
    )
