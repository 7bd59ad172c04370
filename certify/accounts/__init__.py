"""Owns people: their accounts, sign-in, roles, and who granted which role."""
