"""Settings of the bare view that sends every statement."""

from benchmarks.bare_settings import *  # noqa: F403 - all but what follows

ROOT_URLCONF = "benchmarks.statements"
