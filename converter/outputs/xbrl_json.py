"""Reports as xBRL-JSON 1.0 (https://xbrl.org/2021/xbrl-json)."""

import json

from converter.outputs.oim import OimFact, document_info, oim_facts
from converter.report import Report


def render_json(report: Report) -> str:
    """Return the report as a JSON object with values in canonical form; equal reports give equal text."""
    info = document_info(report, "xbrl-json")
    info["features"] = {"xbrl:canonicalValues": True}
    facts = {fact.id: _properties(fact) for fact in oim_facts(report)}
    return json.dumps({"documentInfo": info, "facts": facts}, ensure_ascii=False, indent=1) + "\n"


def _properties(fact: OimFact) -> dict[str, object]:
    decimals = {} if fact.decimals is None else {"decimals": fact.decimals}
    return {"value": fact.value, **decimals, "dimensions": dict(fact.dimensions)}
