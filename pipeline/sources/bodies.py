"""Bodies of answers: what stands in them once decompressed, within a limit.

How bytes come in belongs to `pipeline.sources.connections`; what they say to `pipeline.documents`.
"""

import zlib
from collections.abc import Iterable

ENCODINGS = "gzip, deflate"  # what is asked for
_STEP = 65_536


class BodyError(Exception):
    """A body that is cut off, broken, or compressed in a way that nobody asked for."""


class BodyTooLargeError(Exception):
    """A body above the limit."""


def body(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """All of a body. What it decompresses to is never held beyond `limit` and a step.

    Raises `BodyError` or `BodyTooLargeError`.
    """
    wrappings = [name for name in (part.strip().lower() for part in encoding.split(",")) if name not in ("", "identity")]
    if not wrappings:
        return _taken(chunks, limit)
    if len(wrappings) > 1 or wrappings[0] not in ("gzip", "x-gzip", "deflate"):
        raise BodyError(f"it is compressed as {encoding[:80]!r}, which was not asked for")
    return gunzipped(chunks, limit) if wrappings[0] != "deflate" else _inflated(chunks, limit)


def gunzipped(chunks: Iterable[bytes], limit: int) -> bytes:
    """What stands in a gzip file of one or more members. Raises `BodyError`, `BodyTooLargeError`."""
    return _taken(_members(chunks), limit)


def _taken(chunks: Iterable[bytes], limit: int) -> bytes:
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > limit:
            raise BodyTooLargeError(f"it has more than {limit} bytes")
    return bytes(content)


def _members(chunks: Iterable[bytes]) -> Iterable[bytes]:
    member = zlib.decompressobj(wbits=31)
    begun = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if member.eof:
                if not rest.strip(b"\0"):  # padding, as tapes have it
                    break
                member, begun = zlib.decompressobj(wbits=31), False
            begun = True
            yield from _steps(member, rest)
            rest = member.unused_data
    if begun and not member.eof:
        raise BodyError("it is cut off: the compressed data do not end")


def _inflated(chunks: Iterable[bytes], limit: int) -> bytes:
    # "deflate" should have a header of zlib's, and in half of all servers has none.
    packed = _taken(chunks, limit)
    fault: BodyError | None = None
    for bits in (15, -15):
        member = zlib.decompressobj(wbits=bits)
        try:
            content = _taken(_steps(member, packed), limit)
        except BodyError as error:
            fault = fault or error
            continue
        if not member.eof and packed:
            raise BodyError("it is cut off: the compressed data do not end")
        return content
    raise fault or BodyError("it cannot be decompressed")


def _steps(member: "zlib._Decompress", packed: bytes) -> Iterable[bytes]:
    try:
        while packed:
            yield member.decompress(packed, _STEP)
            packed = member.unconsumed_tail
        while not member.eof:
            more = member.decompress(b"", _STEP)
            if not more:
                break
            yield more
    except zlib.error as fault:
        raise BodyError(f"it cannot be decompressed: {fault}") from None
