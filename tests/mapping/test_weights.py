"""The table of weights and the model's file."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from converter.mapping.weights import MAGIC, SCALE, Model, WeightTable, dump_model, load_model, parse_model
from converter.taxonomy import load_taxonomy

WEIGHTS = {"sales": {0: 40, 2: -3}, "cash": {1: 127}, "": {0: -127}}

TABLES = st.dictionaries(
    st.text(max_size=8), st.dictionaries(st.integers(0, 65535), st.integers(-127, 127), max_size=5), max_size=8
).filter(lambda table: len({zlib.crc32(text.encode()) for text in table}) == len(table))


def model(captions: WeightTable, contexts: WeightTable) -> Model:
    return Model(
        concepts=("Revenues", "SalesRevenueNet", "Cash", ""),
        families=(0, 0, 1, 2),
        totals=frozenset({0}),
        marks=frozenset({1}),
        deducting=frozenset({"Cash"}),
        caption_weights=(0.75, 1.25),
        captions=captions,
        contexts=contexts,
    )


@pytest.mark.parametrize(
    ("features", "scores"),
    [
        ([], {}),
        (["sales"], {0: 40, 2: -3}),
        (["purchases"], {}),
        (["sales", "", "nothing"], {0: 40 - 127, 2: -3}),
        (["sales", "cash", "sales"], {0: 80, 1: 127, 2: -6}),
    ],
)
def test_the_weights_of_features_add_up(features: list[str], scores: dict[int, int]) -> None:
    table = WeightTable.of(WEIGHTS)
    assert table.scores(features) == table.cached_scores(tuple(features)) == scores
    assert {text: table.weights_of(text) for text in WEIGHTS} == WEIGHTS, "and what is remembered stays what it was"


@given(TABLES)
def test_a_table_gives_back_what_it_was_made_of(weights: dict[str, dict[int, int]]) -> None:
    table = WeightTable.of(weights)
    assert {text: dict(table.weights_of(text)) for text in weights} == weights


@given(TABLES, TABLES)
def test_a_model_is_read_back_as_it_was_written(
    one: dict[str, dict[int, int]], other: dict[str, dict[int, int]]
) -> None:
    first = model(WeightTable.of(one), WeightTable.of(other))
    second = parse_model(dump_model(first))
    assert replace(second, captions=first.captions, contexts=first.contexts) == first
    assert second.captions.arrays() == first.captions.arrays()
    assert second.contexts.arrays() == first.contexts.arrays()


def test_what_follows_from_concepts_and_families() -> None:
    small = model(WeightTable.of({}), WeightTable.of({}))
    assert small.none == 2
    assert small.numbers == {"Revenues": 0, "SalesRevenueNet": 1, "Cash": 2, "": 3}
    assert small.members == {0: (0, 1), 1: (2,), 2: (3,)}


def checked(body: bytes) -> bytes:
    """Return a file with a body, whatever it is, and the checksum of it."""
    return MAGIC + zlib.crc32(body).to_bytes(4, "little") + body


GOOD = dump_model(model(WeightTable.of(WEIGHTS), WeightTable.of(WEIGHTS)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        MAGIC,
        MAGIC + b"another body",
        GOOD[:-10],
        GOOD[: len(MAGIC) + 1],
        GOOD.replace(b"mapper 2", b"mapper 9"),
        GOOD[: len(GOOD) // 2] + bytes([GOOD[len(GOOD) // 2] ^ 1]) + GOOD[len(GOOD) // 2 + 1 :],
        checked(b"no json\n"),
        checked(b"{}\n"),
        checked(b"no line end"),
        checked(GOOD[len(checked(b"")) : -1]),
        checked(GOOD[len(checked(b"")) :] + b"x"),
    ],
    ids=[
        "empty",
        "another file",
        "nothing after the head",
        "another checksum",
        "cut short",
        "cut at once",
        "another version",
        "one bit",
        "no json",
        "no concepts",
        "no line",
        "weights missing",
        "weights left over",
    ],
)
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^(not a mapper model of this version|the mapper model is damaged)"):
        parse_model(data)


def test_the_shipped_model_fits_the_taxonomy() -> None:
    shipped = load_model()
    concepts = load_taxonomy().concepts
    assert shipped.concepts[-1] == ""
    assert [name for name in shipped.concepts[:-1] if name not in concepts] == []
    assert [name for name in shipped.deducting if name not in concepts] == []
    assert len(shipped.families) == len(shipped.concepts)
    assert shipped.totals | shipped.marks <= set(shipped.families)
    assert SCALE > 0
