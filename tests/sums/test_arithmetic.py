"""Arithmetic: the sums that statements satisfy, the ones they break, and the coincidences that are none."""

import re
from collections.abc import Sequence
from decimal import Decimal

import pytest
from helpers.amounts import amount_of
from hypothesis import given
from hypothesis import strategies as st

from converter.filing.lines import TextSpan
from converter.statements.model import PRIMARY_KINDS, Figure, LineItem, StatementKind, UnitKind
from converter.sums.arithmetic import Sum, find_equalities, find_sums
from converter.sums.polarity import polarity

NOWHERE = TextSpan(0, 0, 0, 0)


def item(text: str, unit: UnitKind = UnitKind.MONETARY, thousands: bool = True) -> LineItem:
    """A row written as in a filing, "[Section] Caption  12  (3)"; "." is a blank cell."""
    found = re.fullmatch(r"(?:\[(.*?)\]\s*)?(.*?)((?:\s\s+\S+)+)", text)
    assert found is not None
    section, label, cells = found.groups()
    figures = tuple(figure(cell, thousands and unit is UnitKind.MONETARY) for cell in cells.split())
    return LineItem(label.strip(), (section,) if section else (), 0, False, unit, figures, NOWHERE)


def figure(cell: str, thousands: bool) -> Figure | None:
    amount = amount_of(cell)
    if amount is None:
        return None
    scale = 3 if thousands else 0
    return Figure(amount.value.scaleb(scale), amount.places - scale, amount, NOWHERE)


def items(text: str) -> list[LineItem]:
    return [item(line.strip()) for line in text.strip().splitlines()]


def parts(found: Sum) -> str:
    """The parts as "0 1 -2"."""
    return " ".join(f"-{index}" if sign < 0 else f"{index}" for index, sign in found.parts)


def added(rows: Sequence[LineItem], found: Sum) -> Decimal:
    """The sum of the parts in the first column."""
    values = ((rows[index].figures[0], sign) for index, sign in found.parts)
    return sum((one.value * sign for one, sign in values if one is not None), Decimal(0))


def explained(rows: Sequence[LineItem], kind: StatementKind) -> dict[int, str]:
    return {found.total: parts(found) for found in find_sums(rows, kind) if found.holds}


BALANCE = """
[Current assets] Cash                          1,741   2,265
[Current assets] Marketable securities            --      30
[Current assets] Receivables                   1,089   1,055
[Current assets] Total current assets          2,830   3,350
Property, at cost                              1,420   1,400
Less accumulated depreciation                    620     510
Net property                                     800     890
Other assets                                     141      92
Total assets                                   3,771   4,332
[Current liabilities] Accounts payable           101     130
[Current liabilities] Accrued expenses           728     778
[Current liabilities] Total current liabilities  829     908
Long-term debt                                   900     700
[Equity] Common stock                            100     100
[Equity] Retained earnings                     2,042   2,724
[Equity] Treasury stock, at cost               (100)   (100)
[Equity] Total shareholders' equity            2,042   2,724
Total liabilities and shareholders' equity     3,771   4,332
"""


def test_balance_sheet() -> None:
    assert explained(items(BALANCE), StatementKind.BALANCE_SHEET) == {
        3: "0 1 2",
        6: "4 -5",
        8: "3 6 7",
        11: "9 10",
        16: "13 14 15",
        17: "11 12 16",
    }


def test_assets_equal_claims() -> None:
    (found,) = find_equalities(items(BALANCE), StatementKind.BALANCE_SHEET)
    assert (found.total, found.parts, found.differences, found.holds) == (17, ((8, 1),), (Decimal(0), Decimal(0)), True)
    assert find_equalities(items(BALANCE), StatementKind.INCOME) == ()


def test_assets_that_do_not_equal_claims() -> None:
    rows = items(BALANCE.replace("equity     3,771", "equity     3,717"))
    (found,) = find_equalities(rows, StatementKind.BALANCE_SHEET)
    assert (found.differences, found.holds) == ((Decimal(-54_000), Decimal(0)), False)


INCOME = """
Net sales                            1,553    989
Cost of sales                          822    719
Gross margin                           731    270
[Operating expenses] Selling           235    207
[Operating expenses] Research          145    151
[Operating expenses] Restructuring     (52)   165
[Operating expenses] Total operating expenses   328   523
Operating income (loss)                403   (253)
Interest income                          3     20
Interest expense                        26     14
Income (loss) before income taxes      380   (247)
Provision (benefit) for income taxes   97   (66)
Net income (loss)                      283   (181)
"""


def test_income_statement() -> None:
    assert explained(items(INCOME), StatementKind.INCOME) == {
        2: "0 -1",
        6: "3 4 5",
        7: "2 -6",
        10: "7 8 -9",
        12: "10 -11",
    }


def test_expenses_in_brackets_are_added() -> None:
    rows = items("""
        Revenues            1,553     989
        Cost of revenues   (822)    (719)
        Gross profit          731     270
        Selling             (235)   (207)
        Operating income      496      63
    """)
    assert explained(rows, StatementKind.INCOME) == {2: "0 1", 4: "2 3"}


def test_a_loss_printed_without_brackets() -> None:
    rows = items("""
        Revenues                 1,012     989
        Costs and expenses       2,822   2,719
        Net loss                 1,810   1,730
    """)
    assert explained(rows, StatementKind.INCOME) == {2: "-0 1"}


def test_cash_flow() -> None:
    rows = items("""
        [Operating activities] Net income                                 816      214
        [Operating activities] Depreciation                               206      175
        [Operating activities] Receivables                              (120)    (111)
        [Operating activities] Net cash provided by operating activities   902      278
        [Investing activities] Capital expenditures                     (173)    (276)
        [Investing activities] Proceeds from sales                           --       12
        [Investing activities] Net cash used in investing activities    (173)    (264)
        [Financing activities] Repayments                                (58)     (63)
        [Financing activities] Dividends                                 (78)     (78)
        [Financing activities] Net cash used in financing activities    (136)    (141)
        Effect of exchange rates                                         (75)     (88)
        Net increase (decrease) in cash                                   518    (215)
        Cash at beginning of period                                     1,000   1,215
        Cash at end of period                                           1,518   1,000
    """)
    assert explained(rows, StatementKind.CASH_FLOW) == {3: "0 1 2", 6: "4 5", 9: "7 8", 11: "3 6 9 10", 13: "11 12"}


def test_uses_printed_positive() -> None:
    rows = items("""
        Cash provided by operating activities             9,020    2,780
        Purchases of equipment                            1,173    1,276
        Proceeds from sales                                  10       12
        Cash used in investing activities                 1,163    1,264
        Increase in cash                                  7,857    1,516
    """)
    assert explained(rows, StatementKind.CASH_FLOW) == {3: "1 -2", 4: "0 -3"}


def test_a_total_without_caption() -> None:
    rows = [item("Raw materials  1,203  1,150"), item("Finished goods  2,411  2,006"), item("  3,614  3,156")]
    assert explained(rows, StatementKind.BALANCE_SHEET) == {2: "0 1"}


def test_rounded_parts() -> None:
    rows = items("""
        Cash                1,741   2,265
        Receivables         1,089   1,055
        Inventories           100     100
        Total               2,931   3,419
    """)
    (found,) = find_sums(rows, StatementKind.BALANCE_SHEET)
    assert (found.holds, found.differences) == (True, (Decimal(1000), Decimal(-1000)))


def test_a_blank_part_counts_as_zero_and_a_blank_total_is_not_asked() -> None:
    rows = items("""
        [Revenues] Products       1,741   2,265   1,000
        [Revenues] Services           .   1,055       .
        [Revenues] Total revenues  1,741   3,320       .
    """)
    (found,) = find_sums(rows, StatementKind.INCOME)
    assert (parts(found), found.differences, found.holds) == ("0 1", (Decimal(0), Decimal(0), None), True)


@pytest.mark.parametrize("unit", [UnitKind.SHARES, UnitKind.PURE])
def test_other_units_do_not_take_part(unit: UnitKind) -> None:
    rows = items("""
        [Revenues] Products       1,741   2,265
        [Revenues] Services         500   1,055
        [Revenues] Total revenues  2,241   3,320
    """)
    assert explained([rows[0], item("Shares  1,741  2,265", unit), *rows[1:]], StatementKind.INCOME) == {3: "0 2"}


def test_earnings_per_share() -> None:
    rows = [
        item(text, UnitKind.PER_SHARE)
        for text in ("Continuing operations  .63  .60", "Discontinued operations  (.04)  .02", "Net income  .59  .62")
    ]
    assert explained(rows, StatementKind.INCOME) == {2: "0 1"}


def test_per_share_figures_of_other_kinds_are_no_sum() -> None:
    rows = [item(text, UnitKind.PER_SHARE) for text in ("Basic  .31  .30", "Diluted  .31  .30", "Total  .62  .60")]
    assert explained(rows, StatementKind.INCOME) == {}


def test_one_wrong_figure_is_told() -> None:
    rows = items(BALANCE.replace("1,089   1,055", "1,098   1,055"))
    broken = [found for found in find_sums(rows, StatementKind.BALANCE_SHEET) if not found.holds]
    assert [(found.total, parts(found), found.differences) for found in broken] == [
        (3, "0 1 2", (Decimal(-9000), Decimal(0)))
    ]


def test_silence_where_nothing_adds_up() -> None:
    rows = items("""
        Gross premiums written       5,041   4,795
        Premiums ceded               (708)   (745)
        Total reserves               9,120   8,411
    """)
    assert find_sums(rows, StatementKind.INCOME) == ()


def test_small_coincidences_are_no_sums() -> None:
    rows = items("""
        Goodwill            7    3
        Patents             5    9
        Deposits            2    6
    """)
    assert find_sums(rows, StatementKind.BALANCE_SHEET) == ()


def test_the_last_part_of_equity_is_no_sum_of_assets() -> None:
    rows = items("""
        Total assets                                  29,762   30,252
        Total liabilities                             17,122   17,565
        Common stock                                     301      307
        Retained earnings                             15,341   15,394
        Accumulated other comprehensive loss         (3,002)  (3,014)
        Total shareholders' equity                    12,640   12,687
        Total liabilities and shareholders' equity    29,762   30,252
    """)
    assert explained(rows, StatementKind.BALANCE_SHEET) == {5: "2 3 4", 6: "1 5"}


def test_the_parts_of_an_unexplained_subtotal_are_left_out() -> None:
    rows = items("""
        Total liabilities                             17,122   17,565
        Common stock                                     301      307
        Retained earnings                             15,341   15,394
        Total shareholders' equity                    12,640   12,687
        Total liabilities and shareholders' equity    29,762   30,252
    """)
    assert explained(rows, StatementKind.BALANCE_SHEET) == {4: "0 3"}


@given(
    st.lists(
        st.tuples(st.integers(1000, 99_999), st.integers(1000, 99_999)),
        min_size=2,
        max_size=30,
    )
)
def test_a_total_is_the_sum_of_its_section(cells: list[tuple[int, int]]) -> None:
    rows = [item(f"[Assets] Row {index}  {one}  {other}") for index, (one, other) in enumerate(cells)]
    first, second = (sum(column) for column in zip(*cells, strict=True))
    rows.append(item(f"[Assets] Total  {first}  {second}"))
    found = {found.total: found for found in find_sums(rows, StatementKind.BALANCE_SHEET)}[len(cells)]
    assert found.holds
    assert added(rows, found) == first * 1000


@given(st.lists(st.tuples(st.sampled_from(["Total", "Net", "Cost", ""]), st.integers(-50, 50)), max_size=40))
def test_a_sum_that_holds_adds_up(cells: list[tuple[str, int]]) -> None:
    rows = [item(f"{label}  {value}", thousands=False) for label, value in cells]
    for kind in PRIMARY_KINDS:
        for found in find_sums(rows, kind):
            assert all(index < found.total and sign in (1, -1) for index, sign in found.parts)
            total = rows[found.total].figures[0]
            assert total is not None
            assert found.differences == (total.value - added(rows, found),)


def test_many_rows_are_searched_in_bounded_time() -> None:
    rows = [item(f"Net income  {number * 7919 % 1000}  {number * 104729 % 999}") for number in range(1500)]
    find_sums(rows, StatementKind.INCOME)  # an exponential or cubic search would not come back


@pytest.mark.parametrize(
    ("label", "kind", "expected"),
    [
        ("Net sales", StatementKind.INCOME, 1),
        ("Cost of sales", StatementKind.INCOME, -1),
        ("Income (loss) before income taxes", StatementKind.INCOME, 1),
        ("Income taxes", StatementKind.INCOME, -1),
        ("(Provision) benefit for income taxes", StatementKind.INCOME, 1),
        ("Provision (benefit) for income taxes", StatementKind.INCOME, -1),
        ("Income tax benefit", StatementKind.INCOME, 1),
        ("Interest expense", StatementKind.INCOME, -1),
        ("Interest income", StatementKind.INCOME, 1),
        ("Net loss", StatementKind.INCOME, -1),
        ("Loss (gain) on sale", StatementKind.INCOME, -1),
        ("Less: minority interest", StatementKind.INCOME, -1),
        ("Other", StatementKind.INCOME, 0),
        ("Purchases of equipment", StatementKind.CASH_FLOW, -1),
        ("Proceeds from sales", StatementKind.CASH_FLOW, 1),
        ("Net cash used in investing activities", StatementKind.CASH_FLOW, -1),
        ("Treasury stock", StatementKind.BALANCE_SHEET, -1),
        ("Cash", StatementKind.BALANCE_SHEET, 1),
    ],
)
def test_polarity(label: str, kind: StatementKind, expected: int) -> None:
    assert polarity(label, (), kind) == expected


def test_polarity_of_the_heading() -> None:
    assert polarity("Other", ("Costs and expenses",), StatementKind.INCOME) == -1
    assert polarity("Other", ("Revenues",), StatementKind.INCOME) == 1
