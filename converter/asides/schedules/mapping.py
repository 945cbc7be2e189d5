"""Map the tags of financial data schedules to concepts."""

import csv
from collections.abc import Mapping
from functools import cache

from converter.mapping import Mapping as RowMapping
from converter.resources import resource
from converter.statements import LineItem, Statement


@cache
def schedule_concepts() -> Mapping[tuple[str, str], str]:
    """Return the concept of each (article, tag), "" if none has its meaning, from taxonomy/schedules.csv."""
    with resource("taxonomy/schedules.csv").open(encoding="utf-8", newline="") as table:
        return {(row["article"], row["tag"]): row["concept"] for row in csv.DictReader(table)}


def map_schedule(statement: Statement) -> tuple[RowMapping, ...]:
    """Map a schedule's rows: each tag has one meaning, so the mapping is certain. Signs are as filed."""
    return tuple(_mapping(item) for item in statement.items)


def _mapping(item: LineItem) -> RowMapping:
    article = item.sections[0].removeprefix("Article ")
    concept = schedule_concepts().get((article, item.label), "")
    return RowMapping(concept or None, 1.0 if concept else 0.0, 1, (f"tag of an article {article} schedule",), ())
