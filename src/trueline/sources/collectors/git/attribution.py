"""Say what a commit shows about who made it: a person, a bot, a person with an assistant, an agent.

The rules are data (`actors.yaml`). What they find is a lower bound: a commit that shows nothing
is a person's. Whether two addresses are one person is not decided here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

ActorKind = Literal["person", "bot", "ai_assisted", "ai_autonomous"]

_CO_AUTHOR = "co-authored-by"
_REVIEWER = "reviewed-by"
_FOOTER = re.compile(
    r"^[^\w\n]{0,8}(?:generated|created|written|made|authored|assisted|co-created) (?:with|by|using)\b([^\n]{1,200})",
    re.IGNORECASE | re.MULTILINE,
)
_PEOPLE_CACHED = 1 << 14
_RULES = Path(__file__).with_name("actors.yaml")


class Actor(NamedTuple):
    """What a commit shows about its maker."""

    kind: ActorKind
    evidence: str | None
    """Names a program, never a person."""


PERSON = Actor("person", None)


class Named(NamedTuple):
    """A pattern, and what it is called when it is found."""

    name: str
    pattern: re.Pattern[str]


class Attribution:
    """The rules of `actors.yaml`, compiled."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self._agents = _compiled(rules["agents"])
        self._bots = _compiled(rules["bots"])
        self._assistants = _compiled(rules["assistants"])
        self._marked_names = _compiled(rules["marked_names"])
        self._footers = _compiled(rules["footers"])
        self._footer_words = ("generated", *{name.split()[0].lower() for name in rules["footers"]})
        self._keys = (*rules["trailers"], _REVIEWER)
        self._trailer = re.compile(
            rf"^({'|'.join(map(re.escape, self._keys))})[ \t]?:[ \t]*(\S[^\n]{{0,300}})", re.IGNORECASE | re.MULTILINE
        )
        self._generic = re.compile("|".join(rules["generic_names"]), re.IGNORECASE)
        self._logins = _compiled(rules["logins"])
        self._forges = frozenset(rules["forges"])
        self._joined = re.compile(rules["joined_names"], re.IGNORECASE)
        self._fix = re.compile(rules["fixes"]["is"], re.IGNORECASE)
        self._no_fix = re.compile(rules["fixes"]["is_not"], re.IGNORECASE | re.VERBOSE)
        self.of_identities = lru_cache(maxsize=_PEOPLE_CACHED)(self._of_identities)

    def trailers(self, message: str, lowered: str) -> list[tuple[str, str]]:
        """Return (key in lower case, value) of the trailers that may name somebody."""
        if not _holds_any(lowered, self._keys):
            return []
        return [(match[1].lower(), match[2].strip()) for match in self._trailer.finditer(message)]

    def actor(
        self, author: str, committer: str, trailers: Iterable[tuple[str, str]], message: str, lowered: str
    ) -> Actor:
        """Return what a commit shows; `author` and `committer` are `name <address>`."""
        by_identity = self.of_identities(author, committer)
        if by_identity is not PERSON:
            return by_identity
        for key, value in trailers:
            # Who reviews a change has not helped to write it.
            if key != _REVIEWER and (name := _first(self._assistants, value)):
                return Actor("ai_assisted", f"trailer {key} names {name}")
        return self._by_footer(message, lowered)

    def co_authors(self, trailers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return (name, address) of the co-authors who are persons."""
        return self._persons(trailers, _CO_AUTHOR)

    def reviewers(self, trailers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return (name, address) of the persons who are said to have reviewed it."""
        return self._persons(trailers, _REVIEWER)

    def _persons(self, trailers: Iterable[tuple[str, str]], wanted: str) -> list[tuple[str, str]]:
        found = []
        for key, value in trailers:
            name, opened, rest = value.partition("<")
            if key == wanted and opened and not _first(self._assistants, value):
                name, address = name.strip(), rest.partition(">")[0].strip()
                if address and self.of_identities(f"{name} <{address}>", "").kind != "bot":
                    found.append((name, address))
        return found

    def is_full_name(self, name: str) -> bool:
        """Say whether a normalised name can tell a person: two words or more, not generic, not a pair."""
        words = [word for word in name.split(" ") if any(char.isalpha() for char in word)]
        return len(words) > 1 and not self._generic.search(name) and not self._joined.search(name)

    def login(self, address: str) -> str | None:
        """Return the login that an address names, in lower case; None where no forge made it."""
        found = (named.pattern.match(address) for named in self._logins)
        return next((match["login"].lower() for match in found if match), None)

    def is_forge(self, address: str) -> bool:
        """Say whether a forge itself commits under this address, for whoever presses its button."""
        return address.lower() in self._forges

    def is_fix(self, subject: str) -> bool:
        return self._fix.search(subject) is not None and self._no_fix.search(subject) is None

    def _of_identities(self, author: str, committer: str) -> Actor:
        for role, identity in (("author", author), ("committer", committer)):
            if name := _first(self._agents, identity):
                return Actor("ai_autonomous", f"{role} is {name}")
        if name := _first(self._bots, author):
            return Actor("bot", f"author is {name}")
        for role, identity in (("author", author), ("committer", committer)):
            if name := _first(self._marked_names, identity.partition(" <")[0]):
                return Actor("ai_assisted", f"name of the {role} is marked by {name}")
        return PERSON

    def _by_footer(self, message: str, lowered: str) -> Actor:
        if _holds_any(lowered, self._footer_words):
            for match in _FOOTER.finditer(message):
                if name := _first(self._footers, match[1]):
                    return Actor("ai_assisted", f"footer names {name}")
        return PERSON


def load_attribution() -> Attribution:
    """Return the rules that come with Trueline."""
    import yaml

    return Attribution(yaml.safe_load(_RULES.read_text("utf-8")))


def attribution_digest() -> str:
    """Return what changes whenever the rules do; nothing is read of them."""
    return hashlib.sha256(_RULES.read_bytes()).hexdigest()[:16]


def _compiled(patterns: Mapping[str, str]) -> tuple[Named, ...]:
    return tuple(Named(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in patterns.items())


def _holds_any(text: str, words: Sequence[str]) -> bool:
    for word in words:  # noqa: SIM110 - asked twice of every commit, and a generator takes twice as long
        if word in text:
            return True
    return False


def _first(patterns: Sequence[Named], text: str) -> str | None:
    return next((named.name for named in patterns if named.pattern.search(text)), None)
