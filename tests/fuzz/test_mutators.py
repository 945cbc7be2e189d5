"""Mutants are made by chance, and the same chance makes the same mutants."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz import filings
from fuzz.corpus import SCHEDULE, Seed, own_seeds, seeds
from fuzz.mutants import Kind, made, numbered

SEEDS = own_seeds()
TEXTS = st.sampled_from(["", "\n", "a", SCHEDULE, *(seed.data.decode("utf-8", "surrogateescape") for seed in SEEDS)])
CHANCES = st.integers(0, 1 << 32).map(Random)


@pytest.mark.parametrize("way", filings.WAYS, ids=lambda way: way.__name__)
@given(TEXTS, CHANCES)
def test_every_way_takes_every_text(way: filings.Way, text: str, chance: Random) -> None:
    assert way(text, chance).encode("utf-8", "surrogateescape") is not None


@pytest.mark.parametrize("way", filings.WAYS, ids=lambda way: way.__name__)
def test_every_way_changes_something(way: filings.Way) -> None:
    texts = [seed.data.decode() for seed in SEEDS if seed.name in ("release.htm", "submission-10q.txt", "schedule")]
    assert any(way(text, Random(n)) != text for text in texts for n in range(5))


@pytest.mark.parametrize("splice", filings.SPLICES, ids=lambda splice: splice.__name__)
@given(TEXTS, TEXTS, CHANCES)
def test_two_texts_become_one(splice: filings.Splice, text: str, other: str, chance: Random) -> None:
    assert set(splice(text, other, chance)) <= {*text, *other, "\n"}


def test_a_number_is_a_mutant() -> None:
    assert [numbered(SEEDS, 3, n) for n in range(30)] == [numbered(SEEDS, 3, n) for n in range(30)]
    assert numbered(SEEDS, 3, 1) != numbered(SEEDS, 4, 1)


def test_kinds_and_ways_all_occur() -> None:
    some = [numbered(SEEDS, 0, n) for n in range(500)]
    kinds = Counter(mutant.kind for mutant in some)
    assert kinds[Kind.FILING] > kinds[Kind.OUTPUT] > kinds[Kind.ARCHIVE] > 0
    names = {way.__name__ for way in (*filings.WAYS, *filings.SPLICES)}
    assert names <= {way for mutant in some for way in mutant.ways}


def test_long_filings_are_mutated_in_excerpts() -> None:
    long = Seed("long", b"a line of a long filing\n" * 100_000)
    sizes = sorted(len(made([long], Random(n), Kind.FILING).data) for n in range(60))
    assert sizes[0] < sizes[30] < 100_000
    assert max(sizes) <= 4 * filings.LARGEST


def test_folders_are_further_seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    (tmp_path / "b.png").write_bytes(b"b")
    assert seeds(str(tmp_path)) == [*SEEDS, Seed("a.txt", b"a")]
    monkeypatch.setenv("FUZZ_CORPUS", str(tmp_path))
    assert seeds() == seeds(str(tmp_path))
    monkeypatch.delenv("FUZZ_CORPUS")
    assert seeds() == SEEDS
