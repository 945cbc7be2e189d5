"""Statements: all that is printed in the documents of tests/documents is read, and generated ones exactly."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from pathlib import Path

import pytest
from helpers.amounts import amount_of
from helpers.builders import duration, instant
from helpers.documents import documents, read_document
from helpers.filings import BALANCE_SHEET, CASH_FLOWS
from hypothesis import given
from hypothesis import strategies as st

from converter.filing.reader import Filing, read_filing
from converter.statements.model import Figure, Origin, Statement, StatementKind, UnitKind
from converter.statements.reader import read_statements
from converter.tables.spaced import with_commas
from converter.vocabulary.amounts import Token, find_amounts
from converter.vocabulary.findings import Finding
from converter.vocabulary.periods import Duration

DOCUMENTS = documents()


def named(paths: Iterable[Path]) -> list[str]:
    return [path.stem for path in paths]


def figures(statements: Iterable[Statement]) -> list[Figure]:
    return [
        f
        for s in statements
        if s.origin is not Origin.PARENTHETICAL
        for item in s.items
        for f in item.figures
        if f is not None
    ]


def not_read(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.code == "figure-not-read"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=named(DOCUMENTS))
def test_every_printed_figure_is_accounted_for(path: Path) -> None:
    _, statements, findings = read_document(path)
    read = figures(s for s in statements if s.origin is not Origin.DETAILS)
    assert sum(s.printed for s in statements) == len(read) + len(not_read(findings))


@pytest.mark.parametrize("path", DOCUMENTS, ids=named(DOCUMENTS))
def test_every_token_of_the_rows_is_a_figure_or_named(path: Path) -> None:
    """Independent of the reader's own count: the amounts that a person sees between the first and the last row."""
    filing, statements, findings = read_document(path)
    taken = {(f.source.line, f.source.start) for f in figures(statements)}
    told = {(f.line, column) for f in not_read(findings) for column in range(f.start or 0, f.end or 0)}
    for statement in (s for s in statements if s.origin is not Origin.PARENTHETICAL):
        lines = filing.documents[statement.document].lines
        captions = {item.source.line: item.source for item in statement.items}
        rows = [f.source.line for f in figures([statement])]
        for index in range(min(rows), max(rows) + 1):
            caption = captions.get(index)
            end = caption.end if caption is not None else 0
            for token in tokens_behind(lines[index].text, end):
                assert (index, token.start) in taken or (lines[index].number, token.start) in told, lines[index].text


def tokens_behind(text: str, end: int) -> list[Token]:
    """The amounts with grouped thousands set apart from all words: what certainly is no part of a caption."""
    tokens = (t for t in find_amounts(text) if t.start >= end and t.amount.grouped)
    return [
        t for t in tokens if not re.search(r"[A-Za-z,;-] ?$", text[: t.start]) and not text[t.end : t.end + 2].strip()
    ]


@pytest.mark.parametrize("path", DOCUMENTS, ids=named(DOCUMENTS))
def test_every_figure_is_where_its_source_says(path: Path) -> None:
    filing, statements, _ = read_document(path)
    for statement in statements:
        for item in statement.items:
            for figure in item.figures:
                if figure is not None:
                    line = filing.documents[figure.source.document].lines[figure.source.line]
                    printed = amount_of(with_commas(line.text[figure.source.start : figure.source.end]))
                    assert printed is not None
                    assert abs(printed.value) == abs(figure.amount.value)
                    assert figure.value == figure.amount.value.scaleb(figure.amount.places - figure.decimals)


def indented(text: str) -> str:
    return "\n".join(line if line.startswith(("<", "- -")) else f"   {line}".rstrip() for line in text.split("\n"))


def preformatted(text: str) -> str:
    return f"<html><body><pre>{escape(text)}</pre></body></html>"


PLAIN = [path for path in DOCUMENTS if path.suffix == ".txt" and path.read_text(encoding="utf-8").find("<SEC") < 0]


@pytest.mark.parametrize("path", PLAIN, ids=named(PLAIN))
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(indented, id="indented"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="other line ends"),
        pytest.param(lambda text: text.replace("\n", "    \n"), id="trailing blanks"),
        pytest.param(lambda text: text.replace("\n", "\n\n"), id="double spaced"),
        pytest.param(preformatted, id="HTML"),
    ],
)
def test_what_does_not_matter(path: Path, change: Callable[[str], str]) -> None:
    """Rows, values and periods stay the same; whether a rule stands directly above may change with the spacing."""
    text = path.read_text(encoding="utf-8").expandtabs()
    assert contents(read_text(change(text))[0]) == contents(read_text(text)[0])


def contents(statements: Iterable[Statement]) -> list[object]:
    return [
        (
            statement.kind,
            [column.period for column in statement.columns],
            [
                (item.label, item.sections, item.unit, [f and (f.value, f.decimals) for f in item.figures])
                for item in statement.items
            ],
        )
        for statement in statements
    ]


def read_text(text: str) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    filing: Filing = read_filing(text.encode(), "test.txt")
    read = read_statements(filing)
    return read.statements, read.findings


def test_the_financial_data_schedule_is_no_statement() -> None:
    schedule = (
        "<TYPE>EX-27\n<SEQUENCE>2\n<TEXT>\n<TABLE> <S> <C>\n<CASH> 1,234\n<TOTAL-ASSETS> 9,876\n</TABLE>\n</TEXT>\n"
    )
    balance = (DOCUMENTS[0].parent / "dates-in-figures.txt").read_text(encoding="utf-8")
    submission = f"<DOCUMENT>\n<TYPE>10-Q\n<SEQUENCE>1\n<TEXT>\n{balance}\n</TEXT>\n</DOCUMENT>\n"
    both = submission + f"<DOCUMENT>\n{schedule}</DOCUMENT>\n"
    assert [s.document for s in read_text(both)[0]] == [0]


def test_prose_holds_no_statement() -> None:
    text = "The balance sheet shows total assets of $1,234 and net sales of $5,678 at December 31, 1998.\n" * 20
    assert read_text(text) == ((), ())


@dataclass(frozen=True)
class Typeset:
    """A generated income statement: what was meant, and how it was typed."""

    years: tuple[int, ...]
    rows: tuple[tuple[str, tuple[Decimal | None, ...]], ...]
    caption_width: int
    gap: int
    leaders: bool
    dollars: bool
    ruled: bool
    double_spaced: bool
    wrapped: bool

    def text(self) -> str:
        widths = [max(len(f"{abs(row[1][i] or 0):,}") for row in self.rows) + 2 for i in range(len(self.years))]
        heading = " " * self.caption_width
        rule = " " * self.caption_width
        for year, width in zip(self.years, widths, strict=True):
            heading += " " * self.gap + f"{year} ".rjust(width + 1)
            rule += " " * self.gap + " " + "-" * (width - 1) + " "
        lines = [
            "ANY COMPANY, INC.",
            "STATEMENTS OF INCOME",
            "(in dollars)",
            "Years ended December 31",
            "",
            heading,
            rule,
        ]
        for position, (label, values) in enumerate(self.rows):
            if self.ruled and label.startswith("Total"):
                lines.append(rule)
            *before, last = self.caption(label)
            lines += before
            line = f"{last} ".ljust(self.caption_width, "." if self.leaders else " ")
            for value, width in zip(values, widths, strict=True):
                line += " " * self.gap + self.cell(value, width, position == 0)
            lines.append(line.rstrip())
            lines += [""] if self.double_spaced else []
        return "\n".join([*lines, rule.replace("-", "=")])

    def caption(self, label: str) -> list[str]:
        words = label.split()
        if not self.wrapped or len(words) < 3:
            return [label]
        return [" ".join(words[:-1]), "  " + words[-1].lower()]

    def cell(self, value: Decimal | None, width: int, first: bool) -> str:
        if value is None:
            return " " * (width + 1)
        body = "-" if value == 0 else f"{abs(value):,}"
        sign = "$" if self.dollars and first else ""
        body = f"({body})" if value < 0 else f"{body} "
        return sign + body.rjust(width + 1 - len(sign))

    def meant(self) -> list[tuple[str, tuple[Decimal | None, ...]]]:
        labels = [" ".join(part.strip() for part in self.caption(label)) for label, _ in self.rows]
        return [(label, values) for label, (_, values) in zip(labels, self.rows, strict=True)]


WORDS = st.sampled_from(
    [
        "Freight",
        "Advertising",
        "Research",
        "Rental",
        "Royalty",
        "Amortization",
        "Licensing",
        "Occupancy",
        "Fuel",
        "Legal",
    ]
)
ENDS = st.sampled_from(["Expense", "Charges", "Costs", "Revenue", "Provision"])
CAPTIONS = st.builds(lambda words, end: " ".join([*words, end]), st.lists(WORDS, min_size=1, max_size=2), ENDS)
VALUES = st.one_of(
    st.integers(-9_999_999, 9_999_999).filter(lambda v: not 1900 <= abs(v) <= 2099).map(Decimal), st.just(Decimal(0))
)


@st.composite
def statements(draw: st.DrawFn) -> Typeset:
    count = draw(st.integers(2, 5))
    columns = st.tuples(*[st.none() | VALUES] * count).filter(any)
    usual = ["Net Sales", "Total Costs And Expenses", "Income Before Income Taxes", "Income Tax Expense", "Net Income"]
    labels = [*usual[:1], *draw(st.lists(CAPTIONS, min_size=1, max_size=6)), *usual[1:]]
    newest = draw(st.integers(1993, 2009))
    full = st.tuples(*[st.integers(10_000, 9_999_999).map(Decimal)] * count)
    rows = [(label, draw(full if label.startswith("Net") else columns)) for label in labels]
    return Typeset(
        years=tuple(newest - i for i in range(count)),
        rows=tuple(rows),
        caption_width=draw(st.integers(36, 60)),
        gap=draw(st.integers(2, 8)),
        leaders=draw(st.booleans()),
        dollars=draw(st.booleans()),
        ruled=draw(st.booleans()),
        double_spaced=draw(st.booleans()),
        wrapped=draw(st.booleans()),
    )


@given(statements())
def test_a_typeset_statement_is_read_back(typeset: Typeset) -> None:
    read, findings = read_text(typeset.text())
    assert findings == ()
    (statement,) = read
    assert statement.kind is StatementKind.INCOME
    ends = [column.period.end.year for column in statement.columns if isinstance(column.period, Duration)]
    assert tuple(ends) == typeset.years
    assert all(item.unit is UnitKind.MONETARY for item in statement.items)
    told = [(item.label, tuple(f.value if f else None for f in item.figures)) for item in statement.items]
    assert told == typeset.meant(), typeset.text()


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (["Cash" + "    1,234" * 60, "Debt" + "    1,234" * 60], "60 columns"),
        (["Cash            1,234      1,234"] * 1001, "1,001 rows"),
    ],
)
def test_a_table_that_no_report_prints_is_left_out(rows: list[str], what: str) -> None:
    statements, findings = read_text("\n".join(["BALANCE SHEETS", "       1998     1997", "Total assets", *rows]))
    assert statements == ()
    assert [(f.code, what in f.message) for f in findings] == [("table-too-large", True)]


def test_the_scale_of_a_statement_with_the_same_figures() -> None:
    table = (
        "BALANCE SHEETS\n{}\n   December 31, 1998\nTotal assets    4,321\nCash    5,432\nDeposits   6,543\n\n<PAGE>\n"
    )
    statements, _ = read_text(table.format("(in thousands)") + table.format(""))
    assert statements[-1].items[-1].factor == 1000


def test_a_document_of_very_many_tables_is_read_up_to_a_limit() -> None:
    table = "\n".join(["Cash            1,234      1,234"] * 1000)
    statements, findings = read_text("\n<PAGE>\n".join([table] * 12))
    assert statements == ()
    assert [(f.code, f.line) for f in findings] == [("table-too-large", 10 * 1001 + 1)]


BARE_RELEASE = """
                        BALANCE SHEETS
                        (in thousands)
                       {day} 30, 2005   {year_end}
Cash                        $  2,930        $  2,410
Accounts receivable            9,070           8,590
Total current assets          12,000          11,000
Total assets                $ 12,000        $ 11,000
Accounts payable            $  7,000        $  6,500
Retained earnings              5,000           4,500
Total liabilities and equity $12,000        $ 11,000

                     STATEMENTS OF INCOME
                        (in thousands)
                       {quarter}      {year_to_date}
                     2005      2004      2005      2004
Net sales          $ 3,011   $ 2,822   $ 8,933   $ 8,311
Cost of sales        2,011     1,900     6,011     5,600
Gross profit         1,000       922     2,922     2,711
Income taxes           818       760     2,362     2,227
Net income         $   182   $   162   $   560   $   484
"""


@pytest.mark.parametrize(
    ("day", "year_end", "quarter", "year_to_date", "spans"),
    [
        (
            "September",
            "December 31, 2004",
            "Third Quarter",
            "Year to Date",
            {("2005-07-01", "2005-09-30"), ("2005-01-01", "2005-09-30")},
        ),
        (
            "September",
            "December 31, 2004",
            "Third Quarter",
            "Nine Months",
            {("2005-07-01", "2005-09-30"), ("2005-01-01", "2005-09-30")},
        ),
        (
            "June",
            "June 30, 2004",
            "Fourth Quarter",
            "Twelve Months",
            {("2005-04-01", "2005-06-30"), ("2004-07-01", "2005-06-30")},
        ),
    ],
)
def test_a_balance_sheet_dates_the_quarters_of_a_release(
    day: str, year_end: str, quarter: str, year_to_date: str, spans: set[tuple[str, str]]
) -> None:
    text = BARE_RELEASE.format(day=day, year_end=year_end, quarter=quarter, year_to_date=year_to_date)
    income = next(s for s in read_text(text)[0] if s.kind is StatementKind.INCOME)
    periods = [column.period for column in income.columns if isinstance(column.period, Duration)]
    assert {(str(p.start), str(p.end)) for p in periods if p.end.year == 2005} == spans


def test_the_cover_page_dates_years_alone() -> None:
    annual = CASH_FLOWS.format("Year", "June 30", "2,410").replace("Year ended June 30,", "")
    text = "FORM 10-K\nFor the fiscal year ended June 30, 2003\n" + BALANCE_SHEET.format("2003", "2002") + annual
    assert {column.period for s in read_text(text)[0] for column in s.columns} == {
        instant("2003-06-30"),
        instant("2002-06-30"),
        duration("2002-07-01", "2003-06-30"),
        duration("2001-07-01", "2002-06-30"),
    }
