"""The schema and linkbases of one filing: its statements as printed, for programs made for filings in XBRL."""

from converter.outputs.linkbases.taxonomy import FilingTaxonomy, taxonomy_of

__all__ = ["FilingTaxonomy", "taxonomy_of"]
