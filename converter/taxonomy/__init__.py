"""The taxonomy: its table of concepts, the schema and linkbases generated from it, and the package of all of them."""

from converter.taxonomy.classes import class_of_stock_member
from converter.taxonomy.names import CHANGE_IN_CASH, is_contra
from converter.taxonomy.package import package_bytes, package_files, schema_locations, write_package, zipped
from converter.taxonomy.synonyms import representatives, synonym_families
from converter.taxonomy.table import (
    AXES,
    BASE_URL,
    CAPTION,
    CAPTION_AXIS,
    CLASS_OF_STOCK_AXIS,
    ENTRY_POINT,
    GENERAL_LINE_ITEMS,
    NAMESPACE,
    PART_AXIS,
    PREFIX,
    REPORTING_BASIS_AXIS,
    TYPED_AXES,
    Concept,
    Network,
    Taxonomy,
    TaxonomyError,
    general_line_item,
    load_taxonomy,
    parse_table,
)

__all__ = [
    "AXES",
    "BASE_URL",
    "CAPTION",
    "CAPTION_AXIS",
    "CHANGE_IN_CASH",
    "CLASS_OF_STOCK_AXIS",
    "ENTRY_POINT",
    "GENERAL_LINE_ITEMS",
    "NAMESPACE",
    "PART_AXIS",
    "PREFIX",
    "REPORTING_BASIS_AXIS",
    "TYPED_AXES",
    "Concept",
    "Network",
    "Taxonomy",
    "TaxonomyError",
    "class_of_stock_member",
    "general_line_item",
    "is_contra",
    "load_taxonomy",
    "package_bytes",
    "package_files",
    "parse_table",
    "representatives",
    "schema_locations",
    "synonym_families",
    "write_package",
    "zipped",
]
