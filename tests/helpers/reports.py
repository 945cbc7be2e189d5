"""Reports of all kinds for properties: any concept, period, dimension, unit and value that an instance can hold."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st
from msgspec.structs import replace

from converter.filing.reader import Header
from converter.pipeline import Reading
from converter.report import (
    CIK_SCHEME,
    OWN_SCHEME,
    Context,
    Dimension,
    Fact,
    Group,
    Report,
    Summary,
    Unit,
    build_report,
    layout_of_groups,
)
from converter.report.duplicates import key_of
from converter.report.model import Value
from converter.statements.model import Qualifier, StatementKind, UnitKind
from converter.sums.arithmetic import Sum, SumPart
from converter.taxonomy import (
    CAPTION_AXIS,
    COMPONENT_AXIS,
    EQUITY_COMPONENTS_AXIS,
    OTHER_COMPONENT,
    PART_AXIS,
    REPORTING_BASIS_AXIS,
    Concept,
    load_taxonomy,
)
from converter.taxonomy.table import GENERAL_LINE_ITEMS
from converter.vocabulary.periods import Duration, Instant
from helpers.builders import duration, filing, instant, item, mapped, statement, with_mappings

TAXONOMY = load_taxonomy()
BASES = tuple(name for name, concept in TAXONOMY.concepts.items() if concept.type == "member" and "Domain" not in name)
PART_MEMBER = "PartMember"

_FACTS = [concept for concept in TAXONOMY.concepts.values() if not concept.abstract]
_CONCEPTS = st.one_of(
    st.sampled_from([concept for concept in _FACTS if concept.numeric]),
    st.sampled_from([concept for concept in _FACTS if not concept.numeric]),
    st.sampled_from([concept for concept in _FACTS if concept.name in GENERAL_LINE_ITEMS]),
)
_DAYS = st.dates(date(1990, 1, 1), date(2010, 12, 31))
_CURRENCIES = st.sampled_from(["USD", "CAD", "JPY"])
_LEGAL = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXTS = st.one_of(
    st.sampled_from(['"a", b', "#nil", "##", "", "<b>&amp;", "two\nlines", "\t", "-- >", "nil", "1e5", " x "]),
    st.text(_LEGAL, max_size=20),
)

_SAID: dict[str, st.SearchStrategy[Value]] = {"date": _DAYS, "monthDay": st.just("--06-30")}


@st.composite
def _periods(draw: st.DrawFn, concept: Concept) -> Instant | Duration:
    day = draw(_DAYS)
    if concept.period_type == "instant":
        return Instant(day)
    return Duration(day, day + timedelta(days=draw(st.integers(0, 800))))


@st.composite
def _contexts(draw: st.DrawFn, concept: Concept) -> Context:
    dimensions = []
    if concept.name in GENERAL_LINE_ITEMS:
        dimensions.append(Dimension(CAPTION_AXIS, text=draw(TEXTS.filter(bool))))
    if concept.numeric and draw(st.booleans()):
        dimensions.append(Dimension(REPORTING_BASIS_AXIS, member=draw(st.sampled_from(BASES))))
        if dimensions[-1].member == PART_MEMBER:
            dimensions.append(Dimension(PART_AXIS, text=draw(TEXTS.filter(bool))))
    elif concept.numeric and draw(st.booleans()):
        member = draw(st.sampled_from(["CommonStockMember", OTHER_COMPONENT]))
        dimensions.append(Dimension(EQUITY_COMPONENTS_AXIS, member=member))
        if member == OTHER_COMPONENT:
            dimensions.append(Dimension(COMPONENT_AXIS, text=draw(TEXTS.filter(bool))))
    return Context(draw(_periods(concept)), tuple(dimensions))


@st.composite
def _facts(draw: st.DrawFn) -> Fact:
    concept = draw(_CONCEPTS)
    context = draw(_contexts(concept))
    if not concept.numeric:
        said: Value = draw(_SAID.get(concept.type, TEXTS))
        return Fact(concept.name, context, None, said, None, None, concept.label)
    value = draw(st.decimals(-(10**15), 10**15, places=draw(st.integers(0, 12))))
    unit = {
        "monetary": Unit(f"iso4217:{draw(_CURRENCIES)}"),
        "shares": Unit("xbrli:shares"),
        "perShare": Unit(f"iso4217:{draw(_CURRENCIES)}", "xbrli:shares"),
    }.get(concept.type, Unit("xbrli:pure"))
    confidence = draw(st.none() | st.sampled_from([0.5, 0.999]))
    return Fact(concept.name, context, unit, value, draw(st.integers(-9, 9)), None, draw(TEXTS), confidence)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report of one to eight facts, no two of them duplicates."""
    facts = draw(st.lists(_facts(), min_size=1, max_size=8, unique_by=key_of))
    cut = draw(st.integers(0, len(facts)))
    groups = [Group("First", None, tuple(facts[:cut])), Group("Second", None, tuple(facts[cut:]))]
    scheme, identifier = draw(st.sampled_from([(CIK_SCHEME, "0000320193"), (OWN_SCHEME, "ACME-INC")]))
    networks = tuple(draw(st.lists(st.sampled_from(TAXONOMY.calculations), max_size=2, unique_by=lambda n: n.id)))
    networks = tuple(network for network in TAXONOMY.calculations if network in networks)
    filled = tuple(group for group in groups if group.facts)
    return Report(scheme, identifier, filled, networks, Summary(0, 0, 0, 0, 0, 0), ())


def reading_of(report: Report) -> Reading:
    """A reading that has nothing but a report."""
    return Reading(filing(), (), replace(report, layout=tuple(layout_of_groups(report.groups))))


def sample() -> Reading:
    """A small reading with every kind of fact, each at a place of its own."""
    text = "\n".join(f"line {number:02}" for number in range(40))
    source = filing(text, Header(company="ACME INC", cik="0000000123", accession="0000000123-97-000001", form="10-Q"))
    income = statement(
        StatementKind.INCOME,
        [duration("2003-07-01", "2003-09-30"), duration("2002-07-01", "2002-09-30")],
        item("Net (loss)", "-1013000", "112000", decimals=-3, line=3),
        item("Per share", "-0.03", "0.10", unit=UnitKind.PER_SHARE, decimals=2, line=4),
        item("Shares", "31204000", None, unit=UnitKind.SHARES, decimals=-3, line=5),
        item('Third-party, "servicing" <and> more', "26", None, line=6),
        item("# of stores", "12.5", None, unit=UnitKind.PURE, decimals=1, line=7),
        qualifiers=[None, Qualifier.RESTATED],
    )
    balance = statement(
        StatementKind.BALANCE_SHEET,
        [instant("2003-09-30")],
        item("Cash", "5000", line=10),
        item("Inventories", "0", line=11),
        item("Total assets", "5000", line=12),
    )
    shares = "WeightedAverageNumberOfSharesOutstandingBasic"
    mappings = [
        [mapped("NetIncomeLoss"), mapped("EarningsPerShareBasic"), mapped(shares), mapped(None), mapped(None)],
        [mapped("Cash"), mapped("InventoryNet"), mapped("Assets")],
    ]
    sums = [(), (Sum(2, (SumPart(0, 1), SumPart(1, 1)), (Decimal(0),), holds=True),)]
    statements = tuple(map(with_mappings, (income, balance), mappings, sums))
    return Reading(source, statements, build_report(source, statements))


Said = tuple[str, Context, Unit | None, Value, int | None]


def said(report: Report) -> list[Said]:
    """What a report says, without how it came to say it."""
    return [(fact.concept, fact.context, fact.unit, fact.value, fact.decimals) for fact in report.facts]
