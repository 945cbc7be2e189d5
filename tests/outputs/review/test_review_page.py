"""The review page in a browser, as a person uses it: by keyboard, mouse and touch. Skipped without Chromium."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from helpers.browser import MARKS, NARROW, WIDE, launched, opened
from helpers.documents import examples
from helpers.filings import DAMAGED
from lxml import etree
from playwright.sync_api import Browser, Dialog, Locator, Page

from converter.outputs.review.page import render_inline
from converter.pipeline import Reading, load_overrides, read_data

pytestmark = MARKS

UNSURE = DAMAGED.replace("62,118   ", "92,118   ").replace("Other current assets", "Deposits            ")
EXAMPLES = {path.name: path for path in examples()}
HTML, TEXT, SUBMISSION = "release.htm", "damaged.txt", "submission-10q.txt"


@cache
def reading_named(name: str) -> Reading:
    return read_data(UNSURE.encode() if name == TEXT else EXAMPLES[name].read_bytes(), name)


@cache
def rendered(name: str) -> str:
    return render_inline(reading_named(name))


def written(folder: Path, name: str = TEXT, suffix: str = ".html") -> Path:
    file = folder / f"page{suffix}"
    file.write_text(rendered(name), encoding="utf-8", newline="")
    return file


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


# What the page shows


def current(page: Page) -> list[str]:
    """The text of the chosen figure in the filing."""
    return page.locator("#review-source a.fact[aria-current]").all_text_contents()


def details(page: Page) -> str:
    return page.locator(".detail").inner_text()


def view(page: Page) -> str:
    return page.locator(".view").inner_text()


def figure(page: Page, text: str) -> Locator:
    """A figure in the table of a statement."""
    return page.locator("table.statement td a", has_text=re.compile(f"^{re.escape(text)}$")).first


def is_seen(page: Page, mark: Locator) -> bool:
    """Whether a figure is in the part of the filing that is on the screen, below the bar and above the panel."""
    place, frame = mark.bounding_box(), page.locator("#review-source").bounding_box()
    assert place is not None
    assert frame is not None
    return frame["y"] <= place["y"] and place["y"] + place["height"] <= frame["y"] + frame["height"]


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize(("name", "suffix"), [(SUBMISSION, ".html"), (SUBMISSION, ".xhtml"), (HTML, ".html")])
def test_it_opens_at_the_first_statement(
    browser: Browser, tmp_path: Path, name: str, suffix: str, size: tuple[int, int]
) -> None:
    with opened(browser, written(tmp_path, name, suffix), size) as page:
        table = page.locator("table.statement")
        assert table.locator("tbody tr").count() > 5
        link = str(table.locator("td a").first.get_attribute("href"))
        assert is_seen(page, page.locator(f'#review-source a.fact[href="{link}"]').first)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_keys(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path)) as page:
        assert "BALANCE SHEETS" in view(page).upper()
        page.keyboard.press("j")
        assert current(page) == ["$ 52,,818"]
        assert "misprinted" in details(page)
        page.keyboard.press("ArrowRight")
        assert current(page) == ["$ 41,200"]
        assert "CashAndCashEquivalentsAtCarryingValue" in details(page)
        assert "41,200,000 USD" in details(page)
        page.keyboard.press("k")
        assert current(page) == ["$ 52,,818"]
        page.keyboard.press("n")
        assert current(page) == ["1O,500"]
        page.keyboard.press("?")
        assert "next, previous statement" in view(page)
        page.keyboard.press("s")
        page.keyboard.press("s")
        assert "STATEMENTS OF INCOME" in page.locator("#review-table").inner_text().upper()
        page.keyboard.press("Escape")
        assert current(page) == []
        page.locator("[data-state=low]").click()
        assert len(current(page)) == 1
        assert page.locator("a.shown").count() > 0


def test_table_and_filing_lead_to_each_other(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, SUBMISSION)) as page:
        cell = page.locator("table.statement td a").first
        cell.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        (mark,) = current(page)
        assert mark.strip("$ ()") == page.locator("table.statement td a[aria-current]").inner_text().strip("−")
        assert is_seen(page, page.locator("a.fact[aria-current]"))
        other = page.locator("#review-source pre a.mapped").nth(60)
        other.click()
        assert current(page) == [other.inner_text()]
        assert page.locator("table.statement td a[aria-current]").count() == 1
        page.get_by_label("Statement", exact=True).select_option(index=1)
        assert page.locator("#review-table").inner_text() != ""
        first = page.locator("table.statement td a").first
        first.click()
        assert is_seen(page, page.locator("a.fact[aria-current]"))


def test_html_in_its_own_design(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, HTML)) as page:
        filed = page.locator(".filed")
        assert filed.locator("table tr td").count() > 50
        heading = filed.get_by_text("CONSOLIDATED STATEMENTS OF INCOME").first
        assert heading.evaluate("element => getComputedStyle(element).fontWeight") == "700"
        mark = filed.locator("a.fact", has_text="418.6").first
        mark.click()
        assert "418,600,000 USD" in details(page)
        assert figure(page, "418.6").get_attribute("aria-current") == "true"


def test_search_begins_with_the_exact_caption_and_groups_periods(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, HTML)) as page:
        page.keyboard.press("/")
        page.keyboard.type("net income")
        first, *others = page.locator(".results li").all()
        assert first.locator("strong").inner_text() == "Net income"
        assert first.locator(".periods button").count() > 1
        assert len(others) > 0
        page.keyboard.press("Enter")
        assert "Net income" in details(page)
        chosen = current(page)
        page.keyboard.press("Enter")
        assert current(page) != chosen
        page.keyboard.press("Control+A")
        page.keyboard.type("nothing of the kind")
        assert view(page).splitlines()[-1] == "0 rows found"


@pytest.mark.parametrize("name", [TEXT, HTML, SUBMISSION])
def test_findings_are_those_of_the_report(browser: Browser, tmp_path: Path, name: str) -> None:
    findings = reading_named(name).report.findings
    with opened(browser, written(tmp_path, name)) as page:
        tab = page.locator("[data-view=findings]")
        assert tab.inner_text().split()[:2] == ["Findings", str(len(findings))]
        tab.click()
        assert page.locator(".view li").count() == len(findings)
        for severity, name_ in (("error", "Errors"), ("warning", "Warnings"), ("info", "For the record")):
            number = sum(finding.severity == severity for finding in findings)
            assert (f"{name_} ({number})" in view(page)) == (number > 0)


def test_findings_sums_and_headlines_lead_to_figures(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path)) as page:
        page.locator("[data-view=findings]").click()
        page.locator(".view li button", has_text="92,118,000").first.click()
        assert current(page) == ["$  92,118"]
        assert "does not add up: difference 30,000,000" in details(page)
        page.locator(".detail table a").first.click()
        assert current(page) == ["$ 52,,818"]
        page.keyboard.press("c")
        page.locator(".headlines a", has_text=re.compile("^52,818,000")).click()
        assert "CashAndCashEquivalentsAtCarryingValue" in details(page)


def test_the_change_on_the_period_before(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, HTML)) as page:
        row = page.locator("table.statement tr", has=page.get_by_text("Net sales", exact=True))
        assert [cell.strip() for cell in row.locator("td").all_text_contents()][:3] == ["418.6", "+7.6%", "389.2"]
        figure(page, "418.6").click()
        assert "+7.6% from 389,200,000, 3 months to 2005-07-30" in " ".join(details(page).split())


# Corrections


def choose_concept(page: Page, words: str, *keys: str) -> None:
    field = page.get_by_label("Another concept for this row")
    field.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    if "ArrowDown" in keys:
        page.locator("#review-options li").first.wait_for()
    for key in keys:
        page.keyboard.press(key)


def test_corrections_by_keyboard_kept_saved_and_opened(browser: Browser, tmp_path: Path) -> None:
    file = written(tmp_path)
    with opened(browser, file) as page:
        page.keyboard.press("j")
        choose_concept(page, "no such thing", "Enter")
        assert "The taxonomy has no concept “no such thing”" in page.locator(".detail [role=alert]").inner_text()
        assert page.locator("[data-view=corrections]").inner_text() == "Corrections"
        choose_concept(page, "restricted cash current", "ArrowDown", "ArrowUp", "Enter")
        page.get_by_text("Noted: 1 correction, kept in this browser.").wait_for()
        given = page.locator("table.statement .given").first.inner_text()
        page.reload()
        assert page.locator("[data-view=corrections]").inner_text() == "Corrections 1"
        assert page.locator("table.statement .given").first.inner_text() == given
        page.locator("[data-view=corrections]").click()
        with page.expect_download() as download:
            page.get_by_text("Save mapping.csv").click()
        saved = tmp_path / download.value.suggested_filename
        download.value.save_as(saved)
    overrides = load_overrides(saved)
    assert [override.concept for override in overrides] == [given.removeprefix("→ ")]
    changed = read_data(UNSURE.encode(), TEXT, overrides=overrides)
    assert given.removeprefix("→ ") in {fact.concept for fact in changed.report.facts}
    with opened(browser, file) as page:  # another person's browser
        assert page.locator("[data-view=corrections]").inner_text() == "Corrections"
        page.locator("[data-view=corrections]").click()
        page.locator("input[type=file]").set_input_files(saved)
        page.get_by_text("Drop all").wait_for()
        page.keyboard.press("t")
        assert page.locator("table.statement .given").first.inner_text() == given


def test_a_table_with_an_unknown_concept_is_told(browser: Browser, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    good = 'pattern,statement,concept\n"Cash, and more",bs,Cash\n'
    table.write_text(f"{good}Inventories,bs,Inventories\n", encoding="utf-8")
    with opened(browser, written(tmp_path)) as page:
        page.locator("[data-view=corrections]").click()
        page.locator("input[type=file]").set_input_files(table)
        assert "no concept Inventories" in page.locator(".view [role=alert]").inner_text()
        assert page.get_by_label("Table of mappings").input_value() == good


def test_corrections_that_the_browser_does_not_keep_are_not_lost_without_a_warning(
    browser: Browser, tmp_path: Path
) -> None:
    refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });"
    with opened(browser, written(tmp_path), before=refuse) as page:
        page.keyboard.press("j")
        choose_concept(page, "Cash", "Enter")
        page.get_by_text("Noted: 1 correction.").wait_for()
        page.locator("[data-view=corrections]").click()
        assert "This browser does not keep them" in view(page)
        asked: list[str] = []

        def accept(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", accept)
        page.reload()
        assert asked == ["beforeunload"]


# On a phone


def test_by_touch_on_a_narrow_screen(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, HTML), NARROW) as page:
        figure(page, "418.6").tap()
        assert "418,600,000 USD" in details(page)
        mark = page.locator("a.fact[aria-current]")
        assert is_seen(page, mark)
        chosen = current(page)
        page.locator(".detail").get_by_text("Next ›").tap()
        assert current(page) != chosen
        page.locator(".detail").get_by_text("Close").tap()
        assert page.locator("table.statement").is_visible()
        page.locator(".view > .close").tap()
        assert not page.locator(".panel").is_visible()
        page.locator(".filed a.mapped").nth(2).tap()
        assert page.locator(".detail").is_visible()
        for name in ("overview", "findings", "corrections", "help", "statements"):
            page.locator(f"[data-view={name}]").tap()
            assert page.locator(".view").is_visible()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            wide = "element => element.scrollWidth <= element.clientWidth"
            assert all(title.evaluate(wide) for title in page.locator(".view h2, .bar h1").all())


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_link_to_a_fact(browser: Browser, tmp_path: Path, size: tuple[int, int]) -> None:
    with opened(browser, written(tmp_path, SUBMISSION), size, hash="#f100") as page:
        mark = page.locator("a.fact[aria-current]")
        assert is_seen(page, mark)
        assert "f100," in details(page)


# What does not run, what does in spite of it


@pytest.mark.parametrize("suffix", [".html", ".xhtml"])
def test_no_other_script_runs_and_nothing_is_loaded(browser: Browser, tmp_path: Path, suffix: str) -> None:
    """The page's policy stops what the sanitising of a filing might miss one day."""
    (tmp_path / "other.js").write_text('document.title = "ran"', encoding="utf-8")
    (tmp_path / "other.css").write_text("body { --loaded: 1 }", encoding="utf-8")
    injected = """
    <img id="image" alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
      onload="document.title = 'ran'" onerror="document.title = 'ran'"/>
    <script type="text/javascript">document.title = "ran"</script>
    <script type="text/javascript" src="other.js"></script>
    <link rel="stylesheet" href="other.css"/>
    """
    file = written(tmp_path, TEXT, suffix)
    file.write_text(rendered(TEXT).replace("</body>", injected + "</body>"), encoding="utf-8", newline="")
    with opened(browser, file, complains="Content Security Policy") as page:
        page.keyboard.press("j")
        assert current(page) == ["$ 52,,818"]
        assert page.title() == "UNKNOWN – damaged.txt"
        assert page.locator("#image").evaluate("image => image.naturalWidth") == 0
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--loaded')") == ""


@pytest.mark.parametrize("name", [TEXT, HTML])
@pytest.mark.parametrize("suffix", [".html", ".xhtml"])
def test_it_works_after_another_program_wrote_it_again(
    browser: Browser, tmp_path: Path, name: str, suffix: str
) -> None:
    """A viewer reads the document as XML and writes it as XML, to be read by a browser as either."""
    file = tmp_path / f"again{suffix}"
    file.write_bytes(etree.tostring(etree.fromstring(rendered(name).encode()), encoding="utf-8", xml_declaration=True))
    with opened(browser, file) as page:
        page.keyboard.press("j")
        assert len(current(page)) == 1
        assert page.locator("table.statement").count() == 1


def test_another_viewer_has_a_frame_of_its_own(browser: Browser, tmp_path: Path) -> None:
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", rendered(TEXT))
    data = '<script type="application/x.ixbrl-viewer+json">{}</script></body>'
    file = tmp_path / "viewer.html"
    file.write_text(text.replace("</body>", data), encoding="utf-8", newline="")
    with opened(browser, file) as page:
        assert page.locator("aside").count() == 0


def test_without_scripts_the_filing_can_be_read(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, HTML), scripts=False) as page:
        assert page.locator("h1").inner_text() == "Portley Outfitters, Inc. – release.htm"
        assert page.locator(".filed a.mapped").first.is_visible()


# For everyone


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("name", [TEXT, HTML])
def test_accessible(browser: Browser, tmp_path: Path, name: str, size: tuple[int, int], scheme: str) -> None:
    """axe-core finds nothing, in any view."""
    sync_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")
    with opened(browser, written(tmp_path, name), size, scheme, policy=False) as page:
        for key in ("", "j", "?", "c", "t", "/"):
            if key:
                page.keyboard.press(key)
            if key == "/":
                page.keyboard.type("income")
            violations = sync_playwright.Axe().run(page).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == []
