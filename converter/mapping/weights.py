"""The learned model: tables of the weight that each feature has for each class.

benchmarks/train_mapper.py writes the file. Features are stored as the CRC-32 of their text, weights as integers
in units of 1/SCALE, so that a file gives the same mapping on every machine. It is not compressed, as reading it takes
a sixth of the time so, and has a CRC-32 of its own.
"""

from __future__ import annotations  # array[int] cannot be evaluated before Python 3.12

import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any

import msgspec

from converter.resources import resource

MAGIC = b"ttx-mapper 2\n"
SCALE = 16
FILE = "taxonomy/mapper.bin"
_CHECKSUM = 4  # bytes
_CACHED_FEATURES = 16384
_CACHED_SUMS = 512
_NO_WEIGHTS: Mapping[int, int] = {}
_INTERNED: dict[int, int] = {}
"""One object for each class and family number: dict look-ups are faster when the key is the very same object."""


def _interned(number: int) -> int:
    return _INTERNED.setdefault(number, number)


def feature_key(text: str) -> int:
    """Return the number that a table knows a feature by."""
    return zlib.crc32(text.encode())


class WeightTable:
    """The weights of features by class, in flat arrays.

    `weights_of(feature)` is a mapping of class to weight, empty for an unknown feature; `cached_scores(features)` is
    `scores` of a tuple of features. Both cache their latest results, because the same features occur again and again.
    """

    __slots__ = ("_classes", "_keys", "_starts", "_weights", "cached_scores", "weights_of")

    weights_of: Callable[[str], Mapping[int, int]]
    cached_scores: Callable[[tuple[str, ...]], Mapping[int, int]]

    def __init__(self, keys: array[int], starts: array[int], classes: array[int], weights: array[int]) -> None:
        self._keys, self._starts, self._classes, self._weights = keys, starts, classes, weights
        self.weights_of = lru_cache(_CACHED_FEATURES)(self._find)
        self.cached_scores = lru_cache(_CACHED_SUMS)(self.scores)

    @classmethod
    def of(cls, features: Mapping[str, Mapping[int, int]]) -> WeightTable:
        """Make a table from the text of features and their weights by class (units of 1/SCALE, -127 to 127)."""
        return cls.of_keys({feature_key(text): weights for text, weights in features.items()})

    @classmethod
    def of_keys(cls, features: Mapping[int, Mapping[int, int]]) -> WeightTable:
        """Make a table from the keys of features (see `feature_key`) and their weights by class."""
        table = cls(array("I"), array("I", [0]), array("H"), array("b"))
        for key in sorted(features):
            table._keys.append(key)
            for number in sorted(features[key]):
                table._classes.append(number)
                table._weights.append(features[key][number])
            table._starts.append(len(table._classes))
        return table

    def scores(self, features: Iterable[str]) -> dict[int, int]:
        """Return the sum of the features' weights for every class that one of them has a weight for."""
        by_length = sorted(map(self.weights_of, features), key=len)
        scores = dict(by_length.pop()) if by_length else {}  # copying the longest saves adding it up
        get = scores.get
        for weights in by_length:
            for number, weight in weights.items():
                scores[number] = get(number, 0) + weight
        return scores

    def _find(self, feature: str) -> Mapping[int, int]:
        key = feature_key(feature)
        index = bisect_left(self._keys, key)
        if index == len(self._keys) or self._keys[index] != key:
            return _NO_WEIGHTS
        entries = slice(self._starts[index], self._starts[index + 1])
        return dict(zip(map(_interned, self._classes[entries]), self._weights[entries], strict=True))

    def arrays(self) -> tuple[array[int], ...]:
        """Return the arrays in the order in which the file stores them: keys, starts, classes, weights."""
        return self._keys, self._starts, self._classes, self._weights


class Model(msgspec.Struct, frozen=True, dict=True):
    """All that was learned.

    `concepts` are the classes of `captions`; the last one, "", stands for a row that no concept fits.
    `families[i]` is the family of concept i: concepts that filers use for the same line (net sales as Revenues
    or as SalesRevenueNet). Families are the classes of `contexts`. The context of a row is described by `totals`, the
    families of totals, and `marks`, the families that are typical of an industry. `deducting` are the concepts whose
    figures in a cash flow statement reduce cash when positive. `caption_weights` are the factors of a caption's
    log-probability beside the context: for families of concepts, and for the family of rows that no concept fits.
    """

    concepts: tuple[str, ...]
    families: tuple[int, ...]
    totals: frozenset[int]
    marks: frozenset[int]
    deducting: frozenset[str]
    caption_weights: tuple[float, float]
    captions: WeightTable
    contexts: WeightTable

    @cached_property
    def none(self) -> int:
        """The family of rows that no concept fits."""
        return self.families[-1]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The index of each concept in `concepts`."""
        return {name: number for number, name in enumerate(self.concepts)}

    @cached_property
    def members(self) -> Mapping[int, tuple[int, ...]]:
        """The indexes of the concepts of each family."""
        members: dict[int, list[int]] = {}
        for number, family in enumerate(self.families):
            members.setdefault(family, []).append(number)
        return {family: tuple(concepts) for family, concepts in members.items()}


_TYPE_CODES = ("I", "I", "H", "b")  # of the arrays of a table


def dump_model(model: Model) -> bytes:
    """Return the content of a model file; the inverse of `parse_model`."""
    head = {
        "concepts": model.concepts,
        "families": model.families,
        "totals": sorted(model.totals),
        "marks": sorted(model.marks),
        "deducting": sorted(model.deducting),
        "caption_weights": model.caption_weights,
        "lengths": [len(values) for values in (*model.captions.arrays(), *model.contexts.arrays())],
    }
    parts = [msgspec.json.encode(head) + b"\n"]
    parts += [_little_endian(values).tobytes() for values in (*model.captions.arrays(), *model.contexts.arrays())]
    body = b"".join(parts)
    return MAGIC + zlib.crc32(body).to_bytes(_CHECKSUM, "little") + body


def parse_model(data: bytes) -> Model:
    """Return the model in a file's content. Raises ValueError for another version or a damaged file."""
    if not data.startswith(MAGIC):
        raise ValueError("not a mapper model of this version")
    try:
        return _parse(_checked(memoryview(data)[len(MAGIC) :]))
    except (msgspec.DecodeError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise ValueError(f"the mapper model is damaged: {error}") from error


def _checked(data: memoryview) -> bytes:
    """Return what follows the checksum; ValueError if that is another one."""
    body = bytes(data[_CHECKSUM:])
    if zlib.crc32(body).to_bytes(_CHECKSUM, "little") != data[:_CHECKSUM]:
        raise ValueError("its checksum is another one")
    return body


def _parse(body: bytes) -> Model:
    end = body.index(b"\n")
    head: dict[str, Any] = msgspec.json.decode(body[:end])
    arrays = _arrays(memoryview(body)[end + 1 :], head["lengths"])
    return Model(
        concepts=tuple(head["concepts"]),
        families=tuple(map(_interned, head["families"])),
        totals=frozenset(head["totals"]),
        marks=frozenset(head["marks"]),
        deducting=frozenset(head["deducting"]),
        caption_weights=(head["caption_weights"][0], head["caption_weights"][1]),
        captions=WeightTable(*arrays[:4]),
        contexts=WeightTable(*arrays[4:]),
    )


@cache
def load_model() -> Model:
    """Return the shipped model, read once per process."""
    return parse_model(resource(FILE).read_bytes())


def _arrays(data: memoryview, lengths: Sequence[int]) -> list[array[int]]:
    sizes = [length * array(code).itemsize for code, length in zip(_TYPE_CODES * 2, lengths, strict=True)]
    if sum(sizes) != len(data):
        raise ValueError(f"{len(data)} bytes of weights where {sum(sizes)} are needed")
    arrays: list[array[int]] = []
    for code, size in zip(_TYPE_CODES * 2, sizes, strict=True):
        values: array[int] = array(code)
        values.frombytes(data[:size])
        arrays.append(_little_endian(values))
        data = data[size:]
    return arrays


def _little_endian(values: array[int]) -> array[int]:
    if sys.byteorder == "little":
        return values
    swapped = values[:]
    swapped.byteswap()
    return swapped
