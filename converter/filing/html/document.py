"""Lay out an HTML document as a fixed-width page, with every character traced to the source.

A small tokenizer makes a single pass over the tags. Block elements split the text into flow lines; every table is laid
out when it closes, so that nested tables need no recursion. Tables of data are enclosed in lines `<TABLE>` and
`</TABLE>`; tables that only position text are converted to text.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from converter.filing.html.cells import INLINE, CellReader, cell_align, cell_margin, line_of_block, whole_cell
from converter.filing.html.containers import Container, OpenTable
from converter.filing.html.joining import join, join_rows
from converter.filing.html.page import by_line, page_lines
from converter.filing.html.parsed import CellAt, GridCell, HtmlTable, WaitingTable
from converter.filing.html.richtext import Flow, FlowKind, RichTextReader, add_ranges
from converter.filing.html.styles import Style, read_style
from converter.filing.html.table import as_text, lay_out_table
from converter.filing.html.visible import read_superscript, without_unseen
from converter.filing.lines import Lines, normalise
from converter.filing.traced import BLANK

_MAX_TABLE_DEPTH = 16
_MAX_CELLS = 20_000
_ROOM, _ROOM_PER_CHARACTER = 2_000_000, 1  # characters that the tables of a document take on the page, at most

# Any tag but those that change nothing of the layout.
_TAG = re.compile(
    rf"<(?!/?(?i:{'|'.join(sorted(INLINE))})(?![A-Za-z0-9:])(?![^<>]*page-break))(/?)([A-Za-z][A-Za-z0-9:]*)([^<>]*)>?"
    r"|<!--|<[!?][^<>]*>?"
)
_ROW_OR_CELL = re.compile(r"<t[rdh][\s>]", re.I)
_NEXT_ROW = re.compile(r"</tr\s*>\s*<tr(?![A-Za-z0-9:])(?![^<>]*page-break)([^<>]*)>\s*(?=<t[dh][\s>])", re.I)

_RAW_TEXT = {"script", "style", "title", "textarea"}
_BLOCKS = {"address", "blockquote", "body", "caption", "center", "dd", "dir", "div", "dl", "dt", "fieldset", "form"}
_BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "html", "li", "menu", "ol", "p", "pre", "ul", "section", "article"}
_CLOSED_BY = {"li": {"p", "li"}, "dd": {"p", "dd", "dt"}, "dt": {"p", "dd", "dt"}}
_TABLE_TAGS = {"td", "th", "tr", "table", "thead", "tbody", "tfoot"}
# The SEC's tags for tables in text, which some filers left inside <PRE>: kept as text, as in a plain text filing.
_SGML_TAGS = {"page", "s", "c", "fn", "caption", "table"}


class Layout(NamedTuple):
    """The lines of a page, and the line numbers of the tables in the source that are too large to be laid out.

    Of those, the page has the text of the cells, one below the other.
    """

    lines: Lines
    too_large: list[int]


def lay_out(text: str, base_offset: int, base_line: int) -> Layout:
    """Lay out an HTML document that starts at `base_offset` of the filing, on its line `base_line` (1-based).

    Takes time and memory linear in the length of the text, without recursion. Inserted lines (page breaks, rulers,
    table markers) have the offset of the tag that they stand for.
    """
    reader = RichTextReader(without_unseen(normalise(text)), base_offset, base_line)
    builder = _FlowBuilder(reader)
    lines = page_lines(builder.flows(), reader)
    return Layout(lines, [reader.number_of(offset) for offset in builder.too_large])


class _FlowBuilder:
    """Processes the tags of a document and collects the flow of its page."""

    def __init__(self, reader: RichTextReader) -> None:
        self._reader = reader
        self._text = reader.text
        self._base = reader.offset
        self._page = self._current = Container(reader)
        self._tables: list[OpenTable] = []
        self._ignored_tables = 0
        self._has_cells = _ROW_OR_CELL.search(self._text) is not None
        self._cells = CellReader(reader)
        self._missing_ends = set[str]()
        self._room = _ROOM + _ROOM_PER_CHARACTER * len(self._text)
        self.too_large: list[int] = []  # the offsets of tables that are not laid out

    def flows(self) -> Iterator[Flow]:
        """Yield the flow of the whole page."""
        position = 0
        text = self._text
        while (tag := _TAG.search(text, position)) is not None:
            if (start := tag.start()) > position:
                add_ranges(self._current.ranges, text, position, start, from_blank=self._current.verbatim > 0)
            position = self._handle_tag((tag[2] or "").lower(), tag)
            if self._page.flows and self._current is self._page and self._has_settled():
                yield from by_line(self._page.flows)
                self._page.flows.clear()
        add_ranges(self._current.ranges, text, position, len(text), from_blank=True)
        while self._tables:
            self._close_table(len(self._text))
        self._current.flush(len(self._text))
        self._settle(self._page)
        yield from by_line(self._page.flows)

    def _handle_tag(self, name: str, tag: re.Match[str]) -> int:
        """Handle a tag, and return the position at which to continue."""
        end = tag.end()
        if not name:
            return self._after("-->", end) if tag[0] == "<!--" else end
        if name in _RAW_TEXT:
            return end if tag[1] else self._after(f"</{name}", end)
        if self._current.verbatim and name in _SGML_TAGS and not self._has_cells:
            self._current.ranges.extend((tag.start(), end))
        elif name in _TABLE_TAGS:
            return self._table_tag(name, tag)
        elif name in _BLOCKS:
            return self._block_tag(name, tag)
        elif name == "br":
            self._current.flush(tag.start(), keep_empty=True)
            self._page_break(read_style(tag[3]), tag.start())
        elif name == "hr":
            self._rule(tag)
        elif name == "page":
            self._current.flush(tag.start())
            self._current.add(FlowKind.PAGE, tag.start())
        elif name == "sup" and not tag[1]:
            return self._superscript(end)
        elif "page-break" in tag[3]:
            self._page_break(read_style(tag[3]), tag.start())
        return end

    def _after(self, closing: str, position: int) -> int:
        """Return the position after the next `closing` mark, or `position` if there is none (searched only once)."""
        if closing in self._missing_ends:
            return position
        pattern = re.compile(re.escape(closing) + (">?" if closing == "-->" else "[^<>]*>?"), re.I)
        match = pattern.search(self._text, position)
        if match is None:
            self._missing_ends.add(closing)
            return position
        return match.end()

    def _superscript(self, position: int) -> int:
        """Skip a superscript that is a footnote mark; put a space between a raised figure and the one before it."""
        end, is_figure = read_superscript(self._text, position)
        if is_figure and self._current.ranges:
            self._current.ranges.extend((position, position))
        return end

    # Flow

    def _page_break(self, style: Style, position: int) -> None:
        if style.page_break_before or style.page_break_after:
            self._current.flush(position)
            self._current.add(FlowKind.PAGE, position)

    def _rule(self, tag: re.Match[str]) -> None:
        self._current.flush(tag.start())
        style = read_style(tag[3])
        if not style.invisible and not tag[1]:
            self._current.add(FlowKind.RULE, tag.start())
        self._page_break(style, tag.start())

    # Blocks

    def _block_tag(self, name: str, tag: re.Match[str]) -> int:
        """Handle the tag of a block, maybe all of the block, and return the position at which to continue."""
        (position, end), current = tag.span(), self._current
        current.flush(position)
        if tag[1]:
            if current.open_counts.get(name):
                current.close_blocks(name, position)
            elif name == "p":
                current.add(FlowKind.GAP, position)
            return end
        if current.blocks and current.blocks[-1].name in _CLOSED_BY.get(name, ("p",)):
            current.close_blocks(current.blocks[-1].name, position)
        style = read_style(tag[3])
        whole = line_of_block(self._text, end) if name in ("p", "div") and not current.verbatim else None
        if whole is None or whole[2].lower() != name:
            current.open_block(name, style, position)
            return end
        current.add_block(name, style, position, *whole.span(1))
        return whole.end()

    # Tables

    def _table_tag(self, name: str, tag: re.Match[str]) -> int:
        """Handle the tag of a table or of a part of one, and return the position at which to continue."""
        closing, (position, end) = bool(tag[1]), tag.span()
        self._current.flush(position)
        if name == "table":
            self._end_table(position) if closing else self._start_table(read_style(tag[3]), position)
        elif not self._tables or self._ignored_tables:
            return end
        elif name in ("td", "th"):
            self._close_cell(position)
            if not closing:
                return self._open_cells(tag)
        else:
            self._close_cell(position)
            if name == "tr" and not closing:
                self._open_row(read_style(tag[3]), position)
        return end

    def _start_table(self, style: Style, position: int) -> None:
        if self._tables and self._tables[-1].cell is None and not self._ignored_tables:
            self._close_table(position)
        if len(self._tables) >= _MAX_TABLE_DEPTH or self._ignored_tables:
            self._ignored_tables += 1
            return
        if style.page_break_before:
            self._current.add(FlowKind.PAGE, position)
        self._tables.append(OpenTable(HtmlTable(position + self._base), self._current))

    def _end_table(self, position: int) -> None:
        if self._ignored_tables:
            self._ignored_tables -= 1
        elif self._tables:
            self._close_table(position)

    def _open_row(self, style: Style, position: int) -> None:
        if style.page_break_before:
            self._tables[-1].outer.flows.append(Flow(FlowKind.PAGE, BLANK, "", 0, position + self._base))
        innermost = self._tables[-1]
        innermost.cells += 1
        if innermost.cells == _MAX_CELLS:
            self._empty(innermost)
        innermost.table.rows.append([])
        innermost.row_align = style.align

    def _open_cells(self, tag: re.Match[str]) -> int:
        """Read the cells from a tag on that can be read at once, and open the first that cannot.

        Return the position at which to continue.
        """
        text, base, position = self._text, self._base, tag.start()
        innermost, cells, next_row = self._tables[-1], self._cells, None
        while next_row is not None or position == tag.start():
            if next_row is not None:
                self._open_row(read_style(next_row[1]), position)
                position = next_row.end()
            align, known, found = innermost.row_align, cells.known(innermost.row_align), list[CellAt]()
            while (whole := whole_cell(text, position)) and (cell := known.get(whole[1]) or cells.read(whole, align)):
                found.append((cell, position + base - cell.offset))
                if self._current.verbatim:
                    self._add_cells(innermost, found)
                    return whole.end(1)
                position = whole.end()
            self._add_cells(innermost, found)
            if whole:
                if cells.is_repeatable(whole):
                    innermost.source, innermost.source_end = whole[1], whole.end(4)
                return self._open_cell(whole[2], whole[3], position, whole.start(4))
            if position == tag.start():
                return self._open_cell(tag[2][1], tag[3], position, tag.end())
            next_row = _NEXT_ROW.match(text, position)
        return position

    def _open_cell(self, kind: str, attributes: str, position: int, content: int) -> int:
        """Open a cell whose content is read tag by tag, and return the position at which it starts."""
        innermost, style = self._tables[-1], read_style(attributes)
        self._current = Container(self._reader, cell_align(kind, style, innermost.row_align), cell_margin(style))
        innermost.cell = GridCell(style, position + self._base, self._current.flows)
        self._add_cells(innermost, [(innermost.cell, 0)])
        return content

    def _add_cells(self, innermost: OpenTable, cells: list[CellAt]) -> None:
        rows = innermost.table.rows
        if not rows and cells:
            rows.append([])
        while (room := _MAX_CELLS - 1 - innermost.cells) < len(cells):
            rows[-1] += cells[:room]
            self._empty(innermost)
            rows.append([cells[room]])
            cells = cells[room + 1 :]
        if cells:
            rows[-1] += cells
            innermost.cells += len(cells)

    def _empty(self, innermost: OpenTable) -> None:
        """Make text of what there is so far of a table with too many cells and rows."""
        innermost.outer.flows.extend(as_text(innermost.table))
        innermost.table.rows.clear()
        innermost.cells, innermost.too_large = 0, True

    def _close_cell(self, position: int) -> None:
        innermost = self._tables[-1]
        if innermost.cell is not None:
            self._current.flush(position)
            waiting = self._current.waiting
            innermost.cell.only = waiting if waiting and waiting.is_alone(self._current.flows) else None
            self._settle(self._current)
            innermost.cell.close(list(by_line(innermost.cell.flows)))
            if position == innermost.source_end:
                self._cells.remember(innermost.cell, innermost.source, innermost.row_align)
            innermost.cell = None
            self._current = innermost.outer

    def _close_table(self, position: int) -> None:
        self._current.flush(position)
        self._close_cell(position)
        closed = self._tables.pop()
        current = self._current = closed.outer
        waiting = current.waiting
        current.at_block_start = True
        if waiting and not closed.too_large and self._go_together(waiting, closed):
            del current.flows[waiting.at :]
            waiting.end, waiting.cells = position, waiting.cells + closed.cells
            return
        self._settle(current)
        if closed.too_large:
            self._add_as_text(closed.table, current, len(current.flows))
        else:
            for cell, table in join_rows(closed.table, _MAX_CELLS):
                cell.close(self._laid_out(table, nested=True) or as_text(table.table))
            current.waiting = WaitingTable(closed.table, position, len(current.flows), closed.cells)

    def _go_together(self, waiting: WaitingTable, closed: OpenTable) -> bool:
        """Add a table to the one before it, if it goes on with it."""
        if not waiting.is_open(self._current.flows) or waiting.cells + closed.cells >= _MAX_CELLS:
            return False
        return join(waiting.table, closed.table)

    def _has_settled(self) -> bool:
        """Whether what is on the page can be laid out: nothing can join its last table or the lines placed on it."""
        if (waiting := self._page.waiting) is not None and not waiting.is_open(self._page.flows):
            self._settle(self._page)
        return self._page.waiting is None and self._page.flows[-1].place is None

    def _settle(self, container: Container) -> None:
        """Lay out the last table of a page or cell, with which no other one goes on."""
        if (waiting := container.waiting) is None:
            return
        container.waiting = None
        flows = self._laid_out(waiting, nested=container is not self._page)
        if flows is None:
            self._add_as_text(waiting.table, container, waiting.at)
        else:
            container.flows[waiting.at : waiting.at] = flows

    def _laid_out(self, closed: WaitingTable, nested: bool) -> list[Flow] | None:
        flows = lay_out_table(closed.table, closed.end + self._base, nested=nested, room=self._room)
        self._room -= sum([len(flow.rich.text) for flow in flows or ()])
        return flows

    def _add_as_text(self, table: HtmlTable, container: Container, at: int) -> None:
        self.too_large.append(table.offset)
        container.flows[at:at] = as_text(table)
