"""`manage.py extract` on pages, texts and what cannot be read."""

import gzip
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

PAGE = Path(__file__).parents[1] / "pages" / "www.kompas.com" / "2022-first-of-two-pages" / "source.html"
TEXT = "Judul\nKabar.com - 10/11/2020, 14:38 WIB\nRatna Wulandari\nPenulis\nSatu dua tiga empat lima enam.\n"


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("extract", *args, stdout=out)
    return out.getvalue()


def test_a_page_is_shown_with_its_trace_under_the_rule_of_its_own_address() -> None:
    shown = run(str(PAGE))

    assert "title:         Ramai soal Burung Hantu Penjaga Sawah, Ini Kata Petani" in shown
    assert "missing pages: 2" in shown
    assert "  Serba-serbi Burung Hantu  https://www.kompas.com/" in shown
    assert "site rule: kompas.com" in shown


def test_json_holds_every_field(tmp_path: Path) -> None:
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(PAGE.read_bytes()))

    article = json.loads(run("--json", "--url", "https://www.kompas.com/x", str(packed)))

    assert article["published"] == "2022-06-23T20:45:00+07:00"
    assert article["authors"] == ["Dandi Pratama"]
    assert article["quality"]["reasons"] == ["missing_pages"]


def test_a_copied_text_is_read_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))

    assert run("--text", "-") == "Satu dua tiga empat lima enam.\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(None, "cannot be read: No such file", id="no file"),
        pytest.param(b"\x1f\x8bnonsense", "cannot be read", id="damaged"),
        pytest.param(b"<p>Satu.</p>", "No article: no_article", id="no article"),
    ],
)
def test_what_gives_no_article_is_one_sentence(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError, match=sentence):
        run(str(file))
