"""What is printed in the lines of a table: figures typed in two pieces, and figures that are in no row."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice, pairwise

from msgspec.structs import replace

from converter.tables import Block, FigureCell, ScannedLine, Shape, TableRow
from converter.vocabulary import Amount, Token, expression, find_amounts

_DIGIT = expression(r"\d")
_LETTER = expression(r"[^\W\d_]")
_GROUP = 3  # digits between commas
_PIECE = expression(r"\S+(?: \S+)*")
_LONGEST_PIECE, _MOST_PIECES = 16, 1_000  # of a line; one of more numbers is none of a table
_LIKE_FIGURE = expression(r"\d[,'’]\d|[$€£¥] ?[.,]?\d|[½¼¾⅓⅔⅛⅜⅝⅞]|<\d|\d [mb]illion")


def mark_torn_figures(rows: Sequence[TableRow]) -> tuple[TableRow, ...]:
    """Mark figures whose first digits stand apart ("1 5,044") as unreadable: neither piece is the figure.

    The pieces are one space apart, the first is under no column, and together they are one number with commas.
    """
    return tuple([_with_torn_figures(row) if row.stray else row for row in rows])


def _with_torn_figures(row: TableRow) -> TableRow:
    stray = list(row.stray)
    cells = list(row.cells)
    for i, cell in enumerate(cells):
        first = next((piece for piece in stray if cell is not None and _are_pieces(piece.token, cell.token)), None)
        if cell is not None and first is not None:
            stray.remove(first)
            amount = Amount(cell.token.amount.value, absent=True, damaged=True)
            cells[i] = FigureCell(cell.line, replace(cell.token, start=first.token.start, amount=amount))
    return replace(row, cells=tuple(cells), stray=tuple(stray)) if len(stray) < len(row.stray) else row


def _are_pieces(first: Token, rest: Token) -> bool:
    a, b = first.amount, rest.amount
    bare = not (a.dash or a.places or a.bracketed or a.percent or a.mark or a.absent or a.grouped or a.value < 0)
    if not bare or not b.grouped or b.absent or b.currency or b.bracketed or first.end + 1 != rest.start:
        return False
    leading = len(str(int(abs(b.value)))) % _GROUP or _GROUP
    return len(str(int(a.value))) + leading <= _GROUP


def figures_in_no_row(block: Block, rows: Sequence[TableRow]) -> Iterator[FigureCell]:
    """Yield the figures in the lines of a table, where its columns stand, that are neither in a cell nor stray.

    In lines without words they may stand anywhere: a row was broken there.

    Only the lines from the first row to the last count; bare years and lone placeholders are no figures.
    """
    cells = [cell for row in rows for cell in row.printed]
    if not cells:
        return
    placed = _Places(cells)
    first, last = min(cell.line for cell in cells), max(cell.line for cell in cells)
    left = block.columns[0].start
    for line, below in pairwise((*block.lines, None)):
        assert line is not None
        if first <= line.index <= last:
            alone = _is_without_words(line, below)
            for token in _tokens(line, 0 if alone else left):
                outside = token.figure_end <= left and not (alone and token.amount.grouped)
                if outside or _is_in_caption(line, token) or _is_no_figure(token):
                    continue
                if not placed.cover(line.index, token.start):
                    yield FigureCell(line.index, token)
            for token in _unreadable(line, left):
                yield FigureCell(line.index, token)


def _is_without_words(line: ScannedLine, below: ScannedLine | None) -> bool:
    """Whether a line of figures is no row, and no part of a caption that goes on below it."""
    goes_on = (below is not None and below.text.lstrip()[:1].islower()) or line.text.rstrip().endswith(",")
    return line.shape is Shape.TEXT and not goes_on and not _LETTER.search(line.text)


def _unreadable(line: ScannedLine, left: int) -> Iterator[Token]:
    """Yield what looks like a figure, set apart where the columns stand, but cannot be read: "1'234", "$1,234K"."""
    text = line.text
    if line.shape not in (Shape.FIGURES, Shape.TEXT) or not _LIKE_FIGURE.search(text):
        return
    tokens = find_amounts(text) if line.tokens is None else line.tokens
    read = [token for token in tokens if token.figure_end > left or token.amount.is_yearlike]
    indent = line.indent
    for piece in islice(_PIECE.finditer(text), _MOST_PIECES):
        start, end = piece.span()
        if end <= left or end - start > _LONGEST_PIECE or not (indent < start or start >= left):
            continue
        if not any(start < token.end and token.start < end for token in read) and _LIKE_FIGURE.search(piece[0]):
            yield Token(start, end, end, Amount(Decimal(0), absent=True, damaged=True))


class _Places:
    """Where cells stand, by line."""

    def __init__(self, cells: Iterable[FigureCell]) -> None:
        self._starts = {(cell.line, cell.token.start) for cell in cells}
        self._tokens: dict[int, list[Token]] = {}
        for cell in cells:
            self._tokens.setdefault(cell.line, []).append(cell.token)

    def cover(self, line: int, column: int) -> bool:
        """Whether a cell stands at a column of a line."""
        if (line, column) in self._starts:
            return True
        return any(token.start <= column < token.end for token in self._tokens.get(line, ()))


def _tokens(line: ScannedLine, left: int) -> Sequence[Token]:
    if line.shape not in (Shape.FIGURES, Shape.TEXT) or not _DIGIT.search(line.text, left):
        return ()
    return find_amounts(line.text) if line.tokens is None else line.tokens


def _is_in_caption(line: ScannedLine, token: Token) -> bool:
    """Whether a token is in a caption that stands between figures."""
    return bool(line.tail) and line.tail[0].end <= line.indent <= token.start < line.label_end


def _is_no_figure(token: Token) -> bool:
    amount = token.amount
    return amount.is_yearlike or amount.dash or (amount.absent and not amount.damaged)
