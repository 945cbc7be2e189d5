"""Covers: the first lines of releases and the cover pages of forms."""

from datetime import date

import pytest
from helpers.builders import filing
from msgspec.structs import replace

from converter.filing.cover import Cover, CoverText, read_cover
from converter.filing.reader import Header


def value(text: CoverText | None) -> object:
    return None if text is None else text.value


@pytest.mark.parametrize(
    ("text", "name", "ticker", "exchange", "released"),
    [
        (
            "     GREENFIELD, N.Y., November 12, 2003--Orchard 9, Inc. (Nasdaq: ORCH), the\nleading grower",
            "Orchard 9, Inc.", "ORCH", "Nasdaq", date(2003, 11, 12),
        ),
        (
            "GREENFIELD, N.Y., September 29, 2003 - Orchard 9 (NASDAQ: ORCH), the",
            "Orchard 9", "ORCH", "NASDAQ", date(2003, 9, 29),
        ),
        (
            "GREENFIELD,  N.Y., February 12,  2004--Orchard 9, Inc. (Nasdaq:  ORCH),",
            "Orchard 9, Inc.", "ORCH", "Nasdaq", date(2004, 2, 12),
        ),
        (
            "    SAN JUAN, Calif., Oct. 21 /PRNewswire/ -- Example Devices\n\nCorporation (Nasdaq: EXDV) today",
            "Corporation", "EXDV", "Nasdaq", None,
        ),
        (
            "    SAN JUAN, Calif., Oct. 21, 2003 /PRNewswire-FirstCall/ -- Example Devices\nCorporation (Nasdaq: EXDV)",
            "Example Devices Corporation", "EXDV", "Nasdaq", date(2003, 10, 21),
        ),
        (
            "WEST CLIFF, NJ, DECEMBER 13, 2005 -- SAMPLE FUNDING, INC., (NASDAQ: SMPL), a",
            "SAMPLE FUNDING, INC.", "SMPL", "NASDAQ", date(2005, 12, 13),
        ),
        (
            "PORT TOWN, WA, Jan. 29, 2009 -- Horizon Bay Corp. (Nasdaq GS: HZBY) the",
            "Horizon Bay Corp.", "HZBY", "Nasdaq GS", date(2009, 1, 29),
        ),
        (
            "DALLAS--(BUSINESS WIRE)--Jan. 5, 1998--Plain Oil & Gas Co. (NYSE:POG) said",
            "Plain Oil & Gas Co.", "POG", "NYSE", date(1998, 1, 5),
        ),
        (
            "BOSTON, May 3, 1996 - Little Shop Inc. (New York Stock Exchange: LSI) announced",
            "Little Shop Inc.", "LSI", "New York Stock Exchange", date(1996, 5, 3),
        ),
        (
            "     DUBLIN 2, January 20, 2010 -- Copper Lane Plc today reported its\nresults", "Copper Lane Plc",
            None, None, date(2010, 1, 20),
        ),
        ("Our shares trade in a range (NYSE) that is wide", None, None, None, None),
        ("Three Months Ended September 30, 2003 - unaudited", None, None, None, None),
        ("As of June 30, 2003 -- in thousands", None, None, None, None),
        ("", None, None, None, None),
    ],
)  # fmt: skip
def test_releases(text: str, name: object, ticker: object, exchange: object, released: object) -> None:
    cover = read_cover(filing(text), None)
    assert (value(cover.name), value(cover.ticker), value(cover.exchange)) == (name, ticker, exchange)
    assert value(cover.released) == released


@pytest.mark.parametrize(
    ("filed", "released"),
    [
        (date(2003, 10, 22), date(2003, 10, 21)),
        (date(2003, 10, 21), date(2003, 10, 21)),
        (date(2004, 1, 30), None),
        (None, None),
    ],
)
def test_a_dateline_without_a_year_needs_a_filing_date_close_by(filed: date | None, released: date | None) -> None:
    text = "SAN JUAN, Calif., Oct. 21 /PRNewswire/ -- Example Devices (Nasdaq: EXDV)"
    assert value(read_cover(filing(text, Header(filed=filed)), 0).released) == released


def test_the_cover_page_of_a_form() -> None:
    text = """
                                   FORM 10-Q

              For the quarterly period ended September 30, 2003

                         EXAMPLE HOLDINGS, INC.
             (Exact name of registrant as specified in its charter)

    The Company's fiscal year ends on June 30.
    """
    cover = read_cover(filing(text), None)
    assert value(cover.name) == "EXAMPLE HOLDINGS, INC."
    assert value(cover.form) == "10-Q"
    assert value(cover.period_end) == date(2003, 9, 30)
    assert value(cover.fiscal_year_end) == "--06-30"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("DALLAS, February 30, 2003 - Results", "released"),
        ("For the quarterly period ended June 31, 2003", "period_end"),
        ("The Company's fiscal year ends on June 31.", "fiscal_year_end"),
    ],
)
def test_a_day_that_does_not_exist_is_ignored(text: str, field: str) -> None:
    page = f"                 FORM 10-Q\n\n{text}\n"
    assert value(getattr(read_cover(filing(page), None), field)) is None
    corrected = page.replace("30,", "28,").replace("June 31", "June 30")
    assert value(getattr(read_cover(filing(corrected), None), field)) is not None


def test_a_rule_above_the_explanation_is_not_a_name() -> None:
    assert read_cover(filing("\n ---- \n(Exact name of registrant as specified in its charter)"), None).name is None


def test_a_ticker_without_a_name_before_it() -> None:
    cover = read_cover(filing("BOSTON, May 3, 1996 -- the listed one (NYSE: LSI) announced"), None)
    assert (value(cover.ticker), value(cover.name)) == ("LSI", None)


def test_a_period_in_a_release_is_not_that_of_a_cover_page() -> None:
    assert read_cover(filing("see our report for the year ended June 30, 2003"), None).period_end is None


def test_values_missing_in_an_exhibit_are_those_of_the_main_document() -> None:
    main = filing("        ACME INC\n (Exact name of registrant as specified in its charter)").documents[0]
    exhibit = filing("BOSTON, May 3, 1996 - Results").documents[0]
    cover = read_cover(replace(filing(), documents=(main, exhibit)), 1)
    assert (value(cover.name), value(cover.released)) == ("ACME INC", date(1996, 5, 3))
    assert cover.name is not None
    assert cover.name.source is not None
    assert cover.name.source.document == 0


def test_values_have_their_place_in_the_document() -> None:
    source = filing("\n   BOSTON, May 3, 1996 - Little Shop Inc. (NYSE: LSI) announced")
    cover = read_cover(source, 0)
    lines = source.documents[0].lines
    for entry, text in ((cover.ticker, "LSI"), (cover.released, "May 3, 1996"), (cover.name, "Little Shop Inc.")):
        assert entry is not None
        assert entry.source is not None
        assert lines[entry.source.line].text[entry.source.start : entry.source.end] == text


def test_a_missing_document_has_an_empty_cover() -> None:
    assert read_cover(filing("x"), 7) == Cover()
