"""One key per person for the addresses and accounts that they used, as far as git shows it.

Only what is safe without asking is joined; doubtful pairs stay apart and become proposals. A record of kind
`identity` decides them either way, and taking the record back undoes it: nothing is stored but git and records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trueline.analyses.base import Analysis, Read
from trueline.model.table import Column, Row, Table

from .join import Use, join_addresses
from .logins import Authored, Merged, logins_of_persons, merges_beside_addresses
from .proposals import propose

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
        Column("evidence", "varchar", "record, same_account, same_full_name, one_address, shared_name or shared_address.", required=True),
    ),
)  # fmt: skip

PERSON_LOGINS = Table(
    name="person_logins",
    title="Accounts of persons on the forge",
    grain="one row per repository, account and person who wrote in it",
    key=("repository", "login_key", "person_key"),
    origin="analysis",
    columns=(
        Column("repository", "varchar", "Name of a repository that the person wrote in.", required=True),
        Column("login_key", "varchar", "Pseudonym of the login.", required=True, privacy="people"),
        Column("person_key", "varchar", "Pseudonym of the person.", required=True, privacy="people"),
        Column("evidence", "varchar", "address: the forge made one of their addresses; merges: nearly all merges of the login's fork bring their work.", required=True),
    ),
)  # fmt: skip

PERSON_PROPOSALS = Table(
    name="person_proposals",
    title="Persons who may be one",
    grain="one row per pair of persons and kind of evidence",
    key=("person_key", "other_person_key", "evidence"),
    origin="analysis",
    columns=(
        Column("person_key", "varchar", "Pseudonym of the one.", required=True, privacy="people"),
        Column("other_person_key", "varchar", "Pseudonym of the other.", required=True, privacy="people"),
        Column("evidence", "varchar", "same_full_name: both wrote under it, one of them too seldom; merges_of_account: an address names the account for the one, its merges bring the work of the other.", required=True),
        Column("commits", "bigint", "Commits, or merges, that show it for the one.", required=True, privacy="people"),
        Column("other_commits", "bigint", "The same for the other.", required=True, privacy="people"),
    ),
)  # fmt: skip

_USES = """
select c.repository, c.author_key, c.author_name_key, count(*) as commits, c.login_key
from commits as c
where c.author_key is not null and coalesce(c.actor_kind, 'person') not in ('bot', 'ai_autonomous')
group by c.repository, c.author_key, c.author_name_key, c.login_key
"""

_DECLARED = """
select i.addresses
from identities as i
where i.withdrawn_on is null and i.addresses is not null
order by i.repository, i.identity_id
"""

_AUTHORED = """
select distinct c.login_key, c.author_key
from commits as c
where c.login_key is not null and c.author_key is not null
"""

_MERGED = """
select distinct m.repository, m.commit_id, m.from_login_key, c.author_key
from commits as m
inner join landed_commits as l on m.repository = l.repository and m.commit_id = l.change_id
inner join commits as c on l.repository = c.repository and l.commit_id = c.commit_id
where m.from_login_key is not null and c.author_key is not null and c.commit_id <> m.commit_id
"""


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return the rows of the three tables; evidence is weighed over all repositories of the snapshot together."""
    uses = [Use(*row) for row in read(_USES)]
    persons = join_addresses(uses, [addresses for (addresses,) in read(_DECLARED)])
    authored = [Authored(*row) for row in read(_AUTHORED)]
    merged = [Merged(*row) for row in read(_MERGED)]
    person_of = {str(address): str(person) for _, address, person, _ in persons}
    decided = {str(person) for _, _, person, evidence in persons if evidence == "record"}
    return {
        PERSON_KEYS.name: persons,
        PERSON_LOGINS.name: logins_of_persons(persons, authored, merged),
        PERSON_PROPOSALS.name: propose(uses, person_of, merges_beside_addresses(person_of, authored, merged), decided),
    }


ANALYSIS = Analysis(
    name="persons",
    version=3,
    title="Persons behind the addresses of authors, and their accounts",
    reads=("commits", "landed_commits", "identities"),
    writes=(PERSON_KEYS, PERSON_LOGINS, PERSON_PROPOSALS),
    build=build,
)
