"""Where the files that tests read stand."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "converter"
EXAMPLES = ROOT / "examples"
BENCHMARKS = ROOT / "benchmarks"
DOCUMENTS = ROOT / "tests" / "documents"
EXPECTED = ROOT / "tests" / "examples"
"""What the examples become, and what they say."""
