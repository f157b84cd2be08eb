"""What surrounds an article goes; the article stays, whatever its elements are called."""

import pytest

from reader.extraction.boilerplate import strip_boilerplate
from reader.extraction.parse import parse
from reader.extraction.tree import text_of

SENTENCE = "Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh. "
ARTICLE = f"<h1>Pohon</h1><p>{SENTENCE * 4}</p><p>{SENTENCE * 4}</p>"


@pytest.mark.parametrize(
    "around",
    [
        "<nav>Beranda Ekonomi</nav>",
        "<footer>Hak cipta</footer>",
        "<aside>Terpopuler</aside>",
        "<div role=banner>Kabar</div>",
        "<div hidden>Tersembunyi</div>",
        "<p style='display: none'>Tersembunyi</p>",
        "<div class='share-bar'>Bagikan</div>",
        "<div id=cookieConsent>Kami memakai kuki</div>",
        f"<div class='comments'><p>{SENTENCE * 2}</p></div>",
        "<ul class='relatedPosts'><li><a href=/x>Kabar lain</a></ul>",
        "<div class='post-meta'>Sari, 2 Januari</div>",
        "<div class='single__read-more'><a href=/x>Kabar lain</a></div>",
        "<p class='aawp-disclaimer'>Tautan ini berbayar.</p>",
        "<div class='embed third-party--placeholder'>Kami hormati privasi Anda</div>",
        "<div class='box d-print-none'>Unduh</div>",
        "<p class='postmetadata'>Ditulis pada hari Senin</p>",
        "<script>x</script>",
    ],
)
def test_what_surrounds_it_goes(around: str) -> None:
    tree = parse(f"<body><main>{ARTICLE}{around}</main></body>")

    strip_boilerplate(tree)

    assert text_of(tree) == text_of(parse(f"<body>{ARTICLE}</body>"))


def test_who_said_it_stays_below_a_quote() -> None:
    quote = "<blockquote><p>Teduh itu murah.</p><footer>- <cite>Ratna Dewi</cite></footer></blockquote>"
    tree = parse(f"<body><main>{ARTICLE}{quote}</main><footer>Hak cipta</footer></body>")

    strip_boilerplate(tree)

    assert text_of(tree).endswith("Teduh itu murah.- Ratna Dewi")


@pytest.mark.parametrize(
    "element",
    [
        "<div class='article-content social'>{}</div>",
        "<section id='related-story-body'>{}</section>",
        "<aside>{}</aside>",
        "<div class='print:hidden sidebar'>{}</div>",
        "<div class='comments'>{}</div>",
        "<nav>{}</nav>",
    ],
)
def test_the_article_itself_stays(element: str) -> None:
    tree = parse(f"<body>{element.format(ARTICLE)}</body>")

    strip_boilerplate(tree)

    assert text_of(tree).startswith("PohonWarga")


def test_words_of_a_sentence_stay_whatever_their_class() -> None:
    tree = parse(
        f"<body><p>Seorang <a class=popup href=#>warga</a> {SENTENCE * 4}</p><a class=popup>x</a></body>"
    )

    strip_boilerplate(tree)

    assert text_of(tree).startswith("Seorang warga Warga menanam")
    assert not text_of(tree).endswith("x")


@pytest.mark.parametrize(
    "part",
    [
        pytest.param("<header><h2>Musim hujan</h2></header>", id="a section's heading"),
        pytest.param(f"<header>{SENTENCE * 2}</header>", id="a standfirst"),
        pytest.param("<p>Warga <ins>tidak</ins> menanam.</p>", id="inserted words"),
        pytest.param(
            "<p>Begitu pula dengan semua <a class=popup href='#a'>kata sulit</a> ini.</p>",
            id="words in a sentence",
        ),
    ],
)
def test_a_part_of_the_text_stays(part: str) -> None:
    tree = parse(f"<body><main>{ARTICLE}{part}{ARTICLE}</main></body>")
    whole = text_of(tree)

    strip_boilerplate(tree)

    assert text_of(tree) == whole


@pytest.mark.parametrize(
    "part",
    [
        pytest.param("<header><a href=/x>Beranda</a></header>", id="a header with a link"),
        pytest.param(
            "<header><h2>Musim hujan</h2>Sari Dewi</header>", id="a header with more than a heading"
        ),
        pytest.param("<div class=g-artboard><p>$915</p><p>’17</p></div>", id="a chart's labels"),
        pytest.param("<ins class=adsbygoogle>Beli ini</ins>", id="an advertisement"),
    ],
)
def test_what_is_no_part_of_the_text_goes(part: str) -> None:
    tree = parse(f"<body><main>{ARTICLE}{part}{ARTICLE}</main></body>")

    strip_boilerplate(tree)

    assert text_of(tree) == text_of(parse(f"<body>{ARTICLE}{ARTICLE}</body>"))
