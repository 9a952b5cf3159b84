"""The way back to an e-service."""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect


def callback(address: str, **parameters: str) -> HttpResponseRedirect:
    """Send the browser to the registered address; empty parameters are left out."""
    query = urlencode({name: value for name, value in parameters.items() if value})
    return HttpResponseRedirect(f"{address}{'&' if '?' in address else '?'}{query}")
