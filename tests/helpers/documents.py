"""The documents of tests/documents, which tests/README.md describes, and the examples."""

from pathlib import Path

from converter.asides.details.reading import find_details
from converter.filing.reader import Filing, read_filing
from converter.statements.model import Statement
from converter.statements.reader import read_statements
from converter.vocabulary.findings import Finding
from helpers.paths import DOCUMENTS, EXAMPLES, EXPECTED


def documents() -> list[Path]:
    """Every document of tests/documents, by name."""
    return sorted(path for path in DOCUMENTS.iterdir() if path.suffix in (".txt", ".htm"))


def convertible() -> list[Path]:
    """The documents that become a report."""
    refused = b"not a report"
    return [path for path in documents() if not path.with_suffix(".golden").read_bytes().startswith(refused)]


def examples() -> list[Path]:
    """Every example, by name."""
    return sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".htm"))


def instance_of(example: Path) -> Path:
    """Where the instance of an example is kept."""
    return EXPECTED / f"{example.stem}.xml"


def read_document(path: Path) -> tuple[Filing, tuple[Statement, ...], tuple[Finding, ...]]:
    """The document as a filing, its statements, and the findings of both steps."""
    filing = read_filing(path.read_bytes(), path.name)
    read = read_statements(filing)
    details = (table for tables in read.documents for table in find_details(tables))
    return filing, (*read.statements, *details), (*filing.findings, *read.findings, *read.tables_left_out())
