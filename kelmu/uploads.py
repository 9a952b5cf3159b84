"""Files that people send: none, but where a view says so, and no larger than it says."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any, override

from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

IN_MEMORY = 1024 * 1024  # of files that are so small; larger ones lie in a file without a name


@dataclass(frozen=True)
class Taken:
    """What a view takes: files of so many bytes, so many at once, from whom `allowed` lets."""

    largest: int
    at_once: int
    allowed: Callable[[HttpRequest], bool]


def takes_files[View: Callable[..., Any]](
    largest: int, at_once: int = 1, allowed: Callable[[HttpRequest], bool] = lambda _request: True
) -> Callable[[View], View]:
    """Declares that a view takes files. Stands under all other decorators.

    `allowed` is asked before the first byte of a file is taken: the view itself runs, and refuses,
    only when all of them are there.
    """

    def declared(view: View) -> View:
        view.takes = Taken(largest, at_once, allowed)  # type: ignore[attr-defined]  # a function carries it
        return view

    return declared


class DeclaredFiles(FileUploadHandler):
    """Keeps a file in memory or without a name, and of one that is too large no more than shows
    that it is. Its `size` is what was sent."""

    taken: Taken | None = None
    files = 0

    @override
    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.taken is None:
            self.taken = self._taken()
        self.files += 1
        if self.files > self.taken.at_once:
            raise TooManyFilesSent
        self.most = self.taken.largest + 1
        # The request closes it.
        self.file: IO[bytes] = BytesIO() if self.most <= IN_MEMORY else TemporaryFile()  # noqa: SIM115
        self.length = 0

    def _taken(self) -> Taken:
        request = self.request
        match = request.resolver_match if request else None
        taken: Taken | None = getattr(match.func, "takes", None) if match else None
        if request is None or taken is None:
            raise TooManyFilesSent
        if not taken.allowed(request):
            raise StopUpload(connection_reset=True)  # the rest is not read; the view refuses
        return taken

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.length < self.most:
            with suppress(OSError):  # a full disk: what is kept is shorter than `size` then
                self.file.write(raw_data[: self.most - self.length])
        self.length += len(raw_data)
        return None

    @override
    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        self.file.seek(0)
        return UploadedFile(
            self.file,
            self.file_name or "",
            self.content_type or "",
            self.length,
            self.charset,
            self.content_type_extra,
        )
