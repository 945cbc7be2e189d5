"""The taxonomy: its table of concepts, the schema and linkbases generated from it, and the package of all of them."""

from converter.taxonomy.names import CHANGE_IN_CASH, is_contra
from converter.taxonomy.package import package_bytes, package_files, schema_locations, write_package, zipped
from converter.taxonomy.table import (
    BASE_URL,
    CAPTION,
    CAPTION_AXIS,
    ENTRY_POINT,
    GENERAL_LINE_ITEMS,
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
    "CHANGE_IN_CASH",
    "ENTRY_POINT",
    "GENERAL_LINE_ITEMS",
    "NAMESPACE",
    "PREFIX",
    "REPORTING_BASIS_AXIS",
    "Concept",
    "Network",
    "Taxonomy",
    "TaxonomyError",
    "general_line_item",
    "is_contra",
    "load_taxonomy",
    "package_bytes",
    "package_files",
    "parse_table",
    "schema_locations",
    "write_package",
    "zipped",
]
