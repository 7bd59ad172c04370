"""Digital Bazaar's packages read our credentials and status lists, with no network."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from certify.certificates.credential import context_address, context_document, did_document
from certify.outside.keys import KeyRing, Purpose
from tests.makers.certified import HOST, INDEX, credential_of, keys_in, record, status_lists

PROJECT = Path(__file__).parent / "credentials"


@pytest.fixture(scope="module")
def node() -> str:
    """Node.js with the pinned packages beside it, fetched once."""
    if not (PROJECT / "node_modules" / ".package-lock.json").exists():
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=PROJECT, check=True, timeout=240)
    return shutil.which("node") or "node"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    """One ring for all tests of this module."""
    return keys_in(tmp_path_factory.mktemp("npm") / "keys")


def found(node: str, credential: dict[str, Any], keys: KeyRing, lists: dict[str, Any]) -> dict[str, Any]:
    """What the packages say of a credential when every address is answered by our own documents."""
    did = did_document(HOST, keys.all(Purpose.CREDENTIAL))
    methods = {
        method["id"]: {"@context": "https://w3id.org/security/multikey/v1", **method}
        for method in did["verificationMethod"]
    }
    documents = {**lists, **methods, did["id"]: did, context_address(HOST): context_document(HOST)}
    asked = json.dumps({"credential": credential, "documents": documents, "now": "2026-11-22T03:01:00Z"})
    answered = subprocess.run(
        [node, "verify.js"], cwd=PROJECT, input=asked, capture_output=True, text=True, check=True, timeout=60
    )
    told: dict[str, Any] = json.loads(answered.stdout)
    return told


@pytest.mark.parametrize(
    ("listed", "revocation", "suspension"),
    [
        ({}, False, False),
        ({"withdrawn": (INDEX,)}, True, False),
        ({"suspended": (INDEX,)}, False, True),
    ],
    ids=["in force", "withdrawn", "suspended"],
)
def test_they_verify_the_proof_and_read_both_bits(node, keys, listed, revocation, suspension):
    told = found(node, credential_of(record(), keys), keys, status_lists(keys, **listed))

    assert told["errors"] == []
    assert told["verified"] is True
    assert {status["purpose"]: status["set"] for status in told["statuses"]} == {
        "revocation": revocation,
        "suspension": suspension,
    }


def test_they_refuse_a_changed_credential(node, keys):
    credential = credential_of(record(), keys)
    credential["credentialSubject"]["certification"]["band"] = "distinction"

    assert found(node, credential, keys, status_lists(keys))["verified"] is False


def test_they_refuse_a_changed_status_list(node, keys):
    lists = status_lists(keys, withdrawn=(INDEX,))
    for listed in lists.values():
        listed["validUntil"] = "2036-01-01T00:00:00Z"

    assert found(node, credential_of(record(), keys), keys, lists)["verified"] is False
