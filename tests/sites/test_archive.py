"""A collection of rules in an archive: read, or refused whole."""

import gzip
import io
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.sites import archive
from reader.sites.archive import ArchiveRefused, read_archive

RULES = {f"kabar{number}.example.txt": b"body: //article" for number in range(25)}


def pack(files: dict[str, bytes], *, folder: str = "rules-abc123/") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(folder + name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return out.getvalue()


def pack_zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.mkdir("rules-abc123")
        for name, content in files.items():
            packed.writestr(f"rules-abc123/{name}", content)
    return out.getvalue()


@pytest.mark.parametrize("make", [pack, pack_zip])
def test_rule_files_are_read_by_their_names_and_others_passed_over(make: object) -> None:
    more = {
        ".sub.example.txt": b"body: //main",
        "global.txt": b"strip: //aside",
        "README.txt": b"x",
        "LICENSE.txt": b"x",
        "robots.txt": b"x",
        "tools/deep.example.txt": b"body: //p",
        "merge.php": b"<?php",
    }

    files = read_archive(make(RULES | more))  # type: ignore[operator]

    assert set(files) == {*RULES, ".sub.example.txt", "global.txt"}
    assert files["global.txt"] == b"strip: //aside"


def test_files_without_a_folder_around_them_are_read_too() -> None:
    assert set(read_archive(pack(RULES, folder="./"))) == set(RULES)


def special(kind: bytes, name: str = "rules/x.example.txt", target: str = "/etc/passwd") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.type = kind
        member.linkname = target
        tar.addfile(member)
    return out.getvalue()


def zip_link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        entry = zipfile.ZipInfo("rules/x.example.txt")
        entry.external_attr = 0o120777 << 16
        packed.writestr(entry, "/etc/passwd")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "damaged", id="nothing"),
        pytest.param(b"<html>Not found", "damaged", id="a page"),
        pytest.param(pack(RULES)[:200], "damaged", id="cut off"),
        pytest.param(b"PK\x03\x04nonsense", "damaged", id="no zip"),
        pytest.param(gzip.compress(b"nonsense" * 200), "damaged|0 rules", id="no tar"),
        pytest.param(pack({}), "0 rules", id="empty"),
        pytest.param(pack(dict(list(RULES.items())[:5])), "5 rules, fewer than 20", id="too few"),
        pytest.param(pack(dict.fromkeys(RULES, b"no rule")), "0 rules", id="no rules in the files"),
        pytest.param(pack({"../../evil.example.txt": b"x"}), "leads out", id="dots"),
        pytest.param(pack({"/etc/evil.example.txt": b"x"}, folder=""), "leads out", id="absolute"),
        pytest.param(pack({"..\\evil.example.txt": b"x"}), "leads out", id="backslash"),
        pytest.param(pack_zip({"../../evil.example.txt": b"x"}), "leads out", id="dots in zip"),
        pytest.param(special(tarfile.SYMTYPE), "neither a file", id="symbolic link"),
        pytest.param(special(tarfile.LNKTYPE), "neither a file", id="hard link"),
        pytest.param(special(tarfile.CHRTYPE), "neither a file", id="device"),
        pytest.param(special(tarfile.FIFOTYPE), "neither a file", id="pipe"),
        pytest.param(zip_link(), "neither a file", id="link in zip"),
        pytest.param(pack({"big.example.txt": b"#" * 600_000}), "larger than 500000", id="a huge rule"),
        pytest.param(pack_zip({"big.example.txt": b"#" * 600_000}), "larger than 500000", id="huge in zip"),
    ],
)
def test_what_is_no_collection_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ArchiveRefused, match=reason):
        read_archive(data)


@pytest.mark.parametrize("make", [pack, pack_zip])
def test_a_bomb_ends_at_its_limit(monkeypatch: pytest.MonkeyPatch, make: object) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED_BYTES", 100_000)

    with pytest.raises(ArchiveRefused, match="more than 100000 bytes unpacked"):
        read_archive(make(RULES | {"bomb.bin": bytes(2_000_000)}))  # type: ignore[operator]


def test_too_many_entries_or_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 10)
    with pytest.raises(ArchiveRefused, match="more than 10 entries"):
        read_archive(pack(RULES))
    monkeypatch.setattr(archive, "MAX_ARCHIVE_BYTES", 50)
    with pytest.raises(ArchiveRefused, match="larger than 50 bytes"):
        read_archive(pack(RULES))


@given(st.binary(max_size=300), st.integers(0, 600), st.booleans())
def test_any_damage_is_a_refusal_or_a_collection(noise: bytes, at: int, is_zip: bool) -> None:
    data = (pack_zip if is_zip else pack)(RULES)
    try:
        read_archive(data[:at] + noise + data[at + len(noise) :])
    except ArchiveRefused:
        return
