"""Datasets on the command line: how one is opened, its problems as one line, its report, its manifest made again."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.endings import Misuse, file_errors

if TYPE_CHECKING:
    from converter.archive import DatasetFiles

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def open_dataset(output: str, manifest: str) -> "DatasetFiles":
    """Open a dataset, as `converter.archive.open_dataset` does.

    Raises Misuse for a URL that cannot be opened or without a manifest, OSError for a folder that cannot be made.
    """
    from converter import archive

    shown = archive.without_password(output)
    if "://" in output and not manifest:
        raise Misuse("not a local folder", shown, "name a local file for the manifest with --manifest")
    try:
        return archive.open_dataset(output, manifest)
    except ModuleNotFoundError:
        raise
    except ImportError as problem:  # fsspec says which package its protocol needs
        raise Misuse(str(problem), shown, "install that package with python -m pip") from None
    except ValueError as problem:  # an unknown protocol
        reason = archive.without_password(str(problem))
        raise Misuse(reason, shown, "name a folder, or a URL that fsspec knows") from None


@contextmanager
def dataset_errors(output: str) -> Iterator[None]:
    """Turn the exceptions of a run into Misuse; `output` is the dataset."""
    from converter.archive import ClusterError, InUse, ManifestError, SourceError, without_password

    try:
        yield
    except SourceError as problem:
        raise Misuse(problem.reason, problem.name, problem.remedy or "check the name") from None
    except ClusterError as problem:
        remedy = "start dask scheduler and dask worker, and give the address that the scheduler prints"
        shown = without_password(f"--scheduler {problem.address}")
        raise Misuse(without_password(problem.reason), shown, remedy) from None
    except (ManifestError, InUse) as problem:
        raise Misuse(str(problem)) from None
    except ModuleNotFoundError as problem:
        shown = without_password(output)
        raise Misuse(f"needs {problem.name}", shown, f"python -m pip install {problem.name}") from None
    except OSError as problem:
        name = without_password(str(problem.filename or output))
        if problem.errno in _NO_ROOM:
            raise Misuse(
                "no space left on device", name, "make room, and give the same command again to go on"
            ) from None
        reason = without_password(problem.strerror or str(problem)).lower()
        raise Misuse(reason, name, "change its permissions, or name another") from None


def show_report(folder: str) -> None:
    """Print the summary of a dataset, and write its HTML report."""
    from converter.archive import MANIFEST, REPORT, list_filings, render_page, summarise, summary_lines
    from converter.outputs import replacing

    manifest = Path(folder) / MANIFEST if Path(folder).is_dir() else Path(folder)
    if not manifest.is_file():
        raise Misuse("no such manifest", str(manifest), "name the folder of a dataset")
    page = manifest.with_name(REPORT)
    with dataset_errors(folder):
        summary, listing = summarise(manifest), list_filings(manifest)
    for line in summary_lines(summary, limit=25):
        click.echo(line)
    with file_errors(str(page), writing=True), replacing(page) as file:
        file.write(render_page(summary, listing, page.parent).encode())


def rebuild_manifest(output: str, manifest: str) -> None:
    """Make the manifest of a dataset again from its tables and files."""
    from converter import archive

    if "://" not in output and not Path(output).is_dir():
        raise Misuse("no such folder", output, "name the folder of a dataset")
    with dataset_errors(output):
        store, path, location = open_dataset(output, manifest)
        with archive.dataset_lock(store.work):
            sources = archive.rebuild_manifest(path, store, location)
    click.echo(f"{path}: {sources:,} sources, as in the tables of the dataset", err=True)
