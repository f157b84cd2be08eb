"""A layout changes, and a moderator who is no programmer repairs the rule, and takes it back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenPage, log_in, paste, set_up, sign_up
from tests.page_server import PageServer
from tests.serving import RunningSite, running_site, wait_until

pytestmark = pytest.mark.browser

HOST = "kabar-sungai.example"
OTHER_HOST = "tanpa-skrip.example"
TEXT = "".join(
    f"<p>Alinea ke-{number} bercerita tentang warga yang menanam pohon di tepi sungai, tentang bibit yang "
    f"mereka bawa dari rumah, dan tentang cerita {number} yang belum pernah ditulis siapa pun.</p>"
    for number in range(8)
)
RULE = f"/admin/reader/siterule/site/{HOST}/"
PROMO = "Unduh aplikasi kami dan dapatkan berita pilihan setiap pagi"
# What the operator knows of the site: where the text stands, and that nothing else on its pages is one.
OLD_RULE = "title: //h1\nbody: //article\nautodetect_on_failure: no\n"


def old_page(number: int) -> str:
    return f"<html><body><h1>Kabar {number}</h1><article>{TEXT}</article></body></html>"


def new_page(number: int) -> str:
    """The same after the change, by a publisher who would like to run scripts at the desk."""
    return (
        "<html><head><title>Kabar Sungai</title></head><body onload='document.title=\"jahat\"'>"
        f"<script>fetch('https://pelacak.example/')</script><div class='kepala-berita'>Kabar {number}</div>"
        f"<span class='nama-wartawan'>Sari Wulandari</span><section class='isi-berita'>{TEXT}"
        f"<p class='promo-kotak'>{PROMO}</p><img src='https://pelacak.example/1.gif' onerror='alert(1)'>"
        "<iframe src='https://pelacak.example/'></iframe></section></body></html>"
    )


@pytest.fixture(scope="module")
def site(
    chromium: Browser, publisher: PageServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningSite]:
    """A site whose operator has a rule, with one person, mia, where others may sign up."""
    folder = tmp_path_factory.mktemp("site")
    rules = folder / "rules"
    rules.mkdir()
    for host in (HOST, OTHER_HOST):
        (rules / f"{host}.txt").write_text(OLD_RULE)
    with running_site(
        folder,
        DEBUG="1",
        READER_SIGNUP="open",
        READER_FETCH_RESOLVE=publisher.resolve,
        READER_SITE_RULES_DIR=str(rules),
    ) as running:
        page = chromium.new_page()
        set_up(page, running)
        page.close()
        yield running


def test_a_moderator_repairs_a_site_whose_layout_changed(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    page = open_page(site, viewport={"width": 1280, "height": 900}, expects_refusal=True)
    log_in(page)
    save_pages(page, publisher)
    reader = open_page(site)
    report_broken(reader, f"https://{HOST}/kabar/19")

    page.goto("/admin/")
    row = page.locator("tr", has_text=HOST)
    expect(row).to_contain_text("10/20")
    row.get_by_role("link").last.click()
    expect(page.locator("#page option").first).to_contain_text("Gagal")

    page.evaluate("document.body.dataset.same = 'yes'")
    point_at(page, "kepala-berita", "Judul")
    point_at(page, "isi-berita", "Isi")
    point_at(page, "promo-kotak", "Buang")
    expect(page.locator(".block--removed")).to_contain_text(PROMO)
    expect(page.locator("tr.is-changed", has_text="Judul")).to_contain_text(re.compile(r"Kabar \d+"))

    box = page.locator("#rule-text")
    box.fill(box.input_value() + "author: //[\n")
    expect(page.locator(".rule-gutter .is-wrong")).to_have_text(re.compile("7"))
    box.fill(box.input_value().replace("author: //[", "author: //span[@class='nama-wartawan']"))
    expect(page.locator("tr.is-changed", has_text="Penulis")).to_contain_text("Sari Wulandari")

    assert page.evaluate("document.body.dataset.same") == "yes", "the bench must change without a reload"

    page.get_by_role("button", name="Uji pada semua halaman tersimpan").click()
    expect(page.locator("#trial")).to_contain_text("Selesai")
    counts = page.locator(".trial-counts")
    expect(counts).to_contain_text("10 lebih baik")
    words = page.locator(".trial-words").first
    words.locator("summary").click()
    expect(words.locator("ins").first).to_contain_text("Alinea ke-0")

    page.get_by_role("link", name="Terbitkan…").click()
    page.locator("#reason").fill("Tata letak berubah")
    page.get_by_role("button", name="Terbitkan", exact=True).click()
    expect(page.locator(".revision").first).to_contain_text("Tata letak berubah")
    wait_until(lambda: count_ready(page) == 20, 30, pause=0.5)

    resolve_report(page)
    reader.goto("/")
    expect(reader.locator(".report-news")).to_contain_text("Sudah kami perbaiki")
    reader.locator(".report-news a").click()
    expect(reader.locator(".prose")).to_contain_text("Alinea ke-7 bercerita")
    expect(reader.locator("#report")).to_contain_text("Sudah kami perbaiki")

    page.goto(RULE)
    box.fill(box.input_value() + "strip: //h6\n")
    expect(page.locator("#verdict")).to_contain_text("belum diterbitkan")
    page.get_by_role("link", name="Terbitkan…").click()
    page.locator("#reason").fill("Percobaan")
    page.get_by_role("button", name="Terbitkan", exact=True).click()
    second = page.locator(".revision", has_text="Tata letak berubah")
    second.locator("input[name=reason]").fill("Kembali ke yang lama")
    second.get_by_role("button").click()
    expect(page.locator(".revision").first).to_contain_text("Kembali ke yang lama")
    assert count_ready(page) == 20
    assert page.title() != "jahat"


def save_pages(page: Page, publisher: PageServer) -> None:
    """Save twenty articles, ten of them after the change; ``open_page`` fails for any request elsewhere."""
    for number in range(20):
        make = old_page if number < 10 else new_page
        publisher.add(f"https://{HOST}/kabar/{number}", make(number))
    paste(page, "\n".join(f"https://{HOST}/kabar/{number}" for number in range(20)))
    wait_until(lambda: count_articles(page) == (10, 10), 60, pause=0.5)


def report_broken(page: Page, link: str) -> None:
    """Be another reader, who has the same article and says that its text is not there."""
    sign_up(page, "ben")
    paste(page, link)
    page.locator(".entry a", has_text="kabar/19").first.click()
    page.get_by_role("link", name="Laporkan masalah").click()
    page.get_by_label("Teksnya salah atau tidak lengkap").check()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.locator("#report")).to_contain_text("Seorang moderator akan melihatnya.")


def resolve_report(page: Page) -> None:
    """Find the report in the queue of the desk, answer it and close it."""
    page.goto("/admin/reader/report/")
    page.locator("#result_list th a").first.click()
    page.locator("#id_text").fill("Sudah kami perbaiki")
    page.get_by_role("button", name="Selesaikan", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Selesai")


def point_at(page: Page, name: str, role: str) -> None:
    """Click the block, say what it is, and wait until the line is written."""
    page.locator(".block", has_text=name).first.locator("label").click()
    page.locator(".blocks-acts").get_by_role("button", name=role, exact=True).click()
    expect(page.locator(".pointed")).to_contain_text(name)


def count_articles(page: Page) -> tuple[int, int]:
    """How many of the site's articles are ready, and how many failed, as the desk tells it."""
    text = page.request.get(f"/admin/reader/siterule/?q={HOST}").text()
    found = [int(each) for each in re.findall(r'<td class="number">(?:<strong>)?(\d+)', text)]
    return (found[0], found[2]) if len(found) >= 3 else (0, 0)


def count_ready(page: Page) -> int:
    return count_articles(page)[0]


def test_the_bench_works_without_javascript(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    page = open_page(site, java_script_enabled=False, expects_refusal=True)
    log_in(page)
    bench = f"/admin/reader/siterule/site/{OTHER_HOST}/"
    publisher.add(f"https://{OTHER_HOST}/1", new_page(1))
    paste(page, f"https://{OTHER_HOST}/1")
    wait_until(lambda: "Gagal" in page.request.get(bench).text(), 30)

    page.goto(bench)
    page.get_by_role("button", name="Judul", exact=True).click()
    expect(page.locator(".errornote")).to_contain_text("Pilih dulu satu blok")
    page.locator(".block", has_text="kepala-berita").get_by_role("radio").check()
    page.get_by_role("button", name="Judul", exact=True).click()
    expect(page.locator(".pointed")).to_contain_text("kepala-berita")
    page.locator("#rule-text").fill("body: //[")
    page.get_by_role("button", name="Simpan draf dan lihat").click()
    expect(page.locator(".line-errors")).to_contain_text("bukan ungkapan XPath")
