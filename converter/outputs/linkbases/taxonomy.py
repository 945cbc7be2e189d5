"""A filing's schema, its linkbases and its report with the names of both."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from converter.outputs.instance import References, legal_xml
from converter.outputs.linkbases.dimensions import Table, tables_of
from converter.outputs.linkbases.labels import NEGATED_ROLES, Labels
from converter.outputs.linkbases.names import Names
from converter.outputs.linkbases.printed import shown_statements
from converter.outputs.linkbases.trees import Role, roles_of, with_sums
from converter.pipeline import Reading
from converter.report import Report
from converter.resources import template_environment
from converter.taxonomy import (
    GENERAL_LINE_ITEMS,
    NAMESPACE,
    PREFIX,
    SHARED,
    TTX,
    Naming,
    Vocabulary,
    xbrl_type,
)

LINKBASES = ("pre", "lab", "cal", "def")
_ROLE_OF_LINKBASE = {"pre": "presentation", "lab": "label", "cal": "calculation", "def": "definition"}


class FilingTaxonomy(Struct, frozen=True):
    """The schema and linkbases of a filing.

    `report` is that of the reading with qualified names (`prefix:local`) in place of the names of concepts, axes and
    members: its facts stand in the same order, and those of general line items have elements of the filing.
    `vocabulary` is the filing's own namespace. `files` are the texts of its schema and linkbases, by their names;
    `imported` are the vocabularies of others that they name.
    """

    report: Report
    vocabulary: Vocabulary
    files: Mapping[str, str]
    imported: tuple[Vocabulary, ...]

    @property
    def instance_file(self) -> str:
        """The name of the instance beside the filing's schema."""
        return self.vocabulary.file.removesuffix(".xsd") + ".xml"

    def references(self, beside: bool) -> References:
        """Return what the report refers to: the filing's schema by its URL, or by its name if it lies beside it."""
        schema = self.vocabulary.file if beside else self.vocabulary.schema
        return References((schema,), {each.prefix: each.namespace for each in (self.vocabulary, TTX, *self.imported)})


def taxonomy_of(reading: Reading, naming: Naming) -> FilingTaxonomy:
    """Return the schema and linkbases of a filing: a role for each statement, in printed order, with its captions.

    Equal readings give equal files. With Naming.US_GAAP, concepts have the names of US-GAAP and DEI of 2009 where these
    have them.
    """
    report = reading.report
    names, labels = Names(report, naming), Labels()
    groups = tuple(replace(group, facts=tuple(map(names.fact, group.facts))) for group in report.groups)
    filed = replace(report, groups=groups)
    facts = filed.facts
    statements = tuple(shown_statements(reading))
    roles = tuple(roles_of(statements, report.facts, facts, names, labels))
    reported = {fact.concept: names.concept(fact.concept) for fact in report.facts
                if fact.concept not in GENERAL_LINE_ITEMS}  # fmt: skip
    roles = tuple(with_sums(roles, report.networks, reported, names.vocabulary.namespace))
    return FilingTaxonomy(
        filed,
        names.vocabulary,
        _files(names, labels, roles, tables_of(facts, names, labels), report),
        tuple(each for each in SHARED if naming is Naming.US_GAAP),
    )


def _files(
    names: Names, labels: Labels, roles: Sequence[Role], tables: Sequence[Table], report: Report
) -> Mapping[str, str]:
    vocabulary = names.vocabulary
    stem = vocabulary.file.removesuffix(".xsd")
    linkbases = {name: f"{stem}_{name}.xml" for name in LINKBASES}

    def href(name: str) -> str:
        owner = names.vocabulary_of(name)
        schema = owner.file if owner is vocabulary else owner.schema
        return f"{schema}#{name.replace(':', '_')}"

    values: Mapping[str, Any] = {
        "own": vocabulary,
        "roles": roles,
        "tables": tables,
        "labels": tuple(labels),
        "labelled": tuple(dict.fromkeys(label.concept for label in labels)),
        "elements": names.elements,
        "imported": (TTX, *SHARED) if any(names.vocabulary_of(each.concept) in SHARED for each in labels) else (TTX,),
        "linkbases": {_ROLE_OF_LINKBASE[name]: file for name, file in linkbases.items()},
        "networks": report.networks,
        "negated": NEGATED_ROLES,
        "ttx": (PREFIX, NAMESPACE),
        "href": href,
        "xbrl_type": xbrl_type,
    }
    environment = template_environment("templates/linkbases")
    files = {vocabulary.file: environment.get_template("schema.xsd.j2").render(**values)}
    for name, file in linkbases.items():
        files[file] = environment.get_template(f"{_ROLE_OF_LINKBASE[name]}.xml.j2").render(**values)
    return {name: legal_xml(text) for name, text in files.items()}
