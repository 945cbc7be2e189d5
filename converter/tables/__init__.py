"""Find tables by geometry: columns of figures, rows with captions, column headings, titles."""

from converter.tables.alignment import ColumnSpan
from converter.tables.blocks import MAX_ROWS_OF_FILING, Block, find_blocks
from converter.tables.caption_text import LineSpan, locate
from converter.tables.captions import FigureCell, TableRow, read_rows
from converter.tables.headings import Headings, Segment, read_headings
from converter.tables.nested import without_nesting
from converter.tables.scanning import ScannedLine, Shape
from converter.tables.titles import TitleKind, has_title_word, read_hint, read_title

__all__ = [
    "MAX_ROWS_OF_FILING",
    "Block",
    "ColumnSpan",
    "FigureCell",
    "Headings",
    "LineSpan",
    "ScannedLine",
    "Segment",
    "Shape",
    "TableRow",
    "TitleKind",
    "find_blocks",
    "has_title_word",
    "locate",
    "read_headings",
    "read_hint",
    "read_rows",
    "read_title",
    "without_nesting",
]
