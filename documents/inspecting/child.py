"""Looks at one file, in a process of its own with little time and memory: a file may be made to
break whoever reads it.

Run by its path, with the file as standard input and the type as argument; imports nothing of ours.
Prints the fault (a word of documents.words.Fault), or nothing.
"""

import resource
import sys
import time
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

CPU_SECONDS = 2
MEMORY = 150 * 1024 * 1024  # of its own, beside the code of the libraries
PIXELS = 200_000_000
DECODED = 48 * 1024 * 1024  # bytes of a picture that is decoded as a whole
DECODING = 1.0  # seconds for the pages of a TIFF; later ones are only looked at
PAGES = 1000

KEYS = {
    **dict.fromkeys(["/JS", "/JavaScript", "/XFA"], "script"),
    **dict.fromkeys(["/EmbeddedFiles", "/EF"], "embedded"),
}
KINDS = {
    **dict.fromkeys(["/JavaScript", "/Rendition"], "script"),
    **dict.fromkeys(["/Launch", "/ImportData", "/SubmitForm", "/GoToR"], "action"),
    **dict.fromkeys(
        ["/GoToE", "/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/3D"],
        "embedded",
    ),
}


class Faulty(Exception):
    """The file is not to be taken. Carries the word of the fault."""


def main(kind: str, file: BinaryIO) -> str:
    try:
        inspect_pdf(file) if kind == "application/pdf" else inspect_picture(kind, file)
        refuse_archive(file)
    except Faulty as faulty:
        return str(faulty)
    except MemoryError:
        return "too_heavy"
    return ""


def refuse_archive(file: BinaryIO) -> None:
    """A file that is also an archive is read by some programs as that."""
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise Faulty("hidden_archive")


# --- PDF ------------------------------------------------------------------------------------------


def inspect_pdf(file: BinaryIO) -> None:
    from pikepdf import PasswordError, Pdf, PdfError

    try:
        # No recovery: what goes to Kela is the file as it is, so it must be whole as it is.
        with Pdf.open(file, attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise Faulty("encrypted")
            if not len(pdf.pages):
                raise Faulty("damaged")
            for one in pdf.objects:
                inspect_object(one)
    except PasswordError:
        raise Faulty("encrypted") from None
    except (PdfError, ValueError, RuntimeError, OverflowError):
        raise Faulty("damaged") from None


def inspect_object(one: Any) -> None:
    """An object with what stands directly in it; what it refers to is an object of its own."""
    for names in dictionaries(one):
        for key, value in names.items():
            if fault := KEYS.get(key):
                raise Faulty(fault)
            if key in {"/S", "/Type", "/Subtype"} and (fault := KINDS.get(str(value))):
                raise Faulty(fault)


def dictionaries(one: Any) -> Iterator[Any]:
    from pikepdf import Array, Dictionary, Object, Stream

    waiting = [one]
    while waiting:
        told = waiting.pop()
        if isinstance(told, Stream):
            told = told.stream_dict
        if isinstance(told, Dictionary):
            yield told
            inner: list[Any] = [value for _key, value in told.items()]
        elif isinstance(told, Array):
            inner = list(told)
        else:
            continue
        waiting += [each for each in inner if isinstance(each, Object) and not each.is_indirect]


# --- pictures -------------------------------------------------------------------------------------


def inspect_picture(kind: str, file: BinaryIO) -> None:
    from PIL import Image, ImageFile, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(file, formats=[kind.removeprefix("image/").upper()]) as picture:
            inspect_frames(picture)
        if kind == "image/png":
            file.seek(0)
            with Image.open(file, formats=["PNG"]) as again:
                again.verify()  # the checksums of all its parts
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        KeyError,
        TypeError,
    ):
        raise Faulty("damaged") from None


def inspect_frames(picture: Any) -> None:
    started = time.process_time()
    for number in range(min(getattr(picture, "n_frames", 1), PAGES)):
        if number:
            picture.seek(number)
        width, height = picture.size
        if width * height > PIXELS:
            raise Faulty("too_many_pixels")
        if not width * height:
            raise Faulty("damaged")
        fits = width * height * len(picture.getbands()) <= DECODED
        if fits and time.process_time() - started < DECODING:
            picture.load()


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


if __name__ == "__main__":
    limit()
    sys.stdout.write(main(sys.argv[1], sys.stdin.buffer))
