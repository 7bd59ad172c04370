"""Owns every declaration of interest, the chair's rulings on them, and the question `may_open(person, subject)`."""
