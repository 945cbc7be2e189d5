"""Undo what a mailer did to a table wider than its lines: the last figures of a row stand on a line of their own.

Such figures are at the left margin, where captions begin, below a line with a caption and figures; those of a table as
it was typed stand under its columns. Mailers broke lines at blanks, so that the blanks are lost and the figures are set
below each other by their last digits, or at a fixed width, wherever that is.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from converter.filing.lines import Lines, LinesBuilder
from converter.filing.traced import in_columns
from converter.vocabulary import MONTH_PREFIXES, Token, expression, find_amounts

_REST = re.compile(r"\n[ \t]{0,12}[$(]{0,2}[.,]?\d[\d,.]{0,20}\)?(?=[ \t]*\n|[ \t]{2,40}[$(\d])")
"""What the rest of a row looks like: a figure at the left margin, alone or before others."""
_SIGNS = frozenset(" $,\t")
_RULE = expression(r" {0,12}[-=_][-=_ ]*")
_RULE_OF_COLUMNS = expression(r" {13,}(?:---|===|___)[-=_ ]*")
_OF_PERIOD = expression(
    rf"(?:{'|'.join(MONTH_PREFIXES)})[a-z]*\.?|\d\d?,?|,|(?:19|20)\d\d|ended|months?|weeks|years?|and|\(?unaudited\)?",
    re.I,
)
"""A word of the rest of a heading."""
_MOST_INDENT = 12
_SHORTEST = 40  # a line behind which another one was broken off, without the blanks at its end
_CAPTION = 24  # columns that captions take, at least
_FEWEST = 3
_MOST_BETWEEN = 12  # lines from one broken row to the next
_HEADING = 12  # lines above the first of them
_GAP = 3


class _Row(NamedTuple):
    """A row broken in two: the index of its first line, the figures at the end of it, and those of the next line.

    `torn`: a figure is broken in two.
    """

    line: int
    figures: tuple[Token, ...]
    rest: tuple[Token, ...]
    torn: bool


def unwrapped(lines: Lines, text: str) -> Lines:
    """Put the rows of broken tables together; `text` is that of all lines, with line ends."""
    if len(list(islice(_REST.finditer(text), _FEWEST))) < _FEWEST:
        return lines
    places: dict[int, int] = {}
    rows = [row for index in range(1, len(lines)) if (row := _row(lines.texts, index))]
    for group in _groups(lines.texts, rows):
        places |= _places(lines.texts, group)
    return _joined(lines, places) if places else lines


def _row(texts: Sequence[str], index: int) -> _Row | None:
    """The row that goes on in a line, which has only figures, all of them where captions begin."""
    text = texts[index]
    bare = text.lstrip()
    if not bare or bare[0] not in "$().,0123456789" or len(text) - len(bare) > _MOST_INDENT:
        return None
    above = texts[index - 1]
    if len(above) < _SHORTEST or above[-1].isalpha():
        return None
    digits = above.rstrip(",.(")
    rest = find_amounts(text.replace(bare[0], " ", 1) if bare[0] == "," else text)
    figures = _last_figures(digits) if bare == ")" or _are_all(text, rest) else ()
    if not figures or (rest and rest[0].end > figures[-1].start) or not _may_be_broken(above, figures[0].start):
        return None
    torn = figures[-1].amount.damaged or len(digits) < len(above) or bare[0] in "),"
    return _Row(index - 1, figures, rest, torn)


def _may_be_broken(text: str, first: int) -> bool:
    """Whether a line has words before its `first` figure, or is a heading, with nothing where captions stand.

    Rows with a number for a caption, such as those of quarters, stand below each other as they were typed.
    """
    caption = text[:first]
    return any(map(str.isalpha, caption)) or (caption.isspace() and first > _CAPTION)


def _are_all(text: str, tokens: Sequence[Token]) -> bool:
    """Whether a line has nothing but figures, one at least."""
    end, between = 0, ""
    for token in tokens:
        between, end = between + text[end : token.start], token.end
    return bool(tokens) and set(between + text[end:]) <= _SIGNS


def _last_figures(text: str) -> tuple[Token, ...]:
    """The figures at the end of a line, behind a caption or where no caption stands."""
    tokens = find_amounts(text)
    end, first = len(text), len(tokens)
    while first and set(text[tokens[first - 1].end : end]) <= _SIGNS:
        first -= 1
        end = tokens[first].start
    return tokens[first:] if tokens and tokens[-1].start > _MOST_INDENT else ()


def _groups(texts: Sequence[str], rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Yield the rows of each table: they follow each other closely, no tag parts them, and years stand above them."""
    group: list[_Row] = []
    for row in rows:
        if group and _begins_another(texts, group[-1], row):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _begins_another(texts: Sequence[str], before: _Row, row: _Row) -> bool:
    if row.line - before.line > _MOST_BETWEEN or (_has_years(row) and not _has_years(before)):
        return True
    return any(text.startswith("<") for text in texts[before.line + 2 : row.line])


def _has_years(row: _Row) -> bool:
    return bool(row.rest) and row.rest[0].amount.is_yearlike


def _places(texts: Sequence[str], group: Sequence[_Row]) -> dict[int, int]:
    """Where the rests of a table are set on the lines before them, by the indexes of these lines; nothing if unsure."""
    if sum(not _has_years(row) for row in group) < _FEWEST:
        return {}
    broken = {row.line for row in group}
    first, last = group[0].line, group[-1].line
    others = [i for i in range(max(0, first - _HEADING), min(last + _GAP, len(texts) - 1)) if i not in broken]
    rules = [i for i in others if _RULE.fullmatch(texts[i + 1]) and _RULE_OF_COLUMNS.fullmatch(texts[i])]
    headings = [i for i in others if i < first and _is_heading(texts[i]) and _is_of_period(texts[i + 1])]
    if _is_cut(group):
        width = max(len(texts[i]) for i in (*broken, *rules))
        return dict.fromkeys((*broken, *rules, *headings), width)
    left, right = Counter((len(row.figures), len(row.rest)) for row in group).most_common(1)[0][0]
    size = left + right
    rows = [
        row
        for row in group
        if row.rest and (len(row.rest) == right or len(row.figures) + len(row.rest) == size or _has_years(row))
    ]
    figures = [_last_figures(texts[i]) for i in others if i >= first]
    whole = Counter(each[-1].figure_end for each in figures if len(each) == size)
    width = max(len(texts[row.line]) for row in rows)
    edge = whole.most_common(1)[0][0] if whole else width + _GAP + max(row.rest[-1].figure_end for row in rows)
    places = {row.line: edge - row.rest[-1].figure_end for row in rows}
    places |= {i: edge - len(texts[i + 1]) for i in rules}
    return places | {i: 0 if _goes_on(texts[i], texts[i + 1]) else edge - len(texts[i + 1]) for i in headings}


def _is_heading(text: str) -> bool:
    """Whether a line may be a heading over columns."""
    return len(text) - len(text.lstrip()) > _MOST_INDENT and not _RULE_OF_COLUMNS.fullmatch(text)


def _is_of_period(text: str) -> bool:
    """Whether a line at the left margin has only words of a date or period."""
    words = text.split()
    return bool(words) and len(text) - len(text.lstrip()) <= _MOST_INDENT and all(map(_OF_PERIOD.fullmatch, words))


def _goes_on(heading: str, rest: str) -> bool:
    """Whether the rest of a heading belongs to its last words: "Years ended", "31,"."""
    return heading.rsplit(maxsplit=1)[-1].islower() or not rest.strip()[0].isupper()


def _is_cut(group: Sequence[_Row]) -> bool:
    """Whether lines were cut at a fixed width: amid figures, or the blanks before the rests are those of a column."""
    if sum(row.torn for row in group) * 2 >= len(group):
        return True
    edges = Counter(row.rest[-1].figure_end for row in group if row.rest)
    indents = {row.rest[0].start for row in group if row.rest}
    return len(indents) > 1 and edges.most_common(1)[0][1] * 5 >= len(group) * 4


def _joined(lines: Lines, places: dict[int, int]) -> Lines:
    builder = LinesBuilder()
    for index, number in enumerate(lines.numbers):
        if index - 1 in places:
            continue
        rich = lines.rich(index)
        if index in places:
            place, rest = places[index], lines.rich(index + 1)
            rich = in_columns([(0, rich), (place, rest)], int(place < len(rich)))
        builder.add(rich, number)
    return builder.lines(lines.char_ends)
