"""Statements and mappings -> Report."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from converter.filing import Cover, CoverText, Filing, read_cover
from converter.mapping import MappedStatement
from converter.report.accounting import Account, FigureIndex, account_of
from converter.report.check_findings import check_findings
from converter.report.checks import check_headlines
from converter.report.crosscheck import schedule_disagreements
from converter.report.duplicates import key_of
from converter.report.entity import entity_of
from converter.report.facts import gather_facts
from converter.report.ledger import Aside
from converter.report.model import Context, Fact, Group, Options, Report, Summary
from converter.report.networks import applying_networks, broken_sums
from converter.statements import Origin, Statement, StatementKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary import Duration, Finding, Instant, Period, is_periodic

_COVER_TITLE = "Document and entity"
_COUNTED_ORIGINS = (Origin.PRIMARY, Origin.PARENTHETICAL, Origin.SCHEDULE)
"""The origins of the statements that the summary counts and that determine the reporting period."""


def build_report(
    filing: Filing,
    statements: Sequence[MappedStatement],
    asides: Sequence[Aside] = (),
    options: Options | None = None,
    findings: Sequence[Finding] = (),
) -> Report:
    """Build the XBRL model of a filing.

    `asides` are statements from beside the primary ones that may add facts. `findings` are those of the earlier
    steps; the report has the findings of the filing, these, and its own. Facts follow docs/architecture.md:
    values in whole units with the concept's sign, one fact for consistent duplicates, no contradictions.
    """
    options = options or Options()
    taxonomy = load_taxonomy()
    facts_by_figure, conflict_findings = gather_facts(filing, statements, asides, taxonomy.concepts)
    all_statements = (*statements, *(mapped for aside in asides for mapped in aside.statements))
    printed_statements = [mapped.statement for mapped in all_statements]
    cover = read_cover(filing, printed_statements[0].document if printed_statements else None)
    entity = entity_of(filing.header, cover, options)
    period = _reporting_period(printed_statements, filing.header.period, options)
    cover_group = _cover_group(filing, cover, printed_statements, period, options)
    earlier_findings = (*filing.findings, *findings, *(finding for aside in asides for finding in aside.findings))
    checks = check_headlines(filing, all_statements, facts_by_figure)
    account = account_of(all_statements, facts_by_figure, (*earlier_findings, *conflict_findings))
    return Report(
        entity_scheme=entity.scheme,
        entity_identifier=entity.identifier,
        groups=(*cover_group, *_statement_groups(printed_statements, facts_by_figure)),
        networks=applying_networks(all_statements, facts_by_figure, taxonomy.calculations),
        summary=_summary(all_statements, facts_by_figure, account),
        checks=checks,
        findings=(
            *earlier_findings,
            *entity.findings,
            *conflict_findings,
            *broken_sums(filing, all_statements),
            *schedule_disagreements(filing, facts_by_figure.values()),
            *check_findings(filing, checks, all_statements),
            *account.findings,
        ),
    )


def _statement_groups(statements: Sequence[Statement], facts_by_figure: Mapping[FigureIndex, Fact]) -> Iterator[Group]:
    """Group the facts by the statement that prints them first."""
    seen = set()
    for statement_index, indexes in groupby(facts_by_figure, key=lambda index: index.statement):
        facts = []
        for index in indexes:
            fact = facts_by_figure[index]
            key = key_of(fact)
            if key not in seen:
                seen.add(key)
                facts.append(fact)
        if facts:
            yield Group(statements[statement_index].title, statements[statement_index].kind, tuple(facts))


def _summary(
    statements: Sequence[MappedStatement], facts_by_figure: Mapping[FigureIndex, Fact], account: Account
) -> Summary:
    sums = [sum_ for mapped in statements for sum_ in mapped.sums]
    counted_statements = [mapped.statement for mapped in statements if mapped.statement.origin in _COUNTED_ORIGINS]
    return Summary(
        statements=len(counted_statements),
        periods=len({column.period for statement in counted_statements for column in statement.columns}),
        figures=len(facts_by_figure),
        mapped=sum(fact.confidence is not None for fact in facts_by_figure.values()),
        sums=len(sums),
        sums_holding=sum(sum_.holds for sum_ in sums),
        account=account,
    )


def _reporting_period(statements: Sequence[Statement], period: date | None, options: Options) -> Duration | None:
    """Return the duration of the cover facts.

    It is that of the first column with the latest end among the income statements, else among the cash flow
    statements. A filing without either gets the last day of its balance sheets, else `period`, as a duration of one
    day.
    """
    candidates = [s for s in statements if s.qualifier is None and s.origin in _COUNTED_ORIGINS] or list(statements)
    for kind in (StatementKind.INCOME, StatementKind.CASH_FLOW):
        durations = [
            column.period
            for statement in candidates
            if statement.kind is kind
            for column in statement.columns
            if column.qualifier is None and isinstance(column.period, Duration)
        ]
        if durations:
            return max(durations, key=lambda duration: duration.end)
    days = [_last_day(column.period) for statement in candidates for column in statement.columns]
    last = max(days, default=options.period_end or period)
    return None if last is None else Duration(last, last)


def _last_day(period: Period) -> date:
    return period.day if isinstance(period, Instant) else period.end


def _cover_group(
    filing: Filing, cover: Cover, statements: Sequence[Statement], period: Duration | None, options: Options
) -> Iterator[Group]:
    if period is None:
        return
    context = Context(period)
    concepts = load_taxonomy().concepts
    facts = [
        Fact(name, context, None, text.value, None, text.source, concepts[name].label)
        for name, text in _cover_facts(filing, cover, statements, period, options)
        if name in concepts
    ]
    if facts:
        yield Group(_COVER_TITLE, None, tuple(facts))


class _CoverFact(NamedTuple):
    concept: str
    text: CoverText


def _cover_facts(
    filing: Filing, cover: Cover, statements: Sequence[Statement], period: Duration, options: Options
) -> Iterator[_CoverFact]:
    """Yield the known cover facts; the user's options precede the header, and this precedes the text."""
    header = filing.header
    kind = filing.documents[statements[0].document].type.upper() if statements else ""
    cik = options.cik.zfill(10) if options.cik else header.cik
    fiscal_year_end = options.fiscal_year_end or header.fiscal_year_end
    exhibit = CoverText(kind) if kind.startswith("EX-") else None
    form = header.form or ("" if exhibit else kind)
    yield from _if_known("EntityRegistrantName", _cover_text(options.entity or header.company) or cover.name)
    yield from _if_known("EntityCentralIndexKey", _cover_text(cik))
    yield from _if_known("TradingSymbol", cover.ticker)
    yield from _if_known("SecurityExchangeName", cover.exchange)
    yield from _if_known("StandardIndustrialClassification", _cover_text(header.sic))
    yield from _if_known("DocumentType", _cover_text(form) or cover.form)
    yield from _if_known("ExhibitType", exhibit)
    yield from _if_known("DocumentPeriodEndDate", CoverText(_period_end(filing, cover, period, options)))
    yield from _if_known("ReleaseDate", cover.released)
    yield from _if_known("CurrentFiscalYearEndDate", _cover_text(_gmonthday(fiscal_year_end)) or cover.fiscal_year_end)
    yield from _if_known("AccessionNumber", _cover_text(header.accession))
    yield from _if_known("FilingDate", CoverText(header.filed) if header.filed else None)


def _period_end(filing: Filing, cover: Cover, period: Duration, options: Options) -> date:
    """Return the end of the reporting period: by option, a periodic report's header, the cover page, or the columns.

    The header of a current report (8-K) is not used: it has the day of the event instead.
    """
    if options.period_end is not None:
        return options.period_end
    if filing.header.period is not None and is_periodic(filing.header.form):
        return filing.header.period
    stated = cover.period_end
    return stated.value if stated is not None and isinstance(stated.value, date) else period.end


def _if_known(concept: str, text: CoverText | None) -> Iterator[_CoverFact]:
    if text is not None:
        yield _CoverFact(concept, text)


def _cover_text(text: str) -> CoverText | None:
    return CoverText(text) if text else None


def _gmonthday(digits: str) -> str:
    """Convert `0630` to the gMonthDay `--06-30` (XML Schema part 2, section 3.2.12), any other text to ''."""
    if len(digits) != 4 or not digits.isascii() or not digits.isdigit():
        return ""
    month, day = int(digits[:2]), int(digits[2:])
    try:
        date(2000, month, day)
    except ValueError:
        return ""
    return f"--{month:02d}-{day:02d}"
