"""What is open while the tags of an HTML document are read: blocks, cells, tables."""

from array import array

from msgspec import Struct, field

from converter.filing.html.parsed import GridCell, HtmlTable, WaitingTable
from converter.filing.html.richtext import Flow


class Block(Struct):
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
    laid out yet.
    """

    align: str = ""
    margin: float = 0
    flows: list[Flow] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    open_counts: dict[str, int] = field(default_factory=dict)
    ranges: "array[int]" = field(default_factory=lambda: array("q"))
    at_block_start: bool = True
    verbatim: int = 0
    waiting: WaitingTable | None = None


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
