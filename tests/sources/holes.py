"""Members of tar files with holes, as GNU tar packs them: a few bytes that claim to be a file of any size."""

import tarfile

FORMS = ("gnu", "pax 0.0", "pax 0.1", "pax 1.0")
DATA = b'{"text": "one"}\n'.ljust(512)
_BLOCK = 512
_PREFIX = "GNU.sparse."


def with_holes(name: str, size: int, form: str, places: int = 1) -> bytes:
    """A member that claims so many bytes. What it holds is `DATA`; that it lies in so many places is what it says of it."""
    return _old(name, size, places) if form == "gnu" else _pax(name, size, form, places)


def _old(name: str, size: int, places: int) -> bytes:
    about = tarfile.TarInfo(name)
    about.type, about.size = tarfile.GNUTYPE_SPARSE, len(DATA)
    header = bytearray(about.tobuf(tarfile.GNU_FORMAT))
    blocks = [b"00000000001\0" * 42 + b"\1".ljust(8, b"\0")] * (places // 21)
    if blocks:
        blocks[-1] = blocks[-1][:504] + bytes(8)
    header[386:410] = b"00000000000\0" + b"00000001000\0"
    header[482] = bool(blocks)
    header[483:495] = tarfile.itn(size, 12, tarfile.GNU_FORMAT)  # type: ignore[attr-defined]
    header[148:156] = b" " * 8  # the sum is that of a header in which it is blank
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + b"".join(blocks) + DATA


def _pax(name: str, size: int, form: str, places: int) -> bytes:
    about = tarfile.TarInfo(name)
    written = b""
    if form == "pax 1.0":
        about.pax_headers = {f"{_PREFIX}major": "1", f"{_PREFIX}minor": "0", f"{_PREFIX}realsize": str(size)}
        written = b"%d\n" % places + b"0\n512\n" * places
        written += bytes(-len(written) % _BLOCK)
    elif form == "pax 0.1":
        about.pax_headers = {f"{_PREFIX}size": str(size), f"{_PREFIX}map": ",".join(["0,512"] * places)}
    else:
        about.pax_headers = {f"{_PREFIX}size": str(size), f"{_PREFIX}offset": "0", f"{_PREFIX}numbytes": "512"}
    about.size = len(written) + len(DATA)
    return about.tobuf(tarfile.PAX_FORMAT) + written + DATA
