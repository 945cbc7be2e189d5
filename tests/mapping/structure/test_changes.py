"""Cumulative effects of accounting changes that are told part by part."""

import pytest
from helpers.builders import duration, item, statement

from converter.mapping.structure import read_structure
from converter.statements.model import StatementKind

EFFECT = "Cumulative effect of accounting changes"


@pytest.mark.parametrize(
    ("captions", "is_part"),
    [
        ((f"{EFFECT} Postemployment benefits", "Pension assets"), True),
        ((f"{EFFECT}: Postretirement benefits (net of tax benefit of $3)", "Pension assets"), True),
        ((f"{EFFECT} Postemployment benefits", "Net income"), False),
        ((f"{EFFECT}, net of tax", "Pension assets"), False),
        ((EFFECT, "Pension assets"), False),
    ],
)
def test_the_first_part_of_an_effect_is_not_the_effect(captions: tuple[str, str], is_part: bool) -> None:
    """The heading stands on the line of the first part where a second part is below it."""
    rows = [item("Income before cumulative effect of accounting changes", "9"), *(item(c, "1") for c in captions)]
    found = read_structure(statement(StatementKind.INCOME, [duration("1998-01-01", "1998-12-31")], *rows)).verdicts
    assert (1 in found and found[1].concept is None) is is_part
