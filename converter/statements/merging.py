"""Merge the parts of one statement: a balance sheet is often printed on two pages, each with its own heading."""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from converter.statements.classification import content_score
from converter.statements.model import Statement, StatementKind, UnitKind
from converter.statements.selection import Candidate
from converter.vocabulary import expression, wording

_CONTINUED = expression(r"\b(?:continued|concluded|cont['’.]?d|cont\.)", re.I)
_LONG_CAPTION = 12  # shorter captions do not identify a row


class _Pages:
    """The pages of one statement; `long_captions` are those of all of them."""

    def __init__(self, first: Candidate) -> None:
        self.pages = [first]
        self.long_captions = _long_captions(first.statement)

    def add(self, page: Candidate) -> None:
        self.pages.append(page)
        self.long_captions |= _long_captions(page.statement)

    def merged(self) -> Candidate:
        """Return the pages as one candidate, with title, columns and place of the first."""
        statements = [page.statement for page in self.pages]
        items = tuple(item for statement in statements for item in statement.items)
        printed = sum(statement.printed for statement in statements)
        return replace(
            self.pages[0],
            statement=replace(statements[0], items=items, printed=printed),
            drafts=tuple(draft for page in self.pages for draft in page.drafts),
            findings=tuple(finding for page in self.pages for finding in page.findings),
            unscaled=all(page.unscaled for page in self.pages),
        )

    def go_on_in(self, page: Candidate) -> bool:
        """Whether a candidate is a further page."""
        first, second = self.pages[0].statement, page.statement
        if first.kind is not second.kind or _identity(first) != _identity(second):
            return False
        if not first.items or not second.items:
            return False
        shared = sum(1 for item in second.items if (wording(item.label).bare, item.unit) in self.long_captions)
        continued = says_it_goes_on(second.title)
        if shared > max(1, len(second.items) // (2 if continued else 5)):
            return False
        return continued or not (_is_complete(second) and _is_complete(self.merged().statement))


def merge_pages(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Merge successive statements of one kind with the same columns, unless both are complete or share rows.

    One long caption may be in both, or a fifth of those of the second; half of them if its title says that it goes on.
    """
    groups: list[_Pages] = []
    for candidate in candidates:
        if groups and groups[-1].go_on_in(candidate):
            groups[-1].add(candidate)
        else:
            groups.append(_Pages(candidate))
    return [group.merged() for group in groups]


def says_it_goes_on(title: str) -> bool:
    """Whether the title of a page says that it goes on with a statement."""
    return _CONTINUED.search(title) is not None


def _identity(statement: Statement) -> tuple[object, ...]:
    """Return what all pages of a statement share."""
    columns = [column.key for column in statement.columns]
    return statement.kind, statement.document, statement.currency, statement.qualifier, columns


def _long_captions(statement: Statement) -> set[tuple[str, UnitKind]]:
    """The captions that identify a row, with the unit of its figures: amounts per share repeat those of the income."""
    return {(wording(item.label).bare, item.unit) for item in statement.items if len(item.label) > _LONG_CAPTION}


def _is_complete(statement: Statement) -> bool:
    """Whether the captions suffice for a whole statement, so that the next table begins another."""
    captions = [item.label for item in statement.items]
    needed_scores = {StatementKind.BALANCE_SHEET: 12, StatementKind.INCOME: 8, StatementKind.CASH_FLOW: 12}
    return content_score(statement.kind, captions) >= needed_scores[statement.kind]
