"""Select the columns of another table whose period and basis are certain to be those of the statements."""

from msgspec.structs import replace

from converter.filing import Filing
from converter.statements import KnownPeriods, Statement
from converter.vocabulary import Code, Finding, Severity


def keep_certain_columns(filing: Filing, table: Statement, known: KnownPeriods) -> tuple[Statement, list[Finding]]:
    """Return the table with the columns whose periods are certain, and a finding for each column left out.

    A period that differs by days from one of the primary statements' is replaced by that one. A table with such a
    period does not state exact days, so its columns with other periods are left out. Restated, pro forma and other
    qualified columns are always left out.
    """
    nearest = [known.nearest(column.period) for column in table.columns]
    is_exact = all(period in (None, column.period) for period, column in zip(nearest, table.columns, strict=True))
    columns = list(table.columns)
    kept: list[int] = []
    findings: list[Finding] = []
    for index, (column, period) in enumerate(zip(table.columns, nearest, strict=True)):
        columns[index] = replace(column, period=period or column.period)
        is_duplicate = columns[index].period in [columns[other].period for other in kept]
        if column.qualifier or table.qualifier or is_duplicate or not (is_exact or period):
            line = filing.documents[table.document].lines[table.items[0].source.line].number
            message = (
                f"column {index + 1} ({column.heading!r}) of the table {table.title!r} was left out: "
                "it is not certain that its period and basis are those of the statements"
            )
            figures = sum(item.figures[index] is not None for item in table.items)
            findings.append(Finding(Severity.INFO, Code.COLUMN_NOT_READ, message, line, figures=figures))
        else:
            kept.append(index)
    items = tuple(replace(item, figures=tuple(item.figures[i] for i in kept)) for item in table.items)
    return replace(table, columns=tuple(columns[i] for i in kept), items=items), findings
