"""The tables of a dataset: of each its name, the type of its rows, and the rows that a filing adds to it.

A table that is added to TABLES is packed, written, counted and rebuilt like the others. Its rows are frozen structs
with a field for each column, the first of which is `source_file`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from converter.outputs import CheckRow, FactRow, StandardRow, checks_of, legal_xml, standard_rows_of
from converter.pipeline import Reading


class FindingRow(Struct, frozen=True):
    """A finding as a row; the fields are the table's columns, None is an empty cell."""

    source_file: str
    entity: str
    severity: str
    code: str
    message: str
    line: int | None
    column_start: int | None
    column_end: int | None


class Table(Struct, frozen=True):
    """A table of the dataset. `rows` makes those of a filing from its reading and from its rows of facts."""

    name: str
    row: type[Struct]
    rows: Callable[[Reading, Sequence[FactRow]], Iterable[Struct]]


def _finding_rows(reading: Reading, facts: Sequence[FactRow]) -> Iterator[FindingRow]:
    report = reading.report
    for finding in report.findings:
        yield FindingRow(
            reading.filing.name,
            report.entity_identifier,
            str(finding.severity),
            finding.code,
            legal_xml(finding.message),
            finding.line,
            finding.start,
            finding.end,
        )


TABLES = (
    Table("facts", FactRow, lambda _, facts: facts),
    Table("normalised", StandardRow, lambda reading, _: standard_rows_of(reading)),
    Table("findings", FindingRow, _finding_rows),
    Table("checks", CheckRow, lambda reading, _: checks_of(reading)),
)
"""All tables of a dataset, in the order in which they are documented."""
