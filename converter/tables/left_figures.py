"""Read tables whose captions stand between their figures: one year on the left, the other on the right."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from converter.tables.scanning import ScannedLine, Shape
from converter.vocabulary import Token, find_amounts

_LETTER = re.compile(r"[A-Za-z]")
_FIRST_OF_FIGURES = frozenset("$(-0123456789")
_SIGNS = frozenset(" $()|.\t")
_FEWEST_ROWS = 3
_LONGEST_HEADING = 12  # lines above the figures


def find_caption_start(zone: Sequence[ScannedLine], lines: Sequence[ScannedLine]) -> int | None:
    """Return the column at which the captions start, if figures stand left of them; else None.

    Most rows must begin with an amount of several groups of digits, all of these left of all captions, and a line of
    the `zone` above must have years on both sides.
    """
    figures = [line for line in lines if line.shape is Shape.FIGURES]
    likely = [line for line in figures if line.text.lstrip()[:1] in _FIRST_OF_FIGURES]
    if len(likely) < _FEWEST_ROWS:
        return None
    figures, likely = ([line for line in found if line.label] for found in (figures, likely))
    if len(likely) < _FEWEST_ROWS or len(likely) * 2 < len(figures):
        return None
    found = [(left[-1].end, start) for line in likely if (start := _start(line.text)) and (left := _left(line, start))]
    if len(found) < _FEWEST_ROWS or len(found) * 2 < len(figures):
        return None
    end, start = max(end for end, _ in found), min(start for _, start in found)
    above = [find_amounts(line.text) for line in zone[-_LONGEST_HEADING:]]
    return start if end < start and any(_has_years_on_both_sides(tokens, start) for tokens in above) else None


def with_left_figures(line: ScannedLine, start: int) -> ScannedLine:
    """A line with the figures that stand left of the column `start` among those of its tail, not in its caption."""
    letter = _start(line.text)
    if line.shape not in (Shape.FIGURES, Shape.TEXT) or letter < start or line.text[:1].isalpha():
        return line
    tokens = find_amounts(line.text) if line.tokens is None else line.tokens
    left = tuple(token for token in tokens if token.end < start)
    if not left or line.tail[:1] == left[:1]:
        return line
    text = " " * start + line.text[start:]
    return replace(line, shape=Shape.FIGURES, text=text, tail=left + line.tail, tokens=tokens)


def _start(text: str) -> int:
    """The column of the first letter, 0 if there is none."""
    letter = _LETTER.search(text)
    return letter.start() if letter else 0


def _left(line: ScannedLine, start: int) -> tuple[Token, ...]:
    """The figures left of the first letter, at `start`, if nothing else is there and a gap behind them."""
    tokens = find_amounts(line.text) if line.tokens is None else line.tokens
    left = tuple(token for token in tokens if token.end <= start)
    if not line.text[:start].endswith("  ") or not any(token.amount.grouped for token in left):
        return ()
    rest, end = "", 0
    for token in left:
        rest, end = rest + line.text[end : token.start], token.end
    return left if set(rest + line.text[end:start]) <= _SIGNS else ()


def _has_years_on_both_sides(tokens: Sequence[Token], start: int) -> bool:
    years = [token for token in tokens if token.amount.is_yearlike]
    return bool(years) and years[0].figure_end <= start and years[-1].start > start
