from itertools import pairwise

import pytest
from planted_study import FAILURES, PROVENANCE

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync")


@pytest.fixture
def written(jobs):
    def write(hostile=False):
        page = jobs.folder / "report/index.html"
        sections = [jobs.section(hostile=hostile)]
        jobs.done(
            "write_report",
            sections=sections,
            provenance=PROVENANCE,
            failures=FAILURES,
            accepted=[jobs.accepted()],
            html=page,
        )
        return page

    return write


@pytest.fixture
def browser(chromium):
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only where there is a browser)

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def opened(browser, written):
    def open_page(hostile=False, width=1280):
        page = browser.new_page(viewport={"width": width, "height": 800})
        requests, dialogs = [], []
        page.on("request", lambda request: requests.append(request.url))
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(written(hostile).as_uri())
        return page, [url for url in requests if not url.startswith("data:")], dialogs

    return open_page


def test_stand_ins_are_announced_and_the_score_is_that_of_the_verdicts(written):
    page = written().read_text()
    assert "Measured on stand-in data." in page
    for ruling in ("supported", "refuted", "undecided", "not testable"):
        assert ruling in page
    assert "each of 4 claims" in page


def test_what_was_selected_and_what_the_test_part_adds_to_it_are_told(written):
    page = written().read_text()
    assert "Variant that each selection chose" in page
    assert "“tuned on test” and “tuned” chose the same variant, lr=0.1: there is no selection bias." in page
    assert " tuned: lr=0.1." in page


def test_a_change_that_was_accepted_without_running_anew_is_told_with_its_reason(written):
    provenance = written().read_text().partition('id="provenance"')[2]
    assert "Code changes accepted without a rerun" in provenance
    assert "Renamed &lt;a&gt; &amp; b_c, 100%." in provenance
    assert "folklore.train.loop" in provenance


def test_the_same_sections_give_the_same_bytes(written, jobs):
    page = written()
    before = page.read_bytes()
    sections = ["report/sections/planted.json"]
    jobs.done(
        "write_report",
        sections=sections,
        provenance=PROVENANCE,
        failures=FAILURES,
        accepted=[jobs.accepted()],
        html=page,
    )
    assert before == page.read_bytes()


@pytest.mark.slow
def test_the_page_asks_for_nothing_but_itself(opened):
    _, requests, _ = opened()
    assert len(requests) == 1


@pytest.mark.slow
def test_the_page_fits_a_small_telephone(opened):
    page, _, _ = opened(width=320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.slow
def test_every_figure_has_its_words_its_command_and_its_picture(opened):
    page, _, _ = opened()
    figures = page.locator("figure").all()
    assert len(figures) == 1
    for figure in figures:
        assert figure.locator("img").get_attribute("alt") == "The curves of both rates over 3 seeds."
        assert "snakemake --cores 1 figures/curves.svg" in figure.inner_text()
        assert figure.locator("img").evaluate("image => image.naturalWidth") > 0


@pytest.mark.slow
def test_every_link_leads_somewhere_in_the_page_and_no_name_stands_twice(opened):
    page, _, _ = opened()
    targets = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    names = page.eval_on_selector_all("[id]", "found => found.map(element => element.id)")
    assert {target.removeprefix("#") for target in targets} <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.slow
def test_headings_never_skip_a_level(opened):
    page, _, _ = opened()
    levels = page.eval_on_selector_all("h1,h2,h3,h4", "found => found.map(heading => Number(heading.tagName[1]))")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.slow
def test_claims_can_be_filtered_by_ruling_without_a_script(opened):
    page, _, _ = opened()
    page.get_by_label("undecided").check()
    assert page.locator("tr.claim:visible").count() == 1
    assert page.locator("script").count() == 0


@pytest.mark.slow
def test_hostile_text_is_text(opened):
    page, _, dialogs = opened(hostile=True)
    assert not dialogs
    assert page.locator("script").count() == 0
    assert r"<script>alert(1)</script> %$#&_{}~^\ τ" in page.locator("#planted-title").inner_text()


def test_what_failed_is_named_with_its_reason(written):
    page = written(hostile=True).read_text()
    assert "<li>figure a_b: <code>draw_figure failed: &lt;b&gt; &amp; 100 % of $x_1</code></li>" in page
    assert "<li>lost_study: <code>judge_claims failed: KeyError: &lt;i&gt; &amp; 5 % of $y_2</code></li>" in page
