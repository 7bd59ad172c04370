"""Owns the start page and each person's home page: what waits for me."""
