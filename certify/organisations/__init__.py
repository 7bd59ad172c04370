"""Owns companies: who they are, who owns and directs them, where they work, and which people act for them."""
