"""The run: every source that needs it becomes an outcome, every outcome files and a row of the manifest.

What is written depends only on what the sources hold: not on the order in which the work ends, nor on how many do it,
nor on where an earlier run was cut off.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from converter.archive.engines import Engine
from converter.archive.layout import stem_of
from converter.archive.manifest import Known, Manifest, duplicate_reason
from converter.archive.sources import Source, find_sources
from converter.archive.store import Store
from converter.archive.task import Outcome, Settings, Status, Task
from converter.archive.worker import failure

_COMMIT_SECONDS = 1.0

Watch = Callable[[Outcome], None]
"""Is told of every source when it is settled; UNCHANGED are those that needed nothing."""


class Dataset(Struct, frozen=True):
    """What a run works on: where the files go, the manifest, and how to convert."""

    store: Store
    manifest: Manifest
    settings: Settings


def convert_all(inputs: Iterable[str], dataset: Dataset, engine: Engine, watch: Watch) -> None:
    """Convert all that is new, changed, failed before or stale among the sources of `inputs`.

    `inputs` can be gone through again. Raises SourceError for an input that does not exist, OSError when the dataset
    cannot be written.
    """
    run = _Run(dataset, engine, watch)
    try:
        run.go(find_sources(inputs, largest=dataset.settings.largest))
        if run.orphaned:  # duplicates passed by before the filing they were duplicates of was gone
            run.go(find_sources(inputs, largest=dataset.settings.largest), only_stale=True)
    finally:
        dataset.manifest.commit()


class _Run:
    def __init__(self, dataset: Dataset, engine: Engine, watch: Watch) -> None:
        self._store, self._manifest, self._settings = dataset.store, dataset.manifest, dataset.settings
        self._engine, self._watch = engine, watch
        self._committed = time.monotonic()
        self._home = os.getcwd()
        self.orphaned = False

    def go(self, sources: Iterable[Source], only_stale: bool = False) -> None:
        for source in sources:
            known = self._manifest.known(source.path)
            if only_stale and not (known and known.stale):
                continue
            if known and _same(source, known):
                self._settle(Outcome(source, Status.UNCHANGED, size=source.size))
                continue
            self._start(Task(source, self._settings, known.hash if known and known.done else "", self._home))
        while self._engine.pending:
            self._settle(self._engine.next())

    def _start(self, task: Task) -> None:
        if task.source.problem:
            self._settle(failure(task, task.source.problem))
            return
        self._engine.submit(task)
        while self._engine.full:
            self._settle(self._engine.next())

    def _settle(self, outcome: Outcome) -> None:
        outcome = replace(outcome, source=replace(outcome.source, data=None))
        if outcome.status is Status.UNCHANGED:
            if outcome.hash:
                self._manifest.touch(replace(outcome.source, size=outcome.size))
        else:
            outcome = self._kept(outcome)
        self._watch(outcome)
        if time.monotonic() - self._committed > _COMMIT_SECONDS:
            self._manifest.commit()
            self._committed = time.monotonic()

    def _kept(self, outcome: Outcome) -> Outcome:
        """Write the files and the row. Of two sources that are one filing the one whose path sorts first is kept."""
        path = outcome.source.path
        before = self._manifest.known(path)
        if outcome.status is Status.CONVERTED:
            owner = self._manifest.owner(outcome.identity, path)
            if owner is not None and owner < path:
                outcome = _duplicate(outcome, owner)
            elif owner is not None:
                self._store.remove(self._manifest.demote(owner, path))
        files = {f"{stem_of(outcome)}{file.ending}": file.data for file in outcome.files}
        for name, data in files.items():
            self._store.put(name, data)
        if before is not None:
            self._store.remove(sorted(set(before.files) - set(files)))
            if before.status is Status.CONVERTED and _gone(before, outcome):
                self.orphaned |= self._manifest.make_stale(before.identity)
        self._manifest.record(outcome, files)
        return outcome


def _same(source: Source, known: Known) -> bool:
    """Whether nothing is to be done for a source: what it looks like, or its bytes if they are here, are as before."""
    if not known.done:
        return False
    if source.data is not None:
        return hashlib.sha256(source.data).hexdigest() == known.hash
    return bool(source.stamp) and (source.stamp, source.size) == (known.stamp, known.size)


def _gone(before: Known, outcome: Outcome) -> bool:
    """Whether the filing that a source was is no longer what it is."""
    return outcome.status is not Status.CONVERTED or outcome.identity != before.identity


def _duplicate(outcome: Outcome, owner: str) -> Outcome:
    reason = duplicate_reason(owner)
    return replace(outcome, status=Status.DUPLICATE, reason=reason, files=(), rows=b"", told=b"")
