"""Table -> Draft: its title, headings, rows, kind, scale and periods, before tables are compared."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from converter.statements.calendar import Calendar
from converter.statements.classification import LIKELY_SCORE, Classification, classify, content_scores
from converter.statements.columns import ColumnPeriod, read_columns
from converter.statements.currencies import currencies_of, reporting_currency, without_currency
from converter.statements.model import StatementKind
from converter.statements.names import without_periods
from converter.statements.percentages import percentage_columns
from converter.statements.scale import Scale, read_scale
from converter.tables import (
    Block,
    Headings,
    ScannedLine,
    Shape,
    TableRow,
    read_headings,
    read_rows,
    read_title,
    without_nesting,
)
from converter.vocabulary import UnreadReason, expression, keyword_pattern, read_dates, wording

_MAX_TITLE_LINES = 14
_MOST_HEADING_LINES = 8  # without a title
_MAX_DISTANCE = 45  # lines between the parts of one statement
_PROSE_LENGTH = 60  # a longer line of text is prose
_MOST_TITLES_BETWEEN = 6  # lines between the parts of one table
_SAME_EDGE = 2
_WIDE_GAP = expression(r"\s{3}")
_PARTIAL = keyword_pattern(
    "segment|geographic|forma|parent|guarantor|subsidiary",
    r"segment|geographic|pro[\s-]*forma|parent\s+company|guarantor|subsidiary",
)


class TableHead(Struct, frozen=True):
    """The lines above the rows of a table, which give the periods of its columns and its scale.

    A table that goes on below a title line without a heading has the lines `above` the first of its parts as well.
    """

    headings: Headings
    zone: tuple[ScannedLine, ...]
    calendar: Calendar
    above: tuple[ScannedLine, ...] = ()

    @property
    def currency(self) -> str:
        """The currency that the headings of the columns name, that of most of them; "" if none names one."""
        return reporting_currency(self.headings.columns)

    def columns(self, kind: StatementKind, percentages: Sequence[bool]) -> tuple[ColumnPeriod, ...]:
        """Read the columns of a statement of this kind.

        Those marked in `percentages`, and those translated into another currency, get no period.
        """
        titles = [*_title_texts(self.zone), *_title_texts(self.above)]
        headings = self.headings.columns
        currencies = currencies_of(headings)
        translated = len({*currencies} - {""}) > 1
        texts = [without_currency(heading) for heading in headings] if translated else headings
        columns = read_columns(kind, texts, self.headings.labels, titles, self.calendar)
        result = []
        for column, heading, currency, percent in zip(columns, headings, currencies, percentages, strict=True):
            if percent:
                column = ColumnPeriod(column.heading, None, UnreadReason.PERCENTAGES)
            elif translated and currency not in ("", self.currency) and column.reason is None:
                column = ColumnPeriod(heading, None, UnreadReason.OTHER_CURRENCY)
            result.append(column)
        return tuple(result)

    def scale(self, texts: Sequence[str]) -> Scale | None:
        """Read the scale from the last of these texts above the table and from its headings."""
        own = read_scale([*texts[-_MAX_TITLE_LINES:], *self.headings.labels])
        above = [line.text.strip() for line in self.above if line.shape in (Shape.TEXT, Shape.YEARS)]
        return own or read_scale(above[-_MAX_TITLE_LINES:])


class Draft(Struct, frozen=True):
    """A table as read from itself and the table before it; `kind` is None if it is no primary statement."""

    block: Block
    head: TableHead
    kind: StatementKind | None
    title: str
    titled: bool  # a line above names the statement
    continues: bool  # the table continues the previous statement
    reason: str  # why the table is no primary statement
    texts: tuple[str, ...]  # title and heading lines
    scale: Scale | None  # as the texts state it; None for a table that is no statement
    columns: tuple[ColumnPeriod, ...]
    rows: tuple[TableRow, ...]
    scores: Mapping[StatementKind, int]  # how well the captions fit each statement
    named: StatementKind | None = None  # the statement that the title names, if the captions do not confirm it
    presumed: bool = False  # read as what the title names

    @property
    def likeness(self) -> int:
        """The score of the primary statement that the captions fit best."""
        return max(self.scores.values())

    @property
    def best_kind(self) -> StatementKind:
        """The primary statement that the captions fit best."""
        return max(self.scores, key=lambda kind: self.scores[kind])


def draft_statement(block: Block, previous: Draft | None, calendar: Calendar, above: Draft | None = None) -> Draft:
    """Read one table, see `read_table`, and tell its kind, see `classified`."""
    return classified(read_table(block, calendar, above), previous)


def read_table(block: Block, calendar: Calendar, above: Draft | None = None) -> Draft:
    """Read the headings and rows of a table, whatever it is.

    `above` is the table before it, of whatever kind: a title line in the middle of a table begins another one, whose
    columns are those of the first.
    """
    zone = _after_last_break(block.zone)
    headings, rows = _read_body(zone, block)
    single = without_nesting(rows, block.columns)
    if single is not None:
        block = replace(block, columns=single.columns)
        headings, rows = _read_body(zone, block)[0], single.rows
    head = TableHead(headings, zone, calendar)
    if above is not None and not any(headings.lines) and _is_in_one_table(above.block, block):
        head = replace(head, headings=above.head.headings, above=(*above.head.above, *above.head.zone))
    texts = tuple(line.text.strip() for line in zone if line.shape in (Shape.TEXT, Shape.YEARS))
    return Draft(
        block=block,
        head=head,
        kind=None,
        title="",
        titled=False,
        continues=False,
        reason="",
        texts=texts,
        scale=None,
        columns=(),
        rows=rows,
        scores=content_scores(_captions(rows)),
    )


def classified(draft: Draft, previous: Draft | None) -> Draft:
    """Tell what table a draft is; a continuation takes what it lacks from the `previous` table of a statement."""
    return _classify(draft, previous, classify(draft.head.zone, draft.scores, draft.rows))


def _read_body(zone: Sequence[ScannedLine], block: Block) -> tuple[Headings, tuple[TableRow, ...]]:
    """Read the headings of a table from the lines above it, and its rows."""
    below_title = _below_title(zone)
    headings = read_headings(below_title, block.columns)
    body = len(zone) - len(below_title) + headings.end
    if not any(headings.lines):  # the title may stand below them
        headings = replace(read_headings(zone[: len(zone) - len(below_title)], block.columns), labels=headings.labels)
    return headings, read_rows((*zone[body:], *block.lines), block.columns)


def _is_in_one_table(above: Block, block: Block) -> bool:
    """Whether a title line parts two blocks, with no date below it, and their columns have the same right edges."""
    if len(above.columns) != len(block.columns) or block.lines[0].index - above.lines[-1].index > _MOST_TITLES_BETWEEN:
        return False
    between = [line for line in block.zone if line.shape is not Shape.BLANK]
    if not between or read_title(between[0].text) is None:
        return False
    if any(line.shape is not Shape.TEXT or read_dates(line.text) for line in between):
        return False
    pairs = zip(above.columns, block.columns, strict=True)
    return all(abs(first.edge - second.edge) <= _SAME_EDGE for first, second in pairs)


def likely_statement(draft: Draft) -> Draft | None:
    """Read a table as the statement whose captions it shares, even if it is no primary statement.

    Return None if it shares too few, if all its columns are percentages, or if it is about a part of the company or
    pro forma.
    """
    if is_partial_or_pro_forma(draft):
        return None
    kind = draft.kind or draft.best_kind
    if all(percentage_columns(draft.block, draft.rows)) or draft.scores[kind] < LIKELY_SCORE:
        return None
    return replace(
        draft,
        kind=kind,
        title=draft.title or kind.words,
        columns=columns_for_kind(draft, kind),
        scale=draft.scale or draft.head.scale(draft.texts),
    )


def is_partial_or_pro_forma(draft: Draft) -> bool:
    """Whether the lines above a table name segments, a parent, guarantors or subsidiaries, or pro forma figures."""
    return _name_parts(draft.texts[-_MAX_TITLE_LINES:])


@lru_cache(maxsize=1024)
def _name_parts(texts: tuple[str, ...]) -> bool:
    return any(map(_PARTIAL.search, texts))


def columns_for_kind(draft: Draft, kind: StatementKind) -> tuple[ColumnPeriod, ...]:
    """Read the columns of a table as those of a statement of this kind."""
    return draft.head.columns(kind, percentage_columns(draft.block, draft.rows))


def as_named(draft: Draft, previous: Draft | None = None) -> Draft:
    """Read a table as the statement that its title names, as a further page of the `previous` one if there is one."""
    if draft.named is None:
        return draft
    columns, continues = columns_for_kind(draft, draft.named), draft.continues or previous is not None
    scale = draft.head.scale(draft.texts)
    draft = replace(draft, kind=draft.named, named=None, reason="", presumed=True)
    draft = replace(draft, columns=columns, scale=scale, continues=continues)
    return draft if previous is None else _inherit_columns_and_scale(draft, previous)


def is_further_page(draft: Draft, first: Draft) -> bool:
    """Whether a table goes on with the statement on the page before, which has as many columns and other rows.

    If it has a title, the captions of one of the two need not confirm it.
    """
    kind = draft.kind or (None if first.presumed else draft.named)
    if kind is None or kind is not first.kind or len(draft.block.columns) != len(first.block.columns):
        return False
    return draft.continues or (draft.titled and not _repeats_rows(first, draft.rows, len(draft.rows) // 5))


def scale_above(draft: Draft) -> Scale | None:
    """Return the scale that the lines above a table state, whatever its kind."""
    return draft.scale or read_scale(draft.texts[-_MAX_TITLE_LINES:])


def _classify(draft: Draft, previous: Draft | None, classification: Classification) -> Draft:
    """Set kind and columns of a draft, by its own title and captions or as a continuation of `previous`."""
    percentages = percentage_columns(draft.block, draft.rows)
    kind, reason = classification.kind, classification.reason
    columns: tuple[ColumnPeriod, ...] = ()
    as_previous: tuple[ColumnPeriod, ...] = ()
    continues = stacked = False
    if all(percentages):
        kind, reason = None, "its figures are percentages"
    elif previous is not None and previous.kind is not None and _is_near(previous, draft.block, classification):
        same_rows, fits = _has_same_rows(previous, draft.rows), _fits_best(draft, previous.kind)
        as_previous = draft.head.columns(previous.kind, percentages) if same_rows or fits else ()
        bare = not any(column.heading for column in as_previous)
        stacked = same_rows and _has_new_periods(as_previous, previous)
        continues = stacked or (fits and _repeats_few_rows(previous, draft, bare))
        kind = previous.kind if continues and kind is None else kind
    if kind is not None:
        of_previous = as_previous and previous is not None and kind is previous.kind
        columns = as_previous if of_previous else draft.head.columns(kind, percentages)
    draft = replace(
        draft,
        kind=kind,
        scale=None if kind is None else draft.head.scale(draft.texts),
        title=classification.title or (kind.words if kind is not None else ""),
        titled=classification.titled,
        continues=continues,
        reason=reason,
        columns=columns,
        named=classification.named,
    )
    if stacked and previous is not None and kind is previous.kind and not classification.title:
        draft = replace(draft, title=previous.title, titled=previous.titled)  # one title for both
    return draft if previous is None or previous.kind is not kind else _inherit_columns_and_scale(draft, previous)


def _captions(rows: Sequence[TableRow]) -> list[str]:
    return [*(row.label for row in rows), *(section for row in rows for section in row.sections)]


def _inherit_columns_and_scale(draft: Draft, previous: Draft) -> Draft:
    """Take columns and scale from the previous table: the next page often repeats neither headings nor scale.

    A page that goes on without a title may have the year of a running head over one of its columns.
    """
    lacking = [c.period is None for c in draft.columns]
    partly = draft.continues and not draft.titled and all(c.period for c in previous.columns) and any(lacking)
    if (all(lacking) or partly) and len(previous.columns) == len(draft.columns):
        draft = replace(draft, columns=previous.columns)
    elif not any(without_periods(c.heading) for c in draft.columns) and any(c.part for c in previous.columns):
        draft = replace(draft, columns=_with_parts(draft.columns, previous.columns))
    if draft.scale is None and draft.continues:
        draft = replace(draft, scale=previous.scale)
    return draft


def _with_parts(columns: Sequence[ColumnPeriod], named: Sequence[ColumnPeriod]) -> tuple[ColumnPeriod, ...]:
    """Columns without names, all of one period, with those of as many columns of one period above them."""
    if len(columns) != len(named) or any(len({column.period for column in group}) > 1 for group in (columns, named)):
        return tuple(columns)
    pairs = zip(columns, named, strict=True)
    return tuple(replace(column, heading=name.heading, part=name.part) for column, name in pairs)


def _fits_best(draft: Draft, kind: StatementKind) -> bool:
    """Whether the rows of a draft fit a kind of statement, and no other one better."""
    return draft.scores[kind] >= 2 and draft.scores[kind] >= draft.likeness


def _repeats_few_rows(previous: Draft, draft: Draft, bare: bool) -> bool:
    """Whether the rows of a draft hardly repeat long captions of the previous statement.

    A table without headings of its own (`bare`), as further pages often are, may repeat up to half of them.
    """
    return not _repeats_rows(previous, draft.rows, len(draft.rows) // (2 if bare else 5))


def _repeats_rows(previous: Draft, rows: Sequence[TableRow], most: int) -> bool:
    """Whether more than one row, and more than so many, have long captions of the previous table."""
    return _count_shared_rows(previous, rows, longer_than=12) > max(1, most)


def _has_same_rows(previous: Draft, rows: Sequence[TableRow]) -> bool:
    """Whether more than two thirds of the rows of two tables have the same captions."""
    fewest = 2 * max(len(previous.rows), len(rows)) // 3 + 1
    return fewest <= len(rows) and _count_shared_rows(previous, rows) >= fewest


def _has_new_periods(columns: Sequence[ColumnPeriod], previous: Draft) -> bool:
    earlier_periods = {column.period for column in previous.columns}
    return all(column.period is not None and column.period not in earlier_periods for column in columns)


def _is_near(previous: Draft, block: Block, classification: Classification) -> bool:
    """Whether an untitled table has as many columns as the previous one and follows it closely, with little prose."""
    if classification.titled or len(block.columns) != len(previous.block.columns):
        return False
    distance = block.lines[0].index - previous.block.lines[-1].index
    prose_lines = sum(1 for line in block.zone if line.shape is Shape.TEXT and len(line.text.strip()) > _PROSE_LENGTH)
    return distance <= _MAX_DISTANCE and prose_lines <= 4


def _count_shared_rows(previous: Draft, rows: Sequence[TableRow], longer_than: int = 0) -> int:
    captions = {wording(row.label).bare for row in previous.rows if len(row.label) > longer_than}
    return sum(1 for row in rows if wording(row.label).bare in captions)


def _after_last_break(zone: Sequence[ScannedLine]) -> tuple[ScannedLine, ...]:
    """Return the lines after the last page break or end of a table."""
    start = 0
    for position, line in enumerate(zone):
        if line.shape is Shape.PAGE or (line.shape is Shape.TAG and "</table" in line.text.lower()):
            start = position + 1
    return tuple(zone[start:])


def _below_title(zone: Sequence[ScannedLine]) -> tuple[ScannedLine, ...]:
    """Return the lines below the last line that holds nothing but a title."""
    for position, line in reversed(list(enumerate(zone))):
        if line.shape is Shape.TEXT and read_title(line.text) and not _WIDE_GAP.search(line.text.strip()):
            return tuple(zone[position + 1 :])
    return tuple(zone)


def _title_texts(zone: Sequence[ScannedLine]) -> list[str]:
    """Return the title line and the text lines below it, the nearest to the table first; the last ones without one."""
    lines = [line.text.strip() for line in zone if line.shape in (Shape.TEXT, Shape.YEARS)]
    titles = [position for position, text in enumerate(lines) if read_title(text) is not None]
    start = titles[-1] if titles else max(0, len(lines) - _MOST_HEADING_LINES)
    return [text for text in reversed(lines[start:]) if len(text) < 130][:_MAX_TITLE_LINES]
