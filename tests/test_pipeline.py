"""All steps in a row, and files that are replaced as a whole or not at all."""

import os
from pathlib import Path

import pytest

from converter.filing.reader import NotAReport
from converter.outputs.files import replacing
from converter.outputs.validity import instance_of
from converter.outputs.validity.schema import validate_xml
from converter.pipeline import read_data
from converter.report import Options

BALANCE_SHEET = b"""\
                          ACME INC
                        BALANCE SHEETS
                                     December 31,
                                   1997        1996
                                 --------    --------
Cash                             $ 12,345    $ 11,111
Inventories                         2,000          --
                                 --------    --------
Total assets                     $ 14,345    $ 11,111
                                 ========    ========
Accounts payable                 $  4,345    $  1,111
Retained earnings                  10,000      10,000
                                 --------    --------
Total liabilities and equity     $ 14,345    $ 11,111
                                 ========    ========
"""


def test_every_printed_figure_becomes_a_fact() -> None:
    reading = read_data(BALANCE_SHEET, "acme.txt", Options(cik="123"))
    printed = sum(figure is not None for item in reading.statements[0].statement.items for figure in item.figures)
    assert printed == reading.report.summary.figures == 12
    assert len(reading.statements) == 1
    assert validate_xml(instance_of(reading.report)) == ()


def test_facts_point_at_the_characters_they_were_read_from() -> None:
    reading = read_data(BALANCE_SHEET, "acme.txt")
    for fact in reading.report.facts:
        if fact.statement is not None:
            assert fact.source is not None
            line = reading.filing.documents[fact.source.document].lines[fact.source.line]
            start, end = line.span(fact.source.start, fact.source.end)
            digits = "".join(filter(str.isdigit, reading.filing.text[start:end]))
            assert digits == (str(fact.value).lstrip("-") if fact.value else "")


def test_a_currency_given_by_the_user() -> None:
    report = read_data(BALANCE_SHEET, "acme.txt", Options(currency="CAD")).report
    assert {unit.numerator for unit in report.units()} == {"iso4217:CAD"}


@pytest.mark.parametrize("data", [b"", b"   \n", b"Nothing but words.\n" * 50, b"\xff\xd8\xff\xe0" + bytes(99)])
def test_nothing_to_convert(data: bytes) -> None:
    with pytest.raises(NotAReport) as caught:
        read_data(data, "x")
    assert str(caught.value)
    assert "\n" not in str(caught.value)


def _fail_halfway(target: Path) -> None:
    with replacing(target) as stream:
        stream.write(b"half")
        raise ZeroDivisionError


def test_replacing_a_file(tmp_path: Path) -> None:
    target = tmp_path / "out.xml"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        _fail_halfway(target)
    assert target.read_bytes() == b"old"
    with replacing(target) as stream:
        stream.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["out.xml"]


def test_replacing_what_a_link_points_to(tmp_path: Path) -> None:
    target, link = tmp_path / "real.xml", tmp_path / "link.xml"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with replacing(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_writing_to_what_is_no_regular_file() -> None:
    with replacing(Path(os.devnull)) as stream:
        stream.write(b"gone")
    assert not Path(os.devnull).is_file()
