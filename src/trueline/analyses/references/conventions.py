"""What the analysis of references knows about forges, site generators and habits of writing: data only.

Everything here makes a verdict milder, never harsher: it names the places where a missing
target is not proof that a reader would miss it.
"""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SITE_CONFIGS: dict[str, tuple[str, ...]] = {
    # Name of a configuration file -> folders beside it that hold the pages; none of them there: all beside it.
    "mkdocs.yml": ("docs",),
    "mkdocs.yaml": ("docs",),
    "zensical.toml": ("docs",),
    "docusaurus.config.js": ("docs", "blog", "src", "versioned_docs", "i18n"),
    "docusaurus.config.ts": ("docs", "blog", "src", "versioned_docs", "i18n"),
    "docusaurus.config.mjs": ("docs", "blog", "src", "versioned_docs", "i18n"),
    "hugo.toml": ("content",),
    "hugo.yaml": ("content",),
    "hugo.json": ("content",),
    "config.toml": ("content",),
    "astro.config.mjs": ("src/content", "src/pages", "docs"),
    "astro.config.ts": ("src/content", "src/pages", "docs"),
    "gatsby-config.js": ("content", "src/pages", "docs", "blog"),
    "gatsby-config.ts": ("content", "src/pages", "docs", "blog"),
    "book.toml": ("src",),
    "antora.yml": ("modules",),
    "_config.yml": (),
    "_config.yaml": (),
    ".eleventy.js": (),
    "eleventy.config.js": (),
    "conf.py": (),
    "myst.yml": (),
    "_quarto.yml": (),
    "mint.json": (),
    ".gitbook.yaml": (),
    "_sidebar.md": (),
}

SITE_NEEDS_BESIDE: dict[str, tuple[str, ...]] = {
    # A name that others use too counts only beside one of these.
    "conf.py": ("index.rst", "index.md", "contents.rst", "source"),
    "config.toml": ("content",),
}

SITE_FOLDERS = (".vitepress", ".vuepress")
"""Folders whose parent holds the pages of a site."""

SITE_ASSETS = ("static", "public", "assets")
"""Folders that a site publishes at its root."""

PAGE_ENDINGS = (".md", ".mdx", ".markdown", ".html", ".rst", ".adoc", ".ipynb", ".qmd")
PAGE_INDEXES = ("index.md", "README.md", "index.html", "_index.md", "index.mdx", "index.rst", "readme.md")

FORGE_PLACES = _names(
    "issues issue pull pulls wiki wikis releases tags actions discussions compare commit commits blob tree raw"
    " milestone milestones labels projects security network graphs stargazers fork merge_requests -"
)
"""First names of paths that a forge answers and no tree does."""

BUILT_FOLDERS = _names(
    "build dist out target site _site _build public coverage htmlcov node_modules venv .venv obj bin tmp"
    " generated artifacts output .cache __pycache__"
)
"""Folders that builds write and trees leave out."""

FILES_BY_CUSTOM = _names(
    "license licence copying notice authors contributors maintainers contributing changelog changes readme security"
    " code_of_conduct makefile dockerfile jenkinsfile vagrantfile gemfile rakefile procfile codeowners install"
)
"""Names without a dot that are files by custom; any other bare word may be no path at all."""

PLACEHOLDER_WORDS = _names(
    "path url link href target file filename todo tbd xxx foo bar baz example placeholder your-link-here here dummy"
)

DOCUMENTS_FOR_ELSEWHERE = _names(
    "issue_template pull_request_template merge_request_templates issue_templates templates template skeleton skeletons"
    " cookiecutter scaffold scaffolds scaffolding archetypes boilerplate _templates"
)
"""A folder or a file (without ending) of such a name holds text that will be read at another place."""

MOMENTS = _names(
    "changelog changelogs changes history news release releases relnotes releasenotes whatsnew newsfragments posts blog"
    " adr adrs decisions rfc rfcs proposal proposals postmortem postmortems archive archived attic legacy deprecated"
    " upgrade upgrading migration migrations migrating removal plan plans planning roadmap task tasks work initiative"
    " initiatives evidence journal notes minutes meeting meetings sprint sprints todo backlog drafts spike spikes"
    " research report reports audit audits retrospective summary status log logs"
)
"""Words in the name of a folder or file (without ending) whose documents speak of one moment or of what is to change:
they may name what is gone, and be right. A date at the front says the same."""

FILES_OF_ANY_REPOSITORY = _names(
    "agents.md claude.md gemini.md copilot-instructions.md project.md package.json tsconfig.json pyproject.toml setup.py"
    " setup.cfg requirements.txt dockerfile docker-compose.yml docker-compose.yaml compose.yaml makefile index.html"
    " index.js index.ts main.py app.py main.go config.yml config.yaml config.json config.toml settings.json settings.py"
    " .env conftest.py __init__.py mod.rs lib.rs main.rs"
)
"""Names so common that a mention may mean the reader's own repository."""

FIXTURE_FOLDERS = _names(
    "testdata test_data test-data fixtures __fixtures__ fixture golden goldens corpus mocks __snapshots__ snapshots"
)
"""Folders whose documents are input of tests: what they refer to need not exist."""

ADDRESS_ENDINGS = _names("com org net io dev ly edu gov app ai co uk de fr eu info me tv gl to xyz cloud")
"""Last parts of host names by which an address without its scheme is known; files end otherwise."""

CODE_KINDS = ("source", "test")
KINDS_IGNORED = ("vendored", "generated", "test")
"""Kinds of path whose documents are not this repository's word to its readers."""

DAYS_OF_ONE_CHANGE = 7
"""A document changed within so many days of a removal was probably read for it: what it still names is meant."""
