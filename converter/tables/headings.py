"""Read the column headings of a table: match the text above it to its columns of figures."""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from msgspec import Struct

from converter.tables.alignment import ColumnSpan
from converter.tables.caption_text import is_heading
from converter.tables.scanning import ScannedLine, Shape
from converter.vocabulary import has_any, lists_lengths, read_dates, read_mention


class Segment(Struct, frozen=True, gc=False):
    """A part of a heading line on the columns of text [start, end)."""

    text: str
    start: int
    end: int


class Headings(Struct, frozen=True, dict=True):
    """The heading of a table.

    `labels` are the texts over the captions, one per line; `lines` are the texts over the columns of figures, which
    are at `spans`. The first `end` lines of the zone belong to title and heading; the body of the table follows.
    """

    labels: tuple[str, ...]
    end: int
    spans: tuple[ColumnSpan, ...] = ()
    lines: tuple[tuple[Segment, ...], ...] = ()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The text over each column, top to bottom. Computed on first access, as most tables are not read."""
        texts: list[list[str]] = [[] for _ in self.spans]
        references = _references(self.lines, self.spans)
        for column, text in references.items():
            texts[column].append(text)
        others = [column for column in range(len(self.spans)) if column not in references]
        spans = [self.spans[column] for column in others]
        lines = [[s for s in line if not (references and _REFERENCE.fullmatch(s.text))] for line in self.lines]
        dates = _own_dates(lines, len(spans))
        filled = [line for line in lines if line]
        groups = [_match(segments, spans, dates) for segments in filled]
        for upper, lower in pairwise(range(len(filled))):
            groups[upper] = _over_words(filled[upper], groups[upper], filled[lower], groups[lower])
        for segments, of_line in zip(filled, groups, strict=True):
            for segment, group in zip(segments, of_line, strict=True):
                for column in group:
                    texts[others[column]].append(segment.text)
        return tuple(" ".join(parts) for parts in texts)


_SEGMENT = re.compile(r"\S++(?>(?: \S++)*)")
_OTHER = re.compile(r"other", re.I)
"""A usual heading of a section, but over a column the first word of its heading."""
_COUNT_WORDS = ("month", "week", "ended")
_WORD = re.compile(r"\w|%")
_LINK = re.compile(r"\b(?:and|to|through)\b", re.I)
_REFERENCE = re.compile(r"(?:notes?(?:\s+(?:nos?\.?|number|reference))?|ref(?:erence|\.)?):?", re.I)
_AND = re.compile(r"\band\b", re.I)
_S_TAG = re.compile(r"\s*<S>", re.I)
_RULES = re.compile(r"[-=_–—]{2,}(?: [-=_–—]{2,})*")
_COUNTED_SEGMENT = re.compile(
    r"(?:(?:for\s+the\s+)?(?:three|six|nine|twelve|thirteen|twenty-six|thirty-nine|fifty-two|"
    r"fifty-three|year|quarter|\d\d?)\s{1,3}"
    r"(?:months?|weeks?|ended)\b|\S+)(?: \S+)*",
    re.I,
)
_RULE = re.compile(r"[-=_–—][-=_–—\s]+\Z")
_FIRST_OF_RULES = frozenset("-=_–—")
_MAX_SEGMENTS = 100  # a line of more is no heading
_WORDS, _WHOLE = re.compile(r"\S+"), re.compile(r".+")
_FEWEST_APART = 2
_REACH = 14  # a heading may start this far left of its figures
_UNCOVERED_COST = 2
_UNMATCHED_COST = 40.0
_LONGEST_DATE = 18
_MOST_ASIDE = 4  # twice the columns of text between the middles of words right over each other


def read_headings(zone: Sequence[ScannedLine], columns: Sequence[ColumnSpan]) -> Headings:
    """Read the headings in the lines above a table, and match them to its columns.

    Each line is split into segments at two or more spaces. The segments are matched to groups of neighbouring columns
    by least distance; a segment may span several columns.
    """
    if not columns:
        return Headings((), 0)
    lines: list[tuple[Segment, ...]] = []
    labels: list[str] = []
    end = 0
    for position, line in enumerate(zone):
        if line.shape in (Shape.BLANK, Shape.TAG, Shape.PAGE, Shape.RULER):
            if line.shape is Shape.TAG and _S_TAG.match(line.text) and end:
                end = position + 1
            continue
        if _is_left_of_columns(line, columns):
            continue
        over_labels, over_columns = _split_line(line, columns)
        if not over_columns:
            continue
        end = position + 1
        if len(over_columns) == 1 and not over_labels and _is_of_all_columns(over_columns[0].text):
            continue
        if over_labels:
            labels.append(" ".join(segment.text for segment in over_labels))
        ruler = zone[position + 1] if position + 1 < len(zone) and zone[position + 1].shape is Shape.RULER else None
        lines.append(tuple(_ruled_spans(over_columns, ruler)))
    while end < len(zone) and zone[end].shape in (Shape.RULER, Shape.BLANK):
        end += 1
    return Headings(tuple(labels), end, tuple(columns), tuple(lines))


def _references(lines: Sequence[Sequence[Segment]], columns: Sequence[ColumnSpan]) -> dict[int, str]:
    """The columns of references to notes, with what stands over them; no other heading is meant for these."""
    references = {}
    for segment in (segment for line in lines for segment in line if _REFERENCE.fullmatch(segment.text)):
        nearest = min(range(len(columns)), key=lambda column: _distance(segment, columns[column], columns[column]))
        references[nearest] = segment.text
    return references if len(references) < len(columns) else {}


def _is_of_all_columns(text: str) -> bool:
    """Whether a line is a title that names the years or the lengths of the periods of all columns.

    "Years ended June 30, 1993, 1992 and 1991", "Nine and three months ended".
    """
    if lists_lengths(text):
        return True
    years = [date.year for date in read_dates(text) if date.year is not None]
    return len(years) > 1 and years == sorted(set(years), reverse=years[0] > years[-1]) and bool(_AND.search(text))


def _is_left_of_columns(line: ScannedLine, columns: Sequence[ColumnSpan]) -> bool:
    """Whether a line is a single segment that starts too far left to be a heading, as lines of prose do."""
    bare = line.text.strip()
    return "  " not in bare and line.indent < columns[0].start - _REACH


def _split_line(line: ScannedLine, columns: Sequence[ColumnSpan]) -> tuple[list[Segment], list[Segment]]:
    """Split a line into the segments over the captions and those over the columns."""
    parts = (_COUNTED_SEGMENT if has_any(line.text.lower(), _COUNT_WORDS) else _SEGMENT).finditer(line.text)
    found = [Segment(part[0], *part.span()) for part in parts]
    segments = [s for s in found if s.text[0] not in _FIRST_OF_RULES or not _RULE.match(s.text)]
    if len(segments) > _MAX_SEGMENTS:
        return [], []
    if _one_date_each(segments, columns):
        return [], segments
    over = [s for s in segments if s.start >= columns[0].start - _REACH]
    headings = [is_heading(s.text) and not (_OTHER.fullmatch(s.text) and _covered(s, columns)) for s in over]
    if any(headings):
        plain = not all(headings)
        over = [s for s, heading in zip(over, headings, strict=True) if not heading or (plain and _covered(s, columns))]
    if any(_covered(segment, columns) > 1 for segment in over):
        over = [part for segment in over for part in _split_dates(segment, columns)]
        over = _split_words(over, columns)
    if over and (over[0].end < columns[0].start or not any(_WORD.search(s.text) for s in over)):
        over = [s for s in over if s.end >= columns[0].start]
    left = [s for s in segments if s.start < columns[0].start - _REACH]
    if left and len(left) == len(segments):
        return left, []
    return left, over


def _one_date_each(segments: Sequence[Segment], columns: Sequence[ColumnSpan]) -> bool:
    """Whether a line consists of one date for each of several columns, wherever the dates are placed."""
    if len(segments) != len(columns) or len(columns) < 2:
        return False
    return all(len(s.text) <= _LONGEST_DATE and len(read_dates(s.text)) == 1 for s in segments)


def _covered(segment: Segment, columns: Sequence[ColumnSpan]) -> int:
    """Return the number of columns that a segment overlaps."""
    return sum([c.start < segment.end and segment.start < c.end for c in columns])


def _split_dates(segment: Segment, columns: Sequence[ColumnSpan]) -> list[Segment]:
    """Split a segment over several columns at its dates, which are separated by single spaces."""
    covered = _covered(segment, columns)
    if covered < 2 or _LINK.search(segment.text):
        return [segment]
    dates = read_dates(segment.text)
    if len(dates) < 2 or len(dates) > covered:
        return [segment]
    cuts = [0, *(date.start for date in dates[1:]), len(segment.text)]
    parts = [(cuts[i], cuts[i + 1]) for i in range(len(cuts) - 1)]
    return [Segment(segment.text[a:b].strip(), segment.start + a, segment.start + b) for a, b in parts]


def _split_words(segments: list[Segment], columns: Sequence[ColumnSpan]) -> list[Segment]:
    """Split the segments over several columns at single spaces, if that makes one heading for each column of the line.

    Two headings of a line must be set apart widely enough to show that there is one for each column.
    """
    wide = [segment for segment in segments if _covered(segment, columns) > 1 and not _mentions_period(segment.text)]
    if not wide or len(segments) - len(wide) < _FEWEST_APART:
        return segments
    parts = [
        Segment(word[0], segment.start + word.start(), segment.start + word.end())
        for segment in segments
        for word in (_WORDS if segment in wide else _WHOLE).finditer(segment.text)
    ]
    if len(parts) != len(columns):
        return segments
    overlap = all(min(p.end, c.end) > max(p.start, c.start) for p, c in zip(parts, columns, strict=True))
    return parts if overlap else segments


def _ruled_spans(segments: list[Segment], ruler: ScannedLine | None) -> list[Segment]:
    """Extend the segments to the rules under them, if there is one under each."""
    if ruler is None:
        return segments
    runs = [m.span() for m in _RULES.finditer(ruler.text)]
    runs = [run for run in runs if run[1] > segments[0].start - _REACH]
    if len(runs) != len(segments):
        return segments
    if any(min(s.end, b) - max(s.start, a) <= 0 for s, (a, b) in zip(segments, runs, strict=True)):
        return segments
    return [Segment(s.text, min(s.start, a), max(s.end, b)) for s, (a, b) in zip(segments, runs, strict=True)]


def _own_dates(lines: Sequence[Sequence[Segment]], columns: int) -> tuple[str, ...]:
    """Return the date texts of the columns in the lowest line with a date for each column; empty without one."""
    for segments in reversed(lines):
        texts = tuple(segment.text for segment in segments)
        if len(texts) == columns and len(set(texts)) > 1 and all(read_dates(text) for text in texts):
            return texts
    return ()


def _groups_by_dates(segments: Sequence[Segment], columns: Sequence[ColumnSpan], dates: Sequence[str]) -> list[range]:
    """Group the columns by dates that repeat under each segment, as in "1996 1995 1996 1995"; empty if they do not.

    Such dates take precedence over the distance, as headings are often not aligned with their columns.
    """
    size, left_over = divmod(len(dates), len(segments))
    if len(segments) < 2 or left_over or len(set(dates[:size])) < max(size, 2):
        return []
    groups = [range(first, first + size) for first in range(0, len(dates), size)]
    if any([dates[column] for column in group] != list(dates[:size]) for group in groups):
        return []
    overlap = all(
        segment.start < columns[group[-1]].end and segment.end > columns[group[0]].start
        for segment, group in zip(segments, groups, strict=True)
    )
    return groups if overlap else []


def _match(segments: Sequence[Segment], columns: Sequence[ColumnSpan], dates: Sequence[str] = ()) -> list[range]:
    """Return the group of neighbouring columns under each segment, with the least total distance.

    Uses dynamic programming. `dates` are the date texts of the columns, if each has one.
    """
    if groups_by_dates := _groups_by_dates(segments, columns, dates):
        return groups_by_dates
    n = len(columns)
    if _one_date_each(segments, columns):
        return [range(column, column + 1) for column in range(n)]
    uncovered = _costs_of_uncovered(segments, columns)
    costs: list[float] = list(accumulate(uncovered, initial=0))  # least cost of the first columns
    choices: list[list[int]] = []  # where the group that ends at each column starts; -1 if the column has no segment
    for segment in segments:
        row: list[float] = []
        row_choices: list[int] = []
        for right in range(n + 1):
            cost, choice = costs[right] + _UNMATCHED_COST, right
            if right and row[-1] + uncovered[right - 1] < cost:
                cost, choice = row[-1] + uncovered[right - 1], -1
            for left in range(right):
                if costs[left] < cost:
                    matched = costs[left] + _distance(segment, columns[left], columns[right - 1])
                    if matched < cost:
                        cost, choice = matched, left
            row.append(cost)
            row_choices.append(choice)
        costs = row
        choices.append(row_choices)
    return _chosen_groups(choices)


def _costs_of_uncovered(segments: Sequence[Segment], columns: Sequence[ColumnSpan]) -> list[int]:
    """What it costs to leave each column of a line without a heading: more where a heading, or its rule, is over it."""
    if not any(_mentions_period(segment.text) for segment in segments):
        return [0] * len(columns)
    return [
        _UNCOVERED_COST * (3 if any(s.start <= c.start and c.end <= s.end for s in segments) else 1) for c in columns
    ]


def _chosen_groups(choices: Sequence[Sequence[int]]) -> list[range]:
    """Return the groups of the segments, from right to left what was chosen for each (-1 for a column without one)."""
    groups = []
    right = len(choices[-1]) - 1 if choices else 0
    for row in reversed(choices):
        while row[right] < 0:
            right -= 1
        groups.append(range(row[right], right) if row[right] < right else range(0))
        right = row[right]
    return groups[::-1]


def _over_words(
    upper: Sequence[Segment], groups: Sequence[range], lower: Sequence[Segment], lower_groups: Sequence[range]
) -> list[range]:
    """The groups of the segments of a line, of which one right over a word of one column belongs to that column alone.

    "Pro Forma" over "Adjustments" is no heading of the columns beside it, too; one over a date may be.
    """
    found = list(groups)
    for position, segment in enumerate(upper):
        if len(groups[position]) < 2 or _mentions_period(segment.text):
            continue
        for word, group in zip(lower, lower_groups, strict=True):
            aside = abs(segment.start + segment.end - word.start - word.end)
            if aside <= _MOST_ASIDE and len(group) == 1 and len(lower) > 1 and not _mentions_period(word.text):
                found[position] = group
    return found


def _mentions_period(text: str) -> bool:
    """Whether a text mentions a period, so that it may apply to more columns than those directly below it."""
    mention = read_mention(text)
    return bool(mention.dates) or mention.months is not None or mention.weeks is not None


def _distance(segment: Segment, first: ColumnSpan, last: ColumnSpan) -> float:
    """Return the distance of a segment from the group of columns from `first` to `last`."""
    centre = abs((segment.start + segment.end) / 2 - (first.start + last.end) / 2)
    if first is last:
        return min(centre, abs(segment.end - last.end) + 0.5, abs(segment.start - first.start) + 0.5)
    return min(centre, abs(segment.end - last.end) + 0.5 if segment.start <= first.end else 99)
