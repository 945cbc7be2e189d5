"""The figures that a release states in its text -> statements of their own, compared with the printed ones later.

Only these forms of a sentence are read, up to where a comparison begins ("compared to", "up", "from", ";"):

- "Revenues for the fourth quarter were $1.8 million", "Third quarter net income was $2.6 million, or $0.10 per
  diluted share", "Diluted earnings per share for the quarter were $0.10";
- "For the six months ended December 31, 2003, the Company reported a net loss of $2.3 million ($0.06 per diluted
  share) on revenues of $4.8 million", "The Company earned $13.2 million in the thirteen weeks ended July 29, 2006";
- "At December 31, 2003, the Company had $5.7 million in cash", "Cash and cash equivalents were $9 million at ...".

The whole sentence must be of such a form, with one period. A period is one of the filing's own columns, or ends with a
day that the text states in full. "The quarter" and "the year" end on the last day of the statements, and only if the
text or a column says so; a quarter or year of another number is left alone. What is hedged, adjusted, pro forma,
expected, relative or about a part of the company is left alone, and so is everything in a document without statements.
"""

from collections.abc import Sequence

from converter.asides.prose.admission import admit_prose
from converter.asides.prose.reading import find_prose, map_prose
from converter.filing import Filing
from converter.mapping import MappedStatement
from converter.report import Aside

__all__ = ["read_prose"]


def read_prose(filing: Filing, statements: Sequence[MappedStatement]) -> Aside:
    """What the text of releases states beside these statements of theirs."""
    found = find_prose(filing, [mapped.statement for mapped in statements])
    return Aside(tuple(MappedStatement(statement, (), map_prose(statement)) for statement in found), admit_prose)
