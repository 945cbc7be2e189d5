"""A point typed for the comma that groups digits: "2.171" beside "1,119"."""

from collections.abc import Sequence

from msgspec.structs import replace

from converter.tables.scanning import ScannedLine, Shape
from converter.vocabulary import Token

_GROUP = 3  # digits between commas
_LINES_FOR_EACH = 8


def with_slips(lines: Sequence[ScannedLine]) -> Sequence[ScannedLine]:
    """Read a figure with three decimal places as thousands, and flag it as damaged, if the rest of its row is whole.

    Only where such figures are few, at most one in eight rows and one more, and no other figure has three places.
    """
    rows = [line for line in lines if line.shape is Shape.FIGURES]
    tokens = [token for line in rows for token in line.tail if token.amount.places == _GROUP]
    if not tokens or len(tokens) > 1 + len(rows) // _LINES_FOR_EACH or not all(map(_is_suspect, tokens)):
        return lines
    return [_with_slips(line) if line.shape is Shape.FIGURES else line for line in lines]


def _with_slips(line: ScannedLine) -> ScannedLine:
    if not any(token.amount.grouped for token in line.tail) or any(
        token.amount.places for token in line.tail if token.amount.places != _GROUP
    ):
        return line
    return replace(line, tail=tuple([_as_thousands(token) if _is_suspect(token) else token for token in line.tail]))


def _is_suspect(token: Token) -> bool:
    amount = token.amount
    whole = amount.places == _GROUP and not (amount.grouped or amount.percent or amount.absent)
    return whole and 1 <= abs(amount.value) < 1000


def _as_thousands(token: Token) -> Token:
    value = token.amount.value.scaleb(_GROUP).quantize(1)
    return replace(token, amount=replace(token.amount, value=value, places=0, grouped=True, damaged=True))
