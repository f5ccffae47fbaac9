"""Augmentation in words that leave nothing to look up in the code."""

from collections.abc import Callable, Sequence

from folklore.schema import augmentation
from folklore.schema.augmentation import Augmentation
from folklore.schema.strict_model import StrictModel
from folklore.wording.phrases import in_plain_words, plain
from folklore.wording.recipes import fold, said, settings_in_words


def operations(block: Augmentation) -> tuple[str, ...]:
    """The names of those that are asked for, in the order in which they are done."""
    return tuple(name for name in type(block).model_fields if getattr(block, name) is not None)


def augmented(blocks: Sequence[Augmentation]) -> str:
    """Blocks with the same operations, one a variant: once what they share, and what differs listed."""
    names = operations(blocks[0])
    if not names:
        return "None: the training images as they are."
    phrases = [_phrase(name, [getattr(block, name) for block in blocks]) for name in names]
    return (
        f"Training images are changed at random, each by itself and anew in every epoch, with pixels from 0 to 1 and "
        f"before any other scaling, in this order: {'; '.join(phrases)}. What is drawn comes from a generator of its "
        "own, seeded with 2³¹ more than the training. What is measured in evaluation mode sees the images unchanged."
    )


def _phrase(name: str, blocks: Sequence[StrictModel]) -> str:
    say = _PHRASES.get(name)
    return say(blocks) if say else f"{plain(name)}{settings_in_words(blocks)}"


def _flip(blocks: Sequence[augmentation.Flip]) -> str:
    return (
        f"flipped left to right with probability {said(blocks, 'horizontal')} and, independently, upside down with "
        f"probability {said(blocks, 'vertical')}"
    )


def _shift(blocks: Sequence[augmentation.Shift]) -> str:
    return (
        f"shifted up or down, and left or right, by whole numbers of pixels up to ±{said(blocks, 'pixels')}, all "
        f"equally likely, with {fold([in_plain_words(block.fill, _FILLS) for block in blocks])}"
    )


_FILLS = {"zero": "black coming in", "roll": "what leaves on one side coming in on the other"}


def _rotation(blocks: Sequence[augmentation.Rotation]) -> str:
    return (
        f"turned about the centre by an angle drawn evenly from ± {said(blocks, 'degrees')} degrees (bilinear "
        "interpolation, corners black)"
    )


def _colour(blocks: Sequence[augmentation.Colour]) -> str:
    return (
        f"brightness times a factor drawn evenly from 1 ± {said(blocks, 'brightness')}, then contrast (the distance "
        f"from the image’s mean luminance) times one from 1 ± {said(blocks, 'contrast')}, then saturation (the "
        f"distance from each pixel’s luminance) times one from 1 ± {said(blocks, 'saturation')}, clipped to [0, 1] "
        "after each, luminance being 0.2989 R + 0.587 G + 0.114 B"
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
