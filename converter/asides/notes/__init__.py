"""Sentences of the notes that state an amount for each of several years.

"Advertising expense was $5.1 million, $4.8 million and $4.2 million in 2003, 2002 and 2001, respectively": a subject,
so many amounts as years, and no other word between, is proof enough. `subjects` lists what is read, `lexer` finds the
tokens of a sentence, `grammar` its form, `scale` the multiple of amounts without "million".
"""

from collections.abc import Sequence

from converter.asides.notes.admission import admit_notes
from converter.asides.notes.claims import Claim, statements_of, without_contradictions
from converter.asides.notes.reading import claims_of_sentences
from converter.asides.notes.scale import Scales
from converter.asides.notes.tables import claims_of_tables
from converter.filing import Filing
from converter.mapping import MappedStatement, Mapping
from converter.report import Aside
from converter.statements import DocumentTables, FilingStatements, Origin, Place, Statement

__all__ = ["read_notes"]

_CONFIDENCE = 0.95
_DOLLARS = {"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD"}


def read_notes(filing: Filing, filing_statements: FilingStatements) -> Aside:
    """Read the sentences of the documents that have primary statements in dollars, for the periods of their columns.

    Rows of tables with the same words are read as well.
    """
    mapped: list[MappedStatement] = []
    for tables in filing_statements.documents:
        own = [
            statement
            for statement in filing_statements.statements
            if statement.document == tables.index
            and statement.origin is Origin.PRIMARY
            and statement.qualifier is None
            and statement.currency in _DOLLARS
        ]
        claims = _certain(filing, tables, own) if own else []
        mapped += [_mapped(statement) for statement in statements_of(tables.index, claims, own)]
    return Aside(tuple(mapped), admit_notes)


def _certain(filing: Filing, tables: DocumentTables, statements: Sequence[Statement]) -> list[Claim]:
    """Return the claims of a document that nothing contradicts, without those of the parent alone."""
    texts = filing.documents[tables.index].texts
    scales = Scales(statements, texts)
    claims = [
        *claims_of_sentences(filing, tables.index, statements, scales),
        *claims_of_tables(tables, statements, scales),
    ]
    return without_contradictions(
        claim for claim in claims if tables.places.of(claim.figure.source.line) is not Place.PARENT
    )


def _mapped(statement: Statement) -> MappedStatement:
    evidence = ("stated in the notes",)
    mappings = tuple(Mapping(item.sections[0], _CONFIDENCE, 1, evidence) for item in statement.items)
    return MappedStatement(statement, (), mappings)
