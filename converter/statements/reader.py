"""Filing -> Statements: every primary statement of every document, its columns with periods, its line items."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from converter.filing import Document, Filing
from converter.statements.assembly import assemble, finding_at
from converter.statements.calendar import Calendar, count_days
from converter.statements.classification import STRONG
from converter.statements.drafts import Draft, draft_statement, lengths_from_others
from converter.statements.line_items import printed_figures
from converter.statements.merging import merge_parts
from converter.statements.model import ONE, Column, Statement, StatementKind, UnitKind
from converter.statements.parenthetical import stated_in_captions
from converter.statements.scale import Scale
from converter.tables import TableRow, find_blocks
from converter.vocabulary import Code, Finding, Severity, is_annual, is_quarterly, is_schedule, wording

_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")


class DocumentTables(Struct, frozen=True):
    """The tables of a document (number `index` of the filing), and what they were taken for.

    `drafts` are all of them, top to bottom; `primary` those that were read as the registrant's statements, and
    `statements` what came of these. `left_out` says of others why they are none, by their number among the drafts.
    """

    index: int
    document: Document
    drafts: tuple[Draft, ...]
    primary: tuple[Draft, ...]
    statements: tuple[Statement, ...]
    left_out: Mapping[int, Finding]

    def others(self) -> Iterable[tuple[int, Draft]]:
        """The tables that were not read as statements, with their numbers."""
        read = {draft.block.lines[0].index for draft in self.primary}
        return [pair for pair in enumerate(self.drafts) if pair[1].block.lines[0].index not in read]

    def scale_of(self, draft: Draft) -> Scale:
        """The scale that a table states, else that of a statement which prints the same large figures."""
        return draft.scale or _scale_of_neighbours(draft, self.primary) or Scale(ONE)


class ReadStatements(Struct, frozen=True):
    """The primary statements of a filing in the order they stand, and what could not be read of them.

    `findings` do not say what became of tables that are no statements: `documents` do.
    """

    statements: tuple[Statement, ...]
    documents: tuple[DocumentTables, ...]
    findings: tuple[Finding, ...]

    def tables_left_out(self) -> tuple[Finding, ...]:
        """Why tables that could be statements are none."""
        return tuple(finding for document in self.documents for finding in document.left_out.values())


def read_statements(filing: Filing, currency: str = "") -> ReadStatements:
    """Read the primary statements of a filing; `currency` (ISO 4217) goes before what they say of theirs."""
    readers = [
        _DocumentReader(index, document, _calendar(filing, document), currency)
        for index, document in enumerate(filing.documents)
        if not is_schedule(document.type)
    ]
    return ReadStatements(
        tuple(statement for reader in readers for statement in (*reader.tables.statements, *reader.parentheticals)),
        tuple(reader.tables for reader in readers),
        tuple(finding for reader in readers for finding in reader.findings),
    )


def _calendar(filing: Filing, document: Document) -> Calendar:
    header = filing.header
    month_day = _MONTH_DAY.fullmatch(header.fiscal_year_end)
    return Calendar(
        count_days(document.texts),
        (int(month_day[1]), int(month_day[2])) if month_day else None,
        header.period,
        is_annual(header.form) or is_annual(document.type),
        is_quarterly(header.form),
    )


class _DocumentReader:
    """Reads the statements of one document and collects what there is to say about it."""

    def __init__(self, index: int, document: Document, calendar: Calendar, currency: str) -> None:
        self.index = index
        self.document = document
        self.currency = currency
        self.findings: list[Finding] = []
        drafts: list[Draft] = []
        for block in find_blocks(document):
            drafts.append(draft_statement(block, drafts[-1] if drafts else None, calendar))
        primary, left_out = _primary(document, drafts)
        primary = [lengths_from_others(draft, primary) for draft in primary]
        self.tables = DocumentTables(index, document, tuple(drafts), tuple(primary), (), left_out)
        statements, parentheticals = self._read()
        self.tables = replace(self.tables, statements=tuple(merge_parts(statements)))
        self.parentheticals = merge_parts(parentheticals)

    def _read(self) -> tuple[list[Statement], list[Statement]]:
        """The statements of the document, part by part, and what their captions state."""
        statements: list[Statement] = []
        parentheticals: list[Statement] = []
        known: list[tuple[StatementKind, _Totals]] = []
        for draft in self.tables.primary:
            scale = self.tables.scale_of(draft)
            statement, findings = assemble(self.document, self.index, draft, scale, self.currency)
            if statement is None:
                self.findings += findings
                continue
            totals = _totals(statement) if statement.qualifier is None else []
            if any(kind is statement.kind and _contradict(totals, before) for kind, before in known):
                what = f"the {statement.title!r} was left out: its totals are not those of the one before"
                self.findings.append(
                    finding_at(self.document, draft.block, Severity.WARNING, Code.SECOND_STATEMENT, what)
                )
                continue
            self.findings += findings
            known.append((statement.kind, totals))
            statements.append(statement)
            parenthetical = stated_in_captions(statement, scale, self.document.texts)
            if parenthetical is not None:
                parentheticals.append(parenthetical)
        return statements, parentheticals

    def _note(self, draft: Draft, severity: Severity, code: Code, message: str) -> None:
        self.findings.append(finding_at(self.document, draft.block, severity, code, message))


def _primary(document: Document, drafts: Sequence[Draft]) -> tuple[list[Draft], dict[int, Finding]]:
    """The drafts of primary statements, and what is to be said of others by their numbers.

    Beside a titled statement an untitled table of its kind is a discussion of it.
    """
    titled = {draft.kind for draft in drafts if draft.titled}
    primary: list[Draft] = []
    left_out: dict[int, Finding] = {}
    for number, draft in enumerate(drafts):
        if draft.kind is None:
            if not draft.titled and draft.likeness < STRONG - 2:
                continue
            what = f"a table was left out: {draft.reason}"
        elif draft.titled or draft.continues or draft.kind not in titled:
            primary.append(draft)
            continue
        else:
            what = f"a table that looks like an untitled {draft.kind.words} was left out: the titled one counts"
        left_out[number] = finding_at(document, draft.block, Severity.INFO, Code.TABLE_NOT_READ, what)
    return primary, left_out


_TOTALS = re.compile(
    r"total\s+(?:current\s+)?(?:assets|liabilities)|total\s+(?:net\s+)?(?:revenues?|sales)|"
    r"net\s+(?:sales|revenues?|income|loss|earnings)(?:\s*\(loss\))?|net\s+cash\s+.*activities|"
    r"income.*before\s+(?:provision\s+for\s+)?(?:income\s+)?taxes",
    re.I,
)


_Totals = Sequence[tuple[tuple[str, Column], Decimal]]


def _contradict(totals: _Totals, others: _Totals) -> bool:
    """Whether two statements of a kind give several totals of one caption and period other values.

    Then the second one is that of another company, or of a part.
    """
    known = dict(others)
    pairs = [(known[key], value) for key, value in totals if key in known]
    different = sum(1 for one, another in pairs if one != another)
    return different >= 2 and different > len(pairs) - different


def _totals(statement: Statement) -> _Totals:
    columns = [replace(column, heading="") for column in statement.columns]
    return [
        ((wording(item.label).lowered, column), figure.value)
        for item in statement.items
        if item.unit is UnitKind.MONETARY and _TOTALS.fullmatch(item.label)
        for column, figure in zip(columns, item.figures, strict=True)
        if figure is not None
    ]


def _scale_of_neighbours(draft: Draft, drafts: Sequence[Draft]) -> Scale | None:
    """A statement that states no scale has that of another one which prints the same large figures."""
    mine = _large_figures(draft.rows)
    for other in drafts:
        if other.scale is not None and len(mine & _large_figures(other.rows)) >= 2:
            return other.scale
    return None


def _large_figures(rows: Iterable[TableRow]) -> set[Decimal]:
    amounts = (cell.token.amount for cell in printed_figures(rows))
    return {abs(amount.value) for amount in amounts if abs(amount.value) >= 100 and not amount.places}
