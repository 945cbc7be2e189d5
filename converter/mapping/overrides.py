"""The user's own table of mappings, which takes precedence over the mapper."""

import csv
import re
from collections.abc import Collection, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from converter.mapping.alternatives import is_balance
from converter.mapping.guess import load_guesser
from converter.mapping.result import Mapping
from converter.mapping.signs import signs_of
from converter.statements import LineItem, Statement, StatementKind
from converter.sums import Sum

FIELDS = ("pattern", "statement", "concept")
_GENERAL = "-"


class OverrideError(ValueError):
    """A table of mappings that cannot be used; the message names file, line and the nearest concepts."""


class Override(Struct, frozen=True):
    """The concept of rows whose whole caption matches `pattern`, in statements of `kind` (None: of any kind).

    `concept` is None for the general line-item concept.
    """

    pattern: re.Pattern[str]
    kind: StatementKind | None
    concept: str | None


def read_overrides(path: Path, concept_names: Collection[str]) -> tuple[Override, ...]:
    """Read a CSV table with the columns pattern, statement, concept.

    `pattern` is a regular expression for the whole caption, case-insensitive; `statement` is bs, is, cf or empty for
    any; `concept` is one of `concept_names` or "-" for the general line-item concept. Empty lines and lines that
    begin with # are skipped. Raises OverrideError for anything else and OSError when the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise OverrideError(f"not UTF-8 text ({error.reason}): {path}: save it as UTF-8") from error
    rows = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not rows:
        raise OverrideError(f"the table is empty: {path}: its first line must be {','.join(FIELDS)}")
    (first, header), *rest = rows
    columns = [name.strip().lower() for name in _cells(path, first, header)]
    if sorted(columns) != sorted(FIELDS):
        raise OverrideError(
            f"not the columns of a table of mappings: {path}:{first}: the first line must be {','.join(FIELDS)}"
        )
    return tuple(_override(path, number, columns, _cells(path, number, line), concept_names) for number, line in rest)


def _cells(path: Path, number: int, line: str) -> list[str]:
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error as error:
        raise OverrideError(
            f"not a line of CSV ({error}): {path}:{number}: put quotation marks around cells with commas"
        ) from error


def _override(
    path: Path, number: int, columns: Sequence[str], cells: Sequence[str], concept_names: Collection[str]
) -> Override:
    if len(cells) != len(columns):
        raise OverrideError(
            f"{len(cells)} cells where {len(columns)} are needed: {path}:{number}: give {','.join(columns)}"
        )
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
    try:
        pattern = re.compile(row["pattern"], re.IGNORECASE)
    except re.error as error:
        raise OverrideError(f"not a regular expression ({error}): {path}:{number}: write \\( for (") from error
    if not row["pattern"]:
        raise OverrideError(f"the pattern is empty: {path}:{number}: give the caption of a row")
    kinds = {kind.value: kind for kind in StatementKind}
    if row["statement"] and row["statement"].lower() not in kinds:
        raise OverrideError(
            f"no such statement {row['statement']!r}: {path}:{number}: give bs, is, cf, or nothing for any"
        )
    concept = row["concept"]
    if concept != _GENERAL and concept not in concept_names:
        from difflib import get_close_matches

        near = get_close_matches(concept, sorted(concept_names), n=3, cutoff=0.5)
        hint = f"did you mean {', '.join(near)}?" if near else "see text-to-xbrl concepts WORDS"
        raise OverrideError(f"no concept {concept!r} in the taxonomy: {path}:{number}: {hint}")
    return Override(pattern, kinds.get(row["statement"].lower()), None if concept == _GENERAL else concept)


def apply_overrides(
    statement: Statement, sums: Sequence[Sum], mappings: Sequence[Mapping], overrides: Sequence[Override]
) -> tuple[Mapping, ...]:
    """Return the mappings, replaced where the caption of a row matches an override; the first match counts.

    The sign of the user's concept is worked out anew. A concept that the user gives to one row is taken from any
    other, except for balances in a cash flow statement, which stand at the beginning and at the end.
    """
    if not overrides:
        return tuple(mappings)
    matches = {
        i: override for i, item in enumerate(statement.items) if (override := _match(statement, item, overrides))
    }
    if not matches:
        return tuple(mappings)
    names = [matches[i].concept if i in matches else mapping.concept for i, mapping in enumerate(mappings)]
    signs = signs_of(statement, sums, names, load_guesser().model)
    taken = {override.concept for override in matches.values()} - {None}
    if statement.kind is StatementKind.CASH_FLOW:
        taken = {name for name in taken if name and not is_balance(name)}
    replaced = []
    for i, mapping in enumerate(mappings):
        if i in matches:
            evidence = (f"your table: {matches[i].pattern.pattern!r}",)
            replaced.append(replace(mapping, concept=names[i], confidence=1.0, sign=signs[i], evidence=evidence))
        elif mapping.concept in taken:
            replaced.append(replace(mapping, concept=None, evidence=(*mapping.evidence, "given up to your table")))
        else:
            replaced.append(mapping)
    return tuple(replaced)


def unused_overrides(statements: Sequence[Statement], overrides: Sequence[Override]) -> tuple[Override, ...]:
    """Return the overrides that no row of the statements has; one may be hidden by another that stands before it."""
    used = {
        id(override)
        for statement in statements
        for item in statement.items
        if (override := _match(statement, item, overrides))
    }
    return tuple(override for override in overrides if id(override) not in used)


def _match(statement: Statement, item: LineItem, overrides: Sequence[Override]) -> Override | None:
    """Return the first override for the row, None without one."""
    label = " ".join(item.label.split())
    applicable = (override for override in overrides if override.kind in (None, statement.kind))
    return next((override for override in applicable if override.pattern.fullmatch(label)), None)
