"""Django's settings for the simulator, which has no database and remembers nothing."""

import os
from secrets import token_hex

from django.utils.csp import CSP

from suomifi_simulator.configuration import HERE, Configuration

APPLICATION = Configuration.from_environment(os.environ).application

SECRET_KEY = token_hex()
DEBUG = False
# Every address it tells comes from SIMULATOR_ADDRESS, none from the Host header.
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "suomifi_simulator.urls"
ASGI_APPLICATION = "suomifi_simulator.asgi.application"
APPEND_SLASH = False
USE_I18N = False
CSRF_COOKIE_NAME = "simulator_csrf"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    # The forms end in a redirect to the application, and form-action holds for redirects too.
    "form-action": [CSP.SELF, APPLICATION],
}
# A path may hold a personal identity code, so a log line names the route instead.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"route": {"()": "suomifi_simulator.logs.RouteInsteadOfPath"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["route"]}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
