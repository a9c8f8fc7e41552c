"""The tables that the analysis of landed changes fills."""

from __future__ import annotations

from trueline.model.table import REPOSITORY, Column, Table

CHANGE = Column(
    "change_id", "varchar", "Commit on the main line that brought it; the last one of a rebase.", required=True
)

LANDED_CHANGES = Table(
    name="landed_changes",
    title="What arrived on the main line, however it was merged",
    grain="one row per merge, squash, rebase or direct push on the line of first parents, or of second ones where the main line had been merged into a topic",
    key=("repository", "change_id"),
    origin="analysis",
    event="landed_at",
    columns=(
        REPOSITORY,
        CHANGE,
        Column("landed_at", "timestamptz", "Running maximum of commit times along first parents; impossible dates move nothing.", required=True),
        Column("week", "date", "Monday of the ISO week of landed_at in UTC.", required=True),
        Column("style", "varchar", "merge, squash, rebase or direct.", required=True),
        Column("style_confidence", "double", "How sure the style is, 0 to 1.", required=True),
        Column("is_exact", "boolean", "True where a merge commit shows the style and its sides are known; else it is inferred.", required=True),
        Column("number", "bigint", "Number of the pull or merge request, where the message names it."),
        Column("subject", "varchar", "Subject of the commit on the main line."),
        Column("author_key", "varchar", "Pseudonym of who wrote most of its commits; of a merge that brought none, who merged.", privacy="people"),
        Column("actor_kind", "varchar", "person, bot, ai_assisted or ai_autonomous, by its commits; persons mixed with AI are ai_assisted."),
        Column("commits", "bigint", "Commits that it brought, the merge commit itself left out.", required=True),
        Column("is_revert", "boolean", "True where its own message, or every commit that it brought, is a revert.", required=True),
        Column("reverts_change_id", "varchar", "The earlier landed change that holds the commit which it reverts."),
        Column("is_fix", "boolean", "True where its own subject, or at least half of the commits it brought, say that they fix a defect.", required=True),
        Column("first_release", "varchar", "Tag of the final release by which all that it brought was out, itself or put on a release line; prereleases count where there is nothing else."),
        Column("first_released_at", "timestamptz", "When that release was made."),
        Column("release_evidence", "varchar", "history where that release holds its commits; message where it holds a cherry-pick that names them, author and date where one that git's own fields give away."),
        Column("main_side", "varchar", "Of a merge: first or second, the parent that was the main line before it; second where the main line had been merged into a topic; unclear where its message names the main line and nothing tells the sides. Null for what is no merge of two."),
    ),
)  # fmt: skip

LANDED_COMMITS = Table(
    name="landed_commits",
    title="Commits of landed changes",
    grain="one row per commit reachable from the main line",
    key=("repository", "commit_id"),
    origin="analysis",
    columns=(
        REPOSITORY,
        CHANGE,
        Column("commit_id", "varchar", "Object id.", required=True),
        Column("position", "bigint", "Order of arrival in the repository, from 1: parents always before children.", required=True),
        Column("first_release", "varchar", "Tag of the earliest final release that holds it; null where none does."),
    ),
)  # fmt: skip

RELEASES = Table(
    name="releases",
    title="Tags that are releases",
    grain="one row per tag whose name is a version",
    key=("repository", "tag"),
    origin="analysis",
    event="released_at",
    columns=(
        REPOSITORY,
        Column("tag", "varchar", "Name of the tag.", required=True),
        Column("commit_id", "varchar", "The commit that was released.", required=True),
        Column("released_at", "timestamptz", "Date of the tag, or of its commit where that is later.", required=True),
        Column("version", "varchar", "The version in the tag's name.", required=True),
        Column("is_prerelease", "boolean", "True for rc, alpha, beta, dev, pre, milestones, snapshots and the like.", required=True),
        Column("is_on_main", "boolean", "True where the released commit is reachable from the main line: on it, or merged into it.", required=True),
        Column("commits_since_previous", "bigint", "Commits that no earlier release of the repository holds (no earlier final one, for a final one); null where its commit is not in the evidence."),
        Column("position", "bigint", "Order of time in the repository, from 1.", required=True),
        Column("series", "varchar", "What is released, where the tag names it, such as a package; null for the repository itself."),
    ),
)  # fmt: skip

MAIN_LINE = Table(
    name="main_line",
    title="The line of first parents",
    grain="one row per commit on the main line",
    key=("repository", "position"),
    origin="analysis",
    event="landed_at",
    columns=(
        REPOSITORY,
        Column("position", "bigint", "Order on the main line, from 1.", required=True),
        Column("commit_id", "varchar", "Object id.", required=True),
        Column("landed_at", "timestamptz", "When it landed; never decreases along position.", required=True),
    ),
)

LANDED_TABLES = (LANDED_CHANGES, LANDED_COMMITS, RELEASES, MAIN_LINE)
