"""`make demo`: the whole service on this machine, until Ctrl-C."""

import os
import signal
import sys
from contextlib import ExitStack
from typing import NoReturn

from demo.configuration import Configuration
from demo.errors import DemoError
from demo.processes import end_with
from demo.running import run, say

STOPPERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    """Run the demo; the exit code is 0 when its user ended it, 1 when it could not run."""
    end_with(os.getppid(), signal.SIGTERM)  # make hands on SIGTERM alone, and may be killed
    for number in STOPPERS:
        signal.signal(number, stop)
    try:
        with ExitStack() as stack:
            run(Configuration.read(os.environ), stack)
    except KeyboardInterrupt:
        say("Stopped.")
    except DemoError as error:
        print(f"make demo: {error}", file=sys.stderr)
        return 1
    return 0


def stop(_number: int, _frame: object) -> NoReturn:
    """End in order. Whoever asks again is not heard, for nothing may be left running."""
    for number in STOPPERS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
