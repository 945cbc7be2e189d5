"""Which template a filing is of."""

import pytest

from converter.normalised import Template, template_of

BANK = ("Deposits", "NoninterestIncome", "NoninterestExpense")
UTILITY = ("PublicUtilitiesPropertyPlantAndEquipmentNet", "UtilitiesOperatingExpenseFuelUsed", "UtilityRevenue")


@pytest.mark.parametrize(
    ("concepts", "sic", "template"),
    [
        ((), "", Template.INDUSTRIAL),
        (("Revenues", "NetIncomeLoss"), "3571", Template.INDUSTRIAL),
        (BANK, "", Template.BANK),
        (BANK, "7370", Template.BANK),
        (BANK[:2], "", Template.INDUSTRIAL),
        (BANK[:2], "6311", Template.INSURER),
        ((), "6021", Template.BANK),
        ((), "6211", Template.BROKER),
        ((), "6798", Template.REAL_ESTATE),
        ((), "4911", Template.UTILITY),
        ((*BANK, *UTILITY), "4911", Template.UTILITY),
        ((*BANK, *UTILITY), "", Template.BANK),
        ((), "none", Template.INDUSTRIAL),
    ],
)
def test_template(concepts: tuple[str, ...], sic: str, template: Template) -> None:
    assert template_of(concepts, sic) is template
