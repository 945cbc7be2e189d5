"""Ways to make our own outputs wrong: instances, xBRL-JSON, xBRL-CSV, packages and flat tables."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from random import Random
from typing import Any

from helpers import mutants as instances
from helpers.packing import zip_of

from converter.outputs import FORMATS, checked
from converter.pipeline import read_data
from fuzz import filings, words
from fuzz.corpus import Seed

Files = Mapping[str, bytes]
"""The content of each file by the ending of its name, as `Format.make` returns it."""

LOADED = tuple(each for each in FORMATS if each.loadable)
"""The formats that can be read back."""
_PACKAGES = ("xbr", "zip")

_VALUES = (
    *(*words.FIGURES, *words.DATES, *words.CHARACTERS, *instances.VALUES, "1e999999999", "-1E-999999999"),
    *("2003-10-01T00:00:00", "0001-01-01T00:00:00", "9999-12-31T00:00:00", "2003-10-01T00:00:00/2003-07-01T00:00:00"),
    *("0000-00-00T00:00:00/", "iso4217:USD/xbrli:shares/xbrli:pure", "/", ":", "cik:", "../../a", "a" * 200_000),
)
_JSON: tuple[Any, ...] = (None, True, 0, -1, 1e300, 10**40, "", [], {}, [[]], {"": ""}, "x", ["x"], {"value": 1})
_STRING = re.compile(r'(?<=")[^"\n]*(?=")|(?<=>)[^<>]+(?=</)|(?<=,)[^,\n]*(?=,)')


@lru_cache(maxsize=256)
def files_of(seed: Seed, format_name: str) -> Files:
    """Return the files of a seed in a format, none if it cannot be converted."""
    chosen = next(each for each in FORMATS if each.name == format_name)
    try:
        valid = checked(read_data(seed.data, seed.name), f"out{chosen.suffixes[0]}")
    except Exception:  # no report; if it is a defect, filings show it
        return {}
    if chosen.name in _PACKAGES:  # without the hundreds of files of the taxonomy
        report = ("out/reports/out.xbrl", valid.instance.encode())
        return {"": zip_of(("out/META-INF/reportPackage.json", b"{}"), report)}
    return chosen.make(valid)


def mutated(files: Files, other: bytes, chance: Random, times: int) -> tuple[dict[str, bytes], list[str]]:
    """Make one of the files wrong in several ways, and name them; `other` are bytes that parts may be taken from."""
    ending = chance.choice(sorted(files))
    data, names = files[ending], []
    for _ in range(times):
        way = chance.choice(_ways(data))
        names.append(way.__name__)
        data = way(data, other, chance)[:2_000_000]
    return {**files, ending: data}, names


Way = Callable[[bytes, bytes, Random], bytes]


def _ways(data: bytes) -> tuple[Way, ...]:
    if data.startswith(b"PK"):
        return (bytes_over, truncated, member, member, member)
    if data.startswith(b"<?xml"):
        return (bytes_over, truncated, value, value, element, text_way)
    if data.startswith(b"{"):
        return (bytes_over, truncated, value, value, node, node, node, text_way)
    if data.startswith(b"PAR1"):
        return (bytes_over, truncated, spliced)
    return (bytes_over, truncated, value, value, value, text_way, spliced)


def bytes_over(data: bytes, _: bytes, chance: Random) -> bytes:
    """Write other bytes over some."""
    changed = bytearray(data)
    for _time in range(chance.choice((1, 1, 4, 64)) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def truncated(data: bytes, _: bytes, chance: Random) -> bytes:
    """Keep the beginning or the end."""
    place = chance.randrange(len(data) + 1)
    return chance.choice((data[:place], data[place:]))


def spliced(data: bytes, other: bytes, chance: Random) -> bytes:
    """Put the end of another file behind the beginning."""
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def value(data: bytes, _: bytes, chance: Random) -> bytes:
    """Write another value over a string, the content of an element or a cell."""
    text = data.decode("utf-8", "surrogateescape")
    match = _STRING.search(text, chance.randrange(len(text) + 1)) or _STRING.search(text)
    if match is None:
        return data
    new = chance.choice(_VALUES)
    changed = text.replace(match[0], new, 3) if match[0] and chance.random() < 0.3 else None
    changed = changed or text[: match.start()] + new + text[match.end() :]
    return changed.encode("utf-8", "surrogatepass" if "\ud800" in new else "surrogateescape")


def text_way(data: bytes, _: bytes, chance: Random) -> bytes:
    """Make the text wrong as a filing's."""
    text, _ways = filings.mutated(data.decode("utf-8", "surrogateescape"), "", chance, 1)
    return text.encode("utf-8", "surrogateescape")


def element(data: bytes, _: bytes, chance: Random) -> bytes:
    """Make an element or an attribute of an instance wrong."""
    (text,) = instances.mutants(data.decode("utf-8", "replace"), 1, chance.randrange(1 << 30))
    return text.encode("utf-8", "replace")


def node(data: bytes, _: bytes, chance: Random) -> bytes:
    """Drop a node of a JSON file, move another to its place or write a value over it."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return data
    parents: list[tuple[Any, Any]] = []
    _visit(content, parents)
    if not parents:
        return data
    parent, key = chance.choice(parents)
    way = chance.randrange(4)
    if way == 0:
        del parent[key]
    elif way == 1:
        other_parent, other_key = chance.choice(parents)
        parent[key] = json.loads(json.dumps(other_parent[other_key]))
    elif way == 2:
        parent[key] = chance.choice(_JSON)
    else:
        return json.dumps(content).encode().replace(b"{", b'{"a":' * chance.choice((1, 50_000)) + b"{", 1)
    return json.dumps(content).encode()


def _visit(content: Any, parents: list[tuple[Any, Any]]) -> None:
    pairs = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, child in pairs:
        parents.append((content, key))
        _visit(child, parents)


def member(data: bytes, other: bytes, chance: Random) -> bytes:
    """Make the report inside a package wrong, drop, repeat or rename it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = {name: package.read(name) for name in package.namelist()}
    except Exception:  # damaged before
        return data
    name = next((name for name in members if "/reports/" in name), "")
    content = members.pop(name, b"")
    way = chance.randrange(5)
    if way == 0:
        name = chance.choice((*words.NAMES, "a/reports/b.json", "a/reports/b.xbrl")) or "x"
    elif way == 1:
        members["x/reports/y.xbrl"] = other
    elif way == 2:
        content = other
    else:
        content = chance.choice(_ways(content))(content, other, chance)
    members = {name.encode("utf-8", "replace").decode(): content, **members}
    return zip_of(*members.items(), method=chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))
