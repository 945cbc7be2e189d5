"""Merge the parts of one statement: a balance sheet is often printed on two pages, each with its own heading."""

from collections.abc import Iterable

from msgspec.structs import replace

from converter.statements.classification import content_scores
from converter.statements.model import Statement, StatementKind
from converter.statements.selection import Candidate
from converter.vocabulary import wording

_LONG_CAPTION = 12  # shorter captions do not identify a row


def merge_pages(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Merge successive statements of one kind with the same columns, unless both are complete or share rows.

    At most one long caption may be in both.
    """
    merged: list[Candidate] = []
    for candidate in candidates:
        if merged and _continues(merged[-1].statement, candidate.statement):
            merged[-1] = _joined(merged[-1], candidate)
        else:
            merged.append(candidate)
    return merged


def _joined(first: Candidate, second: Candidate) -> Candidate:
    items = (*first.statement.items, *second.statement.items)
    printed = first.statement.printed + second.statement.printed
    return replace(
        first,
        statement=replace(first.statement, items=items, printed=printed),
        drafts=(*first.drafts, *second.drafts),
        findings=(*first.findings, *second.findings),
    )


def _continues(first: Statement, second: Statement) -> bool:
    same_statement = (first.kind, first.document, first.currency, first.qualifier) == (
        second.kind,
        second.document,
        second.currency,
        second.qualifier,
    )
    if not same_statement or not first.items or not second.items:
        return False
    if [column.key for column in first.columns] != [column.key for column in second.columns]:
        return False
    long_captions = {wording(item.label).bare for item in first.items if len(item.label) > _LONG_CAPTION}
    shared = sum(1 for item in second.items if wording(item.label).bare in long_captions)
    return shared <= 1 and not (_is_complete(first) and _is_complete(second))


def _is_complete(statement: Statement) -> bool:
    """Whether the captions suffice for a whole statement, so that the next table begins another."""
    captions = [item.label for item in statement.items]
    needed_scores = {StatementKind.BALANCE_SHEET: 12, StatementKind.INCOME: 8, StatementKind.CASH_FLOW: 12}
    return content_scores(captions)[statement.kind] >= needed_scores[statement.kind]
