"""The tables that can be statements of equity, the parts of one statement that pages divide put together."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from converter.asides.equity.headings import column_headings
from converter.statements import DocumentTables, Draft, is_partial_or_pro_forma, mark_torn_figures
from converter.tables import TableRow, TitleKind, read_title
from converter.vocabulary import expression, wording

_MAX_DISTANCE = 60  # lines between the parts of one statement
_FEWEST_ROWS, _MOST_ROWS = 3, 200
_FEWEST_BALANCES = 2
_OF_EQUITY = expression(
    r"(?:stock|share)[\s-]?(?:holders?|owners?)\W{0,3}\s*(?:equity|investment|deficit|deficiency)|partners\W|"
    r"members\W{0,3}\s*(?:equity|capital|interest)|common\s+equity|owners?\W{0,3}\s*equity",
    re.I,
)
_BALANCE = expression(r"(?:\w+\s+){0,3}balances?\b", re.I)
_COMPREHENSIVE = expression(r"(?:total )?comprehensive (?:\(?loss\)?|income|earnings)", re.I)
_NET_INCOME = expression(r"net (?:\(?loss\)?|income|earnings)", re.I)
_COMPARED_WORDS = 4
_ALIKE = 4
"""Two pages have the same rows if all but a quarter of the captions of the shorter one are those of the other."""


class EquityTable(Struct, frozen=True):
    """A table that can be a statement of equity.

    `drafts` are the tables that it was made of, each with its index among those of the document; `headings` are the
    texts over the columns.
    """

    document: DocumentTables
    drafts: tuple[tuple[int, Draft], ...]
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]

    @property
    def draft(self) -> Draft:
        """The first of the tables, which has the title."""
        return self.drafts[0][1]


def find_tables(document: DocumentTables) -> Iterator[EquityTable]:
    """Yield the tables of a document that can be statements of equity, from top to bottom."""
    current: EquityTable | None = None
    for index, draft in document.other_tables():
        if not _is_candidate(draft):
            continue
        table = EquityTable(
            document, ((index, draft),), column_headings(draft.head.headings), mark_torn_figures(draft.rows)
        )
        joined = _joined(current, table) if current is not None else None
        if current is not None and joined is None:
            yield current
        current = joined or table
    if current is not None:
        yield current


def _is_candidate(draft: Draft) -> bool:
    if len(draft.rows) < _FEWEST_ROWS or is_partial_or_pro_forma(draft):
        return False
    if read_title(draft.title) is TitleKind.EQUITY:
        return True
    if _is_of_comprehensive_income(draft):
        return True
    balances = sum(_BALANCE.match(row.label) is not None for row in draft.rows)
    return balances >= _FEWEST_BALANCES and any(map(_OF_EQUITY.search, _texts(draft)))


def _is_of_comprehensive_income(draft: Draft) -> bool:
    captions = [row.label for row in draft.rows]
    return any(map(_COMPREHENSIVE.match, captions)) and any(map(_NET_INCOME.match, captions))


def _texts(draft: Draft) -> Iterable[str]:
    return (*draft.texts[-8:], *draft.head.headings.columns, *(row.label for row in draft.rows))


def _joined(first: EquityTable, second: EquityTable) -> EquityTable | None:
    """Put two pages together: further columns of the same rows, or further rows of the same columns."""
    last = first.drafts[-1][1]
    if second.draft.block.lines[0].index - last.block.lines[-1].index > _MAX_DISTANCE:
        return None
    drafts = (*first.drafts, *second.drafts)
    others = any(second.headings) and second.headings != first.headings
    if others and (rows := _side_by_side(first.rows, second.rows)):
        return replace(first, drafts=drafts, headings=(*first.headings, *second.headings), rows=rows)
    if len(first.headings) == len(second.headings) and not _repeats(first.rows, second.rows):
        headings = first.headings if any(first.headings) else second.headings
        return replace(first, drafts=drafts, headings=headings, rows=(*first.rows, *second.rows))
    return None


def _side_by_side(first: Sequence[TableRow], second: Sequence[TableRow]) -> tuple[TableRow, ...]:
    """Put the rows of two pages with the same captions beside each other; nothing if too few have the same.

    A row that only one page prints has no figures in the columns of the other.
    """
    from difflib import SequenceMatcher

    if max(len(first), len(second)) > _MOST_ROWS:
        return ()
    captions, others = ([_last_words(row.label) for row in rows] for rows in (first, second))
    matcher = SequenceMatcher(a=captions, b=others, autojunk=False)
    blocks = matcher.get_matching_blocks()
    if sum(block.size for block in blocks) * _ALIKE < min(len(first), len(second)) * (_ALIKE - 1):
        return ()
    empty: tuple[tuple[None, ...], tuple[None, ...]] = ((None,) * len(first[0].cells), (None,) * len(second[0].cells))
    rows: list[TableRow] = []
    i = j = 0
    for block in blocks:
        rows += [replace(row, cells=(*row.cells, *empty[1])) for row in first[i : block.a]]
        rows += [replace(row, cells=(*empty[0], *row.cells)) for row in second[j : block.b]]
        rows += [_beside(first[block.a + k], second[block.b + k]) for k in range(block.size)]
        i, j = block.a + block.size, block.b + block.size
    return tuple(rows)


def _last_words(label: str) -> str:
    """The end of a caption: on a page where the row above has no figures, captions run together."""
    return " ".join(wording(label).bare.strip(" .").split()[-_COMPARED_WORDS:])


def _repeats(first: Sequence[TableRow], second: Sequence[TableRow]) -> bool:
    """Whether a table has the figures of another one's rows, other than of one balance: then it is another version."""
    figures = {_figures(row) for row in first}
    repeated = sum(_figures(row) in figures for row in second if sum(map(bool, _figures(row))) > 1)
    return repeated > 1 and repeated * 2 > len(second)


def _figures(row: TableRow) -> tuple[object, ...]:
    return tuple(cell and cell.token.amount.value for cell in row.cells)


def _beside(first: TableRow, second: TableRow) -> TableRow:
    return replace(first, cells=(*first.cells, *second.cells), stray=(*first.stray, *second.stray))
