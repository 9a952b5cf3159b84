"""What a client asks for when it sends a person here, and what is wrong with it."""

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Self

from django.http import QueryDict

from suomifi_simulator.clients import RelyingParty


@dataclass(frozen=True)
class AuthorizationRequest:
    """An authorization request whose client and redirect address are in order."""

    client: RelyingParty
    redirect_uri: str
    state: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    response_type: str
    scopes: frozenset[str]
    prompts: frozenset[str]
    max_age: str
    acr_values: tuple[str, ...]
    unsupported: bool

    @classmethod
    def of(cls, client: RelyingParty, asked: QueryDict) -> Self:
        """Read the parameters; only names that the provider knows count."""
        return cls(
            client=client,
            redirect_uri=asked.get("redirect_uri", ""),
            state=asked.get("state", ""),
            nonce=asked.get("nonce", ""),
            code_challenge=asked.get("code_challenge", ""),
            code_challenge_method=asked.get("code_challenge_method", ""),
            response_type=asked.get("response_type", ""),
            scopes=frozenset(asked.get("scope", "").split()),
            prompts=frozenset(asked.get("prompt", "").split()),
            max_age=asked.get("max_age", ""),
            acr_values=tuple(asked.get("acr_values", "").split()),
            unsupported="request" in asked or "request_uri" in asked,
        )

    def error(self) -> str | None:
        """The error code that goes back to the client, if the request cannot be served."""
        if self.unsupported:
            return "request_not_supported"
        if self.response_type != "code":
            return "unsupported_response_type"
        if "openid" not in self.scopes:
            return "invalid_scope"
        if not (self.state and self.nonce and self._has_challenge()):
            return "invalid_request"
        if not (self.prompts <= {"none", "login"} and len(self.prompts) < 2):
            return "invalid_request"
        if self.max_age and not re.fullmatch(r"[0-9]{1,9}", self.max_age):
            return "invalid_request"
        return None

    def accepts(self, auth_time: int, now: float) -> bool:
        """Whether an identification of that time may be used again without asking the person."""
        fresh = not self.max_age or now - auth_time <= int(self.max_age)
        return fresh and "login" not in self.prompts

    def is_proven_by(self, code_verifier: str) -> bool:
        """Proof key for code exchange, RFC 7636, method S256."""
        digest = sha256(code_verifier.encode()).digest()
        challenge = urlsafe_b64encode(digest).rstrip(b"=")
        return compare_digest(challenge, self.code_challenge.encode())

    def _has_challenge(self) -> bool:
        return self.code_challenge_method == "S256" and len(self.code_challenge) == 43
