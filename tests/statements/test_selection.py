"""Which candidates are the registrant's statements: the set that tells one story."""

from collections.abc import Sequence

import pytest
from helpers.builders import candidate, duration, instant, item, statement
from msgspec.structs import replace

from converter.statements.model import LineItem, Qualifier, Statement, StatementKind
from converter.statements.position import Place
from converter.statements.selection import MAX_COMPARED, Candidate, select
from converter.vocabulary.periods import Period

BS, IS, CF = StatementKind.BALANCE_SHEET, StatementKind.INCOME, StatementKind.CASH_FLOW
DAY, YEAR, BEFORE = instant("1998-12-31"), duration("1998-01-01", "1998-12-31"), duration("1997-01-01", "1997-12-31")
NAMES = ("ACME WIDGETS INC",)


def balance(cash: int = 50, total: int = 900, claims: int | None = None) -> Statement:
    """Of a company with this cash, and these totals of its assets and of its liabilities and equity."""
    values = {"Cash and cash equivalents": cash, "Receivables": total - cash, "Total assets": total}
    values |= {"Total liabilities": total - 99, "Total liabilities and equity": total if claims is None else claims}
    return of(BS, DAY, values)


def income(net: int = 70, sales: int = 600, period: Period = YEAR) -> Statement:
    return of(IS, period, {"Net sales": sales, "Income before income taxes": sales - 500, "Net income": net})


def flows(net: int = 70, cash: int = 50) -> Statement:
    values = {"Net income": net, "Depreciation": 9, "Net cash provided by operating activities": net + 9}
    return of(CF, YEAR, values | {"Cash at end of year": cash})


def of(kind: StatementKind, period: Period, values: dict[str, int]) -> Statement:
    return statement(kind, [period], *(item(label, str(value)) for label, value in values.items()))


def chosen(*candidates: Candidate, names: Sequence[str] = NAMES) -> list[int]:
    return [candidates.index(one) for one in select(candidates, names).chosen]


def test_nothing_to_choose_from() -> None:
    assert select([], NAMES).chosen == ()


def test_what_stands_alone_is_chosen() -> None:
    assert chosen(candidate(balance(), titled=False)) == [0]


OWN = (candidate(balance()), candidate(income()), candidate(flows()))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (candidate(income()), candidate(income(net=60), titled=False)),
        (candidate(income(), "CONSOLIDATED STATEMENTS OF INCOME"), candidate(income(net=60, sales=570))),
        (candidate(balance()), candidate(balance(total=800, claims=790))),
        (candidate(income(), place=Place.STATEMENTS), candidate(income(net=60, sales=570))),
        (candidate(income()), candidate(income(net=60, sales=570), place=Place.ELSEWHERE)),
        (candidate(income(), "ACME WIDGETS INC"), candidate(income(net=60, sales=570), "SUMMIT FOODS INC")),
        (candidate(income()), candidate(replace(income(net=60, sales=570), title="Summary of segment income"))),
    ],
    ids=["titled", "consolidated", "balanced", "place", "in the notes", "another company", "a summary"],
)
@pytest.mark.parametrize("order", [1, -1], ids=["first", "last"])
def test_evidence_of_one_candidate(better: Candidate, worse: Candidate, order: int) -> None:
    selection = select([better, worse][::order], NAMES)
    assert selection.chosen == (better,)
    assert [rejected.instead for rejected in selection.rejected] == [better]


@pytest.mark.parametrize("order", [1, -1], ids=["first", "last"])
def test_ties_outweigh_a_title(order: int) -> None:
    """The parent's income statement has a title as well, but the cash flow statement starts with the other one's."""
    parents = candidate(income(net=65, sales=580))
    candidates = [parents, *OWN][::order]
    selection = select(candidates, NAMES)
    assert sorted(map(candidates.index, OWN)) == sorted(map(candidates.index, selection.chosen))
    evidence = selection.evidence[candidates.index(OWN[1])]
    assert "the cash flow statement starts with its net income" in evidence
    assert "its cash is that of the cash flow statement" in selection.evidence[candidates.index(OWN[0])]
    assert selection.rejected[0].rival


def test_the_whole_set_counts() -> None:
    """Another company's statements tell one story, too; those among the financial statements are the registrant's."""
    others = [candidate(balance(20, 300)), candidate(income(30, 540)), candidate(flows(30, 20))]
    own = [replace(one, place=Place.STATEMENTS) for one in OWN]
    assert chosen(*others, *own) == [3, 4, 5]
    assert chosen(*own, *others) == [0, 1, 2]


def test_of_two_sets_with_the_same_evidence_the_first_is_chosen() -> None:
    others = [candidate(balance(20, 300)), candidate(income(30, 540)), candidate(flows(30, 20))]
    assert chosen(*OWN, *others) == [0, 1, 2]
    assert chosen(*others, *OWN) == [0, 1, 2]


def test_qualified_statements_stand_beside_the_others() -> None:
    parents = candidate(replace(income(net=65), qualifier=Qualifier.PARENT_ONLY))
    assert chosen(parents, *OWN) == [0, 1, 2, 3]
    assert chosen(parents) == [0]


def test_other_periods_are_further_statements() -> None:
    last = candidate(income(net=60, sales=570, period=BEFORE))
    assert chosen(*OWN, last) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("values", "is_chosen"),
    [
        ({"Net sales": 600, "Net income": 70}, False),  # a copy
        ({"Net sales": 600, "Net income per share": 7}, False),  # half of it is in the statement
        ({"Net sales in Texas": 100, "Net sales abroad": 200, "Net income": 70}, False),
        ({"Export sales": 110, "Domestic sales": 200, "Other sales": 300, "Net income": 70}, True),
    ],
)
def test_what_repeats_a_statement_is_left_out(values: dict[str, int], is_chosen: bool) -> None:
    """A third of its figures are those of the statement, in its period."""
    selection = select([*OWN, candidate(of(IS, YEAR, values))], NAMES)
    assert len(selection.chosen) == 3 + is_chosen
    assert all(not rejected.rival for rejected in selection.rejected)


@pytest.mark.parametrize(
    ("values", "rival"),
    [
        ({"Net sales": 580, "Net income": 65}, True),
        ({"Net sales": 580, "Net income": 70}, False),  # one total differs, one does not
        ({"Net sales": 580}, False),
        ({"Total sales of beverages": 580, "Profit": 65}, False),  # nothing to compare
    ],
)
def test_a_rival_has_other_totals(values: dict[str, int], rival: bool) -> None:
    weak = candidate(of(IS, YEAR, values), titled=False, place=Place.ELSEWHERE)
    (rejected,) = select([*OWN, weak], NAMES).rejected
    assert (rejected.candidate, rejected.instead, rejected.rival) == (weak, OWN[1], rival)


@pytest.mark.parametrize(
    ("lines", "names", "another"),
    [
        (("SUMMIT FOODS INC",), NAMES, True),
        (("SUMMIT FOODS INC", "ACME WIDGETS INC AND SUBSIDIARIES"), NAMES, False),
        (("ACME INDUSTRIES LTD",), NAMES, False),  # shares a word of its own
        (("SUMMIT FOODS INC",), (), False),  # nobody knows what the registrant is called
        (("SUMMIT FOODS INC",), ("The Holding Company Inc",), False),  # or only in words that all have
        (("sold to a company in Ohio, see below",), NAMES, False),  # no name
        (("YEARS ENDED DECEMBER 31",), NAMES, False),
        (("STATEMENTS OF ASSETS, LIABILITIES AND TRUST CORPUS",), NAMES, False),
        (("SUMMIT FOODS INC, " + "a company of many words " * 4,), NAMES, False),  # a sentence
        (("SUMMIT FOODS INC", *["a line"] * 12), NAMES, False),  # far above
    ],
)
def test_names_of_other_companies(lines: tuple[str, ...], names: tuple[str, ...], another: bool) -> None:
    selection = select([candidate(income(), *lines)], names)
    assert selection.chosen  # there is no other
    assert ("of another company" in selection.evidence[0]) == another


def test_another_companys_statements_beside_own_ones_are_never_chosen() -> None:
    """Even if they are of other periods and have more for them."""
    others = candidate(income(period=BEFORE), "CONSOLIDATED INCOME", "SUMMIT FOODS INC", place=Place.STATEMENTS)
    assert chosen(*OWN, others) == [0, 1, 2]


@pytest.mark.parametrize(
    ("caption", "tied"),
    [
        ("Cash at end of year", True),
        ("Ending cash", True),
        ("Cash, December 31 (end of period)", True),
        ("At the end of the quarter", True),
        ("Balance, end of the year", True),
        ("Cash at beginning of year", False),
        ("Cash paid for interest", False),
    ],
)
def test_cash_at_the_end_ties_the_balance_sheet(caption: str, tied: bool) -> None:
    rows = item("Net income", "70"), item(caption, "50")
    candidates = [candidate(balance()), candidate(statement(CF, [YEAR], *rows))]
    assert ("its cash is that of the cash flow statement" in select(candidates, NAMES).evidence[0]) == tied


def test_a_figure_of_another_period_ties_nothing() -> None:
    late = statement(BS, [instant("1999-03-31")], *balance().items)
    assert (
        "its cash is that of the cash flow statement"
        not in select([candidate(late), candidate(flows())], NAMES).evidence[0]
    )


@pytest.mark.parametrize(
    ("rows", "balanced"),
    [
        ([("Total assets", "900"), ("Total liabilities and equity", "900")], True),
        ([("Total assets", "900"), ("Total", "900")], True),
        ([("TOTAL ASSETS (Note 3) ....", "900"), ("", "900")], True),
        ([("Total assets", "900"), ("Total liabilities and equity", "890")], False),
        ([("Total", "900"), ("Total assets", "900")], False),  # above it
        ([("Total current assets", "900"), ("Total", "900")], False),
        ([("Total assets", None), ("Total", None)], False),
    ],
)
def test_balanced(rows: list[tuple[str, str | None]], balanced: bool) -> None:
    items: list[LineItem] = [item(label, value) for label, value in rows]
    selection = select([candidate(statement(BS, [DAY], *items))], NAMES)
    assert ("balanced" in selection.evidence[0]) == balanced


def test_so_many_candidates_of_a_kind_are_weighed_together() -> None:
    """Of many with the same evidence by themselves, those beyond the limit are not tried, wherever they stand."""
    others = [candidate(income(net=n, sales=500 + 3 * n)) for n in range(1, 40)]
    assert candidate(income()) in select([*others[: MAX_COMPARED - 1], *OWN], NAMES).chosen
    selection = select([*others, *OWN, *others], NAMES)
    assert len([one for one in selection.chosen if one.statement.kind is IS]) == 1
