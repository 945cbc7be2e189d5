"""Read the figures that a release states in its text, as statements that are later compared with the printed ones.

Only these forms of a sentence are read, up to the start of a comparison ("compared to", "up", "from", ";"):

- "Revenues for the fourth quarter were $1.8 million", "Third quarter net income was $2.6 million, or $0.10 per
  diluted share", "Diluted earnings per share for the quarter were $0.10";
- "For the six months ended December 31, 2003, the Company reported a net loss of $2.3 million ($0.06 per diluted
  share) on revenues of $4.8 million", "The Company earned $13.2 million in the thirteen weeks ended July 29, 2006";
- "At December 31, 2003, the Company had $5.7 million in cash", "Cash and cash equivalents were $9 million at ...".

The whole sentence must have such a form and one period. A period is that of one of the filing's columns, or ends on a
day that the text states in full. "The quarter" and "the year" end on the last day of the statements, if the text or a
column confirms it; a quarter or year of another number is ignored. Figures that are hedged, adjusted, pro forma,
expected, relative or about a part of the company are ignored, and so is any document without statements.
"""

from collections.abc import Sequence

from converter.asides.prose.admission import admit_prose
from converter.asides.prose.passages import Passage
from converter.asides.prose.reading import find_prose, map_prose
from converter.filing import Filing
from converter.mapping import MappedStatement
from converter.report import Aside

__all__ = ["Passage", "read_prose"]


def read_prose(filing: Filing, statements: Sequence[MappedStatement]) -> Aside:
    """Read what the text of releases states beside their `statements`."""
    prose_statements = find_prose(filing, [mapped.statement for mapped in statements])
    return Aside(
        tuple(MappedStatement(statement, (), map_prose(statement)) for statement in prose_statements), admit_prose
    )
