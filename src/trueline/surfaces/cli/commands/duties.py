"""`trueline duties`: how each duty stands."""

from __future__ import annotations

from collections.abc import Sequence

import click

from trueline.model.duty import DutyStanding

from ..options import Given, Output, output, surroundings


@click.command(
    "duties", epilog="Examples: `trueline duties`; `trueline duties ownership`; `trueline duties --format csv`."
)
@click.argument("duty", required=False)
@output()
@surroundings()
def command(duty: str | None, given: Given, output: Output) -> None:
    """Say how each duty of the role stands, why, and what would make it known.

    With the id of a duty: its checks, metrics and needs.
    """
    from trueline.app.checking import check

    from ..answering import Answer, deliver
    from ..duty_text import COLUMNS, duties_text, duty_rows, duty_text
    from ..opening import open_given
    from ..scan.payload import check_payload, duty_payload, metric_payload

    workspace, definitions = open_given(given)
    checked = check(workspace, definitions, as_of_at=given.as_of, known_at=given.known_at)
    standings = checked.evaluation.duties
    if duty is None:
        rows, text = duty_rows(standings), duties_text(standings, output.style)
        deliver(
            Answer("duties", COLUMNS, rows, "", checked.moment, {"repository": workspace.name}, "duties", text), output
        )
        return
    standing = _find(duty, standings)
    checks = [result for result in checked.evaluation.checks if standing.duty.id in result.rule.duties]
    metrics = [result for result in checked.evaluation.metrics if standing.duty.id in result.rule.duties]
    payload = {
        **duty_payload(standing),
        "check_results": [check_payload(result) for result in checks],
        "metric_results": [metric_payload(result) for result in metrics],
        "needs": [
            {"id": need.id, "title": need.title, "minutes": need.minutes, "command": need.command}
            for need in standing.missing
        ],
    }
    text = duty_text(standing, checks, metrics, output.style)
    columns = () if output.format == "json" else COLUMNS
    deliver(Answer("duties", columns, duty_rows([standing]), "", checked.moment, payload, "duties", text), output)


def _find(name: str, standings: Sequence[DutyStanding]) -> DutyStanding:
    from trueline.model.errors import UsageError
    from trueline.settings.suggestion import did_you_mean

    for standing in standings:
        if name in (standing.duty.id, standing.duty.number):
            return standing
    raise UsageError(f"there is no duty {name}", fix=did_you_mean(name, [standing.duty.id for standing in standings]))
