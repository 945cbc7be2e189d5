"""Schema validation with libxml2: it takes a thirtieth of the time, but only confirms validity.

libxml2 validates against the schemas of the taxonomy and of XBRL, with templates/instance.xsd in place of the schema
of instances: the part of it that this project writes, stricter and quick to compile. An instance that libxml2 does not
accept, or that two parsers might read differently, is left to `validate_xml`, which supports all of XBRL and reports
what is wrong. So every instance accepted here is one that `validate_xml` accepts.
"""

import functools
import re
from typing import TYPE_CHECKING, Any

from converter.outputs.validity.schema import validate_xml
from converter.resources import resource
from converter.taxonomy import CAPTION, ENTRY_POINT, NAMESPACE, PREFIX, schema_locations
from converter.vocabulary import Finding

if TYPE_CHECKING:
    from lxml import etree

_XBRLI = "http://www.xbrl.org/2003/instance"
_INSTANCE_SCHEMA = "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_NAMESPACES = {
    "iso4217": "http://www.xbrl.org/2003/iso4217",
    "link": "http://www.xbrl.org/2003/linkbase",
    PREFIX: NAMESPACE,
    "xbrldi": "http://xbrl.org/2006/xbrldi",
    "xbrli": _XBRLI,
    "xlink": "http://www.w3.org/1999/xlink",
}
_MARKUP = re.compile(r"<[!?](?!--)")  # document types, CDATA sections, processing instructions
_REFERENCE = re.compile(r"&#(?!3[49];)")  # numeric character references, except those of the two quotes


def validate(text: str) -> tuple[Finding, ...]:
    """Validate an instance as `validate_xml` does, with the same findings; fast if there are none."""
    return () if is_valid(text) else validate_xml(text)


def is_valid(text: str) -> bool:
    """Whether an instance is certainly valid against the schemas of the taxonomy and of XBRL.

    False may also mean that it differs from those that `render_instance` writes: only `validate_xml` can tell. Works
    offline; the schemas are compiled once per process. Raises FileNotFoundError when they are not installed.
    """
    if not _is_plain(text):
        return False
    from lxml import etree

    try:
        root = etree.fromstring(text.encode(), _parser())
        return (
            root.tag == f"{{{_XBRLI}}}xbrl"
            and root.nsmap.items() <= _NAMESPACES.items()
            and text.count("xmlns") == len(root.nsmap)  # no other element declares namespaces
            and _schema().validate(root)
            and _has_valid_references(root)
        )
    except (etree.LxmlError, UnicodeEncodeError):
        return False


def _is_plain(text: str) -> bool:
    """Whether the text has nothing that another parser could read differently."""
    start = len(_DECLARATION)
    return (
        text.startswith(_DECLARATION)
        and _MARKUP.search(text, start) is None
        and _REFERENCE.search(text) is None
        and "xml:" not in text
    )


def _has_valid_references(root: "etree._Element") -> bool:
    """Whether ids are unique, references name existing ids and no caption stands for a fact.

    libxml2 does not check these.
    """
    ids, contexts, units, captions = (path(root) for path in _paths())
    unique = set(map(str.strip, ids))
    return len(unique) == len(ids) and unique.issuperset(contexts) and unique.issuperset(units) and not captions


@functools.cache
def _paths() -> tuple["etree.XPath", ...]:
    """Return the paths of all ids, of references to contexts and to units, and of captions in the place of facts."""
    from lxml import etree

    names = ("*/@id", "*/@contextRef", "*/@unitRef", f"{PREFIX}:{CAPTION}")
    return tuple(etree.XPath(f"/*/{name}", namespaces=_NAMESPACES, smart_strings=False) for name in names)


@functools.cache
def _parser() -> "etree.XMLParser":
    """Return a parser that opens no other files, expands no entities and refuses huge trees."""
    from lxml import etree

    return etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=False, collect_ids=False)


@functools.cache
def _schema() -> "etree.XMLSchema":
    """Return the schema of the instances that this project writes, compiled once per process from installed files."""
    from lxml import etree

    class Installed(etree.Resolver):
        def resolve(self, system_url: str | None, public_id: str | None, context: object) -> Any:
            """Return the installed file of a canonical URL; KeyError for any other, so that nothing is fetched."""
            return self.resolve_string(files[system_url or ""].read_bytes(), context, base_url=system_url)

    files = {**schema_locations(), _INSTANCE_SCHEMA: resource("templates/instance.xsd")}
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    parser.resolvers.add(Installed())
    return etree.XMLSchema(etree.parse(ENTRY_POINT, parser))
