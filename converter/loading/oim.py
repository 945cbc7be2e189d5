"""xBRL-JSON, xBRL-CSV -> Report."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from converter.loading.model import NotOurs, expanded, fact_of, measure, own_name, report_of
from converter.report import Context, Dimension, Fact, Group, Report, Unit
from converter.taxonomy import CAPTION_AXIS, load_taxonomy
from converter.vocabulary import Duration, Instant, Period

_DAY = timedelta(days=1)
_MIDNIGHT = "T00:00:00"
_CORE = ("concept", "entity", "period", "unit", "language")


class _Said(Struct, frozen=True):
    """A fact as the file says it; `decimals` is "" where there are none."""

    value: str
    decimals: str
    dimensions: Mapping[str, str]


def read_json(data: bytes) -> Report:
    """Read an xBRL-JSON report that `render_json` made. Raises NotOurs for any other file."""
    content = _json(data)
    try:
        facts = [
            _Said(fact["value"], str(fact.get("decimals", "")), fact["dimensions"])
            for fact in content["facts"].values()
        ]
        return _report(content["documentInfo"], facts)
    except (AttributeError, KeyError, TypeError) as problem:
        raise NotOurs(f"not an xBRL-JSON report of this program ({problem})") from None


def read_csv(metadata: bytes, table: bytes) -> Report:
    """Read an xBRL-CSV report that `render_csv` made. Raises NotOurs for any other files."""
    content = _json(metadata)
    try:
        (template,) = content["tableTemplates"].values()
        columns = {name: column.removeprefix("$") for name, column in template["dimensions"].items()}
        rows = csv.DictReader(io.StringIO(table.decode(), newline=""))
        return _report(content["documentInfo"], [_row(row, columns, content["dimensions"]) for row in rows])
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        if isinstance(problem, NotOurs):
            raise
        raise NotOurs(f"not an xBRL-CSV report of this program ({problem})") from None


def table_of(metadata: bytes) -> str:
    """The file name of the table that an xBRL-CSV metadata file is about. Raises NotOurs."""
    try:
        (table,) = _json(metadata)["tables"].values()
        return str(table["url"])
    except (AttributeError, KeyError, TypeError, ValueError):
        raise NotOurs("not the metadata of an xBRL-CSV report of this program") from None


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError as problem:
        raise NotOurs(f"not JSON: {problem}") from None


def _row(row: Mapping[str, str], columns: Mapping[str, str], common: Mapping[str, str]) -> _Said:
    own = {name: _cell(row[column]) for name, column in columns.items() if row[column] != ""}
    return _Said(_cell(row["value"]), row["decimals"], {**common, **own})


def _cell(text: str) -> str:
    return "" if text == "#empty" else text[1:] if text.startswith("##") else text


def _report(info: Mapping[str, Any], facts: list[_Said]) -> Report:
    entities = {fact.dimensions["entity"] for fact in facts}
    if len(entities) != 1:
        raise NotOurs("not a report of one entity")
    prefix, _, identifier = entities.pop().partition(":")
    group = Group("", None, tuple(_fact(fact, info["namespaces"]) for fact in facts))
    return report_of(info["namespaces"][prefix], identifier, [group], info["taxonomy"])


def _fact(said: _Said, namespaces: Mapping[str, str]) -> Fact:
    concept = own_name(expanded(said.dimensions["concept"], namespaces))
    known = load_taxonomy().concepts.get(concept)
    unit = _unit(said.dimensions.get("unit", ""), namespaces) if known is not None and known.numeric else None
    context = Context(_period(said.dimensions["period"]), tuple(_dimensions(said.dimensions, namespaces)))
    return fact_of(concept, context, unit, said.value, said.decimals)


def _dimensions(dimensions: Mapping[str, str], namespaces: Mapping[str, str]) -> Iterator[Dimension]:
    for name, value in dimensions.items():
        if name not in _CORE:
            axis = own_name(expanded(name, namespaces))
            if axis == CAPTION_AXIS:
                yield Dimension(axis, text=value)
            else:
                yield Dimension(axis, member=own_name(expanded(value, namespaces)))


def _unit(text: str, namespaces: Mapping[str, str]) -> Unit:
    """The unit; a number without one is a pure number (OIM 1.0)."""
    if not text:
        return Unit("xbrli:pure")
    return Unit(*(measure(expanded(part, namespaces)) for part in text.split("/")))


def _period(text: str) -> Period:
    start, divided, end = text.rpartition("/")
    if divided:
        return Duration(_midnight(start), _midnight(end) - _DAY)
    return Instant(_midnight(end) - _DAY)


def _midnight(text: str) -> date:
    try:
        if text.endswith(_MIDNIGHT):
            return date.fromisoformat(text.removesuffix(_MIDNIGHT))
    except ValueError:
        pass
    raise NotOurs(f"a period that does not start or end at midnight: {text}")
