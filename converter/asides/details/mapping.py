"""The rows of a table that breaks a row of a statement down: parts of it by caption, sums and taxonomy.

The calculation networks say which concepts can be parts of the whole, and with which weight; the sums say how each
row counts in it. So a row has a concept only where all three agree, and its sign is proven, not guessed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from msgspec.structs import replace

from converter.mapping import Mapping as RowMapping
from converter.mapping import is_bare, is_two_signed
from converter.statements import LineItem, Statement
from converter.sums import Sum
from converter.taxonomy import load_taxonomy
from converter.vocabulary import wording

ENOUGH = 0.5
"""How confident the mapper must be of a part."""
KNOWN = 0.5
"""Share of the rows with a caption that must have a concept: a table of other things has one by chance."""
_RESIDUAL = re.compile(r"Other(?!Comprehensive)")
_EVIDENCE = "part of {} by the sums of a table in the notes"


def map_details(
    table: Statement, sums: Sequence[Sum], own: Sequence[RowMapping], whole: LineItem, mapping: RowMapping
) -> tuple[RowMapping, ...]:
    """The mappings of a table whose last row has the figures of `whole`, a row of a statement mapped as `mapping`.

    `own` are what the mapper says of the table by itself. A row is left without a concept where the mapper is not
    sure, where its concept is no part of the whole's in the taxonomy, and where another row has its caption; and so
    are all rows where that is so of most: products, countries, maturities are not what the taxonomy breaks down by.
    """
    last = len(table.items) - 1
    weights = _weights(mapping.concept or "")
    counted = dict(_counted({found.total: found for found in sums}, last, mapping.sign * _turned(table, whole)))
    captions = Counter(wording(item.label).bare for item in table.items if item.label)
    mapped = [
        _part(item, said, weights, counted.get(i, 0), mapping.concept)
        if captions[wording(item.label).bare] < 2
        else _none(said)
        for i, (item, said) in enumerate(zip(table.items, own, strict=True))
    ]
    if sum(part.concept is not None for part in mapped[:last]) < KNOWN * sum(
        not is_bare(i) for i in table.items[:last]
    ):
        mapped = [_none(said) for said in own]
    mapped[last] = replace(mapping, sign=counted[last])
    return tuple(mapped)


def _turned(table: Statement, whole: LineItem) -> int:
    """-1 if the table prints its total with the other sign than the statement does."""
    printed = {figure.value for figure in whole.figures if figure}
    return 1 if all(figure is None or figure.value in printed for figure in table.items[-1].figures) else -1


def _counted(sums: Mapping[int, Sum], row: int, sign: int) -> Iterator[tuple[int, int]]:
    """How often (+1, -1) the printed figures of a row and of its parts count in the whole."""
    yield row, sign
    for part, weight in sums[row].parts if row in sums else ():
        yield from _counted(sums, part, sign * weight)


def _part(item: LineItem, said: RowMapping, weights: Mapping[str, int], counted: int, whole: str | None) -> RowMapping:
    weight = weights.get(said.concept or "", 0)
    if said.concept is None or said.confidence < ENOUGH or not weight * counted:
        return _none(said)
    sign = weight * counted
    negative = any(figure is not None and figure.value * sign < 0 for figure in item.figures)
    if negative and not is_two_signed(said.concept):
        return _none(said)
    return replace(said, sign=sign, evidence=(*said.evidence, _EVIDENCE.format(whole)))


def _none(said: RowMapping) -> RowMapping:
    return replace(said, concept=None)


@cache
def _weights(whole: str) -> Mapping[str, int]:
    """The concepts that can be parts of one, with the weights they have in it.

    Those of its networks, and theirs; one for other things is broken down into what else its own total has.
    """
    found: dict[str, int] = {}
    for network in load_taxonomy().calculations:
        if network.total == whole:
            _add_parts(found, network.parts, 1)
    if not found and _RESIDUAL.match(whole):
        for network in load_taxonomy().calculations:
            if whole in network.parts:
                _add_parts(found, network.parts, network.parts[whole])
    found.pop(whole, None)
    return MappingProxyType({name: weight for name, weight in found.items() if weight})


def _add_parts(found: dict[str, int], parts: Mapping[str, int], sign: int) -> None:
    """Add parts and theirs; one that counts one way here and the other way there gets 0."""
    for name, weight in parts.items():
        if name not in found:
            found[name] = sign * weight
            for network in load_taxonomy().calculations:
                if network.total == name:
                    _add_parts(found, network.parts, sign * weight)
        elif found[name] != sign * weight:
            found[name] = 0
