"""Who could be the article, and who is chosen."""

import pytest

from reader.extraction.candidates import Candidate, _with_between, find_candidates
from reader.extraction.choose import _choose_best, choose_content
from reader.extraction.full_text import FullText
from reader.extraction.parse import parse
from reader.extraction.tree import text_of
from reader.sites import SiteRule

SENTENCE = "Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh. " * 3
TEXT = f"<p>{SENTENCE}</p>" * 4
OTHER = "<p>Kabar lain yang panjangnya juga lebih dari empat puluh huruf.</p>"


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("itemprop", f"<div itemprop=articleBody>{TEXT}</div>"),
        ("class", f"<div class='x entry-content'>{TEXT}</div>"),
        ("article", f"<article>{TEXT}</article><article>{OTHER}</article>"),
        ("main", f"<div role=main>{TEXT}</div>"),
    ],
)
def test_what_the_page_names_is_a_candidate(name: str, page: str) -> None:
    found = {each.name: each for each in find_candidates(parse(f"<body>{page}{OTHER}</body>"))}

    assert found[name].prose >= 4 * len(SENTENCE.strip())
    assert {"readability", "trunk", "body"} <= found.keys()


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<div class=entry-content>{TEXT}</div>{OTHER}", id="named"),
        pytest.param(f"<div><article>{TEXT}</article><article>{OTHER}</article></div>", id="longest article"),
        pytest.param(f"<div><div id=a>{TEXT}</div><div id=b>{OTHER}</div></div>", id="unnamed"),
    ],
)
def test_the_smallest_that_holds_the_text_is_chosen(page: str) -> None:
    content, name = choose_content(parse(f"<body>{page}</body>"), SiteRule(name=""), FullText(""))

    assert name == "readability"
    assert text_of(content) == " ".join([SENTENCE.strip()] * 4)


def test_the_text_of_structured_data_steps_in_where_the_page_has_none() -> None:
    told = "\n".join(f"Alinea {number}: {SENTENCE}" for number in range(5))

    content, name = choose_content(
        parse(f"<body><div>{OTHER}</div></body>"), SiteRule(name=""), FullText(told)
    )

    assert name == "json-ld"
    assert len(content) == 5


def test_what_stands_around_a_text_of_some_length_is_not_taken_along() -> None:
    others = f"<div class=feed>{TEXT * 6}</div>"
    page = f"<div><div class=col><div class=story>{TEXT * 2}</div></div>{others}</div>"

    found = {each.name: each for each in find_candidates(parse(f"<body>{page}</body>"))}

    assert _choose_best([found["trunk"], _of(found["trunk"], "readability", 1600)]).name == "readability"
    assert _choose_best([found["trunk"], _of(found["trunk"], "readability", 400)]).name == "trunk"


def _of(candidate: Candidate, name: str, prose: int) -> Candidate:
    return Candidate(name, candidate.elements, prose, prose)


def test_the_title_of_the_window_is_no_text() -> None:
    page = f"<html><head><title>{SENTENCE}</title></head><body><p>Kabar singkat.</p></body></html>"

    content, _ = choose_content(parse(page), SiteRule(name=""), FullText(""))

    assert text_of(content) == "Kabar singkat."


def test_a_list_between_the_chosen_paragraphs_is_chosen_too() -> None:
    paragraph = f"<p>{SENTENCE}</p>"
    page = f"<div><h1>Pohon</h1>{paragraph}<ul><li>Trembesi</li></ul><div>Iklan</div>{paragraph}{OTHER}</div>"
    tree = parse(f"<body>{page}</body>")
    first, *_, last = tree.iter("p")

    between = _with_between([first, last])

    assert [each.tag for each in between] == ["p", "ul", "p", "p"]
    assert _with_between([first]) == [first]


def test_a_story_of_pictures_is_what_the_page_names() -> None:
    lines = "".join(f"<p>Langkah {number}</p><img src=/{number}.jpg>" for number in range(30))
    page = f"<div class=menu2>{OTHER}</div><div class=article-body>{lines}</div>"

    content, _ = choose_content(parse(f"<body>{page}</body>"), SiteRule(name=""), FullText(""))

    assert text_of(content).startswith("Langkah 0")
