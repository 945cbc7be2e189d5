"""Report -> xBRL-CSV 1.0 (https://xbrl.org/2021/xbrl-csv): one table of facts, and the metadata that explains it."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from converter.outputs.oim import OimFact, document_info, entity, oim_facts
from converter.report import Report

METADATA = "-metadata.json"
"""What the metadata file's name has in the place of the table's suffix; Arelle names it so as well."""

_TABLE = "facts"
_CORE = ("concept", "period", "unit")  # the entity is the same for all and stands in the metadata


def render_csv(report: Report, url: str) -> tuple[str, str]:
    """The table and its metadata; `url` is the table's file name, relative to the metadata file.

    One row a fact: its id, its dimensions, its value in canonical form, its decimals. An empty cell is a dimension
    that a fact does not have. The metadata file is what an XBRL processor opens.
    """
    facts = tuple(oim_facts(report))
    own = sorted({name for fact in facts for name in fact.dimensions if ":" in name})
    return _table(facts, own), _metadata(report, own, url)


def _table(facts: Iterable[OimFact], own: Sequence[str]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)  # RFC 4180
    writer.writerow(["id", *_CORE, *map(_column, own), "value", "decimals"])
    for fact in facts:
        cells = [_cell(fact.dimensions[name]) if name in fact.dimensions else "" for name in (*_CORE, *own)]
        writer.writerow([fact.id, *cells, _cell(fact.value), "" if fact.decimals is None else fact.decimals])
    return stream.getvalue()


def _metadata(report: Report, own: Sequence[str], url: str) -> str:
    columns = {name: _column(name) for name in (*_CORE, *own)}
    properties: dict[str, object] = {column: {} for column in ("id", *columns.values(), "decimals")}
    template = {
        "rowIdColumn": "id",
        "decimals": "$decimals",
        "dimensions": {name: f"${column}" for name, column in columns.items()},
        "columns": {**properties, "value": {"dimensions": {}}},
    }
    metadata = {
        "documentInfo": document_info(report, "xbrl-csv"),
        "dimensions": {"entity": entity(report)},
        "tableTemplates": {_TABLE: template},
        "tables": {_TABLE: {"template": _TABLE, "url": quote(url)}},
    }
    return json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"


def _column(dimension: str) -> str:
    """A dimension's column: an identifier, which has no colon (xBRL-CSV 1.0, identifiers)."""
    return dimension.partition(":")[2] or dimension


def _cell(text: str) -> str:
    """A value as a cell: `#` starts a special value, so one of our own is doubled (xBRL-CSV 1.0, special values)."""
    if text == "":
        return "#empty"
    return f"#{text}" if text.startswith("#") else text
