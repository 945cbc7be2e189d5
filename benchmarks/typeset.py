"""Statements -> the fixed-width pages that filers of 1993-2009 made of them, in many layouts."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from madeup import Company, Row, Shape, Table

_IN = {1: "", 1000: "in thousands", 1_000_000: "in millions"}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document sets its tables.

    `dollars` stand before every figure, before those of the first row and of totals, or nowhere; `leaders` are dots
    between caption and figures; `tagged` tables have the tags of the SEC; `gap` is the least space between columns.
    """

    dollars: str
    leaders: bool
    bracketed: bool
    dash: str
    rule: str
    indent: int
    gap: int
    capitals: bool
    tagged: bool


def layout(chance: random.Random) -> Layout:
    """One of many layouts."""
    return Layout(
        dollars=chance.choice(("every", "totals", "totals", "none")),
        leaders=chance.random() < 0.3,
        bracketed=chance.random() < 0.9,
        dash=chance.choice(("-", "--", "--", "0")),
        rule=chance.choice(("-", "-", "_")),
        indent=chance.choice((0, 2, 2, 4)),
        gap=chance.randint(2, 5),
        capitals=chance.random() < 0.4,
        tagged=chance.random() < 0.6,
    )


def typeset(table: Table, company: Company, style: Layout) -> Iterator[str]:
    """The lines of a statement with its title and headings."""
    columns = len(table.days)
    cells = [_cells(row, style, number == _first(table.rows)) for number, row in enumerate(table.rows)]
    width = max(10, *(len(cell) for row in cells for cell in row)) + style.gap
    left = min(50, max(len(row.caption) for row in table.rows) + style.indent + 3)
    whole = left + width * columns
    for title in (
        company.name.upper(),
        table.title.upper() if style.capitals else table.title,
        _counted(table, company),
    ):
        yield title.center(whole).rstrip()
    yield ""
    if style.tagged:
        yield "<TABLE>"
        yield "<CAPTION>"
    yield from _headings(table, left, width)
    if style.tagged:
        yield "<S>".ljust(left) + "".join(" " * (width - 3) + "<C>" for _ in range(columns))
    for row, texts in zip(table.rows, cells, strict=True):
        if row.shape is Shape.TOTAL:
            yield _rules(style.rule, left, width, columns)
        yield from _row(row, texts, style, left, width)
        if row.shape is Shape.TOTAL and row.caption.startswith(("Total assets", "Total liabilities and", "Net ")):
            yield _rules("=", left, width, columns)
    if style.tagged:
        yield "</TABLE>"
    yield ""


def _first(rows: Sequence[Row]) -> int:
    return next(number for number, row in enumerate(rows) if row.values)


def _counted(table: Table, company: Company) -> str:
    words = _IN[company.unit]
    if any(row.shape is Shape.PER_SHARE for row in table.rows):
        words += ", except per share data" if words else "In dollars, except per share data"
    return f"({words[:1].upper()}{words[1:]}) (Unaudited)" if words else "(Unaudited)"


def _headings(table: Table, left: int, width: int) -> Iterator[str]:
    """What the columns are: their lengths over groups, then the days, then the years."""
    each = len(table.days) // len(table.spans) * width
    if any(table.spans):
        yield " " * left + "".join(span.rjust((each + len(span)) // 2 + 1).ljust(each) for span in table.spans).rstrip()
        if len({(day.month, day.day) for day in table.days}) == 1:
            said = f"{table.days[0]:%B} {table.days[0].day},"
            yield (
                " " * left + "".join(said.rjust((each + len(said)) // 2 + 1).ljust(each) for _ in table.spans).rstrip()
            )
            yield _over(table.days, "{0:%Y}", left, width)
            return
    yield _over(table.days, "{0:%B} {0.day},", left, width)
    yield _over(table.days, "{0:%Y}", left, width)


def _over(days: Sequence[date], form: str, left: int, width: int) -> str:
    return " " * left + "".join(form.format(day).rjust(width) for day in days)


def _rules(rule: str, left: int, width: int, columns: int) -> str:
    return " " * left + "".join((rule * 10).rjust(width) for _ in range(columns))


def _cells(row: Row, style: Layout, first: bool) -> list[str]:
    """The figures as printed, without the blank that stands for a bracket that is not there."""
    money = row.shape in (Shape.ROW, Shape.TOTAL, Shape.PER_SHARE)
    dollar = money and (style.dollars == "every" or (style.dollars == "totals" and (first or row.shape is Shape.TOTAL)))
    cells = []
    for value in row.values:
        text = f"{abs(value) / 100:.2f}" if row.shape is Shape.PER_SHARE else f"{abs(value):,}"
        text = text.lstrip("0") if text.startswith("0.") and style.gap % 2 else text
        if not value:
            text = style.dash
        elif value < 0:
            text = f"({text})" if style.bracketed else f"-{text}"
        cells.append(f"$ {text}" if dollar else text)
    return cells


def _row(row: Row, texts: Sequence[str], style: Layout, left: int, width: int) -> Iterator[str]:
    inner = style.indent if row.shape in (Shape.ROW, Shape.PER_SHARE, Shape.SHARES) else 0
    *above, caption = _broken(" " * inner + row.caption, left - 3, inner + 2)
    yield from above
    if not texts:
        yield caption
        return
    line = caption.ljust(left, ".") if style.leaders and len(caption) < left - 4 else caption.ljust(left)
    for column, text in enumerate(texts, 1):  # the digits of a column end together, a bracket stands behind them
        digits = len(text.removesuffix(")"))
        line = line.ljust(left + width * column - digits) + text
    yield line


def _broken(caption: str, width: int, hang: int) -> Iterator[str]:
    """The caption on as many lines as it needs, the later ones hanging."""
    while len(caption) > width:
        at = caption.rfind(" ", hang + 1, width)
        if at < 0:
            break
        yield caption[:at]
        caption = " " * hang + caption[at + 1 :]
    yield caption
