"""Instances made wrong in small ways, the same ones for the same seed: what two validators must agree on."""

import copy
import random
import re
from collections.abc import Callable, Iterator

from lxml import etree

_WORDS = """
    0 -0 +1 1. .5 -.5 . 1e3 1,000 INF NaN 0x1F 999999999999999999999999999999 2003-02-28 2003-02-29 2000-02-29
    1900-02-29 2003-13-01 2003-1-1 0000-01-01 -0004-02-29 10000-01-01 99999999999-01-01 2003-01-01Z
    2003-01-01+14:01 2003-01-01T24:00:00 2003-01-01T25:00:00 --06-30 --02-30 --2-3 --06-30Z true a 1_0 ttx:Assets
    ttx:Nothing ttx: :Assets nobody:Assets xml:lang xbrli:shares iso4217:USD a:b:c http://www.sec.gov/CIK %
    http://[ #a#b c1 u1 f1 f2 1a <a/> <ttx:Caption>x</ttx:Caption> <![CDATA[1]]> &amp; &#48; &a; &#0; &lt; ]]> --
"""
VALUES = (
    *_WORDS.split(),
    *("", " ", "1 2", "9" * 400, "a b", " a ", "\xa0", "\xa07", "\u0661", "\uff11", "http://a b", "\xe9", "\u02b0"),
    *("<!-- 1 -->2", "1<!-- . -->2", "<?a b?>", "\u2028", "\x85", "\ufffe", "\ud800", "\x0b"),
)
"""What takes the place of a value: right here, wrong there."""
ATTRIBUTES = (
    *('id="f1"', 'id=" f1 "', 'id="c1"', 'id="1"', 'contextRef="c1"', 'contextRef="u1"', 'contextRef=" c1 "'),
    *('unitRef="u1"', 'unitRef="c1"', 'unitRef="nowhere"', 'decimals="INF"', 'decimals="2.0"', 'precision="3"'),
    *('precision="-1"', 'scheme=""', 'xsi:nil="true"', 'xsi:nil="false"', 'xsi:nil="maybe"'),
    *('xsi:type="xbrli:stringItemType"', 'xsi:schemaLocation="a b"', 'xml:lang="en"', 'xml:id="f1"', 'xml:base="%%"'),
    *('xml:space="wrong"', 'xlink:type="simple"', 'xlink:type="extended"', 'xlink:href="a"', 'order="1"'),
    *('ttx:a="1"', 'nobody:a="1"', 'xmlns="urn:a"', 'xmlns:ttx="urn:a"', 'xmlns:\u02b0="a"'),
    *('xmlns:xbrli="http://www.xbrl.org/2003/linkbase"', 'dimension="ttx:CaptionAxis"', 'dimension="xml:lang"'),
)
PIECES = (
    *("<xbrli:forever/>", "<xbrli:instant>2003-09-30</xbrli:instant>", "<xbrli:measure>xbrli:pure</xbrli:measure>"),
    *("<ttx:Caption>x</ttx:Caption>", '<ttx:CaptionAxis contextRef="c1"/>', '<xbrli:item contextRef="c1"/>'),
    *("<nobody:a/>", '<a xmlns="urn:a"/>', "<xbrli:segment><ttx:Caption>x</ttx:Caption></xbrli:segment>", "text"),
    *(" ", "<!-- x -->", "<?a b?>", '<link:schemaRef xlink:type="simple" xlink:href="a.xsd"/>'),
    '<link:linkbaseRef xlink:type="simple" xlink:href="a"/>',
    *('<link:roleRef xlink:type="simple" xlink:href="a" roleURI="http://a"/>', "<xbrli:scenario/>", "<xbrli:xbrl/>"),
    '<link:footnoteLink xlink:type="extended" xlink:role="http://a"/>',
    '<ttx:Assets contextRef="c1">1</ttx:Assets>',
    *('<ttx:Assets id="f1" contextRef="c1" unitRef="u1">1</ttx:Assets>', "<xbrli:tuple/>", "&a;", "\xa0", "<", "&"),
    "]]>",
)
HEADS = (
    *("", " ", "\ufeff", "<!DOCTYPE a>", '<!DOCTYPE a [<!ENTITY a "1">]>'),
    *('<!DOCTYPE a [<!ENTITY a SYSTEM "file:///a">]>', '<?xml version="1.1" encoding="UTF-8"?>'),
    *('<?xml version="1.0" encoding="ISO-8859-1"?>', '<?xml version="1.0"?>'),
    *('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', '<?xml version="1.0" encoding="nobody"?>'),
    "<!-- a -- b -->",
)
"""What stands before the root, or takes the place of the XML declaration."""

_TAG = re.compile(r"<(/?)([\w:.-]+)([^<>]*?)(/?)>")
_VALUE = re.compile(r"(?<=>)[^<>]+(?=</)")
_ATTRIBUTE = re.compile(r' ([\w:]+)="([^"]*)"')


def mutants(instance: str, number: int, seed: int) -> Iterator[str]:
    """So many instances, each with one to three things wrong (or not quite); the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(number):
        text = instance
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            text = chance.choice(_WAYS)(text, chance)
        yield text


def _elements(text: str, chance: random.Random) -> str:
    """Drop an element, repeat it, put it elsewhere, wrap it in another or turn two siblings round."""
    try:
        root = etree.fromstring(text.encode())
    except (etree.LxmlError, UnicodeEncodeError):
        return text[: chance.randrange(len(text) + 1)]
    elements = [element for element in root.iter(etree.Element) if element is not root]
    if not elements:
        return ""
    one, other = chance.choice(elements), chance.choice(elements)
    parent = one.getparent()
    assert parent is not None
    way = chance.randrange(5)
    if way == 0:
        parent.remove(one)
    elif way == 1:
        parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(one))
    elif way == 2 and one not in other.iterancestors() and one is not other:
        other.insert(chance.randrange(len(other) + 1), one)
    elif way == 3:
        shell = etree.Element(other.tag, dict(other.attrib))
        parent.replace(one, shell)
        shell.append(one)
    else:
        parent.insert(0, one)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode")


def _replaced(pattern: re.Pattern[str], new: Callable[[re.Match[str], random.Random], str]) -> "_Way":
    """A way that puts something else in the place of one of the matches."""

    def way(text: str, chance: random.Random) -> str:
        found = list(pattern.finditer(text, text.find("?>") + 2))
        if not found:
            return text
        match = chance.choice(found)
        return text[: match.start()] + new(match, chance) + text[match.end() :]

    return way


def _renamed(match: re.Match[str], chance: random.Random) -> str:
    names = ("ttx:Assets", "ttx:Nothing", "ttx:Caption", "xbrli:context", "xbrli:item", "link:schemaRef", "nobody:a")
    return f"<{match[1]}{chance.choice(names)}{match[3]}{match[4]}>"


def _with_attribute(match: re.Match[str], chance: random.Random) -> str:
    return f"<{match[1]}{match[2]} {chance.choice(ATTRIBUTES)}{match[3]}{match[4]}>"


def _other_attribute(match: re.Match[str], chance: random.Random) -> str:
    if chance.random() < 0.5:
        return f' {match[1]}="{chance.choice(VALUES)}"'
    return chance.choice(("", f" {chance.choice(ATTRIBUTES)}", f" {match[1]}='{match[2]}'", f"{match[0]}{match[0]}"))


def _with_piece(match: re.Match[str], chance: random.Random) -> str:
    return match[0] + chance.choice(PIECES)


def _with_head(text: str, chance: random.Random) -> str:
    head = chance.choice(HEADS)
    keep = chance.random() < 0.5 and not head.startswith("<?xml")
    return text.replace("?>", "?>" + head, 1) if keep else head + text[text.find("?>") + 2 :]


def _scribbled(text: str, chance: random.Random) -> str:
    """Characters dropped, or others written over them."""
    start = chance.randrange(len(text) + 1)
    return text[:start] + chance.choice(("", *VALUES, "<", ">", '"', "/", "&")) + text[start + chance.randrange(9) :]


_Way = Callable[[str, random.Random], str]
_WAYS: tuple[_Way, ...] = (
    _elements,
    _elements,
    _replaced(_VALUE, lambda _, chance: chance.choice(VALUES)),
    _replaced(_VALUE, lambda _, chance: chance.choice(VALUES)),
    _replaced(_VALUE, lambda match, chance: chance.choice((" ", "\n", "\u00a0", "\ufeff")) + match[0]),
    _replaced(_TAG, _renamed),
    _replaced(_TAG, _with_attribute),
    _replaced(_TAG, _with_piece),
    _replaced(_ATTRIBUTE, _other_attribute),
    _replaced(_ATTRIBUTE, _other_attribute),
    _with_head,
    _scribbled,
)
