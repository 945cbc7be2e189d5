import gzip
import zlib
from contextlib import nullcontext

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from converter.filing import reader as module
from converter.filing.reader import Filing, NotAReport, decode, read_filing


def texts(filing: Filing, document: int = 0) -> list[str]:
    return [line.text for line in filing.documents[document].lines]


def submission(*bodies: str, type_: str = "10-Q") -> bytes:
    parts = (
        f"<DOCUMENT>\n<TYPE>{type_}\n<SEQUENCE>{n}\n<TEXT>\n{b}\n</TEXT>\n</DOCUMENT>\n" for n, b in enumerate(bodies)
    )
    return "".join(parts).encode()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain", "plain"),
        ("caf\u00e9 \u2014".encode(), "café —"),
        ("\ufeffx".encode(), "x"),
        (b"caf\xe9", "café"),
        (b"a \x96 b \x93q\x94 \x80", "a – b “q” €"),
        (b"\x81\x96\xe9", "\x81–é"),
        ("é—".encode()[:-1], "é\ufffd"),
        (b"100 \xa3", "100 £"),
        ("Ertrag 5".encode("utf-16"), "Ertrag 5"),
    ],
)
def test_decode(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t \f", "empty"),
        (b"%PDF-1.4\n%text", "PDF"),
        (b"PK\x03\x04 and so on", "zip"),
        (b"\x89PNG\r\n", "image"),
        (b"GIF89a text", "image"),
        (b"\xff\xd8\xff\xe0JFIF", "image"),
        (b"\xd0\xcf\x11\xe0 old office", "office"),
        (b"{\\rtf1\\ansi Total assets}", "RTF"),
        (b"text\x00with nul", "NUL"),
        (b"\x01\x02\x03 abcdefgh", "control"),
        (b"\x1f\x8bnot really gzip", "gzip"),
        (b"\xc2\xa0 \xc2\xa0", "empty"),
    ],
)
def test_what_is_not_text_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(NotAReport, match=words) as caught:
        read_filing(data, "x")
    assert "\n" not in str(caught.value)


def test_gzip_is_unpacked() -> None:
    filing = read_filing(gzip.compress(b"Total assets 5\n"), "x.gz")
    assert filing.text == "Total assets 5\n"
    assert filing.findings == ()


def test_truncated_gzip_is_read_as_far_as_it_goes() -> None:
    data = zlib.compressobj(0, zlib.DEFLATED, 31)
    packed = data.compress(b"Total assets 5\n" * 20_000) + data.flush()
    filing = read_filing(packed[:-50_000], "x.gz")
    assert texts(filing)[0] == "Total assets 5"
    assert [finding.code for finding in filing.findings] == ["truncated-gzip"]


def test_a_gzip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_GZIP", 1 << 20)
    with pytest.raises(NotAReport, match="unpacks to more than"):
        read_filing(gzip.compress(b"a" * (3 << 20)), "x.gz")


@pytest.mark.parametrize(
    ("documents", "refused"), [([4], False), ([5], True), ([2, 2], False), ([2, 3], True), ([1, 9, 1], True)]
)
def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch, documents: list[int], refused: bool) -> None:
    """The lines of all documents of text count."""
    monkeypatch.setattr(module, "MAX_LINES", 4)
    parts = ["<DOCUMENT>\n<TYPE>10-K\n<TEXT>\n" + "a\n" * lines + "</TEXT>\n</DOCUMENT>\n" for lines in documents]
    with pytest.raises(NotAReport, match="more than 4 lines") if refused else nullcontext():
        read_filing("".join(parts).encode(), "x.txt")


def test_lines_of_what_is_no_text_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LINES", 4)
    part = "<DOCUMENT>\n<TYPE>{}\n<TEXT>\n{}</TEXT>\n</DOCUMENT>\n"
    filing = read_filing((part.format("GRAPHIC", "a\n" * 9) + part.format("10-K", "a\n" * 4)).encode(), "x.txt")
    assert [len(document.lines) for document in filing.documents] == [0, 4]


@pytest.mark.parametrize(
    ("first_lines", "type_"),
    [
        ("Exhibit 99.1\n\nResults", "EX-99.1"),
        ("\n\n          EXHIBIT 99\n", "EX-99"),
        ("EX-99.2\n", "EX-99.2"),
        ("Exhibit No. 99.1\n", "EX-99.1"),
        ("Exhibit 99.1 - Press Release\n", "EX-99.1"),
        ("EXHIBIT 99(a)\n", "EX-99.A"),
        ("Acme reports results\nSee Exhibit 99.1\n", ""),
        ("Exhibit 99.1 to the Current Report on Form 8-K that was furnished on the day of the release\n", ""),
        ("a\n" * 11 + "Exhibit 99.1\n", ""),
        ("<html><body><p align=right>Exhibit 99.1</p></body></html>", "EX-99.1"),
        ("Acme reports results\n", ""),
    ],
)
def test_type_of_a_bare_file(first_lines: str, type_: str) -> None:
    (document,) = read_filing(first_lines.encode(), "x").documents
    assert document.type == type_


def test_documents_of_a_submission_have_their_lines() -> None:
    filing = read_filing(submission("\nfirst\n", "second"), "x")
    assert [document.sequence for document in filing.documents] == [0, 1]
    assert texts(filing) == ["", "first", ""]
    (line,) = filing.documents[1].lines
    assert filing.text.splitlines()[line.number - 1] == "second"
    assert filing.text[slice(*line.span(0, 6))] == "second"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("begin 644 logo.jpg\nM_]C_X  02D9)1@\n", "encoded"),
        ("<PDF>\nbegin 644 a.pdf\n", "PDF"),
        ("<XBRL>\n<?xml version='1.0'?>\n<xbrl/>", "XBRL"),
        ("<XML>\n<ownershipDocument/>", "XML"),
        ("<?xml version='1.0'?>\n<xbrl/>", "XML"),
        ("%PDF-1.3", "PDF"),
    ],
)
def test_documents_that_are_not_text_are_kept_without_lines(body: str, words: str) -> None:
    filing = read_filing(submission("report", body), "x")
    assert [len(document.lines) for document in filing.documents] == [1, 0]
    (finding,) = filing.findings
    assert (finding.severity, finding.code) == ("info", "document-not-read")
    assert words in finding.message


def test_graphics_are_recognised_by_their_type() -> None:
    filing = read_filing(submission("whatever", type_="GRAPHIC"), "x")
    assert filing.documents[0].lines == ()


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("<HTML><BODY>x</BODY></HTML>", True),
        ("<!DOCTYPE html PUBLIC ''>x", True),
        ("<TABLE BORDER=0>\n<TR><TD>x</TD></TR></TABLE>", True),
        ("<DIV>x</DIV>", True),
        ("<?xml version='1.0'?><html>x</html>", True),
        ("<TABLE>\n<CAPTION>\n<S>   <C>\nAssets  5\n</TABLE>\n<PAGE>\n<FN>\n<F1>note\n</FN>", False),
        ("a <b and c> d; <tdx>", False),
    ],
)
def test_html_is_distinguished_from_tagged_text(body: str, html: bool) -> None:
    (document,) = read_filing(submission(body), "x").documents
    assert document.html is html


def test_tagged_text_keeps_its_tags_as_lines() -> None:
    body = "<TABLE>\n<S>      <C>\nAssets   5\n</TABLE>\n<PAGE>"
    assert texts(read_filing(submission(body), "x")) == body.split("\n")


def test_privacy_enhanced_mail_is_unwrapped() -> None:
    mail = b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n"
    filing = read_filing(mail + submission("- ------\n- -5") + b"-----END PRIVACY-ENHANCED MESSAGE-----\n", "x")
    assert texts(filing) == ["------", "-5"]
    line = filing.documents[0].lines[1]
    assert filing.text[slice(*line.span(0, 2))] == "-5"


def test_text_behind_a_header_without_documents_is_the_report() -> None:
    filing = read_filing(b"<SEC-HEADER>\nCONFORMED SUBMISSION TYPE:\t10-K\n</SEC-HEADER>\nBalance sheet\n", "x")
    assert [(document.type, [line.text for line in document.lines]) for document in filing.documents] == [
        ("10-K", ["", "Balance sheet"])
    ]


@given(st.binary(max_size=300))
@example(b"<html>&#0;&#xD800;&#xFFFF;&bogus;&")
@example(b"<SEC-DOCUMENT>\n<DOCUMENT>\n<TYPE>")
@example(b"\xff\xfe\x00")
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        filing = read_filing(data, "x")
    except NotAReport:
        return
    for document in filing.documents:
        for line in document.lines:
            assert "\n" not in line.text
            assert not any(ord(char) < 32 for char in line.text)
