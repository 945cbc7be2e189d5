"""A reading -> its rows in the SEC's Financial Statement Data Sets."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from msgspec import Struct

from converter.outputs.fsds.model import Num, Pre, Sub, Tag
from converter.outputs.instance import legal_xml
from converter.outputs.linkbases import Names, ShownStatement, shown_statements
from converter.outputs.model import MissingIdentity
from converter.outputs.months import month_end, quarter_number
from converter.pipeline import Reading
from converter.report import CIK_SCHEME, COVER, Context, Fact, Report, Unit, Value
from converter.statements import StatementKind
from converter.taxonomy import DEI, TTX, US_GAAP, Concept, Naming
from converter.vocabulary import Duration, Instant, is_annual

_VERSIONS = {US_GAAP.prefix: "us-gaap/2009", DEI.prefix: "dei/2009", TTX.prefix: "ttx/2026"}
_FOUR_DIGITS = Decimal("0.0001")
_DAYS_OF_QUARTER = 91.3125
_LONGEST_SEGMENTS = 1024
_SIC = re.compile(r"[0-9]{4}")
_SEPARATORS = str.maketrans(dict.fromkeys("=;\t\r\n", " "))
_STATES = frozenset(
    re.findall(
        "[A-Z]{2}",
        "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH "
        "OK OR PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY GU AS",
    )
)
_FILER_CATEGORIES = (  # words of the cover, and the code of the data sets
    ("large accelerated", "1-LAF"),
    ("non-accelerated", "4-NON"),
    ("smaller reporting", "5-SML"),
    ("accelerated", "2-ACC"),
)


class Submission(Struct, frozen=True):
    """The rows of one filing in the four tables."""

    sub: Sub
    num: tuple[Num, ...]
    tag: tuple[Tag, ...]
    pre: tuple[Pre, ...]


def filed_on(report: Report, cover: Mapping[str, Value], need: str) -> date:
    """Return the day of filing of a registrant with a CIK: that of the header, else the day of a release.

    Raises MissingIdentity, with the words for what needs them, without a CIK or a day.
    """
    if report.entity_scheme != CIK_SCHEME:
        raise MissingIdentity(f"no CIK is known: {need} (--cik)")
    days = (cover.get(name) for name in ("FilingDate", "ReleaseDate"))
    filed = next((day for day in days if isinstance(day, date)), None)
    if filed is None:
        raise MissingIdentity(f"no date of filing is known: {need}")
    return filed


def quarter_of(submission: Submission) -> str:
    """Return the quarter of the filing, `2003q3`: the name of the archive that it is in."""
    filed = submission.sub.filed
    return f"{filed[:4]}q{quarter_number(int(filed[4:6]))}"


def submission_of(reading: Reading) -> Submission:
    """Return the rows of a filing. Raises MissingIdentity."""
    report = reading.report
    cover = cover_of(report)
    filed = filed_on(report, cover, "the data sets need one")
    adsh = accession_of(report, cover, filed)
    names = Names(report, Naming.US_GAAP)
    facts = tuple(map(names.fact, report.facts))
    tags = _Tags(names, adsh)
    num = tuple(_num(facts, report, tags, adsh))
    pre = tuple(_pre(tuple(shown_statements(reading)), facts, tags, adsh))
    used = dict.fromkeys([*((row.tag, row.version) for row in num), *((row.tag, row.version) for row in pre)])
    return Submission(_sub(reading, cover, adsh, filed, names), num, tuple(map(tags.row, used)), pre)


def cover_of(report: Report) -> Mapping[str, Value]:
    """Return the values of the cover without a dimension, by their concepts."""
    of_cover = (group.facts for group in report.groups if group.part_name == COVER)
    return {fact.concept: fact.value for facts in of_cover for fact in facts if not fact.context.dimensions}


def accession_of(report: Report, cover: Mapping[str, Value], filed: date) -> str:
    """Return the accession number, or in its place one with letters, which no filing has, made of what is printed."""
    if accession := str(cover.get("AccessionNumber", "")):
        return accession
    text = repr([(fact.concept, fact.context.name, str(fact.value)) for fact in report.facts])
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:5]
    return f"{report.entity_identifier}-{filed:%y}-x{digest}"


def fiscal_of(report: Report, cover: Mapping[str, Value]) -> tuple[str, str]:
    """Return the fiscal year and the fiscal period that a filing reports on, "" for what is not known."""
    periods = (fact.context.period for fact in report.facts if fact.unit is None)
    period = next((period for period in periods if isinstance(period, Duration)), None)
    if period is None:
        return "", ""
    fiscal = report.fiscal(period)
    name = "FY" if is_annual(str(cover.get("DocumentType", ""))) else fiscal.period
    return str(fiscal.year or ""), name


def _sub(reading: Reading, cover: Mapping[str, Value], adsh: str, filed: date, names: Names) -> Sub:
    report = reading.report
    text = {name: _cell(str(value)) for name, value in cover.items()}
    state, state_of_address = text.get("EntityIncorporationStateCountryCode", ""), text.get(_STATE, "")
    end, changed = cover.get("DocumentPeriodEndDate"), cover.get(_RENAMED)
    fiscal_year, fiscal_period = fiscal_of(report, cover)
    sic = _SIC.search(text.get("StandardIndustrialClassification", ""))
    return Sub(
        adsh=adsh,
        cik=str(int(report.entity_identifier)),
        name=text.get("EntityRegistrantName", "").upper(),
        sic=sic[0] if sic else "",
        countryba="US" if state_of_address in _STATES else "",
        stprba=state_of_address if state_of_address in _STATES else "",
        cityba=text.get("EntityAddressCityOrTown", ""),
        zipba=text.get("EntityAddressPostalZipCode", ""),
        bas1=text.get("EntityAddressAddressLine1", ""),
        bas2=text.get("EntityAddressAddressLine2", ""),
        **dict.fromkeys(("baph", "countryma", "stprma", "cityma", "zipma", "mas1", "mas2"), ""),
        countryinc="US" if state in _STATES else "",
        stprinc=state if state in _STATES else "",
        ein=re.sub(r"\D", "", text.get("EntityTaxIdentificationNumber", "")),
        former=text.get("EntityInformationFormerLegalOrRegisteredName", ""),
        changed=f"{changed:%Y%m%d}" if isinstance(changed, date) else "",
        afs=_filer_category(text.get("EntityFilerCategory", "")),
        wksi="1" if text.get("EntityWellKnownSeasonedIssuer", "") == "Yes" else "0",
        fye=text.get("CurrentFiscalYearEndDate", "").replace("-", ""),
        form=text.get("DocumentType") or text.get("ExhibitType", ""),
        period=_day(month_end(end)) if isinstance(end, date) else "",
        fy=fiscal_year,
        fp=fiscal_period,
        filed=_day(filed),
        accepted=f"{filed.isoformat()} 00:00:00.0",
        prevrpt="0",
        detail="0",
        instance=names.vocabulary.file.removesuffix(".xsd") + ".xml",
        nciks=str(1 + len(reading.filing.header.co_registrants)),
        aciks="",
    )


_STATE = "EntityAddressStateOrProvince"
_RENAMED = "EntityInformationDateToChangeFormerLegalOrRegisteredName"


def _filer_category(text: str) -> str:
    return next((code for words, code in _FILER_CATEGORIES if words in text.lower()), "")


class _Tags:
    """The tags and versions of concepts: own elements have the accession number as their version."""

    def __init__(self, names: Names, adsh: str) -> None:
        self._own = {element.name: element for element in names.elements}
        self._names, self._adsh = names, adsh
        self._of_tags: dict[tuple[str, str], str] = {}

    def key(self, name: str) -> tuple[str, str]:
        """Return the tag and the version of a qualified name."""
        prefix, _, local = name.partition(":")
        key = local, _VERSIONS.get(prefix, self._adsh)
        self._of_tags[key] = name
        return key

    def row(self, key: tuple[str, str]) -> Tag:
        """Return the row of a tag and version."""
        name = self._of_tags[key]
        concept = self._names.concept_of(name)
        return self._own_row(key) if concept is None else _standard_row(key, concept)

    def _own_row(self, key: tuple[str, str]) -> Tag:
        element = self._own[key[0]]
        iord = "I" if element.period_type == "instant" else "D"
        return Tag(*key, "1", "0", element.type, iord, "", _cell(element.caption), "")


def _standard_row(key: tuple[str, str], concept: Concept) -> Tag:
    iord = "I" if concept.period_type == "instant" else "D"
    crdr = {"debit": "D", "credit": "C"}.get(concept.balance, "")
    return Tag(*key, "0", "0", concept.type, iord, crdr, _cell(concept.label), _cell(concept.documentation))


def _num(facts: Sequence[Fact], report: Report, tags: _Tags, adsh: str) -> Iterator[Num]:
    """Yield the numbers, the first of each key: two days of one month have one `ddate`."""
    seen: set[tuple[str, ...]] = set()
    for fact, original in zip(facts, report.facts, strict=True):
        if not isinstance(fact.value, Decimal) or fact.unit is None:
            continue
        period = fact.context.period
        last = period.day if isinstance(period, Instant) else period.end
        quarters = _quarters(original, report)
        key = (*tags.key(fact.concept), _day(month_end(last)), str(quarters), _uom(fact.unit), _segments(fact.context))
        if key not in seen:
            seen.add(key)
            value = fact.value.quantize(_FOUR_DIGITS, ROUND_HALF_EVEN) if fact.value.adjusted() < 24 else fact.value
            yield Num(adsh, *key, "", f"{value:f}", "")


def _quarters(fact: Fact, report: Report) -> int:
    period = fact.context.period
    if isinstance(period, Instant):
        return 0
    quarters = report.fiscal(period).quarters
    return quarters or max(1, round(((period.end - period.start).days + 1) / _DAYS_OF_QUARTER))


def _uom(unit: Unit) -> str:
    """Return a unit as the data sets do: an amount per share has that of the amount."""
    return unit.numerator.rpartition(":")[2]


def _segments(context: Context) -> str:
    """Return the dimensions as `ClassOfStock=CommonClassA;`, "" without any."""
    texts = []
    for dimension in context.dimensions:
        axis = dimension.axis.rpartition(":")[2].removesuffix("Axis").removeprefix("Statement")
        member = dimension.member.rpartition(":")[2].removesuffix("Member") or dimension.text.translate(_SEPARATORS)
        texts.append(f"{axis}={' '.join(legal_xml(member).split())};")
    return "".join(texts)[:_LONGEST_SEGMENTS]


def _pre(statements: Sequence[ShownStatement], facts: Sequence[Fact], tags: _Tags, adsh: str) -> Iterator[Pre]:
    for report, statement in enumerate(statements, 1):
        is_own = statement.sort == "Statement" and statement.kind is not None
        code = "CP" if statement.sort == "Document" else _code(statement.kind) if is_own else "UN"
        line = 0
        above: tuple[str, ...] = ()
        for row in statement.rows:
            line += 1 + sum(heading not in above for heading in row.headings)  # headings have a line, too
            above = row.headings
            yield Pre(
                adsh,
                str(report),
                str(line),
                code,
                str(int(statement.parenthetical)),
                "H",
                *tags.key(facts[row.facts[0]].concept),
                _cell(row.caption),
                str(int(row.negated)),
            )


def _code(kind: StatementKind | None) -> str:
    return "UN" if kind is None else kind.value.upper()


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _cell(text: str) -> str:
    """Return text without what ends a cell or a row of a table of tabs."""
    return " ".join(legal_xml(text).split())
