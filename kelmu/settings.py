"""Settings, all from the environment. Their names: docs/operations.md."""

from datetime import timedelta
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from kelmu.environment import Mode, check_address, origins, parse_mode, parse_today

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

KELMU_MODE = parse_mode(env.str("KELMU_MODE", "production"))
KELMU_TODAY = parse_today(env.str("KELMU_TODAY", ""), KELMU_MODE)
IN_PRODUCTION = KELMU_MODE is Mode.PRODUCTION
ALLOWS_TEMPORARY_HETU = not IN_PRODUCTION  # nobody real has an individual number 900-999

DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if IN_PRODUCTION else ["127.0.0.1"])
ROOT_URLCONF = "kelmu.urls"
WSGI_APPLICATION = "kelmu.wsgi.application"
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

# --- secrets ----------------------------------------------------------------------------------
# A command that needs no secret (rights, check, collectstatic) runs without one; whoever uses
# a missing secret fails there and then.
SECRET_KEY = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
PSEUDONYM_KEY = env.str("PSEUDONYM_KEY", "")
PSEUDONYM_KEY_VERSION = env.int("PSEUDONYM_KEY_VERSION", 1)
SESSION_DATA_KEY = env.list("SESSION_DATA_KEY", default=[])
DOCUMENTS_KEY = env.list("DOCUMENTS_KEY", default=[])  # the first one encrypts, all of them decrypt

# --- applications -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "kelmu",
    "audit",
    "organisations",
    "authorizations",
    "intake",
    "customers",
    "benefits",
    "notifications",
    "payment_demands",
    "documents",
    "administration",
    "oversight",
    "technical_interface",
]
if not IN_PRODUCTION and (BASE_DIR / "demo").is_dir():  # in no image
    INSTALLED_APPS.append("demo")  # make_population

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kelmu.middleware.RequestIdMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kelmu.middleware.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kelmu.middleware.LanguageMiddleware",
    "technical_interface.middleware.ProblemMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "authorizations.service_break.ServiceBreakMiddleware",
    "authorizations.middleware.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "kelmu.context.frame",
                "authorizations.context.right",
            ],
        },
    },
]

# --- database ---------------------------------------------------------------------------------
# The application runs as kelmu_app. kelmu_owner owns the tables: it migrates and takes data in.
# kelmu_sealer reads the whole access log and seals it.
DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///kelmu")}
DATABASES["default"] |= {"ATOMIC_REQUESTS": True, "CONN_MAX_AGE": 0, "ENGINE": "kelmu.database"}
# What is asked again and again is planned once for a connection, not each time
# (docs/decisions/0008-prepared-statements.md).
DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {
    "server_side_binding": True,
    "prepare_threshold": 5,
}
POOL_SIZE = env.int("DATABASE_POOL_SIZE", 0)
if POOL_SIZE:
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 2,
        "max_size": POOL_SIZE,
        "timeout": 3,
        "reconnect_timeout": 1,  # then the next request tries anew, without growing pauses
    }
if env.str("DATABASE_OWNER_URL", ""):
    DATABASES["owner"] = env.db("DATABASE_OWNER_URL")
if env.str("DATABASE_SEALER_URL", ""):  # the worker's, and that of who verifies and exports
    DATABASES["sealer"] = env.db("DATABASE_SEALER_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- sessions and cookies ---------------------------------------------------------------------
SESSION_ENGINE = "authorizations.session_store"
SESSION_COOKIE_NAME = "__Host-kelmu"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"  # the way back from Suomi.fi is a top-level GET of another site
SESSION_IDLE = timedelta(minutes=30)
SESSION_LIFETIME = timedelta(hours=8)
SESSION_COOKIE_AGE = int(SESSION_LIFETIME.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kelmu.views.csrf_failure"
LANGUAGE_COOKIE_SAMESITE = "Lax"
MANDATE_MAX_AGE = timedelta(seconds=env.int("MANDATE_MAX_AGE", 120 * 60))
SEARCH_PACE = [  # of one person for one organisation
    (env.int("SEARCHES_IN_5_MINUTES", 30), timedelta(minutes=5)),
    (env.int("SEARCHES_IN_AN_HOUR", 200), timedelta(hours=1)),
]
INTERFACE_TOKENS_IN_A_MINUTE = env.int("INTERFACE_TOKENS_IN_A_MINUTE", 30)  # of an organisation
INTERFACE_SEARCH_PACE = [  # of one end user: a view of a customer there takes several calls
    (env.int("INTERFACE_SEARCHES_IN_5_MINUTES", 120), timedelta(minutes=5)),
    (env.int("INTERFACE_SEARCHES_IN_AN_HOUR", 600), timedelta(hours=1)),
]
INTERFACE_CALLS_IN_A_MINUTE = env.int("INTERFACE_CALLS_IN_A_MINUTE", 600)
INTERFACE_IS_FOR_TESTS = env.bool("INTERFACE_IS_FOR_TESTS", False)  # then nobody real may be here
FEEDBACK_IN_A_DAY = env.int("FEEDBACK_IN_A_DAY", 200)  # of all senders together
MANDATE_UNUSED_DAYS = env.int("MANDATE_UNUSED_DAYS", 90)  # the authorizers' page marks it
ENQUIRIES_IN_A_DAY = env.int("ENQUIRIES_IN_A_DAY", 100)  # of all senders together
ENQUIRIES_OF_ONE_IN_A_DAY = env.int("ENQUIRIES_OF_ONE_IN_A_DAY", 5)  # of one e-mail address
AGREEMENT_DEADLINES = {  # days from the step before until a step is late
    "sent": env.int("AGREEMENT_DAYS_TO_SEND", 14),
    "signed_by_organisation": env.int("AGREEMENT_DAYS_TO_SIGN", 30),
    "signed_by_kela": env.int("AGREEMENT_DAYS_TO_SIGN_FOR_KELA", 7),
}
OVERSIGHT_SAMPLE = env.int("OVERSIGHT_SAMPLE", 20)  # acts of a month that a supervisor reviews
OVERSIGHT_ODD_ACTS = env.int("OVERSIGHT_ODD_ACTS", 20)  # beside them, where detection is on
OVERSIGHT_REVIEW_DAYS = env.int("OVERSIGHT_REVIEW_DAYS", 30)  # from the end of the month
AGREEMENTS_AT_ONCE = env.int("AGREEMENTS_AT_ONCE", 20)  # of a step with many, in one request
AGREEMENT_LAPSING_DAYS = env.int("AGREEMENT_LAPSING_DAYS", 90)  # the dashboard warns so early
FEED_MAX_AGE = timedelta(hours=env.int("FEED_MAX_AGE", 36))  # older data is late
NOTIFICATION_WAITS = (  # days until an open one has waited too long: an urgent one, another
    env.int("NOTIFICATION_WAITS_URGENT", 1),
    env.int("NOTIFICATION_WAITS", 7),
)
LISTS_SUPERSEDED_MONTHS = env.int("LISTS_SUPERSEDED_MONTHS", 24)  # kept after the correction
# --- documents sent to Kela ---------------------------------------------------------------------
MEGABYTE = 1024 * 1024
DOCUMENT_LARGEST = env.int("DOCUMENT_LARGEST", 100) * MEGABYTE
DOCUMENTS_IN_A_SENDING = env.int("DOCUMENTS_IN_A_SENDING", 20)
DOCUMENTS_SIZE_OF_A_SENDING = env.int("DOCUMENTS_SIZE_OF_A_SENDING", 200) * MEGABYTE
DOCUMENTS_IN_A_DAY = env.int("DOCUMENTS_IN_A_DAY", 200)  # of one official for an organisation
DOCUMENTS_FOLDER = env.str("DOCUMENTS_FOLDER", "")
DOCUMENTS_STORAGE = env.str("DOCUMENTS_STORAGE", "audit.anchors.WriteOnce")
DOCUMENTS_STORAGE_OPTIONS = env.json("DOCUMENTS_STORAGE_OPTIONS", default=None) or (
    {"location": DOCUMENTS_FOLDER} if DOCUMENTS_FOLDER else {}
)
DOCUMENTS_SCANNER = env.str("DOCUMENTS_SCANNER", "")  # tcp://host:3310, unix:///run/clamd.sock
DOCUMENTS_DELIVERY = env.str("DOCUMENTS_DELIVERY", "")  # folder, http
DOCUMENTS_OUT = env.str("DOCUMENTS_OUT", "")
DOCUMENTS_URL = env.str("DOCUMENTS_URL", "")
DOCUMENTS_TOKEN = env.str("DOCUMENTS_TOKEN", "")
DOCUMENTS_AT_ONCE = env.int("DOCUMENTS_AT_ONCE", 2)  # errands of one worker
DOCUMENTS_ATTEMPTS = env.int("DOCUMENTS_ATTEMPTS", 10)  # to deliver, until somebody is to look
# --- the access log ---------------------------------------------------------------------------
LOG_SEAL_KEY = env.str("LOG_SEAL_KEY", "")  # the worker's alone
LOG_SEAL_PUBLIC_KEYS = env.list("LOG_SEAL_PUBLIC_KEYS", default=[])
LOG_ANCHORS = env.str("LOG_ANCHORS", "")  # a folder
LOG_ANCHOR_STORAGE = env.str("LOG_ANCHOR_STORAGE", "audit.anchors.WriteOnce")
LOG_ANCHOR_MAX_AGE = timedelta(minutes=env.int("LOG_ANCHOR_MAX_AGE", 15))
LOG_STOPS_SEARCHES = env.bool("LOG_STOPS_SEARCHES", False)  # while anchors are late
LOG_VERIFY_EVERY = timedelta(hours=env.int("LOG_VERIFY_EVERY", 24))
LOG_KEEP_YEARS = env.int("LOG_KEEP_YEARS", 12)
OPENING_GRACE = timedelta(seconds=60)  # the first page within it belongs to the opening

# --- Suomi.fi and Kela's own provider -----------------------------------------------------------
SUOMIFI_OIDC = {
    "issuer": env.str("SUOMIFI_OIDC_ISSUER", ""),
    "client_id": env.str("SUOMIFI_OIDC_CLIENT_ID", ""),
    "client_key_file": env.str("SUOMIFI_OIDC_CLIENT_KEY_FILE", ""),
    "client_secret": env.str("SUOMIFI_OIDC_CLIENT_SECRET", ""),
    "hetu_claim": env.str("SUOMIFI_OIDC_HETU_CLAIM", "personal_identity_code"),
    "scope": env.str("SUOMIFI_OIDC_SCOPE", "openid profile"),
    "acr": env.list("SUOMIFI_OIDC_ACR", default=[]),
    "encrypted": env.bool("SUOMIFI_OIDC_ENCRYPTED", False),
}
SUOMIFI_MANDATES = {
    "url": env.str("SUOMIFI_MANDATES_URL", ""),
    "client_id": env.str("SUOMIFI_MANDATES_CLIENT_ID", ""),
    "api_key": env.str("SUOMIFI_MANDATES_API_KEY", ""),
    "oauth_password": env.str("SUOMIFI_MANDATES_OAUTH_PASSWORD", ""),
    "return_url": env.str("SUOMIFI_MANDATES_RETURN_URL", ""),
}
MANDATE_THEMES = env.dict("SUOMIFI_MANDATE_THEMES", default={})
KELA_OIDC = {
    "issuer": env.str("KELA_OIDC_ISSUER", ""),
    "client_id": env.str("KELA_OIDC_CLIENT_ID", ""),
    "client_key_file": env.str("KELA_OIDC_CLIENT_KEY_FILE", ""),
    "client_secret": env.str("KELA_OIDC_CLIENT_SECRET", ""),
    "group_claim": env.str("KELA_OIDC_GROUP_CLAIM", "groups"),
    "groups": env.dict("KELA_OIDC_GROUPS", default={}),
    "scope": env.str("KELA_OIDC_SCOPE", "openid profile"),
}
APPLICATION_ADDRESS = env.str("APPLICATION_ADDRESS", "")
for _name, _address in [
    ("SUOMIFI_OIDC_ISSUER", SUOMIFI_OIDC["issuer"]),
    ("SUOMIFI_MANDATES_URL", SUOMIFI_MANDATES["url"]),
    ("KELA_OIDC_ISSUER", KELA_OIDC["issuer"]),
    ("APPLICATION_ADDRESS", APPLICATION_ADDRESS),
    ("DOCUMENTS_URL", DOCUMENTS_URL),
]:
    if _address:
        check_address(_name, _address, KELMU_MODE)
# Where people are helped: pages of Suomi.fi, the Digital and Population Data Services Agency, Kela.
_SUOMIFI_GUIDE = "https://www.suomi.fi/ohjeet-ja-tuki/tietoa-valtuuksista"
_KELA = "https://www.kela.fi"
HELP_LINKS = {
    "own_mandates": env.str("LINK_OWN_MANDATES", "https://www.suomi.fi/valtuudet"),
    "applying": env.str(
        "LINK_APPLYING", "https://www.suomi.fi/valtuudet/hakemuksella-valtuuttaminen"
    ),
    "granting": env.str("LINK_GRANTING", f"{_SUOMIFI_GUIDE}/anna-valtuus-yrityksena-tai-yhteisona"),
    "voiding": env.str(
        "LINK_VOIDING", f"{_SUOMIFI_GUIDE}/valtuuden-tai-valtuuspyynnon-mitatoiminen"
    ),
    "kela_mandates": env.str(
        "LINK_KELA_MANDATES", f"{_KELA}/asiointi-yhteistyokumppanit-asiointivaltuudet"
    ),
    "kela_contacts": env.str(
        "LINK_KELA_CONTACTS", f"{_KELA}/yhteistyokumppanit-toimeentulotuki-etuustietopalvelu-kelmu"
    ),
}
OUTGOING_TIMEOUT_SECONDS = 5
OUTGOING_CALLS_AT_ONCE = 4
OUTGOING_CALLS_WAITING = 4  # with those, half of a worker's threads; beyond that 503 at once

# --- limits of what comes in --------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # and fewer where a view says so
FILE_UPLOAD_HANDLERS = ["kelmu.uploads.DeclaredFiles"]  # and that one only where a view says so

# --- browser ------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],  # the design system draws its icons as data addresses
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    # A form may end at Suomi.fi: form-action also judges the redirects of a submission.
    "form-action": [
        CSP.SELF,
        *origins([SUOMIFI_OIDC["issuer"], SUOMIFI_MANDATES["url"], KELA_OIDC["issuer"]]),
    ],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IN_PRODUCTION
SECURE_HSTS_PRELOAD = IN_PRODUCTION
if IN_PRODUCTION:  # nginx of docker-compose.yml sets it and strips what the browser sent
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = origins([APPLICATION_ADDRESS])

# --- languages ----------------------------------------------------------------------------------
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "kelmu-language"

# --- static files -------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / ".static"))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("designsystemet", BASE_DIR / "node_modules/@digdir/designsystemet-css/dist/src"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "anchors": {
        "BACKEND": LOG_ANCHOR_STORAGE,
        "OPTIONS": env.json("LOG_ANCHOR_STORAGE_OPTIONS", default=None)
        or ({"location": LOG_ANCHORS} if LOG_ANCHORS else {}),
    },
    "documents": {"BACKEND": DOCUMENTS_STORAGE, "OPTIONS": DOCUMENTS_STORAGE_OPTIONS},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# --- log lines ----------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "kelmu.log_lines.RequestIdFilter"}},
    "formatters": {
        "line": {
            "()": "kelmu.log_lines.Formatter",
            "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # urllib3 writes whole addresses at DEBUG, and the register call's address holds a HETU.
        "urllib3": {"level": "WARNING"},
    },
}

if IN_PRODUCTION and ALLOWED_HOSTS == ["*"]:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts of the service.")
