"""Where facts are printed: in every statement that prints them, row by row."""

from collections.abc import Sequence

from helpers.builders import duration, filing, instant, item, mapped, statement, with_mappings
from helpers.reports import sample

from converter.filing import Header
from converter.mapping import Mapping
from converter.report import COVER, Fact, Report, build_report, printed_facts
from converter.statements import Qualifier, Statement, StatementKind
from converter.taxonomy import load_taxonomy

YEAR = duration("2003-01-01", "2003-12-31")


def _report(*statements: tuple[Statement, Sequence[Mapping]]) -> Report:
    header = Header(company="ACME INC", cik="0000000123", form="10-K")
    return build_report(filing(header=header), [with_mappings(*each) for each in statements])


INCOME = statement(
    StatementKind.INCOME,
    [YEAR],
    item("Sales", "500"),
    item("Other", None),
    item("Net loss", "-70"),
)
FLOWS = statement(
    StatementKind.CASH_FLOW,
    [YEAR],
    item("Net loss", "-70", sections=("Operating  activities:", "")),
    item("Purchases", "-30", sections=("Investing activities:",)),
    item("", "-100"),
    item("Cash, beginning of year", "120"),
)
MAPPINGS = (
    [mapped("Revenues"), mapped("OtherNonoperatingIncomeExpense"), mapped("NetIncomeLoss")],
    [
        mapped("NetIncomeLoss"),
        mapped("PaymentsToAcquirePropertyPlantAndEquipment", sign=-1),
        mapped("CashAndCashEquivalentsPeriodIncreaseDecrease"),
        mapped("CashAndCashEquivalentsAtCarryingValue"),
    ],
)
REPORT = _report((INCOME, MAPPINGS[0]), (FLOWS, MAPPINGS[1]))


def _fact(concept: str) -> Fact:
    return next(fact for fact in REPORT.facts if fact.concept == concept)


def test_a_fact_stands_in_each_statement_that_prints_it() -> None:
    income, flows = REPORT.statements
    assert [(row.number, row.label) for row in income.rows] == [(1, "Sales"), (3, "Net loss")]
    assert (flows.code, flows.printed.number, flows.rows[0].heading) == ("cf", 2, "Operating activities:")
    cells = [row.cells[0] for row in flows.rows]
    assert [cell.again for cell in cells if cell] == [True, False, False, False]
    assert [cell.negated for cell in cells if cell] == [False, True, False, False]
    assert {cell.fact for cell in (cells[0], income.rows[-1].cells[0]) if cell} == {
        REPORT.facts.index(_fact("NetIncomeLoss"))
    }


def test_a_row_without_a_caption_is_called_as_its_concept_is() -> None:
    assert all(row.label.strip() for statement in REPORT.layout for row in statement.rows)
    concept = load_taxonomy().concepts["CashAndCashEquivalentsPeriodIncreaseDecrease"]
    assert REPORT.statements[1].rows[2].label == concept.label


def test_the_cover_comes_first() -> None:
    cover = REPORT.layout[0]
    assert (cover.code, cover.kind, cover.number) == (COVER, None, 0)
    assert [row.number for row in cover.rows] == list(range(1, len(cover.rows) + 1))
    assert cover not in [statement.printed for statement in REPORT.statements]


def test_balances_in_a_statement_of_durations_have_their_own_day() -> None:
    (opening,) = (p for p in printed_facts(REPORT.layout, REPORT.facts) if p.row.label.startswith("Cash"))
    assert opening.fact.context.period == instant("2002-12-31")
    assert (opening.column.period, opening.column_number) == (YEAR, 1)


def test_every_fact_has_one_cell_that_is_not_again() -> None:
    for report in (REPORT, sample().report):
        first = [p.cell.fact for p in printed_facts(report.layout, report.facts) if not p.cell.again]
        assert first == list(range(len(report.facts)))
        for printed in printed_facts(report.layout, report.facts):
            assert report.facts[printed.cell.fact] is printed.fact


def test_columns_say_what_is_special() -> None:
    table = statement(
        StatementKind.INCOME, [YEAR, YEAR], item("Sales", "5", "6"), qualifiers=[None, Qualifier.PRO_FORMA]
    )
    report = _report((table, [mapped("Revenues")]))
    assert [column.qualifier for column in report.statements[0].columns] == [None, Qualifier.PRO_FORMA]
    assert [column.heading for column in report.statements[0].columns] == ["0", "1"]
