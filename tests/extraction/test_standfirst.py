"""A standfirst beside the body comes before the text, once."""

import pytest
from lxml import html

from reader.extraction.standfirst import put_standfirst
from reader.extraction.tree import text_of

LEAD = (
    "Warga Desa Sukamaju menanam seribu pohon mangga di tepi sungai sejak awal bulan ini. "
    "Mereka berharap panen pertama tiba dalam empat tahun, dan tepi sungai tidak lagi longsor."
)
BODY = "Penanaman dimulai dari hulu dan berakhir di dekat jembatan gantung, kata kepala desa kepada warga."


def read(before: str, content: str = f"<p>{BODY}</p>", description: str = "") -> list[str]:
    page = html.document_fromstring(
        f"<body><h1>Situs Desa</h1><main><h1>Seribu Pohon</h1>{before}<div>{content}</div></main></body>"
    )
    chosen = html.fragment_fromstring(f"<div>{content}</div>")
    put_standfirst(chosen, page, "Seribu Pohon", description)
    return [text_of(each) for each in chosen]


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(f'<p class="article-lead">{LEAD}</p>', id="a lead"),
        pytest.param(f'<div class="article__perex">{LEAD}</div>', id="in Czech"),
        pytest.param(f'<div class="Vorspann"><p><b>{LEAD}</b></p></div>', id="in German"),
        pytest.param(f'<header><time>1 Mei</time><h2 class="articleTeaser">{LEAD}</h2></header>', id="a h2"),
        pytest.param(f"<p>{LEAD}</p>", id="told by the description"),
    ],
)
def test_a_standfirst_between_the_heading_and_the_body_comes_first(before: str) -> None:
    description = f"{LEAD[:100]} …" if "class" not in before else ""
    assert read(before, description=description) == [LEAD, BODY]


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(f'<p class="byline">{LEAD}</p>', id="of another name"),
        pytest.param(
            f'<figure><figcaption><span class="lead-caption">{LEAD}</span></figcaption></figure>',
            id="a caption",
        ),
        pytest.param('<p class="lead">Warga menanam seribu pohon mangga di tepi sungai.</p>', id="a clause"),
        pytest.param(f'<div class="lead">{LEAD}<script>var a;</script></div>', id="with a script"),
        pytest.param(f'<div class="lead"><a href="/b">{LEAD}</a></div>', id="a link"),
        pytest.param("<p></p>" * 300 + f'<p class="lead">{LEAD}</p>', id="far away"),
        pytest.param(f'<div class="lead"><p>{LEAD * 9}</p></div>', id="a text of its own"),
    ],
)
def test_what_is_no_standfirst_stays_where_it_is(before: str) -> None:
    assert read(before) == [BODY]


def test_a_standfirst_in_the_body_is_not_repeated() -> None:
    content = f'<p class="lead">{LEAD}</p><p>{BODY}</p>'
    assert read("", content) == [LEAD, BODY]
    assert read(f'<p class="lead">{LEAD}</p>', content) == [LEAD, BODY]


def test_what_stands_after_the_body_is_no_standfirst() -> None:
    page = html.document_fromstring(f'<h1>Pohon</h1><p>{BODY}</p><p class="summary">{LEAD}</p>')
    content = html.fragment_fromstring(f"<div><p>{BODY}</p></div>")
    put_standfirst(content, page, "Pohon", LEAD)
    assert text_of(content) == BODY


def test_without_a_heading_the_description_must_tell_it() -> None:
    page = html.document_fromstring(f"<p>Menu</p><p>{LEAD}</p><p>{BODY}</p>")
    content = html.fragment_fromstring(f"<div><p>{BODY}</p></div>")
    put_standfirst(content, page, "", LEAD[:120])
    assert [text_of(each) for each in content] == [LEAD, BODY]


def test_a_page_without_a_heading_has_none() -> None:
    content = html.fragment_fromstring(f"<div><p>{BODY}</p></div>")
    page = html.document_fromstring(f'<p class="lead">{LEAD}</p><p>{BODY}</p>')
    assert put_standfirst(content, page, "", "").endswith("none beside the content")
    assert len(content) == 1
