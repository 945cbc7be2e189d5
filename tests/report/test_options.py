"""Options that cannot be are refused, whoever makes them."""

from datetime import date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from converter.report import Options


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"cik": "abc"}, "cik='abc': give up to ten digits"),
        ({"cik": "12345678901"}, "ten digits"),
        ({"cik": "１２"}, "ten digits"),
        ({"currency": "usd"}, "ISO 4217"),
        ({"currency": "US$"}, "ISO 4217"),
        ({"fiscal_year_end": "1331"}, "month and day"),
        ({"fiscal_year_end": "0230"}, "month and day"),
        ({"fiscal_year_end": "June 30"}, "month and day"),
    ],
)
def test_values_that_cannot_be(given: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem) as caught:
        Options(**given)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        {"cik": 320193},
        {"entity": None},
        {"period_end": "2003-09-30"},
        {"period_end": datetime(2003, 9, 30)},
        {"all_tables": "yes"},
    ],
)
def test_types_that_cannot_be(given: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=f"{next(iter(given))}=.*give "):
        Options(**given)


def test_what_can_be() -> None:
    options = Options("320193", "Acme, Inc.", "06-30", "CAD", date(2003, 9, 30), True)
    assert options.fiscal_year_end == "0630"
    assert replace(options, cik="1").cik == "1"
    assert Options(fiscal_year_end="0229").fiscal_year_end == "0229"
    with pytest.raises(ValueError, match="cik"):
        replace(options, cik="x")
