"""The schema and linkbases of one filing: its statements as printed, for programs made for filings in XBRL."""

from converter.outputs.linkbases.names import Names
from converter.outputs.linkbases.printed import ShownRow, ShownStatement, shown_statements
from converter.outputs.linkbases.taxonomy import FilingTaxonomy, taxonomy_of

__all__ = ["FilingTaxonomy", "Names", "ShownRow", "ShownStatement", "shown_statements", "taxonomy_of"]
