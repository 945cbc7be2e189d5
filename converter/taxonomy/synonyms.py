"""Near synonyms: concepts between which filers and readers choose differently for the same line."""

import csv
from collections.abc import Mapping, Sequence
from functools import cache

from converter.resources import resource


@cache
def synonym_families() -> Sequence[tuple[str, ...]]:
    """Return the families of taxonomy/families.csv, the representative of each first."""
    with resource("taxonomy/families.csv").open(encoding="utf-8", newline="") as stream:
        return [(row["representative"], *row["others"].split()) for row in csv.DictReader(stream)]


@cache
def representatives() -> Mapping[str, str]:
    """Return the representative of each concept that has near synonyms, itself perhaps."""
    return {name: names[0] for names in synonym_families() for name in names}
