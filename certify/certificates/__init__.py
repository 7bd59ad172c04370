"""Certificates: what the organisation vouches for, until when, and how anyone can check it without asking.

Owns the certificate document and its seal, the credential, the status lists, the typed code, the transparency log and
the trust bundle that lets a stranger verify all of them offline.
"""
