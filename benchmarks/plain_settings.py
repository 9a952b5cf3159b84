"""Settings of the customer page as it is but for the log: one plain INSERT stands for all of it."""

from kelmu.settings import *  # noqa: F403 - all but what follows

ROOT_URLCONF = "benchmarks.plain"
