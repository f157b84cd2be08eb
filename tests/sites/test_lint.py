from pathlib import Path

from reader.sites import check_rule_files
from reader.sites.match import BUILT_IN_RULES


def test_the_built_in_rules_give_no_cause_for_complaint() -> None:
    assert [str(complaint) for complaint in check_rule_files(BUILT_IN_RULES)] == []


def test_every_complaint_names_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.id.txt").write_text("body: //[\n\ncolour: blue", encoding="utf-8")
    (tmp_path / ".b.id.txt").write_bytes(b"title: //h1[.='\xff']")
    (tmp_path / "Salah Nama.txt").write_text("body: //p", encoding="utf-8")
    (tmp_path / "folder.id.txt").mkdir()
    (tmp_path / "LICENSE.txt").write_text("Public domain.", encoding="utf-8")
    (tmp_path / "notes.md").write_text("Not a rule.", encoding="utf-8")
    found = [(complaint.name, complaint.line) for complaint in check_rule_files(tmp_path)]
    assert found == [(".b.id", 0), ("Salah Nama", 0), ("a.id", 1), ("a.id", 3), ("folder.id", 0)]
