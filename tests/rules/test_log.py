"""The Merkle tree of the log, against the reference values of RFC 6962 and against every small tree."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from certify.certificates.checkpoint import (
    Checkpoint,
    CheckpointBroken,
    read_checkpoint,
    sign_checkpoint,
    verifier_key,
)
from certify.certificates.log import (
    EMPTY_ROOT,
    MemoryTree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)

REFERENCE_ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
REFERENCE_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
LEAVES = [leaf_hash(number.to_bytes(2)) for number in range(130)]
TREE = MemoryTree.of(LEAVES)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
ORIGIN = "certify.example.org/log"


def test_an_empty_log_has_the_root_of_nothing():
    assert MemoryTree().root() == EMPTY_ROOT == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference_implementation(size):
    tree = MemoryTree.of(map(leaf_hash, REFERENCE_ENTRIES[:size]))

    assert tree.root().hex() == REFERENCE_ROOTS[size - 1]


def test_the_inclusion_proof_of_leaf_five_of_eight_is_the_reference_s():
    tree = MemoryTree.of(map(leaf_hash, REFERENCE_ENTRIES))

    assert [step.hex() for step in inclusion_proof(5, 8, nodes=tree.node)] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_every_leaf_of_every_tree_up_to_130_is_proven_and_no_other():
    for size in range(1, 131):
        root = TREE.root(size)
        for index in range(size):
            proof = inclusion_proof(index, size, nodes=TREE.node)

            assert verify_inclusion(LEAVES[index], index=index, size=size, proof=proof, root=root)
            assert not verify_inclusion(LEAVES[index - 1], index=index, size=size, proof=proof, root=root) or size == 1


def test_every_tree_up_to_130_is_consistent_with_every_smaller_one():
    for second in range(131):
        for first in range(second + 1):
            proof = consistency_proof(first, second, nodes=TREE.node)

            assert verify_consistency(
                first=first, second=second, first_root=TREE.root(first), second_root=TREE.root(second), proof=proof
            )


@given(st.integers(2, 130), st.data())
def test_a_rewritten_log_is_never_consistent(second, data):
    first = data.draw(st.integers(1, second))
    rewritten = list(LEAVES[:second])
    rewritten[data.draw(st.integers(0, first - 1))] = leaf_hash(b"rewritten")
    other = MemoryTree.of(rewritten)
    proof = consistency_proof(first, second, nodes=other.node)

    assert not verify_consistency(
        first=first, second=second, first_root=TREE.root(first), second_root=other.root(), proof=proof
    )


@given(st.integers(2, 130), st.data())
def test_a_proof_with_a_step_too_many_too_few_or_changed_proves_nothing(size, data):
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, nodes=TREE.node)
    place = data.draw(st.integers(0, len(proof) - 1))
    broken = data.draw(
        st.sampled_from(
            [
                proof[:place] + proof[place + 1 :],
                [*proof, proof[place]],
                [*proof[:place], bytes(32), *proof[place + 1 :]],
            ]
        )
    )

    assert not verify_inclusion(LEAVES[index], index=index, size=size, proof=broken, root=TREE.root(size))


@pytest.mark.parametrize(("index", "size"), [(-1, 8), (8, 8), (0, 0)])
def test_a_leaf_that_is_not_there_has_no_proof(index, size):
    with pytest.raises(ValueError):
        inclusion_proof(index, size, nodes=TREE.node)
    assert not verify_inclusion(LEAVES[0], index=index, size=size, proof=[], root=LEAVES[0])


def test_a_log_never_holds_a_longer_one():
    with pytest.raises(ValueError):
        consistency_proof(9, 8, nodes=TREE.node)
    assert not verify_consistency(first=9, second=8, first_root=TREE.root(9), second_root=TREE.root(8), proof=[])


def test_a_signed_checkpoint_reads_back():
    note = sign_checkpoint(Checkpoint(ORIGIN, 130, TREE.root()), key=KEY)

    assert read_checkpoint(note, origin=ORIGIN, key=KEY.public_key()) == Checkpoint(ORIGIN, 130, TREE.root())


def test_a_checkpoint_keeps_its_signature_among_those_of_witnesses():
    note = sign_checkpoint(Checkpoint(ORIGIN, 1, TREE.root(1)), key=KEY)
    witnessed = note + "— witness.example.net " + "A" * 92 + "\n"

    assert read_checkpoint(witnessed, origin=ORIGIN, key=KEY.public_key()).size == 1


def test_a_checkpoint_has_the_form_of_the_standard():
    name, size, root, blank, signature, end = sign_checkpoint(Checkpoint(ORIGIN, 0, EMPTY_ROOT), key=KEY).split("\n")

    assert (name, size, root, blank, end) == (ORIGIN, "0", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "", "")
    assert signature.startswith(f"— {ORIGIN} ")


def test_the_log_s_public_key_has_the_form_of_the_standard():
    name, key_hash, key = verifier_key(ORIGIN, KEY.public_key()).split("+", 2)

    assert (name, len(key_hash), key[:2]) == (ORIGIN, 8, "AT")


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note.replace("\n130\n", "\n131\n"),
        lambda note: note.replace("certify.", "cert1fy."),
        lambda note: note.rpartition("\n—")[0],
        lambda note: note.replace("— ", "- "),
        lambda note: "",
        lambda note: "\n" * 200_000,
    ],
    ids=["another size", "another name", "no signature", "no dash", "nothing", "far too long"],
)
def test_a_changed_checkpoint_is_refused(change):
    note = sign_checkpoint(Checkpoint(ORIGIN, 130, TREE.root()), key=KEY)

    with pytest.raises(CheckpointBroken):
        read_checkpoint(change(note), origin=ORIGIN, key=KEY.public_key())


def test_a_checkpoint_of_another_key_is_refused():
    other = Ed25519PrivateKey.from_private_bytes(bytes(31) + b"\x01")
    note = sign_checkpoint(Checkpoint(ORIGIN, 130, TREE.root()), key=other)

    with pytest.raises(CheckpointBroken):
        read_checkpoint(note, origin=ORIGIN, key=KEY.public_key())
