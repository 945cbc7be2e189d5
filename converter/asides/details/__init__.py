"""Tables in the notes that break down a row of a statement: find, map and admit them.

They are recognised by their figures, whatever their titles: their rows add up to figures of a statement.
"""

from collections.abc import Sequence
from functools import partial

from converter.asides.details.admission import admit_details
from converter.asides.details.dilution import find_dilution
from converter.asides.details.mapping import Whole, map_details
from converter.asides.details.reading import find_details
from converter.mapping import MappedStatement, map_statement
from converter.report import Aside
from converter.statements import FilingStatements
from converter.sums import find_sums

__all__ = ["read_details"]


def read_details(
    filing_statements: FilingStatements, statements: Sequence[MappedStatement], all_parts: bool = False
) -> Aside:
    """Read the tables in the notes that break down rows of these statements, and map them as parts of those rows.

    Parts that no concept fits become general line items if `all_parts` are wanted.
    Of rows that are sums within the statement itself the parts are known: only those that words name are taken.
    """
    wholes = {}
    for mapped in statements:
        totals = {sum_.total for sum_ in mapped.sums}
        for i, (item, mapping) in enumerate(zip(mapped.statement.items, mapped.mappings, strict=True)):
            wholes[item.source] = Whole(item, mapping, i in totals)
    tables = [table for document in filing_statements.documents for table in find_details(document)]
    mapped_tables = []
    for table in tables:
        whole = wholes.get(table.breaks_down) if table.breaks_down else None
        if whole is None:
            continue
        sums = find_sums(table.items, table.kind)
        mappings = map_details(table, sums, map_statement(table, sums), whole)
        if not whole.is_total or any(mapping.concept for mapping in mappings[:-1]):
            mapped_tables.append(MappedStatement(table, sums, mappings))
    for document in filing_statements.documents:
        mapped_tables += find_dilution(document, statements)
    return Aside(tuple(mapped_tables), partial(admit_details, all_parts=all_parts))
