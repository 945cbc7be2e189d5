"""Validation of an instance against its XML Schemas, and with the XBRL processor Arelle."""

import functools
import importlib.util
import itertools
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from converter.taxonomy import ENTRY_POINT, schema_locations
from converter.vocabulary import Code, Finding, Severity

if TYPE_CHECKING:
    from subprocess import CompletedProcess

    from xmlschema import XMLSchema10

_DIMENSIONS = "http://www.xbrl.org/2006/xbrldi-2006.xsd"
_MAX_ERRORS = 20
_ARELLE_TIMEOUT = 300  # seconds
_ARELLE_FLAGS = (
    *("--validate", "--calc", "c11r", "--validateDuplicateFacts", "inconsistent", "--validateXmlOim"),
    *("--internetConnectivity", "offline", "--disablePersistentConfig"),
    *("--logFormat", "%(levelname)s\t%(messageCode)s\t%(message)s"),
)
_ARELLE_LINE = re.compile(r"(?P<level>[A-Z][A-Z-]+)\t(?P<code>[^\t]+)\t(?P<message>.*)")
_SILENT = frozenset({"DEBUG", "INFO", "INFO-SEMANTIC", "INFO-RESULT"})
_WARNINGS = frozenset({"WARNING", "WARNING-SEMANTIC", "INCONSISTENCY"})


def validate_xml(text: str) -> tuple[Finding, ...]:
    """Validate an instance against the XML Schemas of the taxonomy and of XBRL; it is valid if there are no findings.

    Works offline; the schemas are read once per process. Raises FileNotFoundError when they are not installed.
    """
    from xml.etree.ElementTree import ParseError

    from xmlschema import XMLSchemaException

    try:
        errors = list(itertools.islice(_schema().iter_errors(text), _MAX_ERRORS))
    except (ParseError, XMLSchemaException, UnicodeEncodeError) as error:
        return (_invalid(f"not well-formed XML: {_one_line(str(error))}"),)
    except OverflowError as error:  # a year or a number too large for the validator
        return (_invalid(f"/: {error}"),)
    return tuple(_invalid(f"{error.path or '/'}: {_one_line(error.reason or '')}") for error in errors)


def validate_with_arelle(path: Path, package: Path) -> tuple[Finding, ...]:
    """Have Arelle validate an instance: XBRL 2.1, dimensions, calculations 1.1, duplicates, OIM.

    `package` is the taxonomy package that the instance refers to. Arelle runs offline, in a process of its own.
    Inconsistencies of the source itself, such as a sum that does not hold, are warnings.
    """
    import subprocess
    import tempfile

    if importlib.util.find_spec("arelle") is None:
        return (Finding(Severity.ERROR, Code.ARELLE_MISSING, "arelle-release is not installed"),)
    command = [sys.executable, "-m", "arelle.CntlrCmdLine", "--file", str(path.resolve())]
    command += ["--packages", str(package.resolve()), *_ARELLE_FLAGS]
    with tempfile.TemporaryDirectory() as settings:  # Arelle keeps settings and caches in the user's home otherwise
        environment = {**os.environ, "XDG_CONFIG_HOME": settings, "PYTHONIOENCODING": "utf-8"}
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                stdin=subprocess.DEVNULL,
                timeout=_ARELLE_TIMEOUT,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired:
            message = f"Arelle did not finish within {_ARELLE_TIMEOUT} seconds"
            return (Finding(Severity.ERROR, Code.ARELLE_TIMEOUT, message),)
    return (*_arelle_findings(done.stdout), *_failure(done))


def _arelle_findings(log: str) -> Iterator[Finding]:
    for line in log.splitlines():
        match = _ARELLE_LINE.match(line)
        if match is not None and match["level"] not in _SILENT:
            severity = Severity.WARNING if match["level"] in _WARNINGS else Severity.ERROR
            yield Finding(severity, Code.ARELLE, f"{match['code']}: {match['message'].strip()}")


def _failure(done: "CompletedProcess[str]") -> Iterator[Finding]:
    """Yield a finding if Arelle itself failed: its output does not say that it validated the file."""
    if "validated in" not in done.stdout:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["it said nothing"]
        yield Finding(Severity.ERROR, Code.ARELLE_FAILED, f"Arelle did not validate the file: {_one_line(last[0])}")


@functools.cache
def _schema() -> "XMLSchema10":
    """Return the schema of instances, built once per process.

    The schema documents themselves are not validated, which would triple the time: they are fixed files, which the
    tests validate (`build_schema("strict")`). Instances are validated in full.
    """
    return build_schema("skip")


def build_schema(validation: Literal["strict", "lax", "skip"]) -> "XMLSchema10":
    """Build the schema of instances from installed files; `validation` is the mode for the schema documents.

    Raises FileNotFoundError when a file is missing, and XMLSchemaException in strict mode when one is not valid.
    """
    from xmlschema import XMLSchema10

    local = {url: path.as_uri() for url, path in schema_locations().items()}
    return XMLSchema10([local[ENTRY_POINT], local[_DIMENSIONS]], uri_mapper=local, allow="local", validation=validation)


def _invalid(message: str) -> Finding:
    return Finding(Severity.ERROR, Code.SCHEMA_INVALID, message)


def _one_line(text: str) -> str:
    return " ".join(text.split())
