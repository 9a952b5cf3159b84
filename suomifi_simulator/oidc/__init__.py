"""An OpenID provider, of which two run: Suomi.fi e-Identification and Kela's own."""
