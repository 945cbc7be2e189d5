"""The accuracy gate: what documents say, written by hand, comes out; and how it is counted."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from helpers.golden import score_of, truths
from helpers.golden_text import NO_CONCEPT
from helpers.paths import DOCUMENTS, ROOT
from helpers.truths import ANY, Score, read_truth, score

import converter
from converter.taxonomy import load_taxonomy
from converter.vocabulary.periods import Duration, Instant

TRUTHS = list(truths())
SHARE_TAGGED = 0.85
"""Of the values of every truth, whatever its known defects."""

score_once = cache(score_of)


@pytest.fixture(params=TRUTHS, ids=lambda path: path.stem)
def truth(request: pytest.FixtureRequest) -> Path:
    """Each truth."""
    path: Path = request.param
    return path


def test_what_it_says_comes_out(truth: Path) -> None:
    """A row that cannot come out yet is marked with `!`; one that comes out again must lose the mark."""
    assert score_once(truth).faults == ()


def test_hardly_anything_is_a_defect(truth: Path) -> None:
    found = score_once(truth)
    assert found.extracted == found.values
    assert found.tagged >= SHARE_TAGGED * found.values


def test_its_concepts_are_in_the_taxonomy_and_fit_its_periods(truth: Path) -> None:
    concepts = load_taxonomy().concepts
    rows = read_truth(truth).rows
    assert rows
    for row in rows:
        known = [concepts[name] for name in row.accepted if name in concepts]
        assert known or row.accepted & {ANY, NO_CONCEPT}, f"{row.caption}: no accepted concept is in the taxonomy"
        for value in row.values:
            instant = isinstance(value.period, Instant)
            assert all((concept.period_type == "instant") is instant for concept in known), row.caption


def test_every_truth_has_its_document() -> None:
    assert {path for truth in TRUTHS for path in truth.parent.glob("*.truth")} == set(TRUTHS)


def test_enough_of_them() -> None:
    total = sum((score_once(truth) for truth in TRUTHS), Score())
    assert len(TRUTHS) >= 35
    assert total.values >= 1000
    assert total.tagged >= 0.98 * total.values, "\n".join(total.defects)


# The score itself

DOCUMENT = DOCUMENTS / "fourth-quarter-in-the-text.txt"


def scored(tmp_path: Path, text: str) -> Score:
    path = tmp_path / "x.truth"
    path.write_text(text)
    return score(read_truth(path), converter.read(DOCUMENT))


def test_what_is_a_fault(tmp_path: Path) -> None:
    """A value that is right, one with another concept, one with another sign, one that is missing, and one wrong."""
    found = scored(
        tmp_path,
        "income statement | What it says | USD\n"
        "                                2004-01-01/2004-12-31\n"
        "Right                  USD                 16,184,000  SalesRevenueNet|Revenues\n"
        "Of the company's own   USD                 10,020,000  *\n"
        "Section:\n"
        "  Other concept        USD                  3,610,000  Revenues\n"
        "  Other sign           USD                 -6,164,000  GrossProfit\n"
        "Other value            USD                  1,901,000  NetIncomeLoss\n"
        "Other decimals         USD -5               2,954,000  IncomeLossFromContinuingOperationsBeforeIncomeTaxes"
        "MinorityInterestAndIncomeLossFromEquityMethodInvestments\n"
        "Not certain            USD/shares 2                 .  EarningsPerShareDiluted\n",
    )
    assert (found.values, found.extracted, found.tagged) == (6, 5, 2)
    missed = [fault for fault in found.faults if not fault.startswith("wrong")]
    assert [fault.split(": ")[0] for fault in missed] == ["line 6", "line 7", "line 8", "line 9"]
    assert "SellingGeneralAndAdministrativeExpense 3,610,000" in missed[0]
    assert missed[2].endswith("nothing")
    wrong = [fault for fault in found.faults if fault.startswith("wrong")]
    assert [fault.split()[1] for fault in wrong] == ["GrossProfit", "NetIncomeLoss"]


def test_a_known_defect_is_no_fault_until_it_comes_out(tmp_path: Path) -> None:
    head = "income statement\n  2004-01-01/2004-12-31\n"
    found = scored(tmp_path, head + "Selling  USD  3,610,000  OperatingExpenses !\n")
    assert found.faults == ()
    assert len(found.defects) == 1
    found = scored(tmp_path, head + "Gross profit  USD  6,164,000  GrossProfit !\n")
    assert found.faults == ("line 3: Gross profit: repaired, take the mark away",)
    assert found.defects == ()


def test_cover_and_counts(tmp_path: Path) -> None:
    report = converter.read(DOCUMENT)
    figures = sum(isinstance(fact.value, Decimal) for fact in report.facts)
    right = f"cover | {report.entity_identifier}\nDocumentPeriodEndDate  2004-12-31\n\nfigures | {figures}\n"
    assert scored(tmp_path, right).faults == ()
    wrong = scored(
        tmp_path, "# a remark\ncover | 1\nDocumentPeriodEndDate  2004-12-30\nFilingDate  2005-01-01\n\nfigures | 3\n"
    )
    assert wrong.faults == (
        f"the entity is {report.entity_identifier}, not 1",
        "DocumentPeriodEndDate is 2004-12-31, not 2004-12-30",
        "FilingDate is not there, not 2005-01-01",
        f"{figures} figures are facts, not 3",
    )


def test_periods_units_and_bases(tmp_path: Path) -> None:
    path = tmp_path / "x.truth"
    path.write_text(
        "balance sheet | Parent | USD | parent-only\n              2004-12-31  2003-12-31 restated\n"
        "Cash  USD -3  2,500  .  Cash\n"
        "Old   USD     (12)   3 [decimals -3]  Cash\n\n"
        "cash flow statement\n       2004-01-01/2004-12-31\n"
        "Cash, opening  USD  1,000  Cash|CashAndDueFromBanks@start\n"
        "Cash, closing  USD  2,500  Cash@end !\n"
        "EPS  USD/shares  -.50  EarningsPerShareBasic\n"
        "Of its own  pure 1 ruled  12.5  - Section / Of its own\n",
    )
    rows = read_truth(path).rows
    values = {row.caption: [(value.period, value.basis, value.value) for value in row.values] for row in rows}
    assert values == {
        "Cash": [(Instant(date(2004, 12, 31)), "ParentOnlyMember", Decimal(2500))],
        "Old": [],
        "Cash, opening": [(Instant(date(2003, 12, 31)), "", Decimal(1000))],
        "Cash, closing": [(Instant(date(2004, 12, 31)), "", Decimal(2500))],
        "EPS": [(Duration(date(2004, 1, 1), date(2004, 12, 31)), "", Decimal("-0.5"))],
        "Of its own": [(Duration(date(2004, 1, 1), date(2004, 12, 31)), "", Decimal("12.5"))],
    }
    assert [(row.unit, row.decimals, row.defect) for row in rows[-3:]] == [
        ("USD", None, True),
        ("USD/shares", None, False),
        ("pure", 1, False),
    ]
    assert rows[2].accepted == {"Cash", "CashAndDueFromBanks"}
    assert rows[-1].line_item == "Section / Of its own"


def test_the_sample_of_the_documentation_is_in_the_format(tmp_path: Path) -> None:
    text = (ROOT / "tests" / "README.md").read_text(encoding="utf-8").partition("## The format")[2]
    sample = "\n".join(line[4:] for line in text.splitlines() if line.startswith("    "))
    path = tmp_path / "x.truth"
    path.write_text(sample.replace("cover | 0009999999", "\ncover | 0009999999"), encoding="utf-8")
    truth = read_truth(path)
    assert (truth.entity, truth.cover, truth.figures) == ("0009999999", {"DocumentType": "10-K"}, 46)
    assert [(row.caption, len(row.values)) for row in truth.rows] == [
        ("Change in inventories", 2),
        ("Cash used by a fire", 1),
        ("Cash at end of year", 2),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Cash  USD  1,000", "a row of 1 columns has 3 cells"),
        ("Cash  USD  1.000,00  Cash", "is no value"),
        ("Cash  US dollars  1,000  Cash", "is no unit"),
        ("Cash  USD  1,000  Cash and more", "is no unit, or 'Cash and more' no concept"),
    ],
)
def test_a_line_that_is_not_as_it_should_be(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "x.truth"
    path.write_text(f"balance sheet\n  2004-12-31\n{line}\n")
    with pytest.raises(ValueError, match=rf"x\.truth:3: .*{problem}"):
        read_truth(path)


def test_a_heading_that_is_no_period_and_a_row_of_no_statement(tmp_path: Path) -> None:
    path = tmp_path / "x.truth"
    path.write_text("balance sheet\n  December 31, 2004\n")
    with pytest.raises(ValueError, match="'December 31, 2004' is no period"):
        read_truth(path)
    path.write_text("Cash  USD  1,000  Cash\n")
    with pytest.raises(ValueError, match="stands in no block"):
        read_truth(path)
