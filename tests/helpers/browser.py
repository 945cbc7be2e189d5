"""Chromium without a window, for tests that use a page as a person would: with keys, the mouse and a finger."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

if find_spec("playwright") is None:  # pragma: no cover - the extra "test" has it
    pytest.skip("there is no playwright", allow_module_level=True)

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WIDE, NARROW = (1400, 900), (390, 844)

MARKS = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium")]
"""The marks of a module of such tests."""


@contextmanager
def launched() -> Iterator[Browser]:
    """Start the browser; it is closed in the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser,
    file: Path,
    size: tuple[int, int] = WIDE,
    scheme: str = "light",
    hash: str = "",
    scripts: bool = True,
    before: str = "",
    policy: bool = True,
    complains: str = "",
) -> Iterator[Page]:
    """Open a file in a window of this size, by touch if it is narrow.

    Whatever the page complains of is a failure, unless it is what it `complains` of as it must.

    `scheme` is light or dark; `before` is a script that runs before those of the page. Without its `policy`, tests may
    add scripts to the page.
    """
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=size == NARROW,
        java_script_enabled=scripts,
        bypass_csp=not policy,
    )
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.on("request", lambda request: complaints.extend(_foreign(request.url, file)))
    if before:
        page.add_init_script(before)
    page.set_default_timeout(20_000)
    page.goto(file.as_uri() + hash)
    yield page
    assert [each for each in complaints if not complains or complains not in each] == []
    assert bool(complains) == bool(complaints)
    context.close()


def _foreign(url: str, file: Path) -> Iterator[str]:
    if not url.startswith((file.parent.as_uri(), "blob:", "data:")):
        yield f"loads {url}"
