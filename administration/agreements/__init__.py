"""Agreements, from the first question to the last day."""
