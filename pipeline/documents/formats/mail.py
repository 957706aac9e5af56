"""The text of a mail (EML): its subject as title, its best body, the names of its attachments as furniture.

A body in plain text is better than one in HTML, unless it only says that the mail is to be seen elsewhere. A mail without words
of its own is read for what it brings: the mail that it forwards, or the first attachment of a readable format. Attachments
beside words are named and not read: they are other texts than the mail, and one input is one document.
"""

import re
from collections.abc import Iterator
from datetime import date
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from typing import NamedTuple, cast

from pipeline.contract.reference import read_toml
from pipeline.documents.decoding import Undecodable, decode_damaged
from pipeline.documents.formats.blocks import alike, one_line
from pipeline.documents.formats.converted import Converted, Stretch, UnconvertibleError
from pipeline.documents.formats.kinds import Format, format_of
from pipeline.documents.formats.markup import text_of_html
from pipeline.documents.formats.messages import Job
from pipeline.documents.formats.readers import reader_of
from pipeline.sources.raw import RawText, Told

# A body in plain text this short beside one in HTML so much longer is a note that the mail cannot be shown.
STUB, MUCH_LONGER = 300, 3
# A body below this many letters says nothing by itself.
FEW_LETTERS = 40
MOST_NAMED = 20
LONGEST_LINE = 500
_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg)(?:\[\d{1,3}\])?\s*:\s*)+", re.IGNORECASE)
_LETTER = re.compile(r"[^\W_]")
_MARKED_QUOTE = re.compile(r"^>+ ?", re.MULTILINE)


class _Parts(NamedTuple):
    """The parts of a mail by what they are for; mails in it among `mails`."""

    plain: list[Message]
    html: list[Message]
    attached: list[Message]
    mails: list[Message]


def read_mail(job: Job) -> Converted:
    """The text of a mail. Raises `UnconvertibleError` if it has too many parts, nests too deep, or no part that can be read."""
    try:
        mail = BytesParser(policy=policy.compat32).parsebytes(job.content)
    except RecursionError:
        raise UnconvertibleError("damaged", "parts are nested too deep") from None
    if not mail.keys():
        raise UnconvertibleError("damaged", "no mail: it has no header")
    return _read(mail, 0)


def _read(mail: Message, depth: int) -> Converted:
    if depth > int(read_toml("documents_limits.toml")["mail_depth"]):
        raise UnconvertibleError("damaged", "mails are nested too deep")
    parts = _parts_of(mail)
    subject = _REPLY.sub("", _header(mail, "subject") or "", count=1).strip() or None
    told = Told(title=subject, author=_sender(mail), published_on=_sent_on(mail))
    body = _body(parts)
    if len(_LETTER.findall(body)) < FEW_LETTERS:
        brought = _brought(parts, depth)
        if brought is not None:
            return _without_gaps(brought, told)
    if not body and not subject:
        raise UnconvertibleError("empty", "no part that can be read" + _named(parts))
    opening, _, _ = body.partition("\n")
    title = None if subject and alike(opening, subject) else subject
    text = "\n\n".join(part for part in (title, body) if part)
    names = "\n".join(f"Attachment: {name}" for name in _names(parts))
    whole = f"{text}\n\n{names}" if names else text
    furniture = (Stretch(len(whole) - len(names), len(whole)),) if names else ()
    return Converted(whole, told, titled=subject is not None, furniture=furniture)


def _without_gaps(found: Converted, told: Told) -> Converted:
    """What a mail brings, with what the mail tells where that itself tells nothing."""
    own = found.told
    known = Told(
        own.title or told.title, own.author or told.author, own.publisher, own.published_on or told.published_on, own.language
    )
    return Converted(found.text, known, found.titled, found.furniture)


# Parts --------------------------------------------------------------------------------------------------------------


def _parts_of(mail: Message) -> _Parts:
    parts = _Parts([], [], [], [])
    most = int(read_toml("documents_limits.toml")["mail_parts"])
    for number, part in enumerate(_leaves(mail, 0)):
        if number >= most:
            raise UnconvertibleError("too_large", f"more than {most} parts")
        kind = part.get_content_type()
        if kind == "message/rfc822":
            parts.mails.append(part)
        elif part.get_content_disposition() == "attachment" or part.get_filename():
            parts.attached.append(part)
        elif kind == "text/plain":
            parts.plain.append(part)
        elif kind == "text/html":
            parts.html.append(part)
    return parts


def _leaves(part: Message, depth: int) -> Iterator[Message]:
    """The parts that hold something, mails in the mail as one each."""
    if depth > int(read_toml("documents_limits.toml")["mail_depth"]):
        raise UnconvertibleError("damaged", "parts are nested too deep")
    inner = part.get_payload()
    if depth and part.get_content_type() == "message/rfc822":
        yield part
    elif part.is_multipart() and isinstance(inner, list):
        for one in cast(list[Message], inner):
            yield from _leaves(one, depth + 1)
    else:
        yield part


def _body(parts: _Parts) -> str:
    """The words of a mail: its parts of plain text, or those of HTML where these say much more."""
    plain = "\n\n".join(text for part in parts.plain if (text := _plain_text(part)))
    if not parts.html or len(plain) > STUB:
        return plain
    html = "\n\n".join(text for part in parts.html if (text := _html_text(part)))
    return html if len(html) > MUCH_LONGER * len(plain) or not plain else plain


def _plain_text(part: Message) -> str:
    text = decode_damaged(
        _content(part), [part.get_content_charset()], float(read_toml("documents_limits.toml")["html_damaged"])
    )
    if isinstance(text, Undecodable):
        if text.reason == "empty":
            return ""
        raise UnconvertibleError(text.reason, text.detail)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0\n", "\n")
    if part.get_param("format") == "flowed":
        lines = _MARKED_QUOTE.sub("", lines.replace(" \n", " "))
    return lines.strip()


def _html_text(part: Message) -> str:
    try:
        return text_of_html(_content(part), part.get_content_charset())
    except UnconvertibleError as error:
        if error.why.reason == "empty":
            return ""
        raise


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _brought(parts: _Parts, depth: int) -> Converted | None:
    """The mail that a mail without words forwards, or its first attachment of a readable format."""
    for part in parts.mails:
        inner = part.get_payload()
        if isinstance(inner, list) and inner:
            return _read(cast(Message, inner[0]), depth + 1)
    for part in parts.attached:
        content = _content(part)
        raw = RawText("", "", _file_name(part) or "", content, part.get_content_type())
        kind: Format = format_of(raw)
        if kind == "eml":
            return _read(BytesParser(policy=policy.compat32).parsebytes(content), depth + 1)
        if kind != "text":
            job = Job(kind, content)
            return reader_of(job)(job)
        if raw.file_name.lower().endswith((".txt", ".md")):
            return Converted(_plain_text(part))
    return None


def _names(parts: _Parts) -> list[str]:
    """What is attached, as far as it is named."""
    forwarded = [
        _header(cast(Message, inner[0]), "subject") or "mail"
        for part in parts.mails
        if isinstance(inner := part.get_payload(), list) and inner
    ]
    named = [name for part in parts.attached if (name := _file_name(part))]
    return [one_line(name)[:LONGEST_LINE] for name in [*named, *forwarded]][:MOST_NAMED]


def _named(parts: _Parts) -> str:
    names = _names(parts)
    return f"; attached: {', '.join(names)}" if names else ""


# Headers ------------------------------------------------------------------------------------------------------------


def _header(mail: Message, name: str) -> str | None:
    """A header as one line, its encoded words read. One that is broken beyond what the library can read is as it stands."""
    line = one_line(str(mail[name] or "")[:LONGEST_LINE])
    try:
        return one_line(str(make_header(decode_header(line)))) or None
    except (MessageError, LookupError, ValueError):
        return line or None


def _file_name(part: Message) -> str | None:
    try:
        return part.get_filename()
    except Exception:
        return None


def _sender(mail: Message) -> str | None:
    """The name of the sender, without the address."""
    try:
        name, _ = parseaddr(_header(mail, "from") or "")
    except RecursionError:
        return None
    return name or None


def _sent_on(mail: Message) -> date | None:
    """The day on which it was sent, where it was sent."""
    try:
        return parsedate_to_datetime(str(mail["date"] or "")[:LONGEST_LINE]).date()
    except Exception:
        return None
