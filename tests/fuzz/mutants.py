"""Mutants: filings, outputs and archives made wrong; each depends on its corpus, a seed and its number only."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from converter.report import Options
from fuzz import archives, filings, outputs
from fuzz.corpus import Seed

_SHORT = 60_000  # longer filings are mostly mutated in excerpts, for speed
_HEAD, _EXCERPT = 3_000, 30_000
OPTIONS = (
    *[Options()] * 6,
    *[Options(all_tables=True)] * 3,
    Options(cik="320193", fiscal_year_end="0229", period_end=date(2000, 2, 29)),
    Options(currency="CAD", entity="<&>\"'", fiscal_year_end="0131"),
)
"""What a user may say of a filing; what is usual stands there several times."""


class Kind(StrEnum):
    """What a mutant is."""

    FILING = "filing"
    OUTPUT = "output"
    ARCHIVE = "archive"


class Mutant(NamedTuple):
    """Something made wrong: the seed it was made of, in which ways, and its files by the ending of their names.

    Filings and archives are one file with the ending "". `format` is the name of an output's format.
    """

    kind: Kind
    seed: str
    ways: tuple[str, ...]
    files: dict[str, bytes]
    options: Options = Options()
    format: str = ""

    @property
    def data(self) -> bytes:
        """The only file of a filing or an archive."""
        return self.files[""]


def numbered(seeds: Sequence[Seed], seed: int, number: int) -> Mutant:
    """Return a mutant by its number."""
    return made(seeds, Random(f"{seed}/{number}"))


def mutants(seeds: Sequence[Seed], kind: Kind | None = None) -> st.SearchStrategy[Mutant]:
    """Return the strategy of all mutants, or of one kind."""
    return st.randoms(use_true_random=False).map(lambda chance: made(seeds, chance, kind))


def made(seeds: Sequence[Seed], chance: Random, kind: Kind | None = None) -> Mutant:
    """Make a mutant: of ten, eight are filings, one is an output and half a one an archive."""
    kind = kind or chance.choice((*[Kind.FILING] * 16, *[Kind.OUTPUT] * 3, Kind.ARCHIVE))
    seed = chance.choice(seeds)
    if kind is Kind.OUTPUT:
        return _output(seeds, chance)
    if kind is Kind.ARCHIVE:
        contents = [seed.data, *(_filing(seeds, chance.choice(seeds), chance).data for _ in range(chance.randrange(3)))]
        data, ways = archives.archive_of(contents, chance)
        return Mutant(kind, seed.name, tuple(ways), {"": data})
    return _filing(seeds, seed, chance)


def _filing(seeds: Sequence[Seed], seed: Seed, chance: Random) -> Mutant:
    text = _excerpt(seed.data.decode("utf-8", "surrogateescape"), chance)
    other = _excerpt(chance.choice(seeds).data.decode("utf-8", "surrogateescape"), chance)
    text, ways = filings.mutated(text, other, chance, chance.choice((1, 1, 1, 2, 2, 3, 5)))
    data = text.encode("utf-8", "surrogateescape")
    return Mutant(Kind.FILING, seed.name, tuple(ways), {"": data}, chance.choice(OPTIONS))


def _output(seeds: Sequence[Seed], chance: Random) -> Mutant:
    seeds = [seed for seed in seeds if len(seed.data) <= _SHORT]  # they are converted here
    seed, format_ = chance.choice(seeds), chance.choice(outputs.LOADED)
    files = outputs.files_of(seed, format_.name) or {"/instance.xml" if format_.folder else "": seed.data}
    other = outputs.files_of(chance.choice(seeds), chance.choice(outputs.LOADED).name).get("", b"")
    changed, ways = outputs.mutated(files, other, chance, chance.choice((1, 1, 1, 2, 3)))
    return Mutant(Kind.OUTPUT, seed.name, tuple(ways), changed, format=format_.name)


def _excerpt(text: str, chance: Random) -> str:
    """Return a short text whole, of a long one mostly the beginning and a part."""
    if len(text) <= _SHORT or chance.random() < 0.05:
        return text
    start = text.rfind("\n", 0, chance.randrange(len(text) - _EXCERPT)) + 1
    return text[: text.find("\n", _HEAD) + 1] + text[max(start, _HEAD) : start + _EXCERPT]
