"""What was found in a filing: its statements, and its tables as they were classified."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from converter.filing import Document
from converter.statements.choices import Choice
from converter.statements.drafts import Draft
from converter.statements.line_items import printed_figures
from converter.statements.model import ONE, Statement
from converter.statements.position import Places
from converter.statements.scale import Scale
from converter.tables import TableRow
from converter.vocabulary import Code, Duration, Finding

_MAX_COMPARED = 50
"""So many tables with a scale of their own are compared with one without, at most."""
_ABOUT_TABLES_LEFT_OUT = (Code.TABLE_NOT_READ, Code.SECOND_STATEMENT, Code.COLUMN_NOT_READ)


class DocumentTables(Struct, frozen=True):
    """The tables of a document, the filing's number `index`, and how they were classified.

    `drafts` are all tables from top to bottom, `primary` those read as the registrant's statements, `statements` the
    statements made of these. `left_out` maps the index of another draft to the finding that says why it is not read.
    Of the primary ones, `durations` are the periods by their last day, `scaled_figures` the large figures of the first
    that state a scale; `assumed` is that of the others. `places` are the parts of the document,
    `read_beside` the indexes of drafts read beside the statements.
    """

    index: int
    document: Document
    drafts: tuple[Draft, ...]
    primary: tuple[Draft, ...]
    statements: tuple[Statement, ...]
    left_out: Mapping[int, Finding]
    durations: Mapping[date, Collection[Duration]]
    scaled_figures: Sequence[tuple[Scale, Collection[Decimal]]]
    places: Places
    assumed: Scale = Scale(ONE, assumed=True)
    read_beside: frozenset[int] = frozenset()

    def other_tables(self) -> Iterable[tuple[int, Draft]]:
        """The tables that were not read as statements or beside them, each with its index among the drafts."""
        first_lines = {draft.block.lines[0].index for draft in self.primary}
        return [
            (index, draft)
            for index, draft in enumerate(self.drafts)
            if draft.block.lines[0].index not in first_lines and index not in self.read_beside
        ]

    def with_read(self, drafts: Collection[int]) -> "DocumentTables":
        """Return the tables of which those of these drafts, by their indexes, were read beside the statements."""
        left_out = {index: finding for index, finding in self.left_out.items() if index not in drafts}
        return replace(self, left_out=left_out, read_beside=self.read_beside.union(drafts))

    def line_of(self, draft: int) -> int:
        """Return the 1-based line of the file where the table of a draft begins, given its index."""
        return self.document.lines[self.drafts[draft].block.lines[0].index].number

    def scale_of(self, draft: Draft) -> Scale:
        """Return the scale a table states, else that of a statement with the same large figures, else `assumed`."""
        return draft.scale or _scale_by_same_figures(draft, self.scaled_figures) or self.assumed


class FilingStatements(Struct, frozen=True):
    """The primary statements of a filing in printed order, and findings about what could not be read of them.

    Findings about tables that are not read as statements are in `documents`. `choices` are the tables that could be
    the registrant's statements, chosen or not.
    """

    statements: tuple[Statement, ...]
    documents: tuple[DocumentTables, ...]
    findings: tuple[Finding, ...]
    choices: tuple[Choice, ...] = ()

    def tables_left_out(self) -> tuple[Finding, ...]:
        """The findings about tables that resemble statements but are not read as such."""
        return tuple(finding for document in self.documents for finding in document.left_out.values())

    def with_read(self, tables: Iterable[tuple[int, int]]) -> "FilingStatements":
        """Return the statements without what was said of tables that were read beside them after all.

        `tables` are pairs of the indexes of a document and of a draft in it.
        """
        read: dict[int, set[int]] = {}
        for document, draft in tables:
            read.setdefault(document, set()).add(draft)
        lines = {tables.line_of(draft) for tables in self.documents for draft in read.get(tables.index, ())}
        return replace(
            self,
            documents=tuple(tables.with_read(read.get(tables.index, ())) for tables in self.documents),
            findings=tuple(f for f in self.findings if f.line not in lines or f.code not in _ABOUT_TABLES_LEFT_OUT),
        )


def scaled_figures(drafts: Iterable[Draft]) -> list[tuple[Scale, Collection[Decimal]]]:
    """Return the large figures of the first drafts that state a scale, with the scale of each."""
    scaled = ((draft.scale, _large_figures(draft.rows)) for draft in drafts if draft.scale is not None)
    return list(islice(scaled, _MAX_COMPARED))


def _scale_by_same_figures(draft: Draft, others: Iterable[tuple[Scale, Collection[Decimal]]]) -> Scale | None:
    """Return the scale of the first draft that has at least two large figures in common with this one."""
    figures = _large_figures(draft.rows)
    return next((scale for scale, other_figures in others if len(figures.intersection(other_figures)) >= 2), None)


def _large_figures(rows: Iterable[TableRow]) -> set[Decimal]:
    amounts = (cell.token.amount for cell in printed_figures(rows))
    return {abs(amount.value) for amount in amounts if abs(amount.value) >= 100 and not amount.places}
