"""Whole statements: what holds of the mappings of any statement; tests/documents says what the rows of many become."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import pytest
from helpers.builders import duration, instant, item, statement
from helpers.documents import documents, read_document
from hypothesis import given
from hypothesis import strategies as st

from converter.mapping import Mapping, map_statement
from converter.mapping.choice import MIN_CONFIDENCE
from converter.mapping.guess import SPACES
from converter.mapping.totals import is_bare
from converter.statements.model import PRIMARY_KINDS, Statement, StatementKind, UnitKind
from converter.sums.arithmetic import find_sums
from converter.taxonomy import load_taxonomy

YEARS = (duration("1996-01-01", "1996-12-31"), duration("1995-01-01", "1995-12-31"))
DAYS = (instant("1996-12-31"), instant("1995-12-31"))


def mapped(one: Statement) -> tuple[Mapping, ...]:
    return map_statement(one, find_sums(one.items, one.kind))


@pytest.fixture(params=documents(), ids=lambda path: path.stem)
def statements(request: pytest.FixtureRequest) -> tuple[Statement, ...]:
    """Those of each document."""
    return read_document(request.param)[1]


def clashes(one: Statement, mappings: tuple[Mapping, ...]) -> Iterator[str]:
    """Concepts that two rows have with other figures; balances may open and close a period."""
    concepts, own = load_taxonomy().concepts, load_taxonomy().ranks[one.kind.value]
    figures: dict[tuple[str, str], set[object]] = defaultdict(set)
    for row, mapping in zip(one.items, mappings, strict=True):
        if mapping.concept is not None:
            figures[SPACES[row.unit], mapping.concept].add(tuple(figure and figure.value for figure in row.figures))
    for (_, name), different in figures.items():
        may_have_balances = one.kind is StatementKind.CASH_FLOW or (one.kind is StatementKind.INCOME and name in own)
        twice = may_have_balances and concepts[name].period_type == "instant"
        if len(different) > (2 if twice else 1):
            yield name


def test_no_two_rows_have_the_same_concept(statements: Sequence[Statement]) -> None:
    for one in statements:
        assert list(clashes(one, mapped(one))) == []


def test_the_same_statement_is_mapped_the_same_way(statements: Sequence[Statement]) -> None:
    first = [mapped(one) for one in statements]
    assert [mapped(one) for one in statements] == first


def test_a_confidence_is_a_probability_and_the_evidence_names_the_caption(statements: Sequence[Statement]) -> None:
    for mapping in (mapping for one in statements for mapping in mapped(one)):
        assert 0 <= mapping.confidence <= 1
        assert mapping.sign in (1, -1)
        assert mapping.evidence
        assert mapping.concept not in {other.concept for other in mapping.runners_up}
        shares = [other.confidence for other in mapping.runners_up]
        assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("min_confidence", [MIN_CONFIDENCE, 0.6, 0.99])
def test_what_is_not_likely_enough_has_no_concept(statements: Sequence[Statement], min_confidence: float) -> None:
    """A total whose caption says nothing is known by what adds up to it, not by its words."""
    for one in statements:
        mappings = map_statement(one, find_sums(one.items, one.kind), min_confidence=min_confidence)
        for row, mapping in zip(one.items, mappings, strict=True):
            assert mapping.concept is None or mapping.confidence >= min_confidence or is_bare(row)


@pytest.mark.parametrize("kind", PRIMARY_KINDS)
@pytest.mark.parametrize("caption", ["Zyxw vuts", "", "...", "12,345", "Of which in Ruritania"])
def test_a_caption_that_says_nothing_gets_no_concept(kind: StatementKind, caption: str) -> None:
    columns = DAYS if kind is StatementKind.BALANCE_SHEET else YEARS
    (mapping,) = map_statement(statement(kind, columns, item(caption, "17", "18")), ())
    assert mapping.concept is None
    assert mapping.sign == 1


def test_an_empty_statement_has_no_mappings() -> None:
    assert map_statement(statement(StatementKind.INCOME, YEARS), ()) == ()


@given(
    st.sampled_from(PRIMARY_KINDS),
    st.lists(
        st.tuples(
            st.sampled_from(
                ["Total", "Net income", "Other", "Cash", "Inventories", "", "Less: taxes", "Deferred taxes"]
            )
            | st.text(max_size=30),
            st.sampled_from(UnitKind),
            st.none() | st.integers(-100, 100).map(str),
            st.none() | st.integers(-100, 100).map(str),
        ),
        max_size=12,
    ),
)
def test_any_statement_can_be_mapped(
    kind: StatementKind, rows: list[tuple[str, UnitKind, str | None, str | None]]
) -> None:
    columns = DAYS if kind is StatementKind.BALANCE_SHEET else YEARS
    one = statement(kind, columns, *(item(label, *values, unit=unit) for label, unit, *values in rows))
    mappings = mapped(one)
    assert len(mappings) == len(rows)
    assert all(mapping.concept is None or mapping.concept in load_taxonomy().concepts for mapping in mappings)
    if kind is not StatementKind.CASH_FLOW:
        assert list(clashes(one, mappings)) == []


def test_a_row_that_only_counts_shares_is_what_its_heading_says() -> None:
    rows = [
        item("Common stock", "300", sections=["Stockholders' equity"]),
        item("Retained earnings", "900", sections=["Stockholders' equity"]),
        item("2,317,204 shares - 1998", "-200", sections=["Stockholders' equity", "Less treasury stock, at cost"]),
        item("Total stockholders' equity", "1000", sections=["Stockholders' equity"]),
    ]
    page = statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *rows)
    assert map_statement(page, find_sums(rows, StatementKind.BALANCE_SHEET))[2].concept == "TreasuryStockValue"
