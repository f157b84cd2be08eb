"""Highlights on the reading page, on the page of all, and as files."""

import csv
import io
import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from reader.listing import doubt_highlights
from reader.models import Article, Highlight, SavedArticle, User
from reader.services import highlighting
from reader.web.csv_files import guard_cell
from reader.web.highlight_files import FORMATS, escape_markdown
from tests.builders import make_article, make_highlight, make_saved, make_tag

pytestmark = pytest.mark.django_db

SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def saved(client: Client, ann: User) -> SavedArticle:
    """An entry of ann's, who is logged in and reads English."""
    ann.language = "en"
    ann.save()
    client.force_login(ann)
    return make_saved(ann)


def get(client: Client, name: str, *arguments: object, **query: object) -> str:
    answer = client.get(reverse(name, args=arguments), {key: str(value) for key, value in query.items()})
    assert answer.status_code == 200
    return b"".join(answer).decode()


def marking(**values: object) -> dict[str, object]:
    return {
        "client_id": str(uuid4()),
        "quote": "seratus pohon",
        "prefix": "Warga menanam ",
        "suffix": " sejak pagi.",
        "start": "15",
        "colour": "blue",
        **values,
    }


# --- on the reading page ---


def test_a_script_marks_a_passage_and_gets_the_list_back(client: Client, saved: SavedArticle) -> None:
    values = marking()
    url = reverse("make-highlight", args=[saved.article_id])

    answers = [client.post(url, values, headers=SCRIPT) for _ in range(2)]

    made = Highlight.objects.get()
    assert (made.quote, made.colour, made.start) == ("seratus pohon", "blue", 15)
    for answer in answers:
        assert f'data-marks="{made.pk}:blue:0" data-made="{values["client_id"]}:{made.pk}"' in answer.text
    page = get(client, "reading", saved.article_id)
    mark = f'<mark class="hl hl--blue" data-mark="{made.pk}" id="mark-{made.pk}">seratus pohon</mark>'
    assert f"Warga menanam {mark} sejak pagi." in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"quote": " … "}, "There is no word in this selection."),
        ({"quote": "a" * 5001}, "This passage is too long to highlight."),
        ({"client_id": "1"}, "This passage cannot be highlighted."),
    ],
)
def test_what_cannot_be_marked_is_told(
    client: Client, saved: SavedArticle, values: dict[str, str], sentence: str
) -> None:
    answer = client.post(
        reverse("make-highlight", args=[saved.article_id]), marking(**values), headers=SCRIPT
    )

    assert answer.status_code == 422
    assert answer.text.startswith(sentence)
    assert not Highlight.objects.exists()


@pytest.mark.parametrize("start", ["-1", "x", "9" * 30, ""])
def test_a_hint_that_makes_no_sense_is_none(client: Client, saved: SavedArticle, start: str) -> None:
    client.post(reverse("make-highlight", args=[saved.article_id]), marking(start=start), headers=SCRIPT)

    assert Highlight.objects.get().start == 15


def test_notes_and_orphans_stand_below_the_text(client: Client, saved: SavedArticle) -> None:
    noted = make_highlight(saved, note="Catatan <b>saya</b>")
    orphan = make_highlight(saved, "kalimat <i>lama</i>\nyang hilang", colour="pink")

    page = get(client, "reading", saved.article_id)

    assert f'<a class="mark-note" href="#highlight-{noted.pk}" aria-label="Your note"></a>' in page
    assert "Catatan &lt;b&gt;saya&lt;/b&gt;" in page
    listed = page.partition("No longer in the text")[2]
    assert f'id="highlight-{orphan.pk}"' in listed
    assert "<p>kalimat &lt;i&gt;lama&lt;/i&gt;</p><p>yang hilang</p>" in listed
    assert f'data-mark="{orphan.pk}"' not in page


def test_a_text_that_has_just_changed_is_marked_where_the_passage_is(
    client: Client, saved: SavedArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, other = make_highlight(saved), make_highlight(saved, "Semua ikut")
    Article.objects.update(content="<p>Baru.</p><p>Warga menanam seratus pohon. Semua ikut.</p>")
    doubt_highlights(saved.article_id)

    page = get(client, "reading", saved.article_id)
    assert f'id="mark-{made.pk}">seratus pohon</mark>. ' in page
    monkeypatch.setattr("reader.web.highlights._SECONDS", -1)
    page = get(client, "reading", saved.article_id)
    assert f'id="mark-{made.pk}"' in page
    assert f'id="highlight-{other.pk}"' in page.partition("No longer in the text")[2]


def test_a_form_changes_deletes_and_undoes_without_a_script(client: Client, saved: SavedArticle) -> None:
    made = make_highlight(saved, colour="yellow")
    own = reverse("highlight", args=[made.pk])

    answer = client.post(own, {"colour": "green", "note": "Penting"}, follow=True)
    assert answer.redirect_chain == [(f"{own}?done=1", 303)]
    assert "Highlight changed." in answer.text
    assert "Highlight changed." not in client.get(own).text
    assert "Penting</textarea>" in answer.text
    answer = client.post(reverse("undo-highlight", args=[made.pk]), follow=True)
    made.refresh_from_db()
    assert (made.colour, made.note) == ("yellow", "")
    answer = client.post(reverse("delete-highlight", args=[made.pk]), follow=True)
    assert "Highlight deleted." in answer.text
    assert "<textarea" not in answer.text
    assert "data-mark=" not in get(client, "reading", saved.article_id)
    client.post(own, {"note": "terlambat"})
    client.post(reverse("undo-highlight", args=[made.pk]))

    made.refresh_from_db()
    assert (made.deleted_at, made.note) == (None, "")


def test_a_second_click_on_the_undo_of_a_deletion_takes_no_note_away(
    client: Client, saved: SavedArticle
) -> None:
    made = make_highlight(saved)
    client.post(reverse("highlight", args=[made.pk]), {"note": "Penting"})
    page = client.post(reverse("delete-highlight", args=[made.pk]), follow=True).text
    assert '<input type="hidden" name="what" value="deletion">' in page

    for _ in range(2):
        client.post(reverse("undo-highlight", args=[made.pk]), {"what": "deletion"})

    made.refresh_from_db()
    assert (made.deleted_at, made.note) == (None, "Penting")
    client.post(reverse("undo-highlight", args=[made.pk]), {"what": "change"})
    made.refresh_from_db()
    assert made.note == ""


def test_a_colour_alone_leaves_the_note(client: Client, saved: SavedArticle) -> None:
    made = make_highlight(saved, note="tetap")

    answer = client.post(reverse("highlight", args=[made.pk]), {"colour": "pink"}, headers=SCRIPT)

    made.refresh_from_db()
    assert (made.colour, made.note) == ("pink", "tetap")
    assert "Highlight changed." in answer.text
    assert reverse("undo-highlight", args=[made.pk]) in answer.text


@pytest.mark.parametrize("name", ["highlight", "delete-highlight", "undo-highlight"])
def test_anothers_highlight_and_one_in_the_trash_are_not_there(
    client: Client, ben: User, saved: SavedArticle, name: str
) -> None:
    others, trashed = make_highlight(make_saved(ben)), make_highlight(saved)
    SavedArticle.objects.filter(pk=saved.pk).update(deleted_at=saved.saved_at)

    for each in (others, trashed):
        assert client.post(reverse(name, args=[each.pk]), {"note": "x"}).status_code == 404
    values = marking()
    for article_id in (others.saved.article_id, saved.article_id):
        url = reverse("make-highlight", args=[article_id])
        assert client.post(url, values, headers=SCRIPT).status_code == 404
    assert Highlight.objects.filter(note="", deleted_at=None).count() == 2


def test_a_page_with_many_highlights_asks_no_more(
    client: Client, saved: SavedArticle, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = reverse("reading", args=[saved.article_id])
    make_highlight(saved)
    client.get(url)
    with django_assert_num_queries(6):
        client.get(url)
    for number in range(120):
        make_highlight(saved, note=f"n{number}")
    with django_assert_num_queries(6):
        page = client.get(url).text

    assert "All highlights of this article" in page
    assert page.count('class="highlight"') == 100


# --- all of them ---


def test_all_highlights_the_newest_first_with_their_source(
    client: Client, ben: User, saved: SavedArticle, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_highlight(make_saved(ben), note="milik ben")
    gone = make_saved(saved.user, deleted_at=saved.saved_at)
    make_highlight(gone, note="di tempat sampah")
    first, second = make_highlight(saved, note="pertama"), make_highlight(saved, "hilang", note="kedua")

    page = get(client, "highlights")

    assert page.index("kedua") < page.index("pertama")
    assert f'href="{reverse("reading", args=[saved.article_id])}#mark-{first.pk}"' in page
    assert f'href="{reverse("reading", args=[saved.article_id])}#highlight-{second.pk}"' in page
    assert "milik ben" not in page
    assert "di tempat sampah" not in page
    for _ in range(20):
        make_highlight(make_saved(saved.user))
    with django_assert_num_queries(5):
        get(client, "highlights")


def test_pages_follow_one_another_without_loss(client: Client, saved: SavedArticle) -> None:
    for number in range(65):
        make_highlight(saved, note=f"catatan-{number}.", made_at=saved.saved_at)

    address, seen = reverse("highlights"), []
    while address:
        page = client.get(address).text
        seen += [number for number in range(65) if f"catatan-{number}." in page]
        address = page.partition('<nav class="pager"')[2].partition('href="')[2].partition('"')[0]

    assert sorted(seen) == list(range(65))
    for before in ("99999999", "x'", "-1"):
        assert "catatan-64." in get(client, "highlights", before=before)


def test_highlights_are_searched_and_narrowed(client: Client, ben: User, saved: SavedArticle) -> None:
    other = make_saved(saved.user, article=make_article(host="www.kompas.com", site_name="Kompas"))
    tag, bens = make_tag(saved.user, "politik", other), make_tag(ben, "politik")
    here = make_highlight(saved, note="Ingat: Réforma!")
    there = make_highlight(other, "Semua ikut", colour="pink")

    def shown(**query: object) -> list[int]:
        page = get(client, "highlights", **query)
        return [each.pk for each in (here, there) if f'data-edit-mark="{each.pk}"' in page]

    assert shown(q="RÉFORMA pohon") == [here.pk]
    assert shown(q="réforma ikut") == []
    assert shown(q="%") == shown(q="_") == [here.pk, there.pk] or shown(q="_") == []
    assert shown(colour="pink") == shown(site="kompas.com") == shown(tag=tag.pk) == [there.pk]
    assert shown(article=saved.article_id) == [here.pk]
    assert shown(tag=bens.pk) == []
    assert shown(colour="hitam", tag="x", article="9" * 40) == [here.pk, there.pk]
    assert "No highlight matches." in get(client, "highlights", q="tidakada")


# --- files ---


@pytest.fixture
def hostile(saved: SavedArticle) -> SavedArticle:
    """An entry whose words would be more than words in a spreadsheet or in Markdown."""
    saved.article.title = "=HYPERLINK(1) [klik](javascript:alert(1)) <script>"
    saved.article.url = saved.article.final_url = "https://berita.example/a)b>c d\n# x"
    saved.article.save()
    make_highlight(saved, note="+1+1\n# bukan judul\n1. bukan daftar", colour="green")
    make_highlight(saved, "@SUM(1)\n- <b>dua</b>")
    return saved


def test_a_spreadsheet_takes_no_cell_for_a_formula(client: Client, hostile: SavedArticle) -> None:
    make_tag(hostile.user, "-tag", hostile)

    text = get(client, "export-highlights", "csv")

    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert [row["Highlight"] for row in rows] == ["seratus pohon", "'@SUM(1)\n- <b>dua</b>"]
    assert [row["In the text"] for row in rows] == ["yes", "no"]
    assert rows[0]["Note"].startswith("'+1+1")
    assert rows[0]["Title"].startswith("'=HYPERLINK")
    assert rows[0]["Tags"] == "'-tag"


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "\n=1", "\xa0@x"])
def test_a_cell_that_a_spreadsheet_would_reckon_with_is_guarded(value: str) -> None:
    assert guard_cell(value) == f"'{value}"
    assert guard_cell(f"a{value}") == f"a{value}"


def test_markdown_shows_just_the_words(client: Client, hostile: SavedArticle) -> None:
    text = get(client, "export-article-highlights", hostile.article_id, "md")

    title = r"\=HYPERLINK(1) \[klik\](javascript:alert(1)) \<script\>"
    assert f"\n## [{title}](<https://berita.example/a)b%3Ec%20d%0A#%20x>)\n" in text
    assert "\n> seratus pohon\n" in text
    assert "\n\\+1+1  \n\\# bukan judul  \n1\\. bukan daftar\n" in text
    assert "\n> @SUM(1)\n>\n> \\- \\<b\\>dua\\</b\\>\n" in text
    assert "no longer in the text" in text
    assert escape_markdown("a\n> b") == "a \\> b"


def test_json_has_all_that_a_highlight_is_found_by(client: Client, hostile: SavedArticle) -> None:
    data = json.loads(get(client, "export-highlights", "json"))

    assert data["format"] == "teduh-highlights"
    first, second = data["highlights"]
    assert (first["quote"], first["prefix"], first["colour"]) == (
        "seratus pohon",
        "\nWarga menanam ",
        "green",
    )
    assert (second["is_in_text"], second["article"]["url"]) == (False, hostile.article.url)


@pytest.mark.parametrize("form", FORMATS)
def test_files_are_one_s_own_and_what_was_asked_for(
    client: Client, ben: User, saved: SavedArticle, form: str
) -> None:
    make_highlight(make_saved(ben), note="milik ben")
    make_highlight(saved, note="satu", colour="pink")
    make_highlight(make_saved(saved.user), note="dua")

    answer = client.get(reverse("export-highlights", args=[form]), {"colour": "pink"})

    text = b"".join(answer).decode()
    assert answer["Content-Disposition"].startswith('attachment; filename="teduh-highlights-')
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    assert "satu" in text
    assert "dua" not in text.replace("teduh", "")
    assert "milik ben" not in text
    assert get(client, "export-highlights", form, q="tidakada").count("satu") == 0


def test_limits_are_told_where_they_stand() -> None:
    assert highlighting.MAX_OF_AN_ARTICLE == 2_000
