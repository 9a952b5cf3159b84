"""Edge, Chrome and Firefox are supported (seed 004). Others get a notice and are let in."""

import re

from django.http import HttpRequest

KEY = "browser"  # by which the notice is dismissed
A_BROWSER = re.compile(r"^Mozilla/")  # every browser says so; programs do not
SUPPORTED = re.compile(r"\b(?:Edg|Firefox|Chrome|HeadlessChrome)/")
# Browsers that are built on Chrome or Firefox and say so too.
RELATED = re.compile(r"\b(?:OPR|Opera|SamsungBrowser|Vivaldi|YaBrowser|Seamonkey)/", re.IGNORECASE)


def is_unsupported(request: HttpRequest) -> bool:
    """Whether the request comes from a browser that nobody tests Kelmu with."""
    told = request.headers.get("User-Agent", "")
    return bool(A_BROWSER.match(told)) and (
        not SUPPORTED.search(told) or bool(RELATED.search(told))
    )
