"""The application for an ASGI server.

One process, one worker: what the simulator remembers lives in it. ASGI because the checksums of
e-Authorizations need the request target as it was sent, and because an answer that is late to
order must hold up nobody else.
"""

import os

from django.core.asgi import get_asgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "suomifi_simulator.settings"

application = get_asgi_application()
