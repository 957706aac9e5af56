"""The program of the child processes that read files: one job after another from standard input, answers to standard output.

How jobs come and what becomes of a child that dies belongs to `conversion`; how a format is read to the module named after it.
"""

import contextlib
import os
import re
import signal
import unicodedata
from typing import IO

from pipeline.contract.reference import read_toml
from pipeline.documents.formats.converted import Converted, Stretch, Unconvertible, UnconvertibleError
from pipeline.documents.formats.messages import LOADED, Job, as_message, read_message, write_message
from pipeline.documents.formats.readers import Reader, reader_of

# Control characters but tab and line feed, halves of surrogate pairs, and what is no character.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LETTER = re.compile(r"[^\W_]")


def main() -> None:
    """Serves jobs until standard input ends."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # A library that prints must not write into the answers.
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, 0)
    os.dup2(quiet, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(int(read_toml("documents_limits.toml")["convert_memory"]))
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            _serve(jobs, answers)


def _serve(jobs: IO[bytes], answers: IO[bytes]) -> None:
    header, content = read_message(jobs)
    job = Job(content=content, **header)
    reader = reader_of(job)
    write_message(answers, LOADED)
    _end_after(float(read_toml("documents_limits.toml")["convert_seconds"]))
    result = converted(job, reader)
    _end_after(0)
    write_message(answers, as_message(result))


def converted(job: Job, reader: Reader) -> Converted | Unconvertible:
    """What `reader` makes of a job, its text free of control characters; whatever it raises is the file's fault."""
    limit = int(read_toml("documents_limits.toml")["convert_characters"])
    try:
        found = cleaned(reader(job))
    except UnconvertibleError as error:
        return error.why
    except MemoryError:
        return Unconvertible("too_large", "needs more memory than a file may; split it")
    except Exception as error:
        told = " ".join(str(error).split())[:200]
        return Unconvertible("damaged", f"no sound {job.format.upper()} file ({type(error).__name__}: {told})")
    if len(found.text) > limit:
        return Unconvertible("too_large", f"{len(found.text)} characters of text, the limit is {limit}; split the file")
    if not _LETTER.search(found.text):
        return Unconvertible("empty", "no letter or digit in it")
    return found


def cleaned(found: Converted) -> Converted:
    """The same with a text that holds no control characters but tabs and line feeds, in composed characters (NFC)."""
    text = found.text
    if not _UNWANTED.search(text) and unicodedata.is_normalized("NFC", text):
        return found
    parts: list[str] = []
    furniture: list[Stretch] = []
    at = length = 0

    def take(end: int) -> int:
        part = unicodedata.normalize("NFC", _UNWANTED.sub("", text[at:end]))
        parts.append(part)
        return length + len(part)

    for start, end in found.furniture:
        length, at = take(start), start
        begin = length
        length, at = take(end), end
        furniture.append(Stretch(begin, length))
    take(len(text))
    return Converted("".join(parts), found.told, found.titled, tuple(furniture))


def _limit_memory(size: int) -> None:
    """Keeps the process below `size` bytes of address space, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on every system

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (size if most == resource.RLIM_INFINITY else min(size, most), most))


def _end_after(seconds: float) -> None:
    """Lets the system end this process after so many seconds of work, where it can; never with 0.

    Also holds for what no Python can interrupt, and when the parent is gone.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


if __name__ == "__main__":
    main()
