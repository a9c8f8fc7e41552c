"""The evidence tables of git: what the git collector yields.

Persons appear only as keyed pseudonyms. Paths are display text (see `sources.git.display_path`),
object ids are lower-case hexadecimal text (SHA-1 or SHA-256), times are UTC instants.
"""

from __future__ import annotations

from .table import REPOSITORY, Column, Table

REPOSITORIES = Table(
    name="repositories",
    title="Repositories that were looked at, and how far they could be seen",
    grain="one row per repository",
    key=("repository",),
    origin="evidence",
    columns=(
        REPOSITORY,
        Column("branch", "varchar", "The branch that counts as the main line; null when the head is detached."),
        Column("head_commit_id", "varchar", "The commit that the main line points to; null when there is none."),
        Column(
            "fetched_at",
            "timestamptz",
            "When this copy was last fetched, against which inactivity is measured; null where the repository is its own"
            " origin, and so as fresh as the run.",
        ),
        Column("commits_on_head", "bigint", "Commits reachable from the head, as git counts them."),
        Column("is_shallow", "boolean", "True where history was cut off when cloning."),
        Column("has_missing_objects", "boolean", "True for a partial clone: renames are then exact ones only."),
    ),
)

COMMITS = Table(
    name="commits",
    title="Commits",
    grain="one row per commit reachable from the head or a tag",
    key=("repository", "commit_id"),
    origin="evidence",
    event="committed_at",
    columns=(
        REPOSITORY,
        Column("commit_id", "varchar", "Object id.", required=True),
        Column("parent_ids", "varchar[]", "Object ids of the parents, first parent first.", required=True),
        Column("author_key", "varchar", "Pseudonym of the author's address.", privacy="people"),
        Column(
            "author_name_key",
            "varchar",
            "Pseudonym of the author's full name; null for one-word or generic names.",
            privacy="people",
        ),
        Column("committer_key", "varchar", "Pseudonym of the committer's address.", privacy="people"),
        Column("authored_at", "timestamptz", "When the author says it was written."),
        Column("committed_at", "timestamptz", "When the committer says it was committed.", required=True),
        Column(
            "subject", "varchar", "First line of the message, control characters made visible, at most 300 characters."
        ),
        Column("change_number", "bigint", "Number of the pull or merge request that the message names."),
        Column(
            "actor_kind",
            "varchar",
            "person, bot, ai_assisted or ai_autonomous: at least this, by evidence in the commit.",
        ),
        Column(
            "actor_evidence", "varchar", "What shows it, such as the trailer or the address form; null for a person."
        ),
        Column("co_author_keys", "varchar[]", "Pseudonyms of co-authors.", privacy="people"),
        Column("reverts_commit_id", "varchar", "The commit that this one says it reverts."),
        Column("is_revert", "boolean", "True where the message says that it reverts something."),
        Column("is_fix", "boolean", "True where the subject says that it fixes a defect."),
        Column("validity", "varchar", "valid, or impossible where a date cannot be true."),
        Column(
            "login_key",
            "varchar",
            "Pseudonym of the author's login, where a forge made the address and it names one.",
            privacy="people",
        ),
        Column(
            "from_login_key",
            "varchar",
            "Pseudonym of the login whose fork was merged, by the message; null for the repository's own branches.",
            privacy="people",
        ),
        Column(
            "authored_offset_minutes",
            "bigint",
            "Minutes east of UTC that the author's clock showed; null where no place has that time.",
            privacy="people",
        ),
        Column(
            "is_committed_by_forge",
            "boolean",
            "True where the committer is the forge itself, so that who landed it is not said.",
        ),
        Column(
            "picked_from_commit_id",
            "varchar",
            "The commit that this one says it was cherry-picked from, as far as it is written out.",
        ),
        Column(
            "reviewer_keys",
            "varchar[]",
            "Pseudonyms of the persons who reviewed it, by its trailers.",
            privacy="people",
        ),
    ),
)

FILE_CHANGES = Table(
    name="file_changes",
    title="Files changed by commits that are not merges",
    grain="one row per commit and path",
    key=("repository", "commit_id", "path"),
    origin="evidence",
    event="committed_at",
    columns=(
        REPOSITORY,
        Column("commit_id", "varchar", "Object id.", required=True),
        Column("committed_at", "timestamptz", "When the commit was committed.", required=True),
        Column("path", "varchar", "Display path after the change (before it, for a deletion).", required=True),
        Column("old_path", "varchar", "Display path before a rename or copy."),
        Column(
            "status", "varchar", "A added, M modified, D deleted, R renamed, C copied, T type changed.", required=True
        ),
        Column("similarity", "bigint", "Per cent, for renames and copies."),
        Column("old_blob_id", "varchar", "Content before; null where there was none."),
        Column("new_blob_id", "varchar", "Content after; null where there is none."),
    ),
)

MERGE_CHANGES = Table(
    name="merge_changes",
    title="Files changed by merges on the main line",
    grain="one row per merge on the line of first parents and path, against its first parent, in the last 366 days",
    key=("repository", "commit_id", "path"),
    origin="evidence",
    event="committed_at",
    columns=FILE_CHANGES.columns,
)

TAGS = Table(
    name="tags",
    title="Tags",
    grain="one row per tag that leads to a commit",
    key=("repository", "tag"),
    origin="evidence",
    event="tagged_at",
    columns=(
        REPOSITORY,
        Column("tag", "varchar", "Name without refs/tags/, as display text.", required=True),
        Column("commit_id", "varchar", "The commit it leads to.", required=True),
        Column("tagged_at", "timestamptz", "Date of the tag, or of the commit for a lightweight tag.", required=True),
        Column("is_annotated", "boolean", "True where the tag is an object of its own."),
    ),
)

BRANCHES = Table(
    name="branches",
    title="Branches that exist in this copy",
    grain="one row per branch: of origin where this is a clone, else its own",
    key=("repository", "branch"),
    origin="evidence",
    event="last_committed_at",
    columns=(
        REPOSITORY,
        Column(
            "branch", "varchar", "Name without refs/heads/ or refs/remotes/origin/, as display text.", required=True
        ),
        Column("commit_id", "varchar", "Its last commit.", required=True),
        Column("last_committed_at", "timestamptz", "When that was committed.", required=True),
        Column(
            "ahead",
            "bigint",
            "Commits that the head does not hold; null where it holds them all, where it began more than 400 days before"
            " the newest branch, or where they are more than 500.",
        ),
        Column("forked_from_commit_id", "varchar", "The newest commit of the head's history that it stands on."),
        Column("net_change", "varchar", "Digest of paths and contents that it changes in all, from there to its end."),
    ),
)

BRANCH_COMMITS = Table(
    name="branch_commits",
    title="Commits of branches that the head does not hold",
    grain="one row per branch and commit, for branches whose `ahead` is known",
    key=("repository", "branch", "commit_id"),
    origin="evidence",
    event="committed_at",
    columns=(
        REPOSITORY,
        Column("branch", "varchar", "Name of the branch.", required=True),
        Column("commit_id", "varchar", "Object id.", required=True),
        Column("position", "bigint", "Order in the branch, from 1: parents before children.", required=True),
        Column("authored_at", "timestamptz", "When the author says it was written."),
        Column("committed_at", "timestamptz", "When the committer says it was committed.", required=True),
    ),
)

GIT_TABLES = (REPOSITORIES, COMMITS, FILE_CHANGES, MERGE_CHANGES, TAGS, BRANCHES, BRANCH_COMMITS)
