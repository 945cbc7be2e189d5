"""The facts of a company in the shape of the SEC's API: https://data.sec.gov/api/xbrl/companyfacts/CIK##########.json."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct

from converter.outputs.fsds.rows import accession_of, cover_of, filed_on, fiscal_of
from converter.outputs.instance import legal_xml, lexical
from converter.outputs.months import quarter_number
from converter.pipeline import Reading
from converter.report import Unit
from converter.taxonomy import GENERAL_LINE_ITEMS, Naming, load_taxonomy, vocabulary_of
from converter.vocabulary import Instant

_YEAR, _QUARTER, _SLACK = 365, 91, 30
"""The days of a frame of a year and of a quarter, and by how many a duration may differ."""

_ENDS_OF_QUARTERS = ((3, 31), (6, 30), (9, 30), (12, 31))
_JSON = msgspec.json.Encoder(decimal_format="number")


class Entry(Struct, frozen=True, array_like=True):
    """A fact without a dimension; days are ISO 8601, `start` is "" for an instant, `value` as an instance has it."""

    taxonomy: str
    concept: str
    unit: str
    start: str
    end: str
    value: str
    accession: str
    fiscal_year: str
    fiscal_period: str
    form: str
    filed: str


class CompanyPiece(Struct, frozen=True):
    """What a filing says of a company: its CIK, the name, the day of filing and the facts."""

    cik: str
    name: str
    filed: str
    entries: tuple[Entry, ...]


def company_piece(reading: Reading) -> CompanyPiece:
    """Return what a filing adds to the file of its company. Raises MissingIdentity without CIK or day of filing."""
    report = reading.report
    cover = cover_of(report)
    filed = filed_on(report, cover, "the file of a company needs one")
    accession = accession_of(report, cover, filed)
    fiscal_year, fiscal_period = fiscal_of(report, cover)
    form = str(cover.get("DocumentType") or cover.get("ExhibitType", ""))
    concepts = load_taxonomy().concepts
    entries = []
    for fact in report.facts:
        if fact.unit is None or fact.context.dimensions or not isinstance(fact.value, Decimal):
            continue
        if fact.concept in GENERAL_LINE_ITEMS:
            continue
        vocabulary = vocabulary_of(concepts[fact.concept], Naming.US_GAAP)
        period = fact.context.period
        start, end = ("", period.day) if isinstance(period, Instant) else (period.start.isoformat(), period.end)
        entries.append(
            Entry(
                vocabulary.prefix, fact.concept, _unit(fact.unit), start, end.isoformat(), lexical(fact.value),
                accession, fiscal_year, fiscal_period, legal_xml(form), filed.isoformat(),
            )
        )  # fmt: skip
    name = legal_xml(str(cover.get("EntityRegistrantName", "")))
    return CompanyPiece(report.entity_identifier, name, filed.isoformat(), tuple(entries))


def pack_company(piece: CompanyPiece) -> bytes:
    """Return the piece, compressed."""
    return zlib.compress(msgspec.msgpack.encode(piece), 1)


def unpack_company(packed: bytes) -> CompanyPiece:
    """Return what `pack_company` was given. Raises zlib.error or ValueError for other bytes."""
    return msgspec.msgpack.decode(zlib.decompress(packed), type=CompanyPiece)


def render_company(pieces: Iterable[CompanyPiece]) -> bytes:
    """Return the file of the company that all pieces are of; the same pieces in any order give the same bytes.

    The company has the name of its last filing. Of the facts of one frame, a year, a quarter or a day of the calendar,
    the one that was filed last has its name.
    """
    ordered = sorted(pieces, key=lambda piece: (piece.filed, [entry.accession for entry in piece.entries[:1]]))
    of_units: dict[tuple[str, str, str], list[Entry]] = {}
    for piece in ordered:
        for entry in piece.entries:
            of_units.setdefault((entry.taxonomy, entry.concept, entry.unit), []).append(entry)
    concepts = load_taxonomy().concepts
    facts: dict[str, dict[str, dict[str, object]]] = {"dei": {}, "us-gaap": {}}
    for taxonomy, name, unit in sorted(of_units):
        concept = concepts[name]
        tag = vocabulary_of(concept, Naming.US_GAAP).name_of(concept)
        told = facts.setdefault(taxonomy, {}).setdefault(
            tag, {"label": concept.label, "description": concept.documentation, "units": {}}
        )
        units = told["units"]
        assert isinstance(units, dict)
        units[unit] = list(_told(of_units[taxonomy, name, unit]))
    document = {
        "cik": int(ordered[0].cik),
        "entityName": next((piece.name for piece in reversed(ordered) if piece.name), ""),
        "facts": {taxonomy: of_taxonomy for taxonomy, of_taxonomy in facts.items() if of_taxonomy},
    }
    return _JSON.encode(document) + b"\n"


def _told(entries: Sequence[Entry]) -> Iterator[dict[str, object]]:
    ordered = sorted(entries, key=lambda entry: (entry.end, entry.start, entry.filed, entry.accession))
    frames = _frames(ordered)
    for number, entry in enumerate(ordered):
        told: dict[str, object] = {"start": entry.start} if entry.start else {}
        told |= {
            "end": entry.end,
            "val": Decimal(entry.value),
            "accn": entry.accession,
            "fy": int(entry.fiscal_year) if entry.fiscal_year else None,
            "fp": entry.fiscal_period or None,
            "form": entry.form,
            "filed": entry.filed,
        }
        yield told | ({"frame": frames[number]} if number in frames else {})


def _frames(entries: Sequence[Entry]) -> dict[int, str]:
    """Return the frames of entries by their index: each frame once, for what fits best and was filed last."""
    best: dict[str, tuple[int, str, str, int]] = {}
    for number, entry in enumerate(entries):
        frame, days_off = _frame(entry)
        if frame:
            rank = (-days_off, entry.filed, entry.accession, number)
            best[frame] = max(best.get(frame, rank), rank)
    return {number: frame for frame, (*_, number) in best.items()}


def _frame(entry: Entry) -> tuple[str, int]:
    """Return the frame of a fact, `CY2003`, `CY2003Q3` or `CY2003Q3I`, and the days that it is off; "" if none fits."""
    end = date.fromisoformat(entry.end)
    if not entry.start:
        quarter_end = min(_quarter_ends(end), key=lambda day: abs((day - end).days))
        return f"CY{quarter_end.year}Q{quarter_number(quarter_end.month)}I", abs((quarter_end - end).days)
    start = date.fromisoformat(entry.start)
    days = (end - start).days + 1
    if abs(days - _YEAR) <= _SLACK:
        middle = date.fromordinal((start.toordinal() + end.toordinal()) // 2)
        return f"CY{middle.year}", abs((date(middle.year, 12, 31) - end).days)
    if abs(days - _QUARTER) <= _SLACK:
        middle = date.fromordinal((start.toordinal() + end.toordinal()) // 2)
        quarter = quarter_number(middle.month)
        quarter_end = next(day for day in _quarter_ends(middle) if day >= middle)
        return f"CY{middle.year}Q{quarter}", abs((quarter_end - end).days)
    return "", 0


def _quarter_ends(day: date) -> tuple[date, ...]:
    """Return the ends of quarters around a day, in their order."""
    years = (day.year - 1, day.year)
    return tuple(date(year, month, last) for year in years for month, last in _ENDS_OF_QUARTERS)


def _unit(unit: Unit) -> str:
    """Return `USD`, `shares`, `USD/shares` or `pure`."""
    parts = (unit.numerator, *((unit.denominator,) if unit.denominator else ()))
    return "/".join(part.rpartition(":")[2] for part in parts)
