import re

import pytest

from converter.vocabulary import expression


def test_an_expression_is_used_like_a_compiled_one() -> None:
    lazy = expression(r"(?P<word>a+)(\d)?", re.IGNORECASE)
    assert lazy.pattern == r"(?P<word>a+)(\d)?"
    match = lazy.search("xxAA1")
    assert match is not None
    assert match.re is re.compile(lazy.pattern, re.IGNORECASE)
    assert (match["word"], match[2]) == ("AA", "1")
    assert lazy.sub("-", "bAb") == "b-b"
    assert lazy.flags & re.IGNORECASE
    assert dict(lazy.groupindex) == {"word": 1}


def test_it_is_compiled_when_it_is_first_used() -> None:
    broken = expression("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("")


def test_it_has_no_other_attributes() -> None:
    assert not hasattr(expression("a"), "searches")
