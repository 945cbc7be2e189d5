"""What the notes claim of a period, and the statements made of claims that nothing contradicts."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from converter.statements import Column, Figure, LineItem, Origin, Statement, StatementKind, UnitKind
from converter.vocabulary import Duration, Instant, Period

TITLE = "Stated in the notes"


class Claim(Struct, frozen=True):
    """A figure in whole units with its concept, the words for it and its period."""

    concept: str
    label: str
    period: Period
    figure: Figure


def statements_of(index: int, claims: Sequence[Claim], statements: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the claims as statements, one of flows and one of balances; their sections are the concepts.

    `statements` are those of the document.
    """
    for kind, period_type in ((StatementKind.INCOME, Duration), (StatementKind.BALANCE_SHEET, Instant)):
        chosen = [claim for claim in claims if isinstance(claim.period, period_type)]
        columns = tuple(Column(period, "") for period in dict.fromkeys(claim.period for claim in chosen))
        if chosen:
            items = tuple(_item(claim, columns) for claim in chosen)
            yield Statement(kind, TITLE, index, statements[0].currency, columns, items, origin=Origin.PROSE)


def without_contradictions(claims: Iterable[Claim]) -> list[Claim]:
    """Return the most precise claim of each concept and period; none if another contradicts it."""
    groups: dict[tuple[str, Period], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.concept, claim.period), []).append(claim)
    precise = [(max(group, key=lambda claim: claim.figure.decimals), group) for group in groups.values()]
    return [claim for claim, group in precise if all(_rounds_to(claim, other) for other in group)]


def _rounds_to(exact: Claim, stated: Claim) -> bool:
    return abs(exact.figure.value - stated.figure.value) <= Decimal(5).scaleb(-stated.figure.decimals - 1)


def _item(claim: Claim, columns: Sequence[Column]) -> LineItem:
    figures = tuple(claim.figure if column.period == claim.period else None for column in columns)
    source = claim.figure.source
    return LineItem(claim.label, (claim.concept,), 0, False, UnitKind.MONETARY, figures, source)
