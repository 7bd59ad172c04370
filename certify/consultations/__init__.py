"""Owns the questions put to governments and associated entities, and their replies; knows no subject."""
