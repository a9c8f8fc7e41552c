"""Small programs and pages as text: how a file begins, grows by a part, and how a part is tuned.

A part is named after what it does and carries one number; tuning raises the number, in the
code and in its test, so every state of every repository is plausible and its tests agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


def snake(action: str) -> str:
    return action.replace(" ", "_").replace("-", "_")


def pascal(action: str) -> str:
    return "".join(word.capitalize() for word in re.split(r"[ -]", action))


def camel(action: str) -> str:
    name = pascal(action)
    return name[0].lower() + name[1:]


def sentence(action: str) -> str:
    return action[0].upper() + action[1:]


@dataclass(frozen=True)
class Language:
    """Templates; `{name}` is the action as an identifier, `{n}` its number, `{m}` the number plus ten."""

    file: str
    naming: Callable[[str], str]
    head: str
    part: str
    number: str
    """Pattern whose second group is the number of part `{name}`."""
    test_file: str = ""
    test_head: str = ""
    test_part: str = ""
    test_number: str = ""


PYTHON = Language(
    file="{folder}/{module}.py",
    naming=snake,
    head='"""{Title} of {area}."""\n\nfrom __future__ import annotations\n',
    part='\n\ndef {name}(minutes: int, margin: int = {n}) -> int:\n    """{Sentence}; the margin is in minutes."""\n    return minutes + margin\n',
    number=r"(def {name}\(minutes: int, margin: int = )(\d+)",
    test_file="{tests}/test_{module}.py",
    test_head="from __future__ import annotations\n\nfrom {package} import {module}\n",
    test_part="\n\ndef test_{name}_keeps_its_margin() -> None:\n    assert {module}.{name}(10) == {m}\n",
    test_number=r"(\.{name}\(10\) == )(\d+)",
)

TYPESCRIPT = Language(
    file="{folder}/{module}.ts",
    naming=camel,
    head="/** {Title} of {area}. */\n",
    part="\n/** {Sentence}; amounts are in cents. */\nexport function {name}(cents: number, step = {n}): number {{\n  return cents + step;\n}}\n",
    number=r"(function {name}\(cents: number, step = )(\d+)",
    test_file="{tests}/{module}.test.ts",
    test_head='import {{ expect, test }} from "vitest";\nimport * as {variable} from "../../{folder}/{module}";\n',
    test_part='\ntest("{action} keeps its step", () => {{\n  expect({variable}.{name}(10)).toBe({m});\n}});\n',
    test_number=r"(\.{name}\(10\)\)\.toBe\()(\d+)",
)

GO = Language(
    file="{folder}/{module}.go",
    naming=pascal,
    head="// Package {area}: {module}.\npackage {area}\n",
    part="\n// {name} does what it says: {action}.\nfunc {name}(minutes int) int {{\n\treturn minutes + {n}\n}}\n",
    number=r"(func {name}\(minutes int\) int \{{\n\treturn minutes \+ )(\d+)",
    test_file="{folder}/{module}_test.go",
    test_head='package {area}\n\nimport "testing"\n',
    test_part='\nfunc Test{name}(t *testing.T) {{\n\tif got := {name}(10); got != {m} {{\n\t\tt.Fatalf("got %d", got)\n\t}}\n}}\n',
    test_number=r"(got := {name}\(10\); got != )(\d+)",
)

MARKDOWN = Language(
    file="{folder}/{module}.md",
    naming=sentence,
    head="# {Title}\n\nFor harbour offices that use the portal.\n",
    part="\n## {name}\n\nOpen the day sheet and choose *{action}*. The office answers within {n} minutes.\n",
    number=r"(\*{action}\*\. The office answers within )(\d+)",
)

LANGUAGES = {"python": PYTHON, "typescript": TYPESCRIPT, "go": GO, "markdown": MARKDOWN}


@dataclass(frozen=True)
class Place:
    """One module of an area, where a part goes."""

    language: Language
    area: str
    folder: str
    tests: str
    module: str

    def words(self, action: str, number: int) -> dict[str, object]:
        return {
            "action": action,
            "name": self.language.naming(action),
            "Sentence": sentence(action),
            "Title": sentence(self.module.replace("_", " ").replace("-", " ")),
            "module": self.module,
            "variable": camel(self.module.replace("-", " ")),
            "area": self.area,
            "folder": self.folder,
            "tests": self.tests,
            "package": self.folder.removeprefix("src/").replace("/", "."),
            "n": number,
            "m": number + 10,
        }


def work(place: Place, files: dict[str, str], action: str, number: int) -> tuple[dict[str, str | None], bool]:
    """Return the edits that add a part, or tune it where it exists, and whether it is new."""
    language, words = place.language, place.words(action, number)
    path = language.file.format(**words)
    text = files.get(path, language.head.format(**words))
    is_new = not _pattern(language.number, words).search(text)
    edits: dict[str, str | None] = {path: _grown_or_tuned(text, language.part, language.number, words)}
    if language.test_file:
        test_path = language.test_file.format(**words)
        test = files.get(test_path, language.test_head.format(**words))
        edits[test_path] = _grown_or_tuned(test, language.test_part, language.test_number, words)
    return edits, is_new


def _grown_or_tuned(text: str, part: str, number: str, words: dict[str, object]) -> str:
    pattern = _pattern(number, words)
    if pattern.search(text):
        return pattern.sub(lambda found: found[1] + str(int(found[2]) + 1), text, count=1)
    return text + part.format(**words)


def _pattern(number: str, words: dict[str, object]) -> re.Pattern[str]:
    return re.compile(number.format(name=words["name"], action=words["action"]))
