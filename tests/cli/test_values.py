"""Values of options: what is accepted, how it is normalised, and what is said of the rest."""

from collections.abc import Callable
from datetime import date

import pytest

from converter.cli.values import read_cik, read_currency, read_day, read_month_day


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (read_cik, "320193", "320193"),
        (read_currency, "cad", "CAD"),
        (read_month_day, "06-30", "0630"),
        (read_day, "2003-09-30", date(2003, 9, 30)),
    ],
)
def test_accepted(read: Callable[[str], object], text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_cik, "12345678901"),
        (read_cik, "x"),
        (read_currency, "dollars"),
        (read_month_day, "13-01"),
        (read_month_day, "6-3"),
        (read_month_day, "02-29"),
        (read_currency, "XYZ"),
        (read_cik, "0"),
        (read_day, "1899-12-31"),
        (read_day, "2999-12-31"),
        (read_day, "30/09/2003"),
        (read_day, "2003-02-30"),
    ],
)
def test_refused(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        read(text)
