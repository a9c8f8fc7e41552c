"""Which files a glob of `trueline.toml` makes records, and of which kind."""

from __future__ import annotations

from collections.abc import Mapping

from trueline.model.errors import Problem
from trueline.model.record import Kind
from trueline.settings.suggestion import did_you_mean, shown


class Claims:
    """The globs of `[records]`, ready to be asked."""

    def __init__(
        self, globs: Mapping[str, str], kinds: Mapping[str, Kind], settings_path: str = "trueline.toml"
    ) -> None:
        self.problems: list[Problem] = []
        self._specs = []
        for glob, name in globs.items():
            from pathspec import GitIgnoreSpec  # only where there are globs

            if name not in kinds:
                message = f"[records] gives {shown(glob)} the kind {shown(name)}, which nobody declares"
                self.problems.append(Problem(settings_path, 0, 0, message, did_you_mean(name, kinds)))
                continue
            try:
                self._specs.append((GitIgnoreSpec.from_lines([glob]), kinds[name]))
            except ValueError:
                message = f"[records] has the glob {shown(glob)}, which cannot be read"
                self.problems.append(Problem(settings_path, 0, 0, message, "Write it as in .gitignore."))

    def kind_of(self, path: str) -> Kind | None:
        """Return the kind that the last matching glob gives a file; None where none matches."""
        return next((kind for spec, kind in reversed(self._specs) if spec.match_file(path)), None)
