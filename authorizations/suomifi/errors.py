"""What can go wrong on the way to Suomi.fi and back."""

from enum import StrEnum
from typing import ClassVar


class Reason(StrEnum):
    """Why, as a code for logs and for choosing what to tell the user."""

    # The service cannot answer now
    ADDRESS = "address"  # not one that we may call
    BUSY = "busy"  # all of our own calls were taken
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    REDIRECTED = "redirected"
    SERVER_ERROR = "server_error"
    TOO_LARGE = "too_large"
    MALFORMED = "malformed"
    DISCOVERY = "discovery"
    INCOMPLETE = "incomplete"  # a register behind e-Authorizations did not answer

    # The user turned back
    CANCELLED = "cancelled"

    # The attempt
    STATE = "state"
    ATTEMPT_EXPIRED = "attempt_expired"
    PROVIDER_ERROR = "provider_error"
    CODE = "code"
    CLIENT = "client"  # the service does not know us, our key or our clock

    # The token
    TOKEN_FORM = "token_form"  # noqa: S105 - a code, not a password
    ALGORITHM = "algorithm"
    UNKNOWN_KEY = "unknown_key"
    DECRYPTION = "decryption"
    SIGNATURE = "signature"
    CLAIMS = "claims"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    AUTHORIZED_PARTY = "authorized_party"
    ISSUED_AT = "issued_at"
    EXPIRED = "expired"
    NONCE = "nonce"
    AUTHENTICATION_AGE = "authentication_age"
    LEVEL = "level"  # not strong enough, or made for tests
    SUBJECT = "subject"

    # The person and the organisation
    NO_HETU = "no_hetu"
    INVALID_HETU = "invalid_hetu"
    SESSION_EXPIRED = "session_expired"
    NO_ORGANISATION = "no_organisation"
    SEVERAL_ORGANISATIONS = "several_organisations"
    BUSINESS_ID = "business_id"


class SuomiFiError(Exception):
    """Says why by its reason code, never with an address, a personal identity code or a token."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Unavailable(SuomiFiError):
    """The service cannot answer now: 503, with these seconds as Retry-After."""

    RETRY_AFTER_SECONDS: ClassVar[int] = 30


class Refused(SuomiFiError):
    """What came back is not what it must be; nothing of it is used."""


class Cancelled(SuomiFiError):
    """The user turned back at Suomi.fi."""

    def __init__(self) -> None:
        super().__init__(Reason.CANCELLED)
