"""The reader for a file of facts, chosen by the file's name."""

from os import PathLike
from pathlib import Path
from urllib.parse import unquote

from converter.loading.instance import read_instance
from converter.loading.model import NotOurs
from converter.loading.oim import read_csv, read_json, table_of
from converter.loading.package import report_in
from converter.loading.table import read_facts_csv, read_parquet
from converter.outputs import METADATA
from converter.report import Report

_PACKAGES = (".xbr", ".xbri", ".zip")


def load(path: str | PathLike[str]) -> Report:
    """Read back a file that this program wrote; its name decides on the format.

    An instance (`.xml`, `.xbrl`), xBRL-JSON (`.json`), xBRL-CSV (the table's `.csv` or its `-metadata.json`, with the
    other one beside it), a package with one of them (`.xbr`, `.zip`), the flat table (`.facts.csv`, `.parquet`).

    The facts have the same values, decimals, contexts and units as those written. Of the rest of a Report, only what
    the file has comes back: no findings, no places in the source. Raises NotOurs for any other file, OSError when a
    file cannot be read, ImportError for a Parquet file without pyarrow.
    """
    path = Path(path)
    name = path.name.lower()
    try:
        if name.endswith(".facts.csv"):
            return read_facts_csv(path.read_bytes())
        if name.endswith(".parquet"):
            return read_parquet(path.read_bytes())
        if name.endswith(".csv"):
            return read_csv(path.with_name(path.name[: -len(".csv")] + METADATA).read_bytes(), path.read_bytes())
        if name.endswith(METADATA):
            metadata = path.read_bytes()
            return read_csv(metadata, path.with_name(unquote(table_of(metadata))).read_bytes())
        if name.endswith(_PACKAGES):
            packed = report_in(path.read_bytes())
            return _report(packed.name, packed.data)
        return _report(name, path.read_bytes())
    except NotOurs as error:
        raise NotOurs(f"{path}: {error}") from None


def _report(name: str, data: bytes) -> Report:
    return read_json(data) if name.endswith(".json") else read_instance(data)
