"""Pages that are no article are refused, each with its own error; articles about them are not."""

# ruff: noqa: E501 - a page on one line is a page seen at once

import pytest

from reader.errors import (
    BotWall,
    ConsentWall,
    ExtractionError,
    LinkList,
    LoginWall,
    NoArticle,
    ReaderError,
    SoftNotFound,
    SubscribersOnly,
)
from reader.extraction import extract_html

URL = "https://kabar.example/read/2026/01/02/12345/warga-menanam-pohon"
WORDS = "Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh. "
SHORT = f"<article><h1>Warga Menanam Pohon</h1><p>{WORDS}</p></article>"
ARTICLE = f"<article><h1>Warga Menanam Pohon</h1>{f'<p>{WORDS * 3}</p>' * 6}</article>"
NOT_FREE = '<script type=application/ld+json>{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
TEASERS = "".join(
    f"<div><a href=/read/{n}>Judul berita nomor {n} dari kota yang jauh</a> <span>1 jam lalu</span></div>"
    for n in range(220)
)


def page(title: str, body: str, head: str = "") -> bytes:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("title", "body", "error"),
    [
        pytest.param("Just a moment...", "<p>kabar.example needs to review the security of your connection before proceeding.</p>", BotWall, id="Cloudflare"),
        pytest.param("Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1><p>You are unable to access kabar.example</p>", BotWall, id="Cloudflare blocks"),
        pytest.param("Access Denied", "<h1>Access Denied</h1><p>You don't have permission to access this on this server. Reference #18.2</p>", BotWall, id="Akamai"),
        pytest.param("kabar.example", "<p>Please enable JS and disable any ad blocker</p><script src=https://ct.captcha-delivery.com/c.js></script>", BotWall, id="DataDome"),
        pytest.param("Access to this page has been denied", "<p>Press &amp; Hold to confirm you are a human (and not a bot).</p>", BotWall, id="PerimeterX"),
        pytest.param("Vercel Security Checkpoint", "<p>We're verifying your browser. Website owner? Click here to fix</p>", BotWall, id="Vercel"),
        pytest.param("kabar.example", "<iframe src=/_Incapsula_Resource></iframe><p>Request unsuccessful. Incapsula incident ID: 1-2</p>", BotWall, id="Imperva"),
        pytest.param("Verifikasi", "<p>Mohon verifikasi bahwa Anda bukan robot sebelum melanjutkan ke situs kami.</p>", BotWall, id="in Indonesian"),
        pytest.param("Before you continue to Kabar", "<p>We use cookies and data to deliver and maintain services, and to measure engagement.</p>", ConsentWall, id="consent"),
        pytest.param("Kabar", "<p>We value your privacy. We and our partners store or access information on devices.</p>", ConsentWall, id="consent by its text"),
        pytest.param("Login - Kabar", "<form><p>Silakan masuk dengan akun Anda untuk melanjutkan.</p><input type=password></form>", LoginWall, id="login"),
        pytest.param("Masuk", "<p>Masukkan alamat surel dan kata sandi Anda untuk membaca kabar.</p>", LoginWall, id="login in Indonesian"),
        pytest.param("Kabar", "<h1>Selamat datang</h1><p>Tulis nama dan kata sandi Anda di sini ya.</p><form><input type=password></form>", LoginWall, id="asks for a password"),
        pytest.param("404 Not Found", "<h1>Oops</h1><p>The page you requested could not be found on this server today.</p>", SoftNotFound, id="404"),
        pytest.param("Halaman tidak ditemukan - Kabar", "<p>Maaf, halaman yang Anda cari tidak ditemukan. Silakan kembali ke beranda.</p>", SoftNotFound, id="not found in Indonesian"),
        pytest.param("Kabar", "<h1>Oops!</h1><p>Maaf, halaman yang Anda tuju tidak dapat kami temukan di situs ini.</p>", SoftNotFound, id="not found by its text"),
        pytest.param("Warga Menanam Pohon", f"{NOT_FREE}<article><p>{WORDS}</p></article>", SubscribersOnly, id="next to nothing of it"),
        pytest.param("Kabar", "<p>Konten premium. Berlangganan untuk membaca seluruh artikel pilihan kami.</p>", SubscribersOnly, id="only the offer"),
        pytest.param("Kabar", "<nav><a href=/>Beranda</a></nav>", NoArticle, id="nothing"),
    ],
)  # fmt: skip
def test_what_is_no_article_has_its_error(title: str, body: str, error: type[ReaderError]) -> None:
    with pytest.raises(error) as caught:
        extract_html(page(title, body), "https://kabar.example/x")

    assert caught.type is error


@pytest.mark.parametrize(
    ("url", "head", "body"),
    [
        pytest.param("https://kabar.example/", "", TEASERS, id="home"),
        pytest.param("https://kabar.example", "<meta property=og:type content=article>", TEASERS, id="home that calls itself an article"),
        pytest.param("https://kabar.example/index.php", "", TEASERS, id="index"),
        pytest.param("https://kabar.example/tag/sungai-di-kota-kita", "", TEASERS, id="tag"),
        pytest.param("https://kabar.example/search?q=sungai", "", TEASERS, id="search"),
        pytest.param("https://kabar.example/ekonomi", "", TEASERS, id="section"),
        pytest.param("https://kabar.example/rss", "", "<rss><channel><item><title>Judul</title></item></channel></rss>", id="feed"),
    ],
)  # fmt: skip
def test_lists_of_links_are_refused(url: str, head: str, body: str) -> None:
    with pytest.raises(LinkList):
        extract_html(page("Kabar - Berita Terkini", body, head), url)


@pytest.mark.parametrize(
    ("title", "body", "url"),
    [
        pytest.param("Warga Menanam Pohon", SHORT, URL, id="a short article"),
        pytest.param("Warga Menanam Pohon", SHORT + TEASERS, URL, id="short, among many links"),
        pytest.param("Warga Menanam Pohon", ARTICLE + TEASERS, "https://kabar.example/", id="at the root"),
        pytest.param("Warga Menanam Pohon", ARTICLE + TEASERS, "https://kabar.example/tag/x", id="under a tag"),
        pytest.param("404 Media Opens an Office", ARTICLE, URL, id="a name with a number"),
        pytest.param("Access Denied: Kisah Wartawan", ARTICLE, URL, id="a title like a wall"),
        pytest.param("Login ke Masa Lalu", ARTICLE, URL, id="a title like a login"),
        pytest.param("Warga", ARTICLE.replace("pagi", "pagi, tulis 'just a moment' di papan"), URL, id="words like a wall"),
        pytest.param("Warga", ARTICLE + "<footer>We value your privacy. Accept all cookies</footer><form><input type=password></form>", URL, id="notices around an article"),
    ],
)  # fmt: skip
def test_articles_come_through(title: str, body: str, url: str) -> None:
    assert "menanam pohon" in extract_html(page(title, body), url).text


@pytest.mark.parametrize(
    ("told", "reasons"),
    [
        pytest.param('"isAccessibleForFree":false', ("teaser",), id="not free"),
        pytest.param('"isAccessibleForFree":"False"', ("teaser",), id="not free, as a text"),
        pytest.param('"isAccessibleForFree":true', (), id="free"),
        pytest.param('"wordCount":900', ("truncated",), id="fewer words than told"),
        pytest.param('"wordCount":"900","isAccessibleForFree":false', ("teaser", "truncated"), id="both"),
        pytest.param('"wordCount":120', (), id="as many words as told"),
    ],
)  # fmt: skip
def test_the_beginning_of_an_article_is_kept_with_its_reasons(told: str, reasons: tuple[str, ...]) -> None:
    data = f'<script type=application/ld+json>{{"@type":"NewsArticle",{told}}}</script>'
    body = f"<article><h1>Warga Menanam Pohon</h1><p>{WORDS * 4}</p><p>{WORDS * 4}</p></article>"

    quality = extract_html(page("Warga Menanam Pohon", body, data), URL).quality

    assert quality.reasons == reasons
    assert (quality.score < 1) is bool(reasons)


@pytest.mark.parametrize(
    ("body", "is_kept"),
    [
        ("<p>Selamat</p><p>pagi</p><p>semua</p>", True),
        ("<p>Selamat pagi</p>", False),
        ("<h1>Selamat pagi semua</h1>", False),
        ("<p>Selamat pagi semua</p><script>draw()</script>", False),
        ("<p>Selamat pagi semua</p><form><input></form>", False),
        ("<p>Access denied. Sorry.</p>", False),
    ],
    ids=["all there is", "two words", "a heading", "a script", "a form", "a wall"],
)
def test_a_page_of_few_words_is_kept_where_it_is_all_there_is(body: str, is_kept: bool) -> None:
    page = f"<html><head><title>Salam</title></head><body>{body}</body></html>".encode()
    if is_kept:
        assert (
            "too_short" in extract_html(page, "https://desa.example/salam-untuk-semua-warga").quality.reasons
        )
    else:
        with pytest.raises(ExtractionError):
            extract_html(page, "https://desa.example/salam-untuk-semua-warga")
