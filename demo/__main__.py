"""`make demo`: the whole service on this machine, until Ctrl-C."""

import os
import signal
import sys
from contextlib import ExitStack
from typing import NoReturn

from demo.errors import DemoError

STOPPERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    """Run the demo; the exit code is 0 when its user ended it, 1 when it could not run."""
    for number in STOPPERS:
        signal.signal(number, stop)
    try:
        run()
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
    except DemoError as error:
        print(f"make demo: {error}", file=sys.stderr)
        return 1
    return 0


def run() -> NoReturn:
    """Run until somebody or something ends it."""
    # Imported here, for Ctrl-C may come while Python is still reading the packages.
    from demo import running
    from demo.configuration import Configuration
    from demo.processes import end_with

    end_with(os.getppid(), signal.SIGTERM)  # make may be killed, or hand no signal on
    with ExitStack() as stack:
        running.run(Configuration.read(os.environ), stack)


def stop(_number: int, _frame: object) -> NoReturn:
    """End in order. Whoever asks again is not heard, for nothing may be left running."""
    for number in STOPPERS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
