"""The tabs of a customer that are built; each application registers its own."""

from authorizations.rulebook import OpenedPurpose, Tab

_ADDRESSES: dict[Tab, str] = {}


def register(tab: Tab, url_name: str) -> None:
    """Names the address of a tab's page, which takes the id of an opening."""
    _ADDRESSES[tab] = url_name


def of(purpose: OpenedPurpose) -> list[tuple[Tab, str]]:
    """The built tabs that a purpose opens, each with the name of its address."""
    return [(tab, _ADDRESSES[tab]) for tab in purpose.tabs if tab in _ADDRESSES]
