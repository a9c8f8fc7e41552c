"""Evidence tables that a feed can fill today, and a collector of its own tomorrow.

Every row says in `source` who brought it, and the source is part of the key: two systems that both
number from 1 never hide each other's rows. The columns are what delivery figures (change failure,
recovery, rework) and incident reviews need; what a deployment or a failure *is* is not defined here.
"""

from __future__ import annotations

from .table import Column, Table

SOURCE = Column("source", "varchar", "What brought this row: feed/NAME or a collector.", required=True)

DEPLOYMENTS = Table(
    name="deployments",
    title="Deployments",
    grain="one row per attempt to bring a version of a service into an environment",
    key=("source", "deployment_id"),
    origin="evidence",
    event="deployed_at",
    max_age_days=14,
    columns=(
        SOURCE,
        Column("deployment_id", "varchar", "Id in the system that deploys.", required=True),
        Column("service", "varchar", "Id of the service.", required=True),
        Column("environment", "varchar", "Where to, such as production.", required=True),
        Column("repository", "varchar", "Name of the repository that it was built from."),
        Column("commit_id", "varchar", "Full object id of the commit that was deployed."),
        Column("version", "varchar", "Release or tag that was deployed."),
        Column("started_at", "timestamptz", "When it began."),
        Column("deployed_at", "timestamptz", "When it ended, well or not.", required=True),
        Column("status", "varchar", "succeeded, failed, rolled_back or cancelled.", required=True),
        Column("is_planned", "boolean", "False where an incident forced it; null where nobody said."),
        Column("cause", "varchar", "Why it was made, such as release, incident, rollback or configuration."),
    ),
)

INCIDENTS = Table(
    name="incidents",
    title="Incidents",
    grain="one row per incident as it stood when it was collected",
    key=("source", "incident_id"),
    origin="evidence",
    event="opened_at",
    max_age_days=14,
    columns=(
        SOURCE,
        Column("incident_id", "varchar", "Id in the system that keeps it.", required=True),
        Column("service", "varchar", "Id of the service that suffered.", required=True),
        Column("severity", "varchar", "As the organisation grades it."),
        Column("title", "varchar", "What happened, in a line."),
        Column("opened_at", "timestamptz", "When it was noticed.", required=True),
        Column("acknowledged_at", "timestamptz", "When somebody took it up."),
        Column("mitigated_at", "timestamptz", "When users no longer felt it; may lie after the day asked for."),
        Column(
            "resolved_at", "timestamptz", "When its cause was gone; null while open; may lie after the day asked for."
        ),
        Column("detected_by", "varchar", "alert, person or customer."),
        Column("cause", "varchar", "Such as deployment, network or capacity; null where nobody knows."),
        Column("caused_by_deployment_id", "varchar", "The deployment that caused it; unknown is a legal answer."),
        Column("caused_by_version", "varchar", "The release that caused it, where no deployment shows it."),
        Column("duplicate_of", "varchar", "The incident that it turned out to be the same as."),
        Column("reviewed_on", "date", "When its review was held."),
        Column("cost", "decimal(18,2)", "What it cost, exactly."),
        Column("currency", "varchar", "ISO 4217 code of the cost."),
    ),
)

FEED_TABLES: tuple[Table, ...] = (DEPLOYMENTS, INCIDENTS)
"""The tables that `trueline collect --feed` can fill."""

FEEDS = Table(
    name="feeds",
    title="Feeds, and what each claims to cover",
    grain="one row per feed",
    key=("feed",),
    origin="evidence",
    columns=(
        Column("feed", "varchar", "Name of the feed.", required=True),
        Column("table_name", "varchar", "The table that it fills.", required=True),
        SOURCE,
        Column("repositories", "varchar[]", "Repositories that it covers; empty is every repository.", required=True),
        Column("since", "date", "First day that it covers; null is all time."),
        Column("collected_at", "timestamptz", "When these rows came for the first time.", required=True),
        Column("row_count", "bigint", "Rows that it holds; 0 is known to be none.", required=True),
    ),
)
