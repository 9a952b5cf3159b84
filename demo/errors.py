"""What can go wrong in a way that its reader can mend."""


class DemoError(Exception):
    """Its text says in one line what is wrong and what to do."""
