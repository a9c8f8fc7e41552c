"""Turn entries of the log into rows of `commits` and `file_changes`: pure, one entry at a time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from trueline.model.table import Row
from trueline.sources.git import display_path

from .attribution import Attribution
from .log import Entry
from .mailmap import Mailmap, mapped_address
from .message import (
    change_number,
    first_line,
    is_revert_subject,
    merged_login,
    picked_commit,
    reverted_commit,
    shown_subject,
)

EARLIEST_POSSIBLE = int(datetime(1982, 1, 1, tzinfo=UTC).timestamp())
"""RCS is of 1982, and histories that began in it live on in git. A clock reset to 1970 or 1980 falls below."""

_OFFSET = re.compile(rb"[+-][0-9]{2}[0-5][0-9]")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST_SHOWN = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp())
_PEOPLE_CACHED = 1 << 14


def seconds(printed: bytes | str) -> int:
    """Return the seconds since 1970 that git printed; 0 where it could not read the date."""
    # Longer is no date of this age, and more digits than Python converts are possible.
    if len(printed) > 15:
        return _LATEST_SHOWN
    return int(printed) if printed.isdigit() else 0


@lru_cache(maxsize=256)  # a commit has the same one several times
def instant(epoch_seconds: int) -> datetime:
    """Return the instant; beyond the year 9998 its first day."""
    return _EPOCH + timedelta(seconds=min(epoch_seconds, _LATEST_SHOWN))


def offset_minutes(printed: bytes) -> int | None:
    """Return the minutes east of UTC of `+0130`; None where no place on earth has that time."""
    if _OFFSET.fullmatch(printed) is None:
        return None
    minutes = int(printed[1:3]) * 60 + int(printed[3:])
    minutes = -minutes if printed[:1] == b"-" else minutes
    return minutes if -12 * 60 <= minutes <= 14 * 60 else None


class CommitRows:
    """Makes the rows of one repository."""

    def __init__(
        self,
        repository: str,
        pseudonym: Callable[[str], str],
        attribution: Attribution,
        now: datetime,
        mailmap: Mailmap | None = None,
        owner: str | None = None,
    ) -> None:
        """Start for a repository; `owner` is the login it belongs to, whose branches are no fork's."""
        self._repository = repository
        self._mailmap = mailmap or {}
        self._owner = owner
        self._pseudonym = pseudonym
        self._attribution = attribution
        self._latest_possible = int(now.timestamp()) + 86_400
        self._key = lru_cache(maxsize=_PEOPLE_CACHED)(self._address_key)
        self._name_key = lru_cache(maxsize=_PEOPLE_CACHED)(self._full_name_key)
        self._login_key = lru_cache(maxsize=_PEOPLE_CACHED)(self._forge_login_key)
        self._identity = lru_cache(maxsize=_PEOPLE_CACHED)(_identity)

    def commit(self, entry: Entry) -> Row:
        """Return the row of `commits`."""
        message = entry.message.decode("utf-8", "backslashreplace")
        lowered = message.lower()
        line = first_line(message)
        reverts = reverted_commit(message, lowered)
        trailers = self._attribution.trailers(message, lowered)
        actor = self._attribution.actor(
            self._identity(entry.author_name, entry.author_address),
            self._identity(entry.committer_name, entry.committer_address),
            trailers,
            message,
            lowered,
        )
        authored, committed = seconds(entry.authored_at), seconds(entry.committed_at)
        return (
            self._repository,
            entry.commit_id.decode(),
            entry.parent_ids.decode().split(),
            self._key(entry.author_address, entry.author_name),
            self._name_key(entry.author_name),
            self._key(entry.committer_address, entry.committer_name),
            instant(authored),
            instant(committed),
            shown_subject(line),
            change_number(line, message),
            actor.kind,
            actor.evidence,
            self._keys_of(self._attribution.co_authors(trailers)) if trailers else [],
            reverts,
            reverts is not None or is_revert_subject(line),
            self._attribution.is_fix(line),
            "valid" if self._is_possible(authored) and self._is_possible(committed) else "impossible",
            self._login_key(entry.raw_author_address),
            self._from_login_key(line),
            offset_minutes(entry.authored_zone),
            self._attribution.is_forge(_text(entry.committer_address)),
            picked_commit(message, lowered),
            self._keys_of(self._attribution.reviewers(trailers)) if trailers else [],
        )

    def _is_possible(self, epoch_seconds: int) -> bool:
        return EARLIEST_POSSIBLE <= epoch_seconds <= self._latest_possible

    def _address_key(self, address: bytes, name: bytes) -> str | None:
        # Without an address the name is all there is; without both there is nobody.
        known = _text(address).lower() or _normal_name(_text(name))
        return self._pseudonym(known) if known else None

    def _full_name_key(self, name: bytes) -> str | None:
        normal = _normal_name(_text(name))
        return self._pseudonym(normal) if self._attribution.is_full_name(normal) else None

    def _keys_of(self, named: list[tuple[str, str]]) -> list[str]:
        return list({self._pseudonym(mapped_address(self._mailmap, *one)): None for one in named})

    def _forge_login_key(self, address: bytes) -> str | None:
        return login_key(self._attribution.login(_text(address)), self._pseudonym)

    def _from_login_key(self, line: str) -> str | None:
        login = merged_login(line)
        return None if login == self._owner else login_key(login, self._pseudonym)


def change_rows(repository: str, entry: Entry) -> Iterator[Row]:
    """Yield the rows of `file_changes` of one commit."""
    commit_id = entry.commit_id.decode()
    committed_at = instant(seconds(entry.committed_at))
    for change in entry.changes:
        _, _, old, new, status = change.header.decode().split(" ")
        kind = status[0]
        yield (
            repository,
            commit_id,
            committed_at,
            display_path(change.path),
            None if change.old_path is None else display_path(change.old_path),
            kind,
            int(status[1:]) if change.old_path is not None else None,
            None if kind == "A" else old,
            None if kind == "D" else new,
        )


def login_key(login: str | None, pseudonym: Callable[[str], str]) -> str | None:
    """Return the pseudonym of a login; the prefix keeps it apart from names and addresses."""
    return pseudonym(f"login:{login}") if login else None


def _identity(name: bytes, address: bytes) -> str:
    return f"{_text(name)} <{_text(address)}>"


def _normal_name(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _text(field: bytes) -> str:
    # git leaves its placeholder where a commit has no such field.
    if field in (b"%aN", b"%aE", b"%cN", b"%cE"):
        return ""
    return field.decode("utf-8", "surrogateescape").strip(" \t<>")
