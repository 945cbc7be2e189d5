"""Find the tables of a document and their columns by geometry.

A line that ends with figures set apart from the text is a figure line; consecutive figure lines form a block. The
right edges of the figures in a block are clustered into columns. The contents of the lines do not matter, except that
the title of a statement always starts a new table.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from converter.filing import Document
from converter.tables.alignment import ColumnSpan, find_columns
from converter.tables.left_figures import find_caption_start, with_left_figures
from converter.tables.scanning import (
    ScannedLine,
    Shape,
    ends_like_figure,
    ends_with_date,
    is_bare_mark,
    rescan,
    scan_line,
    whole_row,
)
from converter.tables.side_by_side import find_gutter, halves
from converter.tables.slips import with_slips
from converter.tables.spaced import groups_by_blanks, groups_by_points, with_commas, with_points
from converter.tables.titles import is_title
from converter.vocabulary import MAX_LENGTH, expression, find_amounts


class Block(Struct, frozen=True):
    """One table: `zone` are the lines above it, which may contain its title; `lines` are those of the table.

    `left_out` says why a table is not read: it is larger than any that a report prints. Such a table has its first line
    only, and no columns.
    """

    zone: tuple[ScannedLine, ...]
    lines: tuple[ScannedLine, ...]
    columns: tuple[ColumnSpan, ...]
    left_out: str = ""


class _Run(NamedTuple):
    """The first and last (inclusive) of the lines of a table, and how many of them have figures."""

    first: int
    last: int
    rows: int


_MAX_COLUMNS = 50
_MAX_ROWS = 1_000
MAX_ROWS_OF_FILING = 10_000
_LONE_NUMBER = re.compile(r"\s*\d{1,3}")
_FOOTER = expression(
    r"\bnotes\s+(?:to|are)\b|\b(?:see|the)\s+accompanying\b|\bannual\s+report\b|\bform\s+(?:10|20)-?[a-z]|\bpage\b",
    re.I,
)
"""What stands at the foot of a page beside its number."""
_REMARK = re.compile(r"\(?(?:as\s+)?(?:unaudited|audited|restated|revised|adjusted|reclassified)\)?", re.I)
_CURRENCY = re.compile(r"[A-Z]{0,3}\$|[€£¥]|[A-Z]{3}|Euros?")
_LONGEST_REST = 3  # lines of a caption below its figures
_SPACED_LETTERS = 5
_YEARS_AND_CHANGE = expression(r"\s(?:19|20)\d\d\s{2,}(?:19|20)\d\d\s{2,}[%$]?\s?(?:\w+\s)?change\s*$", re.I)
"""The heading of years and of the change from one to the other."""
_GAP = re.compile(r"\s{2,}")
_BAR = re.compile(r"(?<!\S)\|(?!\S)")
_PROSE_WIDTH = 60
_PROSE_LINES = 5
_MAX_ZONE = 40
_MAX_GAP = 14
_SLACK = 4  # a figure may extend this far to the left of its column


def find_blocks(document: Document, most_rows: int = MAX_ROWS_OF_FILING) -> tuple[Block, ...]:
    """Return the tables of a document in their order, of at most `most_rows` lines with figures in all."""
    lines = _LazyLines(document.texts)
    for index in _page_numbers(lines):
        lines.lines[index] = replace(lines[index], shape=Shape.PAGE, tail=())
    blocks: list[Block] = []
    above = rows = 0
    for run in _runs(lines):
        if run.rows > _MAX_ROWS:
            message = f"a table of {run.rows:,} rows was left out: at most {_MAX_ROWS:,} are read"
            blocks.append(_left_out(lines[run.first], message))
        elif rows + run.rows > most_rows:
            message = f"all tables from here on were left out: at most {MAX_ROWS_OF_FILING:,} rows of a filing are read"
            blocks.append(_left_out(lines[run.first], message))
            break
        else:
            first = run.first - _has_row_beside(lines, run.first, -1) * (run.first > above)
            last = run.last + _has_row_beside(lines, run.last, 1)
            zone = lines.between(max(above, first - _MAX_ZONE), first)
            end = _end_of_caption(lines, last)
            table = lines.between(first, end)
            blocks += _side_by_side(zone, table)
            blocks += [_too_long(line, len(lines.texts[line.index])) for line in table if len(line.text) == MAX_LENGTH]
            rows += run.rows
            above = end
            continue
        above = run.last + 1
    return tuple(block for block in blocks if block.columns or block.left_out)


class _LazyLines:
    """The lines of a document, each scanned on first access, as most lines of prose are never needed."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.lines: list[ScannedLine | None] = [None] * len(texts)
        self.grouped_by_blanks = groups_by_blanks(texts)
        self.grouped_by_points = groups_by_points(texts)

    def __getitem__(self, index: int) -> ScannedLine:
        line = self.lines[index]
        if line is None:
            text = self.texts[index][:MAX_LENGTH]
            text = _BAR.sub(" ", text) if "|" in text else text  # bars that stand alone are between columns
            text = with_points(text) if self.grouped_by_points else text
            text = with_commas(text) if self.grouped_by_blanks else text
            line = self.lines[index] = scan_line(index, _without_spacing(text))
        return line

    def forget(self, start: int, end: int) -> None:
        """Free the memory of the lines [start, end)."""
        self.lines[start:end] = [None] * (end - start)

    def between(self, start: int, end: int) -> list[ScannedLine]:
        """Return the lines [start, end)."""
        return [self[index] for index in range(start, end)]

    def shape(self, index: int) -> Shape | None:
        """Return the shape of a line; None outside the document."""
        return self[index].shape if 0 <= index < len(self.texts) else None


def _end_of_caption(lines: _LazyLines, last: int) -> int:
    """The line after the rest of the caption of the `last` line of figures, which goes on in small letters."""
    end = last + 1
    while end - last <= _LONGEST_REST and lines.shape(end) is Shape.TEXT:
        line = lines[end]
        bare = line.text.strip()
        if not bare[:1].islower() or len(bare) >= _PROSE_WIDTH or line.indent < lines[last].indent:
            break
        end += 1
    return end


def _has_row_beside(lines: _LazyLines, index: int, step: int) -> bool:
    """Whether the line before or after a table is a row of as many figures, with blanks missing between them."""
    if lines.shape(index + step) is not Shape.TEXT or not ends_like_figure(lines[index + step].text):
        return False
    text, columns = lines[index + step].text, len(lines[index].tail)
    return columns > 1 and len(tokens := find_amounts(text)) == columns and whole_row(text, tokens, columns) is not None


def _without_spacing(text: str) -> str:
    """A line of letters set apart by spaces, as titles are typed, as words: "A S S E T S"."""
    bare = text.lstrip()
    if bare[1:2] != " " or not bare[0].isalpha():
        return text
    parts = bare.split()
    if len(parts) < _SPACED_LETTERS or sum(len(part) == 1 for part in parts) * 5 < len(parts) * 4:
        return text
    words = " ".join(word.replace(" ", "") for word in _GAP.split(bare.rstrip()))
    return " " * (len(text) - len(bare)) + words


def _page_numbers(lines: _LazyLines) -> list[int]:
    """Return the lines with a page number next to a page break, blank lines apart.

    It is a small number, alone or behind the words of a footer.
    """
    indexes = []
    for page, text in enumerate(lines.texts):
        if "<" in text and lines.shape(page) is Shape.PAGE:
            for step in (-1, 1):
                position = page + step
                while lines.shape(position) is Shape.BLANK:
                    position += step
                if _is_page_number(lines, position, step):
                    indexes.append(position)
    return indexes


def _is_page_number(lines: _LazyLines, position: int, step: int) -> bool:
    shape = lines.shape(position)
    if shape is Shape.FIGURES and _is_footer(lines[position]):
        return True
    if shape is None or _LONE_NUMBER.fullmatch(lines.texts[position]) is None:
        return False
    return lines.shape(position + step) in (None, Shape.BLANK, Shape.TEXT, Shape.TAG)


def _is_footer(line: ScannedLine) -> bool:
    """Whether a line holds words of a footer and a small number."""
    number = line.text[line.tail[0].start :]
    return len(line.tail) == 1 and bool(_LONE_NUMBER.fullmatch(number) and _FOOTER.search(line.label))


def _runs(lines: _LazyLines) -> Iterator[_Run]:
    """Yield every run of figure lines that forms a table. The lines of one that is too large are not kept."""
    first = last = -1
    prose = rows = 0
    for index, text in enumerate(lines.texts):
        if first < 0 and not ends_like_figure(text):
            continue
        line = lines[index]
        shape = line.shape
        if shape is Shape.FIGURES and first < 0 and _holds_only_marks(line):
            lines.lines[index] = replace(line, shape=Shape.TEXT, tail=())
            continue
        if shape is Shape.FIGURES:
            first, rows = (index, 1) if first < 0 else (first, rows + 1)
            last, prose = index, 0
            if rows > _MAX_ROWS:
                lines.forget(first if rows == _MAX_ROWS + 1 else index, index + 1)
            continue
        if first < 0:
            continue
        if shape is Shape.YEARS and _is_over_figures(line, lines[last]):  # the heading of another table
            yield _Run(first, last, rows)
            first, prose = -1, 0
            continue
        if shape is Shape.TEXT and "hange" in text.lower() and _YEARS_AND_CHANGE.search(text):
            yield _Run(first, last, rows)
            first, prose = -1, 0
            continue
        wide = shape is Shape.TEXT and len(line.text.strip()) >= _PROSE_WIDTH
        prose = prose + 1 if wide else (prose if shape is Shape.BLANK else 0)
        if shape is Shape.TAG and _goes_on(lines, last, index):
            continue
        if _ends_table(line) or prose >= _PROSE_LINES or index - last > _MAX_GAP:
            yield _Run(first, last, rows)
            first, prose = -1, 0
    if first >= 0:
        yield _Run(first, last, rows)


def _is_over_figures(years: ScannedLine, above: ScannedLine) -> bool:
    """Whether there are several years, or one where the figures above stand, and not in the rest of a caption."""
    return len(years.tail) > 1 or years.tail[-1].figure_end > above.tail[0].start


def _goes_on(lines: _LazyLines, last: int, tag: int) -> bool:
    """Whether a table that a tag ends goes on in the next one: nothing but tags, then figures at the same columns.

    `last` is the last line of figures before the tag.
    """
    position = tag + 1
    while lines.shape(position) in (Shape.BLANK, Shape.TAG) and position - tag <= _MAX_GAP:
        position += 1
    if lines.shape(position) is not Shape.FIGURES:
        return False
    edges = ([token.figure_end for token in lines[line].tail] for line in (last, position))
    above, below = edges
    return len(above) == len(below) and all(abs(a - b) <= 1 for a, b in zip(above, below, strict=True))


def _holds_only_marks(line: ScannedLine) -> bool:
    """Whether a line above the first figures of a table holds only dates and the footnote marks of its headings."""
    if line.label and all(map(_CURRENCY.fullmatch, line.label.split())):  # "US$(1)" beside other currencies
        return all(is_bare_mark(replace(token, amount=replace(token.amount, currency=""))) for token in line.tail)
    is_heading = not line.label or ends_with_date(line.label) or _REMARK.fullmatch(line.label) is not None
    return is_heading and all(is_bare_mark(token) or token.amount.is_yearlike for token in line.tail)


def _ends_table(line: ScannedLine) -> bool:
    if line.shape is Shape.PAGE:
        return True
    if line.shape is Shape.TAG:
        return "table>" in line.text.lower()
    return line.shape is Shape.TEXT and is_title(line.text)


def _side_by_side(zone: Sequence[ScannedLine], lines: Sequence[ScannedLine]) -> list[Block]:
    """Make one table of the lines, or two if they are typed side by side, each with the title above both."""
    gutter = find_gutter([line.text for line in lines if line.shape is Shape.FIGURES])
    if gutter is None:
        return [_block(zone, lines)]
    sides = []
    for side in (0, 1):
        body = [scan_line(line.index, halves(line.text, gutter)[side]) for line in lines]
        above = [
            scan_line(line.index, halves(line.text, gutter)[side]) if _is_double(line, gutter) else line
            for line in zone
        ]
        sides.append(_block(above, body))
    return sides


def _is_double(line: ScannedLine, gutter: int) -> bool:
    left, right = halves(line.text, gutter)
    return bool(left.strip()) and bool(right.strip())


def _block(zone: Sequence[ScannedLine], lines: Sequence[ScannedLine]) -> Block:
    start = find_caption_start(zone, lines)
    if start is not None:
        lines = [with_left_figures(line, start) for line in lines]
    figures = [line for line in lines if line.shape is Shape.FIGURES]
    caption_ends = [len(line.text[: line.label_end].rstrip(" .$_")) for line in figures]
    columns = find_columns([line.tail for line in figures])
    if len(columns) > _MAX_COLUMNS:
        message = f"a table of {len(columns):,} columns was left out: at most {_MAX_COLUMNS} are read"
        return _left_out(lines[0], message)
    columns = tuple(
        column
        for column in columns
        if column.ordered
        or (start is not None and column.edge < start)
        or not _is_under_captions(column, figures, caption_ends)
    )
    if columns and start is None and not columns[0].ordered:
        edges, leftmost = [column.edge for column in columns], columns[0].start - _SLACK
        lines = [rescan(line, edges, leftmost) for line in lines]
    lines = with_slips(lines)
    return Block(tuple(zone), tuple(lines), columns)


def _left_out(line: ScannedLine, message: str) -> Block:
    return Block((), (line,), (), message)


def _too_long(line: ScannedLine, length: int) -> Block:
    return _left_out(line, f"a line of {length:,} characters in a table was left out: at most {MAX_LENGTH:,} are read")


def _is_under_captions(column: ColumnSpan, figures: Sequence[ScannedLine], caption_ends: Sequence[int]) -> bool:
    """Whether more captions than figures extend over the column, so that its figures are numbers in captions."""
    covering = sum(1 for end in caption_ends if end > column.start)
    if not covering:
        return False
    filled = sum(1 for line in figures if any(column.start < token.figure_end <= column.end for token in line.tail))
    return covering > filled
