"""Owns bodies, seats, motions, ballots, sessions and resolutions; knows no subject."""
