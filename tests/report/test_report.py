"""Facts, contexts, duplicates, conflicts and cover of hand-made statements."""

import os
import pickle
import subprocess
import sys
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

import pytest
from helpers.builders import duration, filing, instant, item, mapped, statement, with_mappings
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from converter.filing import TextSpan
from converter.filing.reader import Filing, Header
from converter.mapping import Mapping
from converter.report import CIK_SCHEME, OWN_SCHEME, Fact, Ledger, Options, Report, build_report
from converter.report.accounting import FigureIndex
from converter.report.duplicates import consistent, key_of
from converter.report.facts import gather_facts
from converter.report.model import Context, Dimension, Unit
from converter.report.networks import applying_networks
from converter.report.rows import basis_member
from converter.statements.model import Qualifier, Statement, StatementKind, UnitKind
from converter.sums.arithmetic import Sum, SumPart
from converter.taxonomy import Network, load_taxonomy
from converter.vocabulary.findings import Severity

JUNE, SEPTEMBER = instant("2003-06-30"), instant("2003-09-30")
QUARTER, BEFORE = duration("2003-07-01", "2003-09-30"), duration("2002-07-01", "2002-09-30")


def report(
    statements: Sequence[Statement],
    mappings: Sequence[Sequence[Mapping]],
    sums: Sequence[Sequence[Sum]] | None = None,
    source: Filing | None = None,
    options: Options | None = None,
) -> Report:
    sums = sums if sums is not None else [()] * len(statements)
    return build_report(source or filing(), list(map(with_mappings, statements, mappings, sums)), (), options)


def printed(result: Report) -> list[tuple[str, str, str]]:
    """The facts of the statements: concept, context, value."""
    names = result.contexts()
    return [(fact.concept, names[fact.context], str(fact.value)) for fact in result.facts if fact.statement is not None]


def test_values_decimals_units_and_signs() -> None:
    income = statement(
        StatementKind.INCOME,
        [QUARTER, BEFORE],
        item("Net sales", "2308000", "3240000", decimals=-3),
        item("Research", "-428000", None, decimals=-3),
        item("Loss per share", "-0.03", "0", unit=UnitKind.PER_SHARE, decimals=2),
        item("Shares", "33700000", "32864000", unit=UnitKind.SHARES, decimals=-3),
    )
    result = report(
        [income],
        [
            [
                mapped("SalesRevenueNet"),
                mapped("ResearchAndDevelopmentExpense", sign=-1),
                mapped("EarningsPerShareBasic"),
                mapped("WeightedAverageNumberOfSharesOutstandingBasic"),
            ]
        ],
    )
    assert printed(result) == [
        ("SalesRevenueNet", "D20030701-20030930", "2308000"),
        ("SalesRevenueNet", "D20020701-20020930", "3240000"),
        ("ResearchAndDevelopmentExpense", "D20030701-20030930", "428000"),
        ("EarningsPerShareBasic", "D20030701-20030930", "-0.03"),
        ("EarningsPerShareBasic", "D20020701-20020930", "0"),
        ("WeightedAverageNumberOfSharesOutstandingBasic", "D20030701-20030930", "33700000"),
        ("WeightedAverageNumberOfSharesOutstandingBasic", "D20020701-20020930", "32864000"),
    ]
    assert [fact.decimals for fact in result.facts if fact.statement] == [-3, -3, -3, 2, 2, -3, -3]
    assert list(result.units().values()) == ["USD", "USDPerShare", "shares"]
    assert result.summary.figures == result.summary.mapped == 7
    assert result.summary.periods == 2


def test_a_negated_zero_is_zero() -> None:
    income = statement(StatementKind.INCOME, [QUARTER], item("Interest", "0"))
    (fact,) = (fact for fact in report([income], [[mapped("InterestExpense", sign=-1)]]).facts if fact.statement)
    assert isinstance(fact.value, Decimal)
    assert not fact.value.is_signed()


@pytest.mark.parametrize(
    ("labels", "days"),
    [
        (("Cash at beginning of period", "Cash at end of period"), ("2003-06-30", "2003-09-30")),
        (("Cash, end of period", "Cash, beginning of period"), ("2003-09-30", "2003-06-30")),
        (("Cash", "Cash"), ("2003-06-30", "2003-09-30")),
        (("Balance, July 1", "Balance, September 30"), ("2003-06-30", "2003-09-30")),
    ],
)
def test_balances_of_a_cash_flow_statement(labels: tuple[str, str], days: tuple[str, str]) -> None:
    flows = statement(
        StatementKind.CASH_FLOW, [QUARTER], item("Net change", "-858"), item(labels[0], "4059"), item(labels[1], "3201")
    )
    cash = mapped("CashAndCashEquivalentsAtCarryingValue")
    result = report([flows], [[mapped("CashAndCashEquivalentsPeriodIncreaseDecrease"), cash, cash]])
    assert [row[1] for row in printed(result)[1:]] == [f"I{day.replace('-', '')}" for day in days]


@pytest.mark.parametrize(
    ("label", "concept", "fact"),
    [
        ("Inventories", "InventoryNet", "LineItemMonetaryDuration"),
        ("Inventories at end of year", "InventoryNet", "InventoryNet"),
        ("Cash", "CashAndCashEquivalentsAtCarryingValue", "CashAndCashEquivalentsAtCarryingValue"),
    ],
)
def test_a_change_is_not_taken_for_the_balance(label: str, concept: str, fact: str) -> None:
    flows = statement(StatementKind.CASH_FLOW, [QUARTER], item("Net income", "1"), item(label, "-43"))
    assert printed(report([flows], [[mapped("NetIncomeLoss"), mapped(concept)]]))[1][0] == fact


def test_a_balance_without_a_concept_is_an_instant_too() -> None:
    flows = statement(StatementKind.CASH_FLOW, [QUARTER], item("Restricted funds at beginning of the year", "5"))
    (fact,) = (fact for fact in report([flows], [[mapped(None)]]).facts if fact.statement)
    assert (fact.concept, fact.context.period) == ("LineItemMonetaryInstant", JUNE)


@pytest.mark.parametrize(
    ("kind", "period", "concept", "unit", "general"),
    [
        (StatementKind.BALANCE_SHEET, JUNE, None, UnitKind.MONETARY, "LineItemMonetaryInstant"),
        (StatementKind.INCOME, QUARTER, None, UnitKind.SHARES, "LineItemSharesDuration"),
        (StatementKind.INCOME, QUARTER, None, UnitKind.PER_SHARE, "LineItemPerShareDuration"),
        (StatementKind.INCOME, QUARTER, None, UnitKind.PURE, "LineItemPureDuration"),
        (StatementKind.BALANCE_SHEET, JUNE, "NetIncomeLoss", UnitKind.MONETARY, "LineItemMonetaryInstant"),
        (StatementKind.INCOME, QUARTER, "EarningsPerShareBasic", UnitKind.MONETARY, "LineItemMonetaryDuration"),
        (StatementKind.INCOME, QUARTER, "NoSuchConcept", UnitKind.MONETARY, "LineItemMonetaryDuration"),
    ],
)
def test_lines_that_no_concept_fits(
    kind: StatementKind, period: object, concept: str | None, unit: UnitKind, general: str
) -> None:
    table = statement(kind, [period], item("Third-party  servicing", "-7", unit=unit))  # type: ignore[list-item]
    (fact,) = (fact for fact in report([table], [[mapped(concept, sign=-1)]]).facts if fact.statement)
    assert fact.concept == general
    assert fact.value == -7, "as printed: the mapping's sign is not for a general line item"
    assert fact.context.dimensions == (Dimension("CaptionAxis", text="Third-party servicing"),)


def test_lines_of_one_caption_are_told_apart() -> None:
    table = statement(
        StatementKind.BALANCE_SHEET,
        [JUNE],
        item("Other", "1", sections=["Assets"]),
        item("Other", "2", sections=["Liabilities", "Current"]),
        item("Other", "3", sections=["Liabilities", "Current"]),
        item("Deposit", "4", sections=["Assets"]),
        item("", "5", sections=["Assets"]),
    )
    facts = [fact for fact in report([table], [[mapped(None)] * 5]).facts if fact.statement]
    assert [fact.context.dimensions[0].text for fact in facts] == [
        "Assets / Other",
        "Liabilities / Current / Other",
        "Liabilities / Current / Other (2)",
        "Deposit",
        "(no caption)",
    ]


def test_a_line_repeated_in_another_statement_is_one_fact() -> None:
    one = statement(StatementKind.BALANCE_SHEET, [JUNE], item("Deposit", "4000", decimals=-3))
    two = statement(StatementKind.BALANCE_SHEET, [JUNE], item("Deposit", "4123"))
    facts = [fact for fact in report([one, two], [[mapped(None)], [mapped(None)]]).facts if fact.statement]
    assert [(fact.value, len(fact.also)) for fact in facts] == [(Decimal(4123), 1)]


def test_consistent_duplicates_collapse_to_the_most_precise() -> None:
    one = statement(StatementKind.BALANCE_SHEET, [JUNE], item("Total assets", "17900000", decimals=-5))
    two = statement(StatementKind.BALANCE_SHEET, [JUNE], item("Total assets", "17860000", decimals=-3))
    result = report([one, two], [[mapped("Assets")], [mapped("Assets")]])
    assert printed(result) == [("Assets", "I20030630", "17860000")]
    told = {finding.code.value for finding in result.findings if finding.severity is not Severity.INFO}
    assert told == {"entity-unknown", "statement-incomplete"}


def test_a_conflict_is_told_and_nothing_is_lost() -> None:
    one = statement(StatementKind.BALANCE_SHEET, [JUNE, SEPTEMBER], item("Total assets", "100", "200", line=3))
    two = statement(StatementKind.BALANCE_SHEET, [JUNE, SEPTEMBER], item("Total assets", "100", "250", line=9))
    result = report([one, two], [[mapped("Assets")], [mapped("Assets", sign=1)]])
    assert printed(result) == [
        ("Assets", "I20030630", "100"),
        ("Assets", "I20030930", "200"),
        ("LineItemMonetaryInstant", "I20030930_TotalAssets", "250"),
    ]
    (finding,) = (finding for finding in result.findings if finding.code == "conflicting-figures")
    assert finding.severity is Severity.WARNING
    assert finding.line == 10
    assert "250" in finding.message
    assert "200" in finding.message
    assert "line 4" in finding.message


def test_two_columns_that_claim_one_period() -> None:
    table = statement(StatementKind.INCOME, [QUARTER, QUARTER], item("Fees", "1", "2"), item("Rent", "5", "5"))
    facts = [fact for fact in report([table], [[mapped(None), mapped(None)]]).facts if fact.statement]
    assert [(fact.context.dimensions[0].text, fact.value) for fact in facts] == [
        ("Fees", Decimal(1)),
        ("Fees (2)", Decimal(2)),
        ("Rent", Decimal(5)),
    ]


def test_qualified_columns_get_a_dimension() -> None:
    table = statement(
        StatementKind.INCOME,
        [QUARTER, QUARTER],
        item("Net income", "1", "2"),
        item("Fees", "3", "4"),
        qualifiers=[None, Qualifier.RESTATED],
    )
    result = report([table], [[mapped("NetIncomeLoss"), mapped(None)]])
    assert printed(result) == [
        ("NetIncomeLoss", "D20030701-20030930", "1"),
        ("NetIncomeLoss", "D20030701-20030930_Restated", "2"),
        ("LineItemMonetaryDuration", "D20030701-20030930_Fees", "3"),
        ("LineItemMonetaryDuration", "D20030701-20030930_Fees_Restated", "4"),
    ]


def test_every_qualifier_has_a_member() -> None:
    assert {basis_member(qualifier) for qualifier in Qualifier} <= set(load_taxonomy().concepts)


def test_a_sum_that_fails_is_told_once() -> None:
    table = statement(
        StatementKind.BALANCE_SHEET, [JUNE, SEPTEMBER], item("A", "1", "1"), item("B", "2", "2"), item("T", "3", "9")
    )
    broken = Sum(2, (SumPart(0, 1), SumPart(1, 1)), (Decimal(0), Decimal(6)), holds=False)
    result = report([table], [[mapped(None)] * 3], [[broken]])
    (finding,) = (finding for finding in result.findings if finding.code == "sum-does-not-hold")
    assert "difference 6" in finding.message
    assert (result.summary.sums, result.summary.sums_holding) == (1, 0)


@pytest.mark.parametrize(
    ("header", "text", "options", "expected"),
    [
        (Header(cik="0001001258"), "", Options(), (CIK_SCHEME, "0001001258")),
        (Header(cik="0001001258"), "", Options(cik="320193"), (CIK_SCHEME, "0000320193")),
        (Header(), "NEW YORK, May 1, 2003 - Acme & Sons, Inc. (NYSE: ACM)", Options(), (OWN_SCHEME, "ACM")),
        (Header(company="Acme & Sons, Inc."), "", Options(), (OWN_SCHEME, "ACME-SONS-INC")),
        (Header(), "", Options(entity="Zenith Corp."), (OWN_SCHEME, "ZENITH-CORP")),
        (Header(), "", Options(), (OWN_SCHEME, "UNKNOWN")),
    ],
)
def test_entity(header: Header, text: str, options: Options, expected: tuple[str, str]) -> None:
    table = statement(StatementKind.INCOME, [QUARTER], item("Net income", "1"))
    result = report([table], [[mapped("NetIncomeLoss")]], source=filing(text, header), options=options)
    assert (result.entity_scheme, result.entity_identifier) == expected
    doubts = [finding for finding in result.findings if finding.code == "entity-unknown"]
    assert bool(doubts) == (expected[1] == "UNKNOWN")


def cover(result: Report) -> dict[str, object]:
    return {fact.concept: fact.value for fact in result.facts if fact.statement is None}


def test_cover_facts_of_a_submission() -> None:
    header = Header(
        "ACME INC", "0000000123", "3674", "0630", "8-K", "0000000123-03-000001", date(2003, 10, 1), date(2003, 10, 2)
    )
    text = "SAN JOSE, Calif., Oct. 1 /PRNewswire/ -- Acme Inc. (Nasdaq: ACME) today announced"
    income = statement(StatementKind.INCOME, [QUARTER, BEFORE], item("Net income", "1", "2"))
    result = report([income], [[mapped("NetIncomeLoss")]], source=filing(text, header, "EX-99.1"))
    assert cover(result) == {
        "EntityRegistrantName": "ACME INC",
        "EntityCentralIndexKey": "0000000123",
        "TradingSymbol": "ACME",
        "SecurityExchangeName": "Nasdaq",
        "StandardIndustrialClassification": "3674",
        "DocumentType": "8-K",
        "ExhibitType": "EX-99.1",
        "DocumentPeriodEndDate": date(2003, 9, 30),
        "ReleaseDate": date(2003, 10, 1),
        "CurrentFiscalYearEndDate": "--06-30",
        "AccessionNumber": "0000000123-03-000001",
        "FilingDate": date(2003, 10, 2),
        "AmendmentFlag": "false",
    }
    assert {fact.context for fact in result.facts if fact.statement is None} == {Context(QUARTER)}


@pytest.mark.parametrize("digits", ["0231", "1301", "630", "0630 ", "\u0660\u0666\u0663\u0660"])
def test_a_fiscal_year_does_not_end_on_a_day_that_is_none(digits: str) -> None:
    income = statement(StatementKind.INCOME, [QUARTER], item("Net income", "1"))
    result = report([income], [[mapped("NetIncomeLoss")]], source=filing("", Header(fiscal_year_end=digits)))
    assert "CurrentFiscalYearEndDate" not in cover(result)


def test_a_report_of_no_statement_has_a_cover_only_where_a_period_is_known() -> None:
    header = Header(company="ACME INC")
    assert report([], [], source=filing("", header)).facts == ()
    known = report([], [], source=filing("", header), options=Options(period_end=date(2003, 9, 30)))
    assert cover(known) == {"EntityRegistrantName": "ACME INC", "DocumentPeriodEndDate": date(2003, 9, 30)}


def test_cover_says_nothing_that_the_source_does_not() -> None:
    balance = statement(StatementKind.BALANCE_SHEET, [JUNE, SEPTEMBER], item("Total assets", "1", "2"))
    result = report([balance], [[mapped("Assets")]])
    assert cover(result) == {"DocumentPeriodEndDate": date(2003, 9, 30)}
    assert result.facts[0].context.period == duration("2003-09-30", "2003-09-30")


@pytest.mark.parametrize(
    ("form", "period", "options", "expected"),
    [
        ("10-Q", date(2003, 9, 28), Options(), date(2003, 9, 28)),
        ("8-K", date(2003, 10, 20), Options(), date(2003, 9, 30)),
        ("10-Q", date(2003, 9, 28), Options(period_end=date(2003, 9, 27)), date(2003, 9, 27)),
    ],
)
def test_period_end(form: str, period: date, options: Options, expected: date) -> None:
    income = statement(StatementKind.INCOME, [QUARTER], item("Net income", "1"))
    source = filing("", Header(form=form, period=period))
    result = report([income], [[mapped("NetIncomeLoss")]], source=source, options=options)
    assert cover(result)["DocumentPeriodEndDate"] == expected


NETWORK = Network("AssetsCurrent", "AssetsCurrent", {"Cash": 1, "InventoryNet": 1, "Contra": -1})
TOTAL = Sum(2, (SumPart(0, 1), SumPart(1, 1)), (Decimal(0),), holds=True)


def networks(
    mappings: Sequence[Mapping], *items: str, sums: Sequence[Sum] = (TOTAL,), left_out: Collection[int] = ()
) -> tuple[Network, ...]:
    """The networks that apply to a balance sheet of rows with these values, some of which are no facts."""
    table = statement(
        StatementKind.BALANCE_SHEET, [JUNE], *(item(str(number), value) for number, value in enumerate(items))
    )
    placed = {
        FigureIndex(0, row, 0): Fact(
            mapping.concept or "LineItemMonetaryInstant",
            Context(JUNE, () if mapping.concept else (Dimension("CaptionAxis", text=str(row)),)),
            Unit("iso4217:USD"),
            Decimal(items[row]) * mapping.sign,
            0,
            table.items[row].source,
            "",
        )
        for row, mapping in enumerate(mappings)
    }
    placed = {place: fact for place, fact in placed.items() if place.item not in left_out}
    return applying_networks([with_mappings(table, mappings, sums)], placed, [NETWORK])


@pytest.mark.parametrize(
    ("mappings", "values", "applies"),
    [
        ([mapped("Cash"), mapped("InventoryNet"), mapped("AssetsCurrent")], ("1", "2", "3"), True),
        ([mapped("Cash"), mapped("InventoryNet"), mapped("AssetsCurrent")], ("1", "2", "4"), True),
        ([mapped("Cash"), mapped("Contra", -1), mapped("AssetsCurrent")], ("5", "-2", "3"), True),
        ([mapped("Cash"), mapped("Contra"), mapped("AssetsCurrent")], ("1", "2", "3"), False),
        ([mapped("Cash"), mapped(None), mapped("AssetsCurrent")], ("1", "2", "3"), False),
        ([mapped("Cash"), mapped("Goodwill"), mapped("AssetsCurrent")], ("1", "2", "3"), False),
        ([mapped("Cash"), mapped("InventoryNet"), mapped("Assets")], ("1", "2", "3"), False),
        (
            [mapped("Cash"), mapped("InventoryNet"), mapped("AssetsCurrent"), mapped("Contra")],
            ("1", "2", "3", "9"),
            False,
        ),
    ],
    ids=["fits", "fits, source wrong", "subtracted", "weight", "general part", "foreign part", "other total", "more"],
)
def test_networks_that_apply(mappings: list[Mapping], values: tuple[str, ...], applies: bool) -> None:
    assert networks(mappings, *values) == ((NETWORK,) if applies else ())


def test_no_network_without_its_sum() -> None:
    assert networks([mapped("Cash"), mapped("InventoryNet"), mapped("AssetsCurrent")], "1", "2", "3", sums=()) == ()


def test_no_network_where_a_printed_part_is_no_fact() -> None:
    rows = [mapped("Cash"), mapped(None), mapped("AssetsCurrent")]
    assert networks(rows, "1", "2", "3", left_out={1}) == ()


def test_contexts_from_another_process_are_found_again() -> None:
    context = Context(JUNE, (Dimension("CaptionAxis", text="Sundry"),))
    program = "import pickle, sys; sys.stdout.buffer.write(pickle.dumps(pickle.load(sys.stdin.buffer)))"
    hashes = {"PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}  # text has other hashes there
    done = subprocess.run(
        [sys.executable, "-c", program], input=pickle.dumps(context), capture_output=True, check=True, env=hashes
    )
    assert {context: 1}[pickle.loads(done.stdout)] == 1
    assert repr(context) == f"Context(period={JUNE!r}, dimensions={context.dimensions!r})"


def fact(value: Decimal, decimals: int) -> Fact:
    return Fact("Assets", Context(JUNE), Unit("iso4217:USD"), value, decimals, None, "")


amounts = st.builds(
    lambda value, decimals: fact(Decimal(value).scaleb(-decimals), decimals),
    st.integers(-10_000, 10_000),
    st.integers(-6, 2),
)


@given(amounts, amounts)
def test_consistency_is_symmetric_and_merging_keeps_the_precise(one: Fact, other: Fact) -> None:
    assert consistent(one, other) == consistent(other, one)
    assert consistent(one, one)
    ledger = Ledger()
    for column, each in enumerate((one, other)):
        ledger.enter(FigureIndex(0, 0, column), each)
    result = ledger.facts()[FigureIndex(0, 0, 1)]
    assert result.decimals == max(one.decimals or 0, other.decimals or 0)
    assert result.value in (one.value, other.value)


rows = st.lists(
    st.tuples(
        st.sampled_from(["Assets", "Goodwill", None]),
        st.sampled_from(["Other", "Total", ""]),
        st.sampled_from([(), ("One",), ("Two",)]),
        st.lists(st.one_of(st.none(), st.integers(-3, 3)), min_size=2, max_size=2),
    ),
    max_size=12,
)


@given(rows, rows)
def test_every_figure_has_a_fact_and_no_two_facts_are_duplicates(first: list, second: list) -> None:  # type: ignore[type-arg]
    tables, mappings = [], []
    for given_rows in (first, second):
        items = [
            item(label, *(None if value is None else str(value) for value in values), sections=sections)
            for _, label, sections, values in given_rows
        ]
        tables.append(statement(StatementKind.BALANCE_SHEET, [JUNE, SEPTEMBER], *items))
        mappings.append([mapped(concept) for concept, *_ in given_rows])
    result = report(tables, mappings)
    facts = [fact for fact in result.facts if fact.statement]
    keys = [key_of(fact) for fact in facts]
    assert len(set(keys)) == len(keys)
    wanted = [figure for table in tables for row in table.items for figure in row.figures if figure is not None]
    assert result.summary.figures == len(wanted)
    assert sum(1 + len(fact.also) for fact in facts) == len(wanted)
    assert len(set(result.contexts().values())) == len(result.contexts())


def test_facts_keep_their_places() -> None:
    table = statement(StatementKind.BALANCE_SHEET, [JUNE], item("Total assets", "5", line=7))
    placed, _ = gather_facts(filing(), [with_mappings(table, [mapped("Assets")])], (), {})
    assert placed[FigureIndex(0, 0, 0)].source == table.items[0].figures[0].source  # type: ignore[union-attr]


def test_a_row_that_contradicts_everywhere_is_not_what_it_was_taken_for() -> None:
    income = statement(StatementKind.INCOME, [QUARTER], item("Income taxes", "214"))
    flows = statement(StatementKind.CASH_FLOW, [QUARTER, BEFORE], item("Income taxes", "75", "-45"))
    result = report([income, flows], [[mapped("IncomeTaxExpenseBenefit")], [mapped("IncomeTaxExpenseBenefit")]])
    assert [concept for concept, *_ in printed(result)] == [
        "IncomeTaxExpenseBenefit",
        *["LineItemMonetaryDuration"] * 2,
    ]
    assert sum(finding.code == "conflicting-figures" for finding in result.findings) == 1


def test_a_statement_of_somebody_else() -> None:
    concepts = ["Assets", "Goodwill", "InventoryNet", "Liabilities"]
    one = statement(
        StatementKind.BALANCE_SHEET, [JUNE], *(item(name, f"10{number}") for number, name in enumerate(concepts))
    )
    two = statement(
        StatementKind.BALANCE_SHEET,
        [JUNE],
        *(item(name, f"9{number}") for number, name in enumerate(concepts[:3])),
        item("Liabilities", "103"),
        item("Receivables", "8"),
    )
    mappings = [[mapped(name) for name in concepts], [*map(mapped, concepts), mapped("AccountsReceivableNetCurrent")]]
    result = report([one, two], mappings)
    assert [concept for concept, *_ in printed(result)] == [*concepts, *["LineItemMonetaryInstant"] * 5]
    (finding,) = (finding for finding in result.findings if finding.code == "contradicting-statement")
    assert "3 figures contradict" in finding.message


def test_a_figure_printed_many_times_knows_all_its_places() -> None:
    ledger = Ledger()
    places = [TextSpan(0, line, 0, 5) for line in range(3)]
    for line, (place, decimals) in enumerate(zip(places, (-3, 0, -3), strict=True)):
        ledger.enter(FigureIndex(0, line, 0), replace(fact(Decimal(1000), decimals), source=place))
    only = ledger.facts()[FigureIndex(0, 0, 0)]
    assert (only.source, only.also) == (places[1], (places[0], places[2]))


def test_very_many_lines_of_one_caption_have_a_number_each() -> None:
    figures = [
        statement(StatementKind.BALANCE_SHEET, [JUNE], item("Sundry", str(number)), item("Sundry", str(-number)))
        for number in range(1, 130)
    ]
    report = build_report(filing(), [with_mappings(each, [mapped(None), mapped(None)]) for each in figures])
    names = [f.context.dimensions[0].text for f in report.facts if f.context.dimensions]
    assert len(names) == len(set(names)) == 258
    assert names[:4] == ["Sundry", "Sundry (2)", "Sundry (3)", "Sundry (4)"]


def test_names_of_contexts_are_numbered_where_they_are_the_same() -> None:
    periods = [JUNE]
    items = [item(caption, "1") for caption in ("A b", "A-b", "a B", "A b 2")]
    made = statement(StatementKind.BALANCE_SHEET, periods, *items)
    report = build_report(filing(), [with_mappings(made, [mapped(None)] * 4)])
    assert [name for name in report.contexts().values() if "_" in name] == [
        "I20030630_AB",
        "I20030630_AB_2",
        "I20030630_AB_3",
        "I20030630_AB2",
    ]
