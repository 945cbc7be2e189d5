"""Companies that do not exist, and statements of theirs whose sums hold: what benchmarks/generate.py prints."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

Values = tuple[int, ...]

_FIRST = "Alder Bram Cald Dun Elm Fen Gar Hazel Ing Kes Lark Mar Nor Oak Pel Quar Rook Stan Tarn Ull Ven Wex Yarl"
_LAST = "bridge brook combe croft dale field ford gate ham hurst ley mere more ridge stead ton wick wold worth"
_TRADES = "Instruments Foods Controls Semiconductor Stores Pharmaceuticals Software Steel Textiles Packaging Marine"
_KINDS = ("Inc.", "Corp.", "Corporation", "Company", "Industries, Inc.", "International, Inc.", "Holdings, Inc.")
_CITIES = ("Mill Hollow, Ohio", "Alder Ferry, Oregon", "Stonecut, Texas", "Port Wren, Maine", "Gull Creek, Iowa")


class Shape(Enum):
    """What a row is: under a heading, a total of rows, or with another unit than money."""

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
    """A statement. `spans` says what the columns are of (one entry a group of columns), `days` the end of each."""

    title: str
    spans: tuple[str, ...]
    days: tuple[date, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """A registrant; `unit` is what its statements are counted in: 1, 1,000 or 1,000,000 dollars."""

    name: str
    city: str
    ticker: str
    cik: int
    unit: int
    size: int
    year_end: date
    quarter_end: date
    released: date


def company(chance: random.Random) -> Company:
    """A company with a quarter, or a year, to report on."""
    name = chance.choice(_FIRST.split()) + chance.choice(_LAST.split())
    unit = chance.choice((1, 1000, 1000, 1000, 1_000_000))
    size = chance.randrange(30, 900) * {1: 10_000, 1000: 100, 1_000_000: 8}[unit]
    year, month = chance.randrange(1995, 2008), chance.choice((3, 6, 9, 12))
    quarters = chance.randrange(1, 5)
    quarter_end = _month_end(year, month)
    last = quarter_end if quarters == 4 else _month_end(year, month - 3 * quarters)
    return Company(
        name=f"{name} {chance.choice(_TRADES.split())} {chance.choice(_KINDS)}",
        city=chance.choice(_CITIES),
        ticker=name[:4].upper(),
        cik=chance.randrange(100_000, 999_999),
        unit=unit,
        size=size,
        year_end=last,
        quarter_end=quarter_end,
        released=quarter_end + timedelta(days=chance.randrange(18, 45)),
    )


def _month_end(year: int, month: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _year_before(day: date) -> date:
    return _month_end(day.year - 1, day.month)


class _Maker:
    """Draws the values of rows, a column each, about some share of the company's size."""

    def __init__(self, chance: random.Random, size: int, lengths: Sequence[int]) -> None:
        self.chance, self.size, self.lengths = chance, size, lengths

    def about(self, share: float) -> Values:
        """So much of the size, give or take a third; over a longer time more of it."""
        return tuple(max(1, round(self.size * share * self.chance.uniform(0.7, 1.3) * n)) for n in self.lengths)

    def signed(self, share: float) -> Values:
        """The same with either sign."""
        return tuple(value * self.chance.choice((1, 1, -1)) for value in self.about(share))

    def some(self, share: float) -> Values:
        """The same, or nothing: a dash."""
        return tuple(value * self.chance.choice((0, 1, 1, 1)) for value in self.about(share))

    def rows(self, choices: Iterable[tuple[str, float]], draw: Callable[[float], Values], most: int) -> list[Row]:
        """Some of these captions in their order, each with its share of the size; `most` of them."""
        known = list(choices)
        kept = sorted(
            self.chance.sample(range(len(known)), min(len(known), self.chance.randint(max(2, most - 2), most)))
        )
        return [Row(self.worded(known[i][0]), draw(known[i][1])) for i in kept]

    def worded(self, captions: str) -> str:
        """One of the wordings that a bar divides."""
        return self.chance.choice(captions.split("|"))


def added(*rows: Row) -> Values:
    """The sum of rows, column by column."""
    return tuple(map(sum, zip(*(row.values for row in rows if row.values), strict=True)))


def _minus(values: Values) -> Values:
    return tuple(-value for value in values)


def income_statement(chance: random.Random, company: Company, columns: int) -> Table:
    """Sales down to earnings per share; costs are printed plainly and taken off, as most filers do."""
    spans, days = _spans(company, columns)
    make = _Maker(chance, company.size, [_LENGTHS[span] for span in spans for _ in range(len(days) // len(spans))])
    rows = []
    if chance.random() < 0.4:
        parts = [Row(make.worded("Product sales|Products"), make.about(0.8)), Row("Services", make.about(0.2))]
        rows += [Row(make.worded("Revenues:|Net sales:"), shape=Shape.HEADING), *parts]
        sales = Row(make.worded("Total revenues|Total net sales"), added(*parts), Shape.TOTAL)
    else:
        sales = Row(make.worded("Net sales|Revenues|Net revenues|Sales"), make.about(1.0))
    cost = Row(
        make.worded("Cost of sales|Cost of goods sold|Cost of revenues"), _scaled(sales.values, chance, 0.5, 0.7)
    )
    gross = Row(make.worded("Gross profit|Gross margin"), added(sales, Row("", _minus(cost.values))), Shape.TOTAL)
    choices = [
        ("Selling, general and administrative|Selling, general and administrative expenses", 0.18),
        ("Research and development|Research and development expenses", 0.06),
        ("Amortization of intangible assets|Amortization of goodwill and other intangibles", 0.01),
        ("Restructuring charges|Restructuring and other charges", 0.01),
    ]
    costs = make.rows(choices, make.about, 3)
    expenses = Row(make.worded("Total operating expenses|Total expenses"), added(*costs), Shape.TOTAL)
    operating = Row(
        make.worded("Operating income|Income from operations|Operating income (loss)"),
        added(gross, Row("", _minus(expenses.values))),
        Shape.TOTAL,
    )
    interest = Row(make.worded("Interest expense|Interest expense, net"), _minus(make.about(0.01)))
    other = Row(make.worded("Other income (expense), net|Other income, net"), make.signed(0.005))
    before = Row(
        make.worded("Income before income taxes|Income before taxes|Earnings before income taxes"),
        added(operating, interest, other),
        Shape.TOTAL,
    )
    taxes = Row(
        make.worded("Provision for income taxes|Income taxes|Income tax expense"),
        tuple(round(max(value, 0) * 0.36) for value in before.values),
    )
    net = Row(make.worded("Net income|Net income (loss)|Net earnings"), added(before, Row("", _minus(taxes.values))),
              Shape.TOTAL)  # fmt: skip
    shares = tuple(max(100, company.size * chance.randrange(8, 14) // 10) for _ in days)
    diluted = tuple(value + value // 40 for value in shares)
    rows += [sales, cost, gross, Row("Operating expenses:", shape=Shape.HEADING), *costs, expenses, operating, interest]
    rows += [
        other,
        before,
        taxes,
        net,
        Row(make.worded("Earnings per share:|Net income per share:"), shape=Shape.HEADING),
    ]
    for caption, count in (("Basic", shares), ("Diluted", diluted)):
        cents = tuple(round(value * 100 / number) for value, number in zip(net.values, count, strict=True))
        rows.append(Row(caption, cents, Shape.PER_SHARE))
    rows.append(Row("Weighted average shares outstanding:", shape=Shape.HEADING))
    rows += [Row("Basic", shares, Shape.SHARES), Row("Diluted", diluted, Shape.SHARES)]
    title = make.worded(
        "Consolidated Statements of Operations|Consolidated Statements of Income|Statements of Earnings"
    )
    return Table(title, spans, days, tuple(rows))


def _scaled(values: Values, chance: random.Random, low: float, high: float) -> Values:
    return tuple(round(value * chance.uniform(low, high)) for value in values)


def _spans(company: Company, columns: int) -> tuple[tuple[str, ...], tuple[date, ...]]:
    this, last = company.quarter_end, _year_before(company.quarter_end)
    if company.year_end == this:
        years = [this, last, _year_before(last), _year_before(_year_before(last))][:columns]
        return ("Years Ended",), tuple(years)
    months = (this.year - company.year_end.year) * 12 + this.month - company.year_end.month
    longer = {3: "Three Months Ended", 6: "Six Months Ended", 9: "Nine Months Ended"}[months]
    if columns == 4 and months > 3:
        return ("Three Months Ended", longer), (this, last, this, last)
    return (longer,), (this, last)


_LENGTHS = {"Three Months Ended": 1, "Six Months Ended": 2, "Nine Months Ended": 3, "Years Ended": 4}


def balance_sheet(chance: random.Random, company: Company) -> Table:
    """Assets, and claims on them, at two days; what is left over are retained earnings."""
    make = _Maker(chance, company.size, (1, 1))
    cash = Row(make.worded("Cash and cash equivalents|Cash and equivalents|Cash"), make.about(0.08))
    current = [cash, *make.rows(_CURRENT_ASSETS, make.about, 5)]
    current_total = Row("Total current assets", added(*current), Shape.TOTAL)
    plant = _plant(make)
    fixed = make.rows(_OTHER_ASSETS, make.some, 4)
    assets = Row("Total assets", added(current_total, plant[-1], *fixed), Shape.TOTAL)
    owed = make.rows(_CURRENT_LIABILITIES, make.about, 5)
    owed_total = Row("Total current liabilities", added(*owed), Shape.TOTAL)
    long = make.rows(_LIABILITIES, make.some, 3)
    capital = make.rows(_EQUITY, make.about, 3)
    treasury = Row("Treasury stock, at cost", _minus(make.some(0.02)))
    other = Row(make.worded("Accumulated other comprehensive loss|Cumulative translation adjustment"),
                _minus(make.some(0.005)))  # fmt: skip
    claims = added(owed_total, *long, *capital, treasury, other)
    rest = tuple(whole - part for whole, part in zip(assets.values, claims, strict=True))
    retained = Row(
        make.worded("Retained earnings|Retained earnings (deficit)|Retained earnings (accumulated deficit)"), rest
    )
    equity = Row(make.worded("Total stockholders' equity|Total shareholders' equity"),
                 added(*capital, retained, other, treasury), Shape.TOTAL)  # fmt: skip
    whole = equity.caption.replace("Total ", "Total liabilities and ")
    rows = (
        *(Row("ASSETS", shape=Shape.HEADING), Row("Current assets:", shape=Shape.HEADING), *current, current_total),
        *(*plant, *fixed, assets, Row(whole.replace("Total l", "L").upper(), shape=Shape.HEADING)),
        *(Row("Current liabilities:", shape=Shape.HEADING), *owed, owed_total, *long),
        *(Row(equity.caption.replace("Total s", "S") + ":", shape=Shape.HEADING), *capital, retained, other, treasury),
        *(equity, Row(whole, assets.values, Shape.TOTAL)),
    )
    before = company.year_end if company.year_end != company.quarter_end else _year_before(company.year_end)
    title = make.worded("Consolidated Balance Sheets|Condensed Consolidated Balance Sheets|Balance Sheets")
    return Table(title, ("",), (company.quarter_end, before), rows)


def _plant(make: _Maker) -> list[Row]:
    """Property, plant and equipment: net in one row, or gross less depreciation."""
    if make.chance.random() < 0.5:
        return [Row(make.worded("Property, plant and equipment, net|Property and equipment, net"), make.about(0.3))]
    gross = Row(make.worded("Property, plant and equipment, at cost|Property and equipment"), make.about(0.5))
    worn = Row(make.worded("Less accumulated depreciation|Less accumulated depreciation and amortization"),
               _minus(_scaled(gross.values, make.chance, 0.3, 0.6)))  # fmt: skip
    return [gross, worn, Row("Property, plant and equipment, net", added(gross, worn), Shape.TOTAL)]


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


def cash_flow_statement(chance: random.Random, company: Company, income: Table, balance: Table) -> Table:
    """Cash from operations, investments and financing, down to cash at the end; outflows in brackets.

    Of the longest periods of the income statement, and with the cash of the balance sheet.
    """
    spans, days = _spans(company, 2)
    make = _Maker(chance, company.size, [_LENGTHS[spans[0]]] * 2)
    annual = company.year_end == company.quarter_end
    cash = next(row.values for row in balance.rows if row.values)
    net = next(row.values for row in income.rows if row.shape is Shape.TOTAL and row.caption.startswith("Net "))
    drawn = [make.rows(parts, lambda share: _flow(make, share), 6) for _, _, parts in _FLOWS]
    drawn[0].insert(0, Row("Net income", net[:2] if annual else net[-2:]))
    start = (cash[1], make.about(0.02)[1])
    end = (cash[0], cash[1] if annual else make.about(0.03)[1])
    change = (end[0] - start[0], end[1] - start[1])
    flows = added(*drawn[0], *drawn[1], *drawn[2])
    left = tuple(whole - part for whole, part in zip(change, flows, strict=True))
    drawn[0].append(Row(make.worded("Other, net|Other"), left))
    rows: list[Row] = []
    for (heading, total, _), parts in zip(_FLOWS, drawn, strict=True):
        rows += [Row(heading, shape=Shape.HEADING), *parts, Row(total, added(*parts), Shape.TOTAL)]
    caption = make.worded("Cash and cash equivalents at {} of period|Cash, {} of period")
    rows += [
        Row(
            make.worded("Net increase (decrease) in cash and cash equivalents|Net change in cash"), change, Shape.TOTAL
        ),
        Row(caption.format("beginning"), start),
        Row(caption.format("end"), end, Shape.TOTAL),
    ]
    title = make.worded("Consolidated Statements of Cash Flows|Condensed Consolidated Statements of Cash Flows")
    return Table(title, spans, days, tuple(rows))


def _flow(make: _Maker, share: float) -> Values:
    """Flows of a positive share come in, of a negative one go out."""
    return make.some(share) if share > 0 else _minus(make.some(-share))


_FLOWS: Sequence[tuple[str, str, Sequence[tuple[str, float]]]] = (
    (
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
    (
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
    (
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
