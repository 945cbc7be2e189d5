"""The cells of an HTML table on its grid: spans, figures that were printed over several cells, rules."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from converter.filing.html.richtext import Flow, FlowKind, Rich, joined, squeezed
from converter.filing.html.styles import Style

_CURRENCY = r"(?:[A-Z]{0,3}\$|[£€¥]|(?:USD|CAD|EUR|GBP|JPY|AUD|CHF|HKD|RMB)\b)"
_NUMBER = r"\d[\d,]*(?:\.\d*)?|\.\d+|[-–—−]{1,3}"
_MARK = r"\s*\((?:\d{1,2}|[a-zA-Z])\)|\s*[*†‡#]{1,3}"
_FIGURE = re.compile(
    rf"(?:{_CURRENCY}\s*)?[(\[<]?\s*(?:{_CURRENCY}\s*)?[-+–—−]?\s*(?:{_NUMBER})"
    rf"(?P<tail>\s*[)\]>%x¢]*\s*%?\s*\)?(?:{_MARK})*)"
)
_BEFORE = re.compile(rf"{_CURRENCY}?\s*[(\[]?\s*[-–—−]?|{_CURRENCY}")
_AFTER = re.compile(rf"[)\]]*\s*%?\s*\)?(?:{_MARK})*")
_BARE_MARK = re.compile(r"\(\d{1,2}\)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RULE = re.compile(r"[-_–—]{3,}|={2,}")
_NEAR = 1


@dataclass(slots=True)
class GridCell:
    """A cell as it was read: its flow, and the offset of its tag."""

    style: Style
    position: int
    flows: list[Flow]


@dataclass(slots=True)
class HtmlTable:
    """A table as it was read; `position` is the offset of its tag."""

    position: int
    rows: list[list[GridCell]] = field(default_factory=list)


@dataclass(slots=True)
class CellLine:
    """One line of a cell: its text without outer blanks, and how far it was indented."""

    rich: Rich
    indent: int
    align: str


@dataclass(slots=True)
class GridItem:
    """What a cell, or a figure of several cells, shows on grid columns [start, end).

    `core` are the columns of the cell that holds the digits; `above`, `below` are rules ("-", "=" or "").
    """

    start: int
    end: int
    core: tuple[int, int]
    lines: list[CellLine]
    position: int
    align: str = ""
    above: str = ""
    below: str = ""
    figures: bool = False
    glued: bool = False

    @property
    def is_year(self) -> bool:
        """Whether it is a year, which is most often a heading."""
        return len(self.lines) == 1 and _YEAR.fullmatch(self.lines[0].rich.text) is not None


@dataclass(slots=True)
class GridRow:
    """One row: what it shows, the rules that cells without text draw, and whether a page break stands before it."""

    items: list[GridItem]
    rules: list[GridItem]
    position: int
    page: bool = False


def figure_end(text: str) -> int | None:
    """Where the digits (or the dash) of a figure end in its text; None for a text that is no figure."""
    found = _FIGURE.fullmatch(text)
    return found.start("tail") if found else None


def read_grid(table: HtmlTable) -> list[GridRow]:
    """The rows of a table with every cell on its grid columns, and figures in one piece."""
    taken: list[tuple[int, int, int]] = []  # grid columns [start, end) that a cell from above holds until a row
    rows = []
    for number, cells in enumerate(table.rows):
        taken = [entry for entry in taken if entry[2] > number]
        placed = _placed(cells, sorted(taken))
        taken += [(s, e, number + c.style.rowspan) for c, s, e in placed if c.style.rowspan > 1]
        rows.append(_row(placed, cells[0].position if cells else table.position))
    marks = _mark_columns(rows)
    for row in rows:
        row.items = _glued(row.items, marks)
    return rows


def _mark_columns(rows: Sequence[GridRow]) -> set[int]:
    """Grid columns where nothing stands but numbers in brackets, each right behind a figure: footnote marks.

    Elsewhere "(4)" is a figure of its own.
    """
    marks: set[int] = set()
    others: set[int] = set()
    for row in rows:
        previous = None
        for item in row.items:
            follows = previous is not None and previous.figures and previous.end == item.start
            (marks if follows and _all_lines(item, _BARE_MARK) else others).add(item.start)
            previous = item
    return marks - others


def _placed(cells: Sequence[GridCell], taken: Sequence[tuple[int, int, int]]) -> list[tuple[GridCell, int, int]]:
    placed = []
    column = index = 0
    for cell in cells:
        while index < len(taken) and taken[index][0] < column + cell.style.colspan:
            column = max(column, taken[index][1])
            index += 1
        placed.append((cell, column, column + cell.style.colspan))
        column += cell.style.colspan
    return placed


def _row(placed: Sequence[tuple[GridCell, int, int]], position: int) -> GridRow:
    shown = [(start, end, cell) for cell, start, end in placed if cell.flows or _has_border(cell.style)]
    heights = [_height(cell) for _, _, cell in shown]
    tallest = max(heights, default=0)
    parallel = tallest > 1 and heights.count(tallest) > 1
    items, rules, page = [], [], False
    for (start, end, cell), height in zip(shown, heights, strict=True):
        item = _item(cell, start, end, keep_blanks=parallel and height == tallest)
        page = page or any(flow.kind is FlowKind.PAGE for flow in cell.flows)
        if item.lines:
            items.append(item)
        if item.above or item.below:
            rules.append(item)
    texts = [line.rich.text for item in items for line in item.lines]
    if texts and all(_RULE.fullmatch(text) for text in texts):
        for item in items:
            item.below = "=" if item.lines[0].rich.text[0] == "=" else "-"
        return GridRow([], items, position, page)
    return GridRow(items, rules, position, page)


def _has_border(style: Style) -> bool:
    return bool(style.border_top or style.border_bottom)


def _height(cell: GridCell) -> int:
    return sum(flow.kind in (FlowKind.TEXT, FlowKind.FIXED, FlowKind.BLANK) for flow in cell.flows)


def _item(cell: GridCell, start: int, end: int, keep_blanks: bool) -> GridItem:
    item = GridItem(start, end, (start, end), [], cell.position, "", cell.style.border_top, cell.style.border_bottom)
    for flow in cell.flows:
        if flow.kind is FlowKind.TEXT or flow.kind is FlowKind.FIXED:
            item.lines.append(CellLine(squeezed(flow.rich), flow.indent, flow.align))
            item.align = item.align or flow.align
        elif flow.kind is FlowKind.BLANK:
            item.lines.append(CellLine(Rich(), 0, ""))
        elif flow.kind is FlowKind.RULE and any(line.rich.text for line in item.lines):
            item.below = "=" if item.below else "-"
        elif flow.kind is FlowKind.RULE:
            item.above = "=" if item.above else "-"
    if not any(line.rich.text for line in item.lines):
        item.lines.clear()
    elif not keep_blanks:
        item.lines = _without_outer_blanks(item.lines)
    item.figures = _all_lines(item, _FIGURE)
    return item


def _without_outer_blanks(lines: list[CellLine]) -> list[CellLine]:
    visible = [index for index, line in enumerate(lines) if line.rich.text]
    return lines[visible[0] : visible[-1] + 1]


def _all_lines(item: GridItem, pattern: re.Pattern[str]) -> bool:
    texts = [line.rich.text for line in item.lines if line.rich.text]
    return any(not _RULE.fullmatch(text) for text in texts) and all(
        pattern.fullmatch(text) or _RULE.fullmatch(text) for text in texts
    )


def _glued(items: Sequence[GridItem], marks: set[int]) -> list[GridItem]:
    """Put together the figures whose "$", "(", ")", "%" or footnote mark stand in cells of their own."""
    result: list[GridItem] = []
    for item in items:
        previous = result[-1] if result else None
        if previous is None or item.start - previous.end > _NEAR or len(previous.lines) != len(item.lines):
            result.append(item)
        elif not previous.figures and _all_lines(previous, _BEFORE) and (item.figures or _all_lines(item, _BEFORE)):
            result[-1] = _together(previous, item, core=item.core)
        elif previous.figures and _is_tail(item, previous, marks):
            result[-1] = _together(previous, item, core=previous.core)
        else:
            result.append(item)
    return result


def _is_tail(item: GridItem, figure: GridItem, marks: set[int]) -> bool:
    """Whether an item is the closing bracket, the percent sign or the footnote mark of the figure before it."""
    if not _all_lines(item, _AFTER) or figure.is_year:
        return False
    return item.start in marks or not _all_lines(item, _BARE_MARK)


def _together(first: GridItem, second: GridItem, core: tuple[int, int]) -> GridItem:
    lines = []
    for left, right in zip(first.lines, second.lines, strict=True):
        apart = left.rich.text[-1:].isalpha() or left.rich.text[-1:] in "$£€¥" or _starts_mark(right.rich.text)
        pieces = [rich for rich in (left.rich, right.rich) if rich.text]
        lines.append(CellLine(joined(pieces, " " if apart else ""), left.indent, right.align or left.align))
    whole = GridItem(first.start, second.end, core, lines, first.position, second.align or first.align)
    whole.above, whole.below = first.above or second.above, first.below or second.below
    whole.figures = _all_lines(whole, _FIGURE)
    whole.glued = True
    return whole


def _starts_mark(text: str) -> bool:
    return re.match(r"\(\w", text) is not None and not re.search(r"\d,|\.\d|\d{3}", text)
