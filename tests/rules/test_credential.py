"""The credential: what it says, what it never says, and that every change shows."""

from __future__ import annotations

import copy
import json
from datetime import timedelta

import pytest

from certify.certificates.credential import (
    CredentialFinding,
    context_document,
    credential_bytes,
    credential_keys,
    did_document,
    did_web,
    verify_credential,
)
from certify.certificates.proof import ProofBroken, base58, key_from_multibase, multibase_key
from certify.outside.keys import KeyMissing, Purpose, load_keys, rotate_key
from tests.makers.certified import HOST, INDEX, NOW, credential_of, keys_in, record, status_lists


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """One ring for all tests of this module."""
    return keys_in(tmp_path_factory.mktemp("credential") / "keys")


@pytest.fixture
def credential(keys):
    """A credential that verifies."""
    return credential_of(record(), keys)


@pytest.fixture
def issuer(keys):
    """The issuer's public keys."""
    return credential_keys(HOST, keys.all(Purpose.CREDENTIAL))


def test_a_credential_proves_itself_and_reads_its_status(keys, credential, issuer):
    report = verify_credential(credential, keys=issuer, status_lists=status_lists(keys))

    assert report.finding is CredentialFinding.PROVEN
    assert (report.number, report.is_withdrawn, report.is_suspended) == ("OASC-2026-0001", False, False)
    assert report.status_as_of == NOW


def test_the_same_record_gives_the_same_credential(keys, credential):
    assert credential_bytes(credential_of(record(), keys)) == credential_bytes(credential)


@pytest.mark.parametrize(
    ("listed", "withdrawn", "suspended"),
    [
        ({"withdrawn": (INDEX,)}, True, False),
        ({"suspended": (INDEX,)}, False, True),
        ({"withdrawn": (INDEX + 1,), "suspended": (INDEX - 1,)}, False, False),
    ],
    ids=["withdrawn", "suspended", "its neighbours are"],
)
def test_the_status_bits_are_read(keys, credential, issuer, listed, withdrawn, suspended):
    report = verify_credential(credential, keys=issuer, status_lists=status_lists(keys, **listed))

    assert (report.is_withdrawn, report.is_suspended) == (withdrawn, suspended)


def test_without_status_lists_the_status_is_not_known(credential, issuer):
    report = verify_credential(credential, keys=issuer)

    assert (report.is_withdrawn, report.is_suspended, report.status_as_of) == (None, None, None)


def test_a_forged_status_list_tells_nothing(keys, credential, issuer):
    lists = status_lists(keys, withdrawn=(INDEX,))
    clean = status_lists(keys)
    for address, listed in lists.items():
        listed["credentialSubject"] = clean[address]["credentialSubject"]

    assert verify_credential(credential, keys=issuer, status_lists=lists).is_withdrawn is None


def test_a_list_of_another_purpose_tells_nothing(keys, credential, issuer):
    lists = status_lists(keys)
    addresses = list(lists)
    swapped = {addresses[0]: lists[addresses[1]], addresses[1]: lists[addresses[0]]}

    report = verify_credential(credential, keys=issuer, status_lists=swapped)

    assert (report.is_withdrawn, report.is_suspended) == (None, None)


def paths(value, path=()):
    """Every place in a JSON document."""
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(part, (*path, key))
    else:
        yield path


def test_a_change_of_any_value_shows(credential, issuer):
    for path in paths(credential):
        changed = copy.deepcopy(credential)
        place = changed
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = not place[path[-1]] if isinstance(place[path[-1]], bool) else f"{place[path[-1]]}x"

        assert verify_credential(changed, keys=issuer).finding is not CredentialFinding.PROVEN, path


def test_a_term_that_is_added_shows(credential, issuer):
    credential["credentialSubject"]["score"] = 100

    assert verify_credential(credential, keys=issuer).finding is CredentialFinding.ALTERED


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "x",
        1,
        {},
        {"proof": []},
        {"proof": {}},
        {"proof": {"verificationMethod": ["x"]}},
        {"proof": {"verificationMethod": None}},
    ],
)
def test_what_is_no_credential_is_never_proven(document, issuer):
    assert verify_credential(document, keys=issuer).finding is not CredentialFinding.PROVEN


def test_a_credential_of_another_issuer_is_an_impostor(credential, tmp_path):
    others = credential_keys(HOST, keys_in(tmp_path / "keys").all(Purpose.CREDENTIAL))

    assert verify_credential(credential, keys=others).finding is CredentialFinding.IMPOSTOR


def test_a_credential_says_nothing_of_scores_grades_or_answers(credential):
    assert set(credential["credentialSubject"]["certification"]) == {
        "type",
        "number",
        "symbol",
        "band",
        "scope",
        "frameworkId",
        "frameworkVersion",
        "frameworkDigest",
        "criteria",
        "grantedOn",
        "validThrough",
        "resolution",
        "specimen",
    }


def test_every_own_term_has_a_meaning_in_the_context(credential):
    known = context_document(HOST)["@context"]
    certification = credential["credentialSubject"]["certification"]

    assert set(certification) - {"type"} <= set(known)
    assert {certification["type"], credential["type"][1], credential["credentialSubject"]["type"]} <= set(known)


def test_a_specimen_says_so_in_its_name(keys):
    assert "SPECIMEN" in credential_of(record(), keys)["name"]
    assert "SPECIMEN" not in credential_of(record(is_specimen=False), keys)["name"]


def test_an_issuer_needs_a_host_name():
    assert did_web("certify.example.org") == "did:web:certify.example.org"
    assert did_web("localhost:8000") == "did:web:localhost%3A8000"
    for address in ("127.0.0.1", "127.0.0.1:8000"):
        with pytest.raises(ValueError):
            did_web(address)


def test_a_retired_key_still_proves_what_it_signed(tmp_path):
    before = keys_in(tmp_path / "keys")
    credential = credential_of(record(), before)

    after = rotate_key(tmp_path / "keys", Purpose.CREDENTIAL, now=NOW + timedelta(days=400))

    issuer = credential_keys(HOST, after.all(Purpose.CREDENTIAL))
    assert after.current(Purpose.CREDENTIAL).id != before.current(Purpose.CREDENTIAL).id
    assert verify_credential(credential, keys=issuer).finding is CredentialFinding.PROVEN
    assert len(did_document(HOST, after.all(Purpose.CREDENTIAL))["verificationMethod"]) == 2


def test_a_missing_private_file_leaves_a_key_to_verify_with(tmp_path):
    keys = keys_in(tmp_path / "keys")
    credential = credential_of(record(), keys)
    (tmp_path / "keys" / f"{keys.current(Purpose.CREDENTIAL).id}.pem").unlink()

    left = load_keys(tmp_path / "keys")

    issuer = credential_keys(HOST, left.all(Purpose.CREDENTIAL))
    assert verify_credential(credential, keys=issuer).finding is CredentialFinding.PROVEN
    with pytest.raises(KeyMissing):
        left.current(Purpose.CREDENTIAL)


def test_private_keys_are_for_their_owner_alone(tmp_path):
    keys_in(tmp_path / "keys")

    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").glob("*.pem")}

    assert modes == {0o400}
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_keys_are_made_once(tmp_path):
    first, second = keys_in(tmp_path / "keys"), keys_in(tmp_path / "keys")

    assert [key.id for key in first.keys] == [key.id for key in second.keys]
    assert list(tmp_path.iterdir()) == [tmp_path / "keys"]


def test_no_key_serves_two_purposes(keys):
    assert len({key.fingerprint for key in keys.keys}) == len(keys.keys) == len(Purpose)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (b"\x00\x00\x28\x7f\xb4\xcd", "11233QC4"),
        (b"", ""),
    ],
    ids=["text", "leading zeros", "nothing"],
)
def test_base58_is_that_of_the_draft_standard(content, text):
    """Examples of draft-msporny-base58, section 5."""
    assert base58(content) == text


def test_a_multikey_reads_back_and_nothing_else_does(keys):
    public = keys.current(Purpose.CREDENTIAL).public

    assert key_from_multibase(multibase_key(public)).public_bytes_raw() == public.public_bytes_raw()
    for broken in ("", "z", "zz", "6Mk", multibase_key(public)[:-1], "z" + "1" * 500):
        with pytest.raises(ProofBroken):
            key_from_multibase(broken)


def test_the_file_of_a_credential_is_canonical_json(credential):
    content = credential_bytes(credential)

    assert json.loads(content) == credential
    assert content == credential_bytes(json.loads(content))
