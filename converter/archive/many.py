"""Many filings -> a dataset in one call, as a program makes it; the command adds progress and interruption."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from converter.archive.dataset import make_dataset
from converter.archive.engines import Processes, default_jobs
from converter.archive.layout import MANIFEST, WORK
from converter.archive.manifest import BESIDE, Manifest
from converter.archive.run import Dataset, convert_all
from converter.archive.sources import without_password
from converter.archive.store import Bucket, Folder, Store, dataset_lock
from converter.archive.summary import Summary, summarise
from converter.archive.task import Outcome, Settings
from converter.filing import FilingIndex


def convert_many(
    inputs: Sequence[str],
    output: str,
    settings: Settings,
    *,
    jobs: int | None = None,
    force: bool = False,
    manifest: str = "",
    index: FilingIndex | None = None,
    watch: Callable[[Outcome], None] | None = None,
) -> Summary:
    """Convert all sources of the inputs that need it, write the dataset and return its summary.

    `output` is a folder, or a URL with a local file for the `manifest`. `jobs` is the number of worker processes, by
    default one for each core. `index` says of filings what they do not say themselves. `watch` is called with the
    outcome of every source. Raises SourceError for an input that does not exist, ManifestError for a manifest that
    cannot be used, InUse if another run writes the dataset, ValueError for a URL that cannot be opened, ImportError
    without pyarrow, OSError if a file cannot be written.
    """
    settings = replace(settings, index=index.digest if index else "")
    with ExitStack() as stack:
        store, path, location = open_dataset(output, manifest)
        stack.enter_context(dataset_lock(store.work))
        opened = Manifest(path, settings.key, location)
        stack.callback(opened.close)
        if force:
            opened.make_all_stale()
        engine = Processes(jobs or default_jobs(), settings)
        stack.callback(engine.stop)
        convert_all(inputs, Dataset(store, opened, settings, index), engine, watch or _ignore)
        make_dataset(opened, path, store, jobs or default_jobs())
        if isinstance(store, Bucket):
            opened.complete_file()
            store.put(path.name, path.read_bytes())
        return summarise(path)


class DatasetFiles(NamedTuple):
    """The store of a dataset, the file of its manifest, which is always local, and where the manifest says it is."""

    store: Store
    manifest_path: Path
    location: str


def open_dataset(output: str, manifest: str) -> DatasetFiles:
    """Open the dataset in a folder or at a URL, with its manifest at the path `manifest`, by default in the folder.

    Raises ValueError for a URL that cannot be opened or without a manifest, ImportError for one that needs another
    package, OSError for a folder that cannot be made.
    """
    if "://" not in output:
        folder = Path(output)
        path = Path(manifest) if manifest else folder / MANIFEST
        is_beside = path.parent.resolve() == folder.resolve()
        return DatasetFiles(Folder(folder), path, BESIDE if is_beside else str(folder.resolve()))
    shown = without_password(output)
    if not manifest:
        raise ValueError(f"{shown} is not local: name a local file for the manifest")
    path = Path(manifest)
    return DatasetFiles(Bucket(output, path.with_name(path.name + WORK)), path, shown.rstrip("/"))


def _ignore(_: Outcome) -> None:
    pass
