"""What the assertions of JavaScript's test frameworks mean: Jest, Vitest, Jasmine, Chai, node, AVA, tape, QUnit."""

from __future__ import annotations

from collections.abc import Mapping

from trueline.sources.enforcement.languages_meaning import Meaning

SUITES = frozenset({"describe", "context", "suite", "fdescribe", "xdescribe", "xcontext", "fcontext", "module"})
TESTS = frozenset({"it", "test", "specify", "fit", "xit", "xtest", "xspecify"})
HOOKS = frozenset(
    {"before", "after", "beforeEach", "afterEach", "beforeAll", "afterAll", "setup", "teardown", "suiteSetup"}
)
OWNERS = frozenset({"QUnit", "Deno", "t", "tap", "test", "mocha", "bdd", "tdd", "lab", "Y", "window", "globalThis"})
"""Objects that the words above may be members of."""
ASSERTERS = frozenset({"assert", "t", "tt", "st", "test", "tap", "chai", "QUnit", "should", "expect", "is", "jasmine"})
TABLE_LINKS = frozenset({"each", "for", "cases", "forEach"})

CHAIN_WORDS = frozenset(
    "to be been is that which and has have with at of same but does still also deep nested own any all ordered itself "
    "soft poll resolves eventually become an a withContext should expect".split()
)
RAISES = frozenset(
    "toThrow toThrowError throw throws Throw rejectedWith rejected toThrowErrorMatching throwError toBeRejected "
    "toBeRejectedWith toBeRejectedWithError".split()
)

_EQUAL = Meaning("equality", 0, 1)
_DIFFERENT = Meaning("inequality", 0, 1)


def _order(operator: str) -> Meaning:
    return Meaning("order", 0, 1, before=operator)


FUNCTIONS: Mapping[str, Meaning] = {
    **dict.fromkeys(
        "equal eq equals strictEqual strictEquals deepEqual deepStrictEqual same strictSame deepEquals isEqual propEqual "
        "deepLooseEqual looseEqual eql assertEquals is strictDeepEqual isDeepEqual".split(),
        _EQUAL,
    ),
    **dict.fromkeys(
        "notEqual notStrictEqual notDeepEqual notDeepStrictEqual notSame not notEquals notPropEqual notLooseEqual "
        "isNot isNotEqual isnt".split(),
        _DIFFERENT,
    ),
    **dict.fromkeys("ok isOk truthy assertTrue".split(), Meaning("truth", 0)),
    **dict.fromkeys("notOk isNotOk falsy assertFalse ifError error".split(), Meaning("truth", 0, is_negated=True)),
    **dict.fromkeys("true isTrue".split(), Meaning("equality", 0, before="true")),
    **dict.fromkeys("false isFalse".split(), Meaning("equality", 0, before="false")),
    "isNull": Meaning("identity", 0, before="null"),
    "isUndefined": Meaning("identity", 0, before="undefined"),
    "isNaN": Meaning("identity", 0, before="NaN"),
    **dict.fromkeys(
        "isNotNull isDefined exists isNotUndefined doesNotThrow doesNotReject notThrows notThrowsAsync "
        "isFinite isNotNaN".split(),
        Meaning("truth", 0),
    ),
    "notExists": Meaning("truth", 0, is_negated=True),
    **dict.fromkeys("instanceOf isInstanceOf typeOf instance".split(), Meaning("type", 0, 1)),
    "isFunction": Meaning("type", 0, before="function"),
    "isObject": Meaning("type", 0, before="object"),
    "isArray": Meaning("type", 0, before="array"),
    "isString": Meaning("type", 0, before="string"),
    "isNumber": Meaning("type", 0, before="number"),
    "isBoolean": Meaning("type", 0, before="boolean"),
    **dict.fromkeys("match matches regex".split(), Meaning("match", 0, 1)),
    **dict.fromkeys("notMatch doesNotMatch notRegex".split(), Meaning("match", 0, 1, is_negated=True)),
    **dict.fromkeys(
        "like matchObject has deepInclude propContains partialDeepStrictEqual".split(), Meaning("match", 0, 1)
    ),
    **dict.fromkeys(
        "include includes contains property containsAllKeys hasAnyKeys".split(), Meaning("membership", 0, 1)
    ),
    **dict.fromkeys(
        "notInclude notProperty doesNotContain notIncludes".split(), Meaning("membership", 0, 1, is_negated=True)
    ),
    "oneOf": Meaning("membership", 0, 1),
    **dict.fromkeys("sameMembers sameDeepMembers hasAllKeys sameOrderedMembers".split(), _EQUAL),
    "propertyVal": Meaning("equality", 0, 2),
    **dict.fromkeys("lengthOf isLength".split(), Meaning("equality", 0, 1, after=".length")),
    "isEmpty": Meaning("equality", 0, before="0", after=".length"),
    "isNotEmpty": Meaning("order", 0, before=">0", after=".length"),
    "isAbove": _order(">"),
    "isAtLeast": _order(">="),
    "isBelow": _order("<"),
    "isAtMost": _order("<="),
    **dict.fromkeys("closeTo approximately".split(), Meaning("approximate", 0, 1, absolute=2)),
    **dict.fromkeys("throws rejects throwsAsync raises throw notThrow".split(), Meaning("raises", 0)),
    **dict.fromkeys("snapshot matchSnapshot fileSnapshot".split(), Meaning("snapshot", 0)),
    **dict.fromkeys("fail unreachable".split(), Meaning("fails")),
}

MATCHERS: Mapping[str, Meaning] = {
    **dict.fromkeys(
        "toBe toEqual toStrictEqual equal equals eq eql eqls exactly toEqualTypeOf toMatchTypeOf members keys key "
        "toHaveTextContent toHaveValue toHaveText toDeepEqual toHaveReturnedWith toBeEqual".split(),
        Meaning("equality", None, 0),
    ),
    **dict.fromkeys(
        "toMatchObject matchObject containSubset toEqualCaseInsensitive".split(), Meaning("match", None, 0)
    ),
    **dict.fromkeys(
        "toContain toContainEqual include includes contain contains oneOf toContainText toHaveClass toBeOneOf "
        "containEql".split(),
        Meaning("membership", None, 0),
    ),
    **dict.fromkeys("property ownProperty toHaveProperty toHaveAttribute".split(), Meaning("membership", None, 0)),
    **dict.fromkeys(
        "toHaveLength lengthOf length toHaveSize toHaveCount".split(), Meaning("equality", None, 0, after=".length")
    ),
    **dict.fromkeys(
        "toBeTruthy ok exist toBeDefined toBeVisible toBeInTheDocument fulfilled".split(), Meaning("truth")
    ),
    "toBeFalsy": Meaning("truth", is_negated=True),
    **dict.fromkeys("true toBeTrue True".split(), Meaning("equality", before="true")),
    **dict.fromkeys("false toBeFalse False".split(), Meaning("equality", before="false")),
    **dict.fromkeys("null toBeNull".split(), Meaning("identity", before="null")),
    **dict.fromkeys("undefined toBeUndefined".split(), Meaning("identity", before="undefined")),
    **dict.fromkeys("NaN toBeNaN".split(), Meaning("identity", before="NaN")),
    "empty": Meaning("equality", before="0", after=".length"),
    **dict.fromkeys(
        "a an instanceof instanceOf toBeInstanceOf toBeTypeOf instance type".split(), Meaning("type", None, 0)
    ),
    **dict.fromkeys("match matches string toMatch startWith endWith".split(), Meaning("match", None, 0)),
    **dict.fromkeys("above gt greaterThan toBeGreaterThan".split(), Meaning("order", None, 0, before=">")),
    **dict.fromkeys("least gte toBeGreaterThanOrEqual atLeast".split(), Meaning("order", None, 0, before=">=")),
    **dict.fromkeys("below lt lessThan toBeLessThan".split(), Meaning("order", None, 0, before="<")),
    **dict.fromkeys("most lte toBeLessThanOrEqual atMost".split(), Meaning("order", None, 0, before="<=")),
    "within": Meaning("order", all_expected=True, before="within "),
    **dict.fromkeys("closeTo approximately".split(), Meaning("approximate", None, 0, absolute=1)),
    **dict.fromkeys("toMatchSnapshot toMatchFileSnapshot toMatchImageSnapshot".split(), Meaning("snapshot")),
    "toThrowErrorMatchingSnapshot": Meaning("snapshot", after=" raises"),
    **dict.fromkeys("toMatchInlineSnapshot".split(), Meaning("snapshot", None, 0)),
    "toThrowErrorMatchingInlineSnapshot": Meaning("snapshot", None, 0, after=" raises"),
}
"""Matchers of a chain by name; what is called on a mock is told by its name."""

CALLED = (
    "toHaveBeenCalled",
    "toBeCalled",
    "toHaveBeenLastCalled",
    "toHaveBeenNthCalled",
    "called",
    "callCount",
    "toHaveReturned",
    "neverCalled",
    "notCalled",
    "alwaysCalled",
    "toHaveBeenCalledOnce",
    "toHaveBeenCalledBefore",
)
