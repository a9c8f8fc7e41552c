"""The gate's answer for programs: one object, or one line in the shape of a replay."""

from __future__ import annotations

from typing import Any

from trueline.app.gated import Gated
from trueline.app.governing import Weighed
from trueline.app.replaying import Replayed
from trueline.model.enforcement import EnforcementChange

from ..escape import json_text
from ..scan.payload import check_payload, finding_payload
from .notices import notices_of, owner_of


def gate_payload(gated: Gated) -> dict[str, Any]:
    """Return the whole answer."""
    counted = gated.counted
    return {
        "schema": 1,
        "command": "gate",
        "ok": True,
        "repository": gated.repository,
        "base": {"name": gated.base, "commit": gated.base_commit_id},
        "head": {"name": gated.head, "commit": gated.head_commit_id},
        "rules_from": gated.rules_from,
        "verdict": gated.verdict,
        "why_unknown": gated.why_unknown,
        "weakened": gated.is_weakened,
        "kinds": [_weighed(weighed) for weighed in gated.weighed],
        "strengthened": [change_payload(change) for change in gated.compared.stronger],
        "decisions": list(gated.decisions),
        "unverified": [{"path": one.path, "spec": one.spec.id, "owner": one.spec.owner} for one in gated.unverified],
        "gate_changes": [
            {"path": one.path, "line": one.line, "subject": one.subject, "message": one.message}
            for one in gated.gate_changes
        ],
        "findings": {
            "new": [finding_payload(finding) for finding in gated.new],
            "touched": [finding_payload(finding) for finding in gated.touched],
            "inherited": gated.inherited,
        },
        "blocking": [
            {"rule": one.rule, "subject": one.subject, "blocks": one.why_not is None, "why_not": one.why_not}
            for one in gated.blocking
        ],
        "owners": {path: owner_of(owner) for path, owner in gated.owners.items()},
        "unreadable": list(gated.compared.unreadable),
        "problems": [str(problem) for problem in gated.problems],
        "examined": {
            "files": counted.files,
            "files_that_enforce": counted.enforcing,
            "units_before": counted.units_before,
            "units_after": counted.units_after,
            "tree_rules": counted.checks,
            "tree_rules_that_examined": counted.checks_examined,
        },
        "checks": [check_payload(result) for result in gated.checks],
        "fingerprints": [notice.fingerprint for notice in notices_of(gated)],
    }


def gate_line(gated: Gated) -> str:
    """Return the answer as one line in the shape of a replay; the commit is null for a working tree."""
    return _line(
        gated.head_commit_id,
        gated.verdict,
        gated.is_weakened,
        gated.weaker,
        gated.compared.stronger,
        gated.why_unknown,
    )


def replay_line(replayed: Replayed) -> str:
    """Return one commit of a replay."""
    return _line(
        replayed.commit_id,
        replayed.verdict,
        replayed.is_weakened,
        replayed.weaker,
        replayed.stronger,
        replayed.why_unknown,
    )


def change_payload(change: EnforcementChange) -> dict[str, Any]:
    """Return one way in which enforcement changed, in the fixed shape."""
    return {"kind": change.kind, "path": change.path, "unit": change.unit, "old": change.old, "new": change.new}


def _line(
    commit_id: str | None,
    verdict: str,
    is_weakened: bool | None,
    weaker: tuple[EnforcementChange, ...],
    stronger: tuple[EnforcementChange, ...],
    why_unknown: str | None,
) -> str:
    line = {
        "commit": commit_id,
        "verdict": verdict,
        "weakened": is_weakened,
        "kinds": [change_payload(change) for change in weaker],
        "strengthened": [change_payload(change) for change in stronger],
        "decisions": [],
        "why_unknown": why_unknown,
    }
    return json_text(line) + "\n"


def _weighed(weighed: Weighed) -> dict[str, Any]:
    change = weighed.change
    return {
        **change_payload(change),
        "old_line": change.old_line,
        "new_line": change.new_line,
        "old_path": change.old_path,
        "confidence": change.confidence,
        "note": change.note,
        "requirement_ids": list(change.requirement_ids),
        "standing": weighed.standing,
        "through": weighed.through or None,
        "specs": [
            {
                "id": part.spec.id,
                "title": part.spec.title,
                "owner": part.spec.owner,
                "path": part.spec.source_path,
                "requirement": part.requirement,
                "section": part.section or None,
                "changed": part.is_changed,
                "old": list(part.old),
                "new": list(part.new),
            }
            for part in weighed.parts
        ],
    }
