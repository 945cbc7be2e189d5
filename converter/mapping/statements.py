"""All statements of a filing -> their mappings: each by itself, then seen together, then as the user says."""

from collections.abc import Sequence

from converter.mapping.agreement import agree
from converter.mapping.mapper import map_statement
from converter.mapping.overrides import Override, apply_overrides
from converter.mapping.result import MappedStatement
from converter.statements import Statement
from converter.sums import find_sums


def map_statements(
    statements: Sequence[Statement], overrides: Sequence[Override] = (), *, with_sums: bool = True
) -> tuple[MappedStatement, ...]:
    """Find the sums of statements and map their rows; `overrides` are the user's own mappings and go first.

    Without sums (`with_sums`), only the wording of rows and their neighbours count.
    """
    sums = [find_sums(statement.items, statement.kind) if with_sums else () for statement in statements]
    alone = [map_statement(statement, found) for statement, found in zip(statements, sums, strict=True)]
    return tuple(
        MappedStatement(statement, found, apply_overrides(statement, found, mappings, overrides))
        for statement, found, mappings in zip(statements, sums, agree(alone, statements), strict=True)
    )
