"""The review page in a browser: Chromium without a window runs the page, and a script that uses it as a person would.

Skipped where there is no `chromium` on the path. The accessibility check needs axe-core's `axe.min.js`: the variable
AXE_CORE names it; without, that check is skipped.
"""

import json
import os
import re
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from helpers.filings import DAMAGED

from converter.outputs.review.page import render_inline
from converter.pipeline import read_data

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = os.environ.get("AXE_CORE", "")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--virtual-time-budget=20000"),
)
UNSURE = DAMAGED.replace("62,118   ", "92,118   ").replace("Other current assets", "Deposits            ")
PAGE = render_inline(read_data(UNSURE.encode(), "damaged.txt"))

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium")]

TOOLS = """
const panel = () => document.querySelector("aside").innerText;
const press = (key, where) => (where || document.activeElement || document.body).dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const click = (selector) => document.querySelector(selector).click();
const tell = (said) => {
  const told = document.createElement("p");
  told.id = "told";
  told.textContent = JSON.stringify(said);
  document.body.append(told);
};
const current = () => [...document.querySelectorAll("a.fact[aria-current]")].map((mark) => mark.textContent);
"""


def _browse(
    folder: Path, script: str, suffix: str = ".html", size: str = "1280,800", hash: str = "", page: str = PAGE
) -> Any:
    """What the script, an async function body run when the page stands, returns. The page's policy lets it run."""
    path = folder / f"page{suffix}"
    run = f"(async () => {{ {script} }})().catch(String).then(tell);"
    added = f"{TOOLS}{run}"
    allowed = b64encode(sha256(f"//\n{added}\n//".encode()).digest()).decode()
    if suffix == ".html":
        allowed = b64encode(sha256(f"//<![CDATA[\n{added}\n//]]>".encode()).digest()).decode()
    page = page.replace("script-src", f"script-src 'sha256-{allowed}'", 1)
    page = page.replace("</body>", f'<script type="text/javascript">//<![CDATA[\n{added}\n//]]></script></body>')
    path.write_text(page, encoding="utf-8", newline="")
    address = path.as_uri() + hash
    command = [str(CHROMIUM), *FLAGS, f"--window-size={size}", f"--user-data-dir={folder / 'profile'}"]
    done = subprocess.run(
        [*command, "--dump-dom", address], capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    found = re.search(r'<p id="told">(.*?)</p>', done.stdout, re.DOTALL)
    assert found, done.stdout[-500:] + done.stderr[-500:]
    said = json.loads(unescape(found[1]))
    assert not isinstance(said, str), said
    return said


@pytest.mark.parametrize("suffix", [".html", ".xhtml"])
def test_keys_and_panel(tmp_path: Path, suffix: str) -> None:
    """Step, search, jump and correct with the keyboard, in a page read as HTML and in one read as XHTML."""
    said = _browse(
        tmp_path,
        """
        const said = { start: panel() };
        press("j"); press("j"); said.second = [current(), panel()];
        press("k"); said.first = current();
        press("n"); said.doubtful = [current(), panel()];
        press("?"); said.help = panel();
        press("/"); said.focus = document.activeElement.id;
        document.activeElement.value = "inventories 1997";
        document.activeElement.dispatchEvent(new Event("input"));
        said.found = panel();
        press("Escape"); said.escaped = [current(), document.activeElement.id];
        click("[data-state=low]"); said.low = [current(), document.querySelectorAll("a.shown").length];
        click("[data-view=findings]"); said.findings = panel();
        const buttons = [...document.querySelectorAll("aside li button")];
        buttons.find((button) => button.textContent.includes("92,118,000")).click();
        said.finding = [current(), panel()];
        const entry = document.getElementById("review-concept");
        entry.value = "AssetsOther"; press("Enter", entry);
        said.table = document.querySelector("aside textarea").value;
        const landmarks = ["header", "aside", "[role=main]"];
        said.landmarks = landmarks.map((each) => document.querySelectorAll("body > " + each).length);
        said.language = document.documentElement.lang;
        return said;
        """,
        suffix,
    )
    assert "Balance Sheets".upper() in said["start"].upper()
    assert said["second"][0] == ["$ 41,200"]
    assert "CashAndCashEquivalentsAtCarryingValue" in said["second"][1]
    assert "41,200,000 USD" in said["second"][1]
    assert said["first"] == ["$ 52,,818"]
    assert said["doubtful"][0] == ["1O,500"]
    assert "misprinted" in said["doubtful"][1]
    assert "next, previous statement" in said["help"]
    assert said["focus"] == "review-search"
    assert said["found"].splitlines()[:2] == ["1 fact found", "Inventories"]
    assert said["escaped"] == [[], ""]
    assert len(said["low"][0]) == 1
    assert said["low"][1] > 0
    assert "92,118,000" in said["findings"]
    assert said["finding"][0] == ["$  92,118"]
    assert "does not add up: difference 30,000,000" in said["finding"][1]
    assert said["table"] == "pattern,statement,concept\nTotal current assets,bs,AssetsOther\n"
    assert said["landmarks"] == [1, 1, 1]
    assert said["language"] == "en"


def test_headline_figures_are_links_to_their_facts(tmp_path: Path) -> None:
    said = _browse(
        tmp_path,
        """
        const rows = [...document.querySelectorAll(".headlines tbody tr")];
        const row = rows.find((row) => row.textContent.includes("Cash"));
        row.querySelector("a").click();
        return [row.querySelector("a").textContent, current(), panel()];
        """,
    )
    assert said[0] == "52,818,000"
    assert said[1] == ["$ 52,,818"]
    assert "CashAndCashEquivalentsAtCarryingValue" in said[2]


@pytest.mark.parametrize("suffix", [".html", ".xhtml"])
def test_no_other_script_runs_and_nothing_is_loaded(tmp_path: Path, suffix: str) -> None:
    """The page's policy stops what the escaping of a filing's text might miss one day."""
    (tmp_path / "other.js").write_text('document.title = "ran"', encoding="utf-8")
    (tmp_path / "other.css").write_text("body { --loaded: 1 }", encoding="utf-8")
    injected = """
    <img id="image" alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
      onload="document.title = 'ran'" onerror="document.title = 'ran'"/>
    <script type="text/javascript">document.title = "ran"</script>
    <script type="text/javascript" src="other.js"></script>
    <link rel="stylesheet" href="other.css"/>
    """
    said = _browse(
        tmp_path,
        """
        const made = document.createElement("script");
        made.textContent = "document.title = 'ran'";
        document.body.append(made);
        try { eval("document.title = 'ran'"); } catch (refused) { /* as it must be */ }
        await new Promise((done) => setTimeout(done, 200));
        const loaded = getComputedStyle(document.body).getPropertyValue("--loaded");
        press("j"); press("j");
        return [document.title, document.getElementById("image").naturalWidth, loaded, current()];
        """,
        suffix,
        page=PAGE.replace("</body>", injected + "</body>"),
    )
    assert said == ["UNKNOWN – damaged.txt", 0, "", ["$ 41,200"]]


def test_a_link_to_a_fact_on_a_narrow_screen(tmp_path: Path) -> None:
    """The page itself is as wide as the screen: only the filing scrolls sideways."""
    script = "return [current(), panel(), document.documentElement.scrollWidth <= innerWidth];"
    said = _browse(tmp_path, script, size="390,844", hash="#f2")
    assert said[0] == ["$ 52,,818"]
    assert "52,818,000 USD" in said[1]
    assert said[2]


@pytest.mark.skipif(not AXE, reason="AXE_CORE does not name axe.min.js")
def test_accessible(tmp_path: Path) -> None:
    """No violation that axe-core calls serious or critical, in any view of the panel."""
    axe = Path(AXE).read_text(encoding="utf-8").replace("]]>", "]]\\>")
    said = _browse(
        tmp_path,
        axe
        + """
        ;const found = [];
        for (const step of [() => {}, () => press("j"), () => press("?"), () => click("[data-view=findings]")]) {
          step();
          const result = await window.axe.run();
          found.push(...result.violations.map((each) => each.impact + " " + each.id));
        }
        return found;
        """,
    )
    assert [each for each in said if each.startswith(("serious", "critical"))] == []
