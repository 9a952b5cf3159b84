"""An example of a system that connects to the technical interface: a token, a customer, and what
is made once: a payment demand, documents for Kela.

Needs the packages requests and python-jose[cryptography]. Make a key pair first, and have the
public key registered on the organisation's own pages (docs/interface.md):

    openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.pem
    openssl pkey -in private.pem -pubout -out public.pem

    python interface_client.py https://kelmu.example 9900100-2 KID private.pem 131052-9085

With more files it registers a payment demand and sends a document to Kela; the published page has
an example of the demand:

    python interface_client.py … 131052-9085 demand.json statement.pdf
"""

import json
import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests
from jose import jwt

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
TIMEOUT_SECONDS = 30
ATTEMPTS = 3


class Client:
    """Calls for one end user under one purpose; gets a new token before the old one ends."""

    def __init__(self, root: str, client_id: str, kid: str, private_key: str) -> None:
        self.root, self.client_id, self.kid = root.rstrip("/"), client_id, kid
        self.private_key = private_key
        self.token, self.ends_at = "", 0.0

    def assertion(self, audience: str) -> str:
        """Proof of who calls: good once, for two minutes."""
        now = int(time.time())
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": audience,
            "jti": str(uuid4()),
            "iat": now,
            "exp": now + 120,
        }
        return jwt.encode(claims, self.private_key, "RS256", headers={"kid": self.kid})

    def enter(self) -> None:
        """Gets a token unless there is one that lasts."""
        if time.time() < self.ends_at - 30:
            return
        address = f"{self.root}/api/v1/token"
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self.assertion(address),
        }
        answer = requests.post(address, form, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        told = answer.json()
        self.token, self.ends_at = told["access_token"], time.time() + told["expires_in"]

    def call(
        self,
        method: str,
        path: str,
        end_user: str,
        purpose: str = "",
        content: Any = None,
        files: Any = None,
        **headers: str,
    ) -> Any:
        """What an operation answers; RuntimeError with the problem if it is no."""
        self.enter()
        said = {"Authorization": f"Bearer {self.token}", "Kelmu-End-User": end_user}
        said |= {"Kelmu-Purpose": purpose} if purpose else {}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        address = f"{self.root}/api/v1{path}"
        body = {"data": content, "files": files} if files else {"json": content}
        answer = requests.request(method, address, headers=said, timeout=TIMEOUT_SECONDS, **body)
        told = answer.json()
        if not answer.ok:
            wrong = [f"{one['pointer']}: {one['message']}" for one in told.get("errors", ())]
            raise RuntimeError(" ".join([str(answer.status_code), told["type"], *wrong]))
        return told

    def make(self, path: str, end_user: str, key: str, **told: Any) -> Any:
        """What is made once by the key, however often it must be sent until an answer comes."""
        key = f'"{key}"'
        for attempt in range(1, ATTEMPTS):
            try:
                return self.call("POST", path, end_user, **told, Idempotency_Key=key)
            except (requests.ConnectionError, requests.Timeout):
                time.sleep(attempt)  # longer each time: who is down is not to be pressed
        return self.call("POST", path, end_user, **told, Idempotency_Key=key)


def register(client: Client, hetu: str, demand: dict[str, Any]) -> None:
    """Tells who gets what of the next payment, and registers the demand."""
    asked = demand | {"hetu": hetu}
    preview = client.call("POST", "/payment-demands/preview", "example-1", content=asked)
    for payment in preview["payments"][:1]:
        print(f"of {payment['net']} on {payment['paid_on']}: {payment['paid']}")
    # A real system keeps the key beside the demand before it sends it.
    made = client.make("/payment-demands", "example-1", str(uuid4()), content=asked)
    print("demand:", made["id"], made["state"])


def send(client: Client, hetu: str, document: Path) -> None:
    """Sends a statement about the customer to Kela."""
    asked = {"hetu": hetu, "kind": "statement", "matter": "Toimeentulotuki"}
    made = client.make(
        "/sendings",
        "example-1",
        str(uuid4()),
        purpose="social_assistance",
        content=asked | {"asked_by_customer": "true"},
        files=[("files", (document.name, document.read_bytes()))],
    )
    print("sending:", made["id"], made["state"])


def main(root: str, client_id: str, kid: str, key_file: str, hetu: str, *files: str) -> None:
    """Tells what the agreement opens, and how many rows of each group there are of a customer."""
    client = Client(root, client_id, kid, Path(key_file).read_text(encoding="utf-8"))
    rights = client.call("GET", "/rights", "example-1")
    print("opens:", *(one["purpose"] for one in rights["purposes"]))
    customer = client.call(
        "POST", "/customers/benefits", "example-1", "other_benefits", {"hetu": hetu}
    )
    print("customer:", customer["customer"]["name"])
    for group, rows in customer["groups"].items():
        print(f"{group}: {len(rows)}")
    for file in map(Path, files):
        if file.suffix == ".json":
            register(client, hetu, json.loads(file.read_text(encoding="utf-8")))
        else:
            send(client, hetu, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
