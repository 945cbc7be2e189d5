"""Families of near synonyms: concepts between which filers and experts choose differently for the same line."""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[1] / "taxonomy" / "families.csv"


def read_families() -> list[tuple[str, ...]]:
    """Return the families, the representative of each first."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        return [(row["representative"], *row["others"].split()) for row in csv.DictReader(stream)]


@cache
def _representatives() -> dict[str, str]:
    return {name: names[0] for names in read_families() for name in names}


def is_near(name: str | None, accepted: Iterable[str]) -> bool:
    """Whether a concept is one of those accepted, or of the family of one."""
    first = _representatives()
    return name is not None and first.get(name, name) in {first.get(other, other) for other in accepted}
