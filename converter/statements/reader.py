"""Filing -> FilingStatements: the primary statements of every document."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec.structs import replace

from converter.filing import Document, Filing
from converter.statements.assembly import assemble, currency_of, finding_at, qualifier_of_title
from converter.statements.calendar import Calendar
from converter.statements.choices import choices_of, first_line
from converter.statements.classification import STRONG_SCORE
from converter.statements.dating import calendar_of, dated_by_balance_sheet, dated_by_sentences, fiscal_year_end
from converter.statements.drafts import Draft, as_named, classified, is_further_page, read_table
from converter.statements.durations import durations_by_end, infer_durations
from converter.statements.fiscal import settle_periods, uncertain_periods
from converter.statements.found import DocumentTables, FilingStatements, scaled_figures
from converter.statements.highlights import beside_pro_forma, find_highlights, is_of_release
from converter.statements.inception import with_inception
from converter.statements.merging import merge_pages, says_it_goes_on
from converter.statements.misprints import correct_dates
from converter.statements.model import ONE, Qualifier, Statement, StatementKind
from converter.statements.parenthetical import read_parenthetical
from converter.statements.position import Place, Places
from converter.statements.registrant import registrant_names, with_own_columns
from converter.statements.scale import Scale
from converter.statements.selection import Candidate, Rejected, is_consolidated, select
from converter.statements.unscaled import find_scale
from converter.statements.year_ends import read_fiscal_years
from converter.tables import MAX_ROWS_OF_FILING, Block, find_blocks
from converter.vocabulary import (
    Code,
    Finding,
    Severity,
    is_schedule,
)

_MAX_PAGES = 3
"""So many pages before one of the same statement say how many decimal places are usual in it, at most."""


def read_statements(filing: Filing, currency: str = "") -> FilingStatements:
    """Read the primary statements of a filing; `currency` (ISO 4217) overrides the one they name."""
    readers: list[_DocumentReader] = []
    names = registrant_names(filing)
    rows_left = MAX_ROWS_OF_FILING
    for index, document in enumerate(filing.documents):
        if not is_schedule(document.type):
            reader = _DocumentReader(index, document, calendar_of(filing, document), currency, names, rows_left)
            readers.append(reader)
            rows_left -= sum(len(draft.rows) for draft in reader.tables.drafts)
    candidates = [candidate for reader in readers for candidate in reader.candidates]
    if not candidates:
        candidates = [candidate for reader in readers for candidate in reader.beside_pro_forma()]
    if not candidates:
        releases = [reader for reader in readers if is_of_release(filing, reader.document)]
        candidates = [candidate for reader in releases for candidate in reader.highlights()]
    selection = select(candidates, names)
    unscaled = [i for i, candidate in enumerate(selection.chosen) if candidate.unscaled]
    scaled = find_scale(filing, [candidate.statement for candidate in selection.chosen], unscaled)
    settled = settle_periods(
        scaled.statements,
        read_fiscal_years(chain.from_iterable(reader.document.texts for reader in readers)),
        fiscal_year_end(filing),
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


class _DocumentReader:
    """Reads the tables of one document that can be statements."""

    def __init__(
        self,
        index: int,
        document: Document,
        calendar: Calendar,
        currency: str,
        names: Sequence[str],
        most_rows: int,
    ) -> None:
        self.index = index
        self._names = names
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
        tables = _read_tables(blocks, calendar)
        drafts = _classified(tables)
        dated = dated_by_balance_sheet(calendar, drafts) or dated_by_sentences(calendar, drafts, document.texts)
        if dated is not None:
            drafts = _classified([replace(table, head=replace(table.head, calendar=dated)) for table in tables])
        self.places = Places(document.texts)
        primary, left_out = _select_primary(document, drafts, self.places)
        durations = durations_by_end(primary)
        primary = [infer_durations(draft, durations) for draft in primary]
        primary = with_inception(primary, document.texts)
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
            scaled_figures(primary),
            self.places,
        )
        named = {currency_of(draft) for draft in primary} - {""}
        self.currency = named.pop() if len(named) == 1 else "USD"  # of statements that name none
        self._calendar, self._given_currency = calendar, currency
        self.candidates = merge_pages(self._read())

    def highlights(self) -> list[Candidate]:
        """Read the highlights of a release as its income statement."""
        found = find_highlights(self.tables.drafts, self._calendar, self.document.texts)
        if found is None:
            return []
        index, draft = found
        rows = f"{len(draft.rows)} of the {len(self.tables.drafts[index].rows)} rows of {draft.title!r}"
        message = f"the release prints no statement: {rows} were read as an income statement"
        finding = finding_at(self.document, draft.block, Severity.WARNING, Code.STATEMENT_MISSING, message)
        self.findings.append(finding)
        return self._read_after_all({index: draft})

    def beside_pro_forma(self) -> list[Candidate]:
        """Read the tables titled pro forma that have one actual column."""
        found = {i: draft for i, table in enumerate(self.tables.drafts) if (draft := beside_pro_forma(table))}
        return self._read_after_all(found)

    def _read_after_all(self, found: Mapping[int, Draft]) -> list[Candidate]:
        """Read drafts, by their indexes, as the statements of a document that has no other."""
        left_out = {i: finding for i, finding in self.tables.left_out.items() if i not in found}
        self.tables = replace(self.tables, primary=tuple(found.values()), left_out=left_out)
        return merge_pages(self._read())

    def _read(self) -> Iterator[Candidate]:
        earlier: deque[Draft] = deque(maxlen=_MAX_PAGES)  # the last pages of the same statement
        for draft in self.tables.primary:
            if earlier and not (draft.continues or _has_title_of(draft, earlier[-1])):
                earlier.clear()
            scale = next(
                (s for d in (draft, *earlier) if not (s := self.tables.scale_of(d)).assumed), self.tables.assumed
            )
            earlier_rows = [row for page in earlier for row in page.rows]
            named = next((c for d in (draft, *earlier) if (c := currency_of(d))), self.currency)
            statement, findings = assemble(
                self.document, self.index, draft, scale, self._given_currency or named, earlier_rows
            )
            earlier.append(draft)
            if statement is None:
                self.undated.append((draft, findings))
            else:
                columns = with_own_columns(statement.columns, self._names)
                statement = replace(statement, columns=columns, qualifier=_qualifier(draft, self.places))
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


def _has_title_of(draft: Draft, page: Draft) -> bool:
    """Whether a table has the title of the page before, or says that it goes on with a statement of that kind."""
    return draft.kind is page.kind and (draft.title == page.title or says_it_goes_on(draft.title))


def _read_tables(blocks: Iterable[Block], calendar: Calendar) -> list[Draft]:
    tables: list[Draft] = []
    for block in blocks:
        tables.append(read_table(block, calendar, tables[-1] if tables else None))
    return tables


def _classified(tables: Iterable[Draft]) -> list[Draft]:
    drafts: list[Draft] = []
    for table in tables:
        _add_classified(drafts, table)
    return drafts


def _add_classified(drafts: list[Draft], table: Draft) -> None:
    """Tell what a table is and add it; the one before is a statement too if it has its title and this one goes on.

    Tables without a title and a kind, such as page numbers, do not count.
    """
    before = next((i for i in reversed(range(len(drafts))) if drafts[i].kind is not None or drafts[i].titled), None)
    if before is None:
        drafts.append(classified(table, None))
        return
    first = as_named(drafts[before])
    draft = classified(table, first)
    if is_further_page(draft, first):
        drafts[before] = first
        draft = as_named(draft, first)
    elif first is not drafts[before]:
        draft = classified(table, drafts[before])
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
