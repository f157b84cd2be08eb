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


def chosen_of(page: str) -> str:
    return text_of(choose_content(parse(f"<body>{page}</body>"), SiteRule(name=""), FullText(""))[0])


def test_articles_side_by_side_that_are_parts_are_taken_together() -> None:
    part = "<article><div><p>{}" + SENTENCE + "</p></div></article>"
    parts = "".join(part.format(f"Bagian {number}. ") for number in range(5))
    assert all(f"Bagian {number}" in chosen_of(f"<main>{parts}</main>") for number in range(5))

    teasers = parts.replace("<article>", "<article><h2><a href=/x>Berita lain</a></h2>")
    found = {each.name: each for each in find_candidates(parse(f"<body><main>{teasers}</main></body>"))}
    assert len(found["article"].elements) == 1


def test_a_notice_beside_the_main_part_is_not_the_article() -> None:
    notice = f"<div id=hinweis><div><p>{SENTENCE}</p><p>{SENTENCE}</p></div></div>"
    main = "".join(f"<div><div>Kabar {number}. {SENTENCE}</div></div>" for number in range(3))
    assert chosen_of(f"{notice}<main>{main}</main>").startswith("Kabar 0.")


def test_the_main_part_is_taken_whole_where_only_a_piece_of_its_text_was_guessed() -> None:
    tree = parse(f"<body><main>{TEXT}</main></body>")
    element = next(tree.iter("main"))
    main = Candidate("main", [element], 9000, 9100)
    guess = Candidate("readability", [element[0]], 2000, 2000)
    assert _choose_best([main, guess]) is main
    assert _choose_best([Candidate("main", [element], 9000, 18_000), guess]) is guess
    assert _choose_best([Candidate("article", [element[0]], 2000, 2000), main, guess]).name == "article"


def test_of_short_texts_the_one_without_any_is_not_chosen() -> None:
    element = parse("<body><p>Kabar.</p></body>")
    body, empty = Candidate("class", [element], 140, 140), Candidate("readability", [element], 0, 130)
    assert _choose_best([body, empty, Candidate("body", [element], 190, 900)]) is body


def test_parts_that_are_named_alike_are_taken_with_the_one_that_was_guessed() -> None:
    long, short = f"<div class=story-body>{TEXT * 3}</div>", f"<div class=story-body><p>{SENTENCE}</p></div>"
    parts = f"{short}<div>Iklan</div><div>{long}</div>"
    assert chosen_of(f"<article>{parts}</article>") == text_of(parse(short + long))
    assert chosen_of(f"<div>{parts}</div>") == text_of(parse(long))
