"""Reports read from xBRL-JSON and xBRL-CSV, the formats of the Open Information Model (OIM)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TypeVar

import msgspec
from msgspec import Struct

from converter.loading.csv_rows import csv_rows
from converter.loading.model import (
    Entity,
    NotOurs,
    expanded_name,
    fact_of,
    report_of,
    taxonomy_name,
    unit_measure,
    unit_of,
)
from converter.report import Context, Dimension, Fact, Group, Report, Unit
from converter.taxonomy import TYPED_AXES, load_taxonomy
from converter.vocabulary import Duration, Instant, Period

_DAY = timedelta(days=1)
_MIDNIGHT = "T00:00:00"
_CORE = ("concept", "entity", "period", "unit", "language")


class _DocumentInfo(Struct, frozen=True):
    """What a report says of itself: the namespaces by their prefixes, the schemas that it refers to."""

    namespaces: dict[str, str]
    taxonomy: list[str]


class _FactText(Struct, frozen=True):
    """A fact as the file has it; `decimals` is "" for none."""

    value: str
    dimensions: dict[str, str]
    decimals: int | str = ""


class _JsonReport(Struct, frozen=True, rename="camel"):
    """An xBRL-JSON report."""

    document_info: _DocumentInfo
    facts: dict[str, _FactText]


class _Template(Struct, frozen=True):
    """The columns of a table: the name of each dimension and, after a `$`, that of its column."""

    dimensions: dict[str, str]


class _Table(Struct, frozen=True):
    """The place of a table, relative to the metadata."""

    url: str


class _CsvMetadata(Struct, frozen=True, rename="camel"):
    """The metadata of an xBRL-CSV report; `dimensions` are those of all facts."""

    document_info: _DocumentInfo
    table_templates: dict[str, _Template]
    dimensions: dict[str, str]
    tables: dict[str, _Table]


def read_json(data: bytes) -> Report:
    """Read an xBRL-JSON report that `render_json` made. Raises NotOurs for any other file."""
    content = _decoded(data, _JsonReport, "an xBRL-JSON report")
    return _report(content.document_info, list(content.facts.values()))


def read_csv(metadata: bytes, table: bytes) -> Report:
    """Read an xBRL-CSV report that `render_csv` made. Raises NotOurs for any other files."""
    content = _decoded(metadata, _CsvMetadata, "the metadata of an xBRL-CSV report")
    columns = {name: column.removeprefix("$") for name, column in _only(content.table_templates).dimensions.items()}
    try:
        facts = [_row(row, columns, content.dimensions) for row in csv_rows(table)]
    except KeyError as error:
        raise NotOurs(f"the table has no column {error}") from None
    return _report(content.document_info, facts)


def table_of(metadata: bytes) -> str:
    """Return the file name of the table that an xBRL-CSV metadata file describes. Raises NotOurs for any other file."""
    return _only(_decoded(metadata, _CsvMetadata, "the metadata of an xBRL-CSV report").tables).url


_Content = TypeVar("_Content", bound=Struct)
_Value = TypeVar("_Value")


def _decoded(data: bytes, type: type[_Content], title: str) -> _Content:
    try:
        return msgspec.json.decode(data, type=type)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotOurs(f"not {title} of this program ({error})") from None


def _only(values: Mapping[str, _Value]) -> _Value:
    if len(values) != 1:
        raise NotOurs(f"the metadata of an xBRL-CSV report with {len(values) or 'no'} tables")
    return next(iter(values.values()))


def _row(row: Mapping[str, str], columns: Mapping[str, str], common: Mapping[str, str]) -> _FactText:
    """Return the fact of a row; `columns` are the columns of dimensions, `common` the dimensions of all rows."""
    dimensions = {name: _cell(row[column]) for name, column in columns.items() if row[column] != ""}
    return _FactText(_cell(row["value"]), {**common, **dimensions}, row["decimals"])


def _cell(text: str) -> str:
    """Return the value of a cell; `#` starts a special value, `##` a value that starts with `#` (xBRL-CSV 1.0)."""
    return "" if text == "#empty" else text[1:] if text.startswith("##") else text


def _report(info: _DocumentInfo, facts: list[_FactText]) -> Report:
    entities = {_dimension(fact, "entity") for fact in facts}
    if len(entities) != 1:
        raise NotOurs("not a report of one entity")
    prefix, _, identifier = entities.pop().partition(":")
    scheme = expanded_name(f"{prefix}:", info.namespaces).namespace
    group = Group("", None, tuple(_fact(fact, info.namespaces) for fact in facts))
    return report_of(Entity(scheme, identifier), [group], info.taxonomy)


def _fact(fact: _FactText, namespaces: Mapping[str, str]) -> Fact:
    name = taxonomy_name(expanded_name(_dimension(fact, "concept"), namespaces))
    concept = load_taxonomy().concepts.get(name)
    unit = _unit(fact.dimensions.get("unit", ""), namespaces) if concept is not None and concept.numeric else None
    context = Context(_period(_dimension(fact, "period")), tuple(_dimensions(fact.dimensions, namespaces)))
    return fact_of(name, context, unit, fact.value, str(fact.decimals))


def _dimension(fact: _FactText, name: str) -> str:
    if name not in fact.dimensions:
        raise NotOurs(f"a fact without the dimension {name}")
    return fact.dimensions[name]


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
    return unit_of([unit_measure(expanded_name(part, namespaces)) for part in text.split("/")])


def _period(text: str) -> Period:
    """Return the period; the OIM writes the end of a day as midnight of the next day."""
    start, slash, end = text.rpartition("/")
    try:
        last = _midnight(end) - _DAY
        return Duration(_midnight(start), last) if slash else Instant(last)
    except (ValueError, OverflowError):
        raise NotOurs(f"a period that does not start or end at midnight: {text}") from None


def _midnight(text: str) -> date:
    if not text.endswith(_MIDNIGHT):
        raise ValueError(text)
    return date.fromisoformat(text.removesuffix(_MIDNIGHT))
