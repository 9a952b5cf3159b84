"""Exits with 0 when the application of this container is ready to serve."""

import os

import requests

HOST = os.environ["ALLOWED_HOSTS"].partition(",")[0]
answer = requests.get("http://127.0.0.1:8000/health/ready", headers={"Host": HOST}, timeout=5)
answer.raise_for_status()
