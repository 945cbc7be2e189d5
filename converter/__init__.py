"""Convert financial reports filed as text or HTML into XBRL.

>>> import converter
>>> report = converter.read("release.txt")               # doctest: +SKIP
>>> [fact.value for fact in report.facts]                # doctest: +SKIP
>>> converter.convert("release.txt", "release.xml")      # doctest: +SKIP
>>> converter.load("release.xml").facts                  # doctest: +SKIP
"""

from os import PathLike
from typing import TYPE_CHECKING

__version__ = "1.0.0"

if TYPE_CHECKING:
    from converter.filing import NotAReport
    from converter.loading import NotOurs
    from converter.mapping import OverrideError
    from converter.outputs import FormatError, InvalidInstance, OverwriteError
    from converter.pipeline import Reading
    from converter.report import Options, Report

__all__ = [
    "FormatError",
    "InvalidInstance",
    "NotAReport",
    "NotOurs",
    "Options",
    "OverrideError",
    "OverwriteError",
    "Report",
    "__version__",
    "convert",
    "load",
    "read",
]

_MODULES = {
    "FormatError": "converter.outputs",
    "InvalidInstance": "converter.outputs.validity",
    "NotAReport": "converter.filing.reader",
    "NotOurs": "converter.loading",
    "Options": "converter.report",
    "OverrideError": "converter.mapping",
    "OverwriteError": "converter.outputs",
    "Report": "converter.report",
}

Input = str | PathLike[str] | bytes


def read(
    source: Input,
    options: "Options | None" = None,
    *,
    name: str = "",
    mapping: str | PathLike[str] | None = None,
) -> "Report":
    """Read a filing and return its XBRL report.

    `source` is a path, or the content as bytes; `name` is the file name to report, by default the path. `mapping` is a
    CSV table of your own mappings (see `converter.mapping.read_overrides`).

    The report has the facts in whole units, with their concepts, contexts and places in the source, and the findings.
    Raises NotAReport when there is nothing to convert, OverrideError for a bad table, OSError when a file cannot be
    read.
    """
    return _read(source, options, name, mapping).report


def convert(
    source: Input,
    target: str | PathLike[str],
    options: "Options | None" = None,
    *,
    to: str = "",
    name: str = "",
    mapping: str | PathLike[str] | None = None,
    namespace: str = "",
) -> "Report":
    """Read a filing, write it to the path `target` and return its report.

    `to` names the format; by default the suffix of `target` decides (docs/outputs.md). `namespace` is "ttx" or
    "us-gaap": what concepts are called in formats with linkbases of the filing. The file is replaced as a whole or not
    at all. Raises what `read` raises, FormatError for a format that is unknown or cannot be written here,
    OverwriteError before it reads anything if a file to be written is the filing itself or the table of mappings, and
    InvalidInstance when the report's instance is not schema-valid.
    """
    from pathlib import Path

    from msgspec.structs import replace

    from converter.outputs import UsedFile, checked, format_of, refuse_overwrites, write_files
    from converter.taxonomy import Naming

    target = Path(target)
    chosen = format_of(str(target), to)
    read = [UsedFile(Path(source), "input")] if not isinstance(source, bytes) else []
    read += [UsedFile(Path(mapping), "mapping")] if mapping is not None else []
    refuse_overwrites(read, chosen.files(target))
    reading = _read(source, options, name, mapping)
    valid = replace(checked(reading, target.name), naming=Naming(namespace) if namespace else None)
    write_files(chosen.make(valid), chosen, target)
    return reading.report


def load(path: str | PathLike[str]) -> "Report":
    """Read back a file that `convert` wrote, in any format but Inline XBRL (see `converter.loading.load`).

    Raises NotOurs for any other file, OSError when it cannot be read, ImportError for Parquet without pyarrow.
    """
    from converter.loading import load

    return load(path)


def _read(source: Input, options: "Options | None", name: str, mapping: str | PathLike[str] | None) -> "Reading":
    from pathlib import Path

    from converter.pipeline import load_overrides, read_data

    overrides = load_overrides(Path(mapping)) if mapping is not None else ()
    if isinstance(source, bytes):
        return read_data(source, name or "<bytes>", options, overrides)
    return read_data(Path(source).read_bytes(), name or str(source), options, overrides)


def __getattr__(name: str) -> object:
    """Import the public classes on first access (PEP 562), so that `import converter` is fast."""
    if name in _MODULES:
        from importlib import import_module

        return getattr(import_module(_MODULES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
