"""Reports as xBRL-CSV 1.0 (https://xbrl.org/2021/xbrl-csv): a table of facts, and the metadata that describes it."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from converter.outputs.oim import OimFact, document_info, entity_name, oim_facts
from converter.report import Report
from converter.taxonomy import AXES, PREFIX

_TABLE = "facts"
_CORE = ("concept", "period", "unit")  # the entity is the same for all facts and is in the metadata


def render_csv(report: Report, url: str) -> tuple[str, str]:
    """Return the table and its metadata; `url` is the table's file name, relative to the metadata file.

    The table has one row for each fact: its id, its dimensions, its value in canonical form, its decimals. A cell is
    empty if the fact does not have the dimension. An XBRL processor opens the metadata file.
    """
    facts = tuple(oim_facts(report))
    used = {name for fact in facts for name in fact.dimensions}
    axes = (name for axis in AXES if (name := f"{PREFIX}:{axis}") in used)
    dimensions = (*_CORE, *axes)
    return _table(facts, dimensions), _metadata(report, dimensions, url)


def _table(facts: Iterable[OimFact], dimensions: Sequence[str]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)  # RFC 4180
    writer.writerow(["id", *map(_column, dimensions), "value", "decimals"])
    for fact in facts:
        cells = [_cell(fact.dimensions[name]) if name in fact.dimensions else "" for name in dimensions]
        writer.writerow([fact.id, *cells, _cell(fact.value), "" if fact.decimals is None else fact.decimals])
    return stream.getvalue()


def _metadata(report: Report, dimensions: Sequence[str], url: str) -> str:
    columns = {name: _column(name) for name in dimensions}
    properties: dict[str, object] = {column: {} for column in ("id", *columns.values(), "decimals")}
    template = {
        "rowIdColumn": "id",
        "decimals": "$decimals",
        "dimensions": {name: f"${column}" for name, column in columns.items()},
        "columns": {**properties, "value": {"dimensions": {}}},
    }
    metadata = {
        "documentInfo": document_info(report, "xbrl-csv"),
        "dimensions": {"entity": entity_name(report)},
        "tableTemplates": {_TABLE: template},
        "tables": {_TABLE: {"template": _TABLE, "url": quote(url, errors="surrogateescape")}},
    }
    return json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"


def _column(dimension: str) -> str:
    """Return the column of a dimension: an identifier, which has no colon (xBRL-CSV 1.0, identifiers)."""
    return dimension.partition(":")[2] or dimension


def _cell(text: str) -> str:
    """Return a value as a cell; a `#` at its start is doubled, as it marks special values (xBRL-CSV 1.0)."""
    if text == "":
        return "#empty"
    return f"#{text}" if text.startswith("#") else text
