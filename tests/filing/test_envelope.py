from datetime import date

import pytest

from converter.filing.envelope import Header, read_envelope

DISSEMINATED = """\
<SEC-DOCUMENT>0000123456-98-000004.txt : 19980310
<SEC-HEADER>0000123456-98-000004.hdr.sgml : 19980310
ACCESSION NUMBER:\t\t0000123456-98-000004
CONFORMED SUBMISSION TYPE:\t10-K
CONFORMED PERIOD OF REPORT:\t19971231
FILED AS OF DATE:\t\t19980309

FILER:

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tEXAMPLE BEVERAGES CO
\t\tCENTRAL INDEX KEY:\t\t\t0000123456
\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tBEVERAGES [2080]
\t\tIRS NUMBER:\t\t\t\t123456789
\t\tSTATE OF INCORPORATION:\t\t\tDE
\t\tFISCAL YEAR END:\t\t\t1231

\tBUSINESS ADDRESS:\t
\t\tSTREET 1:\t\tONE BOTTLE PLAZA
\t\tSTREET 2:\t\tSUITE 7
\t\tCITY:\t\t\tSODAVILLE
\t\tSTATE:\t\t\tGA
\t\tZIP:\t\t\t30313

\tMAIL ADDRESS:\t
\t\tSTREET 1:\t\tPO BOX 1
\t\tCITY:\t\t\tELSEWHERE

\tFORMER COMPANY:\t
\t\tFORMER CONFORMED NAME:\tOLD NAME CO
\t\tDATE OF NAME CHANGE:\t19920501
</SEC-HEADER>
<DOCUMENT>
<TYPE>10-K
<SEQUENCE>1
<FILENAME>a10k.txt
<DESCRIPTION>ANNUAL REPORT
<TEXT>
body one
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-27
<SEQUENCE>2
<TEXT>
body two
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""
EXPECTED = Header(
    "EXAMPLE BEVERAGES CO",
    "0000123456",
    "2080",
    "1231",
    "10-K",
    "0000123456-98-000004",
    date(1997, 12, 31),
    date(1998, 3, 9),
    "DE",
    "12-3456789",
    "ONE BOTTLE PLAZA",
    "SUITE 7",
    "SODAVILLE",
    "GA",
    "30313",
    "OLD NAME CO",
    date(1992, 5, 1),
)
NC = """\
<SUBMISSION>
<ACCESSION-NUMBER>0000123456-98-000004
<TYPE>10-K
<PERIOD>19971231
<FILING-DATE>19980309
<FILER>
<COMPANY-DATA>
<CONFORMED-NAME>EXAMPLE BEVERAGES CO
<CIK>123456
<ASSIGNED-SIC>2080
<IRS-NUMBER>123456789
<STATE-OF-INCORPORATION>DE
<FISCAL-YEAR-END>1231
</COMPANY-DATA>
<BUSINESS-ADDRESS>
<STREET1>ONE BOTTLE PLAZA
<STREET2>SUITE 7
<CITY>SODAVILLE
<STATE>GA
<ZIP>30313
</BUSINESS-ADDRESS>
<FORMER-COMPANY>
<FORMER-CONFORMED-NAME>OLD NAME CO
<DATE-CHANGED>19920501
</FORMER-COMPANY>
</FILER>
<DOCUMENT>
<TYPE>10-K
<TEXT>
body one
"""


@pytest.mark.parametrize("text", [DISSEMINATED, DISSEMINATED.replace("SEC-", "IMS-"), NC], ids=["sec", "ims", "nc"])
def test_header_in_its_spellings(text: str) -> None:
    assert read_envelope(text).header == EXPECTED


def test_documents_with_their_fields_and_text() -> None:
    parts = read_envelope(DISSEMINATED).parts
    assert [(part.type, part.sequence, part.filename, part.description) for part in parts] == [
        ("10-K", 1, "a10k.txt", "ANNUAL REPORT"),
        ("EX-27", 2, "", ""),
    ]
    assert [DISSEMINATED[part.start : part.end] for part in parts] == ["body one\n", "body two\n"]


@pytest.mark.parametrize("size", range(0, len(DISSEMINATED), 25))
def test_truncated_submissions_are_read_as_far_as_they_go(size: int) -> None:
    text = DISSEMINATED[:size]
    envelope = read_envelope(text)
    assert len(envelope.parts) == text.count("<DOCUMENT>")
    assert all(part.start <= part.end <= size for part in envelope.parts)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("FISCAL YEAR END:\t0000", "fiscal_year_end", ""),
        ("FISCAL YEAR END:\t930", "fiscal_year_end", ""),
        ("CENTRAL INDEX KEY:\t12345678901", "cik", ""),
        ("CENTRAL INDEX KEY:\t320193", "cik", "0000320193"),
        ("STANDARD INDUSTRIAL CLASSIFICATION:\t3711", "sic", "3711"),
        ("STANDARD INDUSTRIAL CLASSIFICATION:\t[0100]", "sic", "0100"),
        ("STANDARD INDUSTRIAL CLASSIFICATION:\tUNKNOWN", "sic", ""),
        ("CONFORMED PERIOD OF REPORT:\t19990631", "period", None),
        ("CONFORMED PERIOD OF REPORT:\t", "period", None),
        ("FILED AS OF DATE:\t20000229", "filed", date(2000, 2, 29)),
    ],
)
def test_header_values(line: str, field: str, value: object) -> None:
    assert getattr(read_envelope(f"<SEC-HEADER>\n{line}\n</SEC-HEADER>\n").header, field) == value


def test_first_filer_is_taken_and_the_others_are_named() -> None:
    text = """<SEC-HEADER>
FILED BY:
\tCOMPANY CONFORMED NAME:\tRAIDER LP
\tCENTRAL INDEX KEY:\t1
SUBJECT COMPANY:
\tCOMPANY CONFORMED NAME:\tTARGET INC
\tCENTRAL INDEX KEY:\t2
FILER:
\tCOMPANY CONFORMED NAME:\tSUBSIDIARY INC
\tCENTRAL INDEX KEY:\t3
</SEC-HEADER>
"""
    envelope = read_envelope(text)
    assert (envelope.header.company, envelope.header.cik) == ("TARGET INC", "0000000002")
    (finding,) = envelope.findings
    assert finding.code == "several-filers"
    assert "RAIDER LP" in finding.message
    assert "SUBSIDIARY INC" in finding.message


def test_a_repeated_submission_counts_once() -> None:
    envelope = read_envelope(DISSEMINATED[:-120] + "\n" + DISSEMINATED)
    assert len(envelope.parts) == 2
    assert [finding.code for finding in envelope.findings] == ["repeated-submission"]


def test_another_submission_is_left_out_with_a_warning() -> None:
    envelope = read_envelope(DISSEMINATED + DISSEMINATED.replace("-000004", "-000005"))
    assert envelope.header == EXPECTED
    assert len(envelope.parts) == 2
    assert [(finding.code, finding.severity) for finding in envelope.findings] == [("several-submissions", "warning")]


def test_plain_text_has_no_envelope() -> None:
    envelope = read_envelope("Dear shareholders:\nFORM TYPE: none\n")
    assert (envelope.header, envelope.parts, envelope.body) == (Header(), (), 0)
