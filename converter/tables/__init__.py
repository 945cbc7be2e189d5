"""Lines -> tables, by geometry: columns of figures, rows with their captions, headings over columns, titles."""

from converter.tables.blocks import Block, find_blocks
from converter.tables.caption_text import locate
from converter.tables.captions import FigureCell, LineSpan, TableRow, read_rows
from converter.tables.headings import Headings, read_headings
from converter.tables.scanning import ScannedLine, Shape
from converter.tables.titles import Announced, announced

__all__ = [
    "Announced",
    "Block",
    "FigureCell",
    "Headings",
    "LineSpan",
    "ScannedLine",
    "Shape",
    "TableRow",
    "announced",
    "find_blocks",
    "locate",
    "read_headings",
    "read_rows",
]
