"""Where the files that tests read stand."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "converter"
EXAMPLES = ROOT / "examples"
BENCHMARKS = ROOT / "benchmarks"
DOCUMENTS = ROOT / "tests" / "documents"
