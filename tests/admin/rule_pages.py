"""Kept pages of an invented site, and a moderator who writes its rule."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reader.models import Article, SiteRule, Snapshot
from reader.values import Page
from tests.builders import make_article

HOST = "berita.example"
LIST = reverse("admin:reader_siterule_changelist")
WORDS = " ".join(f"Kalimat ke-{n} bercerita tentang sungai dan pohon di kampung itu." for n in range(30))
MARKUP = """<html><head><title>Berita</title></head><body>
<div class="menu-utama"><a href="/">Beranda</a></div>
<div class="judul-berita">Warga Menanam Pohon {n}</div><span class="nama-penulis">Sari Wulandari</span>
<div class="isi-berita"><p>{words}</p><div class="promo-kotak">Unduh aplikasi kami sekarang juga</div>
<p>Alinea terakhir nomor {n} menutup berita itu dengan tenang.</p></div></body></html>"""


def keep_page(number: int = 1, *, html: str = "", host: str = HOST, **values: Any) -> Snapshot:
    """Keep a page of an article that failed."""
    values.setdefault("state", Article.State.FAILED)
    url = f"https://{host}/read/{number}"
    if values["state"] == Article.State.FAILED:
        values.setdefault("error_code", "no_article")
    article = make_article(url=url, host=host, **values)
    body = (html or MARKUP.format(n=number, words=WORDS)).encode()
    page = Page(url=url, final_url=url, body=body, content_type="text/html", fetched_at=timezone.now())
    return Snapshot.objects.store(article.pk, page)


def at(name: str, *arguments: object) -> str:
    return reverse(f"admin:reader_siterule_{name}", args=arguments or (HOST,))


def save(desk: Client, text: str, version: int = 0, **values: object) -> SiteRule:
    desk.post(at("edit"), {"text": text, "version": version, "act": "save", **values})
    return SiteRule.objects.get(host=HOST)
