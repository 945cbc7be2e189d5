"""Tables in the notes that break a row of a statement down and add up to it: found, mapped and admitted.

They are taken because a statement proves them, whatever their titles are: their rows add up to figures of it.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from converter.asides.details.admission import admit_details
from converter.asides.details.mapping import map_details
from converter.asides.details.reading import find_details
from converter.mapping import MappedStatement, map_statement
from converter.report import Aside
from converter.statements import ReadStatements
from converter.sums import find_sums

__all__ = ["read_details"]


def read_details(read: ReadStatements, statements: Sequence[MappedStatement]) -> Aside:
    """The tables in the notes that break rows of these statements down, mapped as parts of those rows.

    A row that the statement itself makes of others has its parts there: what another table says of it is no news.
    """
    wholes = {
        item.source: (item, mapping)
        for mapped in statements
        for i, (item, mapping) in enumerate(zip(mapped.statement.items, mapped.mappings, strict=True))
        if i not in {found.total for found in mapped.sums}
    }
    tables = [table for document in read.documents for table in find_details(document)]
    mapped_tables = []
    for table in tables:
        sums = find_sums(table.items, table.kind)
        own = map_statement(table, sums)
        whole = wholes.get(table.breaks_down) if table.breaks_down else None
        mappings = map_details(table, sums, own, *whole) if whole else tuple(replace(one, concept=None) for one in own)
        mapped_tables.append(MappedStatement(table, sums, mappings))
    return Aside(tuple(mapped_tables), admit_details)
