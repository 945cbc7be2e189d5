"""Names of the files of a dataset, relative to its folder, with slashes."""

import hashlib
import re
import zlib
from datetime import date

from converter.archive.task import Outcome

MANIFEST = "manifest.sqlite"
SOURCES = "sources.parquet"
REPORT = "report.html"
WORK = ".work"
"""Folder of drafts and of the lock of a run; nothing in it outlives the run."""

PARTS = 16
"""Number of partitions per year, by entity: the rows of a company for one year are in one file."""

_UNSAFE = re.compile(r"[^\w.,+=@ ()\-]+", re.ASCII)
_MAX_PART_LENGTH = 100


def stem_of(outcome: Outcome) -> str:
    """Return the name of a filing's files without their endings.

    It consists of registrant and accession number if both are known, else of the path of the source.
    """
    if outcome.cik and re.fullmatch(r"[\d-]+", outcome.accession):
        return f"filings/{outcome.cik}/{outcome.accession}"
    return f"filings/unidentified/{_safe_path(outcome.source.path)}"


def part_of(outcome: Outcome) -> str:
    """Return the partition of a filing's rows, `year=2003/part-a`, by the year of the period's end and the entity."""
    return f"year={_year(outcome.period_end)}/part-{zlib.crc32(outcome.entity.encode()) % PARTS:x}"


def _year(day: date | None) -> str:
    return str(day.year) if day else "__HIVE_DEFAULT_PARTITION__"  # the name for a missing value in Hive partitions


def _safe_path(path: str) -> str:
    """Return a path as a name inside a folder, valid on every file system; different paths stay different."""
    parts = [_safe(part) for part in re.split(r"[/!\\]+", path.replace("://", "/")) if part not in ("", ".")]
    return "/".join(parts) or "source"


def _safe(part: str) -> str:
    replaced = _UNSAFE.sub("_", part).strip(" ")
    if replaced == part and part.strip(".") and len(part) <= _MAX_PART_LENGTH:
        return part
    digest = hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{replaced.strip('.')[:_MAX_PART_LENGTH]}~{digest}"
