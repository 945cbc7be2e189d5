"""Whole statements with invented figures: what a reader of old filings expects of every row.

The files of tests/mapping/statements, `KIND-name.txt`, have a row a line: caption ; unit ; figure ; figure ; sign
that turns the printed figure into the fact's value ; concepts accepted.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers.builders import duration, instant, item, statement
from hypothesis import given
from hypothesis import strategies as st

from converter.mapping import Mapping, map_statement
from converter.mapping.choice import ENOUGH
from converter.mapping.guess import SPACES
from converter.statements.model import Kind, Statement, UnitKind
from converter.sums.arithmetic import find_sums
from converter.taxonomy import load_taxonomy

YEARS = (duration("1996-01-01", "1996-12-31"), duration("1995-01-01", "1995-12-31"))
DAYS = (instant("1996-12-31"), instant("1995-12-31"))
UNITS = {"USD": UnitKind.MONETARY, "USD/shares": UnitKind.PER_SHARE, "shares": UnitKind.SHARES}
SHARE_RIGHT = 0.9
"""Of the rows of every one of these statements. May rise, must not fall."""
FILES = sorted(Path(__file__).with_name("statements").glob("*.txt"))


@dataclass(frozen=True, slots=True)
class Expected:
    """A statement, and for each of its rows the concepts accepted and the sign."""

    statement: Statement
    rows: tuple[tuple[frozenset[str], int], ...]


def read(path: Path) -> Expected:
    kind = Kind(path.stem[:2])
    rows = [[cell.strip() for cell in line.split(";")] for line in path.read_text(encoding="utf-8").splitlines()]
    items = [item(caption, *values, unit=UNITS[unit]) for caption, unit, *values, _, _ in rows]
    columns = DAYS if kind is Kind.BALANCE_SHEET else YEARS
    return Expected(statement(kind, columns, *items), tuple((frozenset(row[-1].split()), int(row[-2])) for row in rows))


def mapped(one: Statement) -> tuple[Mapping, ...]:
    return map_statement(one, find_sums(one.items, one.kind))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def expected(request: pytest.FixtureRequest) -> Expected:
    return read(request.param)


def test_the_expected_concepts_are_there(expected: Expected) -> None:
    concepts = load_taxonomy().concepts
    assert [name for accepted, _ in expected.rows for name in accepted if name not in concepts] == []


def test_nine_of_ten_rows_have_the_right_concept(expected: Expected) -> None:
    wrong = [
        f"{one.label}: {mapping.concept}"
        for one, mapping, (accepted, _) in zip(
            expected.statement.items, mapped(expected.statement), expected.rows, strict=True
        )
        if mapping.concept not in accepted
    ]
    assert len(wrong) <= (1 - SHARE_RIGHT) * len(expected.rows), wrong


def test_every_row_with_the_right_concept_has_the_right_sign(expected: Expected) -> None:
    found = zip(expected.statement.items, mapped(expected.statement), expected.rows, strict=True)
    right = [(one, mapping, sign) for one, mapping, (accepted, sign) in found if mapping.concept in accepted]
    assert [one.label for one, mapping, sign in right if mapping.sign != sign] == []


def clashes(one: Statement, mappings: tuple[Mapping, ...]) -> Iterator[str]:
    """Concepts that two rows have with other figures; a balance may stand twice in a cash flow statement."""
    concepts = load_taxonomy().concepts
    figures: dict[tuple[str, str], set[object]] = defaultdict(set)
    for row, mapping in zip(one.items, mappings, strict=True):
        if mapping.concept is not None:
            figures[SPACES[row.unit], mapping.concept].add(tuple(figure and figure.value for figure in row.figures))
    for (_, name), different in figures.items():
        twice = one.kind is Kind.CASH_FLOW and concepts[name].period_type == "instant"
        if len(different) > (2 if twice else 1):
            yield name


def test_no_two_rows_have_the_same_concept(expected: Expected) -> None:
    assert list(clashes(expected.statement, mapped(expected.statement))) == []


def test_the_same_statement_is_mapped_the_same_way(expected: Expected) -> None:
    first = mapped(expected.statement)
    assert mapped(expected.statement) == first


def test_a_confidence_is_a_probability_and_the_evidence_names_the_caption(expected: Expected) -> None:
    for mapping in mapped(expected.statement):
        assert 0 <= mapping.confidence <= 1
        assert mapping.sign in (1, -1)
        assert mapping.evidence
        assert mapping.concept not in {other.concept for other in mapping.runners_up}
        shares = [other.confidence for other in mapping.runners_up]
        assert shares == sorted(shares, reverse=True)


def test_what_is_not_likely_enough_has_no_concept(expected: Expected) -> None:
    one = expected.statement
    sums = find_sums(one.items, one.kind)
    for enough in (ENOUGH, 0.6, 0.99):
        for mapping in map_statement(one, sums, enough=enough):
            assert mapping.concept is None or mapping.confidence >= enough


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("caption", ["Zyxw vuts", "", "...", "12,345", "Of which in Ruritania"])
def test_a_caption_that_says_nothing_gets_no_concept(kind: Kind, caption: str) -> None:
    columns = DAYS if kind is Kind.BALANCE_SHEET else YEARS
    (mapping,) = map_statement(statement(kind, columns, item(caption, "17", "18")), ())
    assert mapping.concept is None
    assert mapping.sign == 1


def test_an_empty_statement_has_no_mappings() -> None:
    assert map_statement(statement(Kind.INCOME, YEARS), ()) == ()


@given(
    st.sampled_from(Kind),
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
def test_any_statement_can_be_mapped(kind: Kind, rows: list[tuple[str, UnitKind, str | None, str | None]]) -> None:
    columns = DAYS if kind is Kind.BALANCE_SHEET else YEARS
    one = statement(kind, columns, *(item(label, *values, unit=unit) for label, unit, *values in rows))
    mappings = mapped(one)
    assert len(mappings) == len(rows)
    assert all(mapping.concept is None or mapping.concept in load_taxonomy().concepts for mapping in mappings)
    if kind is not Kind.CASH_FLOW:
        assert list(clashes(one, mappings)) == []
