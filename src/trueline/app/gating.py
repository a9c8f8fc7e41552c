"""The gate: say what a change does to what is enforced, and whether it may land.

A change is judged by the rules of its base, or of a handbook that it cannot reach; from the head only
contents are read, and nothing of it is ever run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path

from trueline.analyses.enforcement.compare import compare_ledgers
from trueline.model.enforcement import Compared, Ledger
from trueline.model.errors import Problem
from trueline.model.run import Moment
from trueline.sources.enforcement.read import selects
from trueline.sources.git import GitFailed, Repository
from trueline.sources.trees.tree import Tree

from .changes import (
    ChangedFile,
    Contents,
    changed_files,
    contents_of,
    ledger_of,
    ledgers_of_both,
    without_moved,
)
from .gate_growth import gate_changes
from .gate_replay import past_of, permission
from .gate_rules import GateModes, gate_modes
from .gate_verdict import Facts, decide, is_shown
from .gated import Counted, Gated
from .governing import SpecTexts, unverified, weigh
from .parameter_ranges import out_of_range, ranges_of
from .sides import Side, choose_sides
from .specs import Spec, canonical_specs
from .touched_tables import TouchedTables
from .tree_rules import TreeJudged, could_differ, judge_tree, tree_checks
from .trusted import Trusted, trust
from .workspace import Workspace

MOST_QUESTIONS = 20
"""How often history is asked which of two files changed last: each may walk all of it."""
MAX_VERIFYING_BYTES = 1_000_000


@dataclass(frozen=True)
class _Change:
    """Both ends of a change, read."""

    base: Side
    head: Side
    files: list[ChangedFile]
    contents: Contents
    before: list[Ledger]
    after: list[Ledger]

    @property
    def paths(self) -> list[str]:
        return [file.path for file in self.files]

    @property
    def code(self) -> list[str]:
        """Changed paths that hold no test unit on either side."""
        tests = {ledger.path for ledger in (*self.before, *self.after) if ledger.units or ledger.helpers}
        return [path for path in self.paths if path not in tests]


def gate(
    workspace: Workspace,
    base: str | None = None,
    head: str | None = None,
    handbook: str | None = None,
    *,
    environ: Mapping[str, str],
    here: Path,
) -> Gated:
    """Judge the change between two revisions or directories.

    The workspace is opened without settings: they come from the base, or from the handbook. `here` is where
    relative directories start. Raises UsageError, BadInput, GitRefused, EvidenceMissing.
    """
    before, after = choose_sides(workspace.targets[0], base, head, environ, here)
    with tempfile.TemporaryDirectory(prefix="gate-", dir=workspace.cache) as folder:
        trusted = trust(workspace, before, handbook, Path(folder).resolve(), here, environ)
        return _judged(trusted, _change(before, after), workspace)


def _change(base: Side, head: Side) -> _Change:
    files = changed_files(base.tree, head.tree)
    contents = contents_of(files, base.tree, head.tree)
    before, after = ledgers_of_both(contents)
    old = {file.path: file.before.blob_id for file in files if file.before is not None}
    new = {file.path: file.after.blob_id for file in files if file.after is not None}
    told = without_moved([(one, old[one.path]) for one in before], [(one, new[one.path]) for one in after])
    return _Change(base, head, files, contents, *told)


def _judged(trusted: Trusted, change: _Change, workspace: Workspace) -> Gated:
    modes = gate_modes(trusted.settings)
    specs = canonical_specs(trusted.rows_of("spec"))
    compared, problems = _compared(change, specs, modes)
    texts = _spec_texts(trusted, change, specs)
    git = workspace.targets[0].git
    weighed = weigh(compared.weaker, texts, change.code, _said_before(git, change.base))
    ungoverned = unverified(change.code, (*change.before, *change.after), texts, _verifies_elsewhere(change))
    growth = tuple(
        gate_changes(change.contents, trusted.settings, trusted.definitions.kinds, trusted.workspace.targets[0].path)
    )
    before, after = _tree_findings(trusted, change, workspace.now)
    known = {finding.id for finding in before.findings}
    touched_paths = set(change.paths)
    old = [finding for finding in after.findings if finding.id in known]
    touched = tuple(f for f in old if touched_paths & {f.subject, *(place.path for place in f.places)})
    new = tuple(finding for finding in after.findings if finding.id not in known)
    check_modes = trusted.definitions.modes(trusted.settings)
    facts = Facts(compared, tuple(weighed), tuple(ungoverned), growth, new, after.results, len(change.files))
    may_not = permission(
        trusted.settings.gate,
        lambda: past_of(git, change.base.commit_id, workspace.cache / "gate", workspace.now),
    )
    verdict, why, blocking = decide(facts, modes, check_modes, may_not)
    return Gated(
        repository=workspace.name,
        base=change.base.name,
        base_commit_id=change.base.commit_id,
        head=change.head.name,
        head_commit_id=change.head.commit_id,
        rules_from=trusted.source,
        verdict=verdict,
        why_unknown=why,
        counted=_counted(change, after),
        compared=compared,
        weighed=tuple(weighed),
        unverified=tuple(ungoverned),
        gate_changes=growth,
        new=new,
        touched=touched,
        inherited=len(old) - len(touched),
        checks=after.results,
        owners={path: after.owners[path] for path in change.paths if path in after.owners},
        blocking=blocking,
        changed_paths=tuple(change.paths),
        problems=(*problems, *change.head.tree.problems),
    )


def _compared(change: _Change, specs: Sequence[Spec], modes: GateModes) -> tuple[Compared, tuple[Problem, ...]]:
    compared = compare_ledgers(change.before, change.after)
    ranges, problems = ranges_of(specs)
    outside, unreadable = out_of_range(ranges, change.contents.before, change.contents.after)
    weaker = tuple(found for found in (*compared.weaker, *outside) if is_shown(found, modes))
    return replace(compared, weaker=weaker, unreadable=(*compared.unreadable, *unreadable)), problems


def _spec_texts(trusted: Trusted, change: _Change, specs: Sequence[Spec]) -> SpecTexts:
    """Return the documents of the specifications at both ends; those of a handbook elsewhere cannot change here."""
    paths = {spec.source_path for spec in specs}
    before = _texts(trusted.side.tree, paths)
    if not trusted.is_base:
        return SpecTexts(specs, before, before)
    changed = {path: change.contents.after.get(path) for path in paths & set(change.paths)}
    return SpecTexts(specs, before, {**before, **changed})


def _texts(tree: Tree, paths: set[str]) -> dict[str, bytes | None]:
    entries = [entry for entry in tree.entries() if entry.kind == "file" and entry.display_path in paths]
    return {entry.display_path: content for entry, content in tree.read(entries)} if entries else {}


def _said_before(git: Repository | None, base: Side) -> Callable[[str, str], bool]:
    """Return the question whether, up to the base, a specification changed after a test last did."""
    asked: dict[tuple[str, str], bool] = {}

    def ask(spec: str, test: str) -> bool:
        if git is None or base.commit_id is None or git.is_shallow:
            return False
        if (spec, test) not in asked:
            if len(asked) >= MOST_QUESTIONS:
                return False
            asked[spec, test] = _is_later(git, base.commit_id, spec, test)
        return asked[spec, test]

    return ask


def _is_later(git: Repository, commit_id: str, spec: str, test: str) -> bool:
    last = [
        git.git.output("rev-list", "-1", commit_id, "--", f":(top,literal){path}").decode("ascii").strip()
        for path in (spec, test)
    ]
    if not all(last) or last[0] == last[1]:
        return False
    try:
        return git.git.output("merge-base", last[1], last[0]).decode("ascii").strip() == last[1]
    except GitFailed:
        return False


def _verifies_elsewhere(change: _Change) -> Callable[[frozenset[str]], frozenset[str]]:
    """Return the search for requirements that units of unchanged files name."""

    def search(wanted: frozenset[str]) -> frozenset[str]:
        words = [id.encode() for id in wanted]
        changed = set(change.paths)
        entries = [
            entry
            for entry in change.head.tree.entries()
            if entry.kind == "file" and entry.display_path not in changed and selects(entry.display_path)
        ]
        found: set[str] = set()
        for entry, content in change.head.tree.read(entries, MAX_VERIFYING_BYTES):
            if content and any(word in content for word in words):
                ledger = ledger_of(entry.display_path, content)
                found |= {id for unit in (*ledger.units, *ledger.helpers) for id in unit.requirement_ids} & wanted
        return frozenset(found)

    return search


def _tree_findings(trusted: Trusted, change: _Change, now: datetime) -> tuple[TreeJudged, TreeJudged]:
    """Return what the tree rules say of the base and of the head."""
    modes = trusted.definitions.modes(trusted.settings)
    definitions = trusted.definitions
    every = tree_checks(definitions, (check for check in definitions.checks if modes[check.id] != "off"))
    touched = TouchedTables(
        change.files,
        change.contents,
        [table.name for table in definitions.record_tables.values()],
        has_settings=trusted.settings.file is not None,
    )
    checks = [check for check in every if could_differ(check, definitions, touched)]
    moment = Moment.end_of(now.astimezone(UTC).date(), datetime.combine(now.astimezone(UTC).date(), time.min, UTC))
    gone = [file.path for file in change.files if file.after is None]
    after = judge_tree(trusted, change.head, checks, moment, gone=gone, touched=change.paths)
    violated = {finding.rule for finding in after.findings}
    again = tuple(check for check in checks if check.id in violated)
    before = TreeJudged((), (), {})
    if again:
        added = [file.path for file in change.files if file.before is None]
        before = judge_tree(trusted, change.base, again, moment, gone=added)
    return before, after


def _counted(change: _Change, after: TreeJudged) -> Counted:
    enforcing = {
        ledger.path
        for ledger in (*change.before, *change.after)
        if ledger.units or ledger.helpers or ledger.measures or ledger.problem
    }
    return Counted(
        files=len(change.files),
        enforcing=len(enforcing),
        units_before=sum(len(ledger.units) for ledger in change.before),
        units_after=sum(len(ledger.units) for ledger in change.after),
        checks=len(after.results),
        checks_examined=sum(bool(result.examined) for result in after.results),
    )
