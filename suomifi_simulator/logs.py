"""Log lines that cannot tell who was asked about."""

import logging


class RouteInsteadOfPath(logging.Filter):
    """Put the route into a line about a request, where Django puts the path."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, that of a request rewritten."""
        request = getattr(record, "request", None)
        if request is not None:
            match = request.resolver_match
            route = match.route if match else "no such address"
            record.msg, record.args = "%s %s", (getattr(record, "status_code", "-"), route)
        return True
