"""Place the cells of an HTML table on its grid: spans, figures split over several cells, rules."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from converter.filing.html.parsed import CellAt, GridCell, HtmlTable
from converter.filing.html.richtext import FlowKind
from converter.filing.traced import BLANK, RichText, joined, squeezed
from converter.vocabulary import MONTH_NAME

_CURRENCY = r"(?:[A-Z]{0,3}\$|[£€¥]|(?:USD|CAD|EUR|GBP|JPY|AUD|CHF|HKD|RMB)\b)"
_NUMBER = r"\d[\d,]*(?:\.\d*)?|\.\d+|[-–—−]{1,3}"
_MARK = r" ?(?:\((?:\d{1,2}|[a-zA-Z])\)|[*†‡#])"
# For texts whose words are one space apart.
_FIGURE = re.compile(
    rf"(?:{_CURRENCY} ?)?[(\[<]? ?(?:{_CURRENCY} ?)?[-+–—−]? ?(?:{_NUMBER})"
    rf"(?P<tail> ?[)\]>%x¢]* ?%? ?\)?(?:{_MARK})*)"
)
_FIGURE_START = re.compile(rf"{_CURRENCY}? ?[(\[]? ?[-–—−]?|{_CURRENCY}")
_FIGURE_TAIL = re.compile(rf"[)\]]* ?%? ?\)?(?:{_MARK})*")
_BARE_CURRENCY = re.compile(_CURRENCY)
_MONTH = re.compile(rf"(?:{MONTH_NAME})\.?", re.I)
_DAY = re.compile(r"\d{1,2}(?:, ?(?:(?:19|20)\d\d)?)?")
_WHOLE = re.compile(rf"(?:{_CURRENCY} ?)?\(?-?\d{{1,3}}(?:,\d{{3}})*")
_DECIMALS = re.compile(rf"\.\d{{1,2}}{_FIGURE_TAIL.pattern}")
_BARE_MARK = re.compile(r"\(\d{1,2}\)")
_YEAR = re.compile(rf"(?:19|20)\d\d(?:{_MARK})*")
_RULE = re.compile(r"[-_–—]{3,}|={2,}")
_LETTERED = re.compile(rf"{_CURRENCY}|(?i:{MONTH_NAME})")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_RULE_STARTS = tuple("-_–—=")
_MARK_START = re.compile(r"\(\w")
_AMOUNT = re.compile(r"\d,|\.\d|\d{3}")
_FINAL_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_FIGURE = 100
_OF_A_LINE = (FlowKind.TEXT, FlowKind.FIXED, FlowKind.BLANK)
_MAX_GAP = 1  # grid columns between the parts of a figure


# What a text, or every line of a cell but for its rules, looks like: bits of a number, as they are asked for often.
_IS_FIGURE = 1
_IS_START = 2  # the currency or opening bracket of a figure
_IS_TAIL = 4  # the closing bracket, percent sign or footnote mark of a figure
_IS_MARK = 8  # a bracketed number
_IS_YEAR = 16
_IS_RULE = 32  # and nothing else
_IS_WHOLE = 64  # the digits before a decimal point
_IS_DECIMALS = 128  # the decimal point and what follows it
_IS_CURRENCY = 256
_IS_MONTH = 512
_IS_DAY = 1024  # of a month in the cell before, maybe with its year
_MAY_GO_ON = _IS_FIGURE | _IS_START | _IS_MONTH
_LOOKS = (
    (_IS_FIGURE, _FIGURE),
    (_IS_START, _FIGURE_START),
    (_IS_TAIL, _FIGURE_TAIL),
    (_IS_MARK, _BARE_MARK),
    (_IS_YEAR, _YEAR),
    (_IS_WHOLE, _WHOLE),
    (_IS_DECIMALS, _DECIMALS),
    (_IS_CURRENCY, _BARE_CURRENCY),
    (_IS_MONTH, _MONTH),
    (_IS_DAY, _DAY),
)

_LOOKS_FROM_DIGIT = ((_IS_FIGURE, _FIGURE), (_IS_YEAR, _YEAR), (_IS_WHOLE, _WHOLE), (_IS_DAY, _DAY))


class CellLine(Struct, gc=False):
    """One line of a cell: its text with whitespace collapsed, and its indentation in columns."""

    rich: RichText
    indent: int
    align: str


class GridItem(Struct, gc=False):
    """The content of one cell, or of the cells that one figure is split over, on grid columns [start, end).

    `core` are the grid columns of the cell with the digits. `rule_above` and `rule_below` are "-", "=" or "".
    `is_figure`: every line is a figure or a rule. `is_year`: the item is a year, which is usually a heading.
    `is_merged`: the figure is put together from several cells.
    """

    start: int
    end: int
    core: tuple[int, int]
    lines: list[CellLine]
    offset: int
    align: str = ""
    rule_above: str = ""
    rule_below: str = ""
    looks: int = 0
    is_figure: bool = False
    is_year: bool = False
    is_merged: bool = False


class GridRow(Struct):
    """One row: its items with text, those that draw rules, and whether a page break precedes it."""

    items: list[GridItem]
    rules: list[GridItem]
    offset: int
    page_break: bool = False


_PlacedCell = tuple[GridCell, int, int, int]
"""A cell, how many characters later it stands, and its grid columns [start, end)."""


class _Reservation(NamedTuple):
    """Grid columns [start, end) that a cell from a row above occupies up to row `end_row` (exclusive)."""

    start: int
    end: int
    end_row: int


@lru_cache(maxsize=16384)
def _figure_end(text: str) -> int | None:
    match = _FIGURE.fullmatch(text)
    return match.start("tail") if match else None


def figure_end(text: str) -> int | None:
    """Return the position after the digits (or the dash) of a figure; None if the text is not a figure."""
    return _figure_end(text) if len(text) <= _LONGEST_FIGURE else None


@lru_cache(maxsize=16384)
def _looks(text: str) -> int:
    """Return the looks of a text that is not longer than the longest figure."""
    if not text:
        return 0
    if _RULE.fullmatch(text):
        return _IS_RULE
    if text[0].isalpha() and not _LETTERED.match(text):
        return 0
    if _GROUPED.fullmatch(text):
        return _IS_FIGURE | _IS_WHOLE
    looks = _LOOKS_FROM_DIGIT if text[0].isdecimal() else _LOOKS
    return sum([look for look, pattern in looks if pattern.fullmatch(text)])


def _looks_of(lines: Sequence[CellLine]) -> int:
    """Return what every line but blank ones and rules looks like: nothing if there is none, or if one is too long."""
    looks = -1
    for line in lines:
        text = line.rich.text
        if len(text) > _LONGEST_FIGURE:
            return 0
        if text and not (own := _looks(text)) & _IS_RULE:
            looks &= own
    return max(looks, 0)


def _is_rule(item: GridItem) -> bool:
    """Whether every line of an item is a rule."""
    return all(line.rich.text[:1] in _RULE_STARTS and _RULE.fullmatch(line.rich.text) for line in item.lines)


def read_grid(table: HtmlTable) -> list[GridRow]:
    """Return the rows of a table with every cell on its grid columns, and split figures merged."""
    reserved: list[_Reservation] = []
    rows = []
    for number, cells in enumerate(table.rows):
        if reserved:
            reserved = [reservation for reservation in reserved if reservation.end_row > number]
        placed = _place(cells, number, reserved)
        rows.append(_row(placed, cells[0][0].offset + cells[0][1] if cells else table.offset))
    mark_columns = _mark_columns(rows)
    for row in rows:
        row.items = _merge_figures(row.items, mark_columns)
    return rows


def _mark_columns(rows: Sequence[GridRow]) -> set[int]:
    """Return the grid columns that hold only bracketed numbers directly after a figure: footnote marks.

    In other columns, "(4)" is a figure.
    """
    if True not in [item.looks & _IS_MARK != 0 for row in rows for item in row.items]:
        return set()
    marks: set[int] = set()
    other_items: set[int] = set()
    for row in rows:
        previous = None
        for item in row.items:
            follows = previous is not None and previous.is_figure and previous.end == item.start
            (marks if follows and item.looks & _IS_MARK else other_items).add(item.start)
            previous = item
    return marks - other_items


def _place(cells: Sequence[CellAt], number: int, reserved: list[_Reservation]) -> list[_PlacedCell]:
    """Place the cells of row `number` on the grid, skipping the columns reserved by cells above.

    Return those that have content. Those that reach into the rows below are added to `reserved`.
    """
    placed = []
    column = index = 0
    taken = sorted(reserved)
    count = len(taken)
    for cell, by in cells:
        style = cell.style
        while index < count and taken[index].start < column + style.colspan:
            column = max(column, taken[index].end)
            index += 1
        end = column + style.colspan
        if style.rowspan > 1:
            reserved.append(_Reservation(column, end, number + style.rowspan))
        if not cell.is_blank:
            placed.append((cell, by, column, end))
        column = end
    return placed


def _row(visible: Sequence[_PlacedCell], offset: int) -> GridRow:
    is_parallel, tallest = False, 1
    page_break = FlowKind.PAGE in [flow.kind for cell, _, _, _ in visible for flow in cell.flows]
    if True in [cell.is_tall for cell, _, _, _ in visible]:
        heights = [_height(cell) for cell, _, _, _ in visible]
        tallest = max(heights)
        is_parallel = tallest > 1 and heights.count(tallest) > 1
    items, rules = [], []
    for cell, by, start, end in visible:
        item = _item(cell, by, start, end, keep_blank_lines=is_parallel and _height(cell) == tallest)
        if item.lines:
            items.append(item)
        if item.rule_above or item.rule_below:
            rules.append(item)
    if items and _is_rule(items[0]) and all(map(_is_rule, items)):
        for item in items:
            item.rule_below = "=" if item.lines[0].rich.text[0] == "=" else "-"
        return GridRow([], items, offset, page_break)
    return GridRow(items, rules, offset, page_break)


def _height(cell: GridCell) -> int:
    return sum([flow.kind in _OF_A_LINE for flow in cell.flows])


def _item(cell: GridCell, by: int, start: int, end: int, keep_blank_lines: bool) -> GridItem:
    flows, above, below, offset = cell.flows, cell.style.border_top, cell.style.border_bottom, cell.offset + by
    if not cell.is_tall and flows and flows[0].kind is FlowKind.TEXT:
        flow = flows[0]
        rich = squeezed(flow.rich) if "  " in flow.rich.text else flow.rich
        line = CellLine(rich.moved(by) if by else rich, flow.indent, flow.align)
        return _with_looks(start, end, (start, end), [line], offset, flow.align, above, below)
    lines, align, has_text = [], "", False
    for flow in cell.flows:
        if flow.kind is FlowKind.TEXT or flow.kind is FlowKind.FIXED:
            line = CellLine(squeezed(flow.rich).moved(by), flow.indent, flow.align)
            lines.append(line)
            align = align or flow.align
            has_text = has_text or bool(line.rich.text)
        elif flow.kind is FlowKind.BLANK:
            lines.append(CellLine(BLANK, 0, ""))
        elif flow.kind is FlowKind.RULE and has_text:
            below = "=" if below else "-"
        elif flow.kind is FlowKind.RULE:
            above = "=" if above else "-"
    if not has_text:
        lines.clear()
    elif not keep_blank_lines and len(lines) > 1:
        lines = _without_outer_blank_lines(lines)
    return _with_looks(start, end, (start, end), lines, offset, align, above, below)


def _with_looks(
    start: int,
    end: int,
    core: tuple[int, int],
    lines: list[CellLine],
    offset: int,
    align: str,
    rule_above: str,
    rule_below: str,
    is_merged: bool = False,
) -> GridItem:
    """Return an item, with what its lines look like."""
    text = lines[0].rich.text if len(lines) == 1 else ""
    if text and len(text) <= _LONGEST_FIGURE:
        looks = _looks(text) & ~_IS_RULE
        is_year = looks & _IS_YEAR != 0
    else:
        looks = 0 if text else _looks_of(lines)
        is_year = text[:2] in ("19", "20") and _YEAR.fullmatch(text) is not None
    is_figure = looks & _IS_FIGURE != 0
    return GridItem(
        start, end, core, lines, offset, align, rule_above, rule_below, looks, is_figure, is_year, is_merged
    )


def _without_outer_blank_lines(lines: list[CellLine]) -> list[CellLine]:
    visible = [index for index, line in enumerate(lines) if line.rich.text]
    return lines[visible[0] : visible[-1] + 1]


def _merge_figures(items: Sequence[GridItem], mark_columns: set[int]) -> list[GridItem]:
    """Merge figures with their "$", "(", ")", "%", decimals or mark in separate cells, and months with their days."""
    result: list[GridItem] = []
    for item in items:
        previous = result[-1] if result else None
        if (
            previous is None
            or not (previous.looks & _MAY_GO_ON or item.looks & _IS_MARK)
            or item.start - previous.end > _MAX_GAP
            or not _may_belong_together(previous, item)
        ):
            result.append(item)
        elif item.looks & _IS_MARK and _is_heading(items):
            result[-1] = _merge(previous, item, core=previous.core)
        elif previous.looks & (_IS_FIGURE | _IS_START) == _IS_START and _is_rest_of_figure(item, previous):
            result[-1] = _merge(previous, item, core=item.core)
        elif previous.is_figure and _is_figure_tail(item, previous, mark_columns):
            result[-1] = _merge(previous, item, core=previous.core)
        elif previous.is_figure and _are_decimals_of(item, previous):
            result[-1] = _merge(previous, item, core=item.core)
        elif item.start == previous.end and previous.looks & _IS_MONTH and item.looks & _IS_DAY:
            result[-1] = _merge(previous, item, core=previous.core)
        else:
            result.append(item)
    return result


def _is_heading(items: Sequence[GridItem]) -> bool:
    """Whether a row names years or dates over several columns, and nothing else in it but footnote marks is a figure.

    In a row that begins with its only year, a number in brackets is a figure.
    """
    dates = [number for number, item in enumerate(items) if item.looks & _IS_YEAR or _ends_with_year(item)]
    figures = [item for item in items if item.is_figure and not item.is_year]
    return (len(dates) > 1 or dates[:1] > [0]) and all(item.looks & _IS_MARK for item in figures)


def _ends_with_year(item: GridItem) -> bool:
    return bool(item.lines) and _FINAL_YEAR.fullmatch(item.lines[-1].rich.text[-4:]) is not None


def _may_belong_together(first: GridItem, second: GridItem) -> bool:
    """Whether two items have as many lines, and the first is not too long for a figure."""
    return len(first.lines) == len(second.lines) and len(first.lines[-1].rich.text) <= _LONGEST_FIGURE


def _is_rest_of_figure(item: GridItem, start: GridItem) -> bool:
    """Whether an item can follow the currency or bracket that begins a figure: not another currency, as in headings."""
    if not item.looks & (_IS_FIGURE | _IS_START):
        return False
    return not (start.looks & _IS_CURRENCY and _BARE_CURRENCY.match(item.lines[-1].rich.text))


def _is_figure_tail(item: GridItem, figure: GridItem, mark_columns: set[int]) -> bool:
    """Whether an item is the closing bracket, percent sign or footnote mark of the figure before it."""
    if not item.looks & _IS_TAIL or figure.is_year:
        return False
    return item.start in mark_columns or not item.looks & _IS_MARK


def _are_decimals_of(item: GridItem, whole: GridItem) -> bool:
    """Whether two cells hold one figure, aligned at its decimal point: "98" to the right, ".7" to the left."""
    if item.start != whole.end or whole.align != "right" or item.align == "right":
        return False
    return bool(whole.looks & _IS_WHOLE and item.looks & _IS_DECIMALS)


def _merge(first: GridItem, second: GridItem, core: tuple[int, int]) -> GridItem:
    lines = []
    for left, right in zip(first.lines, second.lines, strict=True):
        last = left.rich.text[-1:]
        needs_space = last.isalpha() or last in "$£€¥" or _starts_with_mark(right.rich.text)
        rich = joined((left.rich, right.rich), " " if needs_space else "")
        lines.append(CellLine(rich, left.indent, right.align or left.align))
    above, below = first.rule_above or second.rule_above, first.rule_below or second.rule_below
    align = second.align or first.align
    return _with_looks(first.start, second.end, core, lines, first.offset, align, above, below, is_merged=True)


def _starts_with_mark(text: str) -> bool:
    return _MARK_START.match(text) is not None and not _AMOUNT.search(text)
