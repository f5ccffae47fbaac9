import pytest
from planted_study import FAILURES, PROVENANCE
from pypdf import PdfReader


@pytest.fixture
def typeset(jobs, latexmk):
    def compiled(hostile=False):
        tex, pdf = jobs.folder / "report/report.tex", jobs.folder / "report/report.pdf"
        sections = [jobs.section(hostile=hostile)]
        jobs.done(
            "write_latex",
            sections=sections,
            provenance=PROVENANCE,
            failures=FAILURES,
            accepted=[jobs.accepted()],
            tex=tex,
        )
        jobs.done("typeset_report", tex=tex, pdf=pdf)
        return pdf

    return compiled


def text_of(pdf) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


@pytest.mark.slow
def test_the_pdf_has_every_claim_with_its_verdict(typeset):
    text = text_of(typeset())
    for words in ("C999-01", "C999-04", "Lower is better.", "It is the nature of things.", "not testable", "undecided"):
        assert words in text
    assert "Measured on stand-in data." in text
    assert "snakemake --cores 1" in text
    assert "ann: Renamed <a> & b_c, 100%. train_run, folklore.train.loop, 2 files" in text


@pytest.mark.slow
def test_hostile_text_comes_out_as_it_was_written(typeset):
    text = text_of(typeset(hostile=True)).replace(" ", "")
    assert r"<script>alert(1)</script>%$#&_{}~^\τ≤" in text


@pytest.mark.slow
def test_the_same_sections_give_the_same_pdf_and_leave_nothing_else(typeset, jobs):
    pdf = typeset()
    before = pdf.read_bytes()
    pdf.unlink()
    jobs.done("typeset_report", tex=jobs.folder / "report/report.tex", pdf=pdf)
    assert before == pdf.read_bytes()
    assert sorted(path.name for path in pdf.parent.iterdir()) == ["report.pdf", "report.tex", "sections"]


@pytest.mark.slow
def test_an_error_of_latex_is_one_message_that_names_it(jobs, latexmk):
    tex = jobs.folder / "broken.tex"
    tex.write_text("\\documentclass{article}\\begin{document}\n\\nosuchcommand\n\\end{document}\n")
    ended = jobs.run("typeset_report", tex=tex, pdf=jobs.folder / "broken.pdf")
    assert ended.returncode == 1
    assert "! Undefined control sequence. l.2 \\nosuchcommand" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert [path.name for path in jobs.folder.iterdir()] == ["broken.tex"]


def test_without_latex_the_message_says_what_to_do(jobs):
    ended = jobs.run("typeset_report", {"PATH": "/nowhere"}, tex="report.tex", pdf="report.pdf")
    assert ended.returncode == 1
    assert "set `report: {pdf: false}` in config.yaml" in ended.stderr
    assert "Traceback" not in ended.stderr
