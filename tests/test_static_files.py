"""Slim static files do what the long ones do."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from reader.static_files import SlimStaticFilesStorage, slim_css

STATIC = Path(__file__).resolve().parents[1] / "static"


def test_our_own_are_kept_slim_and_others_as_they_are(tmp_path: Path) -> None:
    storage = SlimStaticFilesStorage(location=tmp_path, base_url="/static/")
    for name in ("js/a.js", "admin/js/a.js"):
        storage.save(name, ContentFile(b"// One\nif (a) {\n  b(); // two\n}\n"))

    assert (tmp_path / "js/a.js").read_text() == "if (a) {\nb(); // two\n}"
    assert (tmp_path / "admin/js/a.js").read_text().startswith("// One\n")


@pytest.mark.parametrize("path", sorted(STATIC.glob("js/*.js")), ids=lambda path: path.name)
def test_no_text_of_our_scripts_goes_over_several_lines(path: Path) -> None:
    text = path.read_text()
    assert all(line.count("`") % 2 == 0 for line in text.splitlines())
    assert "/*" not in text


@pytest.mark.parametrize("path", sorted(STATIC.glob("css/*.css")), ids=lambda path: path.name)
def test_no_text_of_our_style_sheets_has_signs_of_css(path: Path) -> None:
    slim = slim_css(path.read_text())
    assert slim.count("{") == slim.count("}") == path.read_text().count("{")
    assert not [text for text in slim.split('"')[1::2] if set(text) & set("{};")]
