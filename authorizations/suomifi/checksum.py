"""The checksum that proves a call to the e-Authorizations Web API to be ours."""

import hmac
from base64 import b64encode

HEADER = "X-AsiointivaltuudetAuthorization"


def checksum(client_id: str, api_key: str, path: str, timestamp: str) -> str:
    """The value of HEADER: client, timestamp and HMAC-SHA-256 of `path` and timestamp.

    `path` is everything after the host exactly as it is sent, query included. `timestamp` is
    ISO 8601 and must be within five minutes of the service's own time.
    """
    digest = hmac.digest(api_key.encode(), f"{path} {timestamp}".encode(), "sha256")
    return f"{client_id} {timestamp} {b64encode(digest).decode()}"
