"""Owns tripartite partnership agreements: drafts, negotiation, clearance, signatures in order, sealed documents."""
