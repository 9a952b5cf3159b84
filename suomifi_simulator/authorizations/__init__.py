"""Suomi.fi e-Authorizations: the Web API in YPA mode, a person on behalf of an organisation."""
