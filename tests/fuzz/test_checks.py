"""Every defect is found: those planted here."""

import os
import re
import time
from collections.abc import Callable
from datetime import date

import pytest
from helpers.archives import release

from converter.filing import NotAReport
from converter.outputs import FORMATS, CheckedReading, InvalidInstance
from converter.pipeline import Reading, read_data
from converter.report import Account, Options, Report, build
from converter.vocabulary import Code, Finding, Severity, duration_ending
from fuzz import checks
from fuzz.checks import Limits, check
from fuzz.mutants import Kind, Mutant

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of time and memory are those of POSIX")

LIMITS = Limits(seconds=5, megabytes=1000)
GOOD = Mutant(Kind.FILING, "good", (), {"": release(1)})


def problems(limits: Limits = LIMITS, thorough: bool = False) -> list[tuple[str, str]]:
    return [(problem.kind, problem.place) for problem in check(GOOD, limits, thorough).problems]


def test_nothing_is_wrong_with_a_release() -> None:
    result = check(GOOD, thorough=True)
    assert (result.status, result.problems) == ("converted", ())
    assert result.seconds > 0


def test_a_refusal_is_no_problem() -> None:
    result = check(GOOD._replace(files={"": b"nothing"}), thorough=True)
    assert (result.status, result.problems) == ("refused", ())


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, object], None]:
    return lambda name, defect: monkeypatch.setattr(checks, name, defect)


Plant = Callable[[str, object], None]


def test_an_exception_has_its_place(plant: Plant) -> None:
    plant("read_data", lambda data, name, options: duration_ending(date(1998, 12, 31), months=0))
    ((kind, place),) = problems()
    assert kind == "exception"
    assert re.fullmatch(r"converter/vocabulary/periods\.py:duration_ending:\d+, ValueError", place)


def test_a_refusal_of_two_lines(plant: Plant) -> None:
    def refuse(data: bytes, name: str, options: Options) -> Reading:
        raise NotAReport("a\nb")

    plant("read_data", refuse)
    assert problems() == [("message", "lines")]


def test_what_takes_long(plant: Plant) -> None:
    def wait(data: bytes, name: str, options: Options) -> Reading:
        end = time.process_time() + 5
        while time.process_time() < end:
            pass
        raise AssertionError("the limit does not hold")

    plant("read_data", wait)
    assert problems(limits=Limits(0.05, 1000)) == [("slow", "outside of the package, TooSlow")]


def test_what_takes_much(plant: Plant) -> None:
    def take(data: bytes, name: str, options: Options) -> Reading:
        assert len(bytearray(b"x") * (200 << 20)) > len(data)
        return read_data(data, name, options)

    plant("read_data", take)
    assert problems(limits=Limits(5, 100)) == [("large", "filing")]

    def refuse(data: bytes, name: str, options: Options) -> Reading:
        raise MemoryError

    plant("read_data", refuse)
    assert problems() == [("large", "outside of the package, MemoryError")]


def test_an_invalid_instance(plant: Plant) -> None:
    def refuse(reading: Reading, name: str) -> CheckedReading:
        raise InvalidInstance([Finding(Severity.ERROR, Code.SCHEMA_INVALID, "wrong")])

    plant("checked", refuse)
    assert problems() == [("invalid", "schema")]


@pytest.mark.parametrize(("account", "place"), [(Account(3, 1, 1), "lost"), (Account(1, 1, 1), "counted twice")])
def test_figures_without_account(monkeypatch: pytest.MonkeyPatch, account: Account, place: str) -> None:
    monkeypatch.setattr(build, "account_of", lambda statements, indexes, findings: account)
    assert problems() == [("unaccounted", place)]


def test_a_fact_that_does_not_come_back(plant: Plant) -> None:
    plant("load", lambda path: Report("", "", (), (), read_data(GOOD.data, "a").report.summary, ()))
    assert problems(thorough=True) == [("not round-trip", known.name) for known in FORMATS if known.loadable]
    assert problems() == []


def test_another_result_the_second_time(plant: Plant) -> None:
    names = iter("ab")
    plant("read_data", lambda data, name, options: read_data(data, name, Options(entity=next(names))))
    assert problems(thorough=True) == [("not deterministic", "filing")]


@pytest.mark.parametrize(("format", "ending"), [("xml", ""), ("csv", "-metadata.json")])
def test_an_output_that_is_not_ours_is_refused(format: str, ending: str) -> None:
    mutant = Mutant(Kind.OUTPUT, "", (), {"": b"x", ending: b"x"}, format=format)
    assert check(mutant, thorough=True)[:2] == check(mutant)[:2]
    assert check(mutant).status == "refused"


def test_an_archive_is_read_and_converted() -> None:
    result = check(Mutant(Kind.ARCHIVE, "", (), {"": release(1)}), thorough=True)
    assert (result.status, result.problems) == ("read", ())
