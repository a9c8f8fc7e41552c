"""Whatever a report names, no path leaves the repository, and every SARIF log is read or refused."""

from __future__ import annotations

import io
import json

from hypothesis import example, given
from hypothesis import strategies as st

from trueline.sources.collectors.scanner_reports.json_file import ReportRefused
from trueline.sources.collectors.scanner_reports.places import Places
from trueline.sources.collectors.scanner_reports.sarif import sarif_runs

PIECES = st.sampled_from(
    ["a", "b.py", "..", ".", "", "%2e%2e", "%2F", "%00", "\\", "/", "file:", "//", "C:", "https:", "%", "ü", "\ud800"]
)
URIS = st.lists(PIECES, max_size=8).map("/".join) | st.text(max_size=40)
BASES = st.dictionaries(
    st.sampled_from("ABC"), st.fixed_dictionaries({}, optional={"uri": URIS, "uriBaseId": st.sampled_from("ABC")})
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
MEMBERS = ("ruleId", "rule", "message", "locations", "level", "kind", "suppressions", "fingerprints", "properties")


@given(URIS, BASES, st.sampled_from(["A", "B", None]), st.sampled_from(["", "/", "/a", "C:/a"]))
@example("file:///a/../../b.py", {}, None, "/a")
@example("%2e%2e/%2e%2e/b.py", {"A": {"uri": "file:///a/"}}, "A", "/a")
def test_a_path_never_leaves_the_repository(uri, bases, base, checkout):
    location = {"uri": uri, "uriBaseId": base}
    result = {"locations": [{"physicalLocation": {"artifactLocation": location}}]}

    path = Places({"originalUriBaseIds": bases, "results": [result]}, frozenset({"b.py", "a/b.py"}), checkout).path_of(
        location
    )

    if path is not None:
        assert path
        assert not path.startswith("/")
        assert ".." not in path.strip('"').split("/")
        path.encode()


@given(st.lists(st.dictionaries(st.sampled_from(MEMBERS), JSON, max_size=6), max_size=4), JSON)
def test_every_log_is_read_whole_or_refused(results, rest):
    run = {
        "tool": {"driver": {"name": "lint", "rules": rest}},
        "results": results,
        "invocations": rest,
        "artifacts": rest,
    }
    log = json.dumps({"version": "2.1.0", "runs": [run]}).encode()

    try:
        (read,) = sarif_runs(io.BytesIO(log), frozenset(), "")
    except ReportRefused:
        return

    assert len(read.results) + read.repeated + read.left_out == len(results)
    assert len({one.fingerprint for one in read.results}) == len(read.results)
