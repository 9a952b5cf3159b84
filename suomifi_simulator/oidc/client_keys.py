"""The keys that a client publishes."""

import asyncio

import requests

SECONDS = 5


class KeySetError(Exception):
    """The client's key set cannot be had."""


async def fetch(address: str) -> list[dict[str, str]]:
    """The keys at the client's registered address; KeySetError if it does not answer with any."""
    try:
        answer = await asyncio.to_thread(
            requests.get, address, timeout=SECONDS, allow_redirects=False
        )
        answer.raise_for_status()
        return [key for key in answer.json()["keys"] if key["kty"] == "RSA"]
    except (requests.RequestException, ValueError, TypeError, KeyError) as error:
        raise KeySetError("the key set cannot be read") from error


async def encryption_key(address: str) -> dict[str, str]:
    """The key to encrypt with; KeySetError if none says that it is for encryption."""
    keys = [key for key in await fetch(address) if key.get("use") == "enc"]
    if not keys:
        raise KeySetError("no key for encryption is published")
    return keys[0]
