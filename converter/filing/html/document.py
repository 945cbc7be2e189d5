"""Lay out an HTML document as a fixed-width page, with every character traced to the source.

A small tokenizer makes a single pass over the tags. Block elements split the text into flow lines; every table is laid
out when it closes, so that nested tables need no recursion. Tables of data are enclosed in lines `<TABLE>` and
`</TABLE>`; tables that only position text are converted to text.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from converter.filing.html.cells import INLINE, CellReader, cell_align, cell_margin
from converter.filing.html.containers import Block, Container, OpenTable
from converter.filing.html.joining import join, join_rows
from converter.filing.html.page import by_line, page_lines
from converter.filing.html.parsed import GridCell, HtmlTable, WaitingTable
from converter.filing.html.placing import next_place, place_of
from converter.filing.html.richtext import Flow, FlowKind, RichTextReader, line_of
from converter.filing.html.styles import Style, read_style
from converter.filing.html.table import as_text, lay_out_table
from converter.filing.html.visible import read_superscript, without_unseen
from converter.filing.lines import Lines, normalise
from converter.filing.traced import BLANK

_MAX_TABLE_DEPTH = 16
_MAX_CELLS = 20_000
_ROOM, _ROOM_PER_CHARACTER = 2_000_000, 1  # characters that the tables of a document take on the page, at most
_LIST_INDENT = 4

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*)([^<>]*)>?|<!--|<[!?][^<>]*>?")
_ROW_OR_CELL = re.compile(r"<t[rdh][\s>]", re.I)

_RAW_TEXT = {"script", "style", "title", "textarea"}
_BLOCKS = {"address", "blockquote", "body", "caption", "center", "dd", "dir", "div", "dl", "dt", "fieldset", "form"}
_BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "html", "li", "menu", "ol", "p", "pre", "ul", "section", "article"}
_SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre"}
_INDENTED = {"blockquote", "ul", "ol", "dl", "dd", "dir", "menu"}
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
        self._page = self._current = Container()
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
            start = tag.start()
            current = self._current
            if start > position and (current.ranges or current.verbatim or not text[position:start].isspace()):
                current.ranges.extend((position, start))
            name = (tag[2] or "").lower()
            inline = name in INLINE and "page-break" not in tag[3]
            position = tag.end() if inline else self._handle_tag(name, tag)
            if self._page.flows and self._current is self._page and self._has_settled():
                yield from by_line(self._page.flows)
                self._page.flows.clear()
        if position < len(self._text):
            self._current.ranges.extend((position, len(self._text)))
        while self._tables:
            self._close_table(len(self._text))
        self._flush(len(self._text))
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
            self._block_tag(name, tag)
        elif name == "br":
            self._flush(tag.start(), keep_empty=True)
            self._page_break(read_style(tag[3]), tag.start())
        elif name == "hr":
            self._rule(tag)
        elif name == "page":
            self._flush(tag.start())
            self._add(FlowKind.PAGE, tag.start())
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

    def _add(self, kind: FlowKind, position: int) -> None:
        self._current.flows.append(Flow(kind, BLANK, "", 0, position + self._base))

    def _flush(self, position: int, keep_empty: bool = False) -> None:
        """End the current line. An empty one gives a blank line if `keep_empty`."""
        current = self._current
        if current.verbatim:
            self._flush_verbatim()
            return
        if current.ranges:
            rich = self._reader.read(current.ranges)
            del current.ranges[:]
        elif not keep_empty:
            return
        else:
            rich = BLANK
        block = current.blocks[-1] if current.blocks else None
        margin = block.margin if block else current.margin
        if current.at_block_start and block:
            margin += block.text_indent
        align = (block.align if block else "") or current.align
        if flow := line_of(rich, align, margin, position + self._base):
            if block and block.place:
                flow.place, block.place = block.place, next_place(block.place)
            current.flows.append(flow)
            current.at_block_start = False
        elif keep_empty:
            self._add(FlowKind.BLANK, position)
            current.at_block_start = False

    def _flush_verbatim(self) -> None:
        current = self._current
        rich = self._reader.read(current.ranges, verbatim=True)
        del current.ranges[:]
        if rich.text:
            current.flows.append(Flow(FlowKind.VERBATIM, rich, "", 0, self._base))

    def _page_break(self, style: Style, position: int) -> None:
        if style.page_break_before or style.page_break_after:
            self._flush(position)
            self._add(FlowKind.PAGE, position)

    def _rule(self, tag: re.Match[str]) -> None:
        self._flush(tag.start())
        style = read_style(tag[3])
        if not style.invisible and not tag[1]:
            self._add(FlowKind.RULE, tag.start())
        self._page_break(style, tag.start())

    # Blocks

    def _block_tag(self, name: str, tag: re.Match[str]) -> None:
        self._flush(tag.start())
        current = self._current
        if tag[1]:
            if current.open_counts.get(name):
                self._close_blocks(name, tag.start())
            elif name == "p":
                self._add(FlowKind.GAP, tag.start())
            return
        if current.blocks and current.blocks[-1].name in _CLOSED_BY.get(name, ("p",)):
            self._close_blocks(current.blocks[-1].name, tag.start())
        self._open_block(name, read_style(tag[3]), tag.start())

    def _open_block(self, name: str, style: Style, position: int) -> None:
        current = self._current
        outer = current.blocks[-1] if current.blocks else None
        if style.page_break_before:
            self._add(FlowKind.PAGE, position)
        place = place_of(style.place, outer.place if outer else None)
        if place is None and current.flows and current.flows[-1].place:
            self._add(FlowKind.GAP, position)  # the lines so far are a page
        align = style.align or ("center" if name in ("center", "caption") else outer.align if outer else "")
        own_margin = _LIST_INDENT * (name in _INDENTED) + (style.margin if name != "body" else 0)
        margin = (outer.margin if outer else current.margin) + own_margin
        spaced = name in _SPACED and not style.tight and place is None
        if spaced:
            self._add(FlowKind.GAP, position)
        text_indent = style.text_indent or (outer.text_indent if outer and name == "p" else 0)
        current.blocks.append(Block(name, align, min(margin, 60), text_indent, style.page_break_after, spaced, place))
        current.open_counts[name] = current.open_counts.get(name, 0) + 1
        current.at_block_start = True
        current.verbatim += name == "pre"

    def _close_blocks(self, name: str, position: int) -> None:
        """Close the innermost open block with this name, and the blocks left open inside it."""
        current = self._current
        closed = ""
        while closed != name:
            block = current.blocks.pop()
            closed = block.name
            current.open_counts[closed] -= 1
            current.verbatim -= closed == "pre"
            if block.page_break_after:
                self._add(FlowKind.PAGE, position)
            elif block.spaced:
                self._add(FlowKind.GAP, position)
        current.at_block_start = True

    # Tables

    def _table_tag(self, name: str, tag: re.Match[str]) -> int:
        """Handle the tag of a table or of a part of one, and return the position at which to continue."""
        closing, (position, end) = bool(tag[1]), tag.span()
        self._flush(position)
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
            self._add(FlowKind.PAGE, position)
        self._tables.append(OpenTable(HtmlTable(position + self._base), self._current))

    def _end_table(self, position: int) -> None:
        if self._ignored_tables:
            self._ignored_tables -= 1
        elif self._tables:
            self._close_table(position)

    def _open_row(self, style: Style, position: int) -> None:
        if style.page_break_before:
            self._tables[-1].outer.flows.append(Flow(FlowKind.PAGE, BLANK, "", 0, position + self._base))
        self._count_cell()
        innermost = self._tables[-1]
        innermost.table.rows.append([])
        innermost.row_align = style.align

    def _open_cells(self, tag: re.Match[str]) -> int:
        """Read the cells from a tag on that can be read at once, and open the first that cannot.

        Return the position at which to continue.
        """
        innermost, cells, position = self._tables[-1], self._cells, tag.start()
        while whole := cells.whole(position):
            if (cell := cells.read(whole, innermost.row_align)) is None:
                if cells.is_repeatable(whole):
                    innermost.source, innermost.source_end = whole[1], whole.end(4)
                return self._open_cell(whole[2], whole[3], position, whole.start(4))
            self._add_cell(cell)
            if self._current.verbatim:
                return whole.end(1)
            position = whole.end()
        if position == tag.start():
            return self._open_cell(tag[2][1], tag[3], position, tag.end())
        return position

    def _open_cell(self, kind: str, attributes: str, position: int, content: int) -> int:
        """Open a cell whose content is read tag by tag, and return the position at which it starts."""
        innermost, style = self._tables[-1], read_style(attributes)
        self._current = Container(align=cell_align(kind, style, innermost.row_align), margin=cell_margin(style))
        innermost.cell = GridCell(style, position + self._base, self._current.flows)
        self._add_cell(innermost.cell)
        return content

    def _add_cell(self, cell: GridCell) -> None:
        self._count_cell()
        rows = self._tables[-1].table.rows
        if not rows:
            rows.append([])
        rows[-1].append(cell)

    def _count_cell(self) -> None:
        """Count a cell or row; of a table with too many of them, what there is so far becomes text."""
        innermost = self._tables[-1]
        innermost.cells += 1
        if innermost.cells == _MAX_CELLS:
            innermost.outer.flows.extend(as_text(innermost.table))
            innermost.table.rows.clear()
            innermost.cells, innermost.too_large = 0, True

    def _close_cell(self, position: int) -> None:
        innermost = self._tables[-1]
        if innermost.cell is not None:
            self._flush(position)
            waiting = self._current.waiting
            innermost.cell.only = waiting if waiting and waiting.is_alone(self._current.flows) else None
            self._settle(self._current)
            innermost.cell.close(list(by_line(innermost.cell.flows)))
            if position == innermost.source_end:
                self._cells.remember(innermost.cell, innermost.source, innermost.row_align)
            innermost.cell = None
            self._current = innermost.outer

    def _close_table(self, position: int) -> None:
        self._flush(position)
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
        self._room -= sum(len(flow.rich) for flow in flows or ())
        return flows

    def _add_as_text(self, table: HtmlTable, container: Container, at: int) -> None:
        self.too_large.append(table.offset)
        container.flows[at:at] = as_text(table)
