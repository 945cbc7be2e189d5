"""Summary and listing -> one HTML page with charts, and the companies and filings to search and open."""

import hashlib
import os
from base64 import b64encode
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from converter import __version__
from converter.archive.listing import Listing
from converter.archive.summary import Summary
from converter.resources import resource, template_environment

_COLUMN_STEP, _COLUMN_GAP = 52, 14
_PLOT_HEIGHT, _TOP_MARGIN, _BOTTOM_MARGIN = 150, 24, 24
_TENTHS = (*(f"{tenth * 10}–{tenth * 10 + 9}" for tenth in range(9)), "90–100")


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


def render_page(summary: Summary, listing: Listing, folder: Path) -> str:
    """Return the page, which is to stand in `folder`; the same manifest gives the same text.

    A source is linked if it is a web address, or a file that is there, relative to the working directory.
    """
    script = resource("templates/archive/report.js").read_text(encoding="utf-8")
    base = _base(listing.location, folder)
    template = template_environment("templates").get_template("archive/report.html.j2")
    return template.render(
        summary=summary,
        listing=listing,
        years=summary.years,
        chart=_chart([str(year.year or "none") for year in summary.years], [year.filings for year in summary.years]),
        confidence=_chart([*_TENTHS, "none"], summary.confidence) if any(summary.confidence) else None,
        filings=list(_rows(listing, base, folder)),
        grouped=lambda value: f"{Decimal(value):,}",
        link=lambda name: base + quote(name),
        script=script,
        digest=b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        version=__version__,
    ).lstrip("\n")


def _rows(listing: Listing, base: str, folder: Path) -> Iterator[Sequence[object]]:
    """Yield the filings as the script of the page reads them."""
    for filing in listing.filings:
        yield (
            filing.company,
            filing.cik,
            filing.form,
            filing.period_end,
            filing.accession,
            filing.path,
            _source_link(filing.path, folder),
            base + quote(filing.page) if filing.page else "",
            [base + quote(name) for name in filing.files if name != filing.page],
            [filing.confirmed, filing.unconfirmed, filing.contradicted],
            [filing.errors, filing.warnings],
        )


def _base(location: str, folder: Path) -> str:
    """Return what the links to files of the dataset begin with."""
    if not location:
        return ""
    if "://" in location:
        return location.rstrip("/") + "/" if location.startswith(("http://", "https://")) else ""
    return quote(_relative(location, folder)) + "/"


def _source_link(path: str, folder: Path) -> str:
    """Return a link to a source, or to the archive that it is in, "" if there is none."""
    if path.startswith(("http://", "https://")):
        return path
    outer = path.partition("!")[0]
    return quote(_relative(outer, folder)) if os.path.isfile(outer) else ""


def _relative(path: str, folder: Path) -> str:
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # on another drive of Windows
        return Path(path).resolve().as_posix()


def _chart(labels: Sequence[str], numbers: Sequence[int]) -> Chart:
    maximum = max(numbers, default=0) or 1
    columns = tuple(
        _column(index, label, number, maximum)
        for index, (label, number) in enumerate(zip(labels, numbers, strict=True))
    )
    base = _TOP_MARGIN + _PLOT_HEIGHT
    return Chart(max(1, len(columns)) * _COLUMN_STEP, base + _BOTTOM_MARGIN, base, columns)


def _column(index: int, label: str, number: int, maximum: int) -> ChartColumn:
    height = round(_PLOT_HEIGHT * number / maximum, 1)
    return ChartColumn(
        label=label,
        number=number,
        short_number=_short(number),
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
