"""Rewrites the golden instances, for review before they are committed:

python -m tests.helpers.write_golden && git diff tests/golden
"""

from pathlib import Path

import converter

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
EXAMPLES = tuple(sorted(path for path in (ROOT / "examples").iterdir() if path.suffix != ".md"))


def golden_of(example: Path) -> Path:
    """Where the instance of an example is kept."""
    return GOLDEN / f"{example.stem}.xml"


def write_golden() -> None:
    """Convert every example; instances of examples that are no more are removed."""
    GOLDEN.mkdir(exist_ok=True)
    for instance in GOLDEN.glob("*.xml"):
        instance.unlink()
    for example in EXAMPLES:
        converter.convert(example, golden_of(example))


if __name__ == "__main__":
    write_golden()
