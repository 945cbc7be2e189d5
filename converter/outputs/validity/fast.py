"""Schema validation by libxml2: a thirtieth of the time, for streams of instances. It only ever says that one is valid.

libxml2 checks against the taxonomy's schema and XBRL's, with templates/instance.xsd in the place of the schema of
instances: the part of it that this project writes, stricter and quick to compile. Whatever it does not accept, or
what is written in a way that two parsers might read differently, is left to `validate_xml`, which knows all of XBRL
and says what is wrong. So an instance accepted here is one that `validate_xml` accepts.
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
_REFERENCE = re.compile(r"&#(?!3[49];)")  # characters written as numbers, but for the two quotes


def validate_fast(text: str) -> tuple[Finding, ...]:
    """Validate an instance as `validate_xml` does, with the same findings; fast where there are none."""
    return () if is_valid(text) else validate_xml(text)


def is_valid(text: str) -> bool:
    """Whether an instance is certainly valid against the schemas of the taxonomy and of XBRL.

    False may also mean that it is unlike those that `render_instance` writes: let `validate_xml` judge it. Works
    offline; the schemas are compiled once a process. Raises FileNotFoundError when they are not installed.
    """
    if not _is_plain(text):
        return False
    from lxml import etree

    try:
        root = etree.fromstring(text.encode(), _parser())
        return (
            root.tag == f"{{{_XBRLI}}}xbrl"
            and root.nsmap.items() <= _NAMESPACES.items()
            and text.count("xmlns") == len(root.nsmap)  # so no element has others
            and _schema().validate(root)
            and _refers_to_itself(root)
        )
    except (etree.LxmlError, UnicodeEncodeError):
        return False


def _is_plain(text: str) -> bool:
    """Whether nothing in the text can mean another thing to another parser."""
    start = len(_DECLARATION)
    return (
        text.startswith(_DECLARATION)
        and _MARKUP.search(text, start) is None
        and _REFERENCE.search(text) is None
        and "xml:" not in text
    )


def _refers_to_itself(root: "etree._Element") -> bool:
    """Whether ids are unique and references name one of them, which libxml2 does not check; and facts are items."""
    ids, contexts, units, captions = (path(root) for path in _paths())
    known = set(map(str.strip, ids))
    return len(known) == len(ids) and known.issuperset(contexts) and known.issuperset(units) and not captions


@functools.cache
def _paths() -> tuple["etree.XPath", ...]:
    """The ids of contexts, units and facts; what they refer to; captions where facts should be."""
    from lxml import etree

    names = ("*/@id", "*/@contextRef", "*/@unitRef", f"{PREFIX}:{CAPTION}")
    return tuple(etree.XPath(f"/*/{name}", namespaces=_NAMESPACES, smart_strings=False) for name in names)


@functools.cache
def _parser() -> "etree.XMLParser":
    """A parser that opens nothing, expands nothing and refuses trees without measure."""
    from lxml import etree

    return etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=False, collect_ids=False)


@functools.cache
def _schema() -> "etree.XMLSchema":
    """The schema of our instances, compiled once a process from installed files."""
    from lxml import etree

    class Installed(etree.Resolver):
        def resolve(self, system_url: str | None, public_id: str | None, context: object) -> Any:
            """The installed file of a canonical URL; KeyError for any other, so nothing is ever fetched."""
            return self.resolve_string(files[system_url or ""].read_bytes(), context, base_url=system_url)

    files = {**schema_locations(), _INSTANCE_SCHEMA: resource("templates/instance.xsd")}
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    parser.resolvers.add(Installed())
    return etree.XMLSchema(etree.parse(ENTRY_POINT, parser))
