"""The vocabularies whose elements the concepts are: US-GAAP and DEI of 2009, for those who join their own data."""

from enum import StrEnum

from msgspec import Struct

from converter.taxonomy.table import BASE_URL, NAMESPACE, PREFIX, Concept

_NOT_OF_DEI = frozenset(
    {
        "AccessionNumber",
        "CoverAbstract",
        "ExhibitType",
        "FilingDate",
        "ReleaseDate",
        "SecurityExchangeName",
        "StandardIndustrialClassification",
    }
)
"""The rows of the cover that Document and Entity Information (DEI) of 2009 does not have."""


class Vocabulary(Struct, frozen=True):
    """A namespace with its usual prefix; `schema` is the URL of its schema, `file` that of the taxonomy which says it.

    The schema of another vocabulary is not ours to ship: the file declares only the elements that it has in common
    with the table of concepts.
    """

    prefix: str
    namespace: str
    schema: str
    file: str

    def name_of(self, concept: Concept) -> str:
        """Return the name of a concept in this vocabulary, "" if it has none."""
        if self is TTX:
            return concept.name
        if self is US_GAAP:
            return concept.us_gaap
        return concept.name if "cover" in concept.statements and concept.name not in _NOT_OF_DEI else ""


TTX = Vocabulary(PREFIX, NAMESPACE, f"{BASE_URL}ttx-2026-elements.xsd", "ttx-2026-elements.xsd")
"""The concepts alone, without labels, trees and dimensions."""
US_GAAP = Vocabulary(
    "us-gaap",
    "http://xbrl.us/us-gaap/2009-01-31",
    "http://taxonomies.xbrl.us/us-gaap/2009/elts/us-gaap-2009-01-31.xsd",
    "us-gaap-2009.xsd",
)
DEI = Vocabulary(
    "dei",
    "http://xbrl.us/dei/2009-01-31",
    "http://taxonomies.xbrl.us/us-gaap/2009/non-gaap/dei-2009-01-31.xsd",
    "dei-2009.xsd",
)
SHARED = (US_GAAP, DEI)
"""The vocabularies of others."""


class Naming(StrEnum):
    """Which names concepts have in a filing's own files: all those of the taxonomy, or those of others first."""

    TTX = "ttx"
    US_GAAP = "us-gaap"


def vocabulary_of(concept: Concept, naming: Naming) -> Vocabulary:
    """Return the vocabulary that names a concept."""
    others = SHARED if naming is Naming.US_GAAP else ()
    return next((each for each in others if each.name_of(concept)), TTX)
