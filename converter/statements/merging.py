"""Parts of one statement -> one Statement: a balance sheet is often printed on two pages, each with a heading."""

from collections.abc import Sequence

from msgspec.structs import replace

from converter.statements.classification import content_scores
from converter.statements.model import Statement, StatementKind
from converter.vocabulary import wording

_LONG = 12  # characters of a caption that tells rows apart


def merge_parts(statements: Sequence[Statement]) -> list[Statement]:
    """Join statements that follow each other, are of one kind and have the same columns, but no rows in common."""
    merged: list[Statement] = []
    for statement in statements:
        if merged and _goes_on(merged[-1], statement):
            last = merged[-1]
            items, printed = (*last.items, *statement.items), last.printed + statement.printed
            merged[-1] = replace(last, items=items, printed=printed)
        else:
            merged.append(statement)
    return merged


def _goes_on(part: Statement, rest: Statement) -> bool:
    same_place = (part.kind, part.document, part.currency, part.qualifier) == (
        rest.kind,
        rest.document,
        rest.currency,
        rest.qualifier,
    )
    if not same_place or not part.items or not rest.items:
        return False
    if [(c.period, c.qualifier) for c in part.columns] != [(c.period, c.qualifier) for c in rest.columns]:
        return False
    labels = {wording(item.label).bare for item in part.items if len(item.label) > _LONG}
    again = sum(1 for item in rest.items if wording(item.label).bare in labels)
    return again <= 1 and not (_complete(part) and _complete(rest))


def _complete(statement: Statement) -> bool:
    """Whether a statement has its last total, so that what follows is another one."""
    labels = [item.label for item in statement.items]
    enough = {StatementKind.BALANCE_SHEET: 12, StatementKind.INCOME: 8, StatementKind.CASH_FLOW: 12}
    return content_scores(labels)[statement.kind] >= enough[statement.kind]
