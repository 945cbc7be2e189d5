"""Filing -> FilingStatements: the primary statements of every document."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from converter.filing import Document, Filing
from converter.statements.assembly import assemble, finding_at
from converter.statements.calendar import Calendar, count_dates
from converter.statements.classification import STRONG_SCORE
from converter.statements.drafts import Draft, draft_statement, durations_by_end, infer_durations
from converter.statements.line_items import printed_figures
from converter.statements.merging import merge_parts
from converter.statements.model import ONE, Column, Statement, StatementKind, UnitKind
from converter.statements.parenthetical import read_parenthetical
from converter.statements.scale import Scale
from converter.tables import MAX_ROWS_OF_FILING, TableRow, find_blocks
from converter.vocabulary import Code, Duration, Finding, Severity, is_annual, is_quarterly, is_schedule, wording

_MAX_COMPARED = 50
"""So many statements of a document are compared with each of the others, at most."""
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")


class DocumentTables(Struct, frozen=True):
    """The tables of a document, the filing's number `index`, and how they were classified.

    `drafts` are all tables from top to bottom, `primary` those read as the registrant's statements, `statements` the
    statements made of these. `left_out` maps the index of another draft to the finding that says why it is not read.
    Of the primary ones, `durations` are the periods by their last day, `scaled_figures` the large figures of the first
    that state a scale.
    """

    index: int
    document: Document
    drafts: tuple[Draft, ...]
    primary: tuple[Draft, ...]
    statements: tuple[Statement, ...]
    left_out: Mapping[int, Finding]
    durations: Mapping[date, Collection[Duration]]
    scaled_figures: Sequence[tuple[Scale, Collection[Decimal]]]

    def other_tables(self) -> Iterable[tuple[int, Draft]]:
        """The tables that were not read as statements, each with its index among the drafts."""
        first_lines = {draft.block.lines[0].index for draft in self.primary}
        return [pair for pair in enumerate(self.drafts) if pair[1].block.lines[0].index not in first_lines]

    def scale_of(self, draft: Draft) -> Scale:
        """Return the scale that a table states, else that of a statement with the same large figures, else one."""
        return draft.scale or _scale_by_same_figures(draft, self.scaled_figures) or Scale(ONE)


class FilingStatements(Struct, frozen=True):
    """The primary statements of a filing in printed order, and findings about what could not be read of them.

    Findings about tables that are not read as statements are in `documents`.
    """

    statements: tuple[Statement, ...]
    documents: tuple[DocumentTables, ...]
    findings: tuple[Finding, ...]

    def tables_left_out(self) -> tuple[Finding, ...]:
        """The findings about tables that resemble statements but are not read as such."""
        return tuple(finding for document in self.documents for finding in document.left_out.values())


def read_statements(filing: Filing, currency: str = "") -> FilingStatements:
    """Read the primary statements of a filing; `currency` (ISO 4217) overrides the one they name."""
    readers: list[_DocumentReader] = []
    rows_left = MAX_ROWS_OF_FILING
    for index, document in enumerate(filing.documents):
        if not is_schedule(document.type):
            reader = _DocumentReader(index, document, _calendar(filing, document), currency, rows_left)
            readers.append(reader)
            rows_left -= sum(len(draft.rows) for draft in reader.tables.drafts)
    return FilingStatements(
        tuple(statement for reader in readers for statement in (*reader.tables.statements, *reader.parentheticals)),
        tuple(reader.tables for reader in readers),
        tuple(finding for reader in readers for finding in reader.findings),
    )


def _calendar(filing: Filing, document: Document) -> Calendar:
    header = filing.header
    month_day = _MONTH_DAY.fullmatch(header.fiscal_year_end)
    return Calendar(
        count_dates(document.texts),
        (int(month_day[1]), int(month_day[2])) if month_day else None,
        header.period,
        is_annual(header.form) or is_annual(document.type),
        is_quarterly(header.form),
    )


class _DocumentReader:
    """Reads the statements of one document and collects the findings."""

    def __init__(self, index: int, document: Document, calendar: Calendar, currency: str, most_rows: int) -> None:
        self.index = index
        self.document = document
        self.currency = currency
        self.findings: list[Finding] = []
        drafts: list[Draft] = []
        for block in find_blocks(document, most_rows):
            if block.left_out:
                finding = finding_at(document, block, Severity.WARNING, Code.TABLE_TOO_LARGE, block.left_out)
                self.findings.append(finding)
                continue
            drafts.append(draft_statement(block, drafts[-1] if drafts else None, calendar))
        primary, left_out = _select_primary(document, drafts)
        durations = durations_by_end(primary)
        primary = [infer_durations(draft, durations) for draft in primary]
        self.tables = DocumentTables(
            index,
            document,
            tuple(drafts),
            tuple(primary),
            (),
            left_out,
            durations_by_end(primary),
            _scaled_figures(primary),
        )
        statements, parentheticals = self._read()
        self.tables = replace(self.tables, statements=tuple(merge_parts(statements)))
        self.parentheticals = merge_parts(parentheticals)

    def _read(self) -> tuple[list[Statement], list[Statement]]:
        """Return the statements of the document, part by part, and the parenthetical ones of their captions."""
        statements: list[Statement] = []
        parentheticals: list[Statement] = []
        earlier_totals: dict[StatementKind, list[Mapping[tuple[str, Column], Decimal]]] = {}
        for draft in self.tables.primary:
            scale = self.tables.scale_of(draft)
            statement, findings = assemble(self.document, self.index, draft, scale, self.currency)
            if statement is None:
                self.findings += findings
                continue
            totals = _total_figures(statement) if statement.qualifier is None else []
            earlier = earlier_totals.setdefault(statement.kind, [])
            if any(_contradicts(totals, others) for others in earlier[:_MAX_COMPARED]):
                message = f"the {statement.title!r} was left out: its totals are not those of the one before"
                self.findings.append(
                    finding_at(self.document, draft.block, Severity.WARNING, Code.SECOND_STATEMENT, message)
                )
                continue
            self.findings += findings
            earlier.append({(total.caption, total.column): total.value for total in totals})
            statements.append(statement)
            parenthetical = read_parenthetical(statement, scale, self.document.texts)
            if parenthetical is not None:
                parentheticals.append(parenthetical)
        return statements, parentheticals


def _select_primary(document: Document, drafts: Sequence[Draft]) -> tuple[list[Draft], dict[int, Finding]]:
    """Select the drafts of primary statements; map the indexes of others that resemble one to findings.

    An untitled table is left out if the document has a titled statement of its kind: it discusses that one.
    """
    titled_kinds = {draft.kind for draft in drafts if draft.titled}
    primary: list[Draft] = []
    left_out: dict[int, Finding] = {}
    for index, draft in enumerate(drafts):
        if draft.kind is None:
            if not draft.titled and draft.likeness < STRONG_SCORE - 2:
                continue
            message = f"a table was left out: {draft.reason}"
        elif draft.titled or draft.continues or draft.kind not in titled_kinds:
            primary.append(draft)
            continue
        else:
            message = f"a table that looks like an untitled {draft.kind.words} was left out: the titled one counts"
        left_out[index] = finding_at(document, draft.block, Severity.INFO, Code.TABLE_NOT_READ, message)
    return primary, left_out


_TOTAL_CAPTION = re.compile(
    r"total\s+(?:current\s+)?(?:assets|liabilities)|total\s+(?:net\s+)?(?:revenues?|sales)|"
    r"net\s+(?:sales|revenues?|income|loss|earnings)(?:\s*\(loss\))?|net\s+cash\s.*activities|"
    r"income.*before\s+(?:provision\s+for\s+)?(?:income\s+)?taxes",
    re.I,
)


class _TotalFigure(NamedTuple):
    caption: str
    column: Column  # without its heading
    value: Decimal


def _contradicts(totals: Sequence[_TotalFigure], earlier: Mapping[tuple[str, Column], Decimal]) -> bool:
    """Whether most, and at least two, totals of the same caption and period have different values.

    Then the second statement is that of another company or of a part of the company.
    """
    pairs = [
        (earlier[total.caption, total.column], total.value)
        for total in totals
        if (total.caption, total.column) in earlier
    ]
    different = sum(1 for a, b in pairs if a != b)
    return different >= 2 and different > len(pairs) - different


def _total_figures(statement: Statement) -> Sequence[_TotalFigure]:
    columns = [replace(column, heading="") for column in statement.columns]
    return [
        _TotalFigure(wording(item.label).lowered, column, figure.value)
        for item in statement.items
        if item.unit is UnitKind.MONETARY and _TOTAL_CAPTION.fullmatch(item.label)
        for column, figure in zip(columns, item.figures, strict=True)
        if figure is not None
    ]


def _scaled_figures(drafts: Iterable[Draft]) -> list[tuple[Scale, Collection[Decimal]]]:
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
