"""Filing -> Statements: every primary statement of every document, its columns with periods, its line items."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from converter.filing.reader import Document, Filing
from converter.statements.classification import STRONG, find_qualifier
from converter.statements.columns import Calendar, count_days
from converter.statements.details import DetailFinder
from converter.statements.drafts import Draft, draft_statement, lengths_from_others, likely_statement, scale_above
from converter.statements.line_items import printed_figures, read_items
from converter.statements.merging import merge_parts
from converter.statements.model import Column, Kind, Statement, UnitKind
from converter.statements.parenthetical import stated_in_captions
from converter.statements.scale import ONE, Scale, read_currency
from converter.statements.shares import settle_shares
from converter.tables.blocks import Block, find_blocks
from converter.tables.captions import Cell, Row
from converter.vocabulary.findings import Finding, Severity

_ANNUAL = ("10-K", "10-KT", "20-F", "40-F", "ARS", "EX-13")
_QUARTERLY = "10-Q"
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_TWIN = "another column of the same period stands before it"


def read_statements(filing: Filing, all_tables: bool = False) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """The primary statements of a filing in the order they stand, and what could not be read of them.

    With `all_tables` also, as `secondary` statements behind them, other tables that have captions of statements.
    """
    statements: list[Statement] = []
    findings: list[Finding] = []
    for index, document in enumerate(filing.documents):
        if document.type.upper().startswith("EX-27"):
            continue
        reader = _DocumentReader(index, document, _calendar(filing, document), all_tables)
        statements += reader.read()
        findings += reader.findings
    return tuple(sorted(statements, key=lambda statement: not statement.primary)), tuple(findings)


def _calendar(filing: Filing, document: Document) -> Calendar:
    header = filing.header
    month_day = _MONTH_DAY.fullmatch(header.fiscal_year_end)
    return Calendar(
        count_days(document.texts),
        (int(month_day[1]), int(month_day[2])) if month_day else None,
        header.period,
        header.form.upper().startswith(_ANNUAL) or document.type.upper().startswith(_ANNUAL),
        header.form.upper().startswith(_QUARTERLY),
    )


class _DocumentReader:
    """Reads the statements of one document and collects what there is to say about it."""

    def __init__(self, index: int, document: Document, calendar: Calendar, all_tables: bool) -> None:
        self.all_tables = all_tables
        self.index = index
        self.document = document
        self.calendar = calendar
        self.texts = document.texts
        self.findings: list[Finding] = []

    def read(self) -> list[Statement]:
        drafts: list[Draft] = []
        for block in find_blocks(self.document):
            drafts.append(draft_statement(block, drafts[-1] if drafts else None, self.calendar))
        primary = self._primary(drafts)
        primary = [lengths_from_others(draft, primary) for draft in primary]
        statements: list[Statement] = []
        asides: list[Statement] = []
        known: list[tuple[Kind, _Totals]] = []
        for draft in primary:
            scale = draft.scale or _scale_of_neighbours(draft, primary) or Scale(ONE)
            told = len(self.findings)
            statement = self._statement(draft, scale)
            if statement is None:
                continue
            totals = _totals(statement) if statement.qualifier is None else []
            if any(kind is statement.kind and _contradict(totals, before) for kind, before in known):
                del self.findings[told:]  # it is left out as a whole, not figure by figure
                what = f"the {statement.title!r} was left out: its totals are not those of the one before"
                self._note(Severity.WARNING, "second-statement", what, draft.block)
                continue
            known.append((statement.kind, totals))
            statements.append(statement)
            aside = stated_in_captions(statement, scale, self.texts)
            if aside is not None:
                asides.append(aside)
        others = self._secondary(drafts, primary) if self.all_tables else ()
        merged = merge_parts(statements)
        return [*merged, *merge_parts(asides), *self._details(drafts, primary, merged), *others]

    def _details(
        self, drafts: Sequence[Draft], primary: Sequence[Draft], statements: Sequence[Statement]
    ) -> Iterator[Statement]:
        """The tables in the notes that break rows of the statements down."""
        finder = DetailFinder(self.index, statements)
        read = {draft.block.lines[0].index for draft in primary}
        scales = list(dict.fromkeys(draft.scale for draft in primary if draft.scale))
        for draft in drafts:
            if draft.block.lines[0].index not in read:
                yield from finder.find(draft, dict.fromkeys([scale_above(draft) or Scale(ONE), *scales]))

    def _secondary(self, drafts: Sequence[Draft], primary: Sequence[Draft]) -> Iterator[Statement]:
        """The other tables that have captions of statements; whether they agree with these is asked of their facts."""
        read = {draft.block.lines[0].index for draft in primary}
        for draft in drafts:
            likely = None if draft.block.lines[0].index in read else likely_statement(draft)
            if likely is not None:
                likely = lengths_from_others(likely, [*primary, likely])
                scale = likely.scale or _scale_of_neighbours(likely, primary) or Scale(ONE)
                statement = self._statement(likely, scale)
                if statement is not None:
                    yield replace(statement, secondary=True)

    def _primary(self, drafts: Sequence[Draft]) -> list[Draft]:
        """The drafts of primary statements: beside a titled one an untitled table of its kind is a discussion of it."""
        titled = {draft.kind for draft in drafts if draft.titled}
        primary = []
        for draft in drafts:
            if draft.kind is None:
                if self.all_tables and likely_statement(draft):
                    continue  # it is read as a secondary one
                if draft.titled or draft.likeness >= STRONG - 2:
                    self._note(Severity.INFO, "table-not-read", f"a table was left out: {draft.reason}", draft.block)
            elif draft.titled or draft.continues or draft.kind not in titled:
                primary.append(draft)
            elif not self.all_tables:
                what = f"a table that looks like an untitled {draft.kind.words} was left out: the titled one counts"
                self._note(Severity.INFO, "table-not-read", what, draft.block)
        return primary

    def _note(self, severity: Severity, code: str, message: str, block: Block) -> None:
        line = self.document.lines[block.lines[0].index].number
        self.findings.append(Finding(severity, code, message, line))

    def _statement(self, draft: Draft, scale: Scale) -> Statement | None:
        dated = [i for i, column in enumerate(draft.columns) if column.period is not None]
        kept = _without_twins(draft, dated)
        self._note_columns(draft, kept)
        if not kept or draft.kind is None:
            return None
        items = read_items(self.index, draft.kind, draft.rows, kept, scale)
        columns = [draft.columns[i] for i in kept]
        statement = Statement(
            draft.kind,
            draft.title,
            self.index,
            read_currency(draft.texts) or "USD",
            tuple(Column(c.period, c.heading, find_qualifier(c.heading)) for c in columns if c.period is not None),
            settle_shares(tuple(item for item in items if any(item.figures)), draft.kind),
            find_qualifier(draft.title),
            self._account(draft, kept),
        )
        return _merge_columns(statement)

    def _note_columns(self, draft: Draft, kept: Sequence[int]) -> None:
        for i, column in enumerate(draft.columns):
            if i not in kept:
                reason = column.reason or _TWIN
                what = f"column {i + 1} ({column.heading!r}) of the {draft.title!r} was left out: {reason}"
                severity = Severity.INFO if "changes" in reason else Severity.WARNING
                self._note(severity, "column-not-read", what, draft.block)

    def _account(self, draft: Draft, kept: Sequence[int]) -> int:
        """Count the figures printed in the rows; each that becomes no figure of an item is a finding."""
        printed = 0
        for row in draft.rows:
            for i, cell in enumerate(row.cells):
                if cell is None:
                    continue
                printed += 1
                if cell.token.amount.absent:
                    self._note_figure(row, cell, "it says that there is no figure")
                elif i not in kept:
                    self._note_figure(row, cell, f"its column was left out: {draft.columns[i].reason or _TWIN}")
            for cell in row.stray:
                printed += 1
                self._note_figure(row, cell, "it stands under no column")
        return printed

    def _note_figure(self, row: Row, cell: Cell, reason: str) -> None:
        line = self.document.lines[cell.line]
        text = line.text[cell.token.start : cell.token.end]
        what = f"{text!r} of {row.label or 'a row without caption'!r} is no fact: {reason}"
        place = (line.number, cell.token.start, cell.token.end)
        self.findings.append(Finding(Severity.INFO, "figure-not-read", what, *place))


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
        ((item.label.lower(), column), figure.value)
        for item in statement.items
        if item.unit is UnitKind.MONETARY and _TOTALS.fullmatch(item.label)
        for column, figure in zip(columns, item.figures, strict=True)
        if figure is not None
    ]


def _without_twins(draft: Draft, kept: Sequence[int]) -> list[int]:
    """Of two columns of one period that share rows only the first can be the registrant's."""
    chosen: list[int] = []
    keys = [(column.period, find_qualifier(column.heading)) for column in draft.columns]
    for i in kept:
        twin = next((j for j in chosen if keys[j] == keys[i]), None)
        if twin is None or not any(row.cells[i] and row.cells[twin] for row in draft.rows):
            chosen.append(i)
    return chosen


def _merge_columns(statement: Statement) -> Statement:
    """Inner and outer columns of one period become one column."""
    keys = [(c.period, c.qualifier) for c in statement.columns]
    order = sorted({key: keys.index(key) for key in keys}.values())
    if len(order) == len(keys):
        return statement
    items = []
    for item in statement.items:
        same = [[item.figures[j] for j in range(len(keys)) if keys[j] == keys[i]] for i in order]
        items.append(replace(item, figures=tuple(next((f for f in group if f is not None), None) for group in same)))
    return replace(statement, columns=tuple(statement.columns[i] for i in order), items=tuple(items))


def _scale_of_neighbours(draft: Draft, drafts: Sequence[Draft]) -> Scale | None:
    """A statement that states no scale has that of another one which prints the same large figures."""
    mine = _large_figures(draft.rows)
    for other in drafts:
        if other.scale is not None and len(mine & _large_figures(other.rows)) >= 2:
            return other.scale
    return None


def _large_figures(rows: Iterable[Row]) -> set[Decimal]:
    amounts = (cell.token.amount for cell in printed_figures(rows))
    return {abs(amount.value) for amount in amounts if abs(amount.value) >= 100 and not amount.places}
