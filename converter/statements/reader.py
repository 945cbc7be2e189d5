"""Filing -> FilingStatements: the primary statements of every document."""

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice

from msgspec import Struct
from msgspec.structs import replace

from converter.filing import Document, Filing, read_cover
from converter.statements.assembly import assemble, finding_at, qualifier_of_title
from converter.statements.calendar import Calendar, count_dates
from converter.statements.choices import Choice, choices_of, first_line
from converter.statements.classification import STRONG_SCORE
from converter.statements.drafts import (
    Draft,
    as_named,
    draft_statement,
    durations_by_end,
    infer_durations,
    is_further_page,
)
from converter.statements.fiscal import settle_periods, uncertain_periods
from converter.statements.line_items import printed_figures
from converter.statements.merging import merge_pages
from converter.statements.misprints import correct_dates
from converter.statements.model import ONE, Qualifier, Statement, StatementKind
from converter.statements.parenthetical import read_parenthetical
from converter.statements.position import Place, Places
from converter.statements.scale import Scale
from converter.statements.selection import Candidate, Rejected, is_consolidated, select
from converter.statements.unscaled import find_scale
from converter.statements.year_ends import read_fiscal_years
from converter.tables import MAX_ROWS_OF_FILING, Block, TableRow, find_blocks
from converter.vocabulary import (
    Code,
    Duration,
    Finding,
    Instant,
    Severity,
    UnreadReason,
    is_annual,
    is_quarterly,
    is_schedule,
)

_MAX_PAGES = 3
"""So many pages before one of the same statement say how many decimal places are usual in it, at most."""
_MAX_COMPARED = 50
"""So many tables with a scale of their own are compared with one without, at most."""
_ABOUT_TABLES_LEFT_OUT = (Code.TABLE_NOT_READ, Code.SECOND_STATEMENT, Code.COLUMN_NOT_READ)
_YEAR_OR_PART = frozenset((*range(80, 290), *range(357, 373)))
"""The days that may lie between the end of a fiscal year and those of the next four quarters."""
_WITHOUT_DATE = (UnreadReason.YEAR_TO_DATE, UnreadReason.NO_DATE)
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")


class DocumentTables(Struct, frozen=True):
    """The tables of a document, the filing's number `index`, and how they were classified.

    `drafts` are all tables from top to bottom, `primary` those read as the registrant's statements, `statements` the
    statements made of these. `left_out` maps the index of another draft to the finding that says why it is not read.
    Of the primary ones, `durations` are the periods by their last day, `scaled_figures` the large figures of the first
    that state a scale; `assumed` is that of the others.
    """

    index: int
    document: Document
    drafts: tuple[Draft, ...]
    primary: tuple[Draft, ...]
    statements: tuple[Statement, ...]
    left_out: Mapping[int, Finding]
    durations: Mapping[date, Collection[Duration]]
    scaled_figures: Sequence[tuple[Scale, Collection[Decimal]]]
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

    def with_primary(self, indexes: Collection[int]) -> "DocumentTables":
        """Return the tables with those of these indexes, too, read as the registrant's statements."""
        primary = (*self.primary, *(self.drafts[index] for index in indexes))
        left_out = {index: finding for index, finding in self.left_out.items() if index not in indexes}
        return replace(self, primary=primary, left_out=left_out)

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

    def with_primary(self, tables: Collection[tuple[int, int]]) -> "FilingStatements":
        """Return these with further tables read as the registrant's statements: document and index of each."""
        documents = tuple(
            tables_of.with_primary([index for document, index in sorted(tables) if document == tables_of.index])
            for tables_of in self.documents
        )
        return replace(self, documents=documents)

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


def read_statements(filing: Filing, currency: str = "") -> FilingStatements:
    """Read the primary statements of a filing; `currency` (ISO 4217) overrides the one they name."""
    readers: list[_DocumentReader] = []
    rows_left = MAX_ROWS_OF_FILING
    for index, document in enumerate(filing.documents):
        if not is_schedule(document.type):
            reader = _DocumentReader(index, document, _calendar(filing, document), currency, rows_left)
            readers.append(reader)
            rows_left -= sum(len(draft.rows) for draft in reader.tables.drafts)
    candidates = [candidate for reader in readers for candidate in reader.candidates]
    selection = select(candidates, _registrant_names(filing))
    unscaled = [i for i, candidate in enumerate(selection.chosen) if candidate.unscaled]
    scaled = find_scale(filing, [candidate.statement for candidate in selection.chosen], unscaled)
    settled = settle_periods(
        scaled.statements,
        read_fiscal_years(chain.from_iterable(reader.document.texts for reader in readers)),
        _fiscal_year_end(filing),
    )
    statements: list[Statement] = []
    documents: list[DocumentTables] = []
    for reader in readers:
        chosen = [c for c in selection.chosen if c.statement.document == reader.index]
        own = tuple(statement for statement in settled.statements if statement.document == reader.index)
        parentheticals = (read_parenthetical(statement, reader.document.texts) for statement in own)
        statements += [*own, *(statement for statement in parentheticals if statement is not None)]
        drafts = tuple(draft for candidate in chosen for draft in candidate.drafts)
        assumed = Scale(scaled.factors.get(reader.index, ONE), assumed=True)
        documents.append(replace(reader.tables, primary=drafts, statements=own, assumed=assumed))
    findings = [finding for reader in readers for finding in reader.findings]
    kinds = {statement.kind for statement in statements}
    findings += [finding for reader in readers for finding in reader.about_undated(kinds)]
    findings += [finding for candidate in selection.chosen for finding in candidate.findings]
    findings += [_rejection(filing, rejected) for rejected in selection.rejected]
    findings += scaled.findings
    findings += uncertain_periods(filing, settled)
    choices = tuple(choices_of(filing, candidates, selection))
    return FilingStatements(tuple(statements), tuple(documents), tuple(findings), choices)


def _registrant_names(filing: Filing) -> tuple[str, ...]:
    cover = read_cover(filing, None)
    return tuple(name for name in (filing.header.company, str(cover.name.value) if cover.name else "") if name)


def _rejection(filing: Filing, rejected: Rejected) -> Finding:
    statement, instead = rejected.candidate.statement, rejected.instead
    document = filing.documents[statement.document]
    better = f"the {instead.statement.title!r} in line {first_line(filing, instead)}"
    if rejected.rival:
        message = f"the {statement.title!r} was left out: its totals are not those of {better}"
        return finding_at(
            document, rejected.candidate.drafts[0].block, Severity.WARNING, Code.SECOND_STATEMENT, message
        )
    evidence = ", ".join(rejected.evidence) or "no title"
    message = f"the {statement.title!r} was left out ({evidence}): there is more for {better}"
    return finding_at(document, rejected.candidate.drafts[0].block, Severity.INFO, Code.TABLE_NOT_READ, message)


def _calendar(filing: Filing, document: Document) -> Calendar:
    header = filing.header
    form = header.form or _form_of_cover(filing)
    return Calendar(
        count_dates(document.texts),
        _fiscal_year_end(filing),
        header.period or _period_of_cover(filing),
        is_annual(form) or is_annual(document.type),
        is_quarterly(form),
    )


def _form_of_cover(filing: Filing) -> str:
    form = read_cover(filing, None).form
    return str(form.value) if form is not None else ""


def _period_of_cover(filing: Filing) -> date | None:
    """The last day of the period that the cover page of a form names."""
    period_end = read_cover(filing, None).period_end
    return period_end.value if period_end is not None and isinstance(period_end.value, date) else None


def _fiscal_year_end(filing: Filing) -> tuple[int, int] | None:
    """The month and day that the header gives, else those of the period that an annual report's cover names."""
    month_day = _MONTH_DAY.fullmatch(filing.header.fiscal_year_end)
    if month_day:
        return int(month_day[1]), int(month_day[2])
    period = _period_of_cover(filing) if is_annual(_form_of_cover(filing)) else None
    return (period.month, period.day) if period is not None else None


class _DocumentReader:
    """Reads the tables of one document that can be statements."""

    def __init__(self, index: int, document: Document, calendar: Calendar, currency: str, most_rows: int) -> None:
        self.index = index
        self.document = document
        self.findings: list[Finding] = []
        self.undated: list[tuple[Draft, tuple[Finding, ...]]] = []  # tables without a period, what to say of them
        blocks: list[Block] = []
        for block in find_blocks(document, most_rows):
            if block.left_out:
                finding = finding_at(document, block, Severity.WARNING, Code.TABLE_TOO_LARGE, block.left_out)
                self.findings.append(finding)
            else:
                blocks.append(block)
        drafts = _drafts(blocks, calendar)
        dated = _dated_by_balance_sheet(calendar, drafts)
        if dated is not None:
            drafts = _drafts(blocks, dated)
        self.places = Places(document.texts)
        primary, left_out = _select_primary(document, drafts, self.places)
        durations = durations_by_end(primary)
        primary = [infer_durations(draft, durations) for draft in primary]
        primary, corrected = correct_dates(primary)
        for draft, message in corrected:
            finding = finding_at(document, draft.block, Severity.WARNING, Code.DATE_MISPRINTED, message)
            self.findings.append(finding)
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
        self.candidates = merge_pages(self._read(currency))

    def _read(self, currency: str) -> Iterator[Candidate]:
        earlier: deque[Draft] = deque(maxlen=_MAX_PAGES)  # the last pages of the same statement
        for draft in self.tables.primary:
            if earlier and not (draft.continues or (draft.kind, draft.title) == (earlier[-1].kind, earlier[-1].title)):
                earlier.clear()
            scale = next(
                (s for d in (draft, *earlier) if not (s := self.tables.scale_of(d)).assumed), self.tables.assumed
            )
            earlier_rows = [row for page in earlier for row in page.rows]
            statement, findings = assemble(self.document, self.index, draft, scale, currency, earlier_rows)
            earlier.append(draft)
            if statement is None:
                self.undated.append((draft, findings))
            else:
                statement = replace(statement, qualifier=_qualifier(draft, self.places))
                place = self.places.of(draft.block.lines[0].index)
                yield Candidate(statement, (draft,), findings, place, scale.assumed)

    def about_undated(self, read: Collection[StatementKind]) -> Iterator[Finding]:
        """Yield what there is to say of the tables without a period; little if statements of their kinds are `read`."""
        for draft, findings in self.undated:
            if draft.kind in read:
                message = f"the {draft.title!r} was left out: no period of its columns is known"
                yield finding_at(self.document, draft.block, Severity.INFO, Code.TABLE_NOT_READ, message)
            else:
                yield from findings


def _drafts(blocks: Iterable[Block], calendar: Calendar) -> list[Draft]:
    drafts: list[Draft] = []
    for block in blocks:
        _add_draft(drafts, block, calendar)
    return drafts


def _dated_by_balance_sheet(calendar: Calendar, drafts: Sequence[Draft]) -> Calendar | None:
    """The calendar with what the two days of a balance sheet tell of the fiscal year and the period of the report.

    The earlier day ended a fiscal year if it is less than a year before the later one, or as long as it. Of a filing
    that is no periodic report, the later day is the end of the period. None if all columns have a period without it.
    """
    columns = [column for draft in drafts if draft.kind is not None and draft.titled for column in draft.columns]
    if calendar.annual or not any(column.reason in _WITHOUT_DATE for column in columns):
        return None
    for draft in drafts:
        days = sorted({column.period.day for column in draft.columns if isinstance(column.period, Instant)})
        if draft.titled and len(days) == 2 and (days[1] - days[0]).days in _YEAR_OR_PART:
            year_end = calendar.fiscal_year_end or (days[0].month, days[0].day)
            dated = replace(calendar, fiscal_year_end=year_end)
            return dated if calendar.quarterly else replace(dated, period=days[1], quarterly=True)
    return None


def _add_draft(drafts: list[Draft], block: Block, calendar: Calendar) -> None:
    """Read a table and add it; the one before is a statement too if it has its title and this one goes on with it.

    Tables without a title and a kind, such as page numbers, do not count.
    """
    before = next((i for i in reversed(range(len(drafts))) if drafts[i].kind is not None or drafts[i].titled), None)
    if before is None:
        drafts.append(draft_statement(block, None, calendar))
        return
    first = as_named(drafts[before])
    draft = draft_statement(block, first, calendar)
    if is_further_page(draft, first):
        drafts[before] = first
        draft = as_named(draft, first)
    elif first is not drafts[before]:
        draft = draft_statement(block, drafts[before], calendar)
    drafts.append(draft)


def _qualifier(draft: Draft, places: Places) -> Qualifier | None:
    """What the title of a table, or the part of the document in which it stands, says of all its columns."""
    qualifier = qualifier_of_title(draft)
    if qualifier is None and places.of(draft.block.lines[0].index) is Place.PARENT and not is_consolidated(draft.texts):
        return Qualifier.PARENT_ONLY
    return qualifier


def _select_primary(
    document: Document, drafts: Sequence[Draft], places: Places
) -> tuple[list[Draft], dict[int, Finding]]:
    """Select the drafts of primary statements; map the indexes of others that resemble one to findings.

    An untitled table is left out if the document has a titled statement of its kind, other than the parent's alone: it
    discusses that one.
    """
    titled_kinds = {draft.kind for draft in drafts if draft.titled and _qualifier(draft, places) is None}
    primary: list[Draft] = []
    left_out: dict[int, Finding] = {}
    before: Draft | None = None  # the last one that can be a statement
    for index, draft in enumerate(drafts):
        continues = draft.continues and before is not None and bool(primary) and before is primary[-1]
        before = draft if draft.kind is not None or draft.titled else before
        if draft.kind is None:
            if not draft.titled and draft.likeness < STRONG_SCORE - 2:
                continue
            message = f"a table was left out: {draft.reason}"
        elif draft.titled or continues or draft.kind not in titled_kinds:
            primary.append(draft)
            continue
        else:
            message = f"a table that looks like an untitled {draft.kind.words} was left out: the titled one counts"
        left_out[index] = finding_at(document, draft.block, Severity.INFO, Code.TABLE_NOT_READ, message)
    return primary, left_out


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
