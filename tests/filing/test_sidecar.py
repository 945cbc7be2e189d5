"""What an index of filings, or the folders of a downloader, say of a document without a header."""

from datetime import date
from pathlib import Path

import pytest

from converter.filing import FilingIndex, FilingIndexError, Header, completed, known_of, read_index

MASTER = """\
Description:           Master Index of EDGAR Dissemination Feed
Last Data Received:    December 31, 2003

CIK|Company Name|Form Type|Date Filed|Filename
--------------------------------------------------------------------------------
9999901|WEXCOMBE INSTRUMENTS INC|10-K|2003-03-14|edgar/data/9999901/0000912057-03-000012.txt
9999902|WEXCOMBE LEASING|10-K|2003-03-14|edgar/data/9999902/0000912057-03-000012.txt
9999903|TARNBROOK INC|10-Q|20031105|edgar/data/9999903/0000912057-03-000099.txt
not a row
"""
FILED = date(2003, 3, 14)


@pytest.fixture
def master(tmp_path: Path) -> FilingIndex:
    (tmp_path / "master.idx").write_text(MASTER, encoding="latin-1")
    return read_index(tmp_path / "master.idx")


@pytest.mark.parametrize(
    ("path", "cik"),
    [
        ("edgar/data/9999901/0000912057-03-000012.txt", "0009999901"),
        ("/archive/edgar/data/9999902/0000912057-03-000012.txt", "0009999902"),
        ("9999902/000091205703000012/d10k.htm", "0009999902"),
        ("htm/0000912057-03-000012-d10k.htm", "0009999901"),  # the first of two registrants
        ("2003.tar.gz!q4/0000912057-03-000099.htm", "0009999903"),
        ("https://a.example/0000912057-03-000099/x.htm", "0009999903"),
        ("0000912057-03-000013.htm", ""),
        ("", ""),
    ],
)
def test_edgars_index(master: FilingIndex, path: str, cik: str) -> None:
    known = known_of(path, master)
    assert (known.cik if known else "") == cik


def test_what_edgars_index_says(master: FilingIndex) -> None:
    assert master.of("x/0000912057-03-000099.htm") == Header(
        "TARNBROOK INC", "0009999903", form="10-Q", accession="0000912057-03-000099", filed=date(2003, 11, 5)
    )


def _csv(tmp_path: Path, text: str) -> FilingIndex:
    (tmp_path / "index.csv").write_text(text, encoding="utf-8")
    return read_index(tmp_path / "index.csv")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("path,cik,form,filed,accession\na/x.htm,1234,10-K,2003-03-14,0000912057-03-000012\n", "in/a/x.htm"),
        ("path,cik,form,filed,accession\nhome/in/a/x.htm,1234,10-K,2003-03-14,0000912057-03-000012\n", "a/x.htm"),
        (
            '\ufeffFile Name,CIK,Form Type,Filing Date,URL\n"x.htm",1234,10-K,2003-03-14,0000912057-03-000012.txt',
            "x.htm",
        ),
        ("Accession Number,CIK,Type,Date\n0000912057-03-000012,1234,10-K,20030314\n", "a/000091205703000012/x.htm"),
    ],
)
def test_tables(tmp_path: Path, text: str, path: str) -> None:
    known = _csv(tmp_path, text).of(path)
    assert known == Header(cik="0000001234", form="10-K", accession="0000912057-03-000012", filed=FILED)


def test_a_name_in_another_folder_is_another_file(tmp_path: Path) -> None:
    index = _csv(tmp_path, "path,cik\na/filing.htm,1\n")
    assert index.of("b/filing.htm") is None
    assert index.of("a/filing.htm") is not None


def test_what_cannot_be_is_left_out(tmp_path: Path) -> None:
    index = _csv(tmp_path, "path,cik,sic,filed,fye\nx.htm,ABC,retail,soon,June\ny.htm,5.0,3571,2003-02-30,630\nz.htm\n")
    assert index.of("x.htm") == index.of("z.htm") == Header()
    assert index.of("y.htm") == Header(cik="0000000005", sic="3571", fiscal_year_end="0630")


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00\x01", "{}", "cik,form\n1,10-K\n"])
def test_what_is_no_index(tmp_path: Path, text: str) -> None:
    with pytest.raises(FilingIndexError, match="no index of filings"):
        _csv(tmp_path, text)


SUBMISSION = """<SEC-DOCUMENT>0000912057-03-000012.txt
<SEC-HEADER>
ACCESSION NUMBER:		0000912057-03-000012
CONFORMED SUBMISSION TYPE:	10-K405
FILED AS OF DATE:		20030314
FILER:
	COMPANY DATA:
		COMPANY CONFORMED NAME:			WEXCOMBE INSTRUMENTS INC
		CENTRAL INDEX KEY:			0009999901
</SEC-HEADER>
<DOCUMENT>
"""


def test_folders_of_sec_edgar_downloader(tmp_path: Path) -> None:
    """The submission beside the document says the rest."""
    folder = tmp_path / "sec-edgar-filings" / "WXC" / "10-K" / "0000912057-03-000012"
    folder.mkdir(parents=True)
    path = (folder / "primary-document.html").as_posix()
    assert known_of(path) == Header(form="10-K", accession="0000912057-03-000012")
    (folder / "full-submission.txt").write_text(SUBMISSION)
    known = known_of(path)
    assert known is not None
    assert (known.cik, known.filed, known.company, known.form) == (
        "0009999901",
        FILED,
        "WEXCOMBE INSTRUMENTS INC",
        "10-K",
    )
    by_cik = known_of("sec-edgar-filings/0009999901/10-Q/0000912057-03-000012/primary-document.html")
    assert by_cik == Header(cik="0009999901", form="10-Q", accession="0000912057-03-000012")
    assert known_of("elsewhere/0009999901/10-Q/0000912057-03-000012/primary-document.html") is None


def test_names_of_edgar_crawler(tmp_path: Path) -> None:
    """Its table says when a filing was filed; a table that appears later is read as well."""
    folder = tmp_path / "datasets" / "RAW_FILINGS" / "10-K405"
    folder.mkdir(parents=True)
    name = "9999901_10K405_2002_0000912057-03-000012.htm"
    path = (folder / name).as_posix()
    known = Header(cik="0009999901", form="10-K405", accession="0000912057-03-000012")
    assert known_of(path) == known
    table = "CIK,Company,Type,Date,Filing Date,Period of Report,SIC,Fiscal Year End,filename\n"
    row = f"9999901,WEXCOMBE INSTRUMENTS INC,10-K405,2003-03-14,2003-03-14,2002-12-31,3825,1231,{name}\n"
    (tmp_path / "datasets" / "FILINGS_METADATA.csv").write_text(table + row)
    assert known_of(path) == Header(
        "WEXCOMBE INSTRUMENTS INC",
        "0009999901",
        "3825",
        "1231",
        "10-K405",
        "0000912057-03-000012",
        date(2002, 12, 31),
        FILED,
    )


def test_the_header_of_a_filing_comes_first() -> None:
    known = Header(cik="0000000001", form="10-K", accession="0000912057-03-000012", filed=FILED)
    assert completed(Header(cik="0000000002"), known) == Header(
        cik="0000000002", form="10-K", accession="0000912057-03-000012", filed=FILED
    )
    other = Header(accession="0000912057-03-000013")
    assert completed(other, known) is other
    assert completed(other, None) is other
