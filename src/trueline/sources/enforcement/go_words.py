"""What the assertions of Go's test libraries mean: testify, Gomega, gotest.tools, quicktest, and the standard library."""

from __future__ import annotations

from collections.abc import Mapping

from trueline.sources.enforcement.languages_meaning import IN_ANY_ORDER, Meaning

FAILURES = frozenset({"Error", "Errorf", "Fatal", "Fatalf", "Fail", "FailNow"})
SKIPS = frozenset({"Skip", "Skipf", "SkipNow"})
LIBRARIES = frozenset({"assert", "require", "testutil", "is", "qt", "td", "check", "must", "tassert", "trequire"})


def _names(words: str, meaning: Meaning) -> dict[str, Meaning]:
    return dict.fromkeys(words.split(), meaning)


FUNCTIONS: Mapping[str, Meaning] = {
    # testify: expected before actual
    **_names(
        "Equal EqualValues Exactly JSONEq YAMLEq Equals DeepEqual EqualExportedValues Eq EqualError "
        "EqualProto RequireEqual ErrorEqual ProtoEqual",
        Meaning("equality", 1, 0),
    ),
    **_names("ElementsMatch", Meaning("equality", 1, 0, options=IN_ANY_ORDER)),
    **_names("Same", Meaning("identity", 1, 0)),
    **_names("NotEqual NotEqualValues NotSame NotDeepEqual NotElementsMatch", Meaning("inequality", 1, 0)),
    **_names("True Assert Check That", Meaning("truth", 0)),
    **_names("False", Meaning("truth", 0, is_negated=True)),
    **_names("NoError NilError Ok OK NotNil Success NoErrors NoErr", Meaning("truth", 0)),
    **_names("Nil", Meaning("identity", 0, before="nil")),
    **_names("Empty", Meaning("equality", 0, before="0", after=".length")),
    **_names("Zero", Meaning("equality", 0, before="0")),
    **_names("NotEmpty", Meaning("order", 0, before=">0", after=".length")),
    **_names("NotZero", Meaning("inequality", 0, before="0")),
    **_names("Len", Meaning("equality", 0, 1, after=".length")),
    **_names("Contains", Meaning("membership", 0, 1)),
    **_names("NotContains", Meaning("membership", 0, 1, is_negated=True)),
    **_names("Subset", Meaning("membership", 0, 1)),
    **_names("NotSubset", Meaning("membership", 0, 1, is_negated=True)),
    **_names("Regexp Matches", Meaning("match", 1, 0)),
    **_names("NotRegexp", Meaning("match", 1, 0, is_negated=True)),
    **_names("InDelta InDeltaSlice InDeltaMapValues WithinDuration", Meaning("approximate", 1, 0, absolute=2)),
    **_names("InEpsilon InEpsilonSlice", Meaning("approximate", 1, 0, relative=2)),
    **_names("Greater", Meaning("order", 0, 1, before=">")),
    **_names("GreaterOrEqual", Meaning("order", 0, 1, before=">=")),
    **_names("Less", Meaning("order", 0, 1, before="<")),
    **_names("LessOrEqual", Meaning("order", 0, 1, before="<=")),
    **_names("Positive", Meaning("order", 0, before=">0")),
    **_names("Negative", Meaning("order", 0, before="<0")),
    **_names("Error NotOk Err", Meaning("raises", 0)),
    **_names("ErrorIs ErrorAs ErrorType", Meaning("raises", 0, 1)),
    **_names("NotErrorIs", Meaning("raises", 0, 1, is_negated=True)),
    **_names("ErrorContains", Meaning("raises", 0, message=1)),
    **_names("Panics", Meaning("raises", 0, before="panic")),
    **_names("PanicsWithValue PanicsWithError", Meaning("raises", 1, before="panic", message=0)),
    **_names("NotPanics", Meaning("raises", 0, before="panic", is_negated=True)),
    **_names("IsType Implements", Meaning("type", 1, 0)),
    **_names("Eventually EventuallyWithT Condition", Meaning("truth", 0)),
    **_names("Never", Meaning("truth", 0, is_negated=True)),
    **_names("FileExists DirExists", Meaning("truth", 0)),
    **_names("NoFileExists NoDirExists", Meaning("truth", 0, is_negated=True)),
    **_names("Fail FailNow", Meaning("fails")),
}
"""Places are those after the `t` that most of them take first."""

MATCHERS: Mapping[str, Meaning] = {
    **_names(
        "Equal BeEquivalentTo MatchJSON MatchYAML Equals DeepEquals HaveExactElements CmpEquals",
        Meaning("equality", None, 0, all_expected=True),
    ),
    **_names("ConsistOf", Meaning("equality", None, 0, all_expected=True, options=IN_ANY_ORDER)),
    **_names("BeIdenticalTo", Meaning("identity", None, 0)),
    **_names("BeNil IsNil", Meaning("identity", before="nil")),
    **_names("BeTrue IsTrue", Meaning("truth")),
    **_names("BeFalse IsFalse", Meaning("truth", is_negated=True)),
    **_names("Succeed NotNil NoError BeAnExistingFile BeClosed", Meaning("truth")),
    **_names("HaveOccurred", Meaning("raises")),
    **_names("MatchError ErrorIs", Meaning("raises", None, 0)),
    **_names("ErrorMatches", Meaning("raises", message=0)),
    **_names("Panic PanicWith PanicMatches Panics", Meaning("raises", before="panic", message=0)),
    **_names(
        "ContainElement ContainElements HaveKey HaveKeyWithValue HaveField Contains",
        Meaning("membership", None, 0, all_expected=True),
    ),
    **_names("ContainSubstring MatchRegexp HavePrefix HaveSuffix Matches Say", Meaning("match", None, 0)),
    **_names("HaveLen HasLen", Meaning("equality", None, 0, after=".length")),
    **_names("BeEmpty", Meaning("equality", before="0", after=".length")),
    **_names("BeZero", Meaning("equality", before="0")),
    **_names("BeAssignableToTypeOf", Meaning("type", None, 0)),
}
SAID: Mapping[str, Meaning] = {
    **_names("ShouldEqual ShouldResemble ShouldEqualJSON ShouldHaveSameTypeAs", Meaning("equality", 0, 1)),
    **_names("ShouldNotEqual ShouldNotResemble", Meaning("inequality", 0, 1)),
    **_names("ShouldPointTo", Meaning("identity", 0, 1)),
    **_names("ShouldBeNil", Meaning("identity", 0, before="nil")),
    **_names("ShouldNotBeNil ShouldBeTrue ShouldNotPanic", Meaning("truth", 0)),
    **_names("ShouldBeFalse", Meaning("truth", 0, is_negated=True)),
    **_names("ShouldContain ShouldContainKey ShouldBeIn", Meaning("membership", 0, 1)),
    **_names("ShouldNotContain ShouldNotContainKey", Meaning("membership", 0, 1, is_negated=True)),
    **_names("ShouldContainSubstring ShouldStartWith ShouldEndWith", Meaning("match", 0, 1)),
    **_names("ShouldBeEmpty ShouldBeBlank", Meaning("equality", 0, before="0", after=".length")),
    **_names("ShouldHaveLength", Meaning("equality", 0, 1, after=".length")),
    **_names("ShouldBeZeroValue", Meaning("equality", 0, before="0")),
    **_names("ShouldAlmostEqual", Meaning("approximate", 0, 1, absolute=2)),
    **_names("ShouldBeGreaterThan", Meaning("order", 0, 1, before=">")),
    **_names("ShouldBeGreaterThanOrEqualTo", Meaning("order", 0, 1, before=">=")),
    **_names("ShouldBeLessThan", Meaning("order", 0, 1, before="<")),
    **_names("ShouldBeLessThanOrEqualTo", Meaning("order", 0, 1, before="<=")),
    **_names("ShouldBeError", Meaning("raises", 0, message=1)),
    **_names("ShouldPanic ShouldPanicWith", Meaning("raises", 0, before="panic", message=1)),
}
"""What `So(total, ShouldEqual, 3)` of GoConvey asserts."""

WRAPPERS: Mapping[str, bool] = {"Not": True, "And": False, "Or": False, "SatisfyAll": False, "SatisfyAny": False}

CONDITIONS: Mapping[str, Meaning] = {
    "reflect.DeepEqual": Meaning("equality", 0, 1),
    "bytes.Equal": Meaning("equality", 0, 1),
    "cmp.Equal": Meaning("equality", 0, 1),
    "slices.Equal": Meaning("equality", 0, 1),
    "maps.Equal": Meaning("equality", 0, 1),
    "proto.Equal": Meaning("equality", 0, 1),
    "strings.EqualFold": Meaning("equality", 0, 1),
    "strings.Contains": Meaning("match", 0, 1),
    "strings.HasPrefix": Meaning("match", 0, 1, before="^"),
    "strings.HasSuffix": Meaning("match", 0, 1),
    "bytes.Contains": Meaning("match", 0, 1),
    "slices.Contains": Meaning("membership", 0, 1),
    "errors.Is": Meaning("raises", 0, 1),
    "errors.As": Meaning("raises", 0, 1),
    "regexp.MatchString": Meaning("match", 1, 0),
}
"""What a condition that is a call asserts."""

DIFFERENCES: frozenset[str] = frozenset(
    {"cmp.Diff", "pretty.Compare", "diff.Diff", "deep.Equal", "messagediff.PrettyDiff"}
)
"""Calls that return nothing where both arguments are equal."""
