"""Map the rows of a table that breaks down a row of a statement, by caption, sums and taxonomy.

The calculation networks give the concepts that can be parts of the whole and their weights; the sums give the sign of
each row in it. A row gets a concept only if all three agree, so that its sign is proven, not guessed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from converter.asides.details.aspects import parts_by_aspects
from converter.mapping import Mapping as RowMapping
from converter.mapping import is_bare, is_two_signed
from converter.statements import LineItem, Statement
from converter.sums import Sum
from converter.taxonomy import load_taxonomy
from converter.vocabulary import expression, wording

MIN_CONFIDENCE = 0.4
"""The least confidence of the mapper in a part."""
MIN_CONFIDENCE_OF_REVENUE = 0.5
"""The same in a part of revenue, which tables in the notes mostly break down by segment."""
_GOODS = frozenset({"SalesRevenueGoodsNet", "SalesRevenueGoodsGross"})
_WORDS_OF_GOODS = frozenset(
    {"and", "goods", "merchandise", "net", "product", "products", "revenue", "revenues", "sales"}
)
"""All words of a part of revenue that is the sale of goods: "Isolator products" are those of a segment."""
MIN_MAPPED_SHARE = 0.5
"""The least share of captioned rows with a concept: in other tables, single rows have one by chance."""
_NAMED_CONFIDENCE = 0.95
_OTHER_CONCEPT = expression(r"Other(?!Comprehensive)")
_EVIDENCE = "part of {} by the sums of a table in the notes"


class Whole(NamedTuple):
    """A row of a statement that a table breaks down, its mapping, and whether the statement itself breaks it down."""

    item: LineItem
    mapping: RowMapping
    is_total: bool = False


def map_details(
    table: Statement, sums: Sequence[Sum], own_mappings: Sequence[RowMapping], whole: Whole
) -> tuple[RowMapping, ...]:
    """Map the rows of a table whose last row has the figures of `whole`.

    `own_mappings` are the mapper's for the table by itself. A row gets no concept if the mapper is not sure, if its
    concept is no part of the whole's in the taxonomy, or if another row has the same caption. If that applies to most
    rows, none gets a concept: the taxonomy does not break down by product, country or maturity.
    """
    last = len(table.items) - 1
    weights = _part_weights(whole.mapping.concept or "")
    sign = whole.mapping.sign * _printed_sign(table, whole.item)
    signs = _signs_in_whole({sum_.total: sum_ for sum_ in sums}, last, sign)
    named = parts_by_aspects(whole.mapping.concept or "", table.items, {sum_.total: sum_ for sum_ in sums})
    captions = Counter(wording(item.label).bare for item in table.items if item.label)
    mappings = [
        _part_mapping(item, own_mapping, weights, signs.get(i, 0), whole.mapping.concept)
        if captions[wording(item.label).bare] < 2 and not named and not whole.is_total
        else _without_concept(own_mapping)
        for i, (item, own_mapping) in enumerate(zip(table.items, own_mappings, strict=True))
    ]
    mapped_count = sum(mapping.concept is not None for mapping in mappings[:last])
    captioned_count = sum(not is_bare(item) for item in table.items[:last])
    if mapped_count < MIN_MAPPED_SHARE * captioned_count:
        mappings = [_without_concept(own_mapping) for own_mapping in own_mappings]
    for index, concept in named.items():
        evidence = ("named by its caption and heading", _EVIDENCE.format(whole.mapping.concept))
        mappings[index] = RowMapping(concept, _NAMED_CONFIDENCE, signs.get(index, 1), evidence)
    mappings[last] = replace(whole.mapping, sign=signs[last])
    direct = next((sum_.parts for sum_ in sums if sum_.total == last), ())
    _complete(mappings, table.items, [part.item for part in direct], signs, whole.mapping.concept or "")
    return tuple(mappings)


def _complete(
    mappings: list[RowMapping], items: Sequence[LineItem], parts: Sequence[int], signs: Mapping[int, int], whole: str
) -> None:
    """Map the only part without a caption to what a network of the whole lacks beside the concepts of the others.

    The subtotal above "Less accumulated depreciation" is the gross amount.
    """
    bare = [index for index in parts if mappings[index].concept is None and is_bare(items[index])]
    others = {concept for index in parts if (concept := mappings[index].concept) is not None}
    if len(bare) != 1 or len(others) != len(parts) - 1 or not others:
        return
    index = bare[0]
    candidates = {
        name
        for network in load_taxonomy().calculations
        if network.total == whole and len(network.parts) == len(parts) and others < network.parts.keys()
        for name, weight in network.parts.items()
        if name not in others and weight == signs[index]
    }
    if len(candidates) == 1:
        evidence = (_EVIDENCE.format(whole),)
        mappings[index] = RowMapping(candidates.pop(), _NAMED_CONFIDENCE, signs[index], evidence)


def _printed_sign(table: Statement, whole: LineItem) -> int:
    """Return -1 if the table prints its total with the opposite sign of the statement, else 1."""
    printed = {figure.value for figure in whole.figures if figure}
    sizes = {abs(value) for value in printed}
    shared = (figure.value for figure in table.items[-1].figures if figure and abs(figure.value) in sizes)
    return 1 if all(value in printed for value in shared) else -1


def _signs_in_whole(sums: Mapping[int, Sum], row: int, sign: int) -> dict[int, int]:
    """Map a row, its parts and theirs to the signs (+1, -1) of their printed figures in the whole."""
    signs: dict[int, int] = {}
    open_rows = [(row, sign)]
    while open_rows:
        row, sign = open_rows.pop()
        signs[row] = sign
        open_rows += [(part, sign * part_sign) for part, part_sign in (sums[row].parts if row in sums else ())]
    return signs


def _part_mapping(
    item: LineItem, own_mapping: RowMapping, weights: Mapping[str, int], sign_in_whole: int, whole_concept: str | None
) -> RowMapping:
    weight = weights.get(own_mapping.concept or "", 0)
    least = MIN_CONFIDENCE_OF_REVENUE if "Revenue" in (whole_concept or "") else MIN_CONFIDENCE
    if own_mapping.concept is None or own_mapping.confidence < least or not weight * sign_in_whole:
        return _without_concept(own_mapping)
    if own_mapping.concept in _GOODS and wording(item.label).words - _WORDS_OF_GOODS:
        return _without_concept(own_mapping)
    sign = weight * sign_in_whole
    negative = any(figure is not None and figure.value * sign < 0 for figure in item.figures)
    if negative and not is_two_signed(own_mapping.concept):
        return _without_concept(own_mapping)
    return replace(own_mapping, sign=sign, evidence=(*own_mapping.evidence, _EVIDENCE.format(whole_concept)))


def _without_concept(mapping: RowMapping) -> RowMapping:
    return replace(mapping, concept=None)


@cache
def _part_weights(whole: str) -> Mapping[str, int]:
    """Map the concepts that can be parts of `whole` to their weights in it.

    They are the parts in its networks, and theirs. An "Other" concept without networks is broken down into the other
    parts of its own total.
    """
    weights: dict[str, int] = {}
    for network in load_taxonomy().calculations:
        if network.total == whole:
            _add_parts(weights, network.parts, 1)
    if not weights and _OTHER_CONCEPT.match(whole):
        for network in load_taxonomy().calculations:
            if whole in network.parts:
                _add_parts(weights, network.parts, network.parts[whole])
    weights.pop(whole, None)
    return MappingProxyType({name: weight for name, weight in weights.items() if weight})


def _add_parts(weights: dict[str, int], parts: Mapping[str, int], sign: int) -> None:
    """Add parts and theirs, recursively; a part with contradicting weights gets 0."""
    for name, weight in parts.items():
        if name not in weights:
            weights[name] = sign * weight
            for network in load_taxonomy().calculations:
                if network.total == name:
                    _add_parts(weights, network.parts, sign * weight)
        elif weights[name] != sign * weight:
            weights[name] = 0
