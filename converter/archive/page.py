"""Summary -> one HTML page with charts, by a Jinja template."""

from collections.abc import Sequence

from msgspec import Struct

from converter import __version__
from converter.archive.summary import Summary, Year
from converter.resources import template_environment

_COLUMN_STEP, _COLUMN_GAP = 52, 14
_PLOT_HEIGHT, _TOP_MARGIN, _BOTTOM_MARGIN = 150, 24, 24


class ChartColumn(Struct, frozen=True):
    """A column of a chart, in units of the SVG; `short_number` fits above the column."""

    label: str
    number: int
    short_number: str
    x: int
    y: float
    width: int
    height: float

    @property
    def middle(self) -> float:
        """The x coordinate that its label is centred on."""
        return self.x + self.width / 2


class Chart(Struct, frozen=True):
    """Columns on a common base line."""

    width: int
    height: int
    base: int
    columns: tuple[ChartColumn, ...]


def render_page(summary: Summary) -> str:
    """Return the page; the same manifest gives the same text."""
    template = template_environment("templates").get_template("archive/report.html.j2")
    return template.render(
        summary=summary, years=summary.years, chart=_chart(summary.years), version=__version__
    ).lstrip("\n")


def _chart(years: Sequence[Year]) -> Chart:
    maximum = max((year.filings for year in years), default=1)
    columns = tuple(_column(index, year, maximum) for index, year in enumerate(years))
    base = _TOP_MARGIN + _PLOT_HEIGHT
    return Chart(max(1, len(years)) * _COLUMN_STEP, base + _BOTTOM_MARGIN, base, columns)


def _column(index: int, year: Year, maximum: int) -> ChartColumn:
    height = round(_PLOT_HEIGHT * year.filings / maximum, 1)
    return ChartColumn(
        label=str(year.year or "none"),
        number=year.filings,
        short_number=_short(year.filings),
        x=index * _COLUMN_STEP + _COLUMN_GAP // 2,
        y=_TOP_MARGIN + _PLOT_HEIGHT - height,
        width=_COLUMN_STEP - _COLUMN_GAP,
        height=height,
    )


def _short(number: int) -> str:
    """Format a number as `950`, `12.3k` or `1.2M`."""
    for unit, letter in ((1_000_000, "M"), (1_000, "k")):
        if number >= unit * 10 or (unit == 1_000_000 and number >= unit):
            return f"{number / unit:.3g}{letter}"
    return f"{number:,}"
