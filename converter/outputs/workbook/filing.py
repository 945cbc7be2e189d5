"""The workbook of a filing: a sheet for each statement as printed, one of all facts, one of the headline checks."""

from collections.abc import Sequence
from decimal import Decimal
from operator import attrgetter

from converter.outputs.check_table import CheckRow, checks_of
from converter.outputs.instance import legal_xml
from converter.outputs.table import FactRow, rows_of
from converter.outputs.workbook.book import AMOUNT, FRACTION, MOST_INDENT, PER_SHARE, Book, Sheet
from converter.pipeline import Reading
from converter.report import COVER, Cell, Fact, PrintedColumn, PrintedRow, PrintedStatement
from converter.statements import Origin
from converter.taxonomy import CAPTION_AXIS
from converter.vocabulary import Instant, Period

FACT_COLUMNS = (
    *("fact", "statement", "statement_title", "heading", "label", "concept", "caption", "reporting_basis"),
    *("class_of_stock", "equity_component", "period_start", "period_end", "fiscal_year", "fiscal_period"),
    *("unit", "decimals", "confidence", "line"),
)
"""The columns of the flat table that the sheet of facts has, before the value; each fact has one row."""

_FACT_CELLS = attrgetter(*FACT_COLUMNS)
_FIRST_ROW = 5
_CAPTION_WIDTH, _VALUE_WIDTH, _CONCEPT_WIDTH = 60, 18, 50


def render_workbook(reading: Reading) -> bytes:
    """Return the workbook of a filing; the same reading gives the same bytes.

    Amounts stand in whole units with the sign that they are printed with; the facts have the sign of their concept.
    Raises ImportError when xlsxwriter is not installed.
    """
    book = Book()
    facts = reading.report.facts
    for statement in reading.report.layout:
        _write_statement(book.sheet(_name(statement)), statement, facts)
    book.sheet("Facts").table((*FACT_COLUMNS, "value"), [_fact_cells(row) for row in rows_of(reading) if not row.again])
    checks = [[getattr(row, name) for name in CheckRow.__struct_fields__] for row in checks_of(reading)]
    book.sheet("Checks").table(CheckRow.__struct_fields__, checks)
    return book.close()


def _fact_cells(row: FactRow) -> tuple[object, ...]:
    """Return the cells of a fact; its value is a number, or the text that it is."""
    return (*_FACT_CELLS(row), row.value_text if row.value is None else row.value)


def _name(statement: PrintedStatement) -> str:
    """Return the name of a sheet: what the statement is, or the title of what stands beside statements."""
    if statement.kind is None:
        return "Cover"
    name = statement.kind.words.removeprefix("statement of ").capitalize()
    if statement.origin is Origin.PARENTHETICAL:
        return f"{name}, in captions"
    return name if statement.origin in (Origin.PRIMARY, Origin.EQUITY) else statement.title or name


def _write_statement(sheet: Sheet, statement: PrintedStatement, facts: Sequence[Fact]) -> None:
    """Write the title, the headings and periods of the columns, and the rows below their headings."""
    concept_column = len(statement.columns) + 1
    sheet.text(0, 0, legal_xml(statement.title), bold=True, font_size=13)
    numeric = [facts[cell.fact] for row in statement.rows for cell in row.cells if cell and facts[cell.fact].unit]
    units = dict.fromkeys(fact.unit.text for fact in numeric if fact.unit is not None)
    sheet.text(1, 0, f"In whole units: {', '.join(units)}" if units else "", italic=True)
    for number, column in enumerate(statement.columns, 1):
        _write_column(sheet, number, column)
    sheet.text(_FIRST_ROW - 2, concept_column, "Concept", bold=True)
    sheet.text(_FIRST_ROW - 2, concept_column + 1, "Unit", bold=True)
    line = _FIRST_ROW
    above: tuple[str, ...] = ()
    for row in statement.rows:
        shared = 0
        while shared < min(len(above), len(row.sections)) and above[shared] == row.sections[shared]:
            shared += 1
        for depth, heading in enumerate(row.sections[shared:], shared):
            sheet.text(line, 0, legal_xml(heading), indent=min(depth, MOST_INDENT), bold=True)
            line += 1
        above = row.sections
        _write_row(sheet, line, row, facts, is_cover=statement.code == COVER)
        line += 1
    sheet.width(0, _CAPTION_WIDTH)
    for number in range(1, concept_column):
        sheet.width(number, _VALUE_WIDTH)
    sheet.width(concept_column, _CONCEPT_WIDTH)
    sheet.freeze(_FIRST_ROW, 1)


def _write_column(sheet: Sheet, number: int, column: PrintedColumn) -> None:
    about = " ".join(part for part in (column.qualifier, column.part) if part)
    sheet.text(_FIRST_ROW - 3, number, about, bold=True, align="right")
    sheet.text(_FIRST_ROW - 2, number, _period(column.period), bold=True, align="right", text_wrap=True)
    sheet.text(_FIRST_ROW - 1, number, legal_xml(" ".join(column.heading.split())), align="right", italic=True)


def _period(period: Period) -> str:
    if isinstance(period, Instant):
        return period.day.isoformat()
    return f"{period.start.isoformat()} to {period.end.isoformat()}"


def _write_row(sheet: Sheet, line: int, row: PrintedRow, facts: Sequence[Fact], is_cover: bool) -> None:
    sheet.text(line, 0, legal_xml(" ".join(row.label.split())), indent=min(len(row.sections), MOST_INDENT))
    concepts: dict[str, None] = {}
    units: dict[str, None] = {}
    for number, cell in enumerate(row.cells, 1):
        if cell is None:
            continue
        fact = facts[cell.fact]
        _write_cell(sheet, line, number, cell, fact, row.ruled)
        concepts[_concept(fact)] = None
        if fact.unit is not None:
            units[fact.unit.text] = None
    sheet.text(line, len(row.cells) + 1, legal_xml(", ".join(concepts)), font_color="#595959")
    sheet.text(line, len(row.cells) + 2, "" if is_cover else ", ".join(units), font_color="#595959")


def _write_cell(sheet: Sheet, line: int, column: int, cell: Cell, fact: Fact, ruled: bool) -> None:
    rule = {"top": 1} if ruled else {}
    match fact.value:
        case Decimal():
            printed = -fact.value if cell.negated else fact.value
            sheet.number(line, column, printed, num_format=_number_format(fact), **rule)
        case str():
            sheet.text(line, column, legal_xml(fact.value), align="right")
        case _:
            sheet.value(line, column, fact.value, align="right")


def _number_format(fact: Fact) -> str:
    if fact.unit is None or (fact.decimals or 0) <= 0:
        return AMOUNT
    return PER_SHARE if fact.unit.denominator else FRACTION


def _concept(fact: Fact) -> str:
    """Return the concept of a fact, with the caption of a general line item."""
    captions = (dimension.text for dimension in fact.context.dimensions if dimension.axis == CAPTION_AXIS)
    return ": ".join((fact.concept, *captions))
