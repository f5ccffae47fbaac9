import re
import subprocess

import pytest
from pylatexenc.latexencode import get_builtin_uni2latex_dict
from pypdf import PdfReader

from folklore.report.escape import escape
from folklore.report.html import TEMPLATES

# Latin letters that the T1 encoding has, and names that need them.
LATIN = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĂ"
    "ăĄąĆćČčĎďĐđĘęĚěĞğĹĺĽľŁłŃńŇňŐőŒœŔŕŘřŚśŞşŠšŤťŮůŰűŸŹźŻżŽž"
)
NAMES = [
    "Łódź",
    "Þingvellir",
    "Kırıkkale",
    "Şırnak",
    "Hódmezővásárhely",
    "Ŋaro",
    "Århus",
    "Škoda",
    "Ťažké Meče",
    "Œuvre",
]
HOSTILE = [
    *NAMES,
    LATIN,
    "Ελληνικά Αθήνα ς ϑ",
    "Жуковский Київ",
    "狗 猫 हाथी כלב قط 😀",
    "x\u0302 e\u0301 \u0302 a\u0323\u0302 ẵ \u0489",
    r"$ % & # _ { } ~ ^ \ $$ \\ \end{document} \input{x} %comment",
    "soft\u00adhyphen non\u2011breaking zero\u200bwidth \ufeff \u202e \u00a0 \u2009 \u2028",
    "ǌ ﬁ ℋ 𝒜 Ａ ⅓ ½ ① № ™ € £ § † ‰",
    "?` !` << >> ,, -- --- '' `` [x] <a> |b| @ \"q\" 'q'",
    "10⁻⁵ η₀ ‖Δθ‖ τ ≥ 0 √x ∞ ∂ ∇ ∈ ∝ ∅ Σ ∑ ∏ ⌊⌋ ⌈⌉ ° ✓ ✗ µ ⊙ ℓ ′ ″ → ← ↑ ↓ ⇒",
    "two\nlines and a\ttab, a bell \a and a zero \0",
]


def test_commands_and_specials_come_out_as_text():
    assert escape("50 % of $5 & #1") == r"50 {\%} of {\$}5 {\&} {\#}1"
    assert escape("\\end{a_b}") == r"{\textbackslash}end{\{}a\_\allowbreak{}b{\}}"


def test_letters_that_would_join_into_another_sign_are_kept_apart():
    assert escape("a--b ,,") == "a{-}{-}b {,}{,}"


def test_letters_keep_their_accents_however_they_are_encoded():
    assert escape("e\u0301") == escape("é") == r"{\'e}"
    assert escape("ǐ x\u0302") == r"{\v{\i}} {\^{x}}"


def test_what_latex_cannot_set_is_named_and_never_dropped():
    assert escape("☃") == r"{\ttfamily U+2603}"
    assert escape("狗猫") == r"{\ttfamily U+72D7}{\ttfamily U+732B}"
    assert escape("ẵ") == r"{\ttfamily U+1EB5}"
    assert escape("ǌ") == "nj"


@pytest.fixture
def typeset(tmp_path, latexmk):
    """Sets paragraphs with the preamble of the report; the first error of LaTeX fails the test."""
    (preamble,) = re.findall(r"\\documentclass.*?(?=\\title)", (TEMPLATES / "page.tex.jinja").read_text(), re.DOTALL)

    def compiled(texts):
        body = "\\par\n".join(f"x{escape(text)}x" for text in texts)
        (tmp_path / "t.tex").write_text(f"{preamble}\\begin{{document}}\n{body}\n\\end{{document}}\n")
        call = [latexmk, "-norc", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "t.tex"]
        subprocess.run(call, cwd=tmp_path, capture_output=True, check=False)
        log = (tmp_path / "t.log").read_text(errors="replace")
        assert re.findall(r"^(?:!|Missing character).*", log, re.MULTILINE) == []
        return "".join(page.extract_text() for page in PdfReader(tmp_path / "t.pdf").pages)

    return compiled


@pytest.mark.slow
def test_hostile_texts_are_set_and_names_of_europe_come_out_as_they_are_written(typeset):
    text = typeset(HOSTILE)
    assert [name for name in NAMES if name.replace(" ", "") not in text.replace(" ", "")] == []
    assert "U+72D7" in text


@pytest.mark.slow
def test_every_letter_of_the_table_and_of_four_blocks_of_latin_is_set(typeset):
    latin = map(chr, range(0xA0, 0x250))
    typeset([chr(code) for code in get_builtin_uni2latex_dict()] + list(latin) + list(map(chr, range(0x1E00, 0x1F00))))
