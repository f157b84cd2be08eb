"""What a first visit to the page of an article costs on a slow line, beside pictures and faces."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reader.models import Article, ArticlePicture, SavedArticle, User
from reader.static_files import slim_css, slim_js
from tests.builders import make_article, make_highlight, make_picture, make_saved

pytestmark = pytest.mark.django_db

CORPUS = Path(__file__).resolve().parents[1] / "pages"
PICTURE = "https://gambar.example/utama.jpg"
FIGURE = f'<figure><figcaption><a href="{PICTURE}">Warga menanam</a></figcaption></figure>'
# As it goes over https and over plain http. Each document has up to a hundred bytes by chance: see BREACH.
COMPRESS = {"br": brotli.compress, "gzip": gzip.compress}
WITH_DATA_SAVED = {"br": 14_400, "gzip": 16_200}
WITH_AN_ARRIVAL = {"br": 17_750, "gzip": 19_950}
WITH_A_LOOK = {"br": 15_600, "gzip": 17_600}
EVER = 45_000
SAVING = {"Save-Data": "on"}


def make_text(words: int) -> str:
    """Return paragraphs of the corpus, each once: text that repeats itself would weigh too little."""
    texts = (path.read_text() for path in sorted(CORPUS.glob("*/*/expected.html")))
    paragraphs = [each for text in texts for each in re.findall(r"<p>[^<]{80,}</p>", text)]
    once = list(dict.fromkeys(paragraphs))
    total, chosen = 0, []
    for paragraph in once:
        total += len(paragraph.split())
        chosen.append(paragraph)
        if total >= words:
            return "".join(chosen)
    raise AssertionError(f"the corpus has {total} words only")


def make_long(words: int = 700) -> Article:
    article = make_article(
        content=FIGURE + make_text(words), word_count=words, lead_image_url=PICTURE, language="id"
    )
    make_picture(article, PICTURE)
    return article


def read_slim(name: str) -> str:
    path = finders.find(name)
    assert path, name
    return (slim_css if name.endswith(".css") else slim_js)(Path(path).read_text())


def find_files(page: str) -> list[str]:
    """Return the style sheets and scripts that the page cannot be without, with what they import at once."""
    text = re.sub(r"<noscript>.*?</noscript>", "", page)
    tags = "".join(re.findall(r'<(?:script|link rel="stylesheet")[^>]*>', text))
    names = re.findall(r'(?:src|href)="/static/([^"]+)"', tags)
    for name in names:
        folder = name.rpartition("/")[0]
        found = re.findall(r'from "\./(\w+\.js)";|@import url\("(\w+\.css)"\)', read_slim(name))
        names += [each for pair in found for each in (f"{folder}/{''.join(pair)}",) if each not in names]
    return names


def weigh(client: Client, saved: SavedArticle, encoding: str = "br", **headers: str) -> dict[str, int]:
    """Return what the document, each style sheet and each script weigh as they are sent."""
    client.force_login(saved.user)
    address = reverse("reading", args=[saved.article_id])
    page = client.get(address, headers={"Accept-Encoding": encoding, **headers})
    assert page.headers["Content-Encoding"] == encoding
    files = find_files(client.get(address, headers=headers).text)
    weights = {name: len(COMPRESS[encoding](read_slim(name).encode())) for name in files}
    return {"document": len(page.content), **weights}


@pytest.mark.parametrize("encoding", COMPRESS)
def test_with_data_saved_an_article_of_700_words_weighs_far_less_than_20_kb(
    client: Client, ann: User, encoding: str
) -> None:
    weights = weigh(client, make_saved(ann, article=make_long()), encoding, **SAVING)

    assert "css/reading.css" in weights
    assert "js/reading.js" in weights
    assert sum(weights.values()) < WITH_DATA_SAVED[encoding], weights


@pytest.mark.parametrize("encoding", COMPRESS)
def test_an_article_that_is_awaited_brings_little_more(client: Client, ann: User, encoding: str) -> None:
    awaited = make_saved(ann, article=make_article(state=Article.State.QUEUED, content="", text=""))
    client.force_login(ann)
    before = weigh(client, awaited, encoding, **SAVING)
    page = client.get(reverse("reading", args=[awaited.article_id])).text

    assert "htmx" not in page
    assert sum(before.values()) < WITH_DATA_SAVED[encoding]
    # What comes later is the document alone.
    after = weigh(client, make_saved(ann, article=make_long()), encoding, **SAVING)
    assert sum(before.values()) + after["document"] < WITH_AN_ARRIVAL[encoding], before


@pytest.mark.parametrize("encoding", COMPRESS)
def test_another_look_brings_its_styles_and_no_other_page_has_them(
    client: Client, ann: User, encoding: str
) -> None:
    saved = make_saved(ann, article=make_long())
    assert "css/chosen.css" not in weigh(client, saved)

    User.objects.update(theme=User.Theme.SEPIA)

    weights = weigh(client, saved, encoding, **SAVING)
    assert "css/chosen.css" in weights
    assert sum(weights.values()) < WITH_A_LOOK[encoding], weights


def test_where_data_is_saved_nothing_comes_that_is_not_read(client: Client, ann: User) -> None:
    saved = make_saved(ann, article=make_long())
    client.force_login(ann)
    address = reverse("reading", args=[saved.article_id])

    thrifty, usual = client.get(address, headers=SAVING).text, client.get(address).text

    assert 'data-device="asked"' in thrifty
    assert 'rel="manifest"' not in thrifty
    assert 'data-device="last"' in usual
    assert 'rel="manifest"' in usual
    assert 'rel="manifest"' in client.get("/", headers=SAVING).text


def highlight(saved: SavedArticle) -> None:
    make_highlight(saved, "Warga")


def await_picture(saved: SavedArticle) -> None:
    saved.article.pictures.update(state=ArticlePicture.State.WAITING, asset=None, due_at=timezone.now())


def choose_face(saved: SavedArticle) -> None:
    User.objects.update(face=User.Face.BOOK)


@pytest.mark.parametrize("change", [highlight, await_picture, choose_face])
def test_any_page_of_an_article_of_1300_words_weighs_at_most_45_kb(
    client: Client, ann: User, change: Callable[[SavedArticle], None]
) -> None:
    saved = make_saved(ann, article=make_long(1300))
    change(saved)

    weights = weigh(client, saved)

    assert sum(weights.values()) <= EVER, weights


def test_styles_of_highlights_come_with_the_first(client: Client, ann: User) -> None:
    saved = make_saved(ann, article=make_long())
    assert "css/marks.css" not in weigh(client, saved)

    highlight(saved)

    assert "css/marks.css" in weigh(client, saved)
