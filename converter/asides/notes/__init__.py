"""Sentences of the notes that state an amount for each of several years.

"Advertising expense was $5.1 million, $4.8 million and $4.2 million in 2003, 2002 and 2001, respectively": a subject,
so many amounts as years, and no other word between, is proof enough. `subjects` lists what is read, `lexer` finds the
tokens of a sentence, `grammar` its form, `scale` the multiple of amounts without "million".
"""

from collections.abc import Sequence

from converter.asides.notes.admission import admit_notes
from converter.asides.notes.reading import find_claims, statements_of
from converter.filing import Filing
from converter.mapping import MappedStatement, Mapping
from converter.report import Aside
from converter.statements import Origin, Statement

__all__ = ["read_notes"]

_CONFIDENCE = 0.95
_DOLLARS = {"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD"}


def read_notes(filing: Filing, statements: Sequence[MappedStatement]) -> Aside:
    """Read the sentences of the documents that have primary statements in dollars, for the periods of their columns."""
    own: dict[int, list[Statement]] = {}
    for mapped in statements:
        statement = mapped.statement
        if statement.origin is Origin.PRIMARY and statement.qualifier is None and statement.currency in _DOLLARS:
            own.setdefault(statement.document, []).append(statement)
    found = [
        each
        for index, primary in sorted(own.items())
        for each in statements_of(index, primary[0].currency, find_claims(filing, index, primary))
    ]
    return Aside(tuple(MappedStatement(each, (), _mappings(each)) for each in found), admit_notes)


def _mappings(statement: Statement) -> tuple[Mapping, ...]:
    return tuple(Mapping(item.sections[0], _CONFIDENCE, 1, ("stated in a sentence",)) for item in statement.items)
