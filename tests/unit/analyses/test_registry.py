from __future__ import annotations

from dataclasses import replace
from importlib.metadata import EntryPoint

import pytest

from trueline.analyses.code_owners import ANALYSIS
from trueline.analyses.registry import GROUP, built_in, check_writers, installed
from trueline.model.errors import UsageError
from trueline.model.tree_tables import FILES


def test_every_folder_of_the_package_is_an_analysis():
    assert {"code_owners", "references"} <= {analysis.name for analysis in built_in()}


def test_built_in_analyses_write_different_tables():
    assert installed(entry_points=[]) == built_in()


def test_two_writers_of_one_table_are_refused():
    with pytest.raises(UsageError, match="table path_owners: analysis code_owners and other"):
        check_writers([ANALYSIS, replace(ANALYSIS, name="other")])


def test_a_table_of_the_model_cannot_be_written():
    with pytest.raises(UsageError, match="table files: trueline itself and code_owners"):
        check_writers([replace(ANALYSIS, writes=(FILES,))])


def test_an_installed_analysis_that_cannot_be_loaded_is_named():
    broken = EntryPoint("weather", "trueline_no_such_package:ANALYSIS", GROUP)
    with pytest.raises(UsageError, match=r"analysis weather .* cannot be loaded"):
        installed([broken])


def test_an_entry_point_that_is_no_analysis_is_refused():
    wrong = EntryPoint("weather", "trueline.analyses.registry:GROUP", GROUP)
    with pytest.raises(UsageError, match="is a str, not an Analysis"):
        installed([wrong])
