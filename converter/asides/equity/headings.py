"""The words over each column of a statement of equity.

Its headings are narrow stacks of words, often one space apart from those of the next column, and a heading may span a
column of shares and one of amounts. So a line is not matched to the columns as a whole: each word goes to the column
over which it stands, but a segment that names a component of equity goes to all columns below it.
"""

from collections.abc import Iterator, Sequence

from converter.asides.equity.components import names_group
from converter.tables import ColumnSpan, Headings, Segment
from converter.vocabulary import expression

_WORD = expression(r"\S+")
_MARGIN = 1


def column_headings(headings: Headings) -> tuple[str, ...]:
    """Return the words over each column, top to bottom."""
    texts: list[list[str]] = [[] for _ in headings.spans]
    for line in headings.lines:
        for segment in line:
            for column, text in _parts(segment, headings.spans):
                texts[column].append(text)
    return tuple(" ".join(parts) for parts in texts)


def _parts(segment: Segment, spans: Sequence[ColumnSpan]) -> Iterator[tuple[int, str]]:
    below = [i for i in range(len(spans)) if _overlaps(segment.start, segment.end, spans[i])]
    if len(below) < 2:
        column = below[0] if below else _nearest(segment.start, segment.end, spans)
        yield column, segment.text
        return
    if names_group(segment.text):
        for column in below:
            yield column, segment.text
        return
    words: dict[int, list[str]] = {}
    for match in _WORD.finditer(segment.text):
        start, end = segment.start + match.start(), segment.start + match.end()
        words.setdefault(_nearest(start, end, spans), []).append(match[0])
    for column, parts in words.items():
        yield column, " ".join(parts)


def _overlaps(start: int, end: int, span: ColumnSpan) -> bool:
    return start < span.end + _MARGIN and end > span.start - _MARGIN


def _nearest(start: int, end: int, spans: Sequence[ColumnSpan]) -> int:
    """Return the column whose figures stand nearest below the middle of a text."""
    middle = (start + end) / 2
    return min(range(len(spans)), key=lambda i: (max(spans[i].start - middle, middle - spans[i].end, 0), i))
