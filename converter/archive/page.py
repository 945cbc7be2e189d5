"""Summary -> one HTML page with charts, through its Jinja template."""

from collections.abc import Sequence

from msgspec import Struct

from converter import __version__
from converter.archive.summary import Summary, Year
from converter.outputs import environment

_STEP, _GAP = 52, 14
_HIGH, _TOP, _FOOT = 150, 24, 24


class ReportColumn(Struct, frozen=True):
    """A column of a chart in its units; `shown` is its number, short enough to stand over it."""

    label: str
    number: int
    shown: str
    x: int
    y: float
    width: int
    height: float

    @property
    def middle(self) -> float:
        """Where its label is centred."""
        return self.x + self.width / 2


class Chart(Struct, frozen=True):
    """Columns on a common base."""

    width: int
    height: int
    base: int
    columns: tuple[ReportColumn, ...]


def render_page(summary: Summary) -> str:
    """The page; the same manifest gives the same characters."""
    template = environment().get_template("archive/report.html.j2")
    return template.render(
        summary=summary, years=summary.years, chart=_chart(summary.years), version=__version__
    ).lstrip("\n")


def _chart(years: Sequence[Year]) -> Chart:
    most = max((year.filings for year in years), default=1)
    columns = tuple(_column(number, year, most) for number, year in enumerate(years))
    return Chart(max(1, len(years)) * _STEP, _TOP + _HIGH + _FOOT, _TOP + _HIGH, columns)


def _column(place: int, year: Year, most: int) -> ReportColumn:
    high = round(_HIGH * year.filings / most, 1)
    return ReportColumn(
        label=str(year.year or "none"),
        number=year.filings,
        shown=_short(year.filings),
        x=place * _STEP + _GAP // 2,
        y=_TOP + _HIGH - high,
        width=_STEP - _GAP,
        height=high,
    )


def _short(number: int) -> str:
    """`950`, `12.3k`, `1.2M`."""
    for unit, letter in ((1_000_000, "M"), (1_000, "k")):
        if number >= unit * 10 or (unit == 1_000_000 and number >= unit):
            return f"{number / unit:.3g}{letter}"
    return f"{number:,}"
