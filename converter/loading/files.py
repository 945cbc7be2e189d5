"""The reader for a file of facts, chosen by the file's name."""

from os import PathLike
from pathlib import Path
from urllib.parse import unquote

from converter.loading.filing_schema import read_schema
from converter.loading.instance import read_instance
from converter.loading.model import NotOurs
from converter.loading.oim import read_csv, read_json, table_of
from converter.loading.package import report_in
from converter.loading.table import read_facts_csv, read_parquet
from converter.outputs import METADATA
from converter.report import Report

_PACKAGES = (".xbr", ".xbri", ".zip")
_PAGES = (".html", ".htm", ".xhtml")
_LINKBASES = ("pre", "lab", "cal", "def")


def load(path: str | PathLike[str]) -> Report:
    """Read back a file that this program wrote; its name decides on the format.

    An instance (`.xml`, `.xbrl`), xBRL-JSON (`.json`), xBRL-CSV (the table's `.csv` or its `-metadata.json`, with the
    other one beside it), a package with one of them (`.xbr`, `.zip`), a folder of an instance with its schema and
    linkbases (`.edgar`, or one of its files), the flat table (`.facts.csv`, `.parquet`).

    The facts have the same values, decimals, contexts and units as those written. Of the rest of a Report, only what
    the file has comes back: no findings, no places in the source. Raises NotOurs for any other file and any damage,
    OSError when the file cannot be read, ImportError for a Parquet file without pyarrow. Memory and time are in
    proportion to the file; what is compressed unpacks to 32 MB at most.
    """
    path = Path(path)
    path = _instance_in(path) if path.is_dir() else _instance_beside(path)
    data = path.read_bytes()
    try:
        return _report(path, data)
    except NotOurs as error:
        raise NotOurs(f"{path}: {error}") from None


def _instance_beside(path: Path) -> Path:
    """Return the instance that a schema or linkbase of a filing lies beside; any other path as it is."""
    stem, _, suffix = path.name.rpartition(".")
    if suffix.lower() == "xsd":
        return path.with_name(f"{stem}.xml")
    stem, mark, linkbase = stem.rpartition("_")
    instance = path.with_name(f"{stem}.xml")
    if mark and suffix.lower() == "xml" and linkbase in _LINKBASES and instance.with_suffix(".xsd").is_file():
        return instance
    return path


def _instance_in(folder: Path) -> Path:
    """Return the instance in a folder as the SEC holds it: the one XML file with the name of the schema."""
    schemas = sorted(folder.glob("*.xsd"))
    if len(schemas) != 1:
        raise NotOurs(f"{folder}: a folder with {len(schemas) or 'no'} schemas of filings")
    return schemas[0].with_suffix(".xml")


def _report(path: Path, data: bytes) -> Report:
    name = path.name.lower()
    if name.endswith(".facts.csv"):
        return read_facts_csv(data)
    if name.endswith(".parquet"):
        return read_parquet(data)
    if name.endswith(".csv"):
        return read_csv(_beside(path, path.name[: -len(".csv")] + METADATA), data)
    if name.endswith(METADATA):
        return read_csv(data, _beside(path, unquote(table_of(data), errors="surrogateescape")))
    schema = None
    if name.endswith(_PACKAGES):
        name, data, schema = report_in(data)
    if name.endswith(".json"):
        return read_json(data)
    if name.endswith(_PAGES):
        raise NotOurs("a page is not read back, but the instance, xBRL-JSON and the tables are")
    if schema is None and (beside := path.with_suffix(".xsd")).is_file():
        schema = beside.read_bytes()
    return read_instance(data, None if schema is None else read_schema(schema))


def _beside(path: Path, name: str) -> bytes:
    """Return the content of the other file of an xBRL-CSV report. Raises NotOurs if it is not there."""
    try:
        return path.with_name(name).read_bytes()
    except (OSError, ValueError) as error:  # a ValueError: no name of a file in this folder
        reason = error.strerror if isinstance(error, OSError) else None
        raise NotOurs(f"the other file of the report, {name!r}, cannot be read: {reason or error}") from None
