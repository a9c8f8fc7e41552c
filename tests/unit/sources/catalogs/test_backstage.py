"""What is read of Backstage's catalogue files, sound and hostile ones."""

from __future__ import annotations

import pytest

from trueline.model.tree_tables import CATALOG_COMPONENTS, CATALOG_PROBLEMS
from trueline.sources.catalogs.backstage import Catalog, parse_catalog, rows_of_components, rows_of_problems

BERTHS = b"""\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: berths
  title: Berths
  annotations:
    backstage.io/techdocs-ref: dir:.
spec:
  type: service
  lifecycle: production
  owner: group:default/yard
"""
GROUP = b"apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: yard}\nspec: {type: team}\n"


def read(*contents: bytes, path: str = "svc/catalog-info.yaml") -> Catalog:
    return parse_catalog((f"{number}/{path}" if number else path, content) for number, content in enumerate(contents))


def said(catalog: Catalog) -> list[str]:
    return [str(problem) for problem in catalog.problems]


def with_source(location: str) -> bytes:
    return BERTHS.replace(b"backstage.io/techdocs-ref: dir:.", f"backstage.io/source-location: {location}".encode())


def test_a_component_is_read_with_its_place_and_its_owner_without_kind_and_namespace() -> None:
    catalog = read(BERTHS)

    (row,) = (dict(zip(CATALOG_COMPONENTS.column_names, r, strict=True)) for r in rows_of_components("quay", catalog))
    assert catalog.problems == []
    assert row == {
        "repository": "quay", "path": "svc/catalog-info.yaml", "line": 4, "component": "berths", "title": "Berths",
        "type": "service", "lifecycle": "production", "owner": "yard", "folder": "svc", "code_repository": None,
        "code_path": None,
    }  # fmt: skip


def test_one_file_holds_several_documents_and_other_kinds_are_ignored() -> None:
    tariffs = BERTHS.replace(b"name: berths", b"name: tariffs")

    catalog = read(b"---\n".join([BERTHS, GROUP, tariffs, b""]))

    assert [(c.name, c.line) for c in catalog.components] == [("berths", 4), ("tariffs", 21)]
    assert catalog.problems == []


@pytest.mark.parametrize(
    ("written", "owner"),
    [
        ("user:default/ann", "a person"),
        ("User:ann", "a person"),
        ("yard", "yard"),
        ("group:ports/yard", "ports/yard"),
    ],
)
def test_an_owner_who_is_a_person_is_not_named(written: str, owner: str) -> None:
    catalog = read(BERTHS.replace(b"group:default/yard", written.encode()))

    assert [c.owner for c in catalog.components] == [owner]


@pytest.mark.parametrize(
    ("location", "found"),
    [
        ("url:https://github.com/Harbour/Quay/tree/main/services/berths/", ("harbour/quay", "services/berths")),
        ("url:https://gitlab.test/harbour/quay/-/tree/main/berths", ("harbour/quay", "berths")),
        ("url:https://github.com/harbour/quay.git", ("harbour/quay", None)),
        ("url:https://github.com/harbour/quay/", ("harbour/quay", None)),
    ],
)
def test_a_source_location_names_repository_and_folder(location: str, found: tuple[str, str | None]) -> None:
    catalog = read(with_source(location))

    assert [(c.code_repository, c.code_path) for c in catalog.components] == [found]
    assert catalog.problems == []


def test_every_problem_of_all_files_has_its_place() -> None:
    bare = b"apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: a b\nspec: {}\n"
    unknown = b"apiVersion: backstage.io/v1alpha1\nkind: Componnent\nmetadata: {name: x}\n"

    catalog = read(bare, unknown, b"- 1\n", b"a: [\n", b"\xff\n", BERTHS, BERTHS)

    assert said(catalog) == [
        'svc/catalog-info.yaml:4:9: metadata.name cannot be "a b". Letters, digits and -_. between them, at most 63.',
        '1/svc/catalog-info.yaml:2:7: there is no kind "Componnent". Did you mean Component?',
        "2/svc/catalog-info.yaml:1:1: is no catalogue entity. Write apiVersion, kind, metadata and spec.",
        said(catalog)[3],
        "4/svc/catalog-info.yaml:1:1: is not UTF-8 text. Save the file as UTF-8.",
        (
            '6/svc/catalog-info.yaml:4: component "berths" is already declared in 5/svc/catalog-info.yaml:4. '
            "Give each component its own name."
        ),
    ]
    assert said(catalog)[3].startswith("3/svc/catalog-info.yaml:1:6: ")
    assert [c.path for c in catalog.components] == ["5/svc/catalog-info.yaml"]


def test_what_a_component_lacks_is_said_and_the_rest_is_kept() -> None:
    catalog = read(
        b"apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: berths}\nspec:\n  owner: [a]\n"
    )

    assert [c.name for c in catalog.components] == ["berths"]
    assert said(catalog) == [
        "svc/catalog-info.yaml:5:3: spec.type is missing",
        "svc/catalog-info.yaml:5:3: spec.lifecycle is missing",
        "svc/catalog-info.yaml:5:10: owner must be a text",
    ]


def test_a_template_that_has_yet_to_be_filled_in_is_no_component() -> None:
    catalog = read(BERTHS.replace(b"name: berths", b"name: ${{ values.name }}"))

    assert (catalog.components, catalog.problems) == ([], [])


@pytest.mark.parametrize(
    "content",
    [b"a: &a [*a, *a]\n", b"[" * 50_000, b"a: !!python/object/apply:os.system [id]\n", b"a: \x00\n", b"", b"\xef\xbb\xbf---\n...\n"],
)  # fmt: skip
def test_a_hostile_file_gives_problems_or_nothing_and_never_a_component(content: bytes) -> None:
    catalog = read(content)

    assert catalog.components == []
    for row in rows_of_problems("quay", catalog):
        assert len(row) == len(CATALOG_PROBLEMS.columns)
