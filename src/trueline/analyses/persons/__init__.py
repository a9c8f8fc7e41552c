"""One key per person for the addresses that they used, as far as git shows it on both sides.

Only what is safe without asking: doubtful pairs stay apart. Proposals, records and undoing are not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trueline.analyses.base import Analysis, Read
from trueline.model.table import Column, Row, Table

from .join import Use, join_addresses

PERSON_KEYS = Table(
    name="person_keys",
    title="Persons behind the addresses of authors",
    grain="one row per address that wrote a commit as a person; bots are not persons",
    key=("repository", "author_key"),
    origin="analysis",
    columns=(
        Column("repository", "varchar", "Name of the repository.", required=True),
        Column("author_key", "varchar", "Pseudonym of an author's address.", required=True, privacy="people"),
        Column("person_key", "varchar", "Pseudonym of the person: the least of their addresses' pseudonyms.", required=True, privacy="people"),
        Column("evidence", "varchar", "same_full_name, one_address, shared_name or shared_address.", required=True),
    ),
)  # fmt: skip

_USES = """
select c.repository, c.author_key, c.author_name_key, count(*) as commits
from commits as c
where c.author_key is not null and coalesce(c.actor_kind, 'person') not in ('bot', 'ai_autonomous')
group by c.repository, c.author_key, c.author_name_key
"""


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return the rows of `person_keys`; evidence is weighed over all repositories of the snapshot together."""
    return {"person_keys": join_addresses(Use(*row) for row in read(_USES))}


ANALYSIS = Analysis(
    name="persons",
    version=1,
    title="Persons behind the addresses of authors",
    reads=("commits",),
    writes=(PERSON_KEYS,),
    build=build,
)
