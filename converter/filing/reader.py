"""Read the bytes of a file into a Filing: gzip, decoding, EDGAR submissions and bare files, plain text and HTML."""

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from converter.filing.envelope import Header, Part, read_envelope
from converter.filing.lines import Line, Lines, normalise, split_lines
from converter.filing.mailed import unwrapped
from converter.vocabulary import Code, Finding, Severity

__all__ = ["Document", "Filing", "Header", "Line", "NotAReport", "read_filing"]

LARGEST_GZIP = 512 * 1024 * 1024
MAX_LINES = 1_000_000
"""So many lines of text are read of one file, at most; filings of a hundred thousand lines are rare."""

_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"BM\x00", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"BZh", "a bzip2 archive"),
    (b"\x1f\x9d", "a compressed archive"),
    (b"\xfd7zXZ", "an xz archive"),
)
# Control characters but those that text files contain: tabs, line ends, vertical tabs, form feeds, escapes, DOS ends.
_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B})
_NUL_SEARCHED_BYTES = 8_000
_MIN_BYTES_PER_CONTROL = 100

_NOT_TEXT = re.compile(r"\s*(?:<(PDF|XBRL|XML|GRAPHIC|ZIP|EXCEL)>|(begin [0-7]{3,4} \S)|<\?(xml)|(%PDF-))", re.I)
_NOT_TEXT_TYPES = {"GRAPHIC", "PDF", "ZIP", "EXCEL", "XML", "COVER-PDF"}
_HTML = re.compile(r"<(?i:!doctype\s+html|html|body|t[rd]|div|font|br)(?=[\s/>])")
"""A tag of HTML; those of text filings (`<TABLE>`, `<CAPTION>`, `<S>`, `<C>`, `<PAGE>`) are none."""
_EXHIBIT_HEADING = re.compile(r"\s*(?:exhibit|ex)[\s.\-]*(?:no\.?\s*)?\(?(99(?:[.-]?\(?[0-9A-Z]{1,2})?)\b(?!,)", re.I)
_BRACKET_OR_HYPHEN = re.compile(r"[()\-]")
_UNDEFINED = re.compile(rb"([\x81\x8d\x8f\x90\x9d]+)")  # in Windows-1252
_FIRST_LINES = 10
_LONGEST_HEADING = 70


class NotAReport(ValueError):  # noqa: N818 - it is the name users catch
    """The file is not text: it is empty, binary or damaged. The message is a single line for the user."""


class Document(Struct, frozen=True):
    """One document of a filing.

    `type` is the EDGAR document type ("10-Q", "EX-99.1"), or "" for a bare text file. `lines` is empty for a document
    that is not text, such as an image or a PDF. `html`: the lines were laid out from HTML, the characters
    [start, end) of Filing.text.
    """

    type: str
    sequence: int
    filename: str
    description: str
    lines: Sequence[Line]
    html: bool
    start: int = 0
    end: int = 0

    @property
    def texts(self) -> Sequence[str]:
        """The texts of the lines."""
        return self.lines.texts if isinstance(self.lines, Lines) else tuple(line.text for line in self.lines)


class Filing(Struct, frozen=True):
    """A decoded file. `text` is the whole source; the offsets of all lines refer to it."""

    name: str
    text: str
    header: Header
    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]


def read_filing(data: bytes, name: str) -> Filing:
    """Read an EDGAR submission, a single document of one, or a bare text or HTML file, optionally gzipped.

    Raises NotAReport if the data is empty, binary, damaged or too long. Does not check for financial statements.
    """
    data, findings = _decompress(data)
    _check_is_text(data)
    text = decode(data)
    normalised = normalise(text)
    if not normalised.strip():
        raise NotAReport("the file is empty (it has no visible character)")
    envelope = read_envelope(normalised)
    parts = envelope.parts or (Part(envelope.header.form, 0, "", "", envelope.body, len(normalised)),)
    documents = []
    lines_read = 0
    for part, line in zip(parts, _first_lines(normalised, parts), strict=True):
        document, new_findings = _read_document(normalised, part, line, MAX_LINES - lines_read)
        documents.append(document)
        lines_read += len(document.lines)
        findings += new_findings
    return Filing(name, text, envelope.header, tuple(documents), envelope.findings + findings)


def decode(data: bytes) -> str:
    """Decode the bytes of a file as UTF-16 (with a byte order mark) or UTF-8 if valid, else as Windows-1252.

    A byte order mark is removed. Bytes that are undefined in Windows-1252 are decoded as Latin-1.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        cut_in_a_character = error.start >= len(data) - 3 and error.reason == "unexpected end of data"
        if cut_in_a_character and not data[: error.start].isascii():
            return data.decode("utf-8", errors="replace")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(_decode_undefined(data))


def _decode_undefined(data: bytes) -> Iterator[str]:
    """Decode Windows-1252 text with the bytes that it leaves undefined."""
    for piece in _UNDEFINED.split(data):
        yield piece.decode("latin-1" if piece[:1] in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d") else "cp1252")


def _decompress(data: bytes) -> tuple[bytes, tuple[Finding, ...]]:
    """Decompress gzip data, a truncated file as far as it goes, with a finding. Return other data as it is."""
    if data[:2] != b"\x1f\x8b":
        return data, ()
    from gzip import GzipFile

    unpacked = io.BytesIO()
    try:
        with GzipFile(fileobj=io.BytesIO(data)) as source:
            while chunk := source.read1(1 << 20):
                unpacked.write(chunk)
                if unpacked.tell() > LARGEST_GZIP:
                    raise NotAReport(f"the gzip file unpacks to more than {LARGEST_GZIP >> 20} MB")
    except EOFError:
        message = "the gzip file ends early; read as far as it goes"
        return unpacked.getvalue(), (Finding(Severity.WARNING, Code.TRUNCATED_GZIP, message),)
    except (OSError, zlib.error) as error:
        raise NotAReport("the gzip file is damaged") from error
    return unpacked.getvalue(), ()


def _check_is_text(data: bytes) -> None:
    start = data[:64].lstrip()
    if not start and not data.strip():
        raise NotAReport("the file is empty")
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            raise NotAReport(f"the file is {kind}, not text")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return
    if b"\0" in data[:_NUL_SEARCHED_BYTES]:
        raise NotAReport("the file is binary (it holds NUL bytes)")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls * _MIN_BYTES_PER_CONTROL > len(data):
        raise NotAReport(f"the file is binary ({controls} of its {len(data)} bytes are control characters)")


def _first_lines(text: str, parts: tuple[Part, ...]) -> Iterator[int]:
    """Yield the 1-based line on which each part starts."""
    line, position = 1, 0
    for part in parts:
        line += text.count("\n", position, part.start)
        position = part.start
        yield line


def _read_document(text: str, part: Part, line: int, most_lines: int) -> tuple[Document, tuple[Finding, ...]]:
    body = text[part.start : part.end]
    html = _HTML.search(body) is not None
    kind = _non_text_kind(part, body, html)
    if kind:
        message = f"document {part.type or part.filename or 'without type'} is {kind}; it is not read"
        document = Document(part.type, part.sequence, part.filename, part.description, (), False)
        return document, (Finding(Severity.INFO, Code.DOCUMENT_NOT_READ, message, line),)
    if body.count("\n") > most_lines:
        raise NotAReport(f"the file has more than {MAX_LINES:,} lines of text")
    findings: tuple[Finding, ...] = ()
    if html:
        from converter.filing.html.document import lay_out
        from converter.filing.html.red import red_figures

        lines, too_large = lay_out(body, part.start, line)
        message = "a table is too large to be laid out: only its text is read"
        findings = tuple(Finding(Severity.WARNING, Code.TABLE_TOO_LARGE, message, number) for number in too_large)
        if red := list(red_figures(body)):
            message = f"{len(red):,} figures in red have no sign: they are read as printed, and may be negative"
            number = line + body.count("\n", 0, red[0])
            findings += (Finding(Severity.WARNING, Code.RED_FIGURES, message, number),)
    else:
        lines = unwrapped(split_lines(body, part.start, line), body)
    type_ = part.type or _exhibit_type(lines)
    place = (part.start, part.end) if html else (0, 0)
    return Document(type_, part.sequence, part.filename, part.description, lines, html, *place), findings


def _non_text_kind(part: Part, body: str, html: bool) -> str:
    """Describe the kind of a document that is not text, as in "PDF data"; "" for text."""
    match = _NOT_TEXT.match(body)
    if match is None:
        return f"of type {part.type}" if part.type in _NOT_TEXT_TYPES else ""
    if match[1]:
        return f"{match[1].upper()} data"
    if match[2]:
        return "an encoded file"
    if match[3]:
        return "" if html else "XML data"
    return "PDF data"


def _exhibit_type(lines: Sequence[Line]) -> str:
    """Return the document type stated in the first lines of a bare file ("Exhibit 99.1" -> "EX-99.1"), else ""."""
    visible = (line.text for line in islice(lines, 200) if line.text)
    for _, text in zip(range(_FIRST_LINES), visible, strict=False):
        match = _EXHIBIT_HEADING.match(text)
        if match and len(text.strip()) <= _LONGEST_HEADING:
            number = _BRACKET_OR_HYPHEN.sub(".", match[1]).strip(".").replace("..", ".").upper()
            return f"EX-{number}"
    return ""
