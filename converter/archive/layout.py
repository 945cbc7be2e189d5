"""Where the files of a dataset stand, as names relative to its folder, with slashes."""

import hashlib
import re
import zlib
from datetime import date

from converter.archive.task import Outcome

MANIFEST = "manifest.sqlite"
SOURCES = "sources.parquet"
REPORT = "report.html"
WORK = ".work"
"""Files being written, and the lock of the run; nothing in it outlives a run."""

PARTS = 16
"""How many files a year's rows are spread over, by entity: a company's rows of a year stand in one file."""

_UNSAFE = re.compile(r"[^\w.,+=@ ()\-]+", re.ASCII)
_LONGEST = 100


def stem_of(outcome: Outcome) -> str:
    """The name of a filing's files, less their endings: by registrant and accession number when both are known."""
    if outcome.cik and re.fullmatch(r"[\d-]+", outcome.accession):
        return f"filings/{outcome.cik}/{outcome.accession}"
    return f"filings/unidentified/{_safe_path(outcome.source.path)}"


def part_of(outcome: Outcome) -> str:
    """The partition that a filing's rows belong to: `year=2003/part-a`, by the year of the period's end."""
    return f"year={_year(outcome.period_end)}/part-{zlib.crc32(outcome.entity.encode()) % PARTS:x}"


def _year(day: date | None) -> str:
    return str(day.year) if day else "__HIVE_DEFAULT_PARTITION__"  # how Hive and all that read like it say "no value"


def _safe_path(path: str) -> str:
    """A path as a name inside a folder: no way out, nothing that a file system objects to, no two alike."""
    parts = [_safe(part) for part in re.split(r"[/!\\]+", path.replace("://", "/")) if part not in ("", ".")]
    return "/".join(parts) or "source"


def _safe(part: str) -> str:
    shown = _UNSAFE.sub("_", part).strip(" ")
    if shown == part and part.strip(".") and len(part) <= _LONGEST:
        return part
    return f"{shown.strip('.')[:_LONGEST]}~{hashlib.sha256(part.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
