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


def test_what_a_script_imports_is_found_under_its_name_by_content(tmp_path: Path) -> None:
    storage = SlimStaticFilesStorage(location=tmp_path, base_url="/static/")
    scripts = {
        "js/a.js": 'import { b } from "./b.js";\nconst c = () => import("./c.js");\n',
        "js/b.js": "export const b = 1;\n",
        "js/c.js": "export const c = 2;\n",
        # Those of others are as they are.
        "lib/a.js": '// import x from "./x.js";\nimport("./y.js");\n',
    }
    for name, text in scripts.items():
        storage.save(name, ContentFile(text.encode()))

    list(storage.post_process({name: (storage, name) for name in scripts}))

    names = {name: storage.hashed_files[name].rpartition("/")[2] for name in scripts}
    told = (tmp_path / "js" / names["js/a.js"]).read_text()
    assert (
        told
        == f'import {{ b }} from "./{names["js/b.js"]}";\nconst c = () => import("./{names["js/c.js"]}");'
    )
    assert (tmp_path / "lib" / names["lib/a.js"]).read_text() == scripts["lib/a.js"]


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
