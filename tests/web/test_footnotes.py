import re

import pytest
from django.test import Client

from reader.models import User
from reader.sanitising import sanitise
from reader.web.footnotes import find_footnotes
from tests.builders import make_saved

TEXT = "<p>Satu<sup>1</sup> dan dua<sup>[2]</sup>, lagi satu<sup>1</sup>.</p>"
NOTES = "<ol><li><p>Sumber pertama. ↩</p></li><li>Sumber kedua.</li></ol>"


@pytest.mark.django_db
def test_signs_lead_to_notes_and_back(client: Client, ann: User) -> None:
    saved = make_saved(ann, content=TEXT + NOTES)
    client.force_login(ann)

    page = client.get(f"/articles/{saved.article_id}/").text

    links = re.findall(
        r'<a data-aside class="footnote(?: footnote--back)?" (?:id="([^"]*)")? ?href="([^"]*)"', page
    )
    assert links == [
        ("sign-1", "#note-1"),
        ("sign-2", "#note-2"),
        ("", "#note-1"),
        ("note-1", "#sign-1"),
        ("note-2", "#sign-2"),
    ]
    prose = re.search('<div class="prose" ?>(.*?)</div>', page, re.DOTALL)
    assert prose
    assert re.sub('<a data-aside class="footnote.*?</a>', "", prose[1]) == TEXT + NOTES


@pytest.mark.parametrize(
    "content",
    [
        TEXT,
        TEXT + "<ol><li>Langkah satu</li></ol>",
        "<p>10 m<sup>2</sup></p><ol><li>Satu</li><li>Dua</li></ol>",
        "<p>a<sup>2</sup> b<sup>1</sup></p>" + NOTES,
        '<p><a href="https://a.example/" rel="noopener noreferrer">a<sup>1</sup> b<sup>2</sup></a></p>'
        + NOTES,
        TEXT + "<ol><li>a<ul><li>b</li></ul></li></ol>",
        "",
    ],
)
def test_where_the_numbers_do_not_agree_there_are_no_footnotes(content: str) -> None:
    assert sanitise(content) == content
    assert find_footnotes(content) == ()
