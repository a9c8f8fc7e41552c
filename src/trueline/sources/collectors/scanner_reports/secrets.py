"""Tell which rules are about secrets: what they say may hold one, so no text of theirs is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .json_file import listed, mapping

_TOOL = re.compile(r"leak|secret|truffle|ggshield|gitguardian|credential", re.IGNORECASE)
_RULE = re.compile(
    r"secret|credential|passw(or)?d|passphrase|hard-?_?coded|(api|private|access|signing|encryption)[-_ ]?key"
    r"|(auth|access|bearer|refresh|api)[-_ ]?token|cwe-?0*(259|312|321|522|532|540|615|798)\b",
    re.IGNORECASE,
)
# CWE: 259 and 798 built-in passwords and credentials, 321 keys, 312 clear text, 522 weakly kept, 532 in logs, 540 and 615 in source.


def is_about_secrets(tool: str, rule_id: str, rule: Mapping[str, Any], result: Mapping[str, Any]) -> bool:
    """Say whether what a result tells may hold a secret, by its tool, the rule's names, and the tags of both."""
    if _TOOL.search(tool):
        return True
    words = [rule_id, rule.get("name"), mapping(rule, "shortDescription").get("text")]
    words += [*listed(mapping(rule, "properties").get("tags")), *listed(mapping(result, "properties").get("tags"))]
    return any(isinstance(word, str) and _RULE.search(word[:1_000]) for word in words)
