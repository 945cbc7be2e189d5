"""A run: convert every source that needs it, and store each outcome as files and a row of the manifest.

The result depends only on the content of the sources: not on the order in which tasks end, on the number of workers,
or on where an earlier run was interrupted.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from converter.archive.engines import Engine
from converter.archive.layout import stem_of
from converter.archive.manifest import Manifest, Owner, SourceRecord, duplicate_reason
from converter.archive.sources import LeftOut, Source, SourceError, find_sources
from converter.archive.store import Store
from converter.archive.task import Outcome, Settings, Status, Task
from converter.archive.worker import failed_outcome
from converter.filing import FilingIndex, known_of
from converter.outputs import format_of

_COMMIT_SECONDS = 1.0

Watch = Callable[[Outcome], None]
"""Called with the outcome of every source; UNCHANGED for those that needed no conversion."""


class Dataset(Struct, frozen=True):
    """The dataset that a run writes: where its files go, its manifest, and how sources are converted.

    `index` says of filings what they do not say themselves.
    """

    store: Store
    manifest: Manifest
    settings: Settings
    index: FilingIndex | None = None


def convert_all(inputs: Iterable[str], dataset: Dataset, engine: Engine, watch: Watch) -> None:
    """Convert the sources of `inputs` that are new, changed, stale, or failed before.

    `inputs` may be iterated twice. What they hold of the dataset itself, which may lie in one of them, is left out.
    Raises SourceError for an input that does not exist and for inputs without any source, OSError if the dataset
    cannot be written.
    """
    run = _Run(dataset, engine, watch)
    settings = dataset.settings
    left_out = LeftOut((*dataset.store.places, *dataset.manifest.places))
    find = partial(find_sources, inputs, largest=settings.largest, seconds=settings.seconds, left_out=left_out)
    try:
        run.process(find())
        if not run.has_sources:
            raise SourceError("there is nothing to convert in the inputs but what belongs to the dataset itself")
        if run.has_orphans:  # duplicates that were skipped before the filing they duplicate was found to be gone
            run.process(find(), only_stale=True)
    finally:
        dataset.manifest.commit()


class _Run:
    def __init__(self, dataset: Dataset, engine: Engine, watch: Watch) -> None:
        self._store, self._manifest, self._settings = dataset.store, dataset.manifest, dataset.settings
        self._engine, self._watch, self._index = engine, watch, dataset.index
        self._last_commit = time.monotonic()
        self._base_folder = os.getcwd()
        self._drafts = str(self._store.work.absolute()) if engine.is_local else ""
        self.has_orphans = self.has_sources = False

    def process(self, sources: Iterable[Source], only_stale: bool = False) -> None:
        for source in sources:
            self.has_sources = True
            record = self._manifest.find(source.path)
            if only_stale and not (record and record.stale):
                continue
            is_done = record is not None and record.done and all(map(self._store.exists, record.files))
            is_done = is_done and self._has_pieces(source)
            if record and is_done and _is_up_to_date(source, record):
                self._finish(Outcome(source, Status.UNCHANGED, size=source.size))
                continue
            known_hash = record.hash if record and is_done else ""
            known = known_of(source.path, self._index)
            self._submit(Task(source, self._settings, known_hash, self._base_folder, self._drafts, known))
        while self._engine.pending:
            self._finish(self._engine.next())

    def _has_pieces(self, source: Source) -> bool:
        """Whether a source that was converted has its pieces; those of a rebuilt manifest are not in the tables."""
        formats = [name for name in self._settings.formats if format_of("", name).piece is not None]
        record = self._manifest.find(source.path) if formats else None
        is_converted = record is not None and record.status is Status.CONVERTED
        return not is_converted or self._manifest.exports.has(source.path, formats)

    def _submit(self, task: Task) -> None:
        if task.source.problem:
            self._finish(failed_outcome(task, task.source.problem))
            return
        self._engine.submit(task)
        while self._engine.full:
            self._finish(self._engine.next())

    def _finish(self, outcome: Outcome) -> None:
        outcome = replace(outcome, source=replace(outcome.source, data=None, address=""))
        if outcome.status is Status.UNCHANGED:
            if outcome.hash:
                self._manifest.touch(replace(outcome.source, size=outcome.size))
        else:
            with self._manifest.whole():
                outcome = self._store_outcome(outcome)
        self._watch(outcome)
        if time.monotonic() - self._last_commit > _COMMIT_SECONDS:
            self._manifest.commit()
            self._last_commit = time.monotonic()

    def _store_outcome(self, outcome: Outcome) -> Outcome:
        """Write the files and the manifest's row. Of sources that are the same filing, the first path is kept."""
        path = outcome.source.path
        previous = self._manifest.find(path)
        if outcome.status is Status.CONVERTED:
            owner = self._manifest.owner(outcome.identity, path)
            if owner is not None and owner.hash != outcome.hash:
                warning = f"registrant and accession number are those of {owner.path}, the bytes are not"
                outcome = replace(outcome, warning=warning)
            if owner is not None and owner.path < path:
                _remove_drafts(outcome)
                outcome = _duplicate(outcome, owner)
            elif owner is not None:
                self._store.remove(self._manifest.mark_duplicate(owner.path))
        stem = stem_of(outcome)
        files = {f"{stem}{file.ending}": file for file in outcome.files}
        for name, file in files.items():
            if file.draft:
                self._store.adopt(name, Path(file.draft))
            else:
                self._store.put(name, file.data)
        if previous is not None:
            self._store.remove(sorted(set(previous.files) - set(files)))
            if previous.status is Status.CONVERTED and _is_gone(previous, outcome):
                self.has_orphans |= self._manifest.make_stale(previous.identity)
        self._manifest.record(outcome, files)
        return outcome


def _is_up_to_date(source: Source, record: SourceRecord) -> bool:
    """Return whether a source is as it was, by its bytes if they are present, else by stamp and size."""
    if source.data is not None:
        return hashlib.sha256(source.data).hexdigest() == record.hash
    return bool(source.stamp) and (source.stamp, source.size) == (record.stamp, record.size)


def _is_gone(previous: SourceRecord, outcome: Outcome) -> bool:
    """Return whether a source no longer is the filing that it was."""
    return outcome.status is not Status.CONVERTED or outcome.identity != previous.identity


def _duplicate(outcome: Outcome, owner: Owner) -> Outcome:
    reason = duplicate_reason(owner.path, has_same_bytes=owner.hash == outcome.hash)
    return replace(outcome, status=Status.DUPLICATE, reason=reason, files=(), rows=(), packed=b"", pieces=())


def _remove_drafts(outcome: Outcome) -> None:
    for file in outcome.files:
        if file.draft:
            Path(file.draft).unlink()
