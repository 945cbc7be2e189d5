"""Place the cells of an HTML table on its grid: spans, figures split over several cells, rules."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct, field

from converter.filing.html.richtext import Flow, FlowKind
from converter.filing.html.styles import Style
from converter.filing.traced import BLANK, RichText, joined, squeezed

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
_BARE_MARK = re.compile(r"\(\d{1,2}\)")
_YEAR = re.compile(rf"(?:19|20)\d\d(?:{_MARK})*")
_ENDS_WITH_YEAR = re.compile(r"(?:19|20)\d\d$")
_RULE = re.compile(r"[-_–—]{3,}|={2,}")
_MARK_START = re.compile(r"\(\w")
_AMOUNT = re.compile(r"\d,|\.\d|\d{3}")
_LONGEST_FIGURE = 100
_MAX_GAP = 1  # grid columns between the parts of a figure


class GridCell(Struct):
    """A cell as parsed: its flow, and the offset of its tag."""

    style: Style
    offset: int
    flows: Sequence[Flow]


class HtmlTable(Struct):
    """A table as parsed; `offset` is that of its tag."""

    offset: int
    rows: list[list[GridCell]] = field(default_factory=list)


class CellLine(Struct):
    """One line of a cell: its text with whitespace collapsed, and its indentation in columns."""

    rich: RichText
    indent: int
    align: str


class GridItem(Struct):
    """The content of one cell, or of the cells that one figure is split over, on grid columns [start, end).

    `core` are the grid columns of the cell with the digits. `rule_above` and `rule_below` are "-", "=" or "".
    `is_figure`: every line is a figure or a rule. `is_merged`: the figure is put together from several cells.
    """

    start: int
    end: int
    core: tuple[int, int]
    lines: list[CellLine]
    offset: int
    align: str = ""
    rule_above: str = ""
    rule_below: str = ""
    is_figure: bool = False
    is_merged: bool = False

    @property
    def is_year(self) -> bool:
        """Whether the item is a year, which is usually a heading."""
        return len(self.lines) == 1 and _YEAR.fullmatch(self.lines[0].rich.text) is not None


class GridRow(Struct):
    """One row: its items with text, those that draw rules, and whether a page break precedes it."""

    items: list[GridItem]
    rules: list[GridItem]
    offset: int
    page_break: bool = False


class _PlacedCell(NamedTuple):
    """A cell on grid columns [start, end)."""

    cell: GridCell
    start: int
    end: int


class _Reservation(NamedTuple):
    """Grid columns [start, end) that a cell from a row above occupies up to row `end_row` (exclusive)."""

    start: int
    end: int
    end_row: int


def figure_end(text: str) -> int | None:
    """Return the position after the digits (or the dash) of a figure; None if the text is not a figure."""
    match = _FIGURE.fullmatch(text) if len(text) <= _LONGEST_FIGURE else None
    return match.start("tail") if match else None


def read_grid(table: HtmlTable) -> list[GridRow]:
    """Return the rows of a table with every cell on its grid columns, and split figures merged."""
    reserved: list[_Reservation] = []
    rows = []
    for number, cells in enumerate(table.rows):
        reserved = [reservation for reservation in reserved if reservation.end_row > number]
        placed = _place(cells, sorted(reserved))
        reserved += [_Reservation(s, e, number + c.style.rowspan) for c, s, e in placed if c.style.rowspan > 1]
        rows.append(_row(placed, cells[0].offset if cells else table.offset))
    mark_columns = _mark_columns(rows)
    for row in rows:
        row.items = _merge_figures(row.items, mark_columns)
    return rows


def _mark_columns(rows: Sequence[GridRow]) -> set[int]:
    """Return the grid columns that hold only bracketed numbers directly after a figure: footnote marks.

    In other columns, "(4)" is a figure.
    """
    marks: set[int] = set()
    other_items: set[int] = set()
    for row in rows:
        previous = None
        for item in row.items:
            follows = previous is not None and previous.is_figure and previous.end == item.start
            (marks if follows and _lines_match(item.lines, _BARE_MARK) else other_items).add(item.start)
            previous = item
    return marks - other_items


def _place(cells: Sequence[GridCell], reserved: Sequence[_Reservation]) -> list[_PlacedCell]:
    """Place the cells of a row on the grid, skipping the columns reserved by cells above (sorted)."""
    placed = []
    column = index = 0
    for cell in cells:
        while index < len(reserved) and reserved[index].start < column + cell.style.colspan:
            column = max(column, reserved[index].end)
            index += 1
        placed.append(_PlacedCell(cell, column, column + cell.style.colspan))
        column += cell.style.colspan
    return placed


def _row(placed: Sequence[_PlacedCell], offset: int) -> GridRow:
    visible = [entry for entry in placed if not _is_blank(entry.cell)]
    is_parallel, tallest, page_break = False, 1, False
    if any(len(entry.cell.flows) > 1 for entry in visible):
        heights = [_height(entry.cell) for entry in visible]
        tallest = max(heights)
        is_parallel = tallest > 1 and heights.count(tallest) > 1
        page_break = any(flow.kind is FlowKind.PAGE for entry in visible for flow in entry.cell.flows)
    elif visible:
        page_break = any(entry.cell.flows and entry.cell.flows[0].kind is FlowKind.PAGE for entry in visible)
    items, rules = [], []
    for cell, start, end in visible:
        item = _item(cell, start, end, keep_blank_lines=is_parallel and _height(cell) == tallest)
        if item.lines:
            items.append(item)
        if item.rule_above or item.rule_below:
            rules.append(item)
    texts = [line.rich.text for item in items for line in item.lines]
    if texts and all(_RULE.fullmatch(text) for text in texts):
        for item in items:
            item.rule_below = "=" if item.lines[0].rich.text[0] == "=" else "-"
        return GridRow([], items, offset, page_break)
    return GridRow(items, rules, offset, page_break)


def _is_blank(cell: GridCell) -> bool:
    """Whether a cell has neither a border nor more than one blank line."""
    flows = cell.flows
    if flows and (len(flows) > 1 or flows[0].kind is not FlowKind.BLANK):
        return False
    return not (cell.style.border_top or cell.style.border_bottom)


def _height(cell: GridCell) -> int:
    return sum(flow.kind in (FlowKind.TEXT, FlowKind.FIXED, FlowKind.BLANK) for flow in cell.flows)


def _item(cell: GridCell, start: int, end: int, keep_blank_lines: bool) -> GridItem:
    lines = list[CellLine]()
    above, below, align, has_text = cell.style.border_top, cell.style.border_bottom, "", False
    for flow in cell.flows:
        if flow.kind is FlowKind.TEXT or flow.kind is FlowKind.FIXED:
            line = CellLine(squeezed(flow.rich), flow.indent, flow.align)
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
    is_figure = _lines_match(lines, _FIGURE)
    return GridItem(start, end, (start, end), lines, cell.offset, align, above, below, is_figure)


def _without_outer_blank_lines(lines: list[CellLine]) -> list[CellLine]:
    visible = [index for index, line in enumerate(lines) if line.rich.text]
    return lines[visible[0] : visible[-1] + 1]


def _lines_match(lines: Sequence[CellLine], pattern: re.Pattern[str]) -> bool:
    """Whether every line matches the pattern; blank lines and rules are ignored, but do not suffice."""
    if len(lines) == 1:
        text = lines[0].rich.text
        return 0 < len(text) <= _LONGEST_FIGURE and bool(pattern.fullmatch(text)) and not _RULE.fullmatch(text)
    texts = [line.rich.text for line in lines if line.rich.text]
    if max(map(len, texts), default=0) > _LONGEST_FIGURE:
        return False
    return any(not _RULE.fullmatch(text) for text in texts) and all(
        pattern.fullmatch(text) or _RULE.fullmatch(text) for text in texts
    )


def _merge_figures(items: Sequence[GridItem], mark_columns: set[int]) -> list[GridItem]:
    """Merge figures with their "$", "(", ")", "%" or footnote mark in separate cells."""
    is_heading = _is_heading(items)
    result: list[GridItem] = []
    for item in items:
        previous = result[-1] if result else None
        if previous is None or not _may_belong_together(previous, item):
            result.append(item)
        elif is_heading and _lines_match(item.lines, _BARE_MARK):
            result[-1] = _merge(previous, item, core=previous.core)
        elif _is_figure_start(previous) and (item.is_figure or _lines_match(item.lines, _FIGURE_START)):
            result[-1] = _merge(previous, item, core=item.core)
        elif previous.is_figure and _is_figure_tail(item, previous, mark_columns):
            result[-1] = _merge(previous, item, core=previous.core)
        else:
            result.append(item)
    return result


def _is_heading(items: Sequence[GridItem]) -> bool:
    """Whether a row names years or dates over several columns, and nothing else in it but footnote marks is a figure.

    In a row that begins with its only year, a number in brackets is a figure.
    """
    dates = [number for number, item in enumerate(items) if _lines_match(item.lines, _YEAR) or _ends_with_year(item)]
    figures = [item for item in items if item.is_figure and not item.is_year]
    return (len(dates) > 1 or dates[:1] > [0]) and all(_lines_match(item.lines, _BARE_MARK) for item in figures)


def _ends_with_year(item: GridItem) -> bool:
    return bool(item.lines) and _ENDS_WITH_YEAR.search(item.lines[-1].rich.text) is not None


def _may_belong_together(first: GridItem, second: GridItem) -> bool:
    """Whether two items are close, have as many lines, and the first is not too long for a figure."""
    if second.start - first.end > _MAX_GAP or len(first.lines) != len(second.lines):
        return False
    return len(first.lines[-1].rich) <= _LONGEST_FIGURE


def _is_figure_start(item: GridItem) -> bool:
    """Whether an item is the currency or opening bracket of a figure in the next cell."""
    return not item.is_figure and _lines_match(item.lines, _FIGURE_START)


def _is_figure_tail(item: GridItem, figure: GridItem, mark_columns: set[int]) -> bool:
    """Whether an item is the closing bracket, percent sign or footnote mark of the figure before it."""
    if not _lines_match(item.lines, _FIGURE_TAIL) or figure.is_year:
        return False
    return item.start in mark_columns or not _lines_match(item.lines, _BARE_MARK)


def _merge(first: GridItem, second: GridItem, core: tuple[int, int]) -> GridItem:
    lines = []
    for left, right in zip(first.lines, second.lines, strict=True):
        last = left.rich.text[-1:]
        needs_space = last.isalpha() or last in "$£€¥" or _starts_with_mark(right.rich.text)
        pieces = [rich for rich in (left.rich, right.rich) if rich.text]
        lines.append(CellLine(joined(pieces, " " if needs_space else ""), left.indent, right.align or left.align))
    merged = GridItem(first.start, second.end, core, lines, first.offset, second.align or first.align)
    merged.rule_above = first.rule_above or second.rule_above
    merged.rule_below = first.rule_below or second.rule_below
    merged.is_figure = _lines_match(merged.lines, _FIGURE)
    merged.is_merged = True
    return merged


def _starts_with_mark(text: str) -> bool:
    return _MARK_START.match(text) is not None and not _AMOUNT.search(text)
