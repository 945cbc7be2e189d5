"""A file of facts by its name -> Report."""

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
    """Read back a file that this program wrote; what it is follows from its name.

    An instance (`.xml`, `.xbrl`), xBRL-JSON (`.json`), xBRL-CSV (the table's `.csv` or its `-metadata.json`, each
    beside the other), a package with one of them (`.xbr`, `.zip`), the flat table (`.facts.csv`, `.parquet`).
    The facts are the same, with values, decimals, contexts and units; what else a Report says comes back as far as
    the file has it: no findings, no places in the source. Raises NotOurs for any other file, OSError when one
    cannot be read, ImportError for a Parquet file without pyarrow.
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
            return _report(*report_in(path.read_bytes()))
        return _report(name, path.read_bytes())
    except NotOurs as problem:
        raise NotOurs(f"{path}: {problem}") from None


def _report(name: str, data: bytes) -> Report:
    return read_json(data) if name.endswith(".json") else read_instance(data)
