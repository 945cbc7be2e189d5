"""Gold files (README.md says what they hold) and the score of a report against one.

python -m tests.accuracy    # scores each document, and names what it misses
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from converter.report import Fact, Report, Unit
from converter.vocabulary.periods import Duration, Instant, Period

FOLDER = Path(__file__).parent
_WEEK = 7
_ANY = "*"


@dataclass(frozen=True, slots=True)
class GoldValue:
    """One value of a gold file, in whole units, with the sign of its concept."""

    label: str
    accepted: frozenset[str]
    unit: str
    period: Period
    value: Decimal


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold file: its document and the values that must come out of it."""

    document: Path
    values: tuple[GoldValue, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of gold values, of those extracted and tagged, and of wrong facts; and what is missed, for people."""

    values: int = 0
    extracted: int = 0
    tagged: int = 0
    wrong: int = 0
    misses: tuple[str, ...] = ()

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.values + other.values,
            self.extracted + other.extracted,
            self.tagged + other.tagged,
            self.wrong + other.wrong,
            self.misses + other.misses,
        )

    def shares(self) -> Mapping[str, Decimal]:
        """What floors.toml holds the least of."""
        return {
            "extracted": Decimal(self.extracted) / self.values,
            "tagged": Decimal(self.tagged) / self.values,
            "right": 1 - Decimal(self.wrong) / self.values,
        }


def gold_paths() -> list[Path]:
    """Every gold file, by name."""
    return sorted(FOLDER.glob("*.gold"))


def read_floors() -> Mapping[str, Decimal]:
    """The least shares, by name."""
    with (FOLDER / "floors.toml").open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


def read_gold(path: Path) -> Gold:
    """Read a gold file. Raises ValueError where it is not as README.md says."""
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    values: list[GoldValue] = []
    scale, periods = Decimal(1), list[Period]()
    for line in lines:
        if line.startswith("@"):
            _, scale_part, periods_part = line.split(" ", 2)
            scale = Decimal(scale_part.removeprefix("scale="))
            periods = [_period(text) for text in periods_part.removeprefix("periods=").split()]
        elif line.strip():
            values += _row(line, scale, periods)
    return Gold((path.parent / first.removeprefix("# doc: ")).resolve(), tuple(values))


def score(gold: Gold, report: Report) -> Score:
    """How much of the gold values the report has, and how many of its facts contradict them."""
    facts = [fact for fact in report.facts if fact.unit is not None]
    extracted = tagged = 0
    misses: list[str] = []
    for wanted in gold.values:
        same = [fact for fact in facts if _same_amount(fact, wanted)]
        said = any(_says(fact, wanted) for fact in same)
        extracted += bool(same)
        tagged += said
        if not said:
            found = ", ".join(f"{fact.concept} {fact.value}" for fact in same) or "nothing"
            misses.append(f"{gold.document.name}: {wanted.label} {wanted.value}: {found}")
    wrong = [fact for fact in facts if _contradicts(fact, gold.values)]
    misses += [f"{gold.document.name}: wrong: {fact.concept} {fact.value} ({fact.context.name})" for fact in wrong]
    return Score(len(gold.values), extracted, tagged, len(wrong), tuple(misses))


def _row(line: str, scale: Decimal, periods: Sequence[Period]) -> Iterator[GoldValue]:
    label, concepts, unit, *texts = (part.strip() for part in line.split(";"))
    factor = Decimal(1) if "/" in unit or unit == "pure" else scale
    for period, text in zip(periods, texts, strict=True):
        if text != ".":
            yield GoldValue(label, frozenset(concepts.split("|")), unit, period, Decimal(text) * factor)


def _period(text: str) -> Period:
    first, _, last = text.partition("/")
    start = date.fromisoformat(first)
    return Duration(start, date.fromisoformat(last)) if last else Instant(start)


def _unit(unit: Unit | None) -> str:
    if unit is None:
        return ""
    parts = [unit.numerator, *([unit.denominator] if unit.denominator else [])]
    return "/".join(part.split(":")[-1] for part in parts)


def _same_place(fact: Fact, wanted: GoldValue) -> bool:
    return _unit(fact.unit) == wanted.unit and _same_period(fact.context.period, wanted.period)


def _same_amount(fact: Fact, wanted: GoldValue) -> bool:
    return isinstance(fact.value, Decimal) and abs(fact.value) == abs(wanted.value) and _same_place(fact, wanted)


def _says(fact: Fact, wanted: GoldValue) -> bool:
    plain = fact.concept in wanted.accepted and fact.value == wanted.value and not fact.context.dimensions
    return plain or _ANY in wanted.accepted


def _contradicts(fact: Fact, values: Sequence[GoldValue]) -> bool:
    if fact.context.dimensions or not isinstance(fact.value, Decimal):
        return False
    half = Decimal(5).scaleb(-(fact.decimals or 0) - 1)
    known = [wanted.value for wanted in values if fact.concept in wanted.accepted and _same_place(fact, wanted)]
    return bool(known) and not any(value == fact.value or abs(value - fact.value) <= half for value in known)


def _same_period(one: Period, other: Period) -> bool:
    if isinstance(one, Duration) and isinstance(other, Duration):
        return one.end == other.end and abs((one.start - other.start).days) <= _WEEK
    return one == other
