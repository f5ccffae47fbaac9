"""Text made safe for pdflatex: nothing in it is a command, and every letter is set or named by its code point.

pylatexenc has the commands of letters and signs. This module adds the letters that need another command, and leaves out
those whose command the packages of the report do not define; `tests/report/test_escape.py` sets the whole table.
"""

import re
import unicodedata
from functools import cache

from pylatexenc.latexencode import get_builtin_uni2latex_dict

_COMMANDS = get_builtin_uni2latex_dict()

_OWN = {
    "_": r"\_\allowbreak{}",
    "/": r"/\allowbreak{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "-": "{-}",  # or two of them would become a dash
    ",": "{,}",  # or two of them would become a quotation mark
    "[": "{[}",  # or it could be taken for the option of a command before it
    "]": "{]}",
    "√": r"$\surd$",
    "′": "$'$",
    "✓": r"$\checkmark$",
    "✗": r"$\times$",
    "\u202f": r"\,",
}

_UNDEFINED = re.compile(r"\\(cyr|CYR|mathscr|mathbb\{[a-z]|textfrac)")
_UNSETTABLE = frozenset("ŉƕƞəɛɸʔʞΐϒ↜↝⇅⇵∟∯∰∱∻∾≆≋≌≙≛≸≹⊧⊨⊫⊶⊷⊹⊾⋘⋙⋨⋰⌆⌕♩♭♮♯⨏⨖")

# Combining marks, whose names in Unicode tell them apart where an editor does not.
_ACCENTS = {
    "COMBINING GRAVE ACCENT": "`",
    "COMBINING ACUTE ACCENT": "'",
    "COMBINING CIRCUMFLEX ACCENT": "^",
    "COMBINING TILDE": "~",
    "COMBINING MACRON": "=",
    "COMBINING BREVE": "u",
    "COMBINING DOT ABOVE": ".",
    "COMBINING DIAERESIS": '"',
    "COMBINING RING ABOVE": "r",
    "COMBINING DOUBLE ACUTE ACCENT": "H",
    "COMBINING CARON": "v",
    "COMBINING DOT BELOW": "d",
    "COMBINING CEDILLA": "c",
    "COMBINING OGONEK": "k",
    "COMBINING MACRON BELOW": "b",
}

_CLUSTER = re.compile(
    "[A-Za-z][\u0300-\u036f]|.", re.DOTALL
)  # an accented letter that has no code point, or one letter


def escape(text: object) -> str:
    """Return the text as LaTeX; a letter that LaTeX cannot set is named by its code point, never dropped."""
    composed = unicodedata.normalize("NFC", re.sub(r"\s*\n\s*", " ", str(text)))
    return _CLUSTER.sub(lambda found: _set(found[0]), composed)


@cache
def _set(cluster: str) -> str:
    if cluster in _OWN:
        return _OWN[cluster]
    command = _COMMANDS.get(ord(cluster)) if len(cluster) == 1 and cluster not in _UNSETTABLE else None
    if command and not _UNDEFINED.search(command):
        return f"{{{command}}}"
    if cluster.isascii():
        return cluster if cluster.isprintable() else " "
    return _accented(cluster) or _plain_form(cluster) or "".join(map(_named, cluster))


def _accented(cluster: str) -> str | None:
    """Return a letter of ASCII under or over one combining mark."""
    base, *marks = unicodedata.normalize("NFD", cluster)
    accent = _ACCENTS.get(unicodedata.name(marks[0], "")) if len(marks) == 1 else None
    if accent is None or not base.isascii() or not base.isalpha():
        return None
    dotless = base.replace("i", r"\i").replace("j", r"\j") if base in "ij" else base
    return rf"{{\{accent}{{{dotless}}}}}"


def _plain_form(cluster: str) -> str | None:
    """Return the letters that a ligature, a script letter or a letter of full width stands for."""
    plain = unicodedata.normalize("NFKC", cluster)
    is_letter = len(cluster) == 1 and unicodedata.category(cluster).startswith("L")
    return escape(plain) if is_letter and plain != cluster else None


def _named(letter: str) -> str:
    return rf"{{\ttfamily U+{ord(letter):04X}}}"
