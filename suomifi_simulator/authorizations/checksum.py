"""The header X-AsiointivaltuudetAuthorization: who calls, when, and the checksum of both."""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime

from django.core.handlers.asgi import ASGIRequest

from suomifi_simulator.clients import MandateClient

HEADER = "X-AsiointivaltuudetAuthorization"
TOLERANCE = 300


def checksum(api_key: str, target: bytes, timestamp: str) -> str:
    """Base64 of HMAC-SHA-256 over the request target and the timestamp as it is spelt."""
    message = target + b" " + timestamp.encode()
    return b64encode(hmac.digest(api_key.encode(), message, "sha256")).decode()


def raw_target(request: ASGIRequest) -> bytes:
    """Path and query exactly as they were sent."""
    path: bytes = request.scope["raw_path"]
    query: bytes = request.scope["query_string"]
    return path + b"?" + query if query else path


def calling_client(
    request: ASGIRequest, clients: Mapping[str, MandateClient], now: float
) -> MandateClient | None:
    """The client that signed this very request within five minutes of now, or nobody."""
    parts = request.headers.get(HEADER, "").split(" ")
    if len(parts) != 3 or parts[0] not in clients:
        return None
    name, timestamp, given = parts
    expected = checksum(clients[name].api_key, raw_target(request), timestamp)
    if not hmac.compare_digest(expected.encode(), given.encode()):
        return None
    return clients[name] if _is_near(timestamp, now) else None


def _is_near(timestamp: str, now: float) -> bool:
    """Whether an ISO 8601 time with an offset is near enough."""
    try:
        when = datetime.fromisoformat(timestamp)
    except ValueError:
        return False
    return when.tzinfo is not None and abs(when.timestamp() - now) <= TOLERANCE
