"""Keeps coverage measuring where Python itself would not."""

import sys
import threading


def trace_on() -> None:
    """Measure this thread from here on, if anything is measured.

    A thread that `threading` did not start is not; one that recursed to its end is no more.
    """
    if sys.gettrace() is None:
        sys.settrace(threading.gettrace())
