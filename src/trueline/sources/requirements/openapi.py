"""Operations of OpenAPI 3 and Swagger 2.0 descriptions, in YAML or JSON.

An operation demands what its parameters, bodies, responses and their schemas say, references resolved; what it says in
prose counts as prose. References to other files are neither followed nor judged. Nothing is called.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .importer import NOTHING, Imported, Importer, ImportProblem, Item
from .normative import digest
from .openapi_nodes import Description, Place, read_description
from .scanning import text_with

_VERSION = r"(?:^|[{,]\s*)[\"']?(?:openapi|swagger)[\"']?\s*:\s*[\"']?[23]\.\d"
_CANDIDATE = re.compile(_VERSION.replace("^", r"^(?:\xef\xbb\xbf)?").encode(), re.MULTILINE)
_SAYS_OPENAPI = re.compile(_VERSION, re.MULTILINE)
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_PROSE = frozenset(("summary", "description", "example", "examples", "externalDocs", "tags", "operationId", "title"))
_NAMED = frozenset(
    ("properties", "patternProperties", "$defs", "definitions", "responses", "headers", "content", "callbacks")
)
"""Below these a name is one of the document's own, so `description` there is a property."""


def _dialect(path: bytes) -> str | None:
    lower = path.lower()
    if lower.endswith(b".json"):
        return "json"
    return "yaml" if lower.endswith((b".yaml", b".yml")) else None


def _import(dialect: str, content: bytes) -> Imported:
    text = text_with(_CANDIDATE, content)
    if text is None or _SAYS_OPENAPI.search(text.text) is None:
        return NOTHING
    if text.problems:
        return Imported(problems=text.problems)
    described = read_description(text.text, dialect)
    if described.problem:
        return Imported(problems=(described.problem,))
    if not isinstance(described.root, dict) or not ({"openapi", "swagger"} & described.root.keys()):
        return NOTHING
    items = tuple(_operations(described))
    return Imported(items, tuple(sorted({*_broken(described), *_repeated(items)}, key=lambda one: (one.line, one.col))))


def _operations(described: Description) -> Iterator[Item]:
    paths = described.root.get("paths")
    for path, shared in paths.items() if isinstance(paths, dict) else ():
        if not isinstance(shared, dict):
            continue
        for method in _METHODS:
            operation = shared.get(method)
            if isinstance(operation, dict):
                yield _operation(described, str(path), method, shared, operation)


def _operation(
    described: Description, path: str, method: str, shared: Mapping[str, Any], own: Mapping[str, Any]
) -> Item:
    name = f"{method.upper()} {path}"
    stated = own.get("operationId")
    start, end = described.place_of("paths", path, method)
    demanded = [shared.get("parameters"), own, described.root.get("security") if "security" not in own else None]
    prose = [str(own[key]) for key in ("summary", "description") if own.get(key)]
    return Item(
        start[0],
        start[1],
        "requirement",
        stated if isinstance(stated, str) and stated else name,
        "operation",
        end_line=end,
        title=str(own.get("summary") or name)[:200],
        status="deprecated" if own.get("deprecated") is True else None,
        text="\n".join([*prose, "```", name, digest(_resolved(described.root, demanded)), "```"]),
    )


def _resolved(root: Mapping[str, Any], value: object) -> str:
    """Return what a value demands, with all that it refers to, each part once; names of components do not count."""
    numbers: dict[str, int] = {}
    parts = [json.dumps(_demanded(value, numbers), sort_keys=True, default=str)]
    for number, reference in enumerate(_growing(numbers)):
        is_there, target = pointed(root, reference)
        parts.append(
            f"{number} " + json.dumps(_demanded(target, numbers) if is_there else None, sort_keys=True, default=str)
        )
    return "\n".join(parts)


def _growing(numbers: Mapping[str, int]) -> Iterator[str]:
    """Yield references in the order in which they are found, those found meanwhile too."""
    done = 0
    while done < len(numbers):
        yield list(numbers)[done]
        done += 1


def _demanded(value: object, numbers: dict[str, int], *, is_named: bool = False) -> object:
    if isinstance(value, list):
        return [_demanded(one, numbers) for one in value]
    if not isinstance(value, dict):
        return value
    reference = value.get("$ref")
    if isinstance(reference, str) and not is_named:
        return {"$ref": numbers.setdefault(reference, len(numbers)) if reference.startswith("#") else reference}
    kept = {}
    for key in sorted(value, key=str):
        if is_named or (key not in _PROSE and not str(key).startswith("x-")):
            kept[str(key)] = _demanded(value[key], numbers, is_named=key in _NAMED and not is_named)
    return kept


def pointed(root: object, reference: str) -> tuple[bool, object]:
    """Return whether a local reference leads somewhere, and to what."""
    value = root
    for part in reference.removeprefix("#").split("/")[1:]:
        name = (
            re.sub(r"%([0-9A-Fa-f]{2})", lambda code: chr(int(code[1], 16)), part).replace("~1", "/").replace("~0", "~")
        )
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return False, None
    return True, value


def _broken(described: Description) -> Iterator[ImportProblem]:
    for reference, (line, col) in described.references:
        is_local = reference == "#" or reference.startswith("#/")
        if is_local and not pointed(described.root, reference)[0]:
            fix = "Correct the reference, or add what it names"
            yield ImportProblem(line, col, f"refers to {reference}, which is not there", fix)


def _repeated(items: tuple[Item, ...]) -> Iterator[ImportProblem]:
    first: dict[str, Place] = {}
    for item in items:
        name = str(item.item_id)
        if name in first:
            said = f"operationId {name} is that of line {first[name][0]} too"
            yield ImportProblem(item.line, item.col, said, "Give each operation an id of its own")
        first.setdefault(name, (item.line, item.col))


OPENAPI = Importer("openapi", 1, "Operations of OpenAPI and Swagger", _dialect, _import)
