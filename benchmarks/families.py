"""What counts as right by family: a near synonym of an accepted concept."""

from collections.abc import Iterable

from converter.taxonomy import representatives


def is_near(name: str | None, accepted: Iterable[str]) -> bool:
    """Whether a concept is one of those accepted, or of the family of one."""
    first = representatives()
    return name is not None and first.get(name, name) in {first.get(other, other) for other in accepted}
