"""The page of rules: every check, metric and thing, under the same heads each time."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.app.definitions import Definitions
from trueline.model.practice import Practice
from trueline.model.rule import Check, Metric, Parameter, Rule, Thing
from trueline.rules.explain import tables_read
from trueline.rules.roll_up import wilson_lower

from .declared import source_link
from .markdown import anchor, details, page, prose, table

ABOUT = (
    "A *check* returns the rows that violate it, a *metric* a series; both are rules. A *thing* is a sentence that may stand "
    "at the top of a scan. `trueline rule show NAME --sql` prints a query ready to paste."
)
BETTER = {"up": "more is better", "down": "less is better", "none": "neither way is better"}


def rules_page(definitions: Definitions) -> str:
    """Return every rule and thing, by practice and name."""
    practices = sorted(definitions.practices, key=lambda practice: practice.name)
    blocks = [block for practice in practices for block in _practice(practice)]
    return page("Rules", ABOUT, _contents(practices), *blocks)


def _contents(practices: list[Practice]) -> Iterator[str]:
    for practice in practices:
        rules = sorted([*practice.checks, *practice.metrics], key=lambda rule: rule.id)
        links = ", ".join(f"[`{rule.name}`](#{anchor(rule.id)})" for rule in rules)
        yield f"- **{practice.title}**: {links}"


def _practice(practice: Practice) -> Iterator[list[str]]:
    duties = ", ".join(_duty(duty) for duty in practice.duties)
    yield [f"## {practice.title}", "", f"{practice.purpose} Accountable: `{practice.accountable}`. Duties: {duties}."]
    for check in sorted(practice.checks, key=lambda check: check.name):
        yield _check(check)
    for metric in sorted(practice.metrics, key=lambda metric: metric.name):
        yield _metric(metric)
    for thing in sorted(practice.things, key=lambda thing: thing.name):
        yield _thing(thing)


def _check(check: Check) -> list[str]:
    facts = [
        ("sort", f"check, {check.status}"),
        ("severity", check.severity),
        ("weight", "required: decides the state" if check.weight == "required" else "supports: changes no state"),
        ("precision", precision_of(check)),
        ("owner", f"`{check.owner}`" if check.owner else "the likely owner of the path"),
        ("examines", f"`{' '.join(check.examines.split())}`"),
        ("applies", f"`{' '.join(check.applies.split())}`" if check.applies else ""),
        ("one finding for each", f"`{check.group_by}`" if check.group_by else ""),
        ("to mend it", prose(check.fix)),
    ]
    return [*_head(check), *_facts(check, facts), *_parameters(check.parameters), *_query(check)]


def _metric(metric: Metric) -> list[str]:
    facts = [
        ("sort", f"metric, {metric.status}"),
        ("unit", f"{metric.unit}; {BETTER[metric.direction]}"),
        ("grain", metric.grain.replace("_", " ")),
        ("target", metric.target or ""),
    ]
    return [*_head(metric), *_facts(metric, facts), *_parameters(metric.parameters), *_query(metric)]


def _thing(thing: Thing) -> list[str]:
    lines = [
        f"### Thing `{thing.id}`",
        "",
        f"**{thing.title}.** Its rows are those of [`{thing.rule}`](#{anchor(thing.rule)}).",
    ]
    says = [f"- `{text}`" for text in (thing.figure, thing.sentence, *thing.details)]
    return [*lines, "", *says, *_parameters(thing.parameters), *_query(thing)]


def _head(rule: Rule) -> list[str]:
    return [f"### `{rule.id}`", "", f"**{rule.title}.** {prose(rule.why)}", ""]


def _facts(rule: Rule, facts: list[tuple[str, str]]) -> list[str]:
    reads = ", ".join(f"[`{name}`](tables.md#{name})" for name in tables_read(rule))
    before = ", ".join(f"`{name}`" for name in rule.former_ids)
    every = [
        ("duties", ", ".join(_duty(duty) for duty in rule.duties)),
        *facts,
        ("reads", reads),
        ("called before", before),
    ]
    return table(("", ""), [fact for fact in every if fact[1]])


def _parameters(parameters: tuple[Parameter, ...]) -> list[str]:
    rows = [(f"`{p.name}`", p.type, f"`{p.default}`", prose(p.why)) for p in parameters]
    return ["", *table(("parameter", "type", "default", "why"), rows)] if rows else []


def _query(rule: Rule | Thing) -> list[str]:
    return ["", *details("The query", "sql", rule.sql), "", source_link(rule.path)]


def precision_of(check: Check) -> str:
    """Return in words how often the check is right."""
    if check.exact:
        return "exact: a violation is a plain fact of its rows"
    if check.precision is None:
        return "not measured yet"
    right, n = check.precision.right, check.precision.n
    return f"{right} of {n} findings were right when read; at least {100 * wilson_lower(right, n):.0f} % (Wilson, 95 %)"


def _duty(name: str) -> str:
    return f"[`{name}`](duties.md#{name})"
