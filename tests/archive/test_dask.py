"""The same run on a Dask scheduler with two worker processes, one of which is killed on the way."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers.archives import contents, release, run, write_releases

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Cluster:
    """A scheduler's address and its workers."""

    address: str
    workers: tuple[subprocess.Popen[bytes], ...]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    log = tmp_path / "scheduler.log"
    started = [_started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", log=log)]
    try:
        address = _said(log, r"Scheduler at:\s+(tcp://127\.0\.0\.1:\d+)")
        for number in (1, 2):
            folder = str(tmp_path / f"worker{number}")
            options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", folder)
            started.append(_started("worker", address, *options, log=tmp_path / f"worker{number}.log"))
            _said(tmp_path / f"worker{number}.log", r"(Registered to)")
        yield Cluster(address, tuple(started[1:]))
    finally:
        for process in started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _started(kind: str, *options: str, log: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "distributed.cli.dask_" + kind, *options]
    with log.open("wb") as stream:
        return subprocess.Popen(command, stdout=stream, stderr=stream, start_new_session=True)


def _said(log: Path, pattern: str) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if found := re.search(pattern, log.read_text()):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(log.read_text())


def test_a_worker_killed_on_the_way_changes_nothing(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_releases(Path("in"), 60)
    Path("in/copy.txt").write_bytes(release(3))
    Path("in/letter.txt").write_text("Dear shareholders\n" * 30)
    command = [sys.executable, "-m", "converter", "in", "-o", "out/", "--scheduler", cluster.address]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    deadline = time.monotonic() + 60
    while len(list(Path("out").rglob("*.xml"))) < 5 and time.monotonic() < deadline:
        time.sleep(0.01)
    cluster.workers[0].kill()
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said
    counts = dict(re.findall(r"^  (converted|empty|duplicate) +(\d+)", said, re.M))
    assert counts == {"converted": "60", "empty": "1", "duplicate": "1"}
    run(["in"], Path("whole"))
    assert contents(Path("out")) == contents(Path("whole"))
