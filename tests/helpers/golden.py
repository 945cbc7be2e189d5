"""Golden files: where they lie, what they are made of, and how they differ from what is made now.

`python tests/golden.py` compares and writes them; the tests use the same functions.
"""

import difflib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import converter
from helpers.documents import documents, examples, instance_of
from helpers.golden_text import describe
from helpers.paths import DOCUMENTS, EXPECTED, ROOT
from helpers.truths import Score, read_truth, score

Make = Callable[[Path], bytes]


@dataclass(frozen=True, slots=True)
class Golden:
    """A golden file, the document it comes from, and how it is made; without `make` it has no document any more."""

    source: Path
    path: Path
    make: Make | None

    @property
    def name(self) -> str:
        """Where it lies, from the folder of the tests."""
        return self.path.relative_to(ROOT / "tests").as_posix()

    @property
    def kept(self) -> bytes:
        """What it holds; nothing when it is not there."""
        return self.path.read_bytes() if self.path.exists() else b""

    def made(self) -> bytes:
        """What it would hold now."""
        return b"" if self.make is None else self.make(self.source)

    def difference(self) -> str:
        """A unified diff from what it holds to what it would hold now; empty if they are the same."""
        kept, made = self.kept, self.made()
        if kept == made:
            return ""
        before, after = (data.decode().splitlines(keepends=True) for data in (kept, made))
        return "".join(difflib.unified_diff(before, after, f"kept/{self.name}", f"made/{self.name}"))

    def accept(self) -> None:
        """Keep what is made now."""
        if self.make is None:
            self.path.unlink()
        else:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_bytes(self.made())


def truths() -> dict[Path, Path]:
    """Every truth, with its document."""
    found = {DOCUMENTS / f"{path.stem}.truth": path for path in documents()}
    found |= {EXPECTED / f"{path.stem}.truth": path for path in examples()}
    return {truth: path for truth, path in sorted(found.items()) if truth.exists()}


def goldens() -> list[Golden]:
    """Every golden file that is or should be, by name."""
    wanted = [Golden(path, path.with_suffix(".golden"), _outline) for path in documents()]
    wanted += [Golden(path, EXPECTED / f"{path.stem}.golden", _outline) for path in examples()]
    wanted += [Golden(path, instance_of(path), _instance) for path in examples()]
    known = {golden.path for golden in wanted}
    kept = [*DOCUMENTS.glob("*.golden"), *EXPECTED.glob("*.golden"), *EXPECTED.glob("*.xml")]
    wanted += [Golden(path, path, None) for path in kept if path not in known]
    return sorted(wanted, key=lambda golden: golden.path)


def score_of(truth: Path) -> Score:
    """How much of a truth its document becomes."""
    return score(read_truth(truth), converter.read(truths()[truth]))


def matching(paths: Sequence[Path], pattern: str) -> Iterator[Path]:
    """The paths that a pattern names: a path or a shell pattern, from anywhere, with or without an ending."""
    given = Path(pattern)
    wanted = given.as_posix() if given.is_absolute() else f"*/{given.as_posix()}"
    for path in paths:
        names = (path.as_posix(), path.with_suffix("").as_posix())
        if any(fnmatch(name, one) for name in names for one in (wanted, f"{wanted}/*")):
            yield path


def _outline(source: Path) -> bytes:
    return describe(source.read_bytes(), source.name).encode()


def _instance(source: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "out.xml")
        converter.convert(source, target)
        return target.read_bytes()
