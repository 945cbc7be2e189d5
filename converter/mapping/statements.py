"""The mappings of all statements of a filing: each by itself, then reconciled, then the user's own."""

from collections.abc import Sequence

from converter.mapping.agreement import reconcile
from converter.mapping.mapper import map_statement
from converter.mapping.overrides import Override, apply_overrides
from converter.mapping.result import MappedStatement
from converter.mapping.stacks import settle_stacks
from converter.mapping.terms import settle_terms
from converter.statements import Statement
from converter.sums import find_sums


def map_statements(
    statements: Sequence[Statement], overrides: Sequence[Override] = (), *, with_sums: bool = True
) -> tuple[MappedStatement, ...]:
    """Find the sums of statements and map their rows; `overrides`, the user's own mappings, take precedence.

    With `with_sums` false no sums are looked for: only the captions of rows and of their neighbours count.
    """
    sums_by_statement = [find_sums(statement.items, statement.kind) if with_sums else () for statement in statements]
    separate = [
        settle_terms(statement, sums, settle_stacks(statement, map_statement(statement, sums)))
        for statement, sums in zip(statements, sums_by_statement, strict=True)
    ]
    reconciled = reconcile(separate, statements)
    return tuple(
        MappedStatement(statement, sums, apply_overrides(statement, sums, mappings, overrides))
        for statement, sums, mappings in zip(statements, sums_by_statement, reconciled, strict=True)
    )
