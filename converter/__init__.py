"""Convert financial reports filed as text or HTML into XBRL.

>>> import converter
>>> report = converter.read("release.txt")                      # doctest: +SKIP
>>> report["NetIncomeLoss"]                                     # doctest: +SKIP
>>> report.statements["is"].to_pandas()                         # doctest: +SKIP
>>> converter.convert("release.txt", "release.xml")             # doctest: +SKIP
>>> converter.load("release.xml").facts                         # doctest: +SKIP
>>> converter.convert_many(["filings/"], "data/")               # doctest: +SKIP

`dir(converter)` lists what is public; docs/notebook.md shows it at work.
"""

from collections.abc import Callable, Iterable
from os import PathLike
from typing import TYPE_CHECKING, Protocol

__version__ = "1.0.0"

if TYPE_CHECKING:
    from pathlib import Path

    from converter.archive import Outcome, Summary
    from converter.filing import FilingIndexError, NotAReport
    from converter.loading import NotOurs
    from converter.mapping import OverrideError
    from converter.outputs import FormatError, InvalidInstance, OverwriteError
    from converter.pipeline import Reading
    from converter.report import Options, Report

__all__ = [
    "FilingIndexError",
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
    "convert_many",
    "load",
    "read",
]

_MODULES = {
    "FilingIndexError": "converter.filing.sidecar",
    "FormatError": "converter.outputs",
    "InvalidInstance": "converter.outputs.validity",
    "NotAReport": "converter.filing.reader",
    "NotOurs": "converter.loading",
    "Options": "converter.report",
    "OverrideError": "converter.mapping",
    "OverwriteError": "converter.outputs",
    "Report": "converter.report",
}


class Readable(Protocol):
    """A file that is open for reading, of text or of bytes."""

    def read(self) -> str | bytes:
        """Return the content."""


Input = str | PathLike[str] | bytes | Readable
"""A path; the content as bytes or as text, which has a line end; or an open file."""


def read(
    source: Input,
    options: "Options | None" = None,
    *,
    name: str = "",
    mapping: str | PathLike[str] | None = None,
    index: str | PathLike[str] | None = None,
) -> "Report":
    """Read a filing and return its XBRL report.

    `source` is a path; or the content, as bytes, as text of more than one line or as an open file. `name` is the file
    name to report, by default the path. `mapping` is a CSV table of your own mappings (see
    `converter.mapping.read_overrides`). `index` is EDGAR's `master.idx` or a CSV table that says whose filing is in
    which file, for those that do not say it themselves (docs/archives.md).

    The report has the facts in whole units, with their concepts, contexts and places in the source, and the findings.
    Raises NotAReport when there is nothing to convert, OverrideError for a bad table, FilingIndexError for a bad index,
    OSError when a file cannot be read.
    """
    return _read(source, options, name, mapping, index).report


def convert(
    source: Input,
    target: str | PathLike[str],
    options: "Options | None" = None,
    *,
    to: str = "",
    name: str = "",
    mapping: str | PathLike[str] | None = None,
    index: str | PathLike[str] | None = None,
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
    path = _path_of(source)
    read = [UsedFile(path, "input")] if path is not None else []
    read += [UsedFile(Path(mapping), "mapping")] if mapping is not None else []
    read += [UsedFile(Path(index), "index")] if index is not None else []
    refuse_overwrites(read, chosen.files(target))
    reading = _read(source, options, name, mapping, index)
    valid = replace(checked(reading, target.name), naming=Naming(namespace) if namespace else None)
    write_files(chosen.make(valid), chosen, target)
    return reading.report


def convert_many(
    inputs: str | PathLike[str] | Iterable[str | PathLike[str]],
    output: str | PathLike[str],
    options: "Options | None" = None,
    *,
    to: str | Iterable[str] = "xml",
    mapping: str | PathLike[str] | None = None,
    jobs: int | None = None,
    force: bool = False,
    manifest: str | PathLike[str] = "",
    index: str | PathLike[str] | None = None,
    namespace: str = "",
    seconds: float = 120,
    megabytes: int = 4096,
    watch: "Callable[[Outcome], None] | None" = None,
) -> "Summary":
    """Convert many filings into a dataset (docs/archives.md), go on where an earlier run ended, and return its summary.

    `inputs` are files, folders, patterns, archives and URLs, `output` is the folder of the dataset, or a URL with a
    local file for the `manifest`. `to` names the formats of each filing's files; `options`, `mapping`, `index` and
    `namespace` hold for all of them. One may take so many `seconds`, a worker so many `megabytes`. `jobs` processes
    work, by default one for each core. `watch` is called with the outcome of every source. Raises FormatError for an
    unknown format, OverrideError for a bad table, and what `converter.archive.convert_many` raises.
    """
    from os import fspath
    from pathlib import Path

    from converter.archive import Settings, convert_many
    from converter.filing import read_index
    from converter.outputs import format_of
    from converter.pipeline import load_overrides
    from converter.report import Options
    from converter.taxonomy import Naming

    names = (inputs,) if isinstance(inputs, str | PathLike) else tuple(inputs)
    formats = to.split(",") if isinstance(to, str) else to
    settings = Settings(
        formats=tuple(dict.fromkeys(format_of("", name.strip()).name for name in formats)),
        options=options or Options(),
        overrides=load_overrides(Path(mapping)) if mapping is not None else (),
        seconds=seconds,
        megabytes=megabytes,
        naming=Naming(namespace) if namespace else None,
    )
    paths = tuple(fspath(name) for name in names)
    return convert_many(
        paths,
        fspath(output),
        settings,
        jobs=jobs,
        force=force,
        manifest=fspath(manifest),
        index=read_index(Path(index)) if index is not None else None,
        watch=watch,
    )


def load(path: str | PathLike[str]) -> "Report":
    """Read back a file that `convert` wrote, in any format but Inline XBRL (see `converter.loading.load`).

    Raises NotOurs for any other file, OSError when it cannot be read, ImportError for Parquet without pyarrow.
    """
    from converter.loading import load

    return load(path)


def _read(
    source: Input,
    options: "Options | None",
    name: str,
    mapping: str | PathLike[str] | None,
    index: str | PathLike[str] | None,
) -> "Reading":
    from pathlib import Path

    from converter.filing import known_of, read_index
    from converter.pipeline import load_overrides, read_data

    overrides = load_overrides(Path(mapping)) if mapping is not None else ()
    filings = read_index(Path(index)) if index is not None else None
    path = _path_of(source)
    if path is not None:
        data, named = path.read_bytes(), name or str(path)
        return read_data(data, named, options, overrides, known_of(path.as_posix(), filings))
    content = source if isinstance(source, str | bytes) else source.read()  # type: ignore[union-attr]
    named = str(name or getattr(source, "name", "") or ("<text>" if isinstance(content, str) else "<bytes>"))
    data = content.encode(errors="replace") if isinstance(content, str) else content
    return read_data(data, named, options, overrides, known_of(named, filings))


def _path_of(source: Input) -> "Path | None":
    """Return the path that a source is, None if it is the content or an open file."""
    from pathlib import Path

    if isinstance(source, bytes) or (isinstance(source, str) and "\n" in source):
        return None
    if isinstance(source, str | PathLike):
        return Path(source)
    if not hasattr(source, "read"):
        raise TypeError(f"a path, text, bytes or an open file is needed, not {type(source).__name__}")
    return None


def __getattr__(name: str) -> object:
    """Import the public classes on first access (PEP 562), so that `import converter` is fast."""
    if name in _MODULES:
        from importlib import import_module

        return getattr(import_module(_MODULES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
