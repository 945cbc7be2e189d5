"""Compare the time of converting a filing with the time of loading and validating the result with Arelle.

usage: python benchmarks/against_arelle.py [FILE ...] [--runs N]

FILE is a filing; the default is the releases of examples/. Both are run alternately as commands in new processes; the
medians of their CPU times and the converter's peak memory are printed. Needs nothing but the installed project.

Python compiles a module that has no compiled file beside it each time: install the project, or run
`python -m compileall converter` first, as PYTHONDONTWRITEBYTECODE keeps it from doing so by itself.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

EXAMPLES = Path(__file__).parents[1] / "examples"
ARELLE = ["--validate", "--calc", "c11r", "--validateDuplicateFacts", "inconsistent", "--validateXmlOim"]


def timed(command: Sequence[str]) -> float:
    """Return the CPU time of a command in seconds. Raises CalledProcessError if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Medians(NamedTuple):
    """Median times in seconds."""

    converter: float
    arelle: float


def measure(source: Path, folder: Path, runs: int) -> Medians:
    """Measure converting a filing, and Arelle on its instance."""
    instance, package = folder / "out.xml", folder / "taxonomy.zip"
    convert = [sys.executable, "-m", "converter", str(source), "-o", str(instance), "-q"]
    arelle = [sys.executable, "-m", "arelle.CntlrCmdLine", "--file", str(instance), "--packages", str(package)]
    times = [(timed(convert), timed([*arelle, *ARELLE, "--internetConnectivity", "offline"])) for _ in range(runs)]
    return Medians(*map(statistics.median, zip(*times, strict=True)))


def main() -> None:
    """Measure the files; print a line for each, and the peak memory of the converter."""
    parser = argparse.ArgumentParser(description="Time the converter against Arelle.")
    parser.add_argument("files", nargs="*", type=Path, default=sorted(EXAMPLES.glob("release-*.txt")))
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder, "taxonomy.zip")
        subprocess.run([sys.executable, "-m", "converter", "--quiet", "--taxonomy-package", str(package)], check=True)
        subprocess.run(
            [sys.executable, "-m", "converter", str(options.files[0]), "-o", str(Path(folder, "out.xml")), "-q"],
            check=True,
        )
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{'file':<30} {'convert':>9} {'Arelle':>9} {'share':>7}")
        for source in options.files:
            medians = measure(source, Path(folder), options.runs)
            share = medians.converter / medians.arelle
            print(f"{source.name:<30} {medians.converter:>7.2f} s {medians.arelle:>7.2f} s {share:>7.3f}")
    print(f"converting took {memory:.0f} MB at most")


if __name__ == "__main__":
    main()
