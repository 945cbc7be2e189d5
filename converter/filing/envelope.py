"""Parse the SGML envelope of an EDGAR submission: its header fields, and its documents as ranges of the text.

The tags are those of the EDGAR dissemination files (PDS technical specification): `<SEC-DOCUMENT>` or `<IMS-DOCUMENT>`
around a header of "NAME: value" lines, or `<SUBMISSION>` with `<NAME>value` lines (.nc files), then `<DOCUMENT>`s.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from converter.vocabulary import Code, Finding, Severity

_ENVELOPES = ("<SEC-DOCUMENT>", "<IMS-DOCUMENT>", "<SUBMISSION>")
_DOCUMENT_FIELD = re.compile(r"^<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>(.*)$|^<TEXT>[ \t]*\n?", re.M | re.I)
_HEADER_END = re.compile(r"^</(?:SEC|IMS)-HEADER>.*$", re.M)
_HEADER_LINE = re.compile(r"^[ \t]*(?:<(/?[A-Z][A-Z0-9-]*)>|([A-Z][A-Z0-9 &/-]*):)(.*)$", re.M)
_ACCESSION = re.compile(r"\b\d{10}-\d\d-\d{6}\b")
_SIC = re.compile(r"\[(\d{3,4})\]|^(\d{3,4})$")
_FOUR_DIGITS = re.compile("[0-9]{4}")
_EIGHT_DIGITS = re.compile("[0-9]{8}")
_LONGEST_HEADER = 500_000

_ROLES = {"FILER", "SUBJECT COMPANY", "FILED BY", "ISSUER", "REPORTING OWNER", "SERIAL COMPANY", "DEPOSITOR"}
_ROLES |= {"SECURITIZER", "FILED FOR"}
_PREFERRED_ROLES = ("FILER", "SUBJECT COMPANY", "ISSUER")
_FIELD_NAMES = {
    "COMPANY CONFORMED NAME": "company",
    "CONFORMED NAME": "company",
    "COMPANY NAME": "company",
    "CENTRAL INDEX KEY": "cik",
    "CIK": "cik",
    "STANDARD INDUSTRIAL CLASSIFICATION": "sic",
    "ASSIGNED SIC": "sic",
    "FISCAL YEAR END": "fiscal_year_end",
    "STATE OF INCORPORATION": "state",
    "IRS NUMBER": "irs_number",
    "STREET 1": "street",
    "STREET1": "street",
    "STREET 2": "street_2",
    "STREET2": "street_2",
    "CITY": "city",
    "STATE": "state_of_address",
    "ZIP": "postal_code",
    "FORMER CONFORMED NAME": "former_name",
    "DATE OF NAME CHANGE": "renamed",
    "DATE CHANGED": "renamed",
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
_ADDRESS_FIELDS = {"street", "street_2", "city", "state_of_address", "postal_code"}
_COMPANY_FIELDS = {"company", "cik", "sic", "fiscal_year_end", "state", "irs_number", "former_name", "renamed"}
_COMPANY_FIELDS |= _ADDRESS_FIELDS
_ADDRESSES = {"BUSINESS ADDRESS", "MAIL ADDRESS"}


class Header(Struct, frozen=True):
    """The fields of a submission's header; "" or None if missing.

    `cik` has ten digits, `sic` four; `fiscal_year_end` is "MMDD"; `period` is the conformed period of report. `state`
    is the code of the state of incorporation, `street` to `postal_code` the business address (else the mail address),
    `former_name` the last one and `renamed` the day on which it was given up; `co_registrants` are the names of the
    other filers.
    """

    company: str = ""
    cik: str = ""
    sic: str = ""
    fiscal_year_end: str = ""
    form: str = ""
    accession: str = ""
    period: date | None = None
    filed: date | None = None
    state: str = ""
    irs_number: str = ""
    street: str = ""
    street_2: str = ""
    city: str = ""
    state_of_address: str = ""
    postal_code: str = ""
    former_name: str = ""
    renamed: date | None = None
    co_registrants: tuple[str, ...] = ()


class Part(Struct, frozen=True):
    """One document of a submission: its fields, and the range [start, end) of its body in the text."""

    type: str
    sequence: int
    filename: str
    description: str
    start: int
    end: int


class Envelope(Struct, frozen=True):
    """A submission: its header, its documents, and the offset `body` of the text after the header."""

    header: Header
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    body: int


class _Company(Struct):
    role: str
    values: dict[str, str] = {}


def read_envelope(text: str) -> Envelope:
    """Parse the submission in a normalised text. A text without an envelope has no parts and an empty header.

    If the file repeats the first submission (same accession number), its most complete copy is used. Other
    submissions in the file are ignored, with a warning.
    """
    starts = sorted(start for tag in _ENVELOPES for start in _line_starts(text, tag, 0, len(text)))
    bounds = [0, *starts[1:], len(text)]
    envelopes = [_parse_envelope(text, start, end) for start, end in pairwise(bounds)]
    first = envelopes[0]
    copies = [envelope for envelope in envelopes if envelope.header.accession == first.header.accession]
    chosen = max(copies, key=lambda copy: len(copy.parts))
    findings = chosen.findings + _submission_findings(envelopes, copies)
    return Envelope(chosen.header, chosen.parts, findings, chosen.body)


def _submission_findings(envelopes: Sequence[Envelope], copies: Sequence[Envelope]) -> tuple[Finding, ...]:
    """Report repeated copies of the submission, and other submissions among the envelopes of the file."""
    accession = copies[0].header.accession
    findings = []
    if len(copies) > 1:
        name = accession or "without accession number"
        message = f"submission {name} stands {len(copies)} times in the file; read once"
        findings.append(Finding(Severity.INFO, Code.REPEATED_SUBMISSION, message))
    ignored = [envelope.header.accession for envelope in envelopes if envelope.header.accession != accession]
    if ignored:
        message = f"only submission {accession} is read; the file also holds {', '.join(ignored)}"
        findings.append(Finding(Severity.WARNING, Code.SEVERAL_SUBMISSIONS, message))
    return tuple(findings)


def _parse_envelope(text: str, start: int, end: int) -> Envelope:
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
    """Yield the offsets in [start, end) of the lines that start with a tag."""
    position = text.find(tag, start, end)
    while position >= 0:
        if position == 0 or text[position - 1] == "\n":
            yield position
        position = text.find(tag, position + 1, end)


def _read_part(text: str, start: int, end: int) -> Part:
    end = next(_line_starts(text, "</DOCUMENT>", start, end), end)
    fields: dict[str, str] = {}
    body = text.find("\n", start, end) + 1 or end
    for match in _DOCUMENT_FIELD.finditer(text, start, end):
        body = match.end()
        if match[1] is None:
            break
        fields.setdefault(match[1].upper(), match[2].strip())
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
    section = ""
    for match in _HEADER_LINE.finditer(text):
        name = (match[1] or match[2]).replace("-", " ").strip()
        value = match[3].strip()
        if name in _ROLES and not value:
            companies.append(_Company(name))
        if name in _ADDRESSES:
            section = name
        key = _FIELD_NAMES.get(name)
        if key in _ADDRESS_FIELDS and section == "MAIL ADDRESS":
            key = f"mail_{key}"
        if key and value:
            (companies[-1].values if key in _COMPANY_FIELDS or key.startswith("mail_") else values).setdefault(
                key, value
            )
    named = [company for company in companies if company.values]
    fallback = named[0] if named else companies[0]
    chosen = next((company for company in named if company.role in _PREFERRED_ROLES), fallback)
    accession = _ACCESSION.search(values.get("accession", "")) or _ACCESSION.search(text)
    address = _address(chosen)
    header = Header(
        company=chosen.values.get("company", ""),
        cik=_cik(chosen.values.get("cik", "")),
        sic=_sic(chosen.values.get("sic", "")),
        fiscal_year_end=_month_and_day(chosen.values.get("fiscal_year_end", "")),
        form=values.get("form", ""),
        accession=accession[0] if accession else "",
        period=_date(values.get("period", "")),
        filed=_date(values.get("filed", "")),
        state=chosen.values.get("state", ""),
        irs_number=_irs_number(chosen.values.get("irs_number", "")),
        street=address["street"],
        street_2=address["street_2"],
        city=address["city"],
        state_of_address=address["state_of_address"],
        postal_code=address["postal_code"],
        former_name=chosen.values.get("former_name", ""),
        renamed=_date(chosen.values.get("renamed", "")),
        co_registrants=_co_registrants(chosen, named),
    )
    return header, _filer_findings(chosen, named)


def _address(company: _Company) -> dict[str, str]:
    """Return the fields of the business address, of the mail address if the header has no other."""
    prefix = "" if company.values.get("city") or company.values.get("street") else "mail_"
    return {name: company.values.get(prefix + name, "") for name in _ADDRESS_FIELDS}


def _co_registrants(chosen: _Company, named: Sequence[_Company]) -> tuple[str, ...]:
    """Return the names of the other companies of the chosen one's role."""
    names = (company.values.get("company", "") for company in named if company.role == chosen.role)
    return tuple(dict.fromkeys(name for name in names if name and name != chosen.values.get("company")))


def _irs_number(value: str) -> str:
    """Return an employer identification number as 12-3456789, "" for anything else, and for zeros."""
    digits = value.replace("-", "")
    is_number = digits.isascii() and digits.isdigit() and len(digits) == 9 and int(digits) > 0
    return f"{digits[:2]}-{digits[2:]}" if is_number else ""


def _filer_findings(chosen: _Company, named: Sequence[_Company]) -> tuple[Finding, ...]:
    """Report the companies that the header names besides the chosen one."""
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
    match = _SIC.search(value)
    return (match[1] or match[2]).zfill(4) if match else ""


def _month_and_day(value: str) -> str:
    if not _FOUR_DIGITS.fullmatch(value):
        return ""
    return value if 1 <= int(value[:2]) <= 12 and 1 <= int(value[2:]) <= 31 else ""


def _date(value: str) -> date | None:
    if not _EIGHT_DIGITS.fullmatch(value):
        return None
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        return None
