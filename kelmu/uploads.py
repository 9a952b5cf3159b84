"""Files that people send: none, but where a view says so, and no larger than it says."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, override

from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


def takes_a_file[View: Callable[..., Any]](largest: int) -> Callable[[View], View]:
    """Declares that a view takes a file of so many bytes. Stands under all other decorators."""

    def declared(view: View) -> View:
        view.largest_file = largest  # type: ignore[attr-defined]  # a function carries it
        return view

    return declared


class DeclaredFiles(FileUploadHandler):
    """Keeps a file in memory, and of one that is too large no more than shows that it is."""

    @override
    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        match = self.request.resolver_match if self.request else None
        self.largest: int = getattr(match.func, "largest_file", 0) if match else 0
        if not self.largest:
            raise TooManyFilesSent
        self.content = bytearray()

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.content += raw_data[: self.largest + 1 - len(self.content)]
        return None

    @override
    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        return InMemoryUploadedFile(
            BytesIO(self.content),
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            len(self.content),
            self.charset,
            self.content_type_extra,
        )
