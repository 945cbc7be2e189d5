"""Table -> draft of a statement: title, headings, rows, kind, scale and periods, before tables are compared."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from converter.statements.calendar import Calendar
from converter.statements.classification import LIKELY, Classification, classify, content_scores
from converter.statements.columns import ReadColumn, read_columns
from converter.statements.model import StatementKind
from converter.statements.scale import Scale, read_scale
from converter.tables import (
    Block,
    Headings,
    ScannedLine,
    Shape,
    TableRow,
    announced,
    read_headings,
    read_rows,
)
from converter.vocabulary import Duration, Unread, keyword_pattern, wording

_MOST_TITLE_LINES = 14
_FAR = 45  # lines between the parts of one statement
_PROSE_WIDTH = 60
_OF_PARTS = keyword_pattern(
    "segment|geographic|forma|parent|guarantor|subsidiary",
    r"segment|geographic|pro[\s-]*forma|parent\s+company|guarantor|subsidiary",
)


class Heads(Struct, frozen=True):
    """What tells the periods of a table's columns, and its scale."""

    headings: Headings
    zone: tuple[ScannedLine, ...]
    calendar: Calendar

    def columns(self, kind: StatementKind, percentages: Sequence[bool]) -> tuple[ReadColumn, ...]:
        """The columns of a table of this kind, those that hold `percentages` left out."""
        title = _title_texts(self.zone)
        read = read_columns(kind, self.headings.columns, self.headings.labels, title, self.calendar)
        return tuple(
            ReadColumn(column.heading, None, Unread.PERCENTAGES) if percent else column
            for column, percent in zip(read, percentages, strict=True)
        )

    def scale(self, texts: Sequence[str]) -> Scale | None:
        """The scale that these lines above the table, or its headings, state."""
        return read_scale([*texts[-_MOST_TITLE_LINES:], *self.headings.labels])


class Draft(Struct, frozen=True):
    """A table read as far as it can be read alone; `kind` is None for one that is no primary statement."""

    block: Block
    heads: Heads
    kind: StatementKind | None
    title: str
    titled: bool  # a line above names the statement
    continues: bool  # the rest of the statement before it
    reason: str  # why it is no primary statement
    texts: tuple[str, ...]  # title and heading lines
    scale: Scale | None  # as they state it, of a statement
    columns: tuple[ReadColumn, ...]
    rows: tuple[TableRow, ...]

    @property
    def likeness(self) -> int:
        """How much it looks like any of the primary statements."""
        return max(content_scores(_captions(self.rows)).values())


def draft_statement(block: Block, before: Draft | None, calendar: Calendar) -> Draft:
    """Read one table; the table `before` tells what a continuation does not repeat."""
    zone = _after_last_break(block.zone)
    below_title = _below_title(zone)
    headings = read_headings(below_title, block.columns)
    body = len(zone) - len(below_title) + headings.end
    rows = read_rows((*zone[body:], *block.lines), block.columns)
    texts = tuple(line.text.strip() for line in zone if line.shape in (Shape.TEXT, Shape.YEARS))
    alone = Draft(
        block=block,
        heads=Heads(headings, zone, calendar),
        kind=None,
        title="",
        titled=False,
        continues=False,
        reason="",
        texts=texts,
        scale=None,
        columns=(),
        rows=rows,
    )
    return _settle(alone, before, classify(zone, _captions(rows)))


def likely_statement(draft: Draft) -> Draft | None:
    """A table that is no primary statement, read as the one whose captions it has.

    None if it has hardly any, or is about the parts of a company, or pro forma.
    """
    if is_of_parts(draft):
        return None
    scores = content_scores(_captions(draft.rows))
    kind = draft.kind or max(scores, key=lambda kind: scores[kind])
    if all(_percentages(draft.block, draft.rows)) or scores[kind] < LIKELY:
        return None
    return replace(
        draft,
        kind=kind,
        title=draft.title or kind.words,
        columns=columns_as(draft, kind),
        scale=draft.scale or draft.heads.scale(draft.texts),
    )


def is_of_parts(draft: Draft) -> bool:
    """Whether a table is about the parts of a company, or pro forma."""
    return any(map(_OF_PARTS.search, draft.texts[-_MOST_TITLE_LINES:]))


def columns_as(draft: Draft, kind: StatementKind) -> tuple[ReadColumn, ...]:
    """What the headings of a table say of its columns if it is one of this kind."""
    return draft.heads.columns(kind, _percentages(draft.block, draft.rows))


def scale_above(draft: Draft) -> Scale | None:
    """The scale that the lines above a table state, whatever table it is."""
    return draft.scale or read_scale(draft.texts[-_MOST_TITLE_LINES:])


def _settle(draft: Draft, before: Draft | None, sort: Classification) -> Draft:
    """The draft with its kind and columns, by its own title and captions or as more of the statement `before`."""
    percentages = _percentages(draft.block, draft.rows)
    kind, reason = sort.kind, sort.reason
    columns: tuple[ReadColumn, ...] = ()
    continues = False
    if all(percentages):
        kind, reason = None, "its figures are percentages"
    elif before is not None and before.kind is not None and _stands_below(before, draft.block, sort):
        again = draft.heads.columns(before.kind, percentages)
        continues = _goes_on(before, draft.rows) or (_repeats(before, draft.rows) and _of_other_periods(again, before))
        kind = before.kind if continues and kind is None else kind
    if kind is not None:
        columns = draft.heads.columns(kind, percentages)
    draft = replace(
        draft,
        kind=kind,
        scale=None if kind is None else draft.heads.scale(draft.texts),
        title=sort.title or (kind.words if kind is not None else ""),
        titled=sort.titled,
        continues=continues,
        reason=reason,
        columns=columns,
    )
    return draft if before is None or before.kind is not kind else _inherit(draft, before)


def _captions(rows: Sequence[TableRow]) -> list[str]:
    return [*(row.label for row in rows), *(section for row in rows for section in row.sections)]


def _percentages(block: Block, rows: Sequence[TableRow]) -> list[bool]:
    return [_holds_percentages(rows, column) for column in range(len(block.columns))]


def _holds_percentages(rows: Sequence[TableRow], column: int) -> bool:
    """Whether a column begins with a percentage (or with 100 that nothing exceeds) and holds no amount of money."""
    cells = [row.cells[column] for row in rows]
    amounts = [cell.token.amount for cell in cells if cell is not None and not cell.token.amount.absent]
    printed = [amount for amount in amounts if not amount.dash]
    if not printed or any(amount.grouped or amount.currency for amount in printed):
        return False
    whole = printed[0].value == 100 and all(abs(amount.value) <= 100 for amount in printed)
    return printed[0].percent or (whole and len(printed) > 2)


def _inherit(draft: Draft, before: Draft) -> Draft:
    """A table on the next page often repeats neither headings nor scale."""
    if not any(c.period for c in draft.columns) and len(before.columns) == len(draft.columns):
        draft = replace(draft, columns=before.columns)
    if draft.scale is None and draft.continues:
        draft = replace(draft, scale=before.scale)
    return draft


def _goes_on(before: Draft, rows: Sequence[TableRow]) -> bool:
    """Whether the rows are the rest of the statement before them."""
    if before.kind is None or _repeated(before, rows, longer_than=12) >= 2:
        return False
    scores = content_scores(_captions(rows))
    return scores[before.kind] >= 2 and scores[before.kind] >= max(scores.values())


def _repeats(before: Draft, rows: Sequence[TableRow]) -> bool:
    """Whether a table has the rows of the statement above it: the same for another period."""
    return _repeated(before, rows) * 3 > 2 * max(len(before.rows), len(rows))


def _of_other_periods(columns: Sequence[ReadColumn], before: Draft) -> bool:
    known = {column.period for column in before.columns}
    return all(column.period is not None and column.period not in known for column in columns)


def _stands_below(before: Draft, block: Block, sort: Classification) -> bool:
    """Whether an untitled table stands so near that it may be more of the statement before it."""
    if sort.titled or len(block.columns) != len(before.block.columns):
        return False
    distance = block.lines[0].index - before.block.lines[-1].index
    prose = sum(1 for line in block.zone if line.shape is Shape.TEXT and len(line.text.strip()) > _PROSE_WIDTH)
    return distance <= _FAR and prose <= 4


def _repeated(before: Draft, rows: Sequence[TableRow], longer_than: int = 0) -> int:
    known = {wording(row.label).bare for row in before.rows if len(row.label) > longer_than}
    return sum(1 for row in rows if wording(row.label).bare in known)


def lengths_from_others(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """A column that lacks the length of its period has that of the document's only period that ends with it."""
    columns = []
    for column in draft.columns:
        if column.end is not None:
            periods = {
                c.period
                for d in drafts
                for c in d.columns
                if isinstance(c.period, Duration) and c.period.end == column.end
            }
            if len(periods) == 1:
                column = ReadColumn(column.heading, periods.pop())
        columns.append(column)
    return replace(draft, columns=tuple(columns))


def _after_last_break(zone: Sequence[ScannedLine]) -> tuple[ScannedLine, ...]:
    """The zone from the last page break or end of a table on."""
    cut = 0
    for position, line in enumerate(zone):
        if line.shape is Shape.PAGE or (line.shape is Shape.TAG and "</table" in line.text.lower()):
            cut = position + 1
    return tuple(zone[cut:])


def _below_title(zone: Sequence[ScannedLine]) -> tuple[ScannedLine, ...]:
    """The lines under the last line that is a title and nothing else."""
    for position in range(len(zone) - 1, -1, -1):
        text = zone[position].text
        if zone[position].shape is Shape.TEXT and announced(text) and not re.search(r"\s{3,}\S", text.strip()):
            return tuple(zone[position + 1 :])
    return tuple(zone)


def _title_texts(zone: Sequence[ScannedLine]) -> list[str]:
    """The title line and the text lines below it, the nearest to the table first."""
    titles = [position for position, line in enumerate(zone) if announced(line.text) is not None]
    first = titles[-1] if titles else max(0, len(zone) - 8)
    texts = [line.text.strip() for line in reversed(zone[first:]) if line.shape in (Shape.TEXT, Shape.YEARS)]
    return [text for text in texts if len(text) < 130][:_MOST_TITLE_LINES]
