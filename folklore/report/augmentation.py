"""Describe the augmentation of training images, completely enough to repeat it without the code."""

from collections.abc import Callable, Sequence

from folklore.schema import augmentation
from folklore.schema.augmentation import Augmentation
from folklore.schema.strict_model import StrictModel
from folklore.wording.phrases import in_plain_words, plain
from folklore.wording.recipes import fold, said, settings_in_words


def operations(block: Augmentation) -> tuple[str, ...]:
    """Return the names of the operations of a block, in the order of application."""
    return tuple(name for name in type(block).model_fields if getattr(block, name) is not None)


def augmented(blocks: Sequence[Augmentation]) -> str:
    """Describe blocks with the same operations, one per variant; settings that differ are listed."""
    names = operations(blocks[0])
    if not names:
        return "None: training images are unchanged."
    phrases = [_phrase(name, [getattr(block, name) for block in blocks]) for name in names]
    return (
        f"Each training image is augmented at random, independently in every epoch, with pixels from 0 to 1 and "
        f"before any other scaling, in this order: {'; '.join(phrases)}. The random numbers come from a separate "
        "generator, seeded with the training seed plus 2³¹. Measurements in evaluation mode use unchanged images."
    )


def _phrase(name: str, blocks: Sequence[StrictModel]) -> str:
    say = _PHRASES.get(name)
    return say(blocks) if say else f"{plain(name)}{settings_in_words(blocks)}"


def _flip(blocks: Sequence[augmentation.Flip]) -> str:
    return (
        f"flipped horizontally with probability {said(blocks, 'horizontal')} and, independently, vertically with "
        f"probability {said(blocks, 'vertical')}"
    )


def _shift(blocks: Sequence[augmentation.Shift]) -> str:
    return (
        f"shifted up or down, and left or right, by whole numbers of pixels up to ±{said(blocks, 'pixels')}, all "
        f"equally likely, with a border {fold([in_plain_words(block.fill, _FILLS) for block in blocks])}"
    )


_FILLS = {"zero": "of black", "roll": "filled from the opposite side"}


def _rotation(blocks: Sequence[augmentation.Rotation]) -> str:
    return (
        f"rotated about the centre by an angle sampled uniformly from ± {said(blocks, 'degrees')} degrees (bilinear "
        "interpolation, corners black)"
    )


def _colour(blocks: Sequence[augmentation.Colour]) -> str:
    return (
        f"brightness times a factor sampled uniformly from 1 ± {said(blocks, 'brightness')}, then contrast (the "
        f"distance from the image’s mean luminance) times one from 1 ± {said(blocks, 'contrast')}, then saturation "
        f"(the distance from each pixel’s luminance) times one from 1 ± {said(blocks, 'saturation')}, clipped to "
        "[0, 1] after each, luminance being 0.2989 R + 0.587 G + 0.114 B"
    )


def _noise(blocks: Sequence[augmentation.Noise]) -> str:
    return (
        f"Gaussian noise of standard deviation {said(blocks, 'sd')} added to every value, "
        f"{fold([_CLIPPED[block.clip] for block in blocks])}"
    )


_CLIPPED = {True: "clipped to [0, 1] afterwards", False: "not clipped afterwards"}

_PHRASES: dict[str, Callable[[Sequence[StrictModel]], str]] = {
    "flip": _flip,
    "shift": _shift,
    "rotation": _rotation,
    "colour": _colour,
    "noise": _noise,
}
