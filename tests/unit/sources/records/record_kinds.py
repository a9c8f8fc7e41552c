"""The kinds that the tests of records speak of."""

from __future__ import annotations

from trueline.model.record import Kind
from trueline.sources.records.declaration import Declaration, read_kinds

RECORDS_YAML = b"""\
service:
  table: services
  title: Service
  location: services/{id}.md
  fields:
    tier: {type: integer, enum: [1, 2, 3], doc: How much it matters.}
    name: {type: text, required: true, doc: What people call it.}
    lifecycle: {type: text, enum: [concept, live, retired], doc: Where it stands.}
    owner: {type: text, reference: team, doc: Who answers for it.}
    paths: {type: list, doc: Where its code is.}
    cost: {type: decimal, doc: Cost of a month.}
    live_on: {type: date, doc: First day in use.}
    checked_at: {type: instant, doc: When somebody last looked.}
    on_call: {type: boolean, doc: True where someone is woken.}
    country: {type: text, pattern: "[A-Z]{2}", doc: "Two letters, as in SE."}
team:
  table: teams
  title: Team
  location: teams/{id}.md
  fields:
    name: {type: text, doc: What people call it., privacy: public}
    partners: {type: list, reference: team, doc: Teams that it works with.}
"""

KINDS: dict[str, Kind] = {
    kind.name: kind for kind in read_kinds([Declaration("operations", "records.yaml", RECORDS_YAML)])
}
SERVICE = KINDS["service"]
TEAM = KINDS["team"]
