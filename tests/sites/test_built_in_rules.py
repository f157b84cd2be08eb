"""The rules that Teduh brings: without complaints, for every host of a site, and each proven on a page."""

import json
from pathlib import Path

import pytest
from lxml import html

from reader.extraction import extract_html
from reader.extraction.parse import parse
from reader.extraction.prune import prune_blocks
from reader.extraction.tree import ask, text_of
from reader.sites import check_rule_files, find_rule
from reader.sites.match import BUILT_IN_RULES

PAGES = Path(__file__).parents[1] / "pages"
FILES = sorted(path for path in BUILT_IN_RULES.glob("*.txt") if not path.is_symlink())
SITES = [path for path in FILES if path.name not in {"global.txt", ".kompas.com.txt"}]


def page_of(url: str) -> bytes:
    """The corpus page with this address."""
    for path in PAGES.glob("*/*/expected.json"):
        if json.loads(path.read_text())["url"] == url:
            return (path.parent / "source.html").read_bytes()
    raise LookupError(url)


def test_no_rule_has_a_complaint() -> None:
    assert check_rule_files(BUILT_IN_RULES) == []


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_a_rule_finds_the_sentences_of_its_test_pages(path: Path) -> None:
    rule = find_rule(path.stem.removeprefix("."))
    assert rule is not None
    assert rule.tests
    for test in rule.tests:
        article = extract_html(page_of(test.url), test.url)
        captions = article.content if article.lead_image else ""
        assert test.contains, test.url
        assert [each for each in test.contains if each not in article.text + captions] == []


@pytest.mark.parametrize(
    "host",
    [
        *("detik.com", "news.detik.com", "20.detik.com", "www.tribunnews.com", "jateng.tribunnews.com"),
        *("www.cnnindonesia.com", "www.cnbcindonesia.com", "www.liputan6.com", "hot.liputan6.com"),
        *("www.bola.com", "www.fimela.com", "musik.kapanlagi.com", "www.tempo.co", "nasional.tempo.co"),
        *("kumparan.com", "news.okezone.com", "www.sindonews.com", "ekbis.sindonews.com", "republika.co.id"),
        *("khazanah.republika.co.id", "ihram.co.id", "www.antaranews.com", "jatim.antaranews.com"),
        *(
            "www.merdeka.com",
            "www.suara.com",
            "jogja.suara.com",
            "www.viva.co.id",
            "nasional.news.viva.co.id",
        ),
        *("tirto.id", "www.idntimes.com", "jateng.idntimes.com", "bisnis.com", "market.bisnis.com"),
        *("www.kontan.co.id", "investasi.kontan.co.id", "www.jawapos.com", "mediaindonesia.com"),
        *("www.kompas.tv", "www.kompasiana.com", "www.grid.id", "nakita.grid.id", "www.bolasport.com"),
        *("www.gridoto.com", "nextren.com", "www.parapuan.co", "www.sonora.id"),
    ],
)
def test_every_host_of_a_site_has_its_rule(host: str) -> None:
    rule = find_rule(host)

    assert rule is not None
    assert rule.name.removeprefix(".") in host
    assert rule.strip_text  # what is common to all sites follows each rule


@pytest.mark.parametrize(
    "host",
    [
        "notdetik.com",
        "detik.com.evil.example",
        "kompas.id",
        "kompasnews.com",
        "tempo.com",
        "suaramerdeka.com",
    ],
)
def test_a_host_of_another_house_has_none(host: str) -> None:
    assert find_rule(host) is None


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_the_bare_host_and_its_sub_domains_have_the_same_rule(path: Path) -> None:
    other = path.with_name(f".{path.name}")

    assert not other.exists() or other.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_a_home_page_has_no_body(path: Path) -> None:
    card = '<article class="card"><a href="/a"><img src="/a.jpg"><h3>Judul</h3></a><i>10 menit</i></article>'
    row = f'<div class="row"><div class="col-sm-10">{card}</div><div class="detail">{card}</div></div>'
    page = parse(f'<html><body><main><div id="content">{row * 10}</div></main></body></html>')
    rule = find_rule(path.stem.removeprefix("."))
    assert rule is not None

    assert [expression for expression in rule.body if ask(page, expression)] == []


@pytest.mark.parametrize(
    "line",
    [
        *("(abc/def)", "(ren)", "(*)", "[abc]", "(H-2)", "[Gambas:Video 20detik]", "[Gambar:Foto CNN]"),
        *("2 dari 3 halaman", "Halaman 2 dari 2", "Halaman: 1 2 3", "Baca selengkapnya", "Lanjutkan Membaca"),
        *("Klik halaman selanjutnya >>>", "Berlanjut ke halaman berikutnya.", "Simak juga 'Panen Raya':"),
        *(
            'Simak Video "Kapal Karam"',
            "Saksikan Video Pilihan di Bawah Ini:",
            "Lihat juga Video: Panen Raya",
        ),
        "Cek Berita dan Artikel yang lain di Google News dan WA Channel",
        "Ikuti berita terkini dari kami di Google News, klik di sini.",
        "Follow WhatsApp Channel Contoh untuk update berita terbaru setiap hari",
        "Gabung Grup Telegram kami di https://t.me/contoh",
        *("Penulis: Sari Dewi", "Editor : Budi Hartono", "(Reporter: Sari Dewi)", "ADVERTISEMENT"),
        "Artikel ini telah tayang di Koran Contoh dengan judul Panen Raya",
        "SCROLL TO CONTINUE WITH CONTENT",
    ],
)
def test_what_many_publishers_write_goes(line: str) -> None:
    assert remains(line) == []


@pytest.mark.parametrize(
    "line",
    [
        *("(Tertawa.)", "Satu dari tiga halaman buku itu hilang.", "Halaman rumahnya luas.", "[Intro]"),
        "Simak penjelasan petugas tentang jalur yang ditutup selama pawai.",
        "Lihat daftar lengkap sekolah penerima bantuan di papan pengumuman kelurahan.",
        "Penulis buku itu, Sari Dewi, hadir bersama anaknya.",
        "Editor: orang yang memeriksa naskah, kata kamus itu, dan pekerjaannya tidak tampak oleh pembaca,"
        " meski tanpa dia banyak buku tidak akan pernah selesai.",
        "Panitia mengumumkan jadwal melalui saluran WhatsApp dan papan tulis di balai desa.",
        "Artikel ini membahas cara merawat sepeda.",
        "Berita ini pernah membuat warga resah.",
        "Lihat 'pameran kecil' itu, kata sang kurator sambil menunjuk ke halaman belakang.",
        "Baca juga harus dibiasakan sejak kecil, kata guru itu.",
    ],
)
def test_sentences_of_an_article_stay(line: str) -> None:
    assert remains(line) == [line]


def remains(line: str) -> list[str]:
    """The texts of the blocks that are left of a paragraph with this line, on a page with a built-in rule."""
    rule = find_rule("www.detik.com")
    assert rule is not None
    content = html.fragment_fromstring("<p></p>", create_parent="div")
    content[0].text = line
    prune_blocks(content, rule)
    return [text_of(block) for block in content]
