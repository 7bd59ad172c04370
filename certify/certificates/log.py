"""The Merkle tree of the transparency log (RFC 6962, section 2.1): append, prove, verify.

Every event of a certificate is one leaf. The root of the tree stands for all of them at once: it cannot stay the same
if one leaf is edited, removed or moved. An *inclusion proof* shows that a leaf is in the tree of a root; a *consistency
proof* shows that a longer log only added to a shorter one.

The tree is addressed by its whole subtrees: node (level, index) covers the leaves `index * 2**level` up to the next
one. Whoever keeps those nodes (in memory here, in a table elsewhere) can append and prove in logarithmic time.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

EMPTY_ROOT = hashlib.sha256(b"").digest()
LEAF, NODE = b"\x00", b"\x01"

Place: TypeAlias = tuple[int, int]
Nodes: TypeAlias = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one log entry; a prefix keeps it from ever being taken for an inner node."""
    return hashlib.sha256(LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(NODE + left + right).digest()


def nodes_completed(size: int, leaf: bytes, *, nodes: Nodes) -> list[tuple[Place, bytes]]:
    """The leaf that is appended to a tree of `size` leaves, and each whole subtree it completes, ready to be kept."""
    completed = [((0, size), leaf)]
    level, index, digest = 0, size, leaf
    while index % 2:
        digest = node_hash(nodes(level, index - 1), digest)
        level, index = level + 1, index // 2
        completed.append(((level, index), digest))
    return completed


def root(size: int, *, nodes: Nodes) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return EMPTY_ROOT if size == 0 else _subtree(0, size, nodes)


def inclusion_proof(index: int, size: int, *, nodes: Nodes) -> list[bytes]:
    """What to hash leaf `index` with, from bottom to top, to reach the root of the first `size` leaves.

    Raises `ValueError` where the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} leaves has no leaf {index}.")
    return _path(index, 0, size, nodes)


def consistency_proof(first: int, second: int, *, nodes: Nodes) -> list[bytes]:
    """What shows that the tree of `second` leaves begins with that of `first`; raises `ValueError` if it is shorter."""
    if not 0 <= first <= second:
        raise ValueError(f"A tree of {second} leaves does not hold one of {first}.")
    return [] if first in {0, second} else _subproof(first, 0, second, nodes, is_whole=True)


def verify_inclusion(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` leads from the hash of leaf `index` to the `root` over `size` leaves (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, digest = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node % 2 or node == last:
            digest = node_hash(sibling, digest)
            while node and not node % 2:
                node, last = node // 2, last // 2
        else:
            digest = node_hash(digest, sibling)
        node, last = node // 2, last // 2
    return last == 0 and digest == root


def verify_consistency(
    *, first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the tree of `second` leaves begins with the tree of `first` (RFC 9162, 2.1.4.2)."""
    if first == 0 or first == second:
        return first <= second and not proof and _agree(first, second, first_root, second_root)
    if not 0 < first < second:
        return False
    steps = list(proof) if first & (first - 1) else [first_root, *proof]
    return bool(steps) and _climbs(first - 1, second - 1, steps) == (first_root, second_root)


@dataclass(slots=True)
class MemoryTree:
    """A tree kept in memory: for verifying a whole log, and for logs of some thousand events."""

    size: int = 0
    kept: dict[Place, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, leaves: Iterable[bytes]) -> "MemoryTree":
        """The tree over these leaf hashes, in order."""
        tree = cls()
        for leaf in leaves:
            tree.append(leaf)
        return tree

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash at the end."""
        self.kept.update(nodes_completed(self.size, leaf, nodes=self.node))
        self.size += 1

    def node(self, level: int, index: int) -> bytes:
        """The hash of a whole subtree; raises `KeyError` for one that is not complete."""
        return self.kept[level, index]

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves, or of all."""
        return root(self.size if size is None else size, nodes=self.node)


def _subtree(start: int, end: int, nodes: Nodes) -> bytes:
    """The hash over the leaves from `start` to `end`, of which all but the rightmost subtree is whole."""
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return nodes(level, start >> level)
    middle = start + _left_width(width)
    return node_hash(_subtree(start, middle, nodes), _subtree(middle, end, nodes))


def _left_width(width: int) -> int:
    """The largest power of two smaller than `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def _path(index: int, start: int, end: int, nodes: Nodes) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _left_width(end - start)
    if index < middle:
        return [*_path(index, start, middle, nodes), _subtree(middle, end, nodes)]
    return [*_path(index, middle, end, nodes), _subtree(start, middle, nodes)]


def _subproof(first: int, start: int, end: int, nodes: Nodes, *, is_whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962, 2.1.2: `first` counts from `start`; the whole first tree needs no hash of its own."""
    width = end - start
    if first == width:
        return [] if is_whole else [_subtree(start, end, nodes)]
    left = _left_width(width)
    middle = start + left
    if first <= left:
        return [*_subproof(first, start, middle, nodes, is_whole=is_whole), _subtree(middle, end, nodes)]
    return [*_subproof(first - left, middle, end, nodes, is_whole=False), _subtree(start, middle, nodes)]


def _agree(first: int, second: int, first_root: bytes, second_root: bytes) -> bool:
    """An empty log begins every log; two logs of one length must have one root."""
    return first_root == EMPTY_ROOT if first == 0 and second > 0 else first_root == second_root


def _climbs(node: int, last: int, steps: list[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots that the steps of a consistency proof lead to, or None where there are too many or too few steps."""
    while node % 2:
        node, last = node // 2, last // 2
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if node % 2 or node == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while node and not node % 2:
                node, last = node // 2, last // 2
        else:
            new = node_hash(new, step)
        node, last = node // 2, last // 2
    return (old, new) if last == 0 else None
