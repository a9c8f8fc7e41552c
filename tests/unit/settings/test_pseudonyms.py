from __future__ import annotations

import hashlib
import hmac
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from trueline.model.errors import UsageError
from trueline.settings.pseudonyms import KEY_FILE, key_for, key_in, pseudonymizer


def test_a_pseudonym_is_128_bits_of_hmac_sha_256():
    expected = hmac.new(b"k" * 32, b"ana@example.org", hashlib.sha256).hexdigest()[:32]
    assert pseudonymizer(b"k" * 32)("ana@example.org") == expected


def test_another_key_gives_another_pseudonym():
    assert pseudonymizer(b"a" * 32)("ana") != pseudonymizer(b"b" * 32)("ana")


def test_names_with_undecodable_bytes_stay_distinct():
    pseudonym = pseudonymizer(b"k" * 32)
    assert pseudonym("a\udcff") != pseudonym("a\udcfe")


def test_a_key_is_made_once_and_kept_for_its_user_alone(tmp_path: Path):
    key = key_in(tmp_path / "new")
    assert key_in(tmp_path / "new") == key
    assert len(key) == 32
    assert (tmp_path / "new" / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == [KEY_FILE]


def test_two_who_make_the_key_at_once_get_the_same(tmp_path: Path):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(key_in, [tmp_path] * 64))
    assert len(keys) == 1


def test_a_damaged_key_is_never_replaced_in_silence(tmp_path: Path):
    (tmp_path / KEY_FILE).write_text("half a k")
    with pytest.raises(UsageError, match="holds no key"):
        key_in(tmp_path)
    assert (tmp_path / KEY_FILE).read_text() == "half a k"


def test_a_directory_that_cannot_be_used_names_the_variable(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError) as raised:
        key_in(tmp_path / "file")
    assert "TRUELINE_PSEUDONYM_KEY" in raised.value.fix


def test_the_environment_prevails_and_a_bad_key_is_not_repeated(tmp_path: Path):
    assert key_for(tmp_path, {"TRUELINE_PSEUDONYM_KEY": "ab" * 32}) == b"\xab" * 32
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UsageError) as raised:
        key_for(tmp_path, {"TRUELINE_PSEUDONYM_KEY": "secret"})
    assert "secret" not in str(raised.value)
