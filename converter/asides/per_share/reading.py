"""Find tables in which earnings per share and shares make the net income of the statements."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from converter.filing import TextSpan
from converter.mapping import MappedStatement
from converter.mapping import Mapping as RowMapping
from converter.statements import (
    Column,
    ColumnPeriod,
    DocumentTables,
    Draft,
    Figure,
    LineItem,
    Origin,
    Statement,
    StatementKind,
    UnitKind,
    columns_for_kind,
    find_qualifier,
    is_partial_or_pro_forma,
    read_items,
)
from converter.vocabulary import Period, expression

_RESULTS = ("NetIncomeLoss", "NetIncomeLossAvailableToCommonStockholdersBasic", "ProfitLoss")
_FEWEST_COLUMNS = 2
"""In so many columns, at least, the three figures must agree."""
_MOST_ROWS = 20
"""So many rows of each unit are compared, at most."""
_NEAR = Decimal("1.25")
"""The shares at the end of a period are this many times the average ones, at most, and as many times less at least."""
_CONFIDENCE = 0.95
_DILUTED = expression(r"\bdilut(?:ed|ion|ive)\b", re.I)
_BASIC = expression(r"\b(?:basic|primary)\b", re.I)
_AT_END = expression(r"\bend\s+of\s+(?:the\s+)?(?:period|year|quarter)|\b(?:period|year|quarter)[\s-]+end\b", re.I)
_EVIDENCE = ("earnings per share times shares is the net income",)


class Results(NamedTuple):
    """Net income of the statements by period, and the row that has it."""

    values: Mapping[Period, Decimal]
    source: TextSpan


class PerShareTable(NamedTuple):
    """The rows of a table about earnings per share and shares as a statement, and what they are mapped to."""

    statement: Statement
    mappings: tuple[RowMapping, ...]


def results_of(statements: Sequence[MappedStatement]) -> Results | None:
    """The net income of the first of the statements that has it."""
    for mapped in statements:
        for concept, (item, mapping) in product(_RESULTS, zip(mapped.statement.items, mapped.mappings, strict=True)):
            if mapping.concept == concept:
                pairs = zip(mapped.statement.columns, item.figures, strict=True)
                values = {c.period: f.value * mapping.sign for c, f in pairs if f and c.qualifier is None}
                return Results(values, item.source)
    return None


def find_per_share(tables: DocumentTables, results: Results | None) -> Iterator[PerShareTable]:
    """Yield the rows about earnings per share and shares of a document's tables that agree with the net income."""
    for _, draft in tables.other_tables() if results else ():
        columns = columns_for_kind(draft, StatementKind.INCOME) if not is_partial_or_pro_forma(draft) else ()
        kept = [i for i, column in enumerate(columns) if results and _is_plain(column, results)]
        if results and len(kept) >= _FEWEST_COLUMNS and len({columns[i].period for i in kept}) == len(kept):
            items = read_items(tables.index, StatementKind.INCOME, draft.rows, kept, tables.scale_of(draft))
            rows = _proven_rows(items, [results.values[period] for i in kept if (period := columns[i].period)])
            if rows:
                yield _table(tables.index, draft, [columns[i] for i in kept], rows, results)


def _is_plain(column: ColumnPeriod, results: Results) -> bool:
    return column.period in results.values and not column.part and find_qualifier(column.heading) is None


def _proven_rows(items: Sequence[LineItem], results: Sequence[Decimal]) -> dict[str, LineItem]:
    """The rows that make the net income, by their concept, with the shares at the end of the periods."""
    earnings = [item for item in items if item.unit is UnitKind.PER_SHARE][:_MOST_ROWS]
    shares = [item for item in items if item.unit is UnitKind.SHARES][:_MOST_ROWS]
    rows: dict[str, LineItem] = {}
    for per_share, average in product(earnings, shares):
        if _agree(per_share.figures, average.figures, results):
            diluted, basic = (_says(per_share, pattern) for pattern in (_DILUTED, _BASIC))
            kind = "Both" if diluted == basic else "Diluted" if diluted else "Basic"
            rows.setdefault(_EARNINGS[kind], per_share)
            rows.setdefault(_SHARES[kind], average)
            at_end = [item for item in shares if _is_at_end(item, average)]
            if at_end:
                rows.setdefault(_OUTSTANDING, at_end[0])
    return rows


_EARNINGS = {
    "Basic": "EarningsPerShareBasic",
    "Diluted": "EarningsPerShareDiluted",
    "Both": "EarningsPerShareBasicAndDiluted",
}
_SHARES = {
    "Basic": "WeightedAverageNumberOfSharesOutstandingBasic",
    "Diluted": "WeightedAverageNumberOfDilutedSharesOutstanding",
    "Both": "WeightedAverageNumberOfShareOutstandingBasicAndDiluted",
}
_OUTSTANDING = "CommonStockSharesOutstanding"


def _says(item: LineItem, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(text) for text in (item.label, *item.sections))


def _agree(earnings: Sequence[Figure | None], shares: Sequence[Figure | None], results: Sequence[Decimal]) -> bool:
    """Whether earnings per share times shares is the result in every column, within rounding."""
    return all(
        per_share is not None
        and count is not None
        and bool(per_share.value)
        and abs(per_share.value * count.value - result) <= _error(per_share) * count.value + _error(count)
        for per_share, count, result in zip(earnings, shares, results, strict=True)
    )


def _error(figure: Figure) -> Decimal:
    """Half a unit of the last digit."""
    return Decimal(5).scaleb(-figure.decimals - 1)


def _is_at_end(shares: LineItem, average: LineItem) -> bool:
    """Whether a row says that it is of the end of the periods, and its shares are about as many as the average."""
    pairs = [
        (one.value, other.value) for one, other in zip(shares.figures, average.figures, strict=True) if one and other
    ]
    near = bool(pairs) and all(other / _NEAR <= one <= other * _NEAR for one, other in pairs)
    return near and _AT_END.search(shares.label) is not None


def _table(
    document: int, draft: Draft, columns: Sequence[ColumnPeriod], rows: Mapping[str, LineItem], results: Results
) -> PerShareTable:
    statement = Statement(
        StatementKind.INCOME,
        draft.title or "Per share",
        document,
        "USD",
        tuple(Column(column.period, column.heading) for column in columns if column.period),
        tuple(rows.values()),
        origin=Origin.DETAILS,
        breaks_down=results.source,
    )
    return PerShareTable(statement, tuple(RowMapping(concept, _CONFIDENCE, 1, _EVIDENCE) for concept in rows))
