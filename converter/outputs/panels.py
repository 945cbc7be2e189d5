"""The workbook of a company over its fiscal years: standard items of all its filings. Needs xlsxwriter."""

import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec
from msgspec import Struct

from converter.normalised import load_items
from converter.outputs.model import MissingIdentity
from converter.outputs.standard_table import StandardRow, standard_rows_of
from converter.outputs.workbook.book import AMOUNT, FRACTION, PER_SHARE, Book
from converter.pipeline import Reading
from converter.report import FULL_YEAR

_COLUMNS = (
    *("item", "label", "compustat", "template", "fiscal_year", "fiscal_period", "quarters", "period_start"),
    *("period_end", "unit", "value", "decimals", "rule", "filed", "accession", "form", "source_file", "inputs"),
)
"""The columns of the sheet of values; those of StandardRow."""


class PanelPiece(Struct, frozen=True):
    """What a filing says of a company: its CIK, the name and the rows of the table of standard items."""

    cik: str
    name: str
    rows: tuple[StandardRow, ...]


def panel_piece(reading: Reading) -> PanelPiece:
    """Return what a filing adds to the workbook of its company. Raises MissingIdentity without a CIK."""
    rows = tuple(standard_rows_of(reading))
    cik = next((row.cik for row in rows if row.cik), "")
    if not cik:
        raise MissingIdentity("no CIK, or no standard item, is known: the workbook of a company needs both")
    return PanelPiece(cik, rows[0].entity_name or "", rows)


def pack_panel(piece: PanelPiece) -> bytes:
    """Return the piece, compressed."""
    return zlib.compress(msgspec.msgpack.encode(piece), 1)


def unpack_panel(packed: bytes) -> PanelPiece:
    """Return what `pack_panel` was given. Raises zlib.error or ValueError for other bytes."""
    return msgspec.msgpack.decode(zlib.decompress(packed), type=PanelPiece)


def render_panel(pieces: Iterable[PanelPiece]) -> bytes:
    """Return the workbook of the company that all pieces are of: a sheet of fiscal years, one of quarters, all values.

    Of several filings with a value for a period, the one that was filed last counts, as in the view `latest` of a
    dataset. The same pieces in any order give the same bytes. Raises ImportError when xlsxwriter is not installed.
    """
    kept = sorted(pieces, key=lambda piece: [(_known(row), row.source_file) for row in piece.rows[:1]])
    rows = [row for piece in kept for row in piece.rows]
    latest: dict[tuple[str, str, date | None, date], StandardRow] = {}
    for row in sorted(rows, key=lambda row: (_known(row), row.decimals or 0, row.accession or "", row.source_file)):
        latest[row.item, row.unit, row.period_start, row.period_end] = row
    names = [piece.name for piece in kept if piece.name]
    title = names[-1] if names else kept[0].cik
    book = Book()
    years = [row for row in latest.values() if row.fiscal_period == FULL_YEAR and row.quarters in (0, 4)]
    _write_periods(book, "Years", title, years, lambda row: str(row.fiscal_year))
    quarters = [row for row in latest.values() if row.fiscal_period and row.quarters in (0, 1)]
    _write_periods(book, "Quarters", title, quarters, _quarter)
    book.sheet("Values").table(_COLUMNS, [[getattr(row, name) for name in _COLUMNS] for row in rows])
    return book.close()


def _known(row: StandardRow) -> date:
    """Return the day from which a filing was known: that of filing, else the last one that it reports on."""
    return row.filed or row.document_period_end or row.period_end


def _quarter(row: StandardRow) -> str:
    """Return what a column of quarters is called: the day of a balance sheet at the year's end is its fourth one."""
    quarter = "Q4" if row.fiscal_period == FULL_YEAR else row.fiscal_period
    return f"{row.fiscal_year} {quarter}"


def _write_periods(
    book: Book, name: str, title: str, rows: Sequence[StandardRow], label_of: Callable[[StandardRow], str]
) -> None:
    """Write a sheet with a row for each item and unit, and a column for each period."""
    labels = sorted({label_of(row) for row in rows})
    ends = {label: max(row.period_end for row in rows if label_of(row) == label) for label in labels}
    cells: dict[tuple[str, str], dict[str, StandardRow]] = {}
    for row in sorted(rows, key=lambda row: (row.period_end, _known(row))):
        cells.setdefault((row.item, row.unit), {})[label_of(row)] = row
    order = {item: number for number, item in enumerate(dict.fromkeys(item.name for item in load_items()))}
    sheet = book.sheet(name)
    sheet.text(0, 0, title, bold=True, font_size=13)
    for column, text in enumerate(("Item", "Compustat", "Unit", *labels)):
        sheet.text(2, column, text, bold=True)
        sheet.width(column, 44 if column == 0 else 18)
    for column, label in enumerate(labels, 3):
        sheet.value(3, column, ends[label])
    for line, key in enumerate(sorted(cells, key=lambda key: (order.get(key[0], len(order)), key[1])), 4):
        of_item = cells[key]
        first = next(iter(of_item.values()))
        for column, cell in enumerate((first.label, first.compustat, first.unit)):
            sheet.value(line, column, cell)
        for column, label in enumerate(labels, 3):
            if label in of_item:
                sheet.value(line, column, of_item[label].value, num_format=_number_format(of_item[label]))
    sheet.freeze(4, 1)


def _number_format(row: StandardRow) -> str:
    if (row.decimals or 0) <= 0:
        return AMOUNT
    return PER_SHARE if "/" in row.unit else FRACTION
