"""The page about a dataset in a browser: filings searched and opened by keyboard and touch."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.archives import release, run, write_releases
from helpers.browser import MARKS, NARROW, WIDE, launched, opened
from helpers.documents import examples
from playwright.sync_api import Browser

from converter.archive import MANIFEST, list_filings, render_page, summarise
from converter.archive.task import Settings

pytestmark = MARKS


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a dataset of an example and some small filings, one of them of a company that was there before."""
    folder = tmp_path_factory.mktemp("archive")
    write_releases(folder / "in", 4)
    (folder / "in/later.txt").write_bytes(release(2, year=2004))
    (example,) = (path for path in examples() if path.name == "submission-10q.txt")
    (folder / "in/example.txt").write_bytes(example.read_bytes())
    out = folder / "out"
    run([folder / "in"], out, Settings(formats=("html", "xml")))
    page = out / "report.html"
    page.write_text(render_page(summarise(out / MANIFEST), list_filings(out / MANIFEST), out), encoding="utf-8")
    return page


def test_filings_are_searched_and_opened(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as page:
        assert page.locator("#said").inner_text() == "5 companies, 6 filings"
        page.get_by_label("Search").focus()
        page.keyboard.type("0000900002")
        assert page.locator("#said").inner_text() == "1 company, 2 filings"
        assert page.locator("details table tbody tr").count() == 2
        page.get_by_label("Search").fill("2004-09")
        assert page.locator("#said").inner_text() == "1 company, 1 filing"
        page.locator("details table tbody th a").click()
        page.locator("table.statement").wait_for()
        assert "2004-09-30" in page.locator("h1").inner_text()
        page.go_back()
        page.get_by_label("only what is to be looked at").check()
        assert page.locator("#said").inner_text() == "4 companies, 5 filings"  # the example has no error
        assert page.locator(".path a").count() == 0
        page.locator("summary").first.click()
        source = page.locator(".path a").first
        assert (page_file.parent / str(source.get_attribute("href"))).is_file()


def test_by_touch_on_a_narrow_screen(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file, NARROW) as page:
        page.get_by_role("link", name="Companies and filings").tap()
        page.locator("summary").first.tap()
        page.locator("details table").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_accessible(browser: Browser, page_file: Path, size: tuple[int, int], scheme: str) -> None:
    """axe-core finds nothing."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    with opened(browser, page_file, size, scheme, policy=False) as page:
        page.locator("summary").first.click()
        violations = axe.Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == []
