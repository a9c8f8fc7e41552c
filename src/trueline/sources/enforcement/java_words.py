"""What the assertions of Java's test libraries mean: JUnit 3 to 5, TestNG, Hamcrest, AssertJ, Truth, Mockito."""

from __future__ import annotations

from collections.abc import Mapping

from trueline.sources.enforcement.languages_meaning import IN_ANY_ORDER, Meaning

TESTS = frozenset(
    "Test ParameterizedTest RepeatedTest TestFactory TestTemplate Theory Property Example ArchTest QuarkusTest "
    "ContainerTest RetryingTest CartesianTest GwtTest UiThreadTest ClientTest".split()
)
HOOKS = frozenset(
    "Before After BeforeEach AfterEach BeforeAll AfterAll BeforeClass AfterClass BeforeMethod AfterMethod "
    "BeforeSuite AfterSuite".split()
)
SKIPS = frozenset({"Disabled", "Ignore", "Ignored"})
SKIPS_IF = (
    "DisabledOn",
    "DisabledIf",
    "DisabledFor",
    "EnabledOn",
    "EnabledIf",
    "EnabledFor",
    "DisabledInNative",
    "IgnoreIf",
    "RunIf",
    "RequiresX",
)
MARKERS = frozenset({"Tag", "Category", "Tags", "LargeTest", "SlowTest", "Nightly", "Flaky"})
MOCKS = frozenset({"Mock", "MockBean", "MockitoBean", "InjectMock"})


def _names(words: str, meaning: Meaning) -> dict[str, Meaning]:
    return dict.fromkeys(words.split(), meaning)


FUNCTIONS: Mapping[str, Meaning] = {
    **_names(
        "assertEquals assertArrayEquals assertIterableEquals assertLinesMatch assertEqualsNoOrder assertEqualsDeep "
        "assertListEquals assertContentsInOrder",
        Meaning("equality", 1, 0),
    ),
    **_names("assertNotEquals assertNotEqualsDeep assertArrayNotEquals", Meaning("inequality", 1, 0)),
    "assertSame": Meaning("identity", 1, 0),
    "assertNotSame": Meaning("identity", 1, 0, is_negated=True),
    "assertTrue": Meaning("truth", 0),
    "assertFalse": Meaning("truth", 0, is_negated=True),
    "assertNull": Meaning("identity", 0, before="null"),
    **_names("assertNotNull assertDoesNotThrow assertAll assertPresent", Meaning("truth", 0)),
    **_names("assertThrows assertThrowsExactly expectThrows assertThrowsWithMessage", Meaning("raises", 1, 0)),
    "assertInstanceOf": Meaning("type", 1, 0),
    **_names("assertTimeout assertTimeoutPreemptively", Meaning("order", 1, 0, before="<")),
    "fail": Meaning("fails"),
}
"""Places are those without the message; JUnit 4 puts it first, the others last."""

MATCHERS: Mapping[str, Meaning] = {
    **_names(
        "isEqualTo isEqualByComparingTo containsExactly containsExactlyElementsOf "
        "containsOnly hasToString hasValue "
        "containsExactlyEntriesIn containsExactlyElementsIn "
        "isEqualToComparingFieldByField hasStatus hasBinaryContent "
        "equalTo arrayContaining containsInRelativeOrder "
        "comparesEqualTo aMapWithSize hasContent",
        Meaning("equality", None, 0, all_expected=True),
    ),
    **_names(
        "containsExactlyInAnyOrder containsExactlyInAnyOrderElementsOf hasSameElementsAs containsInAnyOrder "
        "arrayContainingInAnyOrder",
        Meaning("equality", None, 0, all_expected=True, options=IN_ANY_ORDER),
    ),
    **_names(
        "isEqualToNormalizingNewlines isEqualToIgnoringWhitespace isEqualToIgnoringNewLines "
        "isEqualToNormalizingWhitespace equalToCompressingWhiteSpace equalToIgnoringWhiteSpace",
        Meaning("equality", None, 0, options=("whitespace=False",)),
    ),
    **_names("isEqualToIgnoringCase equalToIgnoringCase", Meaning("equality", None, 0, options=("case=False",))),
    **_names("isNotEqualTo doesNotHaveToString", Meaning("inequality", None, 0)),
    **_names("isSameAs sameInstance theInstance isSameInstanceAs", Meaning("identity", None, 0)),
    "isNotSameAs": Meaning("identity", None, 0, is_negated=True),
    **_names("isTrue", Meaning("truth")),
    **_names("isFalse", Meaning("truth", is_negated=True)),
    **_names("isNotNull notNullValue doesNotThrowAnyException isPresent isNotBlank isCompleted", Meaning("truth")),
    "exists": Meaning("truth", after=".exists()"),
    "isDirectory": Meaning("truth", after=".isDirectory()"),
    **_names("isNotEmpty", Meaning("order", before=">0", after=".length")),
    **_names("isNull nullValue", Meaning("identity", before="null")),
    **_names(
        "isEmpty isNullOrEmpty empty emptyArray emptyString emptyIterable anEmptyMap",
        Meaning("equality", before="0", after=".length"),
    ),
    **_names("isZero", Meaning("equality", before="0")),
    **_names("isOne", Meaning("equality", before="1")),
    **_names("isNotPresent isAbsent doesNotExist", Meaning("truth", is_negated=True)),
    **_names("hasSize hasLength arrayWithSize iterableWithSize", Meaning("equality", None, 0, after=".length")),
    **_names("hasSameSizeAs", Meaning("equality", None, 0, after=".length")),
    **_names("isCloseTo isCloseToPercentage closeTo", Meaning("approximate", None, 0, absolute=1)),
    **_names("isWithin", Meaning("approximate", None, None, absolute=0)),
    **_names("isGreaterThan greaterThan", Meaning("order", None, 0, before=">")),
    **_names(
        "isGreaterThanOrEqualTo greaterThanOrEqualTo isAtLeast hasSizeGreaterThanOrEqualTo",
        Meaning("order", None, 0, before=">="),
    ),
    **_names("isLessThan lessThan", Meaning("order", None, 0, before="<")),
    **_names("isLessThanOrEqualTo lessThanOrEqualTo isAtMost", Meaning("order", None, 0, before="<=")),
    **_names("isPositive", Meaning("order", before=">0")),
    **_names("isNegative", Meaning("order", before="<0")),
    **_names("isBetween isStrictlyBetween", Meaning("order", None, 0, all_expected=True, before="between ")),
    **_names(
        "contains containsAll containsKey containsKeys containsEntry containsValue containsSubsequence "
        "containsSequence containsAnyOf containsAtLeast hasItem hasItems hasKey hasEntry isOneOf containsAnyIn "
        "isInstanceOfAny isIn oneOf hasItemInArray containsAllIn hasProperty hasFieldOrPropertyWithValue",
        Meaning("membership", None, 0, all_expected=True),
    ),
    **_names(
        "doesNotContain doesNotContainKey doesNotContainEntry containsNone isNotIn doesNotContainAnyElementsOf",
        Meaning("membership", None, 0, is_negated=True, all_expected=True),
    ),
    **_names(
        "matches startsWith endsWith containsPattern containsString containsIgnoringCase matchesPattern "
        "matchesRegex containsMatch contains_text",
        Meaning("match", None, 0),
    ),
    **_names("doesNotMatch doesNotStartWith", Meaning("match", None, 0, is_negated=True)),
    **_names("isInstanceOf isExactlyInstanceOf instanceOf isA hasSameClassAs", Meaning("type", None, 0)),
    **_names(
        "allMatch allSatisfy anySatisfy satisfies anyMatch noneMatch everyItem is_satisfied",
        Meaning("truth", None, 0, all_expected=True),
    ),
}
WRAPPERS: Mapping[str, bool] = {
    "is": False,
    "not": True,
    "allOf": False,
    "both": False,
    "anyOf": False,
    "describedAs": False,
}
OFFSETS = frozenset({"offset", "within", "byLessThan", "withPercentage", "withinPercentage"})
RAISED = frozenset(
    "hasMessage hasMessageContaining hasMessageStartingWith withMessage withMessageContaining "
    "hasMessageMatching withMessageStartingWith hasMessageThat hasMessageEndingWith withMessageMatching".split()
)
CAUSES = frozenset(
    "isInstanceOf isExactlyInstanceOf hasCauseInstanceOf hasRootCauseInstanceOf hasCauseExactlyInstanceOf "
    "withCauseInstanceOf".split()
)
PASSING = frozenset(
    "as describedAs withFailMessage overridingErrorMessage usingRecursiveComparison usingComparator isNotNull_ "
    "withMessage_ ignoringFields inOrder describedAs usingElementComparator usingDefaultComparator and".split()
)
"""Links that assert nothing and change nothing."""

CONDITIONS: Mapping[str, Meaning] = {
    "equals": Meaning("equality", None, 0),
    "contentEquals": Meaning("equality", None, 0),
    "equalsIgnoreCase": Meaning("equality", None, 0),
    "contains": Meaning("membership", None, 0),
    "containsKey": Meaning("membership", None, 0),
    "startsWith": Meaning("match", None, 0, before="^"),
    "endsWith": Meaning("match", None, 0),
    "matches": Meaning("match", None, 0),
    "isEmpty": Meaning("equality", before="0", after=".length"),
}
"""What a condition that calls a method asserts of the object."""

THATS = frozenset(
    {
        "assertThat",
        "expectThat",
        "assertWithMessage",
        "then",
        "assertThatCode",
        "assertThatObject",
        "assertThatThrownBy",
        "assertThatExceptionOfType",
        "thenThrownBy",
        "assertThatNullPointerException",
        "assertThatIllegalArgumentException",
        "assertThatNoException",
        "assertThatIllegalStateException",
        "assertThatIOException",
    }
)

RULES = frozenset({"thrown", "exception", "expectedException", "expected", "thrownException", "exceptionRule"})

FRAMEWORK = frozenset(
    {
        "fail",
        "Assert",
        "Assertions",
        "Mockito",
        "when",
        "mock",
        "is",
        "not",
        "any",
        "anyInt",
        "anyString",
        "eq",
        "times",
        "System",
        "String",
        "Arrays",
        "List",
        "Collections",
        "Assume",
        "Assumptions",
    }
)
