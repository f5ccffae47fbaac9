"""Text made safe for LaTeX: nothing in it is a command, and every letter comes out under pdflatex."""

import re
import unicodedata

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_\allowbreak{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "-": "{-}",  # or two of them would become a dash
    "/": r"/\allowbreak{}",
    "[": "{[}",  # or it could be taken for the option of a command before it
    "]": "{]}",
}

_SIGNS = {
    "×": r"\times",
    "−": "-",
    "±": r"\pm",
    "·": r"\cdot",
    "÷": r"\div",
    "≥": r"\geq",
    "≤": r"\leq",
    "≠": r"\neq",
    "≈": r"\approx",
    "→": r"\to",
    "←": r"\leftarrow",
    "↑": r"\uparrow",
    "↓": r"\downarrow",
    "⇒": r"\Rightarrow",
    "‖": r"\Vert",
    "√": r"\surd",
    "∞": r"\infty",
    "∂": r"\partial",
    "∇": r"\nabla",
    "∈": r"\in",
    "∝": r"\propto",
    "∅": r"\varnothing",
    "Σ": r"\Sigma",
    "∑": r"\sum",
    "∏": r"\prod",
    "⌊": r"\lfloor",
    "⌋": r"\rfloor",
    "⌈": r"\lceil",
    "⌉": r"\rceil",
    "°": r"^{\circ}",
    "✓": r"\checkmark",
    "✗": r"\times",
    "µ": r"\mu",
    "⊙": r"\odot",
    "ℓ": r"\ell",
    "′": r"'",
}

_PUNCTUATION = {
    "–": "--",
    "—": "---",
    "‘": "`",
    "’": "'",
    "“": "``",
    "”": "''",
    "…": r"\dots{}",
    "\u00a0": "~",
    "\u2009": r"\,",
    "\u202f": r"\,",
    "\u2011": "{-}",
}

# These capitals are Latin letters to LaTeX.
_LATIN_CAPITALS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True)) | {"ο": "o"}


def escape(text: object) -> str:
    """Whatever LaTeX cannot set is named by its code point, never dropped."""
    return "".join(_letter(letter) for letter in re.sub(r"\s*\n\s*", " ", str(text)))


def _letter(letter: str) -> str:
    if letter in _SPECIAL:
        return _SPECIAL[letter]
    if letter in _PUNCTUATION:
        return _PUNCTUATION[letter]
    if letter in _SIGNS:
        return f"${_SIGNS[letter]}$"
    if letter.isascii():
        return letter if letter.isprintable() else " "
    return _greek(letter) or _raised_or_lowered(letter) or _accented(letter) or rf"{{\ttfamily U+{ord(letter):04X}}}"


def _greek(letter: str) -> str | None:
    if letter in _LATIN_CAPITALS:
        return _LATIN_CAPITALS[letter]
    kind = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (FINAL SIGMA|[A-Z]+)", unicodedata.name(letter, ""))
    if kind is None:
        return None
    command = {"LAMDA": "lambda", "FINAL SIGMA": "varsigma"}.get(kind[2], kind[2].lower())
    return rf"$\{command if kind[1] == 'SMALL' else command.capitalize()}$"


def _raised_or_lowered(letter: str) -> str | None:
    kind, _, plain = unicodedata.decomposition(letter).partition(" ")
    if kind not in ("<super>", "<sub>"):
        return None
    base = chr(int(plain.split()[0], 16))
    return f"$^{{{_math(base)}}}$" if kind == "<super>" else f"$_{{{_math(base)}}}$"


def _math(base: str) -> str:
    if base == "−":
        return "-"
    return base if (base.isascii() and base.isalnum()) or base in "+=()" else ""


def _accented(letter: str) -> str | None:
    """Western and central European letters, which the T1 encoding has."""
    is_letter = unicodedata.category(letter) in ("Lu", "Ll")
    return letter if is_letter and 0xC0 <= ord(letter) <= 0x17E else None
