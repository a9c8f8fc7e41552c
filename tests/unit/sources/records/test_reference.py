from __future__ import annotations

from record_kinds import KINDS

from trueline.sources.records.reference import reference_page


def test_every_kind_and_field_is_on_the_page():
    page = reference_page(KINDS.values())

    assert (
        "\n## `service`\n\nService. Table `services` of practice `operations`, written at `services/{id}.md`.\n" in page
    )
    assert "| `name` | text | yes | What people call it. |\n" in page
    assert "| `tier` | integer |  | How much it matters. One of `1`, `2`, `3`. |\n" in page
    assert "| `partners` | list |  | Teams that it works with. Refers to [`team`](#team). |\n" in page
    assert "| `country` | text |  | Two letters, as in SE. Looks like `[A-Z]{2}`. |\n" in page
    assert page.index("## `service`") < page.index("## `team`")
