"""What is known of a filing from beside it: an index of filings, or the folders that a downloader keeps it in.

A document without a submission's header does not say whose it is or when it was filed. Three things can:

- an index: EDGAR's `master.idx`, or a CSV table of one's own or of edgar-crawler (`FILINGS_METADATA.csv`);
- the names of sec-edgar-downloader: `sec-edgar-filings/CIK/FORM/ACCESSION/`, with the submission beside the document;
- the names of edgar-crawler: `RAW_FILINGS/FORM/CIK_FORM_YEAR_ACCESSION.htm`, with its table two folders up.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from msgspec.structs import asdict, replace

from converter.filing.envelope import Header, read_envelope
from converter.filing.lines import normalise

_ACCESSION = re.compile(r"(?<!\d)(\d{10})-?(\d{2})-?(\d{6})(?!\d)")
_CIK = re.compile(r"\d{1,10}")
_CRAWLED = re.compile(r"(\d{1,10})_(\w{1,12})_(\d{4})_(\d{10}-\d{2}-\d{6})\.\w{1,5}")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_MASTER = "CIK|Company Name|Form Type|Date Filed|Filename"
_SUBMISSION, _CRAWLED_TABLE = "full-submission.txt", "FILINGS_METADATA.csv"
_HEADER_SIZE = 32_768

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "path": ("path", "file", "filename", "filepath", "sourcefile"),
    "cik": ("cik",),
    "form": ("form", "formtype", "type", "filingtype"),
    "filed": ("filed", "filingdate", "datefiled", "date"),
    "accession": ("accession", "accessionnumber", "adsh", "completetextfilelink", "htmlindex", "url"),
    "company": ("company", "companyname", "conm", "name"),
    "sic": ("sic",),
    "fiscal_year_end": ("fiscalyearend", "fye"),
    "period": ("period", "periodofreport"),
}
"""The names that the columns of a CSV index may have, in any case, without blanks, hyphens and underscores."""


class FilingIndexError(ValueError):
    """A file that is no index of filings; the message is one line that says why."""


class FilingIndex:
    """What a table says of filings, found by their paths, or by the accession numbers in these.

    `digest` tells it from other tables.
    """

    def __init__(self, rows: Iterable[tuple[str, Header]], digest: str = "") -> None:
        """`rows` are the path of each filing, "" if only its accession number is known, and what is known of it."""
        self.digest = digest
        self._by_path: dict[str, Header] = {}
        self._by_name: dict[str, str] = {}
        self._by_accession: dict[str, list[Header]] = {}
        for path, header in rows:
            if path:
                self._by_path.setdefault(path, header)
                self._by_name.setdefault(path.rpartition("/")[2], path)
            if header.accession:
                self._by_accession.setdefault(header.accession, []).append(header)

    def of(self, path: str) -> Header | None:
        """Return what is known of the filing with this path, None if the index does not have it.

        One of the two paths may be longer, by folders above.
        """
        parts = _parts(path)
        ends = ("/".join(parts[i:]) for i in range(len(parts)))
        found = next((self._by_path[end] for end in ends if end in self._by_path), None)
        longer = self._by_name.get(parts[-1], "") if parts else ""
        if found is None and longer and longer.endswith("/".join(["", *parts])):
            found = self._by_path[longer]
        return found or self._of_accession(parts)

    def _of_accession(self, parts: list[str]) -> Header | None:
        """Return the row of the accession number in a path; of several registrants, the one that the path names."""
        headers = self._by_accession.get(_accession_in("/".join(parts)), [])
        ciks = {number.zfill(10) for part in parts for number in _CIK.findall(part)}
        return next((header for header in headers if header.cik in ciks), headers[0] if headers else None)


def read_index(path: Path) -> FilingIndex:
    """Read EDGAR's `master.idx`, or a CSV table with the path or the accession number of each filing.

    Raises FilingIndexError for any other file, OSError if it cannot be read.
    """
    import hashlib

    data = path.read_bytes()
    text, digest = data.decode("utf-8-sig", errors="replace"), hashlib.sha256(data).hexdigest()
    rows = _master_rows(text) if _MASTER in text[:_HEADER_SIZE] else _csv_rows(text)
    return FilingIndex(rows, digest)


def known_of(path: str, index: FilingIndex | None = None) -> Header | None:
    """Return what is known of a filing from beside it: by the index, else by the names of folder and file.

    `path` is a local path, or any other name of a source, of which only the words are looked at.
    """
    by_name = _of_downloader(path) or _of_crawler(path)
    by_index = None if index is None else index.of(path)
    if by_index is None or by_name is None:
        return by_index or by_name
    return completed(by_index, by_name)


def completed(header: Header, known: Header | None) -> Header:
    """Return a header with what is known besides where it says nothing; another filing's details are left alone."""
    if known is None or (header.accession and known.accession and header.accession != known.accession):
        return header
    own = asdict(header)
    return replace(header, **{name: value for name, value in asdict(known).items() if value and not own[name]})


def _master_rows(text: str) -> Iterator[tuple[str, Header]]:
    for line in text.split("\n"):
        cells = line.rstrip("\r").split("|")
        if len(cells) == 5 and _CIK.fullmatch(cells[0]):
            cik, company, form, filed, file = cells
            yield file, Header(company, cik.zfill(10), form=form, accession=_accession_in(file), filed=_day(filed))


def _csv_rows(text: str) -> Iterator[tuple[str, Header]]:
    reader = csv.reader(text.splitlines(keepends=True))
    try:
        columns = _columns_of(next(reader, []))
        if not {"path", "accession"} & columns.keys():
            raise FilingIndexError("no index of filings: neither master.idx, nor a CSV with a column path or accession")
        for row in reader:
            cells = {name: row[column].strip() for name, column in columns.items() if column < len(row)}
            yield "/".join(_parts(cells.get("path", ""))), _header(cells)
    except csv.Error as error:
        raise FilingIndexError(f"no index of filings: {error}") from None


def _columns_of(names: Iterable[str]) -> dict[str, int]:
    """Return the columns of a table by what they say; of several, the one that is named first in _COLUMNS."""
    plain = {re.sub(r"[\s_-]", "", name).lower(): number for number, name in reversed(list(enumerate(names)))}
    found = {field: next((plain[name] for name in known if name in plain), None) for field, known in _COLUMNS.items()}
    return {field: column for field, column in found.items() if column is not None}


def _header(cells: Mapping[str, str]) -> Header:
    cik, sic, year_end = (cells.get(name, "").removesuffix(".0") for name in ("cik", "sic", "fiscal_year_end"))
    year_end = year_end.replace("-", "").zfill(4) if year_end else ""
    return Header(
        company=cells.get("company", ""),
        cik=cik.zfill(10) if _CIK.fullmatch(cik) else "",
        sic=sic if re.fullmatch(r"\d{4}", sic) else "",
        fiscal_year_end=year_end if re.fullmatch(r"\d{4}", year_end) else "",
        form=cells.get("form", ""),
        accession=_accession_in(cells.get("accession", "")) or _accession_in(cells.get("path", "")),
        period=_day(cells.get("period", "")),
        filed=_day(cells.get("filed", "")),
    )


def _of_downloader(path: str) -> Header | None:
    """Return what the folders of sec-edgar-downloader say, and the header of the submission beside the document."""
    parts = _parts(path)
    if len(parts) < 4 or not _ACCESSION.fullmatch(parts[-2]) or "sec-edgar-filings" not in path.replace("_", "-"):
        return None
    owner, form, accession = parts[-4], parts[-3], _accession_in(parts[-2])
    cik = owner.zfill(10) if _CIK.fullmatch(owner) else ""
    return completed(Header(cik=cik, form=form, accession=accession), _submission(path))


def _submission(path: str) -> Header | None:
    """Return the header of the submission in the folder of a document, if there is one."""
    beside = Path(path).with_name(_SUBMISSION)
    try:
        with beside.open("rb") as file:
            return read_envelope(normalise(file.read(_HEADER_SIZE).decode("latin-1"))).header
    except (OSError, ValueError):  # a ValueError: no path of a file
        return None


def _of_crawler(path: str) -> Header | None:
    """Return what a file name of edgar-crawler says, and its table, which lies two folders up."""
    parts = _parts(path)
    match = _CRAWLED.fullmatch(parts[-1]) if parts else None
    if match is None:
        return None
    folder = parts[-2] if len(parts) > 1 else ""
    form = folder if re.sub(r"[-/\\]", "", folder) == match[2] else ""
    known = Header(cik=match[1].zfill(10), form=form, accession=match[4])
    table = Path(path).parent.parent.parent / _CRAWLED_TABLE
    try:
        status = table.stat()
        index = _crawled_table(str(table), status.st_mtime_ns, status.st_size)
    except (OSError, ValueError):
        return known
    return completed(known, index.of(parts[-1]))


@lru_cache(maxsize=8)
def _crawled_table(path: str, changed: int, size: int) -> FilingIndex:
    """Read a table once; `changed` and `size` are those of the file. Raises what `read_index` raises."""
    return read_index(Path(path))


def _parts(path: str) -> list[str]:
    """Return the folders and the name of a path, of a URL, or of a member of an archive."""
    return [part for part in re.split(r"[/\\!]+", path) if part and part != "."]


def _accession_in(text: str) -> str:
    """Return the last accession number in a text, with or without hyphens there; "" without one."""
    found = list(_ACCESSION.finditer(text))
    return f"{found[-1][1]}-{found[-1][2]}-{found[-1][3]}" if found else ""


def _day(text: str) -> date | None:
    match = _DAY.match(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
