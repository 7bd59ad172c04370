"""Frameworks: what the member states ask of a company, as data in versions that never change once published."""
