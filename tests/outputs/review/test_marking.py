"""Where facts stand on the pages of a filing, and how Inline XBRL's transformations read what is printed there."""

from datetime import date
from decimal import Decimal

import pytest
from helpers.documents import examples
from helpers.transforms import number
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from converter.filing.lines import Line, TextSpan
from converter.filing.reader import Document, Filing, Header, read_filing
from converter.outputs.review.marking import mark_pages
from converter.outputs.review.notes import note_pages
from converter.outputs.review.pages import pages_of, shown_text
from converter.outputs.review.transforms import Printed, read_printed
from converter.report import Context, Fact, Unit
from converter.vocabulary.findings import Code, Finding, Severity
from converter.vocabulary.periods import Instant

# Transformations


def _fact(value: Decimal | str | date, decimals: int | None = None) -> Fact:
    unit = Unit("iso4217:USD") if isinstance(value, Decimal) else None
    return Fact("Assets", Context(Instant(date(2003, 9, 30))), unit, value, decimals, None, "")


@pytest.mark.parametrize(
    ("text", "value", "decimals", "content", "format", "scale", "negative"),
    [
        ("$ 1,013", "1013000", -3, "1,013", "num-dot-decimal", 3, False),
        ("$ (1,013)", "-1013000", -3, "1,013", "num-dot-decimal", 3, True),
        ("(1,013)", "1013000", -3, "1,013", "num-dot-decimal", 3, False),
        ("435", "435", 0, "435", "num-dot-decimal", 0, False),
        (".03", "0.03", 2, ".03", "num-dot-decimal", 0, False),
        ("$(.03)", "-0.03", 2, ".03", "num-dot-decimal", 0, True),
        ("(0.00)", "0", 2, "0.00", "num-dot-decimal", 0, False),
        ("38.5%", "0.385", 3, "38.5", "num-dot-decimal", -2, False),
        ("418.6", "418600000", -5, "418.6", "num-dot-decimal", 6, False),
        ("7,455(1)", "7455000", -3, "7,455", "num-dot-decimal", 3, False),
        ("52,,818", "52818", 0, "52,,818", "num-dot-decimal", 0, False),
        ("9 ,400", "9400", 0, "9 ,400", "num-dot-decimal", 0, False),
        ("1 204 118", "1204118", 0, "1 204 118", "num-dot-decimal", 0, False),
        ("(1.204.118)", "-1204118", 0, "1.204.118", "num-comma-decimal", 0, True),
        ("1.204,50", "1204.50", 2, "1.204,50", "num-comma-decimal", 0, False),
        ("$ 2.171", "2171000", -3, "2.171", "num-dot-decimal", 6, False),
        ("--", "0", -3, "--", "fixed-zero", 0, False),
        ("$ -", "0", -3, "-", "fixed-zero", 0, False),
        ("$ -0-", "0", -3, "-0-", "fixed-zero", 0, False),
        ("-0-", "0", -3, "-0-", "fixed-zero", 0, False),
        ("nil", "0", 0, "nil", "fixed-zero", 0, False),
        ("\u2014", "0", 0, "\u2014", "fixed-zero", 0, False),
    ],
)
def test_figures(text: str, value: str, decimals: int, content: str, format: str, scale: int, negative: bool) -> None:
    printed = read_printed(text, _fact(Decimal(value), decimals))
    assert printed is not None
    assert text[printed.start : printed.end] == content
    assert (printed.format, printed.scale, printed.negative) == (format, scale, negative)


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("2 1/2", "2.5", 1),
        ("1O,500", "10500", 0),
        ("1,013", "1014000", -3),
        ("1,013", "1013", -3),
        ("--", "5", 0),
        ("", "0", 0),
        ("n/a", "0", 0),
    ],
)
def test_figures_that_say_something_else(text: str, value: str, decimals: int) -> None:
    assert read_printed(text, _fact(Decimal(value), decimals)) is None


@pytest.mark.parametrize(
    ("text", "value", "format"),
    [
        ("November 6, 2003", date(2003, 11, 6), "date-monthname-day-year-en"),
        ("NOVEMBER 6, 2003", date(2003, 11, 6), "date-monthname-day-year-en"),
        ("Sept. 6, 2003", date(2003, 9, 6), "date-monthname-day-year-en"),
        ("November\n06 2003", date(2003, 11, 6), "date-monthname-day-year-en"),
        ("November 6", date(2003, 11, 6), None),
        ("November 6, 03", date(2003, 11, 6), None),
        ("november 6, 2003", date(2003, 11, 6), None),
        ("November 7, 2003", date(2003, 11, 6), None),
        ("June 30", "--06-30", "date-monthname-day-en"),
        ("June 29", "--06-30", None),
        ("Tarnbrook, Inc.", "Tarnbrook, Inc.", ""),
        ("Tarnbrook,\nInc.", "Tarnbrook, Inc.", None),
    ],
)
def test_cover_texts(text: str, value: date | str, format: str | None) -> None:
    expected = None if format is None else Printed(0, len(text), format)
    assert read_printed(text, _fact(value)) == expected


@given(
    value=st.decimals(Decimal("-1e15"), Decimal("1e15"), places=2),
    scale=st.sampled_from([0, 3, 6]),
    places=st.integers(0, 2),
    frame=st.sampled_from(["{}", "$ {}", "({})", "$({})", "{}*", "{} (1)", "C$ {}"]),
)
def test_what_is_tagged_reads_back(value: Decimal, scale: int, places: int, frame: str) -> None:
    figure = abs(round(value, places))
    fact = _fact(figure.copy_sign(value).scaleb(scale) if figure else Decimal(0), places - scale)
    text = frame.format(f"{figure:,f}")
    printed = read_printed(text, fact)
    assert printed is not None
    assert number(text[printed.start : printed.end], printed.format, printed.scale, printed.negative) == fact.value


@given(
    st.text(alphabet="0123456789,. O-($)/%", max_size=12), st.decimals(places=2, allow_nan=False), st.integers(-6, 4)
)
def test_what_is_tagged_is_never_another_value(text: str, value: Decimal, decimals: int) -> None:
    printed = read_printed(text, _fact(value, decimals))
    if printed is not None:
        assert number(text[printed.start : printed.end], printed.format, printed.scale, printed.negative) == value


# Pages


def _bare(text: str, html: bool = False) -> Filing:
    return read_filing(text.encode(), "x.htm" if html else "x.txt")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\n  c", "a\tb\n  c"),
        ("a\r\nb\r\r\nc\rd", "a\nb\nc\nd"),
        ("a\fb", "a\u240cb"),
        ("a\x0bb\x1a", "a\ufffdb\ufffd"),
        ("caf\xe9 \x93", "caf\xe9 \ufffd"),
        ("\ud800\uffff", "\ufffd\ufffd"),
    ],
)
def test_characters(text: str, shown: str) -> None:
    assert shown_text(text) == shown


def test_a_plain_text_document_is_its_source() -> None:
    text = "Total\tassets\r\n  12  \r\n\r\n<PAGE>\r\nEnd"
    (page,) = pages_of(_bare(text))
    assert page.text == text
    start, end = page.place(TextSpan(0, 1, 2, 4))
    assert text[start:end] == "12"
    start, end = page.place(TextSpan(0, 0, 8, 14))
    assert text[start:end] == "assets"


HTML = "<html><body><p>Total&nbsp;<b>as</b>sets</p><table><tr><td>$</td><td>12&#151;</td></tr></table></body></html>"


def test_html_is_its_source_as_well() -> None:
    filing = _bare(HTML, True)
    (page,) = pages_of(filing)
    assert page.text == HTML
    texts = [line.text for line in filing.documents[0].lines]
    line = next(number for number, text in enumerate(texts) if "12" in text)
    place = page.place(TextSpan(0, line, texts[line].index("$"), len(texts[line])))
    assert page.read(*place) == "12\u2014"  # the part of the figure that has digits, without a tag
    line = next(number for number, text in enumerate(texts) if "Total" in text)
    assert page.read(*page.place(TextSpan(0, line, 0, len(texts[line])))) == "Total "


def test_html_can_be_laid_out() -> None:
    (page,) = pages_of(_bare(HTML, True), laid_out={0})
    assert "Total assets" in page.text
    assert "<p>" not in page.text


def test_the_header_of_a_submission_is_a_page() -> None:
    example = next(path for path in examples() if path.name.startswith("submission"))
    filing = read_filing(example.read_bytes(), example.name)
    header, *pages = pages_of(filing)
    assert header.text.startswith("<SEC-DOCUMENT>")
    assert [page.document for page in pages] == [i for i, document in enumerate(filing.documents) if document.lines]


# Marks


def _marked(text: str, *facts: Fact) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    filing = Filing("x", text, Header(), (Document("", 1, "", "", (Line(text, 1, 0),), False),), ())
    marking = mark_pages(facts, tuple(pages_of(filing)))
    assert sorted({*marking.hidden, *(n for page in marking.pages for m in page for n in m.tagged)}) == [
        *range(len(facts))
    ]
    return [(text[mark.start : mark.end], mark.facts, mark.tagged) for page in marking.pages for mark in page]


def _at(start: int, end: int, value: str = "12", decimals: int = 0, *also: TextSpan) -> Fact:
    return replace(_fact(Decimal(value), decimals), source=TextSpan(0, 0, start, end), also=also)


def test_marks() -> None:
    assert _marked("a 12 b 12", _at(2, 4)) == [("12", (0,), (0,))]
    assert _marked("a 12 b 12", _at(7, 9), _at(2, 4)) == [("12", (1,), (1,)), ("12", (0,), (0,))]


def test_a_figure_of_two_facts_is_tagged_twice_if_both_read_it_alike() -> None:
    assert _marked("a 12", _at(2, 4), _at(2, 4)) == [("12", (0, 1), (0, 1))]
    assert _marked("a 12", _at(2, 4), _at(2, 4, "12000", -3)) == [("12", (0, 1), (0,))]


def test_overlapping_places_share_a_mark() -> None:
    assert _marked("a (12)", _at(2, 6), _at(3, 5)) == [("(12)", (0, 1), (0,))]


def test_a_fact_printed_twice_is_tagged_once() -> None:
    fact = _at(2, 4, "12", 0, TextSpan(0, 0, 7, 9))
    assert _marked("a 12 b 12", fact) == [("12", (0,), (0,)), ("12", (0,), ())]


def test_a_mark_is_first_of_all_the_fact_whose_source_it_is() -> None:
    fact = _at(2, 4, "12", 0, TextSpan(0, 0, 7, 9))
    assert _marked("a 12 b 12", fact, _at(7, 9))[1] == ("12", (1, 0), (1,))


def test_a_place_of_no_characters_is_no_mark() -> None:
    assert _marked("a 12", _at(4, 4), _at(40, 44)) == []


# Notes


@pytest.mark.parametrize(
    ("place", "target", "note"),
    [
        ((None, None, None), "", None),
        ((1, None, None), "p1-0", ("", 0, 0)),
        ((1, 2, 4), "m1", None),
        ((1, 3, 8), "m1", None),
        ((1, 7, 9), "n1", ("n1", 7, 9)),
        ((99, 1, 2), "", None),
        ((1, 80, 90), "p1-0", ("", 0, 0)),
    ],
)
def test_what_a_finding_is_about(
    place: tuple[int | None, int | None, int | None], target: str, note: tuple[str, int, int] | None
) -> None:
    filing = _bare("a 12 b 34")
    pages = tuple(pages_of(filing))
    finding = Finding(Severity.WARNING, Code.ARELLE, "A message.", *place)
    notes = note_pages(filing, (), (finding,), pages, mark_pages((_at(2, 4),), pages))
    assert notes.findings == (target,)
    assert [(each.start, each.end) for each in notes.pages[0]] == ([note[1:]] if note else [])
    assert notes.marks == ({0: (0,)} if target == "m1" else {})


def test_of_two_findings_about_one_place_the_weightier_colours_it() -> None:
    filing = _bare("a 12 b 34")
    pages = tuple(pages_of(filing))
    findings = [Finding(severity, Code.ARELLE, "A message.", 1, 7, 9) for severity in (Severity.INFO, Severity.ERROR)]
    notes = note_pages(filing, (), findings, pages, mark_pages((), pages))
    assert notes.findings == ("n2", "n2")
    assert [note.severity for note in notes.pages[0]] == [Severity.ERROR]
