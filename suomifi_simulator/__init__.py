"""A stand-in for Suomi.fi and for Kela's own identification, for demo and tests.

It is a process of its own. It knows nothing of the application but its address; the application
knows nothing of it but its addresses and its client registrations.
"""
