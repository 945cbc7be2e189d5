"""Random fictitious companies with statements whose sums hold, for benchmarks/generate.py."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

Values = tuple[int, ...]

_FIRST = "Alder Bram Cald Dun Elm Fen Gar Hazel Ing Kes Lark Mar Nor Oak Pel Quar Rook Stan Tarn Ull Ven Wex Yarl"
_LAST = "bridge brook combe croft dale field ford gate ham hurst ley mere more ridge stead ton wick wold worth"
_TRADES = "Instruments Foods Controls Semiconductor Stores Pharmaceuticals Software Steel Textiles Packaging Marine"
_KINDS = ("Inc.", "Corp.", "Corporation", "Company", "Industries, Inc.", "International, Inc.", "Holdings, Inc.")
_CITIES = ("Mill Hollow, Ohio", "Alder Ferry, Oregon", "Stonecut, Texas", "Port Wren, Maine", "Gull Creek, Iowa")


class Shape(Enum):
    """The type of a row: a heading, an ordinary row, a total, or a row with another unit than money."""

    HEADING = "heading"
    ROW = "row"
    TOTAL = "total"
    SHARES = "shares"
    PER_SHARE = "per share"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a statement: its caption and a value for each column, in the statement's unit (cents per share)."""

    caption: str
    values: Values = ()
    shape: Shape = Shape.ROW


@dataclass(frozen=True, slots=True)
class Table:
    """A statement.

    `spans` are the headings over groups of columns (such as `Years Ended`), `days` the end of each column's period.
    """

    title: str
    spans: tuple[str, ...]
    days: tuple[date, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """A registrant.

    The statements are in units of `unit` dollars: 1, 1,000 or 1,000,000. `size` is the order of magnitude of its sales
    for a quarter, in that unit. `year_end` is the end of the last fiscal year, `quarter_end` of the period reported on.
    """

    name: str
    city: str
    ticker: str
    cik: int
    unit: int
    size: int
    year_end: date
    quarter_end: date
    released: date


def random_company(rng: random.Random) -> Company:
    """Return a company with a quarter, or a year, to report on."""
    name = rng.choice(_FIRST.split()) + rng.choice(_LAST.split())
    unit = rng.choice((1, 1000, 1000, 1000, 1_000_000))
    size = rng.randrange(30, 900) * {1: 10_000, 1000: 100, 1_000_000: 8}[unit]
    year, month = rng.randrange(1995, 2008), rng.choice((3, 6, 9, 12))
    quarters = rng.randrange(1, 5)
    quarter_end = _month_end(year, month)
    year_end = quarter_end if quarters == 4 else _month_end(year, month - 3 * quarters)
    return Company(
        name=f"{name} {rng.choice(_TRADES.split())} {rng.choice(_KINDS)}",
        city=rng.choice(_CITIES),
        ticker=name[:4].upper(),
        cik=rng.randrange(100_000, 999_999),
        unit=unit,
        size=size,
        year_end=year_end,
        quarter_end=quarter_end,
        released=quarter_end + timedelta(days=rng.randrange(18, 45)),
    )


def _month_end(year: int, month: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _year_before(day: date) -> date:
    return _month_end(day.year - 1, day.month)


class _RandomRows:
    """Draws captions and values of rows; `lengths` are the lengths of the columns' periods in quarters."""

    def __init__(self, rng: random.Random, size: int, lengths: Sequence[int]) -> None:
        self.rng, self.size, self.lengths = rng, size, lengths

    def positive(self, share: float) -> Values:
        """Draw values near `share` of the company's size, proportional to the length of each period."""
        return tuple(max(1, round(self.size * share * self.rng.uniform(0.7, 1.3) * n)) for n in self.lengths)

    def signed(self, share: float) -> Values:
        """Draw values of either sign."""
        return tuple(value * self.rng.choice((1, 1, -1)) for value in self.positive(share))

    def optional(self, share: float) -> Values:
        """Draw values some of which are 0, printed as a dash."""
        return tuple(value * self.rng.choice((0, 1, 1, 1)) for value in self.positive(share))

    def rows(self, choices: Sequence[tuple[str, float]], values: Callable[[float], Values], maximum: int) -> list[Row]:
        """Return up to `maximum` rows of captions and shares of the size, in order, with values drawn by `values`."""
        count = min(len(choices), self.rng.randint(max(2, maximum - 2), maximum))
        chosen = sorted(self.rng.sample(range(len(choices)), count))
        return [Row(self.caption(choices[i][0]), values(choices[i][1])) for i in chosen]

    def caption(self, wordings: str) -> str:
        """Return one of the wordings, which are separated by `|`."""
        return self.rng.choice(wordings.split("|"))


def added(*rows: Row) -> Values:
    """Return the sum of rows, column by column."""
    return tuple(map(sum, zip(*(row.values for row in rows if row.values), strict=True)))


def _negated(values: Values) -> Values:
    return tuple(-value for value in values)


def income_statement(rng: random.Random, company: Company, columns: int) -> Table:
    """Return an income statement; costs are printed as positive numbers and subtracted, as most filers do."""
    spans, days = _columns(company, columns)
    draw = _RandomRows(rng, company.size, [_LENGTHS[span] for span in spans for _ in range(len(days) // len(spans))])
    *rows, sales = _sales(draw)
    cost = Row(draw.caption("Cost of sales|Cost of goods sold|Cost of revenues"), _scaled(sales.values, rng, 0.5, 0.7))
    gross = Row(draw.caption("Gross profit|Gross margin"), added(sales, Row("", _negated(cost.values))), Shape.TOTAL)
    choices = [
        ("Selling, general and administrative|Selling, general and administrative expenses", 0.18),
        ("Research and development|Research and development expenses", 0.06),
        ("Amortization of intangible assets|Amortization of goodwill and other intangibles", 0.01),
        ("Restructuring charges|Restructuring and other charges", 0.01),
    ]
    costs = draw.rows(choices, draw.positive, 3)
    expenses = Row(draw.caption("Total operating expenses|Total expenses"), added(*costs), Shape.TOTAL)
    operating = Row(
        draw.caption("Operating income|Income from operations|Operating income (loss)"),
        added(gross, Row("", _negated(expenses.values))),
        Shape.TOTAL,
    )
    interest = Row(draw.caption("Interest expense|Interest expense, net"), _negated(draw.positive(0.01)))
    other_income = Row(draw.caption("Other income (expense), net|Other income, net"), draw.signed(0.005))
    pretax = Row(
        draw.caption("Income before income taxes|Income before taxes|Earnings before income taxes"),
        added(operating, interest, other_income),
        Shape.TOTAL,
    )
    taxes = Row(
        draw.caption("Provision for income taxes|Income taxes|Income tax expense"),
        tuple(round(max(value, 0) * 0.36) for value in pretax.values),
    )
    net = Row(draw.caption("Net income|Net income (loss)|Net earnings"), added(pretax, Row("", _negated(taxes.values))),
              Shape.TOTAL)  # fmt: skip
    shares = tuple(max(100, company.size * rng.randrange(8, 14) // 10) for _ in days)
    diluted = tuple(value + value // 40 for value in shares)
    rows += [sales, cost, gross, Row("Operating expenses:", shape=Shape.HEADING), *costs, expenses, operating, interest]
    rows += [
        other_income,
        pretax,
        taxes,
        net,
        Row(draw.caption("Earnings per share:|Net income per share:"), shape=Shape.HEADING),
    ]
    for caption, counts in (("Basic", shares), ("Diluted", diluted)):
        cents = tuple(round(value * 100 / count) for value, count in zip(net.values, counts, strict=True))
        rows.append(Row(caption, cents, Shape.PER_SHARE))
    rows.append(Row("Weighted average shares outstanding:", shape=Shape.HEADING))
    rows += [Row("Basic", shares, Shape.SHARES), Row("Diluted", diluted, Shape.SHARES)]
    title = draw.caption(
        "Consolidated Statements of Operations|Consolidated Statements of Income|Statements of Earnings"
    )
    return Table(title, spans, days, tuple(rows))


def _sales(draw: _RandomRows) -> list[Row]:
    """Return the rows of sales, the last of which is their total."""
    if draw.rng.random() >= 0.4:
        return [Row(draw.caption("Net sales|Revenues|Net revenues|Sales"), draw.positive(1.0))]
    parts = [Row(draw.caption("Product sales|Products"), draw.positive(0.8)), Row("Services", draw.positive(0.2))]
    heading = Row(draw.caption("Revenues:|Net sales:"), shape=Shape.HEADING)
    total = Row(draw.caption("Total revenues|Total net sales"), added(*parts), Shape.TOTAL)
    return [heading, *parts, total]


def _scaled(values: Values, rng: random.Random, low: float, high: float) -> Values:
    return tuple(round(value * rng.uniform(low, high)) for value in values)


class _Columns(NamedTuple):
    """The columns of a statement of flows, as in `Table`."""

    spans: tuple[str, ...]
    days: tuple[date, ...]


def _columns(company: Company, number: int) -> _Columns:
    """Return up to `number` columns: the last years, or the last quarter and the year to date of two years."""
    end, year_before = company.quarter_end, _year_before(company.quarter_end)
    if company.year_end == end:
        years = [end, year_before, _year_before(year_before), _year_before(_year_before(year_before))][:number]
        return _Columns(("Years Ended",), tuple(years))
    months = (end.year - company.year_end.year) * 12 + end.month - company.year_end.month
    year_to_date = {3: "Three Months Ended", 6: "Six Months Ended", 9: "Nine Months Ended"}[months]
    if number == 4 and months > 3:
        return _Columns(("Three Months Ended", year_to_date), (end, year_before, end, year_before))
    return _Columns((year_to_date,), (end, year_before))


_LENGTHS = {"Three Months Ended": 1, "Six Months Ended": 2, "Nine Months Ended": 3, "Years Ended": 4}
"""Heading of columns -> the length of their periods in quarters."""


def balance_sheet(rng: random.Random, company: Company) -> Table:
    """Return a balance sheet at two days; retained earnings are computed so that it balances."""
    draw = _RandomRows(rng, company.size, (1, 1))
    cash = Row(draw.caption("Cash and cash equivalents|Cash and equivalents|Cash"), draw.positive(0.08))
    current_assets = [cash, *draw.rows(_CURRENT_ASSETS, draw.positive, 5)]
    total_current_assets = Row("Total current assets", added(*current_assets), Shape.TOTAL)
    plant = _plant(draw)
    other_assets = draw.rows(_OTHER_ASSETS, draw.optional, 4)
    assets = Row("Total assets", added(total_current_assets, plant[-1], *other_assets), Shape.TOTAL)
    current_liabilities = draw.rows(_CURRENT_LIABILITIES, draw.positive, 5)
    total_current_liabilities = Row("Total current liabilities", added(*current_liabilities), Shape.TOTAL)
    long_term = draw.rows(_LIABILITIES, draw.optional, 3)
    paid_in = draw.rows(_EQUITY, draw.positive, 3)
    treasury = Row("Treasury stock, at cost", _negated(draw.optional(0.02)))
    comprehensive_loss = Row(draw.caption("Accumulated other comprehensive loss|Cumulative translation adjustment"),
                _negated(draw.optional(0.005)))  # fmt: skip
    claims = added(total_current_liabilities, *long_term, *paid_in, treasury, comprehensive_loss)
    retained = Row(
        draw.caption("Retained earnings|Retained earnings (deficit)|Retained earnings (accumulated deficit)"),
        tuple(total - claim for total, claim in zip(assets.values, claims, strict=True)),
    )
    equity = Row(draw.caption("Total stockholders' equity|Total shareholders' equity"),
                 added(*paid_in, retained, comprehensive_loss, treasury), Shape.TOTAL)  # fmt: skip
    total_caption = equity.caption.replace("Total ", "Total liabilities and ")
    rows = (
        Row("ASSETS", shape=Shape.HEADING),
        Row("Current assets:", shape=Shape.HEADING),
        *(*current_assets, total_current_assets, *plant, *other_assets, assets),
        Row(total_caption.replace("Total l", "L").upper(), shape=Shape.HEADING),
        Row("Current liabilities:", shape=Shape.HEADING),
        *(*current_liabilities, total_current_liabilities, *long_term),
        Row(equity.caption.replace("Total s", "S") + ":", shape=Shape.HEADING),
        *(*paid_in, retained, comprehensive_loss, treasury, equity),
        Row(total_caption, assets.values, Shape.TOTAL),
    )
    earlier_day = company.year_end if company.year_end != company.quarter_end else _year_before(company.year_end)
    title = draw.caption("Consolidated Balance Sheets|Condensed Consolidated Balance Sheets|Balance Sheets")
    return Table(title, ("",), (company.quarter_end, earlier_day), rows)


def _plant(draw: _RandomRows) -> list[Row]:
    """Return the rows of property, plant and equipment: one net row, or gross, depreciation and net."""
    if draw.rng.random() < 0.5:
        return [Row(draw.caption("Property, plant and equipment, net|Property and equipment, net"), draw.positive(0.3))]
    gross = Row(draw.caption("Property, plant and equipment, at cost|Property and equipment"), draw.positive(0.5))
    depreciation = Row(draw.caption("Less accumulated depreciation|Less accumulated depreciation and amortization"),
               _negated(_scaled(gross.values, draw.rng, 0.3, 0.6)))  # fmt: skip
    return [gross, depreciation, Row("Property, plant and equipment, net", added(gross, depreciation), Shape.TOTAL)]


_CURRENT_ASSETS = (
    ("Short-term investments|Marketable securities", 0.05),
    ("Accounts receivable, net|Trade accounts receivable|Accounts receivable, less allowances", 0.15),
    ("Inventories|Merchandise inventories", 0.14),
    ("Deferred income taxes|Deferred tax assets", 0.02),
    ("Prepaid expenses and other current assets|Prepaid expenses|Other current assets", 0.02),
)
_OTHER_ASSETS = (
    ("Goodwill|Excess of cost over net assets acquired|Goodwill, net", 0.12),
    ("Intangible assets, net|Other intangible assets", 0.04),
    ("Investments in affiliates|Long-term investments", 0.02),
    ("Deferred charges|Deferred financing costs", 0.01),
    ("Other assets|Other assets, net|Deposits and other assets", 0.02),
)
_CURRENT_LIABILITIES = (
    ("Notes payable to banks|Short-term borrowings|Notes payable", 0.03),
    ("Current portion of long-term debt|Current maturities of long-term debt", 0.02),
    ("Accounts payable|Trade accounts payable", 0.09),
    ("Accrued compensation|Accrued payroll and benefits", 0.03),
    ("Accrued expenses and other liabilities|Accrued liabilities|Other accrued liabilities", 0.05),
    ("Income taxes payable|Accrued income taxes", 0.01),
    ("Deferred revenue|Customer deposits", 0.02),
)
_LIABILITIES = (
    ("Long-term debt|Long-term debt, less current portion|Long-term obligations", 0.15),
    ("Deferred income taxes|Deferred taxes", 0.03),
    ("Other long-term liabilities|Other liabilities", 0.02),
    ("Minority interest|Minority interests", 0.01),
)
_EQUITY = (
    ("Preferred stock, none issued|Preferred stock", 0.01),
    ("Common stock, $.01 par value|Common stock|Common stock, $1 par value", 0.01),
    ("Additional paid-in capital|Capital in excess of par value|Paid-in capital", 0.2),
)


def cash_flow_statement(rng: random.Random, company: Company, income: Table, balance: Table) -> Table:
    """Return a cash flow statement, with outflows in parentheses.

    It covers the longest periods of the income statement and ends with the cash of the balance sheet.
    """
    spans, days = _columns(company, 2)
    draw = _RandomRows(rng, company.size, [_LENGTHS[spans[0]]] * 2)
    is_annual = company.year_end == company.quarter_end
    cash = next(row.values for row in balance.rows if row.values)
    net = next(row.values for row in income.rows if row.shape is Shape.TOTAL and row.caption.startswith("Net "))
    sections = [draw.rows(activity.captions, lambda share: _flow(draw, share), 6) for activity in _ACTIVITIES]
    sections[0].insert(0, Row("Net income", net[:2] if is_annual else net[-2:]))
    start = (cash[1], draw.positive(0.02)[1])
    end = (cash[0], cash[1] if is_annual else draw.positive(0.03)[1])
    change = (end[0] - start[0], end[1] - start[1])
    flows = added(*sections[0], *sections[1], *sections[2])
    remainder = tuple(total - flow for total, flow in zip(change, flows, strict=True))
    sections[0].append(Row(draw.caption("Other, net|Other"), remainder))
    rows: list[Row] = []
    for activity, section in zip(_ACTIVITIES, sections, strict=True):
        rows += [Row(activity.heading, shape=Shape.HEADING), *section]
        rows.append(Row(activity.total, added(*section), Shape.TOTAL))
    caption = draw.caption("Cash and cash equivalents at {} of period|Cash, {} of period")
    rows += [
        Row(draw.caption(_CHANGE_IN_CASH), change, Shape.TOTAL),
        Row(caption.format("beginning"), start),
        Row(caption.format("end"), end, Shape.TOTAL),
    ]
    title = draw.caption("Consolidated Statements of Cash Flows|Condensed Consolidated Statements of Cash Flows")
    return Table(title, spans, days, tuple(rows))


def _flow(draw: _RandomRows, share: float) -> Values:
    """Draw inflows for a positive share, outflows for a negative one."""
    return draw.optional(share) if share > 0 else _negated(draw.optional(-share))


_CHANGE_IN_CASH = "Net increase (decrease) in cash and cash equivalents|Net change in cash"


class _Activity(NamedTuple):
    """A section of a cash flow statement; `captions` have their shares of the size, negative for outflows."""

    heading: str
    total: str
    captions: Sequence[tuple[str, float]]


_ACTIVITIES = (
    _Activity(
        "Cash flows from operating activities:",
        "Net cash provided by operating activities",
        (
            ("Depreciation and amortization|Depreciation", 0.06),
            ("Deferred income taxes|Provision for deferred income taxes", 0.01),
            ("Accounts receivable|Decrease (increase) in accounts receivable", -0.02),
            ("Inventories|Decrease (increase) in inventories", -0.01),
            ("Accounts payable and accrued expenses|Increase in accounts payable", 0.02),
        ),
    ),
    _Activity(
        "Cash flows from investing activities:",
        "Net cash used in investing activities",
        (
            (
                "Capital expenditures|Purchases of property and equipment|Additions to property, plant and equipment",
                -0.07,
            ),
            ("Acquisitions, net of cash acquired|Acquisition of businesses", -0.03),
            ("Purchases of marketable securities|Purchases of investments", -0.04),
            ("Sales of marketable securities|Maturities of investments", 0.03),
            ("Proceeds from sale of equipment|Proceeds from disposal of property", 0.01),
        ),
    ),
    _Activity(
        "Cash flows from financing activities:",
        "Net cash provided by (used in) financing activities",
        (
            ("Proceeds from long-term debt|Proceeds from issuance of long-term debt", 0.04),
            ("Repayments of long-term debt|Payments on long-term debt", -0.03),
            ("Proceeds from exercise of stock options|Issuance of common stock", 0.01),
            ("Purchase of treasury stock|Repurchases of common stock", -0.02),
            ("Dividends paid|Cash dividends paid", -0.01),
        ),
    ),
)
