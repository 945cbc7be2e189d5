"""Lines -> Table: where the tables of a document stand, and their columns, by geometry.

A line whose last tokens are figures set apart from the text is a figure line; figure lines that follow
each other make a block. The right edges of a block's figures cluster into columns, headings are given to
columns by where they stand. Nothing here knows what a statement is, except for the lines that bear a
statement's title, which always begin a new table.
"""

import itertools
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

from converter.amounts import Token, find_amounts
from converter.filing import Document
from converter.sidebyside import find_gutter, halves
from converter.titles import is_title


class Shape(Enum):
    """What a line looks like."""

    BLANK = auto()
    RULER = auto()
    TAG = auto()
    PAGE = auto()
    YEARS = auto()
    FIGURES = auto()
    TEXT = auto()


class Span(Struct, frozen=True):
    """Columns of text that one column of figures covers; `edge` is where most of its figures end."""

    start: int
    end: int
    edge: int


class ScannedLine(Struct, frozen=True):
    """A line with its shape; `tail` are the figures set apart at its end, `label` what stands before them.

    `tokens` are all its numeric tokens, None for a line that was not searched for any.
    """

    index: int
    text: str
    shape: Shape
    tail: tuple[Token, ...] = ()
    label_end: int = 0
    tokens: tuple[Token, ...] | None = None

    @property
    def label(self) -> str:
        """The caption part of the line, without leaders."""
        return strip_leaders(self.text[: self.label_end])

    @property
    def indent(self) -> int:
        """Blanks before the first character."""
        return len(self.text) - len(self.text.lstrip())


class Block(Struct, frozen=True):
    """One table: `zone` are the lines above it that may bear its title, `lines` the table itself."""

    zone: tuple[ScannedLine, ...]
    lines: tuple[ScannedLine, ...]
    columns: tuple[Span, ...]


_TAG = re.compile(r"\s*</?(?:TABLE|CAPTION|S|C|FN|F\d+|TITLE|MULTIPLIER|LEGEND|ARTICLE|PRE|B|I|U|CENTER)\b[^>]*>", re.I)
_PAGE = re.compile(r"\s*<PAGE>", re.I)
_RULER = re.compile(r"[-=_–—\s.*|+]*(?:[-–—]{3}|={2}|_{3})[-=_–—\s.*|+$]*")
_RULES = frozenset("-=_–—.*|+")
_SET_APART = re.compile(r"\s{2}|\.\s*\.|\t|^\s*[$(<\d.–—-]|[$£¥]")
_FIGURE_END = re.compile(r"[\d)>%*–—-]$|(?:^|\W)n/?[am]$|(?:^|\W)nil$|\d[Oo]+$", re.I)
_ENDS_OF_FIGURES = frozenset("0123456789)>%*-")
_ENDS_OF_WORDS = frozenset(string.ascii_letters) - frozenset("AMLOamlo") | frozenset(",;:?!&'\"")
"""What neither a figure, a rule nor "n/a", "n/m", "nil" ends with: most lines of prose end so."""
_LONG_WORD = re.compile(r"[A-Za-z][a-z]{3}")  # in no figure (but in its mark), nor in what may part two figures
_LEADERS = ("\t", "$", ":", "|", "_", "..", ". .")
_NOT_FIGURES = _ENDS_OF_WORDS | {""}
_COMPANY = re.compile(r"\b(?:inc|corp|co|ltd)$", re.I)
_LONE_NUMBER = re.compile(r"\s*\d{1,3}")
_TAIL_GAP = re.compile(r"[\s$|*]*(?:\([a-z0-9]{1,2}\)|[*†#]+|\([*†#]+\))?[\s$|.*]*", re.I)
_PROSE_WIDTH = 60
_PROSE_LINES = 5
_MAX_ZONE = 40
_MAX_GAP = 14
_SLACK = 4  # a figure may stand this far left of its column


def strip_leaders(text: str) -> str:
    """A caption without the dot leaders, rules and blanks behind it; the point of "Inc." stays."""
    text = text.strip()
    while text and text[-1] in "._-":
        bare = text.rstrip(" ._-")
        tail = text[len(bare) :]
        if len(tail.replace(" ", "")) == 1 and " " not in tail:
            return text if tail in ".-" else bare
        text = bare
        if tail.startswith(".") and _COMPANY.search(bare[-5:]):
            return bare + "."
    return text


def _ends_like_figure(text: str) -> bool:
    if text[-1:] in _ENDS_OF_WORDS:
        return False
    bare = text.rstrip(" .|\t")
    if bare[-1:] in _ENDS_OF_WORDS:
        return False
    return bare[-1:] in _ENDS_OF_FIGURES or _FIGURE_END.search(bare[-6:]) is not None


def _ends_in_prose(text: str) -> bool:
    """Whether a word stands behind all wide gaps of the line and all else that could set a figure apart."""
    end = text[text.rfind("  ") + 1 :]
    if "{" in end or not _LONG_WORD.search(end):  # footnote marks in braces may be words
        return False
    return _LONG_WORD.search(end, max(0, *map(end.rfind, _LEADERS))) is not None


def _stands_apart(text: str, end: int) -> bool:
    """Whether what begins at `end` is set apart from the text before: by two blanks, a leader, or nothing before."""
    before = text[:end].rstrip("$ \t")
    gap = text[len(before) : end].replace("$", "")
    return not before or len(gap) >= 2 or "\t" in gap or before[-1] in ":|_" or before.endswith(("..", ". ."))


def scan_line(index: int, text: str) -> ScannedLine:
    """The shape of one line and the figures at its end."""
    if text[-1:] in _ENDS_OF_WORDS and "<" not in text:
        return ScannedLine(index, text, Shape.TEXT, (), len(text))
    if not text or text.isspace():
        return ScannedLine(index, text, Shape.BLANK)
    if "<" in text:
        if _PAGE.match(text):
            return ScannedLine(index, text, Shape.PAGE)
        if _TAG.match(text) and not _TAG.sub("", text).strip():
            return ScannedLine(index, text, Shape.TAG)
        text = _blank_tag(text)
    if text.lstrip()[:1] in _RULES and _RULER.fullmatch(text):
        return ScannedLine(index, text, Shape.RULER, (), len(text))
    tokens = None
    if _ends_like_figure(text) and ("  " in text or _SET_APART.search(text)) and not _ends_in_prose(text):
        tokens = find_amounts(text)
        tail, label_end = split_tail(text, tokens)
        if tail:
            years = all(_is_year(token) for token in tail)
            return ScannedLine(index, text, Shape.YEARS if years else Shape.FIGURES, tail, label_end, tokens)
    return ScannedLine(index, text, Shape.TEXT, (), len(text), tokens)


def _is_year(token: Token) -> bool:
    """Whether a figure of a heading is a year, be it with the "%" that heads the next column behind it."""
    amount = replace(token.amount, percent=False) if token.amount.percent else token.amount
    return amount.yearlike


def _blank_tag(text: str) -> str:
    match = _TAG.match(text)
    return text if match is None else " " * match.end() + text[match.end() :]


def split_tail(
    text: str, tokens: tuple[Token, ...], edges: Sequence[int] = (), leftmost: int = 0
) -> tuple[tuple[Token, ...], int]:
    """The figures at the end of a line, which holds these `tokens`, and where the caption before them ends.

    A figure belongs to the tail when only blanks, currency and footnote marks stand between it and the
    next one (or the end), and the first one is set apart from the caption by two blanks or a leader, or
    ends at one of `edges`. What ends left of `leftmost` is caption, except for an amount far from all words.
    """
    best: tuple[tuple[Token, ...], int] = ((), len(text))
    right = len(text)
    for position in range(len(tokens) - 1, -1, -1):
        token = tokens[position]
        gap = text[token.end : right]
        if _in_caption(text, token, leftmost) or not (not gap or gap.isspace() or _TAIL_GAP.fullmatch(gap)):
            break
        right = token.start
        if _stands_apart(text, right) or any(abs(token.figure_end - edge) <= 1 for edge in edges):
            best = tokens[position:], right
    return best


def _in_caption(text: str, token: Token, leftmost: int) -> bool:
    """Whether a figure left of all columns belongs to the caption: but for a large amount that three blanks part."""
    alone = token.amount.grouped and text[: token.start].endswith("   ") and bool(text[: token.start].strip())
    return token.figure_end <= leftmost and not alone


class _Scanned:
    """The lines of a document, each scanned when it is first asked for: most lines of prose never are."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.lines: list[ScannedLine | None] = [None] * len(texts)

    def __getitem__(self, index: int) -> ScannedLine:
        line = self.lines[index]
        if line is None:
            line = self.lines[index] = scan_line(index, self.texts[index])
        return line

    def between(self, start: int, end: int) -> list[ScannedLine]:
        """The lines [start, end)."""
        return [self[index] for index in range(start, end)]

    def shape(self, index: int) -> Shape | None:
        """The shape of a line, None for one outside the document."""
        return self[index].shape if 0 <= index < len(self.texts) else None


def find_blocks(document: Document) -> tuple[Block, ...]:
    """Every table of the document, in order."""
    lines = _Scanned(document.texts)
    for number in _page_numbers(lines):
        lines.lines[number] = replace(lines[number], shape=Shape.PAGE, tail=())
    blocks: list[Block] = []
    above = 0
    for first, last in _ranges(lines):
        zone = lines.between(max(above, first - _MAX_ZONE), first)
        blocks += _side_by_side(zone, lines.between(first, last + 1))
        above = last + 1
    return tuple(block for block in blocks if block.columns)


def _page_numbers(lines: _Scanned) -> list[int]:
    """Where a lone small number stands above or below a page break (blank lines apart): it is part of the break."""
    numbers = []
    for page, text in enumerate(lines.texts):
        if "<" in text and lines.shape(page) is Shape.PAGE:
            for step in (-1, 1):
                position = page + step
                while lines.shape(position) is Shape.BLANK:
                    position += step
                if _is_page_number(lines, position, step):
                    numbers.append(position)
    return numbers


def _is_page_number(lines: _Scanned, position: int, step: int) -> bool:
    if lines.shape(position) is None or _LONE_NUMBER.fullmatch(lines.texts[position]) is None:
        return False
    return lines.shape(position + step) in (None, Shape.BLANK, Shape.TEXT, Shape.TAG)


def _ranges(lines: _Scanned) -> list[tuple[int, int]]:
    """First and last figure line (inclusive) of every run of figure lines that makes one table."""
    ranges: list[tuple[int, int]] = []
    first = last = -1
    prose = 0
    for index, text in enumerate(lines.texts):
        if first < 0 and text[-1:] in _NOT_FIGURES:
            continue
        line = lines[index]
        shape = line.shape
        if shape is Shape.FIGURES:
            first = index if first < 0 else first
            last, prose = index, 0
            continue
        if first < 0:
            continue
        if shape is Shape.YEARS:  # a heading again
            ranges.append((first, last))
            first, prose = -1, 0
            continue
        wide = shape is Shape.TEXT and len(line.text.strip()) >= _PROSE_WIDTH
        prose = prose + 1 if wide else (prose if shape is Shape.BLANK else 0)
        if _breaks(line) or prose >= _PROSE_LINES or index - last > _MAX_GAP:
            ranges.append((first, last))
            first, prose = -1, 0
    if first >= 0:
        ranges.append((first, last))
    return ranges


def _breaks(line: ScannedLine) -> bool:
    if line.shape is Shape.PAGE:
        return True
    if line.shape is Shape.TAG:
        return "table>" in line.text.lower()
    return line.shape is Shape.TEXT and is_title(line.text)


def _side_by_side(zone: Sequence[ScannedLine], lines: Sequence[ScannedLine]) -> list[Block]:
    """The one table of these lines, or the two that are typed side by side; each then has the title above both."""
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
    figures = [line for line in lines if line.shape is Shape.FIGURES]
    reaches = [len(line.text[: line.label_end].rstrip(" .$_")) for line in figures]
    found = find_columns([line.tail for line in figures])
    columns = tuple(column for column in found if not _under_captions(column, figures, reaches))
    return Block(tuple(zone), tuple(_rescan(line, columns) for line in lines), columns)


def _under_captions(column: Span, figures: Sequence[ScannedLine], reaches: Sequence[int]) -> bool:
    """Whether captions reach over the column more often than figures stand in it: numbers inside captions."""
    captions = sum(1 for reach in reaches if reach > column.start)
    if not captions:
        return False
    own = sum(1 for line in figures if any(column.start < token.figure_end <= column.end for token in line.tail))
    return captions > own


def _rescan(line: ScannedLine, columns: Sequence[Span]) -> ScannedLine:
    """The figures of a line once the columns are known.

    Figures that only one blank parts from their caption are known by the column they end at, numbers
    left of all columns are part of the caption.
    """
    if not columns or not (line.shape is Shape.FIGURES or (line.shape is Shape.TEXT and _ends_like_figure(line.text))):
        return line
    text, tokens, leftmost = line.text, line.tokens, columns[0].start - _SLACK
    if line.tail and line.tail == tokens and tokens[0].figure_end > leftmost:
        return line  # it has no other figures, and none of them is part of the caption
    tokens = find_amounts(text) if tokens is None else tokens
    tail, label_end = split_tail(text, tokens, [column.edge for column in columns], leftmost)
    if tail and not all(_is_year(token) for token in tail):
        return ScannedLine(line.index, text, Shape.FIGURES, tail, label_end, tokens)
    return ScannedLine(line.index, text, Shape.TEXT, (), len(text), tokens)


@dataclass(slots=True)
class _Cluster:
    """Figures that end at about the same column."""

    edges: list[int]
    start: int
    end: int
    rows: set[int]

    def overlap(self, other: "_Cluster") -> int:
        return min(self.end, other.end) - max(self.start, other.start)

    def merge(self, other: "_Cluster") -> None:
        self.edges += other.edges
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)
        self.rows |= other.rows


def find_columns(rows: Sequence[Sequence[Token]]) -> tuple[Span, ...]:
    """The columns of figures: clusters of right edges, joined where they overlap but never share a row."""
    clusters = _edge_clusters(rows)
    _join_overlapping(clusters)
    busiest = max((len(cluster.rows) for cluster in clusters), default=0)
    kept = [c for c in clusters if len(c.rows) >= 2 or busiest <= 3] if busiest > 1 else clusters
    return tuple(Span(c.start, c.end, max(set(c.edges), key=lambda edge: (c.edges.count(edge), edge))) for c in kept)


def _edge_clusters(rows: Sequence[Sequence[Token]]) -> list[_Cluster]:
    tokens = sorted(
        ((token, row) for row, tail in enumerate(rows) for token in tail), key=lambda pair: pair[0].figure_end
    )
    clusters: list[_Cluster] = []
    for token, row in tokens:
        if clusters and token.figure_end - clusters[-1].edges[-1] <= 1 and row not in clusters[-1].rows:
            cluster = clusters[-1]
            cluster.edges.append(token.figure_end)
            cluster.start, cluster.end = min(cluster.start, token.start), max(cluster.end, token.end)
            cluster.rows.add(row)
        else:
            clusters.append(_Cluster([token.figure_end], token.start, token.end, {row}))
    return clusters


def _join_overlapping(clusters: list[_Cluster]) -> None:
    """Join neighbours that overlap and hardly ever stand in one row, the smallest cluster first."""
    while True:
        pairs = [
            (min(len(a.rows), len(b.rows)), -a.overlap(b), position)
            for position, (a, b) in enumerate(itertools.pairwise(clusters))
            if a.overlap(b) > 0 and len(a.rows & b.rows) <= min(len(a.rows), len(b.rows)) // 10
        ]
        if not pairs:
            return
        position = min(pairs)[2]
        clusters[position].merge(clusters.pop(position + 1))


def assign(tail: Sequence[Token], columns: Sequence[Span]) -> tuple[tuple[Token | None, ...], tuple[Token, ...]]:
    """One token (or None) a column, in order, and the tokens that stand in no column."""
    if len(tail) == len(columns):
        return tuple(tail), ()
    best = _cheapest(tuple(tail), tuple(columns))
    cells: list[Token | None] = [None] * len(columns)
    for token, column in zip(tail, best, strict=True):
        if column is not None:
            cells[column] = token
    return tuple(cells), tuple(token for token, column in zip(tail, best, strict=True) if column is None)


_STRAY_COST = 12


def _distance(token: Token, column: Span) -> int:
    off = abs(token.figure_end - column.edge)
    overlaps = min(token.end, column.end) - max(token.start, column.start) > 0
    return min(off, 5) if overlaps else off


def _cheapest(tail: tuple[Token, ...], columns: tuple[Span, ...]) -> list[int | None]:
    """Order-preserving assignment of tokens to columns that moves them least (dynamic programme)."""
    costs = [[0] * (len(columns) + 1)]
    for token in tail:
        row = [costs[-1][0] + _STRAY_COST]
        for position, column in enumerate(columns):
            row.append(
                min(row[-1], costs[-1][position + 1] + _STRAY_COST, costs[-1][position] + _distance(token, column))
            )
        costs.append(row)
    chosen: list[int | None] = [None] * len(tail)
    t, c = len(tail), len(columns)
    while t and c:
        if costs[t][c] == costs[t][c - 1]:
            c -= 1
        elif costs[t][c] == costs[t - 1][c] + _STRAY_COST:
            t -= 1
        else:
            t, c = t - 1, c - 1
            chosen[t] = c
    return chosen
