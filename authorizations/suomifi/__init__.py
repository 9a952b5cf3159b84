"""Clients of Suomi.fi e-Identification and e-Authorizations, and of Kela's own identification.

They know neither requests of Django nor the database: values in, frozen dataclasses out, and
every failure is a `SuomiFiError` whose text is a reason code and nothing else.
"""
