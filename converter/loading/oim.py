"""Reports read from xBRL-JSON and xBRL-CSV, the formats of the Open Information Model (OIM)."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from converter.loading.model import Entity, NotOurs, expanded_name, fact_of, report_of, taxonomy_name, unit_measure
from converter.report import Context, Dimension, Fact, Group, Report, Unit
from converter.taxonomy import TYPED_AXES, load_taxonomy
from converter.vocabulary import Duration, Instant, Period

_DAY = timedelta(days=1)
_MIDNIGHT = "T00:00:00"
_CORE = ("concept", "entity", "period", "unit", "language")


class _FactText(Struct, frozen=True):
    """A fact as the file has it; `decimals` is "" for none."""

    value: str
    decimals: str
    dimensions: Mapping[str, str]


def read_json(data: bytes) -> Report:
    """Read an xBRL-JSON report that `render_json` made. Raises NotOurs for any other file."""
    content = _json(data)
    try:
        facts = [
            _FactText(fact["value"], str(fact.get("decimals", "")), fact["dimensions"])
            for fact in content["facts"].values()
        ]
        return _report(content["documentInfo"], facts)
    except (AttributeError, KeyError, TypeError) as error:
        raise NotOurs(f"not an xBRL-JSON report of this program ({error})") from None


def read_csv(metadata: bytes, table: bytes) -> Report:
    """Read an xBRL-CSV report that `render_csv` made. Raises NotOurs for any other files."""
    content = _json(metadata)
    try:
        (template,) = content["tableTemplates"].values()
        columns = {name: column.removeprefix("$") for name, column in template["dimensions"].items()}
        rows = csv.DictReader(io.StringIO(table.decode(), newline=""))
        return _report(content["documentInfo"], [_row(row, columns, content["dimensions"]) for row in rows])
    except NotOurs:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise NotOurs(f"not an xBRL-CSV report of this program ({error})") from None


def table_of(metadata: bytes) -> str:
    """Return the file name of the table that an xBRL-CSV metadata file describes. Raises NotOurs for any other file."""
    try:
        (table,) = _json(metadata)["tables"].values()
        return str(table["url"])
    except (AttributeError, KeyError, TypeError, ValueError):
        raise NotOurs("not the metadata of an xBRL-CSV report of this program") from None


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError as error:
        raise NotOurs(f"not JSON: {error}") from None


def _row(row: Mapping[str, str], columns: Mapping[str, str], common: Mapping[str, str]) -> _FactText:
    """Return the fact of a row; `columns` are the columns of dimensions, `common` the dimensions of all rows."""
    dimensions = {name: _cell(row[column]) for name, column in columns.items() if row[column] != ""}
    return _FactText(_cell(row["value"]), row["decimals"], {**common, **dimensions})


def _cell(text: str) -> str:
    """Return the value of a cell; `#` starts a special value, `##` a value that starts with `#` (xBRL-CSV 1.0)."""
    return "" if text == "#empty" else text[1:] if text.startswith("##") else text


def _report(info: Mapping[str, Any], facts: list[_FactText]) -> Report:
    entities = {fact.dimensions["entity"] for fact in facts}
    if len(entities) != 1:
        raise NotOurs("not a report of one entity")
    prefix, _, identifier = entities.pop().partition(":")
    group = Group("", None, tuple(_fact(fact, info["namespaces"]) for fact in facts))
    return report_of(Entity(info["namespaces"][prefix], identifier), [group], info["taxonomy"])


def _fact(fact: _FactText, namespaces: Mapping[str, str]) -> Fact:
    name = taxonomy_name(expanded_name(fact.dimensions["concept"], namespaces))
    concept = load_taxonomy().concepts.get(name)
    unit = _unit(fact.dimensions.get("unit", ""), namespaces) if concept is not None and concept.numeric else None
    context = Context(_period(fact.dimensions["period"]), tuple(_dimensions(fact.dimensions, namespaces)))
    return fact_of(name, context, unit, fact.value, fact.decimals)


def _dimensions(dimensions: Mapping[str, str], namespaces: Mapping[str, str]) -> Iterator[Dimension]:
    for name, value in dimensions.items():
        if name not in _CORE:
            axis = taxonomy_name(expanded_name(name, namespaces))
            if axis in TYPED_AXES:
                yield Dimension(axis, text=value)
            else:
                yield Dimension(axis, member=taxonomy_name(expanded_name(value, namespaces)))


def _unit(text: str, namespaces: Mapping[str, str]) -> Unit:
    """Return the unit of a number; one without a unit is a pure number (OIM 1.0)."""
    if not text:
        return Unit("xbrli:pure")
    return Unit(*(unit_measure(expanded_name(part, namespaces)) for part in text.split("/")))


def _period(text: str) -> Period:
    """Return the period; the OIM writes the end of a day as midnight of the next day."""
    start, slash, end = text.rpartition("/")
    if slash:
        return Duration(_midnight(start), _midnight(end) - _DAY)
    return Instant(_midnight(end) - _DAY)


def _midnight(text: str) -> date:
    try:
        if text.endswith(_MIDNIGHT):
            return date.fromisoformat(text.removesuffix(_MIDNIGHT))
    except ValueError:
        pass
    raise NotOurs(f"a period that does not start or end at midnight: {text}")
