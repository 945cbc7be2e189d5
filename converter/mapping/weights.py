"""The learned weights: a table of features, each with the classes it speaks for and how strongly.

The file is made by benchmarks/train_mapper.py. Features are known by the CRC-32 of their text, weights are
whole numbers in units of 1/SCALE, so that a file gives the same mapping on every machine.
"""

from __future__ import annotations  # array[int] cannot be evaluated before Python 3.12

import json
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from converter.resources import resource

MAGIC = b"ttx-mapper 1\n"
SCALE = 16
FILE = "taxonomy/mapper.bin"
_REMEMBERED = 16384  # features
_NOTHING: Mapping[int, int] = {}
_SAME: dict[int, int] = {}
"""Every class and family by itself: a look-up that meets the very object need not look into it."""


def _same(number: int) -> int:
    return _SAME.setdefault(number, number)


class WeightTable:
    """Feature -> ((class, weight), ...), in three flat arrays.

    `links` gives a feature's weights by class, nothing for one that is not known, `sum` the summed weights of several.
    The same ones come again and again, so both remember the last ones that they were asked for.
    """

    __slots__ = ("_classes", "_keys", "_starts", "_weights", "links", "sum")

    links: Callable[[str], Mapping[int, int]]
    sum: Callable[[tuple[str, ...]], Mapping[int, int]]

    def __init__(self, keys: array[int], starts: array[int], classes: array[int], weights: array[int]) -> None:
        self._keys, self._starts, self._classes, self._weights = keys, starts, classes, weights
        self.links = lru_cache(_REMEMBERED)(self._find)
        self.sum = lru_cache(_REMEMBERED // 32)(self.scores)

    @classmethod
    def of(cls, features: Mapping[str, Mapping[int, int]]) -> WeightTable:
        """The table of features given as text -> {class: weight in units of 1/SCALE, -127 to 127}."""
        hashed: dict[int, Mapping[int, int]] = {zlib.crc32(text.encode()): links for text, links in features.items()}
        table = cls(array("I"), array("I", [0]), array("H"), array("b"))
        for key in sorted(hashed):
            table._keys.append(key)
            for number in sorted(hashed[key]):
                table._classes.append(number)
                table._weights.append(hashed[key][number])
            table._starts.append(len(table._classes))
        return table

    def scores(self, features: Iterable[str]) -> dict[int, int]:
        """The summed weights of every class that a feature speaks for."""
        found = sorted(map(self.links, features), key=len)
        scores = dict(found.pop()) if found else {}  # the longest is copied, not added up
        get = scores.get
        for links in found:
            for number, weight in links.items():
                scores[number] = get(number, 0) + weight
        return scores

    def _find(self, feature: str) -> Mapping[int, int]:
        key = zlib.crc32(feature.encode())
        at = bisect_left(self._keys, key)
        if at == len(self._keys) or self._keys[at] != key:
            return _NOTHING
        part = slice(self._starts[at], self._starts[at + 1])
        return dict(zip(map(_same, self._classes[part]), self._weights[part], strict=True))

    def arrays(self) -> tuple[array[int], ...]:
        """The arrays as they are stored."""
        return self._keys, self._starts, self._classes, self._weights


@dataclass(frozen=True, slots=True)
class Model:
    """All that was learned.

    `concepts` are the classes of `captions`; the last one, "", stands for a row that no concept fits.
    `families[i]` is the family of concept i: concepts that filers use for the same line (net sales as Revenues
    or as SalesRevenueNet). Families are the classes of `contexts`. `totals` and `marks` are the families that the
    context of a row is described by; `deducting` the concepts whose figures in a cash flow statement count
    against cash when positive. `caption_weights` says how much of the captions' log-probability counts beside
    the context: for a concept, and for none. What follows from the others: `none` is the family of rows that no
    concept fits, `numbers` the numbers of the concepts, `members` those of each family.
    """

    concepts: tuple[str, ...]
    families: tuple[int, ...]
    totals: frozenset[int]
    marks: frozenset[int]
    deducting: frozenset[str]
    caption_weights: tuple[float, float]
    captions: WeightTable
    contexts: WeightTable
    none: int = field(init=False)
    numbers: Mapping[str, int] = field(init=False, repr=False)
    members: Mapping[int, tuple[int, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        members: dict[int, list[int]] = {}
        for number, family in enumerate(self.families):
            members.setdefault(family, []).append(number)
        object.__setattr__(self, "none", self.families[-1])
        object.__setattr__(self, "numbers", {name: number for number, name in enumerate(self.concepts)})
        object.__setattr__(self, "members", {family: tuple(found) for family, found in members.items()})


_CODES = ("I", "I", "H", "b")


def dump_model(model: Model) -> bytes:
    """The model as a file; the inverse of `parse_model`."""
    head = {
        "concepts": model.concepts,
        "families": model.families,
        "totals": sorted(model.totals),
        "marks": sorted(model.marks),
        "deducting": sorted(model.deducting),
        "caption_weights": model.caption_weights,
        "lengths": [len(part) for part in (*model.captions.arrays(), *model.contexts.arrays())],
    }
    parts = [json.dumps(head, separators=(",", ":")).encode() + b"\n"]
    parts += [_little(part).tobytes() for part in (*model.captions.arrays(), *model.contexts.arrays())]
    return MAGIC + zlib.compress(b"".join(parts), 9)


def parse_model(data: bytes) -> Model:
    """The model of a file's content. Raises ValueError when it is none of this version, or damaged."""
    if not data.startswith(MAGIC):
        raise ValueError("not a mapper model of this version")
    try:
        return _parse(zlib.decompress(data[len(MAGIC) :]))
    except (zlib.error, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise ValueError(f"the mapper model is damaged: {error}") from error


def _parse(body: bytes) -> Model:
    end = body.index(b"\n")
    head: dict[str, Any] = json.loads(body[:end])
    arrays = _arrays(memoryview(body)[end + 1 :], head["lengths"])
    return Model(
        concepts=tuple(head["concepts"]),
        families=tuple(map(_same, head["families"])),
        totals=frozenset(head["totals"]),
        marks=frozenset(head["marks"]),
        deducting=frozenset(head["deducting"]),
        caption_weights=(head["caption_weights"][0], head["caption_weights"][1]),
        captions=WeightTable(*arrays[:4]),
        contexts=WeightTable(*arrays[4:]),
    )


@cache
def load_model() -> Model:
    """The shipped model, read once per process."""
    return parse_model(resource(FILE).read_bytes())


def _arrays(data: memoryview, lengths: Sequence[int]) -> list[array[int]]:
    sizes = [length * array(code).itemsize for code, length in zip(_CODES * 2, lengths, strict=True)]
    if sum(sizes) != len(data):
        raise ValueError(f"{len(data)} bytes of weights where {sum(sizes)} are needed")
    arrays: list[array[int]] = []
    for code, size in zip(_CODES * 2, sizes, strict=True):
        part: array[int] = array(code)
        part.frombytes(data[:size])
        arrays.append(_little(part))
        data = data[size:]
    return arrays


def _little(part: array[int]) -> array[int]:
    if sys.byteorder == "little":
        return part
    swapped = part[:]
    swapped.byteswap()
    return swapped
