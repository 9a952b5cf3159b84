"""Settings of the bare view: Django without middleware, and no transaction around a view."""

from kelmu.settings import *  # noqa: F403 - all but what follows
from kelmu.settings import DATABASES, MIDDLEWARE

MIDDLEWARE.clear()
ROOT_URLCONF = "benchmarks.bare"
DATABASES["default"]["ATOMIC_REQUESTS"] = False
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
