"""Write what a forge or git needs to run the gate; what is there already is never written over.

The gate compares with where the change left the main line, so every one of these says how much history has
to be there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from trueline import __version__
from trueline.model.errors import UsageError

from .handbook import write_new
from .workspace import Target

Where = Literal["github", "gitlab", "pre-commit", "pre-receive"]
WHERE: tuple[Where, ...] = get_args(Where)


@dataclass(frozen=True)
class Installed:
    """What was written, and what is left to do."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]
    """There already, with just this content."""
    next: str
    """A sentence for people."""


def install(target: Target, where: Where) -> Installed:
    """Write the files of one place. Raises UsageError where one is there with other content; then nothing is written."""
    root, files, executable = _files(target, where)
    kept = [path for path, content in files.items() if _holds(root / path, content)]
    new = {path: content for path, content in files.items() if path not in kept}
    for path in new:
        if (root / path).exists() or (root / path).is_symlink():
            raise UsageError(
                f"{root / path} is there already with other content",
                fix=f"Nothing was written. Add this to it yourself:\n\n{new[path]}",
            )
    write_new(root, new)
    if executable:
        for path in new:
            (root / path).chmod(0o755)
    return Installed(tuple(root / path for path in new), tuple(root / path for path in kept), _NEXT[where])


def _files(target: Target, where: Where) -> tuple[Path, Mapping[str, str], bool]:
    git = target.git
    if git is None:
        raise UsageError(f"{target.path} is not in a git repository", fix="Run it in one.")
    if where == "pre-receive":
        if git.work_tree is not None:
            raise UsageError(
                "pre-receive is a hook of the repository that is pushed to",
                fix="Run this there, in the bare repository.",
            )
        return git.git_dir, {"hooks/pre-receive": _PRE_RECEIVE}, True
    if git.work_tree is None:
        raise UsageError(f"{where} needs a working tree, and this repository is bare", fix="Run it in a checkout.")
    if where == "pre-commit":
        return git.common_dir, {"hooks/pre-commit": _PRE_COMMIT}, True
    if where == "github":
        return git.work_tree, {".github/workflows/trueline-gate.yml": _GITHUB}, False
    return git.work_tree, {".gitlab/trueline-gate.yml": _GITLAB}, False


def _holds(path: Path, content: str) -> bool:
    try:
        return not path.is_symlink() and path.read_text(encoding="utf-8") == content
    except (OSError, UnicodeDecodeError):
        return False


_NEXT: Mapping[Where, str] = {
    "github": "Commit it. The checkout takes the whole history (fetch-depth: 0). Require the check `gate` for the main"
    " line, and let the owners of .github/ approve changes of it.",
    "gitlab": "Commit it, and include it in .gitlab-ci.yml:  include: [{local: .gitlab/trueline-gate.yml}]. It takes the"
    ' whole history (GIT_DEPTH: "0").',
    "pre-commit": "It judges the working tree before each commit, with the history that this clone has (git fetch"
    " --unshallow where it is shallow). Hooks can be skipped: they advise, the gate in CI decides.",
    "pre-receive": "It judges every branch that is pushed here, with the whole history of this repository.",
}

_GITHUB = f"""\
# Written by `trueline gate --install github`.
name: trueline gate
on: pull_request
permissions:
  contents: read
  pull-requests: write
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0 # the gate needs the commit where the change left the main line
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install "trueline=={__version__}"
      - name: Judge the change by the rules of its base
        run: trueline gate --format github
      - name: Comment, or edit the comment
        if: always() && github.event.pull_request.head.repo.full_name == github.repository
        env:
          GH_TOKEN: ${{{{ github.token }}}}
          COMMENTS: repos/${{{{ github.repository }}}}/issues/${{{{ github.event.pull_request.number }}}}/comments
          COMMENT: repos/${{{{ github.repository }}}}/issues/comments
        run: |
          trueline gate --format md --output comment.md --exit-zero
          mine='.[] | select(.body | startswith("<!-- trueline-gate -->")) | .id'
          id=$(gh api --paginate "$COMMENTS" --jq "$mine" | head -n 1)
          if [ -n "$id" ]; then
            gh api -X PATCH "$COMMENT/$id" -F body=@comment.md --silent
          else
            gh api -X POST "$COMMENTS" -F body=@comment.md --silent
          fi
"""

_GITLAB = f"""\
# Written by `trueline gate --install gitlab`.
trueline-gate:
  image: python:3.12
  variables:
    GIT_DEPTH: "0" # the gate needs the commit where the change left the main line
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - pip install "trueline=={__version__}"
    - trueline gate --format gitlab --output gl-code-quality-report.json --exit-zero
    - trueline gate
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""

_PRE_COMMIT = """\
#!/bin/sh
# Written by `trueline gate --install pre-commit`.
# Judges what differs from the main line, as CI will. Nothing changed (3) is no reason to stop a commit here.
# A job that commits is judged like a person: by its working tree, not by what was checked out.
CI= GITHUB_ACTIONS= GITLAB_CI= trueline gate
status=$?
[ "$status" -eq 1 ] || [ "$status" -eq 2 ] && exit "$status"
exit 0
"""

_PRE_RECEIVE = """\
#!/bin/sh
# Written by `trueline gate --install pre-receive`.
# Refuses a branch whose change blocks, or cannot be judged.
refused=0
while read -r old new ref; do
  case "$ref" in refs/heads/*) ;; *) continue ;; esac
  case "$new" in *[!0]*) ;; *) continue ;; esac                          # a branch is deleted
  [ -n "$(git for-each-ref --count=1 refs/heads)" ] || continue          # nothing to compare with yet
  [ -n "$(git rev-list -n 1 "$new" --not --branches)" ] || continue      # nothing new comes with it
  case "$old" in
    *[!0]*) trueline gate --base "$old" --head "$new" >&2 || refused=1 ;;
    *) trueline gate --head "$new" >&2 || refused=1 ;;
  esac
done
exit "$refused"
"""
