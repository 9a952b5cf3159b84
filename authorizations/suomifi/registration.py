"""Our e-service at e-Authorizations, and the checksum that proves a call to be its own."""

import hmac
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

HEADER = "X-AsiointivaltuudetAuthorization"


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What DVV gave us; the API key is used as its own octets, undecoded."""

    url: str
    client_id: str
    return_url: str
    api_key: str = field(repr=False)
    oauth_password: str = field(repr=False)

    def checksum(self, path: str, now: datetime) -> str:
        """The value of HEADER for a call.

        `path` is everything after the host exactly as it is sent, query included. `now` has its
        offset and must be within five minutes of the service's own time.
        """
        return self.checksum_at(path, now.isoformat(timespec="seconds"))

    def checksum_at(self, path: str, timestamp: str) -> str:
        """The same, with the timestamp as it shall be spelled."""
        digest = hmac.digest(self.api_key.encode(), f"{path} {timestamp}".encode(), "sha256")
        return f"{self.client_id} {timestamp} {b64encode(digest).decode()}"


def registration() -> Registration:
    """As SUOMIFI_MANDATES_* says; ImproperlyConfigured if a part is missing."""
    named = settings.SUOMIFI_MANDATES
    if not all(named[part] for part in ("url", "client_id", "api_key", "oauth_password")):
        raise ImproperlyConfigured("SUOMIFI_MANDATES_* must name the service and our registration.")
    own = f"{settings.APPLICATION_ADDRESS.rstrip('/')}/login/mandates/callback"
    return Registration(
        url=named["url"].rstrip("/"),
        client_id=named["client_id"],
        return_url=named["return_url"] or own,
        api_key=named["api_key"],
        oauth_password=named["oauth_password"],
    )
