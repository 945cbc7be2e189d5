"""Captions in their normal form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.mapping.captions import caption_features, normalize_caption, stem
from converter.statements.model import UnitKind


@pytest.mark.parametrize(
    ("label", "phrase"),
    [
        ("Net sales", "net sales"),
        ("  NET   SALES:", "net sales"),
        ("Selling, general & administrative", "selling general and administrative"),
        ("Selling, gen'l and admin. exp.", "selling general and administrative expense"),
        ("Accts. receivable", "accounts receivable"),
        ("Accumulated depr. and amort.", "accumulated depreciation and amortization"),
        ("Prepaid exp. & other curr. assets", "prepaid expense and other current assets"),
        ("Shareholders' equity", "stockholders equity"),
        ("Shareowners’ equity", "stockholders equity"),
        ("Stockholder's equity", "stockholders equity"),
        ("Noncurrent liabilities", "non current liabilities"),
        ("Non-current liabilities", "non current liabilities"),
        ("Accounts receivable, less allowance of $1,204 and $998", "accounts receivable less allowance of and"),
        ("Common stock, $.01 par value; 20,000,000 shares authorized", "common stock par value shares authorized"),
        ("Balance, December 31, 1996", "balance"),
        ("Long-term debt (Note 4)", "long term debt"),
        ("Long-term debt - Notes 4 and 5", "long term debt"),
        ("Commitments and contingencies (see notes 7, 8)", "commitments and contingencies"),
        ("Other (a)", "other"),
        ("Other*", "other"),
        ("Minority interest (1)", "minority interest"),
        ("DD&A", "depreciation depletion and amortization"),
        ("D,D&A", "depreciation depletion and amortization"),
        ("DD and A", "depreciation depletion and amortization"),
        ("SG&A", "selling general and administrative"),
        ("S G & A EXPENSES", "selling general and administrative expenses"),
        ("R&D", "research and development"),
        ("Advances from FHLB", "advances from federal home loan bank"),
        ("Share capital [note 10[b]]", "common stock"),
        ("Called up share capital (note 9)", "common stock"),
        ("Share capital and contributed surplus", "share capital and contributed surplus"),
        ("Total operating revenue", "total operating revenues"),
        ("Total net operating revenues", "total revenues"),
        ("", ""),
        ("1,234", ""),
        ("---", ""),
    ],
)
def test_the_phrase(label: str, phrase: str) -> None:
    assert normalize_caption(label).phrase == phrase


@pytest.mark.parametrize(
    ("label", "unit", "phrase"),
    [
        ("Primary", UnitKind.PER_SHARE, "basic"),
        ("Fully diluted", UnitKind.PER_SHARE, "diluted"),
        ("Assuming full dilution", UnitKind.PER_SHARE, "assuming diluted"),
        ("Primary", UnitKind.SHARES, "basic"),
        ("Primary metals", UnitKind.MONETARY, "primary metals"),
    ],
)
def test_earnings_per_share_before_1997(label: str, unit: UnitKind, phrase: str) -> None:
    assert normalize_caption(label, unit).phrase == phrase


@pytest.mark.parametrize(
    ("label", "head"),
    [
        ("Accounts receivable, net of allowance", "accounts receivable"),
        ("Accounts receivable net of allowance", "accounts receivable"),
        ("Inventories (at lower of cost or market)", "inventories"),
        ("Debt less current portion", "debt"),
        ("Long-term debt", "long term debt"),
        ("Net sales", "net sales"),
        ("(Increase) decrease in receivables", "increase decrease in receivables"),
    ],
)
def test_the_head_ends_where_a_caption_begins_to_explain(label: str, head: str) -> None:
    assert " ".join(normalize_caption(label).head) == head


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("amortized", "amortization"),
        ("investment", "investments"),
        ("liability", "liabilities"),
        ("operating", "operations"),
        ("inventory", "inventories"),
        ("expense", "expenses"),
    ],
)
def test_words_of_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_short_words_stay_as_they_are() -> None:
    assert [stem(word) for word in ("tax", "debt", "cash", "net")] == ["tax", "debt", "cash", "net"]


def test_features_of_two_orders_meet_in_the_set_of_words() -> None:
    one, other = (set(caption_features(normalize_caption(text))) for text in ("Deferred charges", "Charges, deferred"))
    assert "#charg deferr" in one & other
    assert "=deferred charges" in one - other


def test_a_caption_without_words_has_no_features() -> None:
    assert list(caption_features(normalize_caption("1,234"))) == []


@given(st.text(max_size=60), st.sampled_from(UnitKind))
def test_any_text_is_read_and_a_phrase_reads_as_itself(text: str, unit: UnitKind) -> None:
    caption = normalize_caption(text, unit)
    assert caption.phrase == " ".join(caption.words)
    assert caption.head == caption.words[: len(caption.head)]
    assert len(list(caption_features(caption))) == len(set(caption_features(caption)))
