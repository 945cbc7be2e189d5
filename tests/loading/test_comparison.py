"""Two reports compared: added, lost, changed."""

from decimal import Decimal

from helpers.reports import reports, sample
from hypothesis import given, settings
from msgspec.structs import replace

from converter.loading.comparison import compare, comparison_lines
from converter.report import Fact, Group, Report

REPORT = sample().report


def _with(report: Report, *facts: Fact) -> Report:
    return replace(report, groups=(Group("", None, facts),))


def _fact(concept: str) -> Fact:
    return next(fact for fact in REPORT.facts if fact.concept == concept)


def test_nothing_differs() -> None:
    assert list(comparison_lines(compare(REPORT, REPORT))) == [
        f"0 added, 0 lost, 0 changed, {len(REPORT.facts)} the same"
    ]


def test_every_kind_of_difference() -> None:
    loss, cash, other = _fact("NetIncomeLoss"), _fact("Cash"), _fact("LineItemMonetaryDuration")
    assets, name = _fact("Assets"), _fact("EntityRegistrantName")
    old = _with(REPORT, loss, cash, assets, name)
    new = _with(replace(REPORT, entity_identifier="0000000124"), replace(loss, value=Decimal(7)), other, assets, name)
    assert list(comparison_lines(compare(old, new))) == [
        "~ entity: 0000000123 (http://www.sec.gov/CIK) -> 0000000124 (http://www.sec.gov/CIK)",
        "~ NetIncomeLoss D20030701-20030930 USD: -1,013,000 (decimals -3) -> 7 (decimals -3)",
        '+ LineItemMonetaryDuration D20030701-20030930 [Third-party, "servicing" <and> more] USD: 26 (decimals 0)',
        "- Cash I20030930 USD: 5,000 (decimals 0)",
        "1 added, 1 lost, 1 changed, 2 the same",
    ]


def test_another_precision_is_a_change_and_another_spelling_is_none() -> None:
    loss = _fact("NetIncomeLoss")
    comparison = compare(_with(REPORT, loss), _with(REPORT, replace(loss, decimals=0)))
    assert len(comparison.differences) == 1
    comparison = compare(_with(REPORT, loss), _with(REPORT, replace(loss, value=Decimal("-1.013E+6"))))
    assert comparison.differences == ()


@settings(max_examples=settings().max_examples // 2)
@given(reports(), reports())
def test_what_one_direction_adds_the_other_loses(one: Report, other: Report) -> None:
    there, back = compare(one, other), compare(other, one)
    assert there.same == back.same
    assert {(pair.old, pair.new) for pair in there.differences} == {(pair.new, pair.old) for pair in back.differences}
    lost = sum(pair.new is None for pair in there.differences)
    assert there.same + len(there.differences) == len(other.facts) + lost
    assert compare(one, one).differences == ()
