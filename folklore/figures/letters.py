"""Letters that the font of the figures lacks: another installed font shows them, else their code points are written."""

from collections.abc import Iterable
from functools import cache

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

FONT = "DejaVu Sans"  # matplotlib brings it along
_PLACEHOLDERS = "Last Resort"  # a font that draws one box for each block of Unicode


def show_every_letter(figure: Figure) -> None:
    """Give each text the fonts that its letters need."""
    for text in figure.findobj(Text):
        if lacking := _lacking(text.get_text()):
            fonts = {letter: _font_with(letter) for letter in lacking}
            text.set_fontfamily([FONT, *dict.fromkeys(font for font in fonts.values() if font)])
            text.set_text(_named(text.get_text(), [letter for letter, font in fonts.items() if font is None]))


def _lacking(text: str) -> list[str]:
    """Return the letters that the font of the figures does not have."""
    return [letter for letter in dict.fromkeys(text) if letter.isprintable() and letter not in _letters(_usual_font())]


def _named(text: str, letters: Iterable[str]) -> str:
    """Write the letters by their code points: two names that differ in them alone still differ."""
    return text.translate({ord(letter): f"[U+{ord(letter):04X}]" for letter in letters})


@cache
def _font_with(letter: str) -> str | None:
    """Return the first installed font with the letter, in the order of their names; None where no font has it."""
    upright = {font.name: font.fname for font in fontManager.ttflist if font.style == "normal"}
    fonts = [(name, path) for name, path in sorted(upright.items()) if not name.startswith(_PLACEHOLDERS)]
    return next((name for name, path in fonts if letter in _letters(path)), None)


def _usual_font() -> str:
    return findfont(FontProperties(family=FONT))


@cache
def _letters(path: str) -> frozenset[str]:
    try:
        return frozenset(map(chr, FT2Font(path).get_charmap()))
    except RuntimeError:  # a font of coloured pictures
        return frozenset()
