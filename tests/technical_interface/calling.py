"""Systems of organisations that call the technical interface, with keys of their own."""

import time
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as ec_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as rsa_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.test import Client
from django.utils import timezone
from jose import jwt

from administration.keys.reading import PublicKey, read_key
from organisations.models import InterfaceKey
from tests.acting import PIRKANMAA, organisation, owning
from tests.harness import TODAY

TECHNICAL = "110483-906Y"  # of Pirkanmaa
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
AUDIENCE = "http://127.0.0.1:8000/api/v1/token"
type Answer = Any  # what the test client answers

BENEFITS = "/api/v1/customers/benefits"


def pair(algorithm: str = "RS256", number: int = 0) -> tuple[str, str]:
    """A private and a public key in PEM, the same ones for the same number."""
    return _pair(algorithm, number)


@cache
def _pair(algorithm: str, _number: int) -> tuple[str, str]:
    key = rsa_key(65537, 2048) if algorithm == "RS256" else ec_key(SECP256R1())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def public_key(algorithm: str = "RS256", number: int = 0) -> PublicKey:
    """The public key of a pair, as it is registered."""
    return read_key(pair(algorithm, number)[1])


def registered(
    business_id: str = PIRKANMAA, *, algorithm: str = "RS256", number: int = 0, **fields: Any
) -> InterfaceKey:
    """A key that Kela has approved."""
    public = read_key(pair(algorithm, number)[1])
    given: dict[str, Any] = {
        "registered_on": TODAY,
        "place": number % 2 + 1,
        "label": "Asiakastietojärjestelmä",
        "expires_on": TODAY + timedelta(days=365),
        "approved_at": timezone.now(),
        "approved_by": UUID(int=2),
        "approved_by_name": "Heikki Hyväksyjä",
    }
    with owning():
        return InterfaceKey.objects.using("owner").create(
            organisation_id=organisation(business_id).pk,
            kid=public.kid,
            algorithm=public.algorithm,
            public_key=public.pem,
            registered_at=timezone.now(),
            registered_by=UUID(int=1),
            registered_by_name="Tarmo Tietojärjestelmä",
            **given | fields,
        )


@dataclass
class System:
    """A system of an organisation, which signs by one of its keys."""

    business_id: str = PIRKANMAA
    algorithm: str = "RS256"
    number: int = 0
    token: str = ""

    def __post_init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def claims(self, **changed: Any) -> dict[str, Any]:
        """What an assertion says; a change to None leaves something out."""
        now = int(time.time())
        told: dict[str, Any] = {
            "iss": self.business_id,
            "sub": self.business_id,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + 120,
            "jti": str(uuid4()),
        }
        return {name: value for name, value in (told | changed).items() if value is not None}

    def assertion(self, headers: dict[str, Any] | None = None, **changed: Any) -> str:
        """A signed assertion."""
        private, public = pair(self.algorithm, self.number)
        named = {"kid": read_key(public).kid} | (headers or {})
        return jwt.encode(self.claims(**changed), private, self.algorithm, headers=named)

    def ask(self, assertion: str | None = None, **told: str) -> Answer:
        """What the token endpoint answers."""
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self.assertion() if assertion is None else assertion,
        }
        return self.client.post("/api/v1/token", form | told)

    def enter(self, *scopes: str) -> "System":
        """Gets a token and keeps it."""
        answer = self.ask(scope=" ".join(scopes))
        assert answer.status_code == 200, answer.content
        self.token = answer.json()["access_token"]
        return self

    def get(self, path: str, **headers: str) -> Answer:
        return self.client.get(path, headers=self.headers(**headers))

    def put(self, path: str, content: Any, **headers: str) -> Answer:
        return self.client.put(
            path, content, content_type="application/json", headers=self.headers(**headers)
        )

    def post(self, path: str, content: Any, **headers: str) -> Answer:
        return self.client.post(
            path, content, content_type="application/json", headers=self.headers(**headers)
        )

    def send(self, path: str, content: dict[str, Any], **headers: str) -> Answer:
        """A form with files."""
        return self.client.post(path, content, headers=self.headers(**headers))

    def headers(self, **changed: str) -> dict[str, str]:
        """What every call says of itself; a change to "" leaves something out."""
        told = {
            "Authorization": f"Bearer {self.token}",
            "Kelmu-End-User": "u-4711",
            "Kelmu-Purpose": "other_benefits",
        }
        named = {name.replace("_", "-"): value for name, value in changed.items()}
        return {name: value for name, value in (told | named).items() if value}


def problem(answer: Answer) -> str:
    """The type of the problem that is answered, without what all types share."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    told = answer.json()
    assert told["status"] == answer.status_code
    return str(told["type"]).removeprefix("urn:kelmu:problem:")
