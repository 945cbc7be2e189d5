"""What is open while the tags of an HTML document are read: blocks, cells, tables."""

from array import array

from msgspec import Struct, field

from converter.filing.html.parsed import GridCell, HtmlTable, WaitingTable
from converter.filing.html.placing import next_place, place_of
from converter.filing.html.richtext import Flow, FlowKind, RichTextReader, add_ranges, line_of
from converter.filing.html.styles import Style
from converter.filing.traced import BLANK

_LIST_INDENT = 4
_WIDEST_MARGIN = 60
_SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre"}
_INDENTED = {"blockquote", "ul", "ol", "dl", "dd", "dir", "menu"}


class Block(Struct, gc=False):
    """An open block element, and the layout that it gives to the text in it.

    `place` is where its next line stands, if it is placed by itself.
    """

    name: str
    align: str
    margin: float
    text_indent: float
    page_break_after: bool
    spaced: bool
    place: tuple[float, float] | None = None


class Container(Struct):
    """The page or a cell: its flow so far, its open blocks, and the text ranges of the current line.

    `open_counts` counts the open blocks by name. `at_block_start`: no line of the innermost block is complete, so its
    text indent applies. `verbatim` is the number of open <PRE> blocks. `waiting` is the last table in it, if it is not
    laid out yet. All positions are those in the text of `reader`.
    """

    reader: RichTextReader
    align: str = ""
    margin: float = 0
    flows: list[Flow] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    open_counts: dict[str, int] = field(default_factory=dict)
    ranges: "array[int]" = field(default_factory=lambda: array("q"))
    at_block_start: bool = True
    verbatim: int = 0
    waiting: WaitingTable | None = None

    def add(self, kind: FlowKind, position: int) -> None:
        """Add an item without text."""
        self.flows.append(Flow(kind, BLANK, "", 0, position + self.reader.offset))

    def flush(self, position: int, keep_empty: bool = False) -> None:
        """End the current line. An empty one gives a blank line if `keep_empty`."""
        if self.verbatim:
            self._flush_verbatim()
        elif self.ranges or keep_empty:
            self._end_line(self.blocks[-1] if self.blocks else None, position, keep_empty)

    def _end_line(self, block: Block | None, position: int, keep_empty: bool = False) -> None:
        rich = self.reader.read(self.ranges) if self.ranges else BLANK
        del self.ranges[:]
        margin, align = (block.margin, block.align or self.align) if block else (self.margin, self.align)
        if block and self.at_block_start:
            margin += block.text_indent
        if flow := line_of(rich, align, margin, position + self.reader.offset):
            if block and block.place:
                flow.place, block.place = block.place, next_place(block.place)
            self.flows.append(flow)
            self.at_block_start = False
        elif keep_empty:
            self.add(FlowKind.BLANK, position)
            self.at_block_start = False

    def _flush_verbatim(self) -> None:
        rich = self.reader.read(self.ranges, verbatim=True)
        del self.ranges[:]
        if rich.text:
            self.flows.append(Flow(FlowKind.VERBATIM, rich, "", 0, self.reader.offset))

    def open_block(self, name: str, style: Style, position: int) -> None:
        """Open a block whose tag is at `position`."""
        self.blocks.append(self._begun(name, style, position))
        self.open_counts[name] = self.open_counts.get(name, 0) + 1
        self.verbatim += name == "pre"

    def add_block(self, name: str, style: Style, position: int, start: int, end: int) -> None:
        """Add a block whose tag is at `position`, with one line of text in [start, end)."""
        block = self._begun(name, style, position)
        add_ranges(self.ranges, self.reader.text, start, end)
        if self.ranges:
            self._end_line(block, end)
        self._end(block, end)

    def close_blocks(self, name: str, position: int) -> None:
        """Close the innermost open block with this name, and the blocks left open inside it."""
        closed = ""
        while closed != name:
            block = self.blocks.pop()
            closed = block.name
            self.open_counts[closed] -= 1
            self.verbatim -= closed == "pre"
            self._end(block, position)

    def _begun(self, name: str, style: Style, position: int) -> Block:
        """Begin a block, and return it."""
        outer = self.blocks[-1] if self.blocks else None
        align, margin, place = (outer.align, outer.margin, outer.place) if outer else ("", self.margin, None)
        if style.page_break_before:
            self.add(FlowKind.PAGE, position)
        if style.place:
            place = place_of(style.place, place)
        if place is None and self.flows and self.flows[-1].place:
            self.add(FlowKind.GAP, position)  # the lines so far are a page
        if name in ("center", "caption"):
            align = "center"
        if name in _INDENTED:
            margin += _LIST_INDENT
        if name != "body":
            margin += style.margin
        spaced = name in _SPACED and not style.tight and place is None
        if spaced:
            self.add(FlowKind.GAP, position)
        indent = style.text_indent or (outer.text_indent if outer and name == "p" else 0)
        self.at_block_start = True
        margin = min(margin, _WIDEST_MARGIN)
        return Block(name, style.align or align, margin, indent, style.page_break_after, spaced, place)

    def _end(self, block: Block, position: int) -> None:
        if block.page_break_after:
            self.add(FlowKind.PAGE, position)
        elif block.spaced:
            self.add(FlowKind.GAP, position)
        self.at_block_start = True


class OpenTable(Struct):
    """A table that is not closed yet, and the container around it.

    `cells` counts cells and rows; `too_large`: there are too many of them. `source` is that of the open cell, and
    `source_end` where its content ends, if it is to be remembered.
    """

    table: HtmlTable
    outer: Container
    row_align: str = ""
    cell: GridCell | None = None
    cells: int = 0
    too_large: bool = False
    source: str = ""
    source_end: int = -1
