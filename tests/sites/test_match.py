import os
import time
from pathlib import Path

import pytest

from reader.sites import find_rule, match, same_site


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The operator's directory, inside another that no host name may reach."""
    directory = tmp_path / "rules"
    directory.mkdir()
    for name in (
        "contoh.id",
        ".contoh.id",
        ".b.contoh.id",
        "a.b.contoh.id",
        "www.lama.id",
        "surat.co.id",
    ):
        (directory / f"{name}.txt").write_text("body: //article", encoding="utf-8")
    (tmp_path / "secret.id.txt").write_text("body: //article", encoding="utf-8")
    return directory


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("contoh.id", "contoh.id"),
        ("www.contoh.id", "contoh.id"),
        ("WWW.Contoh.ID.", "contoh.id"),
        ("berita.contoh.id", ".contoh.id"),
        ("x.y.contoh.id", ".contoh.id"),
        ("a.b.contoh.id", "a.b.contoh.id"),
        ("c.b.contoh.id", ".b.contoh.id"),
        ("b.contoh.id", ".contoh.id"),
        ("lama.id", "www.lama.id"),
        ("www.lama.id", "www.lama.id"),
        ("surat.co.id", "surat.co.id"),
        ("lain.surat.co.id", None),
        ("bukancontoh.id", None),
        ("id", None),
    ],
)
def test_the_most_specific_file_serves_a_host(rules: Path, host: str, name: str | None) -> None:
    rule = find_rule(host, (rules,))
    assert (rule.name if rule else None) == name


@pytest.mark.parametrize(
    "host",
    [
        "",
        ".",
        "..",
        "../secret.id",
        "..%2fsecret.id",
        "/etc/passwd",
        "contoh.id/../contoh.id",
        "a/../../secret.id",
        "..\\secret.id",
        "contoh.id\x00",
        "contoh.id\n",
        "contoh..id",
        ".contoh.id",
        "-contoh.id",
        "contoh.id:80",
        "conto\u0127.id",
        "127.0.0.1",
        "[::1]",
        "global",
        "a." * 200 + "contoh.id",
    ],
)
def test_a_host_that_is_no_name_has_no_rule(rules: Path, host: str) -> None:
    assert find_rule(host, (rules,)) is None


def test_directories_come_in_their_order_before_the_built_in_rules(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, built_in = tmp_path / "own", tmp_path / "built-in"
    for directory in (own, built_in):
        directory.mkdir()
        (directory / "contoh.id.txt").write_text(f"body: //{directory.name}", encoding="utf-8")
    (built_in / "bawaan.id.txt").write_text("body: //main", encoding="utf-8")
    monkeypatch.setattr(match, "BUILT_IN_RULES", built_in)
    assert _body("contoh.id", (own, rules)) == ("//own",)
    assert _body("contoh.id", (rules, own)) == ("//article",)
    assert _body("contoh.id", (tmp_path / "missing",)) == ("//built-in",)
    assert _body("bawaan.id", (own, rules)) == ("//main",)


def test_a_changed_file_is_read_again(rules: Path) -> None:
    assert _body("contoh.id", (rules,)) == ("//article",)
    path = rules / "contoh.id.txt"
    path.write_text("body: //main", encoding="utf-8")
    os.utime(path, ns=(1, time.time_ns() + 10**9))
    assert _body("contoh.id", (rules,)) == ("//main",)


def test_a_second_look_reads_nothing(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = find_rule("contoh.id", (rules,))
    monkeypatch.setattr(match, "parse_rule", None)
    assert find_rule("contoh.id", (rules,)) is first


def test_the_shared_rule_follows_unless_the_rule_says_no(rules: Path) -> None:
    (rules / "global.txt").write_text("body: //main\nstrip: //aside", encoding="utf-8")
    (rules / "sendiri.id.txt").write_text("body: //p\nautodetect_on_failure: no", encoding="utf-8")
    assert _body("contoh.id", (rules,)) == ("//article", "//main")
    assert _body("sendiri.id", (rules,)) == ("//p",)
    assert find_rule("tanpa.id", (rules,)) is None


def test_a_file_that_cannot_be_read_is_passed_over(rules: Path) -> None:
    (rules / "folder.id.txt").mkdir()
    assert find_rule("folder.id", (rules,)) is None


@pytest.mark.parametrize(
    ("host_a", "host_b", "same"),
    [
        ("kompas.com", "www.kompas.com", True),
        ("nasional.kompas.com", "money.kompas.com.", True),
        ("KOMPAS.com", "kompas.com", True),
        ("kompas.com", "kompas.id", False),
        ("kompas.com", "kompas.com.evil.id", False),
        ("notkompas.com", "kompas.com", False),
        ("a.co.id", "b.co.id", False),
        ("x.a.co.id", "y.a.co.id", True),
        ("bps.go.id", "jakarta.go.id", False),
        ("a.com.au", "b.com.au", False),
        ("kebun.blogspot.com", "evil.blogspot.com", False),
        ("kebun.blogspot.com", "blogspot.com", False),
        ("kebun.blogspot.co.id", "evil.blogspot.co.id", False),
        ("kebun.wordpress.com", "kebun.wordpress.com", True),
        ("m.kebun.wordpress.com", "kebun.wordpress.com", True),
        ("kebun.github.io", "evil.github.io", False),
        ("co.id", "co.id", True),
        ("10.0.0.1", "10.1.0.1", False),
        ("127.0.0.1", "127.0.0.1", True),
        ("[::1]", "[::2]", False),
        ("", "", False),
    ],
)
def test_two_hosts_are_one_site_by_their_registrable_domain(host_a: str, host_b: str, same: bool) -> None:
    assert same_site(host_a, host_b) is same
    assert same_site(host_b, host_a) is same


def _body(host: str, directories: tuple[Path, ...]) -> tuple[str, ...]:
    rule = find_rule(host, directories)
    assert rule is not None
    return rule.body


def test_fetched_rules_come_after_the_built_in_ones(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched, built_in = tmp_path / "fetched", tmp_path / "built-in"
    for directory, hosts in ((fetched, ("contoh.id", "bawaan.id", "umum.id")), (built_in, ("bawaan.id",))):
        directory.mkdir()
        for host in hosts:
            (directory / f"{host}.txt").write_text(f"body: //{directory.name}", encoding="utf-8")
    monkeypatch.setattr(match, "BUILT_IN_RULES", built_in)
    found = {
        host: find_rule(host, (rules,), after=(fetched,)) for host in ("contoh.id", "bawaan.id", "umum.id")
    }
    assert {host: rule.body for host, rule in found.items() if rule} == {
        "contoh.id": ("//article",),
        "bawaan.id": ("//built-in",),
        "umum.id": ("//fetched",),
    }
