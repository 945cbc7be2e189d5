"""Merge the parts of one statement: a balance sheet is often printed on two pages, each with its own heading."""

from collections.abc import Sequence

from msgspec.structs import replace

from converter.statements.classification import content_scores
from converter.statements.model import Statement, StatementKind
from converter.vocabulary import wording

_LONG_CAPTION = 12  # shorter captions do not identify a row


class _Parts:
    """The parts of one statement; `long_captions` are those of all of them."""

    def __init__(self, first: Statement) -> None:
        self.parts = [first]
        self.long_captions = _long_captions(first)

    def add(self, part: Statement) -> None:
        self.parts.append(part)
        self.long_captions |= _long_captions(part)

    def merged(self) -> Statement:
        """Return the parts as one statement, with title and columns of the first."""
        items = tuple(item for part in self.parts for item in part.items)
        return replace(self.parts[0], items=items, printed=sum(part.printed for part in self.parts))

    def go_on_in(self, part: Statement) -> bool:
        """Whether a statement is a further part."""
        first = self.parts[0]
        if _identity(first) != _identity(part) or not first.items or not part.items:
            return False
        shared = sum(1 for item in part.items if wording(item.label).bare in self.long_captions)
        return shared <= 1 and not (_is_complete(part) and _is_complete(self.merged()))


def merge_parts(statements: Sequence[Statement]) -> list[Statement]:
    """Merge successive statements of one kind with the same columns, unless both are complete or share rows.

    At most one long caption may be in both.
    """
    groups: list[_Parts] = []
    for statement in statements:
        if groups and groups[-1].go_on_in(statement):
            groups[-1].add(statement)
        else:
            groups.append(_Parts(statement))
    return [group.merged() for group in groups]


def _identity(statement: Statement) -> tuple[object, ...]:
    """Return what all parts of a statement share."""
    columns = [(column.period, column.qualifier) for column in statement.columns]
    return statement.kind, statement.document, statement.currency, statement.qualifier, columns


def _long_captions(statement: Statement) -> set[str]:
    return {wording(item.label).bare for item in statement.items if len(item.label) > _LONG_CAPTION}


def _is_complete(statement: Statement) -> bool:
    """Whether the captions suffice for a whole statement, so that the next table begins another."""
    captions = [item.label for item in statement.items]
    needed_scores = {StatementKind.BALANCE_SHEET: 12, StatementKind.INCOME: 8, StatementKind.CASH_FLOW: 12}
    return content_scores(captions)[statement.kind] >= needed_scores[statement.kind]
