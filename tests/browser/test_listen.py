"""Listening, with a voice box that speaks without sound: what is said, in which voice, and what is shown."""

import itertools

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, find_barriers, log_in, paste
from tests.page_server import PageServer
from tests.serving import RunningSite

pytestmark = pytest.mark.browser

# Chromium without a head has no voices: this one keeps what it is given, and ends when it is told to.
VOICE_BOX = """
(() => {
    const said = JSON.parse(sessionStorage.getItem("said") ?? "[]");
    let current = null;
    const box = new EventTarget();
    const voices = VOICES.map(([name, lang]) => ({ name, lang, voiceURI: name, localService: true }));
    box.getVoices = () => voices;
    box.speak = (each) => {
        current = each;
        said.push([each.text, each.voice?.name ?? "", each.rate]);
        sessionStorage.setItem("said", JSON.stringify(said));
    };
    box.cancel = () => {
        const gone = current;
        current = null;
        gone?.onerror?.({ error: "canceled" });
    };
    window.said = said;
    window.endOfSpeech = () => { const each = current; current = null; each.onend(); };
    window.failSpeech = (error) => current.onerror({ error });
    Object.defineProperty(window, "speechSynthesis", { value: box });
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
    const handlers = (window.mediaKeys = {});
    navigator.mediaSession.setActionHandler = (name, handler) => (handlers[name] = handler);
})()
"""
_numbers = itertools.count(1)
INDONESIAN, ENGLISH = ["Sinta", "id_ID"], ["Emma", "en-GB"]


def open_with_voices(open_page: OpenPage, site: RunningSite, *voices: list[str]) -> Page:
    page = open_page(site, viewport={"width": 1280, "height": 700})
    page.add_init_script(VOICE_BOX.replace("VOICES", str(list(voices))))
    log_in(page)
    return page


def make_page(title: str) -> str:
    long = "Kalimat yang sangat panjang ini terus berjalan tanpa henti di tepi sungai yang tenang " * 5
    text = "".join(
        f"<p>Alinea nomor {number} bercerita tentang kebun bersama warga. Lalu selesai.</p>"
        for number in range(12)
    )
    return f"""<!DOCTYPE html><html lang="id"><head><title>{title}</title>
<meta property="og:title" content="{title}"><meta property="og:type" content="article"></head>
<body><article><h1>{title}</h1>{text}<p>{long}.</p></article></body></html>"""


@pytest.fixture
def articles(publisher: PageServer) -> list[tuple[str, str]]:
    """Two pages of the test's own: addresses and titles."""
    made = []
    for number in (next(_numbers), next(_numbers)):
        title = f"Kebun Bersama Nomor {number} Dibuka Hari Ini"
        publisher.add(f"https://warta.example/2021/1/{number}", make_page(title))
        made.append((f"https://warta.example/2021/1/{number}", title))
    return made


def save(page: Page, articles: list[tuple[str, str]]) -> None:
    for url, title in articles:
        paste(page, url)
        expect(page.get_by_role("link", name=title)).to_be_visible()


def said(page: Page) -> list[list[object]]:
    spoken: list[list[object]] = page.evaluate("said")
    return spoken


def test_an_article_is_read_aloud_and_then_the_next_unread_one(
    site: RunningSite, articles: list[tuple[str, str]], open_page: OpenPage
) -> None:
    page = open_with_voices(open_page, site, ENGLISH, INDONESIAN)
    save(page, articles)
    page.get_by_role("link", name=articles[1][1]).click()
    expect(page.locator("#listen-open")).to_be_visible()

    page.keyboard.press("l")
    heard = page.locator(".is-heard")
    expect(heard).to_have_text(articles[1][1])
    assert said(page)[0] == [articles[1][1], "Sinta", 1]
    page.evaluate("endOfSpeech()")
    expect(heard).to_contain_text("Alinea nomor 0")
    page.get_by_label("Kecepatan").select_option("1.5")
    assert said(page)[-1] == [page.locator(".prose > p").first.inner_text(), "Sinta", 1.5]

    page.get_by_role("button", name="Jeda").click()
    page.get_by_role("button", name="Putar").click()
    assert said(page)[-1] == said(page)[-2], "the sentence begins anew"
    page.get_by_role("button", name="Paragraf berikutnya").click()
    expect(heard).to_contain_text("Alinea nomor 1")
    page.evaluate("mediaKeys.previoustrack()")
    expect(heard).to_contain_text("Alinea nomor 0")
    assert find_barriers(page) == []
    page.evaluate("mediaKeys.pause()")
    expect(page.get_by_role("button", name="Putar")).to_be_visible()
    page.evaluate("mediaKeys.play()")
    assert page.evaluate("navigator.mediaSession.metadata.title") == articles[1][1]

    for _ in range(11):
        page.evaluate("endOfSpeech()")
    expect(heard).to_contain_text("Alinea nomor 11")
    expect(heard).to_be_in_viewport(ratio=1)
    page.evaluate("endOfSpeech()")
    expect(heard).to_contain_text("Kalimat yang sangat panjang")
    page.evaluate("while (document.querySelector('#listen.is-playing')) endOfSpeech()")
    expect(page.locator("#article h1")).to_have_text(articles[0][1])
    expect(heard).to_have_text(articles[0][1])
    assert said(page)[-1] == [articles[0][1], "Sinta", 1.5], "speed is kept"
    assert max(len(str(text)) for text, *_rest in said(page)) <= 220, "engines stop in longer ones"
    page.get_by_role("button", name="Berhenti mendengarkan").click()
    expect(heard).to_have_count(0)


def test_without_a_voice_for_the_language_others_are_offered(
    site: RunningSite, articles: list[tuple[str, str]], open_page: OpenPage
) -> None:
    page = open_with_voices(open_page, site, ENGLISH)
    save(page, articles[:1])
    page.get_by_role("link", name=articles[0][1]).click()
    expect(page.locator("#listen-open")).to_be_visible()
    page.get_by_role("button", name="Dengarkan").click()

    status = page.locator("[data-listen=status]")
    expect(status).to_contain_text("tidak memiliki suara bahasa Indonesia")
    expect(page.get_by_label("Suara")).to_have_value("Emma")
    assert said(page) == [], "nobody is read to in a wrong voice unasked"
    page.get_by_role("button", name="Putar").click()
    assert said(page)[0][1] == "Emma"
    page.evaluate("failSpeech('network')")
    expect(status).to_contain_text("Suara ini berhenti")
    expect(page.get_by_role("button", name="Putar")).to_be_visible()


def test_without_voices_it_says_so(
    site: RunningSite, articles: list[tuple[str, str]], open_page: OpenPage
) -> None:
    page = open_with_voices(open_page, site)
    save(page, articles[:1])
    page.get_by_role("link", name=articles[0][1]).click()
    expect(page.locator("#listen-open")).to_be_visible()
    page.get_by_role("button", name="Dengarkan").click()

    expect(page.locator("[data-listen=status]")).to_contain_text("tidak memiliki suara")
    expect(page.get_by_role("button", name="Putar")).to_be_disabled()
    expect(page.locator(".listen-voice")).to_be_hidden()
