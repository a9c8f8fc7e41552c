"""Read the tags that lead to a commit, however deep, and when each was made."""

from __future__ import annotations

from dataclasses import dataclass

from trueline.sources.git import Git, display_path

_FORMAT = "%(refname:strip=2)%00%(objectname)%00%(objecttype)%00%(taggerdate:unix)"


@dataclass(frozen=True)
class Tag:
    """One tag that leads to a commit."""

    name: str
    commit_id: str
    tagged_at: str
    """Seconds since 1970 as git prints them; of the commit where the tag has no date of its own."""
    is_annotated: bool


def read_tags(git: Git) -> list[Tag]:
    """Return the tags, by name; one that leads to a tree, a blob or nothing is left out."""
    printed = git.output("for-each-ref", f"--format={_FORMAT}", "refs/tags")
    refs = [line.split(b"\0") for line in printed.splitlines()]
    if not refs:
        return []
    commits = _commits(git, [ref[1].decode() for ref in refs])
    dates = _commit_dates(git, sorted(set(commits.values())))
    tags = []
    for name, object_id, kind, tagged_at in refs:
        commit_id = commits.get(object_id.decode())
        if commit_id is not None:
            own = tagged_at.decode("ascii", "replace")
            tags.append(Tag(display_path(name), commit_id, own or dates.get(commit_id, ""), kind == b"tag"))
    return tags


def _commits(git: Git, object_ids: list[str]) -> dict[str, str]:
    asked = "".join(f"{object_id}^{{commit}}\n" for object_id in object_ids)
    answers = git.output("cat-file", "--batch-check=%(objectname) %(objecttype)", stdin=asked.encode()).decode()
    pairs = zip(object_ids, (answer.split() for answer in answers.splitlines()), strict=True)
    return {object_id: words[0] for object_id, words in pairs if words[1:] == ["commit"]}


def _commit_dates(git: Git, commit_ids: list[str]) -> dict[str, str]:
    asked = "".join(f"{commit_id}\n" for commit_id in commit_ids)
    printed = git.output("log", "--no-walk", "--stdin", "--format=%H %ct", stdin=asked.encode()) if commit_ids else b""
    return dict(line.partition(" ")[::2] for line in printed.decode("ascii", "replace").splitlines())
