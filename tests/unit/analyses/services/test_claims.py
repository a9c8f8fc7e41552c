"""Who says what a service is, and which of them prevails."""

from __future__ import annotations

from trueline.analyses.services.declared import CatalogComponent, ServiceRecord, catalogued, declared, proposed
from trueline.analyses.services.proposals import service_folders


def component(service: str, folder: str, repository: str | None = None, path: str | None = None) -> CatalogComponent:
    return CatalogComponent("quay", service, folder, repository, path, f"{folder}/catalog-info.yaml", 4)


def test_a_record_without_paths_declares_none_and_its_repository_is_its_own_unless_it_names_one() -> None:
    records = [
        ServiceRecord("handbook", "berths", "quay", ["src/"], "berths.md", 2),
        ServiceRecord("handbook", "tariffs", None, ["/"], "tariffs.md", 2),
        ServiceRecord("handbook", "portal", "portal", None, "portal.md", 2),
    ]

    assert [(c.service, c.repository) for c in declared(records)] == [("berths", "quay"), ("tariffs", "handbook")]


def test_the_folder_of_a_component_ends_where_a_deeper_one_begins() -> None:
    found = catalogued([component("all", ""), component("berths", "svc/berths")], ["quay"], [])

    assert {c.service: c.patterns for c in found} == {
        "all": ("/**", "!/svc/berths/**"),
        "berths": ("/svc/berths/**",),
    }


def test_a_record_decides_over_the_catalogue() -> None:
    assert catalogued([component("berths", "svc")], ["quay"], ["berths"]) == []


def test_a_source_location_prevails_over_the_folder_and_may_lead_to_another_repository() -> None:
    found = catalogued(
        [
            component("berths", "catalog", "harbour/quay", "svc/berths"),
            component("tariffs", "catalog", "harbour/tills"),
        ],
        ["quay", "tills"],
        [],
    )

    assert [(c.repository, c.patterns) for c in found] == [("quay", ("/svc/berths/**",)), ("tills", ("/**",))]


def test_a_repository_that_is_not_looked_at_keeps_the_name_that_the_forge_knows() -> None:
    (claim,) = catalogued([component("berths", "catalog", "harbour/elsewhere")], ["quay"], [])

    assert claim.repository == "harbour/elsewhere"


def test_a_folder_whose_name_is_taken_is_proposed_under_its_whole_path() -> None:
    found = proposed("quay", {"services/web": "Dockerfile", "apps/web": "package.json", "web": "go.mod"}, ["berths"])

    assert [(c.service, c.basis) for c in found] == [("web", "proposed"), ("apps-web", "proposed")]


def test_a_command_shows_a_service_only_in_a_group() -> None:
    assert service_folders(["cmd/quay/main.go", "lib/main.go", "go.mod"]) == {"cmd/quay": "main.go"}
