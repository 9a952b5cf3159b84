"""Tells how far an intake has come: a bar on a terminal, a line for each step elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from tqdm import tqdm


class Progress:
    """The steps of an intake, told on `stream`."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    @contextmanager
    def __call__(self, what: str, rows: int) -> Iterator[Callable[[int], object]]:
        """A step of so many rows. What it yields is told how many more are done."""
        with tqdm(
            desc=what, total=rows, unit=" rows", unit_scale=True, leave=False, file=self.stream,
            disable=None,
        ) as bar:  # fmt: skip
            yield bar.update
            seconds = bar.format_dict["elapsed"]
        print(f"{what}: {rows} rows in {seconds:.1f} s", file=self.stream)
