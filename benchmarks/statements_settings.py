"""Settings of the bare view that sends every statement: Django without middleware."""

from kelmu.settings import *  # noqa: F403 - all but what follows
from kelmu.settings import DATABASES, MIDDLEWARE

MIDDLEWARE.clear()
ROOT_URLCONF = "benchmarks.statements"
DATABASES["default"]["ATOMIC_REQUESTS"] = False
