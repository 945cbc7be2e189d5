"""The elements of a filing's own schema, read back: each stands for a general line item and its caption."""

from collections.abc import Mapping
from typing import NamedTuple
from xml.etree import ElementTree

from msgspec import Struct

from converter.loading.model import NotOurs
from converter.taxonomy import GENERAL_LINE_ITEMS, load_taxonomy, xbrl_type

_SCHEMA = "{http://www.w3.org/2001/XMLSchema}"
_PERIOD_TYPE = "{http://www.xbrl.org/2003/instance}periodType"


class GeneralLine(NamedTuple):
    """A general line item and the caption that tells its lines apart."""

    concept: str
    caption: str


class FilingSchema(Struct, frozen=True):
    """A filing's own namespace, its lines by their names, and the schemas of the networks that apply to it."""

    namespace: str
    lines: Mapping[str, GeneralLine]
    networks: tuple[str, ...]


def read_schema(data: bytes) -> FilingSchema:
    """Read the schema of a filing that this program wrote. Raises NotOurs for any other file."""
    try:
        text = data.decode()
        if "<!DOCTYPE" in text:
            raise NotOurs("a schema of this program has no document type declaration")
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, UnicodeDecodeError) as error:
        raise NotOurs(f"a schema that is not well-formed XML: {error}") from None
    concepts = load_taxonomy().concepts
    general = {(xbrl_type(concepts[name].type), concepts[name].period_type): name for name in GENERAL_LINE_ITEMS}
    lines = {}
    for element in root.iterfind(f"{_SCHEMA}element"):
        concept = general.get((element.get("type", ""), element.get(_PERIOD_TYPE, "")))
        caption = element.findtext(f"{_SCHEMA}annotation/{_SCHEMA}documentation")
        if concept is not None:
            lines[element.get("name", "")] = GeneralLine(concept, caption or "")
    sources = (info.get("source", "") for info in root.iterfind(f"{_SCHEMA}annotation/{_SCHEMA}appinfo"))
    return FilingSchema(root.get("targetNamespace", ""), lines, tuple(filter(None, sources)))
