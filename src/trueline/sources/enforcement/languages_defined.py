"""Names that production code defines: a test that goes together with what it tested is no loss."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DEFINITIONS: Mapping[str, re.Pattern[str]] = {
    "javascript": re.compile(
        r"\b(?:function\*?|class|interface|enum|type)\s+([A-Za-z_$][\w$]*)|"
        r"\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=\n]+)?=\s*(?:async\b\s*)?(?:function\b|\(|[\w$]+\s*=>)|"
        r"(?:exports|prototype|module|this)\.([A-Za-z_$][\w$]*)\s*=|"
        r"\b[\w$]+\.([A-Za-z_$][\w$]*)\s*=\s*(?:async\b\s*)?(?:function\b|class\b|\(|[\w$]+\s*=>|deprecate)|"
        r"\bdefine\w+\(\s*[\w$.]+\s*,\s*['\"]([A-Za-z_$][\w$]*)['\"]|"
        r"^[ \t]+(?:(?:async|static|get|set|public|private|protected)\s+)*(?!(?:if|for|while|switch|catch|return)\b)"
        r"([A-Za-z_$][\w$]*)\s*\([^()\n]*\)\s*(?::[^{};\n]+)?\{",
        re.MULTILINE,
    ),
    "go": re.compile(
        r"^func\s+(?:\([^)\n]*\)\s*)?(\w+)|^(?:type|var|const)\s+(\w+)|"
        r"^\t([A-Z]\w{4,})(?:[ \t]+[\w.*\[\]]+)?[ \t]+=[ \t]|^\t([A-Z]\w{6,})[ \t]+[\w.*\[\]]+(?:[ \t]+`|[ \t]*$)",
        re.MULTILINE,
    ),
    "java": re.compile(
        r"\b(?:class|interface|enum|record)\s+(\w+)|"
        r"^[ \t]+(?:(?:public|protected|private|static|final|abstract|synchronized|default)\s+)+"
        r"(?:[\w<>\[\], .?@]*?\b(\w+)\s*\(|[\w<>\[\], .?@]*?\b([A-Z][A-Z0-9_]{4,})\s*=)",
        re.MULTILINE,
    ),
}


def defined_names(content: bytes, language: str) -> tuple[str, ...]:
    """Return the functions, methods and types that a file defines, each once, in the order of the source."""
    found = _DEFINITIONS[language].finditer(content.decode("utf-8", "replace"))
    return tuple(dict.fromkeys(match[match.lastindex or 0] for match in found))
