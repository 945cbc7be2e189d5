"""Facts of a report -> standard items: one name and one value for revenue, whatever a company calls it."""

from converter.normalised.engine import normalise
from converter.normalised.items import Item, NormalisedError, Statement, load_items, parse_items
from converter.normalised.model import Normalised, Rule, StandardValue
from converter.normalised.templates import Template, template_of

__all__ = [
    "Item",
    "Normalised",
    "NormalisedError",
    "Rule",
    "StandardValue",
    "Statement",
    "Template",
    "load_items",
    "normalise",
    "parse_items",
    "template_of",
]
