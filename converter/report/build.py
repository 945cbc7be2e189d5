"""Statements and mappings -> Report."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from converter.filing import Cover, CoverText, Filing, read_cover
from converter.mapping import MappedStatement
from converter.report.crosscheck import schedule_disagreements
from converter.report.duplicates import key_of
from converter.report.entity import entity_of
from converter.report.facts import gather_facts
from converter.report.ledger import Aside
from converter.report.model import Context, Fact, FigureIndex, Group, Options, Report, Summary
from converter.report.networks import applying_networks, broken_sums
from converter.statements import Origin, Statement, StatementKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary import Duration, Finding, Instant, Period, is_periodic

_COVER_TITLE = "Document and entity"
_COUNTED = (Origin.PRIMARY, Origin.PARENTHETICAL, Origin.SCHEDULE)
"""What counts as a statement of the filing in its summary and for its period."""


def build_report(
    filing: Filing,
    statements: Sequence[MappedStatement],
    asides: Sequence[Aside] = (),
    options: Options | None = None,
    findings: Sequence[Finding] = (),
) -> Report:
    """The XBRL model of a filing.

    `asides` are what stands beside the statements and may add facts to the report. `findings` are those of the
    earlier steps; the report's findings are the filing's, these, and its own. Facts follow docs/architecture.md:
    values in whole units with the concept's sign, one fact for consistent duplicates, no contradictions.
    """
    options = options or Options()
    taxonomy = load_taxonomy()
    placed, conflicts = gather_facts(filing, statements, asides, taxonomy.concepts)
    everything = (*statements, *(mapped for aside in asides for mapped in aside.statements))
    printed = [mapped.statement for mapped in everything]
    cover = read_cover(filing, printed[0].document if printed else None)
    scheme, identifier, doubts = entity_of(filing.header, cover, options)
    period = _reporting_period(printed, filing.header.period, options)
    groups = [*_cover_group(filing, cover, printed, period, options), *_statement_groups(printed, placed)]
    return Report(
        entity_scheme=scheme,
        entity_identifier=identifier,
        groups=tuple(groups),
        networks=applying_networks(everything, placed, taxonomy.calculations),
        summary=_summary(everything, placed),
        findings=(
            *filing.findings,
            *findings,
            *(finding for aside in asides for finding in aside.findings),
            *doubts,
            *conflicts,
            *broken_sums(filing, everything),
            *schedule_disagreements(filing, placed.values()),
        ),
    )


def _statement_groups(statements: Sequence[Statement], placed: Mapping[FigureIndex, Fact]) -> Iterator[Group]:
    """The facts by the statement that prints them first."""
    seen = set()
    for number, places in groupby(placed, key=lambda place: place.statement):
        facts = []
        for place in places:
            fact = placed[place]
            key = key_of(fact)
            if key not in seen:
                seen.add(key)
                facts.append(fact)
        if facts:
            yield Group(statements[number].title, statements[number].kind, tuple(facts))


def _summary(statements: Sequence[MappedStatement], placed: Mapping[FigureIndex, Fact]) -> Summary:
    checked = [found for mapped in statements for found in mapped.sums]
    counted = [mapped.statement for mapped in statements if mapped.statement.origin in _COUNTED]
    return Summary(
        statements=len(counted),
        periods=len({column.period for statement in counted for column in statement.columns}),
        figures=len(placed),
        mapped=sum(fact.confidence is not None for fact in placed.values()),
        sums=len(checked),
        sums_holding=sum(found.holds for found in checked),
    )


def _reporting_period(statements: Sequence[Statement], period: date | None, options: Options) -> Duration | None:
    """The duration that the cover facts are about.

    That of the first column with the latest end, of the first income or cash flow statement; a filing without
    one gets the day of its balance sheet, for want of a start.
    """
    plain = [s for s in statements if s.qualifier is None and s.origin in _COUNTED] or list(statements)
    for kind in (StatementKind.INCOME, StatementKind.CASH_FLOW):
        durations = [
            column.period
            for statement in plain
            if statement.kind is kind
            for column in statement.columns
            if column.qualifier is None and isinstance(column.period, Duration)
        ]
        if durations:
            return max(durations, key=lambda duration: duration.end)
    days = [column.period for statement in plain for column in statement.columns]
    last = max((_last_day(day) for day in days), default=options.period_end or period)
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
        Fact(name, context, None, said.value, None, said.source, concepts[name].label)
        for name, said in _cover_facts(filing, cover, statements, period, options)
        if name in concepts
    ]
    if facts:
        yield Group(_COVER_TITLE, None, tuple(facts))


def _cover_facts(
    filing: Filing, cover: Cover, statements: Sequence[Statement], period: Duration, options: Options
) -> Iterator[tuple[str, CoverText]]:
    """What the user, the header and the text say, in this order of belief; nothing where none does."""
    header = filing.header
    kind = filing.documents[statements[0].document].type.upper() if statements else ""
    cik = options.cik.zfill(10) if options.cik else header.cik
    fiscal_year_end = options.fiscal_year_end or header.fiscal_year_end
    exhibit = CoverText(kind) if kind.startswith("EX-") else None
    form = header.form or ("" if exhibit else kind)
    yield from _said("EntityRegistrantName", _text(options.entity or header.company) or cover.name)
    yield from _said("EntityCentralIndexKey", _text(cik))
    yield from _said("TradingSymbol", cover.ticker)
    yield from _said("SecurityExchangeName", cover.exchange)
    yield from _said("StandardIndustrialClassification", _text(header.sic))
    yield from _said("DocumentType", _text(form) or cover.form)
    yield from _said("ExhibitType", exhibit)
    yield from _said("DocumentPeriodEndDate", CoverText(_period_end(filing, cover, period, options)))
    yield from _said("ReleaseDate", cover.released)
    yield from _said("CurrentFiscalYearEndDate", _text(_month_day(fiscal_year_end)) or cover.fiscal_year_end)
    yield from _said("AccessionNumber", _text(header.accession))
    yield from _said("FilingDate", CoverText(header.filed) if header.filed else None)


def _period_end(filing: Filing, cover: Cover, period: Duration, options: Options) -> date:
    """The period reported on ends where the user, a periodic report's header or cover page, or else the columns say.

    The header of a current report (8-K) gives the day of the event instead.
    """
    if options.period_end is not None:
        return options.period_end
    if filing.header.period is not None and is_periodic(filing.header.form):
        return filing.header.period
    said = cover.period_end
    return said.value if said is not None and isinstance(said.value, date) else period.end


def _said(name: str, said: CoverText | None) -> Iterator[tuple[str, CoverText]]:
    if said is not None:
        yield name, said


def _text(text: str) -> CoverText | None:
    return CoverText(text) if text else None


def _month_day(digits: str) -> str:
    """`0630` as the gMonthDay `--06-30` (XML Schema part 2, section 3.2.12); anything else as ''."""
    if len(digits) != 4 or not digits.isascii() or not digits.isdigit():
        return ""
    month, day = int(digits[:2]), int(digits[2:])
    try:
        date(2000, month, day)
    except ValueError:
        return ""
    return f"--{month:02d}-{day:02d}"
