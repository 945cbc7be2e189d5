"""Statements -> fixed-width pages as filers of 1993-2009 made them, in many random layouts."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from madeup import Company, Row, Shape, Table

_UNITS = {1: "", 1000: "in thousands", 1_000_000: "in millions"}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document lays out its tables.

    `dollars` says where dollar signs are printed: before every figure, before those of the first row and of totals, or
    nowhere. `leaders` are dots between caption and figures; `bracketed` negative figures have parentheses instead of a
    minus sign; `dash` is printed for 0; `tagged` tables have the SEC's tags; `gap` is the minimum number of spaces
    between columns.
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


def random_layout(rng: random.Random) -> Layout:
    """Return one of many layouts."""
    return Layout(
        dollars=rng.choice(("every", "totals", "totals", "none")),
        leaders=rng.random() < 0.3,
        bracketed=rng.random() < 0.9,
        dash=rng.choice(("-", "--", "--", "0")),
        rule=rng.choice(("-", "-", "_")),
        indent=rng.choice((0, 2, 2, 4)),
        gap=rng.randint(2, 5),
        capitals=rng.random() < 0.4,
        tagged=rng.random() < 0.6,
    )


def typeset(table: Table, company: Company, style: Layout, titled: bool = True) -> Iterator[str]:
    """Yield the lines of a table with its headings; a statement has a title, a table in the notes has not."""
    columns = len(table.days)
    first = _first_with_values(table.rows)
    cells = [figures(row, style, index == first) for index, row in enumerate(table.rows)]
    width = max(10, *(len(cell) for row in cells for cell in row)) + style.gap
    left = min(50, max(len(row.caption) for row in table.rows) + style.indent + 3)
    page_width = left + width * columns
    title = table.title.upper() if style.capitals else table.title
    for line in (company.name.upper(), title, unit_line(table, company)) if titled else ():
        yield line.center(page_width).rstrip()
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


def _first_with_values(rows: Sequence[Row]) -> int:
    return next(index for index, row in enumerate(rows) if row.values)


def unit_line(table: Table, company: Company) -> str:
    """Return the line below a title that says what the figures are in."""
    words = _UNITS[company.unit]
    if any(row.shape is Shape.PER_SHARE for row in table.rows):
        words += ", except per share data" if words else "In dollars, except per share data"
    return f"({words[:1].upper()}{words[1:]}) (Unaudited)" if words else "(Unaudited)"


def _headings(table: Table, left: int, width: int) -> Iterator[str]:
    """Yield the headings of the columns: spans over groups of columns, then days, then years."""
    group_width = len(table.days) // len(table.spans) * width
    if any(table.spans):
        yield _over_groups(table.spans, left, group_width)
        if len({(day.month, day.day) for day in table.days}) == 1:
            day = f"{table.days[0]:%B} {table.days[0].day},"
            yield _over_groups([day] * len(table.spans), left, group_width)
            yield _over_columns(table.days, "{0:%Y}", left, width)
            return
    yield _over_columns(table.days, "{0:%B} {0.day},", left, width)
    yield _over_columns(table.days, "{0:%Y}", left, width)


def _over_groups(texts: Sequence[str], left: int, width: int) -> str:
    return " " * left + "".join(text.rjust((width + len(text)) // 2 + 1).ljust(width) for text in texts).rstrip()


def _over_columns(days: Sequence[date], template: str, left: int, width: int) -> str:
    return " " * left + "".join(template.format(day).rjust(width) for day in days)


def _rules(rule: str, left: int, width: int, columns: int) -> str:
    return " " * left + "".join((rule * 10).rjust(width) for _ in range(columns))


def figures(row: Row, style: Layout, is_first: bool) -> list[str]:
    """Return the figures as printed, without alignment."""
    is_money = row.shape in (Shape.ROW, Shape.TOTAL, Shape.PER_SHARE)
    is_marked = style.dollars == "every" or (style.dollars == "totals" and (is_first or row.shape is Shape.TOTAL))
    cells = []
    for value in row.values:
        text = f"{abs(value) / 100:.2f}" if row.shape is Shape.PER_SHARE else f"{abs(value):,}"
        text = text.lstrip("0") if text.startswith("0.") and style.gap % 2 else text
        if not value:
            text = style.dash
        elif value < 0:
            text = f"({text})" if style.bracketed else f"-{text}"
        cells.append(f"$ {text}" if is_money and is_marked else text)
    return cells


def _row(row: Row, texts: Sequence[str], style: Layout, left: int, width: int) -> Iterator[str]:
    indent = style.indent if row.shape in (Shape.ROW, Shape.PER_SHARE, Shape.SHARES) else 0
    *first_lines, caption = _wrapped(" " * indent + row.caption, left - 3, indent + 2)
    yield from first_lines
    if not texts:
        yield caption
        return
    line = caption.ljust(left, ".") if style.leaders and len(caption) < left - 4 else caption.ljust(left)
    for column, text in enumerate(texts, 1):  # digits are right-aligned, a parenthesis follows them
        digits = len(text.removesuffix(")"))
        line = line.ljust(left + width * column - digits) + text
    yield line


def _wrapped(caption: str, width: int, hanging_indent: int) -> Iterator[str]:
    """Yield the caption on as many lines as needed, with an indent from the second line on."""
    while len(caption) > width:
        end = caption.rfind(" ", hanging_indent + 1, width)
        if end < 0:
            break
        yield caption[:end]
        caption = " " * hanging_indent + caption[end + 1 :]
    yield caption
