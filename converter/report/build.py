"""Statements and mappings -> Report."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from converter.filing import Filing, read_cover
from converter.mapping import MappedStatement
from converter.report.accounting import Account, FigureIndex, account_of
from converter.report.check_findings import check_findings
from converter.report.checks import check_headlines
from converter.report.cover import cover_groups
from converter.report.crosscheck import schedule_disagreements
from converter.report.duplicates import key_of
from converter.report.entity import entity_of
from converter.report.facts import gather_facts
from converter.report.layout import layout_of
from converter.report.ledger import Aside
from converter.report.model import Fact, Group, Report, Summary
from converter.report.networks import applying_networks, broken_sums
from converter.report.options import Options
from converter.report.printed import part_of
from converter.report.year_end import calendar_of
from converter.statements import Origin, Statement, StatementKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary import Duration, Finding, Instant, Period

_COUNTED_ORIGINS = (Origin.PRIMARY, Origin.EQUITY, Origin.PARENTHETICAL, Origin.SCHEDULE)
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
    cover_group = tuple(cover_groups(filing, cover, printed_statements, period, options))
    groups = tuple(_statement_groups(printed_statements, facts_by_figure))
    earlier_findings = (*filing.findings, *findings, *(finding for aside in asides for finding in aside.findings))
    checks = check_headlines(filing, all_statements, facts_by_figure)
    account = account_of(all_statements, facts_by_figure, (*earlier_findings, *conflict_findings))
    return Report(
        entity_scheme=entity.scheme,
        entity_identifier=entity.identifier,
        groups=(*cover_group, *groups),
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
        layout=tuple(layout_of(cover_group, groups, all_statements, facts_by_figure)),
        calendar=calendar_of(filing, cover, printed_statements, options),
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
            statement = statements[statement_index]
            yield Group(statement.title, statement.kind, tuple(facts), part_of(statement.origin))


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
