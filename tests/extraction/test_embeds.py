"""Players become links with the network's name, posts quotes with a link; other frames go."""

import pytest
from lxml import html

from reader.extraction.embeds import link_embeds

BASE = "https://kabar.example/berita"


def embedded(markup: str) -> str:
    content = html.fragment_fromstring(markup, create_parent="div")
    link_embeds(content, BASE)
    return "".join(html.tostring(each, encoding="unicode") for each in content)


def card(name: str, address: str) -> str:
    return f'<figure class="embed"><figcaption><a href="{address}">{name}</a></figcaption></figure>'


@pytest.mark.parametrize(
    ("source", "name", "address"),
    [
        pytest.param("https://www.youtube.com/embed/aB3dE5fG7hI?rel=0", "YouTube", "https://www.youtube.com/watch?v=aB3dE5fG7hI", id="YouTube"),  # noqa: E501
        pytest.param("https://open.spotify.com/embed/episode/4ab?utm_source=generator", "Spotify", "https://open.spotify.com/episode/4ab", id="Spotify"),  # noqa: E501
        pytest.param("https://www.google.com/maps/embed?pb=1", "Google Maps", "https://www.google.com/maps/embed?pb=1", id="a map"),  # noqa: E501
        pytest.param("https://video.kompas.com/embed/116001", "Video Kompas.com", "https://video.kompas.com/embed/116001", id="the house's own"),  # noqa: E501
        pytest.param("https://fcstats.com/get-table,1,en.php", "FCStats", "https://fcstats.com/get-table,1,en.php", id="a table of results"),  # noqa: E501
        pytest.param("https://infogram.com/peta-1h0r6?live", "Infogram", "https://infogram.com/peta-1h0r6?live", id="a graph"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_player_becomes_a_card_with_the_address_for_people(source: str, name: str, address: str) -> None:
    assert embedded(f'<iframe src="{source}"></iframe>') == card(name, address)


def test_a_player_is_named_by_its_title() -> None:
    frame = '<iframe src="https://www.youtube.com/embed/aB3dE5fG7hI" title="Perahu di teluk"></iframe>'

    assert ">YouTube: Perahu di teluk</a>" in embedded(frame)


@pytest.mark.parametrize(
    ("markup", "name", "address"),
    [
        ('<video controls src="/v/panen.mp4?x=1" poster="/a.jpg"></video>', "Video", "/v/panen.mp4?x=1"),
        ('<video><source src="blob:x"><source src="/v/panen.webm"></video>', "Video", "/v/panen.webm"),
        ('<audio aria-label="Wawancara Ratna" src="/a.mp3"></audio>', "Audio: Wawancara Ratna", "/a.mp3"),
    ],
)
def test_a_film_or_sound_of_the_page_leads_to_its_file(markup: str, name: str, address: str) -> None:
    assert embedded(markup) == card(name, f"https://kabar.example{address}")


@pytest.mark.parametrize(
    "markup",
    [
        '<video autoplay muted loop src="/hiasan.mp4"></video>',
        '<video src="blob:https://kabar.example/1"></video>',
        '<video src="javascript:x//a.mp4"></video>',
        "<audio></audio>",
    ],
)
def test_one_that_decorates_or_has_no_file_goes(markup: str) -> None:
    assert embedded(f"<p>Satu</p>{markup}") == "<p>Satu</p>"


@pytest.mark.parametrize(
    "source",
    ["https://iklan.example/banner", "https://widget.kompas.com/survey/39", "", "https://[", "about:blank"],
)
def test_another_frame_goes(source: str) -> None:
    assert embedded(f'<p>Satu</p><iframe src="{source}"></iframe>') == "<p>Satu</p>"


TWEET = (
    '<blockquote class="twitter-tweet"><p>Air surut. <a href="https://t.co/Ab1">pic.twitter.com/Ab1</a></p>'
    '&mdash; Sari (@sari) <a href="https://twitter.com/sari/status/15?ref_src=tw">May 1</a></blockquote>'
)


def test_a_post_with_words_becomes_a_quote_with_its_writer() -> None:
    assert embedded(TWEET) == (
        '<blockquote class="embed"><p>Air surut.</p><p class="embed">'
        '<a href="https://twitter.com/sari/status/15">X: Sari (@sari)</a></p></blockquote>'
    )


@pytest.mark.parametrize(
    ("markup", "name", "address"),
    [
        pytest.param('<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Cx1/?utm=1"><p>A post shared by Kota (@kota)</p></blockquote>', "Instagram: Kota (@kota)", "https://www.instagram.com/p/Cx1/", id="without words"),  # noqa: E501
        pytest.param('<blockquote class="embed">https://www.instagram.com/p/Cx1/?utm=1</blockquote>', "Instagram", "https://www.instagram.com/p/Cx1/", id="an address as text"),  # noqa: E501
        pytest.param('<blockquote><a href="https://x.com/a/status/1">https://x.com/a/status/1</a></blockquote>', "X", "https://x.com/a/status/1", id="an address as link"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_post_without_words_becomes_a_card(markup: str, name: str, address: str) -> None:
    assert embedded(markup) == card(name, address)


@pytest.mark.parametrize(
    "markup",
    [
        "<blockquote><p>Air surut sejak pagi.</p></blockquote>",
        "<blockquote>https://kabar.example/lain</blockquote>",
        '<blockquote><p>Dari <a href="https://x.com/a/status/1">sebuah unggahan</a>.</p></blockquote>',
        "<blockquote>http://[tidak-sah</blockquote>",
    ],
)
def test_a_quote_stays_a_quote(markup: str) -> None:
    assert embedded(markup) == markup


def test_a_posts_day_stands_beside_its_writer_where_it_is_asked_for() -> None:
    content = html.fragment_fromstring(
        '<blockquote class="twitter-tweet"><p>Air surut.</p>&mdash; Sari (@sari) '
        '<a href="https://twitter.com/sari/status/1">May 1, 2022</a></blockquote>',
        create_parent="div",
    )

    link_embeds(content, BASE, is_dated=True)

    assert content.text_content() == "Air surut.X: Sari (@sari), May 1, 2022"
