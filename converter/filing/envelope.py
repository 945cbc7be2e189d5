"""The SGML envelope of an EDGAR submission: its header fields and the documents in it, as ranges of the text.

The tags are those of the EDGAR dissemination files (PDS technical specification): `<SEC-DOCUMENT>` or `<IMS-DOCUMENT>`
around a header of "NAME: value" lines, or `<SUBMISSION>` with `<NAME>value` lines (.nc files), then `<DOCUMENT>`s.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from msgspec import Struct

from converter.vocabulary import Code, Finding, Severity

_ENVELOPES = ("<SEC-DOCUMENT>", "<IMS-DOCUMENT>", "<SUBMISSION>")
_FIELD_OF_DOCUMENT = re.compile(r"^<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>[ \t]*(.*)$|^<TEXT>[ \t]*\n?", re.M | re.I)
_HEADER_END = re.compile(r"^</(?:SEC|IMS)-HEADER>.*$", re.M)
_HEADER_LINE = re.compile(r"^[ \t]*(?:<(/?[A-Z][A-Z0-9-]*)>|([A-Z][A-Z0-9 &/-]*):)[ \t]*(.*)$", re.M)
_ACCESSION = re.compile(r"\b\d{10}-\d\d-\d{6}\b")
_SIC = re.compile(r"\[(\d{3,4})\]|^(\d{3,4})$")
_LONGEST_HEADER = 500_000

_ROLES = {"FILER", "SUBJECT COMPANY", "FILED BY", "ISSUER", "REPORTING OWNER", "SERIAL COMPANY", "DEPOSITOR"}
_ROLES |= {"SECURITIZER", "FILED FOR"}
_FIRST_CHOICE = ("FILER", "SUBJECT COMPANY", "ISSUER")
_SPELLINGS = {
    "COMPANY CONFORMED NAME": "company",
    "CONFORMED NAME": "company",
    "COMPANY NAME": "company",
    "CENTRAL INDEX KEY": "cik",
    "CIK": "cik",
    "STANDARD INDUSTRIAL CLASSIFICATION": "sic",
    "ASSIGNED SIC": "sic",
    "FISCAL YEAR END": "fiscal_year_end",
    "CONFORMED SUBMISSION TYPE": "form",
    "SUBMISSION TYPE": "form",
    "TYPE": "form",
    "ACCESSION NUMBER": "accession",
    "CONFORMED PERIOD OF REPORT": "period",
    "PERIOD OF REPORT": "period",
    "PERIOD": "period",
    "FILED AS OF DATE": "filed",
    "FILING DATE": "filed",
    "DATE OF FILING": "filed",
}
_OF_A_COMPANY = {"company", "cik", "sic", "fiscal_year_end"}


class Header(Struct, frozen=True):
    """What the header of a submission says; "" or None for what it does not.

    `cik` has ten digits, `fiscal_year_end` is "MMDD", `period` the conformed period of report.
    """

    company: str = ""
    cik: str = ""
    sic: str = ""
    fiscal_year_end: str = ""
    form: str = ""
    accession: str = ""
    period: date | None = None
    filed: date | None = None


class Part(Struct, frozen=True):
    """One document of a submission: its fields, and the range [start, end) of its text."""

    type: str
    sequence: int
    filename: str
    description: str
    start: int
    end: int


class Envelope(Struct, frozen=True):
    """A submission: its header, its documents, and where the text after the header starts."""

    header: Header
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    body: int


@dataclass(slots=True)
class _Company:
    role: str
    values: dict[str, str] = field(default_factory=dict)


def read_envelope(text: str) -> Envelope:
    """The submission that a normalised text holds; a text without any envelope has no parts and an empty header.

    A submission that stands in the file more than once (one accession number) counts once, in its most complete copy;
    another submission behind the first one is left out, with a warning.
    """
    starts = sorted(start for tag in _ENVELOPES for start in _line_starts(text, tag, 0, len(text)))
    bounds = [0, *starts[1:], len(text)]
    copies = [_one_envelope(text, start, end) for start, end in pairwise(bounds)]
    first = copies[0]
    same = [copy for copy in copies if copy.header.accession == first.header.accession]
    chosen = max(same, key=lambda copy: len(copy.parts))
    return Envelope(chosen.header, chosen.parts, chosen.findings + _of_copies(copies, same), chosen.body)


def _of_copies(copies: Sequence[Envelope], same: Sequence[Envelope]) -> tuple[Finding, ...]:
    accession = same[0].header.accession
    findings = []
    if len(same) > 1:
        name = accession or "without accession number"
        message = f"submission {name} stands {len(same)} times in the file; read once"
        findings.append(Finding(Severity.INFO, Code.REPEATED_SUBMISSION, message))
    others = [copy.header.accession for copy in copies if copy.header.accession != accession]
    if others:
        message = f"only submission {accession} is read; the file also holds {', '.join(others)}"
        findings.append(Finding(Severity.WARNING, Code.SEVERAL_SUBMISSIONS, message))
    return tuple(findings)


def _one_envelope(text: str, start: int, end: int) -> Envelope:
    opens = list(_line_starts(text, "<DOCUMENT>", start, end))
    header_end = min(opens[0] if opens else end, start + _LONGEST_HEADER)
    closing = _HEADER_END.search(text, start, header_end)
    if closing:
        header_end = closing.end()
    has_header = bool(closing or opens) or any(tag in text[start:header_end] for tag in _ENVELOPES)
    header, findings = _read_header(text[start:header_end]) if has_header else (Header(), ())
    bounds = [*opens, end]
    parts = tuple(_read_part(text, low, high) for low, high in pairwise(bounds))
    return Envelope(header, parts, findings, header_end if closing else start)


def _line_starts(text: str, tag: str, start: int, end: int) -> Iterator[int]:
    """Where lines start with a tag."""
    position = text.find(tag, start, end)
    while position >= 0:
        if position == 0 or text[position - 1] == "\n":
            yield position
        position = text.find(tag, position + 1, end)


def _read_part(text: str, start: int, end: int) -> Part:
    end = next(_line_starts(text, "</DOCUMENT>", start, end), end)
    fields: dict[str, str] = {}
    body = text.find("\n", start, end) + 1 or end
    for found in _FIELD_OF_DOCUMENT.finditer(text, start, end):
        body = found.end()
        if found[1] is None:
            break
        fields.setdefault(found[1].upper(), found[2].strip())
    closing = text.rfind("</TEXT>", body, end)
    sequence = fields.get("SEQUENCE", "")
    return Part(
        type=fields.get("TYPE", "").upper(),
        sequence=int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 10 else 0,
        filename=fields.get("FILENAME", ""),
        description=fields.get("DESCRIPTION", ""),
        start=body,
        end=closing if closing >= 0 else end,
    )


def _read_header(text: str) -> tuple[Header, tuple[Finding, ...]]:
    companies = [_Company("")]
    values: dict[str, str] = {}
    for found in _HEADER_LINE.finditer(text):
        name = (found[1] or found[2]).replace("-", " ").strip()
        value = found[3].strip()
        if name in _ROLES and not value:
            companies.append(_Company(name))
        key = _SPELLINGS.get(name)
        if key and value:
            (companies[-1].values if key in _OF_A_COMPANY else values).setdefault(key, value)
    named = [company for company in companies if company.values]
    chosen = next((company for company in named if company.role in _FIRST_CHOICE), named[0] if named else companies[0])
    accession = _ACCESSION.search(values.get("accession", "")) or _ACCESSION.search(text)
    header = Header(
        company=chosen.values.get("company", ""),
        cik=_cik(chosen.values.get("cik", "")),
        sic=_sic(chosen.values.get("sic", "")),
        fiscal_year_end=_month_and_day(chosen.values.get("fiscal_year_end", "")),
        form=values.get("form", ""),
        accession=accession[0] if accession else "",
        period=_date(values.get("period", "")),
        filed=_date(values.get("filed", "")),
    )
    return header, _of_companies(chosen, named)


def _of_companies(chosen: _Company, named: Sequence[_Company]) -> tuple[Finding, ...]:
    others = {
        _company_label(company): None
        for company in named
        if (company.values.get("cik"), company.values.get("company"))
        != (chosen.values.get("cik"), chosen.values.get("company"))
    }
    if not others:
        return ()
    message = f"the report is taken as that of {_company_label(chosen)}; the header also names {'; '.join(others)}"
    return (Finding(Severity.INFO, Code.SEVERAL_FILERS, message),)


def _company_label(company: _Company) -> str:
    role = company.role.lower() or "company"
    return f"{company.values.get('company', '?')} (CIK {company.values.get('cik', '?')}, {role})"


def _cik(value: str) -> str:
    return value.zfill(10) if value.isascii() and value.isdigit() and len(value) <= 10 else ""


def _sic(value: str) -> str:
    found = _SIC.search(value)
    return (found[1] or found[2]).zfill(4) if found else ""


def _month_and_day(value: str) -> str:
    if not re.fullmatch(r"[0-9]{4}", value):
        return ""
    return value if 1 <= int(value[:2]) <= 12 and 1 <= int(value[2:]) <= 31 else ""


def _date(value: str) -> date | None:
    if not re.fullmatch(r"[0-9]{8}", value):
        return None
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        return None
