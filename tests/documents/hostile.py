"""Files that are hostile, broken or odd, made here, each with the fault that it is refused for; and
those that are taken. Nothing of them comes from outside."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

type Make = Callable[[], bytes]


@cache
def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, **saved: Any) -> bytes:
    """A PDF of one page, changed before it is saved."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    if change:
        change(made)
    file = io.BytesIO()
    made.save(file, **saved)
    return file.getvalue()


@cache
def picture(form: str = "JPEG", size: tuple[int, int] = (64, 64), **saved: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (120, 90, 30)).save(file, form, **saved)
    return file.getvalue()


@cache
def tiff_pages(pages: int) -> bytes:
    file = io.BytesIO()
    frames = [Image.new("1", (200, 280)) for _ in range(pages)]
    frames[0].save(file, "TIFF", save_all=True, append_images=frames[1:])
    return file.getvalue()


def png(width: int, height: int, raw: bytes = b"", *, data: bytes | None = None) -> bytes:
    """A PNG of 8-bit grey, with whatever for its picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        told = kind + body
        return struct.pack(">I", len(body)) + told + struct.pack(">I", zlib.crc32(told))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = zlib.compress(raw, 9) if data is None else data
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", packed), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def archive(name: str = "word/document.xml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(name, b"0" * 64)
    return file.getvalue()


def action(**told: Any) -> Callable[[pikepdf.Pdf], None]:
    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = Dictionary(Type=Name.Action, **told)

    return change


def annotation(**told: Any) -> Callable[[pikepdf.Pdf], None]:
    def change(made: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **told)
        made.pages[0].Annots = Array([made.make_indirect(note)])

    return change


def script_of_names(made: pikepdf.Pdf) -> None:
    told = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), told])))


def script_in_stream(made: pikepdf.Pdf) -> None:
    code = made.make_stream(b"app.alert(1)")
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=code)


def script_of_page(made: pikepdf.Pdf) -> None:
    told = Dictionary(S=Name.JavaScript, JS=String("1"))
    made.pages[0].AA = Dictionary(O=told)


def script_after_action(made: pikepdf.Pdf) -> None:
    following = made.make_indirect(Dictionary(S=Name.JavaScript, JS=String("1")))
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([]), Next=following)


def form_of_xfa(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=made.make_stream(b"<xdp/>"))


def field_with_script(made: pikepdf.Pdf) -> None:
    calculated = Dictionary(C=Dictionary(S=Name.JavaScript, JS=String("1")))
    field = Dictionary(FT=Name.Tx, T=String("a"), AA=calculated)
    made.Root.AcroForm = Dictionary(Fields=Array([made.make_indirect(field)]))


def attached(made: pikepdf.Pdf) -> None:
    made.attachments["laskelma.exe"] = b"MZ"


def no_pages(made: pikepdf.Pdf) -> None:
    del made.pages[0]


def cut(whole: bytes, part: float = 0.6) -> bytes:
    return whole[: int(len(whole) * part)]


def with_hole(whole: bytes) -> bytes:
    middle = len(whole) // 2
    return whole[: middle - 20] + whole[middle + 20 :]


def changed_pixels() -> bytes:
    whole = bytearray(picture("PNG"))
    whole[whole.index(b"IDAT") + 6] ^= 0xFF
    return bytes(whole)


def hidden_name() -> bytes:
    """JavaScript with its name spelled by codes, at the same length."""
    plain = pdf(action(S=Name.JavaScript, JS=String("1  ")))
    return plain.replace(b"/JavaScript", b"/J#61vaScript").replace(b"(1  )", b"(1)")


def tiff_that_points_out() -> bytes:
    whole = picture("TIFF")
    return whole[:4] + struct.pack("<I", 0x7FFFFFFF) + whole[8:]


def tiff_of_rings() -> bytes:
    """A TIFF whose directory leads to itself."""
    entry = struct.pack("<HHII", 256, 3, 1, 1) + struct.pack("<HHII", 257, 3, 1, 1)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 2) + entry + struct.pack("<I", 8)


HOSTILE: dict[str, tuple[Make, str]] = {
    # what is none of the four, whatever it is called
    "nothing": (lambda: b"", "empty"),
    "blanks": (lambda: b"   \n", "not_a_type"),
    "text": (lambda: b"Hyvaa paivaa", "not_a_type"),
    "noise": (lambda: bytes(range(128, 256)) * 9, "not_a_type"),
    "gif": (lambda: picture("GIF"), "not_a_type"),
    "bmp": (lambda: picture("BMP"), "not_a_type"),
    "webp": (lambda: picture("WEBP"), "not_a_type"),
    "postscript": (lambda: b"%!PS-Adobe-3.0\n", "not_a_type"),
    "pdf after other bytes": (lambda: b"GIF89a" + pdf(), "not_a_type"),
    "windows program": (lambda: b"MZ\x90\0" + b"\0" * 99, "executable"),
    "linux program": (lambda: b"\x7fELF\x02\x01" + b"\0" * 99, "executable"),
    "mac program": (lambda: b"\xcf\xfa\xed\xfe" + b"\0" * 99, "executable"),
    "shell script": (lambda: b"#!/bin/sh\nrm -rf /\n", "executable"),
    "web page": (lambda: b"\n <!DOCTYPE html><script>alert(1)</script>", "executable"),
    "svg": (lambda: b"<svg onload='alert(1)'/>", "executable"),
    "xml with a mark": (lambda: b"\xef\xbb\xbf<?xml version='1.0'?>", "executable"),
    "php": (lambda: b"<?php system('id');", "executable"),
    "windows shortcut": (lambda: b"L\0\0\0\x01\x14\x02\0", "executable"),
    "word document": (archive, "office"),
    "old word document": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "office"),
    "rich text": (lambda: b"{\\rtf1 hei}", "office"),
    "gzip": (lambda: b"\x1f\x8b\x08\0" + b"\0" * 9, "office"),
    # PDFs that are not whole
    "pdf of a header alone": (lambda: b"%PDF-1.7\n", "damaged"),
    "pdf cut off": (lambda: cut(pdf()), "damaged"),
    "pdf with a hole": (lambda: with_hole(pdf()), "damaged"),
    "pdf without pages": (lambda: pdf(no_pages), "damaged"),
    "pdf of noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 9 + b"%%EOF", "damaged"),
    # PDFs that are locked
    "pdf with a password": (
        lambda: pdf(encryption=pikepdf.Encryption(owner="o", user="u")),
        "encrypted",
    ),
    "pdf with an owner's password": (
        lambda: pdf(encryption=pikepdf.Encryption(owner="o", user="")),
        "encrypted",
    ),
    # PDFs that do something
    "script when it opens": (
        lambda: pdf(action(S=Name.JavaScript, JS=String("app.alert(1)"))),
        "script",
    ),
    "script among the names": (lambda: pdf(script_of_names), "script"),
    "script in a stream": (lambda: pdf(script_in_stream), "script"),
    "script of a page": (lambda: pdf(script_of_page), "script"),
    "script after another action": (lambda: pdf(script_after_action), "script"),
    "script of a field": (lambda: pdf(field_with_script), "script"),
    "script in packed objects": (
        lambda: pdf(script_of_names, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "script",
    ),
    "script with a spelled name": (hidden_name, "script"),
    "form of XFA": (lambda: pdf(form_of_xfa), "script"),
    "rendition": (lambda: pdf(action(S=Name.Rendition, OP=0)), "script"),
    "launches a program": (lambda: pdf(action(S=Name.Launch, F=String("cmd.exe"))), "action"),
    "launches from a link": (
        lambda: pdf(annotation(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("a")))),
        "action",
    ),
    "sends a form": (lambda: pdf(action(S=Name.SubmitForm, F=String("http://a"))), "action"),
    "imports data": (lambda: pdf(action(S=Name.ImportData, F=String("a.fdf"))), "action"),
    "goes to another file": (
        lambda: pdf(action(S=Name.GoToR, F=String("\\\\host\\a"), D=Array([]))),
        "action",
    ),
    "embedded file": (lambda: pdf(attached), "embedded"),
    "file in a note": (lambda: pdf(annotation(Subtype=Name.FileAttachment)), "embedded"),
    "rich media": (lambda: pdf(annotation(Subtype=Name.RichMedia)), "embedded"),
    "film": (lambda: pdf(annotation(Subtype=Name.Movie)), "embedded"),
    # pictures that are not whole
    "jpeg cut off": (lambda: cut(picture(size=(400, 400))), "damaged"),
    "jpeg of a header alone": (lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0", "damaged"),
    "png cut off": (lambda: cut(picture("PNG")), "damaged"),
    "png with changed pixels": (changed_pixels, "damaged"),
    "png with a false picture": (lambda: png(9, 9, data=b"no zlib"), "damaged"),
    "png of no width": (lambda: png(0, 9), "damaged"),
    "tiff cut off": (lambda: cut(picture("TIFF")), "damaged"),
    "tiff of a header alone": (lambda: b"II*\0\x08\0\0\0", "damaged"),
    "tiff that points outside": (tiff_that_points_out, "damaged"),
    "tiff of rings": (tiff_of_rings, "damaged"),
    # files that are two things
    "pdf and archive": (lambda: pdf() + archive("a.exe"), "hidden_archive"),
    "jpeg and archive": (lambda: picture() + archive("a.exe"), "hidden_archive"),
    "png and archive": (lambda: picture("PNG") + archive("a.exe"), "hidden_archive"),
}

BOMBS: dict[str, tuple[Make, set[str]]] = {
    "picture of ten thousand million pixels": (
        lambda: png(100_000, 100_000, b"\0" * 999),
        {"too_many_pixels"},
    ),
    "png that unpacks to a gigabyte": (
        lambda: png(16, 16, data=zlib.compress(b"\0" * 400_000_000, 9)),
        {"damaged", "too_heavy", ""},  # what is too much for the picture is never unpacked
    ),
    "png of 190 million pixels": (lambda: png(19_000, 10_000, b"\0" * 190_010_000), {""}),
    "pdf whose objects unpack to much": (lambda: packed_objects(), {"too_heavy", "damaged"}),
    "tiff of many pages": (lambda: tiff_pages(3000), {""}),
}


def packed_objects() -> bytes:
    """A PDF whose objects lie in a stream of some kilobytes that unpacks to 600 million bytes."""
    body = zlib.compressobj(9)
    packed = b"".join(body.compress(b"5 0 " + b" " * 999_996) for _ in range(600)) + body.flush()
    objects = [
        b"1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>"
        b"stream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    ]
    head = b"%PDF-1.7\n"
    start = len(head) + len(objects[0])
    rows = struct.pack(">BIH", 0, 0, 65535) + struct.pack(">BIH", 1, len(head), 0)
    rows += b"".join(struct.pack(">BIH", 2, 1, index) for index in range(4))
    rows += struct.pack(">BIH", 1, start, 0)
    table = (
        b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 2]/Root 5 0 R/Length %d>>"
        b"stream\n%s\nendstream\nendobj\n" % (len(rows), rows)
    )
    return head + objects[0] + table + b"startxref\n%d\n%%%%EOF" % start


GOOD: dict[str, tuple[Make, str]] = {
    "pdf": (pdf, "application/pdf"),
    "pdf with a link": (
        lambda: pdf(
            annotation(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("http://a")))
        ),
        "application/pdf",
    ),
    "pdf with packed objects": (
        lambda: pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "application/pdf",
    ),
    "linearized pdf": (lambda: pdf(linearize=True), "application/pdf"),
    "jpeg": (picture, "image/jpeg"),
    "progressive jpeg": (lambda: picture(progressive=True), "image/jpeg"),
    "grey png": (lambda: png(9, 9, b"\0" * 90), "image/png"),
    "png": (lambda: picture("PNG"), "image/png"),
    "tiff": (lambda: picture("TIFF"), "image/tiff"),
    "packed tiff": (lambda: picture("TIFF", compression="tiff_lzw"), "image/tiff"),
    "tiff of pages": (lambda: tiff_pages(5), "image/tiff"),
}
