"""The tabs of a customer that are built; each application registers its own."""

from authorizations.rulebook import Action, OpenedPurpose, Tab

_ADDRESSES: dict[Tab, str] = {}
_ACTIONS: dict[Action, str] = {}


def register(tab: Tab, url_name: str) -> None:
    """Names the address of a tab's page, which takes the id of an opening."""
    _ADDRESSES[tab] = url_name


def register_action(action: Action, url_name: str) -> None:
    """Names the address of what can be done beside the tabs; it takes the id of an opening."""
    _ACTIONS[action] = url_name


def with_actions(purpose: OpenedPurpose) -> list[tuple[Tab | Action, str]]:
    """The tabs, and then what can be done under the purpose."""
    return [*of(purpose), *((one, _ACTIONS[one]) for one in purpose.actions if one in _ACTIONS)]


def of(purpose: OpenedPurpose) -> list[tuple[Tab, str]]:
    """The built tabs that a purpose opens, each with the name of its address."""
    return [(tab, _ADDRESSES[tab]) for tab in purpose.tabs if tab in _ADDRESSES]
