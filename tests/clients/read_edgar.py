"""Read files of this program with edgartools, offline, and print what it shows of them.

Runs in the environment of edgartools: `python read_edgar.py companyfacts FOLDER CIK`, where the folder has a folder
`companyfacts`, or `python read_edgar.py filing FOLDER`.
"""

import json
import os
import socket
import sys
from pathlib import Path

kind, folder = sys.argv[1], Path(sys.argv[2])


def refuse(*_: object) -> None:
    """Stand for every connection."""
    raise OSError("this test is offline")


socket.socket.connect = refuse  # type: ignore[method-assign]
os.environ |= {"EDGAR_IDENTITY": "Reader reader@example.com", "EDGAR_LOCAL_DATA_DIR": str(folder)}

import edgar  # noqa: E402

if kind == "companyfacts":
    from edgar.entity.entity_facts import get_company_facts

    edgar.use_local_storage(str(folder))
    facts = get_company_facts(int(sys.argv[3]))
    shown = [
        facts.income_statement(annual=True),
        facts.balance_sheet(annual=True),
        facts.cash_flow_statement(annual=True),
    ]
    values = {
        concept: [
            [str(fact.period_end), fact.numeric_value]
            for fact in facts.query().by_concept(concept, exact=True).execute()
        ]
        for concept in ("us-gaap:SalesRevenueNet", "us-gaap:NetIncomeLoss", "us-gaap:Assets")
    }
    print("TOLD", json.dumps({"name": facts.name, "shown": [str(each) for each in shown], "values": values}))
else:
    from edgar.xbrl import XBRL

    xbrl = XBRL.from_directory(folder)
    statements = (
        xbrl.statements.balance_sheet(),
        xbrl.statements.income_statement(),
        xbrl.statements.cash_flow_statement(),
    )
    frames = [statement.to_dataframe() for statement in statements]
    told = [json.loads(frame.to_json(orient="records")) for frame in frames]
    roles = [statement["definition"] for statement in xbrl.get_all_statements()]
    print("TOLD", json.dumps({"roles": roles, "statements": told, "shown": [str(each) for each in statements]}))
