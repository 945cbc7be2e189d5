"""URLs without their passwords: what is shown, stored, or made a name of."""

import re

_PARAMETERS = "password|passwd|pwd|secret|token|access_token|api_?key|sig|signature"
_SECRET = re.compile(
    # Between the scheme and the host, where a password may have a slash that should have been written %2F.
    r"(?<=://)(?:[^/?#\s]*|[^/?#@:\s]*:(?!\d+(?:[/?#]|$))[^@\s]{0,999})@"
    # The same before a host alone, as messages and paths have it.
    r"|(?:^|(?<=^/)|(?<=[\s'\"(=])|(?<=[\s'\"(=]/))[^\s/:@'\"]{1,999}:[^\s/@'\"]{1,999}@"
    # The value of a parameter: of the usual names, and of addresses that are signed.
    rf"|(?<=[?&;])(?P<name>(?:{_PARAMETERS}|x-[a-z]+-(?:credential|security-token|signature))=)[^&;#\s]*",
    re.IGNORECASE,
)


def without_password(text: str) -> str:
    """Return a URL, or a text with URLs, without user names, passwords, tokens and signatures."""
    return _SECRET.sub(lambda match: match["name"] or "", text)
