"""Where concepts stand in the presentation of a statement."""

from functools import cache

from converter.statements import StatementKind
from converter.taxonomy import load_taxonomy


@cache
def directly_below(kind: StatementKind, parents: tuple[str, ...]) -> frozenset[str]:
    """Return the concepts whose parent in the presentation of a statement is one of these abstract ones."""
    children = load_taxonomy().children[kind.value]
    return frozenset(name for parent in parents for name in children.get(parent, ()))


@cache
def below(kind: StatementKind, root: str) -> frozenset[str]:
    """Return the concepts anywhere below an abstract one in the presentation of a statement."""
    children = directly_below(kind, (root,))
    return children.union(*(below(kind, child) for child in children if child.endswith("Abstract")))
