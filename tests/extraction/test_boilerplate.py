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
