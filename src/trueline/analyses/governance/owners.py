"""Show an owner only where it is a role or a team: a document's owner may be a person, and nobody is named."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FORM = re.compile(r"(?:role|team|group):\s*\S+|@[\w.-]+/[\w.-]+", re.IGNORECASE)
_ROLE_WORDS = frozenset(
    [
        "architect",
        "architects",
        "architecture",
        "board",
        "chair",
        "chapter",
        "chief",
        "circle",
        "committee",
        "council",
        "cto",
        "ceo",
        "coo",
        "cfo",
        "ciso",
        "data",
        "department",
        "design",
        "dev",
        "developers",
        "development",
        "devops",
        "director",
        "division",
        "engineer",
        "engineering",
        "engineers",
        "finance",
        "function",
        "governance",
        "group",
        "guild",
        "head",
        "infrastructure",
        "lead",
        "leader",
        "leaders",
        "leadership",
        "leads",
        "legal",
        "maintainers",
        "manager",
        "managers",
        "management",
        "office",
        "officer",
        "operations",
        "ops",
        "owner",
        "owners",
        "platform",
        "product",
        "program",
        "programme",
        "qa",
        "quality",
        "research",
        "role",
        "security",
        "sig",
        "specs",
        "specification",
        "squad",
        "sre",
        "staff",
        "steering",
        "steward",
        "stewards",
        "strategy",
        "support",
        "team",
        "teams",
        "testing",
        "tribe",
        "unit",
        "wg",
        "working",
    ]
)


def shown_owner(owner: str | None, roles: Iterable[str]) -> str | None:
    """Return an owner as written where it is a role, a team or one of the roles that charters name; else `a person`."""
    if owner is None:
        return None
    if _FORM.search(owner) or any(owner.strip().lower() == role.lower() for role in roles):
        return owner
    words = set(re.findall(r"[a-z]+", owner.lower()))
    return owner if words & _ROLE_WORDS and "@" not in owner else "a person"
