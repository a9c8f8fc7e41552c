"""Turn the violations of a check into findings: one cause, one finding, with all its places.

A likely owner is a role or a team, never a person: where CODEOWNERS names a person, only the
line that does so is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from trueline.model.finding import Finding, Place, finding_id
from trueline.model.rule import CheckResult, Violation

_TEAM = re.compile(r"@[A-Za-z0-9][\w.-]*/[\w.-]+")

OwnerOf = Callable[[str, str], "PathOwner | None"]
"""Repository and path -> what CODEOWNERS declares."""


@dataclass(frozen=True)
class PathOwner:
    """Owners that a CODEOWNERS line declares for a path."""

    owners: Sequence[str]
    source: str
    """`CODEOWNERS:14`."""


def findings_of(
    result: CheckResult, repository: str, owner_of: OwnerOf, opened_on: Mapping[str, date] | None = None
) -> list[Finding]:
    """Return the findings of one check, ordered by repository and subject.

    `repository` is used for rows that name none.
    """

    def identity(violation: Violation) -> tuple[str, str]:
        return violation.repository or repository, violation.group or violation.subject

    found = []
    for (name, subject), group in groupby(sorted(result.violations, key=identity), key=identity):
        found.append(_finding(result, name, subject, list(group), owner_of, opened_on or {}))
    return found


def _finding(
    result: CheckResult,
    repository: str,
    subject: str,
    violations: Sequence[Violation],
    owner_of: OwnerOf,
    opened_on: Mapping[str, date],
) -> Finding:
    rule, first = result.rule, violations[0]
    places = tuple(dict.fromkeys(Place(v.path, v.line) for v in violations if v.path))
    message = first.message
    if subject != first.subject:
        of = "one" if len(violations) == 1 else f"{len(violations)} of them"
        message = f"explains {of}: {first.subject} {first.message}"
    elif len(violations) > 1:
        message = f"{first.message}, and {len(violations) - 1} more"
    identity = finding_id(rule.id, repository, subject)
    return Finding(
        id=identity,
        rule=rule.id,
        repository=repository,
        subject=subject,
        message=message,
        severity=rule.severity,
        places=places,
        likely_owner=_likely_owner(rule.owner, first, repository, owner_of),
        fix=first.fix,
        violations=len(violations),
        opened_on=opened_on.get(identity),
    )


def _likely_owner(rule_owner: str | None, violation: Violation, repository: str, owner_of: OwnerOf) -> str | None:
    if violation.owner:
        return violation.owner
    declared = owner_of(repository, violation.path) if violation.path else None
    if declared and declared.owners:
        teams = [owner for owner in declared.owners if _TEAM.fullmatch(owner)]
        return ", ".join(teams) if teams else f"whom {declared.source} names"
    return rule_owner
