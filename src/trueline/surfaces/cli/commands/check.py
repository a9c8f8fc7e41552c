"""`trueline check`: run every check on what has been collected."""

from __future__ import annotations

import click

from .. import exit_status
from ..options import Given, Output, output, surroundings


@click.command(
    "check",
    epilog="Examples: `trueline collect && trueline check --record`; `trueline check --format json`. "
    'A rule blocks where trueline.toml says so: [rules.NAME] mode = "block".',
)
@click.option(
    "--record", is_flag=True, help="Remember what was opened, fixed and regressed since the last recorded run."
)
@click.option("--exit-zero", is_flag=True, help="End with 0 although findings block.")
@output()
@surroundings()
def command(record: bool, exit_zero: bool, given: Given, output: Output) -> int:
    """Run every check and say what does not hold.

    Reads the trees as they are and the evidence that `trueline collect` or `trueline scan` brought.
    """
    from trueline.app.checking import check

    from ..answering import Answer, deliver
    from ..finding_rows import COLUMNS, finding_rows
    from ..finding_text import findings_text
    from ..opening import open_given
    from ..rule_text import could_not_run
    from ..scan.payload import check_payload, finding_payload
    from ..scan.wording import plural

    workspace, definitions = open_given(given)
    for absent in workspace.absent:
        given.report(f"without {absent.name}: {absent.error}")
    checked = check(workspace, definitions, as_of_at=given.as_of, known_at=given.known_at, record=record)
    results = checked.evaluation.checks
    examined = sum(bool(result.examined) for result in results)
    failures = could_not_run(checked.evaluation)
    for failure in failures:
        given.report(failure)
    for result in checked.undecided:
        given.report(f"{result.rule.id} blocks and is unknown: {result.detail}")
    events = {
        event: sum(o.event == event for o in checked.observations)
        for event in ("opened", "fixed", "regressed", "unseen")
    }
    verdict = (
        f"{plural(len(checked.evaluation.findings), 'finding')}, {len(checked.blocking) or 'none'} "
        f"{'block' if len(checked.blocking) > 1 else 'blocks'}: {plural(len(results), 'check')} ran, {examined:,} examined something"
    )
    if record:
        verdict += "; recorded " + ", ".join(f"{count:,} {event}" for event, count in events.items())
    deliver(
        Answer(
            "check",
            COLUMNS,
            finding_rows(checked.evaluation.findings),
            verdict + ".",
            checked.moment,
            {
                "repository": workspace.name,
                "verdict": verdict,
                "blocking": [finding.id for finding in checked.blocking],
                "checks": [check_payload(result) for result in results],
                "recorded": events if record else None,
            },
            rows_key="findings",
            text=findings_text(checked.evaluation.findings, verdict + ".", output.style),
            objects=[finding_payload(finding) for finding in checked.evaluation.findings],
        ),
        output,
    )
    statuses = [exit_status.CLEAN]
    if failures:
        statuses.append(exit_status.WRONG)
    if checked.blocking and not exit_zero:
        statuses.append(exit_status.BLOCKED)
    if checked.undecided or not examined:
        statuses.append(exit_status.NOTHING_EXAMINED)
    return exit_status.first_of(*statuses)
