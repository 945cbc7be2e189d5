"""The taxonomy: its table of concepts, the schema and linkbases made from it, and the package that ships them."""

from converter.taxonomy.package import schema_locations, write_package
from converter.taxonomy.table import (
    BASE_URL,
    CAPTION,
    CAPTION_AXIS,
    ENTRY_POINT,
    NAMESPACE,
    PREFIX,
    REPORTING_BASIS_AXIS,
    Concept,
    Network,
    Taxonomy,
    TaxonomyError,
    general_line_item,
    load_taxonomy,
    parse_table,
)

__all__ = [
    "BASE_URL",
    "CAPTION",
    "CAPTION_AXIS",
    "ENTRY_POINT",
    "NAMESPACE",
    "PREFIX",
    "REPORTING_BASIS_AXIS",
    "Concept",
    "Network",
    "Taxonomy",
    "TaxonomyError",
    "general_line_item",
    "load_taxonomy",
    "parse_table",
    "schema_locations",
    "write_package",
]
