"""Inline XBRL's transformations, by the XBRL processor's own functions."""

from decimal import Decimal

from converter.outputs.review.transforms import REGISTRY


def transformed(text: str, format: str) -> str:
    """What an XBRL processor makes of a text: by Arelle's own transformation functions."""
    from arelle.FunctionIxt import ixtNamespaceFunctions  # type: ignore[import-untyped]

    return str(ixtNamespaceFunctions[REGISTRY][format](text)) if format else text


def number(text: str, format: str, scale: int, negative: bool) -> Decimal:
    """What an XBRL processor makes of a number."""
    value = Decimal(transformed(text, format)).scaleb(scale)
    return -value if negative else value
