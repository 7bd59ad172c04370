"""All that leaves the process: documents, seals, keys, mail, storage, the network.

These modules know nothing of the house: they take bytes, paths, keys and times as arguments and give bytes and
findings back, so each of them can be replaced, and tried alone.
"""
