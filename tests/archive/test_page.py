"""The page about a dataset: its filings, their links, the headline figures that fail, the confidence of concepts."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from helpers.archives import accession, cik, release, run, write_releases
from helpers.documents import examples

from converter.archive import MANIFEST, list_filings, render_page, summarise
from converter.archive.task import Settings

OUT = Path("out")
SCHEDULE = b"""<DOCUMENT>
<TYPE>EX-27
<TEXT>
<TABLE> <S> <C>
<ARTICLE> 5
<MULTIPLIER> 1,000
<PERIOD-TYPE> 3-MOS
<FISCAL-YEAR-END> DEC-31-2003
<PERIOD-END> SEP-30-2003
<TOTAL-ASSETS> 7,777,777
</TABLE>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def contradicted(number: int) -> bytes:
    """A filing whose financial data schedule has other total assets than its balance sheet."""
    return release(number).replace(b"</SEC-DOCUMENT>\n", SCHEDULE)


def page(**limits: int) -> str:
    manifest = OUT / MANIFEST
    return render_page(summarise(manifest), list_filings(manifest, **limits), OUT)


def rows(text: str) -> list[list[Any]]:
    found = re.search(r'<script type="application/json">(.*?)</script>', text, re.DOTALL)
    assert found
    filings: list[list[Any]] = json.loads(found[1])
    return filings


def test_filings_are_listed_with_their_pages_and_sources() -> None:
    write_releases(Path("in"), 2)
    run(["in"], OUT, Settings(formats=("html", "xml")))
    for number, filing in enumerate(sorted(rows(page()), key=lambda filing: str(filing[4]))):
        assert filing[1:6] == [cik(number), "10-Q", "2003-09-30", accession(number), f"in/{number:04}.txt"]
        stem = f"filings/{cik(number)}/{accession(number)}"
        assert filing[6:9] == [f"../in/{number:04}.txt", f"{stem}.html", [f"{stem}.xml"]]
        assert (OUT / filing[6]).is_file()
        assert (OUT / filing[7]).is_file()


def test_figures_that_fail_their_check_are_told_with_a_link_to_the_figure() -> None:
    write_releases(Path("in"), 1)
    Path("in/other.txt").write_bytes(contradicted(7))
    run(["in"], OUT, Settings(formats=("html",)))
    listing = list_filings(OUT / MANIFEST)
    (failed,) = listing.failed
    assert (failed.measure, failed.days, failed.filing.cik) == ("total assets", ("2003-09-30",), cik(7))
    assert "7,777,777,000" in failed.reasons
    assert listing.failed_in_all == 1
    text = page()
    (link,) = re.findall(r'href="(filings[^"#]*)#([^"]*)"', text)
    assert f'href="#{link[1]}"' in (OUT / link[0]).read_text(encoding="utf-8")


def test_the_rate_of_filings_without_contradiction() -> None:
    (example,) = (path for path in examples() if path.name == "submission-10q.txt")
    run([example], OUT)
    assert "1 of 1 filings have no contradicted headline figure" in page()
    Path("in").mkdir()
    Path("in/other.txt").write_bytes(contradicted(7))
    run([example, "in"], OUT)
    assert "1 of 2 filings have no contradicted headline figure" in page()


def test_of_many_filings_those_in_doubt_are_listed() -> None:
    write_releases(Path("in"), 5)
    Path("in/0003.txt").write_bytes(contradicted(3))
    run(["in"], OUT)
    text = page(most=1)
    assert [filing[1] for filing in rows(text)] == [cik(3)]
    assert "1 of 5 filings" in text


def test_sources_that_are_gone_have_no_link_and_no_link_runs_a_script() -> None:
    odd = Path("in/javascript:alert(1)#?.txt")
    odd.parent.mkdir()
    odd.write_bytes(release(1))
    Path("in/gone.txt").write_bytes(release(2))
    run(["in"], OUT)
    Path("in/gone.txt").unlink()
    links = {filing[5]: filing[6] for filing in rows(page())}
    assert links == {str(odd): "../in/javascript%3Aalert%281%29%23%3F.txt", "in/gone.txt": ""}


def test_confidence_is_counted_by_tenths() -> None:
    write_releases(Path("in"), 2)
    run(["in"], OUT)
    summary = summarise(OUT / MANIFEST)
    assert len(summary.confidence) == 11
    assert summary.confidence[10] == 4  # the obligations of the lighthouse fund
    assert sum(summary.confidence) <= summary.facts
    assert "no concept fits" in page()
