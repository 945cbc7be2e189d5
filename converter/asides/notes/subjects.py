"""What sentences of notes state amounts of: the words for each subject and its concept."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from converter.vocabulary import expression

_COSTS = r"(?:costs?|expenses?|expenditures?)"
_EXPENSED = r"(?:\s(?:charged\sto\s(?:expense|operations|earnings|income)|expensed|incurred))?"
_LEASES = (
    r"(?:under|for|on|of|from|related\sto|relating\sto|applicable\sto|associated\swith)"
    r"\s(?:(?:all|the|its|our|these)\s)?(?:non-?\s?cancell?able\s)?(?:operating\s)?leases?(?:\sagreements?)?"
)
_PAID_INTEREST = r"(?:cash\s)?(?:interest\s(?:paid|payments)|(?:paid|payments?)\s(?:for|of)\sinterest)"
_PAID_TAXES = r"(?:cash\s)?(?:income\stax(?:es)?\s(?:paid|payments)|(?:paid|payments?)\s(?:for|of)\sincome\staxes)"
_CAPITALIZED = r"(?:amounts?\scapitalized|capitalized\s(?:interest|amounts?)|interest\scapitalized)"
_DEBTORS = r"(?:accounts?(?:\sreceivable)?|receivables?|debts)"
_SUBJECTS: Mapping[str, str] = {
    "AdvertisingExpense": rf"advertising(?:\s{_COSTS})?{_EXPENSED}",
    "OperatingLeasesRentExpenseNet": (
        rf"(?:rent|rental|lease|operating\slease)\s{_COSTS}{_EXPENSED}(?:\s{_LEASES})?|rentals?\s{_LEASES}"
    ),
    "ResearchAndDevelopmentExpense": (
        rf"(?:(?:{_COSTS}|spending)\s(?:for|on)\s)?research\s(?:and|&)\sdevelopment"
        rf"(?:\s(?:{_COSTS}|spending|activities))?{_EXPENSED}"
    ),
    "InterestPaidNet": rf"{_PAID_INTEREST},?\s\(?net\sof\s{_CAPITALIZED}\)?,?",
    "InterestPaid": rf"{_PAID_INTEREST}|paid\sinterest",
    "IncomeTaxesPaidNet": rf"{_PAID_TAXES},?\s\(?net\sof\s(?:(?:income\s)?tax\s)?refunds(?:\sreceived)?\)?,?",
    "IncomeTaxesPaid": rf"{_PAID_TAXES}|paid\sincome\staxes|(?<=\sand\s)income\staxes(?:\spaid)?",
    "InterestCostsCapitalized": r"(?:capitalized\sinterest|interest\scapitalized)(?:\s(?:costs?|expense))?",
    "Depreciation": r"depreciation(?:\sexpense)?(?:\s(?:of|on)\sproperty,?(?:\splant)?,?\sand\sequipment)?",
    "AllowanceForDoubtfulAccountsReceivableCurrent": (
        rf"allowances?\sfor\s(?:doubtful|uncollectible|bad)\s(?:trade\s)?{_DEBTORS}"
    ),
}
CONCEPTS: Mapping[str, str] = MappingProxyType({f"s{i}": concept for i, concept in enumerate(_SUBJECTS)})
"""The concept of each group of `SUBJECT`."""
SUBJECT = "|".join(rf"(?P<{group}>{_SUBJECTS[concept]})" for group, concept in CONCEPTS.items())
"""Matches a subject whose words are one space apart, in any case."""
SUBJECT_PATTERN = expression(rf"\b(?=[acdeiloprns])(?:{SUBJECT})", re.IGNORECASE)
SUBJECT_CAPTION = expression(SUBJECT, re.IGNORECASE)
"""For captions that are a subject as a whole."""
ANYWHERE = frozenset({"AllowanceForDoubtfulAccountsReceivableCurrent"})
"""Concepts of subjects that other words may stand before: "receivables, less allowance for doubtful accounts of"."""
TRIGGERS = (
    *("advertising", " rent", "rental", "lease cost", "lease exp", "research", "interest pa", "for interest"),
    *("of interest", "paid interest", "tax pa", "taxes pa", "income taxes", "capitalized", "depreciation", "allowance"),
)
"""Every subject has one of these words, with a space before it at the beginning of a sentence too."""
