"""Versions and ranges of other ecosystems, against what their own documentation and test suites say.

Sources of the facts: semver.org 2.0.0 (11); node-semver's README and its fixtures range-include, range-exclude and
comparisons (ISC); the Cargo Book, "Specifying Dependencies"; Maven's POM reference, "Version Order Specification" and
"Dependency Version Requirement Specification", and ComparableVersion's tests (Apache-2.0); the Go Modules Reference;
RubyGems' guide on patterns and the documentation of Gem::Version; calver.org; PEP 440.
"""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platctl.model.version import Range, Version, compatible, highest
from platctl.model.versioning.scheme import Scheme, Versioning
from platctl.model.versioning.schemes import scheme_of

NAMES = ("v1alpha1", "v1beta1", "v1beta2", "v1", "22.04 LTS")


def scheme(name: str) -> Scheme:
    found = scheme_of(Versioning(name), NAMES)
    assert found
    return found


ORDERS = [
    ("semver", "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0"),
    ("npm", "0.0.0-foo 0.0.0 0.0.1 0.9.9 0.10.0 1.2.3-4 1.2.3-5 1.2.3-4-foo 1.2.3-5-Foo 1.2.3-5-foo 1.2.3"),
    ("npm", "1.2.3-a.5 1.2.3-a.10 1.2.3-a.b 1.2.3-a.b.c.5.d.100 1.2.3-r100 1.2.3-r2 v1.2.3 1.10.0 2.0.0"),
    ("npm", "1.0.0-1 1.0.0 5.0.0-canary.3 5.0.0"),
    ("cargo", "0.1.0 0.1.1 0.2.0-rc.1 0.2.0 1.0.0"),
    ("maven", "1-alpha2snapshot 1-alpha2 1-alpha-123 1-beta-2 1-beta123 1-m2 1-m11 1-rc 1-cr2 1-rc123 1-SNAPSHOT 1"),
    ("maven", "1 1-sp 1-sp2 1-sp123 1-abc 1-def 1-pom-1 1-1-snapshot 1-1 1-2 1-123"),
    ("maven", "2.0 2.0.a 2-1 2.0.2 2.0.123 2.1.0 2.1-a 2.1b 2.1-c 2.1-1 2.1.0.1 2.2 2.123"),
    ("maven", "11.a2 11.a11 11.b2 11.b11 11.m2 11.m11 11 11.a 11b 11c 11m"),
    ("maven", "1 1.1"),
    ("maven", "1-snapshot 1 1-sp"),
    ("maven", "1-foo2 1-foo10"),
    ("maven", "1.foo 1-1 1.1"),
    ("maven", "1-sp-1 1-ga-1"),
    ("maven", "2.0.0.M1 2.0.0.RC1 2.0.0.RELEASE 2.0.1"),
    (
        "go",
        "v0.0.0-20191109021931-daa7c04131f5 v0.1.0 v1.0.0-pre v1.0.0 v1.2.0-rc.1 v1.2.0 v1.10.0 v2.0.0+incompatible",
    ),
    ("gem", "1.0.a 1.0.b1 1.0.b2 1.0.rc1 1.0 1.0.1.a 1.0.1 1.9.3 1.10"),
    ("gem", "1.8.2.a9 1.8.2.a10 1.8.2.b 1.8.2"),
    ("gem", "1.0.0-alpha 1.0.0"),
    ("calver", "22.04 22.10 24.04 2024.4.1 2025.01-rc1 2025.01 2026-01-15 2026-04-22.dahlia"),
    ("calver", "2026-01 2026-04 2026-07"),
    ("calver", "20260115 2026-01-16"),
    ("pep440", "1.0.dev456 1.0a1 1.0a2.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0rc1 1.0 1.0.post456 1.1.dev1"),
    ("ordered", "v1alpha1 v1beta1 v1beta2 v1"),
]
SAME = [
    ("npm", "1.2.3 v1.2.3 1.2.3+build.5"),
    ("maven", "1 1.0 1.0.0 1-0 1.0-0 1.ga 1-ga 1.final 1-release 1.0.0-0.0.0 1. 1-"),
    ("maven", "1a1 1-alpha-1"),
    ("maven", "1x 1-x 1.0.0-x 1.0.0x"),
    ("maven", "1.0.0X1 1.0-x1 1-x-1"),
    ("maven", "1cr 1rc"),
    ("maven", "1m3 1Milestone3"),
    ("maven", "1.foo 1-foo"),
    ("maven", "5.3.0.RELEASE 5.3.0 5.3.0.Final"),
    ("gem", "1 1.0 1.0.0"),
    ("gem", "1.0.a 1.a"),
    ("calver", "2026-01-15 20260115 2026.1.15"),
    ("calver", "22.04 2022.4"),
    ("pep440", "1.0 1.0.0"),
]
UNREAD = [
    ("npm", "1.2|1|01.2.3|1.2.3-01|1.2.3.4|latest|1.2.3-|1.2.3+|2026-01-15|9007199254740992.0.0|1.2.x|1.2.3-a..b|"),
    ("cargo", "v1.2.3|1.2|=1.2.3"),
    ("maven", "latest|Finchley.SR1|[1.0]|1.0 2||v1"),
    ("go", "1.2.3|v1.2|v01.2.3|go1.21"),
    ("gem", "v1.0|1..2|1.0.|blue||junk"),
    ("calver", "99.12|2026-13-01|2026-01-32|1.2.3|202601|latest|2026-00|22.04 LTS||3026.1|2026-02rc.x"),
    ("ordered", "v2|V1|"),
    ("pep440", "1.0.0-x.7|blue"),
]


@pytest.mark.parametrize(("name", "versions"), ORDERS)
def test_versions_come_in_the_order_of_their_scheme(name: str, versions: str) -> None:
    found = [Version(each, scheme(name)) for each in versions.split()]
    for (index, one), (at, other) in product(enumerate(found), repeat=2):
        assert (one.is_newer(other), one.is_same(other)) == (index > at, index == at), f"{one} and {other}"
    assert highest(found) == found[-1]


@pytest.mark.parametrize(("name", "versions"), SAME)
def test_versions_that_mean_the_same_are_the_same(name: str, versions: str) -> None:
    for one, other in pairwise(Version(each, scheme(name)) for each in versions.split()):
        assert one.is_same(other), f"{one} and {other}"
        assert other.is_same(one)
        assert one.is_newer(other) is False
        assert hash(one.parsed) == hash(other.parsed)


@pytest.mark.parametrize(("name", "text"), [(name, each) for name, texts in UNREAD for each in texts.split("|")])
def test_what_is_no_version_of_the_scheme_is_unknown(name: str, text: str) -> None:
    assert Version(text, scheme(name)).parsed is None


PRERELEASES = [
    ("npm", "1.0.0-rc.1 2.0.0-0", "1.0.0 1.0.0+build-5"),
    ("maven", "1.0-SNAPSHOT 1.0-alpha-1 1.0.M1 1.0-rc2 1.0.CR1", "1.0 1.0.Final 1.0-sp1 1.0-1 1.0-jre"),
    ("gem", "1.0.a 1.0.0.rc1 1.0-1", "1.0"),
    ("go", "v1.0.0-rc.1", "v1.0.0 v2.0.0+incompatible"),
    ("calver", "2026.1rc1 2026.1-beta.2 2026.1.dev3", "2026.1 2026-04-22.dahlia"),
    ("ordered", "", "v1beta1"),
]


@pytest.mark.parametrize(("name", "those", "others"), PRERELEASES)
def test_a_pre_release_is_what_the_scheme_takes_for_one(name: str, those: str, others: str) -> None:
    assert [each for each in those.split() if not Version(each, scheme(name)).is_prerelease] == []
    assert [each for each in others.split() if Version(each, scheme(name)).is_prerelease] == []


RANGES = [
    # node-semver: README, "Ranges" and "Advanced Range Syntax"; fixtures range-include and range-exclude.
    ("npm", "1.0.0 - 2.0.0", "1.2.3 1.0.0 2.0.0", "2.2.3 0.9.9 2.0.1"),
    ("npm", "1.2 - 2.3.4", "1.2.0 2.3.4", "1.1.9 2.3.5"),
    ("npm", "1.2.3 - 2.3", "1.2.3 2.3.9", "2.4.0 2.4.0-alpha"),
    ("npm", "1.2.3 - 2", "2.9.9", "3.0.0"),
    ("npm", "1.2.3-pre+asdf - 2.4.3-pre+asdf", "1.2.3 1.2.3-pre.2 2.4.3-alpha", "2.4.3 1.2.3-alpha"),
    ("npm", "", "1.0.0 0.0.0", "1.0.0-rc.1"),
    ("npm", "*", "1.2.3", "1.2.3-foo"),
    ("npm", "x", "1.2.3", ""),
    ("npm", "||", "1.3.4", ""),
    ("npm", "1.2.3", "1.2.3 1.2.3+build", "1.2.4 1.2.2 1.2.3-beta"),
    ("npm", "=1.2.3", "1.2.3", "1.2.4"),
    ("npm", "v1.2.3", "1.2.3", "1.2.4"),
    ("npm", "1", "1.0.0 1.9.9", "2.0.0 2.0.0-0 0.9.0"),
    ("npm", "1.2", "1.2.0 1.2.9", "1.3.0"),
    ("npm", "1.x", "1.0.0 1.9.9", "2.0.0"),
    ("npm", "1.2.X || 2.X", "1.2.3 2.1.3", "1.1.3 3.1.3"),
    ("npm", "2.*.*", "2.1.3", "1.1.3 3.1.3"),
    ("npm", ">1.2", "1.3.0", "1.2.8 1.2.0"),
    ("npm", ">1", "2.0.0", "1.9.9"),
    ("npm", "<=1.2", "1.2.9 0.1.0", "1.3.0"),
    ("npm", "<1.2", "1.1.1", "1.2.0 1.2.0-beta"),
    ("npm", "< 1", "0.9.9", "1.0.0 1.0.0-beta"),
    ("npm", ">=1.0.0", "1.0.0 2.0.0", "0.9.9 1.1.0-beta"),
    ("npm", ">= 1.0.0", "1.0.1", "0.1.0"),
    ("npm", "0.1.20 || 1.2.4", "1.2.4 0.1.20", "1.2.3"),
    ("npm", ">=0.2.3 || <0.0.1", "0.0.0 0.2.3 0.2.4", "0.0.3 0.2.2"),
    ("npm", ">=1.2 <2", "1.2.0 1.9.9", "2.0.0 1.1.9"),
    ("npm", ">=1.2, <2", "1.2.0 1.9.9", "2.0.0 1.1.9"),
    ("npm", "1.2.3 >=1.2.1", "1.2.3", "1.2.4"),
    ("npm", "~2.4", "2.4.0 2.4.5", "2.5.0 2.3.9"),
    ("npm", "~>3.2.1", "3.2.2", "3.3.2 3.2.0"),
    ("npm", "~1", "1.2.3", "2.2.3"),
    ("npm", "~ 1.0", "1.0.2", "1.1.0"),
    ("npm", "~1.2.3-beta.2", "1.2.3-beta.4 1.2.9", "1.2.4-beta.2 1.2.3-beta.1"),
    ("npm", "^1.2.3", "1.2.3 1.8.1", "2.0.0 2.0.0-alpha 1.2.2 1.3.0-alpha"),
    ("npm", "^0.1.2", "0.1.2", "0.2.0 0.1.1"),
    ("npm", "^0.0.3", "0.0.3", "0.0.4 0.0.2"),
    ("npm", "^0.0", "0.0.9", "0.1.0"),
    ("npm", "^0.x", "0.9.9", "1.0.0"),
    ("npm", "^0", "0.9.9", "1.0.0"),
    ("npm", "^1.2 ^1", "1.4.2", "2.0.0"),
    ("npm", "^1.2.x", "1.2.0 1.9.0", "2.0.0"),
    ("npm", "^1.2.3-alpha", "1.2.3-pre 1.2.4", "1.2.4-pre 1.2.3-a"),
    ("npm", "^0.0.1-alpha", "0.0.1-beta 0.0.1", "0.0.2"),
    ("npm", "^1 || ^3", "1.5.0 3.1.0", "2.0.0 4.0.0"),
    ("npm", "<2.0.0-0", "1.9.9", "2.0.0 2.0.0-alpha"),
    ("npm", ">=1.0.0-rc.1 <2", "1.0.0-rc.1 1.5.0", "1.1.0-rc.1"),
    # The Cargo Book.
    ("cargo", "1.2.3", "1.2.3 1.9.0", "2.0.0 1.2.2"),
    ("cargo", "1.2", "1.2.0 1.9.0", "2.0.0"),
    ("cargo", "1", "1.0.0", "2.0.0"),
    ("cargo", "0.2.3", "0.2.3 0.2.9", "0.3.0"),
    ("cargo", "0.0.3", "0.0.3", "0.0.4"),
    ("cargo", "0.0", "0.0.9", "0.1.0"),
    ("cargo", "0", "0.9.0", "1.0.0"),
    ("cargo", "~1.2.3", "1.2.3", "1.3.0"),
    ("cargo", "~1", "1.9.0", "2.0.0"),
    ("cargo", "*", "9.0.0", "9.0.0-rc.1"),
    ("cargo", "1.*", "1.9.0", "2.0.0"),
    ("cargo", "1.2.*", "1.2.0", "1.3.0"),
    ("cargo", "= 1.2.3", "1.2.3", "1.2.4"),
    ("cargo", ">= 1.2, < 1.5", "1.4.9", "1.5.0"),
    ("cargo", "1.0.0-alpha", "1.0.0-beta 1.0.0 1.1.0", "1.1.0-alpha 0.9.0"),
    # Maven's POM reference.
    ("maven", "1.0", "1.0 2.0 1.0-sp", "0.9 1.0-SNAPSHOT"),
    ("maven", "[1.0]", "1.0 1", "1.1"),
    ("maven", "(,1.0]", "1.0 0.1", "1.1"),
    ("maven", "[1.2,1.3]", "1.2 1.3", "1.4"),
    ("maven", "[1.0,2.0)", "1.0 1.9 2.0-SNAPSHOT", "2.0 0.9"),
    ("maven", "[1.5,)", "1.5 9", "1.4"),
    ("maven", "(,1.0],[1.2,)", "0.9 1.0 1.2 3", "1.1"),
    ("maven", "(,1.1),(1.1,)", "1.0 1.2", "1.1"),
    ("maven", ">=1.2,<2", "1.5", "2"),
    # The Go Modules Reference.
    ("go", "v1.2.3", "v1.2.3 v1.9.0 v1.3.0-rc.1 v2.0.0+incompatible", "v1.2.2 v2.0.0 v0.9.0"),
    ("go", "v0.5.0", "v0.6.0 v1.0.0", "v0.4.0 v2.0.0"),
    ("go", "v2.1.0", "v2.3.0", "v3.0.0 v1.9.0 v2.0.9"),
    ("go", "v1.2", "v1.2.9", "v1.3.0"),
    ("go", "v1", "v1.9.9", "v2.0.0"),
    ("go", "<v1.2.3", "v1.2.2", "v1.2.3"),
    ("go", ">=v1.2.3, <v1.5.0", "v1.4.0", "v1.5.0"),
    # RubyGems' guide: patterns.
    ("gem", "~> 2.2", "2.2 2.9", "3.0 3.0.a 2.3.a 2.1"),
    ("gem", "~> 2.2.0", "2.2.0 2.2.9", "2.3.0"),
    ("gem", "~> 1", "1.0 1.9", "2.0"),
    ("gem", "~> 1.2.a", "1.2.b 1.9", "2.0.a"),
    ("gem", ">= 2.2.0, < 3.0", "2.2 2.9", "3.0"),
    ("gem", "1.4", "1.4 1.4.0", "1.4.1"),
    ("gem", "!= 1.4", "1.5", "1.4"),
    ("gem", "> 1.5.a", "1.5.b 1.5", "1.5.a"),
    # CalVer, and versions that are dates.
    ("calver", "2026-04", "2026-04", "2026-01 2026-07"),
    ("calver", ">=2026-04", "2026-04 2026-07", "2026-01"),
    ("calver", ">2026-04", "2026-07", "2026-04"),
    ("calver", "<2026-04", "2026-01", "2026-04"),
    ("calver", "2026.*", "2026.1 2026-12-31", "2027.1 2025.12"),
    ("calver", ">=22.04,<24.04", "22.10", "24.04"),
    ("calver", "2026-01-15 || 2026-04-22.dahlia", "2026-01-15 2026-04-22.dahlia", "2026-04-23"),
    # Names.
    ("ordered", "v1", "v1", "v1beta1"),
    ("ordered", ">=v1beta1,<v1", "v1beta1 v1beta2", "v1 v1alpha1"),
    ("ordered", ">=v1beta1 <v1", "v1beta1 v1beta2", "v1 v1alpha1"),
    ("ordered", "v1alpha1 || v1", "v1alpha1 v1", "v1beta1"),
    ("ordered", "!=v1", "v1beta1", "v1"),
    ("ordered", "v0", "", "v1"),
    # PEP 440.
    ("pep440", "1.2.3", "1.2.3", "1.2.4"),
    ("pep440", "~=2.2", "2.2 2.9", "3.0 2.1"),
]


@pytest.mark.parametrize(("name", "text", "those", "others"), RANGES)
def test_a_range_admits_what_its_scheme_says(name: str, text: str, those: str, others: str) -> None:
    range_ = Range(text, scheme(name))
    assert range_.parsed is not None
    assert [each for each in those.split() if range_.admits(Version(each, scheme(name))) is not True] == []
    assert [each for each in others.split() if range_.admits(Version(each, scheme(name))) is not False] == []


UNCLEAR = [
    ("2026-04", "2026-04-15"),
    ("!=2026-04", "2026-04-15"),
    (">2026-04", "2026-04-15"),
    ("<=2026-04", "2026-04-15"),
    ("2026-04-22", "2026-04-22.dahlia"),
    ("22.04", "22.04.1"),
    (">2026-04,<2027", "2026-04-15"),
]


@pytest.mark.parametrize(("text", "version"), UNCLEAR)
def test_whether_a_date_means_all_that_begins_with_it_is_unknown(text: str, version: str) -> None:
    assert Range(text, scheme("calver")).admits(Version(version, scheme("calver"))) is None


@pytest.mark.parametrize(
    ("text", "is_met"), [(">=2026-04", True), ("<2026-04", False), ("2026-03", False), ("2026-04-15", True)]
)
def test_where_it_makes_no_difference_it_is_known(text: str, is_met: bool) -> None:
    assert Range(text, scheme("calver")).admits(Version("2026-04-15", scheme("calver"))) is is_met


NO_RANGES = [
    ("npm", "blerg;git+https://user@github.com/foo;1.2.3.4;1.2.y;=>1.0;>01.02.03;~1.2.3beta;1.2-beta;>=1.2<2;next;^"),
    ("npm", "1.2.3 -2;[1.0,2.0);~=1.2;>=9007199254740991;1,,2;^9007199254740991"),
    ("cargo", "1.2 3;^1 || ^2;v1;1.0, ;1.2.3 - 2;;>=*;1.2.3-"),
    ("maven", "(1.0);[1.0);(1.0];(1.0,1.0];[1.0,1.0);[1.1,1.0];[1.0,1.2),1.3;[1.0,1.2),(1.1,1.3];[1.1,1.3),(1.0,1.2]"),
    ("maven", "(1.1,1.2],[1.0,1.1);[1.0;1.0];[1,2),;[,];^1.2;1.x;1.+;;[1.0,2.0,3.0]"),
    ("go", "1.2.3;^v1;~v1;;v1.x;>=1.2"),
    ("gem", "^1;1.x;;~> blue;>= 1.0 ||;1.0 2.0"),
    ("calver", "2026-13;^2026;~2026.1;;>=2026.*;blue"),
    ("ordered", "^v1;~v1;;>=;,"),
    ("pep440", "^1;1.x;>=1 <2"),
]


@pytest.mark.parametrize(("name", "text"), [(name, each) for name, texts in NO_RANGES for each in texts.split(";")])
def test_what_is_no_range_of_the_scheme_is_unknown(name: str, text: str) -> None:
    known = {"ordered": NAMES[0], "calver": "2026.1", "go": "v1.2.3", "maven": "1.2.3", "gem": "1.2.3"}
    range_ = Range(text, scheme(name))
    parsed = range_.parsed
    assert parsed is None
    assert range_.admits(Version(known.get(name, "1.2.3"), scheme(name))) is None


@pytest.mark.parametrize("text", [">=v0", "<v0", ">=v1,<v0"])
def test_a_name_that_is_not_listed_has_no_place_in_the_order(text: str) -> None:
    range_ = Range(text, scheme("ordered"))
    assert (range_.is_complete, range_.admits(Version("v1", scheme("ordered")))) == (False, None)
    assert Range("v0", scheme("ordered")).is_complete
    assert Range("!=v0", scheme("ordered")).admits(Version("v1", scheme("ordered")))


LINES = [
    ("npm", "1.2.3", "1.9.0", True),
    ("npm", "1.2.3", "2.0.0", False),
    ("npm", "0.2.3", "0.3.0", False),
    ("maven", "1.2", "1.9.Final", True),
    ("maven", "1.2", "2.0", False),
    ("go", "v0.1.0", "v0.2.0", False),
    ("gem", "1.2", "1.3", True),
    ("calver", "2026-01", "2026-04", False),
    ("ordered", "v1beta1", "v1", False),
    ("npm", "1.2.3", "blue", None),
]


@pytest.mark.parametrize(("name", "old", "new", "keeps"), LINES)
def test_a_line_of_compatible_versions_is_that_of_the_scheme(name: str, old: str, new: str, keeps: bool | None) -> None:
    assert compatible(Version(old, scheme(name)), Version(new, scheme(name))) is keeps


BOUNDED = [
    ("npm", "^1.2", True),
    ("npm", ">=1.2", False),
    ("npm", "^1 || >=3", False),
    ("npm", "*", False),
    ("cargo", "1.2", True),
    ("maven", "1.0", False),
    ("maven", "[1.0,2.0)", True),
    ("maven", "[1.0,)", False),
    ("go", "v1.2.3", False),
    ("gem", "~> 1.2", True),
    ("gem", "!= 1.2", False),
    ("calver", "2026.*", True),
    ("ordered", ">=v1beta1", False),
    ("npm", "latest", True),
    ("npm", "blue", False),
]


@pytest.mark.parametrize(("name", "text", "is_bounded"), BOUNDED)
def test_a_range_has_an_upper_bound_or_not(name: str, text: str, is_bounded: bool) -> None:
    assert Range(text, scheme(name)).is_bounded is is_bounded


@pytest.mark.parametrize("name", list(Versioning))
def test_latest_follows_the_newest_version_in_every_scheme(name: Versioning) -> None:
    assert Range("latest", scheme(name)).follows
    assert not Range("1.0", scheme(name)).follows


def test_a_name_that_is_listed_as_latest_is_that_name() -> None:
    listed = scheme_of(Versioning.ORDERED, ["stable", "latest"])
    assert not Range("latest", listed).follows
    assert Range("latest", listed).admits(Version("stable", listed)) is False


def test_a_range_means_what_the_scheme_of_the_version_says() -> None:
    meant = {name: Range("1.2.3").admits(Version("1.2.4", scheme(name))) for name in ("npm", "cargo", "maven", "gem")}
    assert meant == {"npm": False, "cargo": True, "maven": True, "gem": False}
    assert Range("1.2.3").admits(Version("1.2.4")) is None


def test_names_of_two_lists_are_compared_by_the_one_that_has_both() -> None:
    was, now = (scheme_of(Versioning.ORDERED, names) for names in (["v1beta1", "v1"], ["v1", "v2"]))
    assert Version("v1", now).is_newer(Version("v1beta1", was))
    assert Version("v2", now).is_above(Version("v1", was))
    assert Version("v2", now).is_newer(Version("v1beta1", was)) is None
    assert Range(">=v1", was).parsed == Range(">=v1", now).parsed


NUMBER = st.integers(0, 12)
WORD = st.sampled_from(["", "-alpha", "-alpha.1", "-rc.2", "-rc.11", "-SNAPSHOT", "-1", ".Final", ".a", ".5", "+b"])
TEXT = st.builds("{}.{}.{}{}".format, NUMBER, NUMBER, NUMBER, WORD)
ANY = st.one_of(
    TEXT,
    TEXT.map("v{}".format),
    st.builds("{}-{:02}-{:02}{}".format, st.integers(2020, 2030), st.integers(1, 12), st.integers(1, 28), WORD),
    st.sampled_from(NAMES),
    st.text("0123456789.-+abrcvxX ", max_size=12),
)
SCHEMES = st.sampled_from(list(Versioning))


@given(SCHEMES, st.lists(ANY, min_size=3, max_size=3))
def test_every_order_is_total(name: Versioning, texts: list[str]) -> None:
    versions = [Version(each, scheme(name)) for each in texts]
    one, two, three = (each.parsed for each in versions)
    if one is None or two is None or three is None:
        return
    assert [one < two, one == two, one > two].count(True) == 1
    assert (one < two) == (two > one)
    if one <= two and two <= three:
        assert one <= three
    if one == two:
        assert hash(one) == hash(two)


@given(SCHEMES, ANY, ANY, ANY)
def test_a_range_admits_the_releases_between_its_bounds(name: Versioning, low: str, high: str, text: str) -> None:
    start, end, version = (Version(each, scheme(name)) for each in (low, high, text))
    if any(each.parsed is None or each.is_prerelease or "+" in each.text for each in (start, end, version)):
        return
    if name in (Versioning.PEP440, Versioning.CALVER) or " " in low + high:
        return
    found = Range(f">={low},<{high}", scheme(name)).admits(version)
    assert found is (start.parsed <= version.parsed < end.parsed)


@given(SCHEMES, ANY)
def test_a_version_admits_itself(name: Versioning, text: str) -> None:
    version, range_ = Version(text, scheme(name)), Range(text, scheme(name))
    if version.parsed is not None and range_.parsed is not None:
        assert range_.admits(version) is True


@given(SCHEMES, st.text(max_size=30), ANY)
def test_no_text_fails(name: Versioning, text: str, version: str) -> None:
    Range(text, scheme(name)).admits(Version(version, scheme(name)))
    Range(f">={text}", scheme(name)).bars_as_prerelease(Version(text, scheme(name)))


@pytest.mark.parametrize("name", list(Versioning))
@pytest.mark.parametrize(
    "text", ["1" * 200, "1." * 100, "1-" * 100, "-" * 200, "[" * 200, "~" * 200, "a" * 200, "|" * 200]
)
def test_long_texts_take_no_time(name: Versioning, text: str) -> None:
    Range(text, scheme(name)).admits(Version(text, scheme(name)))
    assert Version(text + "1", scheme(name)).parsed is None
    assert Range(text + "1", scheme(name)).parsed is None
