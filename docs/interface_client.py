"""An example of a system that connects to the technical interface: a token, and a customer.

Needs the packages requests and python-jose[cryptography]. Make a key pair first, and have the
public key registered on the organisation's own pages (docs/interface.md):

    openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.pem
    openssl pkey -in private.pem -pubout -out public.pem

    python interface_client.py https://kelmu.example 9900100-2 KID private.pem 131052-9085
"""

import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests
from jose import jwt

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
TIMEOUT_SECONDS = 30


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
        self, method: str, path: str, end_user: str, purpose: str = "", content: Any = None
    ) -> Any:
        """What an operation answers; RuntimeError with the type of the problem if it is no."""
        self.enter()
        headers = {"Authorization": f"Bearer {self.token}", "Kelmu-End-User": end_user}
        headers |= {"Kelmu-Purpose": purpose} if purpose else {}
        address = f"{self.root}/api/v1{path}"
        answer = requests.request(
            method, address, headers=headers, json=content, timeout=TIMEOUT_SECONDS
        )
        told = answer.json()
        if not answer.ok:
            raise RuntimeError(f"{answer.status_code} {told['type']}")
        return told


def main(root: str, client_id: str, kid: str, key_file: str, hetu: str) -> None:
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


if __name__ == "__main__":
    main(*sys.argv[1:])
