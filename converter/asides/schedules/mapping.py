"""The tags of financial data schedules -> concepts: each has one meaning, so that the mapping is certain."""

import csv
from collections.abc import Mapping
from functools import cache

from converter.mapping import Mapping as RowMapping
from converter.resources import resource
from converter.statements import LineItem, Statement


@cache
def schedule_concepts() -> Mapping[tuple[str, str], str]:
    """The concept of each (article, tag), "" where none has its meaning: taxonomy/schedules.csv."""
    with resource("taxonomy/schedules.csv").open(encoding="utf-8", newline="") as table:
        return {(row["article"], row["tag"]): row["concept"] for row in csv.DictReader(table)}


def map_schedule(statement: Statement) -> tuple[RowMapping, ...]:
    """The mapping of a schedule's rows: each tag has one meaning, so the mapping is certain. Values stand as filed."""
    return tuple(_mapping(item) for item in statement.items)


def _mapping(item: LineItem) -> RowMapping:
    article = item.sections[0].removeprefix("Article ")
    concept = schedule_concepts().get((article, item.label), "")
    return RowMapping(concept or None, 1.0 if concept else 0.0, 1, (f"tag of an article {article} schedule",), ())
