"""The files that a command line names: they can be written, and none is written over another one."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from converter.cli.endings import Misuse, file_errors

if TYPE_CHECKING:
    from converter.outputs import Format, UsedFile
    from converter.taxonomy import Naming

_STDIN, _STDOUT = Path("/dev/stdin"), Path("/dev/stdout")  # not on Windows


class Target(Struct, frozen=True):
    """The file to write, `-` for standard output, and its format."""

    name: str
    format: "Format"

    @property
    def file_names(self) -> str:
        """The names of all files that the format has, separated by commas."""
        if self.name == "-":
            return "standard output"
        return ", ".join(str(file.path) for file in self.format.files(Path(self.name)))


class FilingFiles(Struct, frozen=True):
    """The files that a command line for one filing names; `-` is standard input or output, None is not given."""

    source: str
    output: str | None
    overrides: str | None
    findings: str | None
    taxonomy_package: str | None
    index: str | None = None

    def target(self, format_name: str) -> Target:
        """Return the target that the user names, or a file beside the source. Raises Misuse for an unknown format."""
        from converter.outputs import FormatError, format_of

        if "," in format_name:
            remedy = "name one, or a folder for the dataset with -o FOLDER/"
            raise Misuse("several formats are for many filings", f"--to {format_name}", remedy)
        try:
            chosen = format_of("" if self.output in (None, "-") else self.output, format_name)
        except FormatError as problem:
            raise Misuse(str(problem)) from None
        beside = "-" if self.source == "-" else str(Path(self.source).with_suffix(chosen.suffixes[0]))
        name = beside if self.output is None else self.output
        if name == "-" and (chosen.beside or chosen.folder):
            raise Misuse("a format of more than one file", chosen.name, "name one of them with -o")
        return Target(name, chosen)

    def check(self, target: Target | None) -> None:
        """Raise Misuse if a file cannot be written, or would be written over another one that the command uses."""
        read = [*_used(self.source, "input", _STDIN), *_used(self.overrides, "mapping"), *_used(self.index, "index")]
        written = list(_files_of(target))
        if target is not None and target.format.folder:
            _check_folder(Path(target.name))
        written += [
            *_used(self.findings, "findings", _STDOUT),
            *_used(self.taxonomy_package, "taxonomy package", _STDOUT),
        ]
        _check(read, written)


def write_taxonomy(
    package: str, sources: Sequence[str] = (), overrides: str | None = None, manifest: str | None = None
) -> None:
    """Write the taxonomy package. Raises Misuse if that is not possible, or one of the other files is the same one."""
    from converter.taxonomy import package_bytes

    read = [used for source in sources for used in _used(source, "input", _STDIN)]
    _check(
        [*read, *_used(overrides, "mapping"), *_used(manifest, "manifest")], _used(package, "taxonomy package", _STDOUT)
    )
    write_data(package, package_bytes())


def write_data(name: str, data: bytes) -> None:
    """Write a file as a whole or not at all, or standard output for `-`. Raises Misuse if that is not possible."""
    from converter.outputs import replacing

    with file_errors(name, writing=True):
        if name == "-":
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        with replacing(Path(name)) as stream:
            stream.write(data)


def _used(name: str | None, role: str, stream: Path | None = None) -> "list[UsedFile]":
    """Return the file of a name, none if it is not given; `stream` stands for `-`, and may be a file that is open."""
    from converter.outputs import UsedFile

    if not name:
        return []
    if name == "-" and stream is not None:
        return [UsedFile(stream, role)] if stream.exists() else []
    return [UsedFile(Path(name), role)]


def _files_of(target: Target | None) -> "Sequence[UsedFile]":
    if target is None or target.format.folder:
        return ()
    return _used("-", "output", _STDOUT) if target.name == "-" else target.format.files(Path(target.name))


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Misuse("a file, where a folder is written", str(folder), "name a folder, or one that does not exist")
    if not folder.parent.is_dir():
        raise Misuse("no such folder", str(folder.parent), f"make it, or write {folder.name} to another")


def naming_of(namespace: str | None, formats: "Sequence[Format]") -> "Naming | None":
    """Return how concepts are called in formats with linkbases, None for their own default.

    Raises Misuse if a name is given and there is none of these formats.
    """
    from converter.outputs import FORMATS
    from converter.taxonomy import Naming

    if namespace is None:
        return None
    if not any(each.linkbases for each in formats):
        known = ", ".join(each.name for each in FORMATS if each.linkbases)
        raise Misuse(
            "is for formats with linkbases of the filing", "--namespace", f"choose one of them with --to: {known}"
        )
    return Naming(namespace)


def _check(read: "Sequence[UsedFile]", written: "Sequence[UsedFile]") -> None:
    from converter.outputs import OverwriteError, refuse_overwrites

    for file in written:
        with file_errors(str(file.path)):
            if file.path.is_dir():
                raise Misuse("a folder, where a file is needed", str(file.path), "name a file in it")
            if not file.path.parent.is_dir():
                raise Misuse("no such folder", str(file.path.parent), f"make it, or write {file.path.name} to another")
    try:
        refuse_overwrites(read, written)
    except OverwriteError as problem:
        raise Misuse(str(problem)) from None
