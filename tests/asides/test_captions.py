"""Share data in captions: what each number is, of which column, in which scale, and what is left alone."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from helpers.builders import filing, instant, item, statement, with_mappings
from msgspec.structs import replace

from converter.asides import read_captions
from converter.asides.captions.lexer import PrintedDay, Word
from converter.asides.captions.stating import Stock, read_caption
from converter.filing.lines import TextSpan
from converter.mapping import Mapping
from converter.report import Aside
from converter.statements.model import LineItem, StatementKind, UnitKind

ENDS = (date(2009, 6, 30), date(2008, 12, 31))
COMMON = "Common stock, $.01 par value; 2,000 shares authorized"
Read = dict[str, list[str | None]]


def stated(caption: str, ends: Sequence[date] = ENDS, heading: Stock | None = None) -> Read:
    """What a caption states by "stock word", with the values of the columns as printed."""
    return {
        " ".join(filter(None, (each.stock.name, each.stock.kind, each.word))): [
            None if token is None else f"{token.value.normalize():f}" for token in each.amounts
        ]
        for each in read_caption(caption, ends, heading)
    }


def both(value: str) -> list[str]:
    return [value, value]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        (
            "Common stock, $.01 par value; 2,000 shares authorized; 310 and 302 shares issued; 298 and 290 outstanding",
            {"par": both("0.01"), "authorized": both("2000"), "issued": ["310", "302"], "outstanding": ["298", "290"]},
        ),
        (
            "Common stock; authorized 2,000 shares, issued 310 shares in 2009 and 302 in 2008",
            {"authorized": both("2000"), "issued": ["310", "302"]},
        ),
        (
            "Common stock, par value $.01 Shares authorized: 2,000 Shares issued: June 30, 2009 - 310 and "
            "December 31, 2008 - 302",
            {"par": both("0.01"), "authorized": both("2000"), "issued": ["310", "302"]},
        ),
        (
            "Common stock - issued and outstanding; 2008 - 302,100; 2009 - 310,200",
            {"issued": ["310200", "302100"], "outstanding": ["310200", "302100"]},
        ),
        ("Common stock, 310 shares issued (302 in 2008)", {"issued": ["310", "302"]}),
        ("Common stock, 9.987 and 10.021 billion shares issued", {"issued": ["9987000000", "10021000000"]}),
        ("Common stock, 310 million (302 million in 2008) issued", {"issued": ["310000000", "302000000"]}),
        ("Common stock, 310 issued and outstanding at both dates", {"issued": both("310"), "outstanding": both("310")}),
        (
            "Common stock, 310 issued and 298 outstanding at June 30, 2009; 302 issued and 290 outstanding at "
            "December 31, 2008",
            {"issued": ["310", "302"], "outstanding": ["298", "290"]},
        ),
        (
            "Common stock, issued and outstanding: 310 shares and 298 shares at June 30, 2009, respectively, and 302 "
            "shares and 290 shares at December 31, 2008, respectively",
            {"issued": ["310", "302"], "outstanding": ["298", "290"]},
        ),
        (
            "Common stock, authorized 2,000; issued 310 and 302, including 12 and 11 shares in treasury",
            {"authorized": both("2000"), "issued": ["310", "302"], "treasury": ["12", "11"]},
        ),
        ("Common stock, 310 and 302 shares issued, including shares held in treasury", {"issued": ["310", "302"]}),
        ("Common stock, 2,000 shares of $.10 par value authorized", {"par": both("0.1"), "authorized": both("2000")}),
        ("Common stock, par value 1 2/3 cents per share, 310 issued", {"par": both("0.016667"), "issued": both("310")}),
        (
            "Common stock, $.16 2/3 par; one billion shares authorized",
            {"par": both("0.1667"), "authorized": both("1000000000")},
        ),
        ("Common stock, five cents par value", {"par": both("0.05")}),
        ("Common stock, no par value, 310 shares issued", {"issued": both("310")}),
        ("Common stock and capital in excess of par value, 310 shares issued", {"issued": both("310")}),
        (
            "Common stock, 7,412 shares authorized, issued and outstanding",
            {word: both("7412") for word in ("authorized", "issued", "outstanding")},
        ),
        ("Common stock, 310 shares issued and 40 shares reserved", {"issued": both("310")}),
        (
            "Shares, CHF 15.00 par value, 2,000 authorized, 310 issued",
            {"par": both("15"), "authorized": both("2000"), "issued": both("310")},
        ),
    ],
)  # fmt: skip
def test_common_stock(caption: str, expected: Read) -> None:
    assert stated(caption) == {f"common {word}": values for word, values in expected.items()}


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Preferred stock, $1 par value, 10,000 shares authorized; none issued",
         {"preferred par": both("1"), "preferred authorized": both("10000"), "preferred issued": both("0")}),
        ("Preferred stock, no shares issued or outstanding",
         {"preferred issued": both("0"), "preferred outstanding": both("0")}),
        ("Preferred stock, liquidation preference of $25 per share, 500 shares issued (aggregate liquidation "
         "preference of $12,500)",
         {"preferred issued": both("500"), "preferred liquidation": both("12500"),
          "preferred liquidation per share": both("25")}),
        ("Preferred stock, 10,000 authorized: Series A, 500 shares issued; Series B, 300 shares issued",
         {"preferred authorized": both("10000"), "Series A preferred issued": both("500"),
          "Series B preferred issued": both("300")}),
        ("Class A common stock, 310 shares issued; Class B common stock, 50 shares issued",
         {"Class A common issued": both("310"), "Class B common issued": both("50")}),
        ("Treasury stock, at cost, 12 and 11 shares", {"treasury treasury": ["12", "11"]}),
        ("Less: common stock in treasury, at cost (12 shares in 2009 and 11 shares in 2008)",
         {"treasury treasury": ["12", "11"]}),
        ("Cost of 12 and 11 shares in treasury", {"treasury treasury": ["12", "11"]}),
    ],
)  # fmt: skip
def test_other_stock(caption: str, expected: Read) -> None:
    assert stated(caption) == expected


@pytest.mark.parametrize(
    "caption",
    [
        "Common stock, 310, 302 and 299 shares issued",
        "Common stock, issued and outstanding 310; 302 and 299, respectively",
        "Common stock, 310 shares issued at September 30, 2009 and 302 at March 31, 2009 and 299 at both",
        "Class A and common stock; respectively 310 and 20 shares issued",
        "Retained earnings, 310 shares issued",
    ],
)
def test_what_is_not_certain_is_not_read(caption: str) -> None:
    assert stated(caption) == {}


@pytest.mark.parametrize(
    ("caption", "ends", "expected"),
    [
        ("Common stock, issued 310 in 2009 and 302 in 2008", (date(2010, 1, 30), date(2009, 1, 31)), ["310", "302"]),
        ("Common stock, issued 2010 - 310; 2009 - 302", (date(2009, 12, 31), date(2009, 9, 30)), ["310", "302"]),
        (
            "Common stock, issued 310 (302 at December 27, 2008)",
            (date(2009, 6, 27), date(2008, 12, 31)),
            ["310", "302"],
        ),
        ("Common stock, issued 310 in June 2009 and 302 in December 2008", ENDS, ["310", "302"]),
        ("Common stock, issued 12/31/08 - 302; 6/30/09 - 310", ENDS, ["310", "302"]),
        ("Common stock, 310, 302 and 299 shares issued", (*ENDS, date(2007, 12, 31)), ["310", "302", "299"]),
        ("Common stock, 310 shares issued", ENDS[:1], ["310"]),
    ],
)
def test_columns(caption: str, ends: Sequence[date], expected: list[str]) -> None:
    assert stated(caption, ends) == {"common issued": expected}


def test_the_stock_of_the_heading() -> None:
    heading = Stock(Word.PREFERRED)
    assert stated("Authorized 2,000 shares", heading=heading) == {"preferred authorized": both("2000")}
    assert stated("Authorized 2,000 shares") == {}


PERIODS = (instant("2009-06-30"), instant("2008-12-31"))
NOTHING = Mapping(None, 0.0, 1)


def read(*rows: LineItem, counts: Sequence[str] = (), factor: str = "1000") -> Aside:
    """The aside of a balance sheet with these rows, a line each, and an income statement with these share counts."""
    placed = [
        replace(row, source=span, caption_lines=(span,), factor=Decimal(factor))
        for number, row in enumerate(rows)
        for span in [TextSpan(0, number, 0, len(row.label))]
    ]
    sheet = statement(StatementKind.BALANCE_SHEET, PERIODS, *placed)
    income = statement(StatementKind.INCOME, PERIODS[:1], *(item("Shares", n, unit=UnitKind.SHARES) for n in counts))
    mapped = [with_mappings(each, [NOTHING] * len(each.items)) for each in (sheet, income)]
    return read_captions(filing("\n".join(row.label for row in rows)), mapped)


def values(aside: Aside) -> dict[str, list[str]]:
    return {
        (row.stock_class + " " if row.stock_class else "") + (mapping.concept or ""): [
            "" if figure is None else f"{figure.value.normalize():f}" for figure in row.figures
        ]
        for mapped in aside.statements
        for row, mapping in zip(mapped.statement.items, mapped.mappings, strict=True)
    }


def test_shares_of_three_columns_between_semicolons() -> None:
    ends = (*ENDS, date(2008, 6, 30))
    caption = "Common stock, issued and outstanding 310,100; 302,500 and 301,900, respectively"
    assert stated(caption, ends) == {
        f"common {word}": ["310100", "302500", "301900"] for word in ("issued", "outstanding")
    }


@pytest.mark.parametrize(
    ("caption", "amount", "counts", "expected"),
    [
        ("Common stock, $.01 par value; 31,000 shares issued", "310000", (), "31000000"),  # par value times shares
        ("Common stock, $1 par value; 310,000 shares issued", "310000", (), "310000"),
        ("Common stock, 31,000 shares issued", "5000000", ("30000000",), "31000000"),  # shares of the income statement
        ("Common stock, 3,100,000 shares issued", "5000000", ("3000000",), "3100000"),
        ("Common stock, 310.5 shares issued", "5000000", (), "310500"),  # no company has half a share
        ("Common stock, 310,200,100 shares issued", "5000000", (), "310200100"),  # nor 310 billion of them
        ("Common stock, 31,000 shares issued", "5000000", (), "31000000"),  # nor as few as that
        ("Common stock (shares in thousands), 3,100,000 shares issued", "5000000", (), "3100000000"),
    ],
)
def test_whether_shares_are_in_thousands(caption: str, amount: str, counts: Sequence[str], expected: str) -> None:
    assert values(read(item(caption, amount, amount), counts=counts))["CommonStockSharesIssued"] == both(expected)


@pytest.mark.parametrize(
    ("caption", "amounts", "expected"),
    [
        ("Common stock - $1 par value; 310,250,000 shares", ("310250000", "310250000"), both("310250000")),
        ("Common stock - $.50 par value; 2009 - 31,000 shares; 2008 - 30,000 shares", ("15500000", "15000000"),
         ["31000000", "30000000"]),
        ("Common stock - $1 par value; 310,250,000 shares", ("410250000", "410250000"), None),  # not those issued
        ("Common stock - $1 par value; 310,250,000 shares", ("310250000", "290250000"), None),
        ("Common stock, 310,250,000 shares", ("310250000", "310250000"), None),
    ],
)  # fmt: skip
def test_shares_are_issued_if_their_par_value_is_the_amount(
    caption: str, amounts: tuple[str, str], expected: list[str] | None
) -> None:
    assert values(read(item(caption, *amounts))).get("CommonStockSharesIssued") == expected


def test_a_scale_that_nothing_shows_is_not_guessed() -> None:
    aside = read(item("Common stock, 3,100,000 shares issued", "5000000", "5000000"))
    assert values(aside) == {}
    assert [finding.code for finding in aside.findings] == ["caption-not-read"]


def test_classes_of_stock_are_told_apart_where_there_are_several() -> None:
    class_a, class_b = "Class A common stock, 310 shares issued", "Class B common stock, 50 shares issued"
    assert values(read(item(class_a, "1", "1"), factor="1")) == {"CommonStockSharesIssued": both("310")}
    assert values(read(item(class_a, "1", "1"), item(class_b, "1", "1"), factor="1")) == {
        "CommonClassAMember CommonStockSharesIssued": both("310"),
        "CommonClassBMember CommonStockSharesIssued": both("50"),
    }


def test_more_shares_issued_than_authorized_are_misread() -> None:
    caption = "Common stock, 200 shares authorized, 310 shares issued, 298 shares outstanding"
    assert values(read(item(caption, "1", "1"), factor="1")) == {}


def test_every_number_is_traced_to_its_characters() -> None:
    caption = "Common stock, $.01 par value; 2,000 shares authorized; 310 and 302 shares issued"
    for mapped in read(item(caption, "1", "1"), factor="1").statements:
        for row in mapped.statement.items:
            for figure in row.figures:
                assert figure is not None
                printed = caption[figure.source.start : figure.source.end]
                assert Decimal(printed.replace(",", "").replace("$", "")) == figure.value


def test_a_par_value_in_another_currency() -> None:
    (mapped,) = read(item("Ordinary shares, EUR 0.09 par value; 310 shares issued", "1", "1"), factor="1").statements
    assert [row.currency for row in mapped.statement.items] == ["EUR", ""]


@pytest.mark.parametrize(
    ("year", "month", "day", "is_of"),
    [
        (2009, 6, 30, True),
        (None, 6, 28, True),
        (2009, 6, None, True),
        (2009, None, None, True),
        (2009, 13, 31, False),
        (2009, 0, 1, False),
        (2009, 6, 31, False),
        (2009, 6, 0, False),
    ],
)
def test_a_printed_day_may_be_that_of_a_column(
    year: int | None, month: int | None, day: int | None, is_of: bool
) -> None:
    assert PrintedDay(year, month, day).is_of(ENDS[0]) is is_of
