"""`trueline finding`: list findings, or show one."""

from __future__ import annotations

import click

from .. import exit_status
from ..completing import completes
from ..options import Given, Output, output, surroundings


@click.group("finding")
def command() -> None:
    """List findings, or show one with all its places and how to mend it."""


@command.command(
    "list", epilog="Examples: `trueline finding list --severity high`; `trueline finding list --format csv`."
)
@click.option("--rule", help="Only findings of this rule.")
@click.option("--severity", type=click.Choice(("critical", "high", "medium", "low")), help="Only this severity.")
@click.option(
    "--owner", help="Only findings with this owner or likely owner, such as head-of-engineering or @acme/payments."
)
@output()
@surroundings()
def list_findings(rule: str | None, severity: str | None, owner: str | None, given: Given, output: Output) -> int:
    """List what does not hold, the most severe first."""
    from trueline.app.checking import check
    from trueline.rules.registry import find_rule

    from ..answering import Answer, deliver
    from ..finding_rows import COLUMNS, finding_rows, is_owned_by, owners
    from ..finding_text import findings_text
    from ..opening import open_given
    from ..rule_text import could_not_run
    from ..scan.payload import finding_payload
    from ..scan.wording import plural

    workspace, definitions = open_given(given)
    wanted = find_rule(rule, definitions.checks).id if rule else None
    checked = check(workspace, definitions, as_of_at=given.as_of, known_at=given.known_at)
    found = [
        finding
        for finding in checked.evaluation.findings
        if (wanted is None or finding.rule == wanted)
        and (severity is None or finding.severity == severity)
        and (owner is None or is_owned_by(finding, owner))
    ]
    known = owners(checked.evaluation.findings)
    if owner is not None and not any(is_owned_by(finding, owner) for finding in checked.evaluation.findings):
        given.report(f"no finding has the owner {owner}; owners are {', '.join(known) or 'none'}")
    verdict = f"{plural(len(found), 'finding')} of {len(checked.evaluation.findings):,}; {plural(len(checked.evaluation.checks), 'check')} ran."
    deliver(
        Answer(
            "finding list",
            COLUMNS,
            finding_rows(found),
            verdict,
            checked.moment,
            {"repository": workspace.name},
            "findings",
            findings_text(found, verdict, output.style),
            [finding_payload(finding) for finding in found],
        ),
        output,
    )
    failures = could_not_run(checked.evaluation)
    for failure in failures:
        given.report(failure)
    return exit_status.WRONG if failures else exit_status.CLEAN


@command.command("show", epilog="Example: `trueline finding show F-7K2Q`; any unique beginning of an id will do.")
@click.argument("finding_id", metavar="ID", shell_complete=completes("findings"))
@output("text", "json")
@surroundings()
def show_finding(finding_id: str, given: Given, output: Output) -> None:
    """Show one finding: what, why, where, since when, and how to mend it."""
    from trueline.app.checking import check
    from trueline.model.errors import UsageError

    from ..answering import Answer, deliver
    from ..finding_text import finding_text
    from ..opening import open_given
    from ..scan.payload import finding_payload

    workspace, definitions = open_given(given)
    checked = check(workspace, definitions, as_of_at=given.as_of, known_at=given.known_at)
    start = finding_id.upper() if finding_id.upper().startswith("F-") else "F-" + finding_id.upper()
    found = [finding for finding in checked.evaluation.findings if finding.id.startswith(start)]
    if len(found) != 1:
        what = f"{len(found)} findings begin" if found else "no finding begins"
        raise UsageError(f"{what} with {start}", fix="trueline finding list shows them all.")
    result = next(result for result in checked.evaluation.checks if result.rule.id == found[0].rule)
    rows = [v.columns for v in result.violations if (v.group or v.subject) == found[0].subject]
    deliver(
        Answer(
            "finding show",
            moment=checked.moment,
            payload={**finding_payload(found[0]), "why": result.rule.why, "rows": rows},
            text=finding_text(found[0], result.rule, rows, output.style),
        ),
        output,
    )
