"""The other parties of the protocols: a browser, a relying party, an e-service."""

import hmac
import time
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit
from uuid import uuid4

import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from jose import jwk, jwt

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
AINO = "140285-911Y"
API_KEY = "invented-demo-api-key-0b1f6c52"
OAUTH_PASSWORD = "invented-demo-oauth-password-7a44"
VERIFIER = "a-verifier-that-is-long-enough-to-be-one-0123456789"
SECONDS = 10

type Parameters = dict[str, str]


@dataclass(frozen=True)
class Key:
    """One of the application's keys."""

    kid: str
    use: str
    private: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(65537, 2048)
    )

    @property
    def pem(self) -> str:
        """The private key."""
        return self.private.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        ).decode()

    @property
    def published(self) -> dict[str, str]:
        """The public key as the key set has it."""
        pem = self.private.public_key().public_bytes(
            Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
        )
        algorithm = "RS256" if self.use == "sig" else "RSA-OAEP"
        return jwk.construct(pem.decode(), algorithm).to_dict() | {"kid": self.kid, "use": self.use}


@dataclass(frozen=True)
class Simulator:
    """The running simulator, and the application's address that it knows."""

    address: str
    application: str

    def url(self, path: str) -> str:
        """An address of the simulator."""
        return self.address + path

    def order(self, what: str, **body: object) -> dict[str, Any]:
        """Order something of the control interface."""
        answer = requests.post(self.url(f"/control/{what}"), json=body, timeout=SECONDS)
        answer.raise_for_status()
        ordered: dict[str, Any] = answer.json()
        return ordered

    def state(self, **query: str) -> dict[str, Any]:
        """What the simulator tells of itself."""
        state: dict[str, Any] = requests.get(
            self.url("/control/state"), params=query, timeout=SECONDS
        ).json()
        return state


class Browser:
    """A browser with its cookies; it follows redirects, but never out of the simulator."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self.session = requests.Session()

    def get(self, url: str, **parameters: str) -> requests.Response:
        """Open an address."""
        return self._follow("GET", url, parameters, {})

    def post(self, url: str, **fields: str) -> requests.Response:
        """Send a form."""
        return self._follow("POST", url, {}, fields)

    def _follow(
        self, method: str, url: str, query: Parameters, fields: Parameters
    ) -> requests.Response:
        url = urljoin(self._simulator.address, url)
        answer = self.session.request(
            method, url, params=query, data=fields, timeout=SECONDS, allow_redirects=False
        )
        target = urljoin(url, answer.headers.get("Location", ""))
        if answer.is_redirect and target.startswith(self._simulator.address):
            return self._follow("GET", target, {}, {})
        return answer


def returned(answer: requests.Response, address: str) -> Parameters:
    """The parameters with which the browser was sent back to the application's address."""
    assert answer.status_code == 302, answer.status_code
    location = urlsplit(answer.headers["Location"])
    assert location._replace(query="").geturl() == address
    return {name: value for name, [value] in parse_qs(location.query).items()}


@dataclass
class RelyingParty:
    """A client of one of the two providers."""

    simulator: Simulator
    key: Key
    client_id: str = "kelmu"
    provider: str = "idp"

    @property
    def redirect_uri(self) -> str:
        """Where the provider sends the browser back."""
        path = "/login/callback" if self.provider == "idp" else "/kela/callback"
        return self.simulator.application + path

    @property
    def metadata(self) -> dict[str, Any]:
        """The discovery document."""
        path = f"/{self.provider}/.well-known/openid-configuration"
        found: dict[str, Any] = requests.get(self.simulator.url(path), timeout=SECONDS).json()
        return found

    def request(self, **changes: str) -> Parameters:
        """The parameters of an authorization request; empty ones are left out."""
        parameters = {
            "client_id": self.client_id,
            "response_type": "code",
            "scope": "openid profile",
            "redirect_uri": self.redirect_uri,
            "state": "the-state",
            "nonce": "the-nonce",
            "code_challenge": challenge(VERIFIER),
            "code_challenge_method": "S256",
        }
        return {name: value for name, value in (parameters | changes).items() if value}

    def authorize(self, browser: Browser, **changes: str) -> requests.Response:
        """Send the browser to the provider."""
        return browser.get(f"/{self.provider}/authorize", **self.request(**changes))

    def log_in(self, browser: Browser, person: str = "aino", **changes: str) -> Parameters:
        """Let the person identify themselves and come back."""
        page = self.authorize(browser, **changes)
        step = page.url.removesuffix("/person")
        answer = browser.post(f"{step}/person", person=person)
        if self.provider == "idp":
            answer = browser.post(f"{step}/confirm")
        return returned(answer, self.redirect_uri)

    def assertion(self, **changes: object) -> str:
        """Who we are, signed by us; what is None is left out."""
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": self.simulator.url(f"/{self.provider}/token"),
            "jti": str(uuid4()),
            "exp": int(time.time()) + 120,
        } | changes
        present = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(present, self.key.pem, "RS256", headers={"kid": self.key.kid})

    def redeem(self, code: str, **changes: str) -> requests.Response:
        """A code for tokens; empty parameters are left out."""
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": VERIFIER,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self.assertion(),
        } | changes
        present = {name: value for name, value in fields.items() if value}
        url = self.simulator.url(f"/{self.provider}/token")
        return requests.post(url, data=present, timeout=SECONDS)

    def keys(self) -> dict[str, dict[str, str]]:
        """The provider's keys by kid."""
        answer = requests.get(self.metadata["jwks_uri"], timeout=SECONDS)
        return {key["kid"]: key for key in answer.json()["keys"]}

    def verified(self, tokens: dict[str, str]) -> dict[str, Any]:
        """The claims of the id_token, whose signature, audience, issuer and times are right."""
        kid = jwt.get_unverified_header(tokens["id_token"])["kid"]
        return jwt.decode(
            tokens["id_token"],
            self.keys()[kid],
            algorithms=["RS256"],
            audience=self.client_id,
            issuer=self.metadata["issuer"],
            access_token=tokens["access_token"],
            options={f"require_{name}": True for name in ("iss", "sub", "aud", "exp", "at_hash")},
        )


def challenge(verifier: str) -> str:
    """The code challenge of a verifier."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@dataclass
class EService:
    """An e-service of e-Authorizations, written from the public description of the Web API."""

    simulator: Simulator
    client_id: str = "ke1mu7d3"
    api_key: str = API_KEY
    oauth_password: str = OAUTH_PASSWORD
    skew: float = 0

    @property
    def return_address(self) -> str:
        """Where e-Authorizations sends the browser back."""
        return self.simulator.application + "/login/mandates/callback"

    def header(self, target: str, timestamp: str | None = None) -> str:
        """The checksum header for a request target."""
        timestamp = timestamp or datetime.fromtimestamp(time.time() + self.skew, UTC).isoformat()
        digest = hmac.digest(self.api_key.encode(), f"{target} {timestamp}".encode(), "sha256")
        return f"{self.client_id} {timestamp} {b64encode(digest).decode()}"

    def get(self, path: str, bearer: str = "", **query: str) -> requests.Response:
        """A signed request, signed over what is really sent."""
        request = requests.Request("GET", self.simulator.url(path), params=query).prepare()
        request.headers["X-AsiointivaltuudetAuthorization"] = self.header(request.path_url)
        if bearer:
            request.headers["Authorization"] = f"Bearer {bearer}"
        with requests.Session() as session:
            return session.send(request, timeout=SECONDS)

    def register(self, hetu: str = AINO) -> Parameters:
        """A session for the person."""
        path = f"/service/ypa/user/register/{self.client_id}/{hetu}"
        answer = self.get(path, requestId=str(uuid4()))
        answer.raise_for_status()
        opened: Parameters = answer.json()
        return opened

    def request(self, user: str, **changes: str) -> Parameters:
        """The parameters with which the browser is sent to choose; empty ones are left out."""
        parameters = {
            "client_id": self.client_id,
            "response_type": "code",
            "redirect_uri": self.return_address,
            "user": user,
            "state": "the-state",
        }
        return {name: value for name, value in (parameters | changes).items() if value}

    def authorize(self, browser: Browser, user: str, **changes: str) -> requests.Response:
        """Send the browser to choose an organisation."""
        return browser.get("/oauth/authorize", **self.request(user, **changes))

    def choose(
        self, browser: Browser, user: str, business_id: str = "9900100-2", **changes: str
    ) -> Parameters:
        """Let the person choose an organisation and come back."""
        page = self.authorize(browser, user, **changes)
        answer = browser.post(page.url, organisation=business_id)
        return returned(answer, self.return_address)

    def redeem(self, code: str, **changes: str) -> requests.Response:
        """A code for an access token."""
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.return_address,
        } | changes
        return requests.post(
            self.simulator.url("/oauth/token"),
            data=fields,
            auth=(self.client_id, self.oauth_password),
            timeout=SECONDS,
        )

    def roles(self, session_id: str, bearer: str, organisation: str = "") -> requests.Response:
        """What the person may do."""
        path = f"/service/ypa/api/organizationRoles/{session_id}"
        path += f"/{organisation}" if organisation else ""
        return self.get(path, bearer, requestId=str(uuid4()))

    def unregister(self, session_id: str) -> requests.Response:
        """The end."""
        return self.get(f"/service/ypa/user/unregister/{session_id}", requestId=str(uuid4()))

    def bearer(self, browser: Browser, opened: Parameters, business_id: str = "9900100-2") -> str:
        """An access token after the person has chosen."""
        code = self.choose(browser, opened["userId"], business_id)["code"]
        answer = self.redeem(code)
        answer.raise_for_status()
        token: str = answer.json()["access_token"]
        return token
