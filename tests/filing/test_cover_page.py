"""The cover page of a form: shares outstanding, public float, boxes, state and employer number."""

from datetime import date
from decimal import Decimal

import pytest
from helpers.builders import filing

from converter.filing import Cover, read_cover

FORM = "FORM 10-K\n"


def cover(text: str) -> Cover:
    """The cover of a 10-K with this text below the name of the form."""
    return read_cover(filing(FORM + text, type="10-K"), None)


def shares(text: str) -> list[tuple[str, str, date]]:
    return [(each.stock_class, f"{each.value:f}", each.day) for each in cover(text).shares_outstanding]


DAY = date(2001, 5, 4)


@pytest.mark.parametrize(
    "text",
    [
        "1,234,567 shares of Common Stock Issued and Outstanding as of May 4, 2001\n",
        "As of May 4, 2001, there were 1,234,567 shares of the registrant's common stock,\n"
        "par value $.01, outstanding.\n",
        "The number of shares of Common Stock outstanding as of May 4, 2001 was\n1,234,567.\n",
        "Indicate the number of shares outstanding of each of the issuer's classes of\ncommon stock, as of the latest "
        "practicable date.\n\n     Class            Outstanding at May 4, 2001\n\n"
        "  Common Stock          1,234,567 shares\n",
        "Shares held by affiliates of the registrant have been excluded.\n"
        "1,234,567 shares of Common Stock Issued and Outstanding as of May 4, 2001\n",
        "The registrant had 1,234,567 shares outstanding as of May 4, 2001, restated for the\nsplit of June 1, 2001.\n",
        "Number of shares outstanding as of May 4, 2001: 1,234,567 (500,000 shares are held by affiliates).\n"
        "Number of shares outstanding as of May 4, 2001: 1,234,567\n",
    ],
)
def test_shares_outstanding(text: str) -> None:
    assert shares(text) == [("", "1234567", DAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "As of May 4, 2001, the Registrant had outstanding\n464,296 shares of Common Stock and "
            "35,426 shares of Class\n"
            "B Stock.\n",
            [("", "464296"), ("Class B", "35426")],
        ),
        (
            "At May 4, 2001, the number of shares outstanding of Class A common stock was\n214,947 shares and of "
            "Class B common stock was 88,138 shares.\n",
            [("Class A", "214947"), ("Class B", "88138")],
        ),
        ("6,415 million shares of common stock outstanding as of May 4, 2001\n", [("", "6415000000")]),
        ("As of May 4, 2001, 100,000 and 200,000 shares were outstanding.\n", []),
        ("Shares outstanding of Class A, Class B and preferred stock at May 4, 2001: 1,000, 2,000\nand 3,000.\n", []),
        ("1,234,567 shares outstanding.\n", []),
        ("The shares held by non-affiliates at May 4, 2001 were 1,234,567, of those outstanding.\n", []),
        ("As of May 4, 2001, 1,234,567 shares are authorized and none outstanding.\n", []),
    ],
)
def test_classes_and_what_is_not_certain(text: str, expected: list[tuple[str, str]]) -> None:
    assert [each[:2] for each in shares(text)] == expected


@pytest.mark.parametrize(
    ("text", "value", "day"),
    [
        (
            "The aggregate market value of the voting stock held by non-affiliates, as of\nMay 4, 2001, was about "
            "$94,593,000,000 based upon the closing price of $20.10.\n",
            "94593000000", DAY,
        ),
        ("The aggregate market value held by others on May 4, 2001 was $90.3 billion.\n", "90300000000", DAY),
        (
            "State the aggregate market value of the voting stock held by non-affiliates\nof the registrant. As of "
            "May 4, 2001 - approximately $55,263,500.\n",
            "55263500", DAY,
        ),
        (
            "The aggregate market value of the stock was $61,831,000 based on the shares held by\nothers as of "
            "May 31, 2001, and on the price on May 4, 2001, the last day of the\nsecond fiscal quarter.\n",
            "61831000", DAY,
        ),
        ("The aggregate market value was $61,831,000 on May 4, 2001 or $50,000,000.\n", None, None),
        ("The aggregate market value of the stock was $61,831,000.\n", None, None),
    ],
)  # fmt: skip
def test_public_float(text: str, value: str | None, day: date | None) -> None:
    found = cover(text).public_float
    assert (found and found.value, found and found.day) == (None if value is None else Decimal(value), day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Indicate by check mark whether the registrant (1) has filed all reports required. Yes  X   No\n", "Yes"),
        ("Indicate by check mark whether the registrant (1) has filed all reports required. Yes [ ] No [X]\n", "No"),
        ("Indicate by check mark whether the registrant has filed all reports required. YES x NO o\n", "Yes"),
        ("Indicate by check mark whether the registrant has filed all reports required. [X] Yes [ ] No\n", "Yes"),
        ("Indicate by check mark whether the registrant has filed all reports required. Yes __ No _X_\n", "No"),
        ("Indicate by check mark whether the registrant has filed all reports required. Yes [ ] No [ ]\n", None),
        ("Indicate by check mark whether the registrant has filed all reports required. "
         "Indicate by check mark if it is "
         "not. Yes [X] No [ ]\n", None),
    ],
)  # fmt: skip
def test_boxes(text: str, expected: str | None) -> None:
    found = {answer.name: answer.text.value for answer in cover(text).answers}
    assert found.get("EntityCurrentReportingStatus") == expected


def test_kind_of_filer() -> None:
    text = (
        "Indicate by check mark whether the registrant is a large accelerated filer, an accelerated filer, or a\n"
        "non-accelerated filer.\nLarge accelerated filer [ ]  Accelerated filer [X]  Non-accelerated filer [ ]\n"
        "Smaller reporting company [ ]\n"
    )
    assert [(a.name, a.text.value) for a in cover(text).answers] == [("EntityFilerCategory", "Accelerated Filer")]


@pytest.mark.parametrize(
    ("text", "state", "number"),
    [
        ("   Delaware          12-3456789\n(State or other jurisdiction  (I.R.S.\n", "Delaware", "12-3456789"),
        ("   New York\n---------\n(State of incorporation)\n   12-3456789\n", "New York", "12-3456789"),
        ("   Delaware   Ohio    12-3456789  13-3456789\n(State or other jurisdiction\n", None, None),
        ("   Delaware 12-3456789\n", None, None),
    ],
)  # fmt: skip
def test_state_and_employer_number(text: str, state: str | None, number: str | None) -> None:
    found = cover(text)
    assert (found.state and found.state.value, found.irs_number and found.irs_number.value) == (state, number)


def test_a_release_has_no_cover_page() -> None:
    text = "1,234,567 shares of Common Stock outstanding as of May 4, 2001\n"
    assert read_cover(filing(text, type="EX-99.1"), None).shares_outstanding == ()


def test_every_figure_is_traced_to_its_characters() -> None:
    text = "Cover\n1,234,567 shares of Common Stock outstanding as of May 4, 2001\n"
    (found,) = cover(text).shares_outstanding
    line = (FORM + text).split("\n")[found.source.line]
    assert line[found.source.start : found.source.end] == "1,234,567"
