"""Players and posts of other sites → links: a player is a figure with a link, a post a quote with a link."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from lxml.html import HtmlElement

from reader.extraction.addresses import resolve
from reader.extraction.tree import drop, fold, inner_elements, make, replace, text_of

# What the host of a player is called; others are called by their host.
_PLAYERS = {
    "youtube.com": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
    "dailymotion.com": "Dailymotion",
    "spotify.com": "Spotify",
    "soundcloud.com": "SoundCloud",
    "podcasts.apple.com": "Apple Podcasts",
    "anchor.fm": "Anchor",
    "facebook.com": "Facebook",
    "instagram.com": "Instagram",
    "tiktok.com": "TikTok",
    "twitter.com": "X",
    "x.com": "X",
    "google.com/maps": "Google Maps",
    "google.co.id/maps": "Google Maps",
    "maps.google.com": "Google Maps",
    "infogram.com": "Infogram",
    "fcstats.com": "FCStats",
    "flourish.studio": "Flourish",
    "datawrapper.dwcdn.net": "Datawrapper",
    "video.kompas.com": "Video Kompas.com",
    "20.detik.com": "20detik",
    "vidio.com": "Vidio",
    "documentcloud.org": "DocumentCloud",
}
_POSTS = {
    "instagram-media": "Instagram",
    "twitter-tweet": "X",
    "twitter-video": "X",
    "tiktok-embed": "TikTok",
}
_POST_HOSTS = {"instagram.com": "Instagram", "twitter.com": "X", "x.com": "X", "tiktok.com": "TikTok"}
# What the networks' own code writes around a post; the post's author did not.
_NOT_OF_THE_POST = re.compile(
    r"(?:view this (?:post|profile) on|lihat (?:postingan|profil) ini di) instagram"
    r"|(?:a post shared by|sebuah kiriman dibagikan oleh|sebuah kiriman dari) .*"
    r"|pic\.twitter\.com/\w+|https://t\.co/\w+",
    re.IGNORECASE | re.DOTALL,
)
# A player that gets its film from elsewhere has no file to lead to.
_RECORDING = re.compile(r"\.(?:mp4|m4v|webm|ogv|mp3|m4a|aac|oga|ogg|opus|wav)(?:[?#]|$)", re.IGNORECASE)
_WRITER = re.compile(
    r"(?:—|--|shared by|dibagikan oleh|kiriman dari)\s*(.{2,80}?\(@[\w.]+\))(?: on)?(?:,? ([^()@]{6,30}\d))?",
    re.IGNORECASE,
)


def link_embeds(content: HtmlElement, base: str, *, is_dated: bool = False) -> str:
    """Turn players and posts into links, drop every other frame; a line for the trace.

    ``is_dated`` puts a post's day beside its writer, where the page tells it.
    """
    posts = [each for each in inner_elements(content, "blockquote", "div") if _network_of(each)]
    for post in posts:
        _link_post(post, base, is_dated=is_dated)
    players = _put_cards(inner_elements(content, "iframe", "amp-youtube"), _make_player)
    players += _put_cards(
        inner_elements(content, "video", "audio"), lambda media: _make_recording(media, base)
    )
    for advertising in inner_elements(content, "amp-ad", "amp-embed"):
        drop(advertising)
    return f"embeds: {players} players, {len(posts)} posts"


# --- players ---


def _put_cards(elements: list[HtmlElement], make_card: Callable[[HtmlElement], HtmlElement | None]) -> int:
    """Put a card in the place of each that leads somewhere, drop the others; return how many cards."""
    cards = 0
    for element in elements:
        card = make_card(element)
        if card is None:
            drop(element)
        else:
            replace(element, card)
            cards += 1
    return cards


def _make_player(frame: HtmlElement) -> HtmlElement | None:
    url = frame.get("src", "")
    if frame.tag == "amp-youtube":
        url = f"https://www.youtube.com/embed/{frame.get('data-videoid', '')}"
    name = _player_of(url)
    if not name:
        return None
    return _make_card(name, frame.get("title", ""), _public_address(url))


def _make_recording(media: HtmlElement, base: str) -> HtmlElement | None:
    """The page's own film or sound, a link to its file; what plays by itself without sound is decoration."""
    if "autoplay" in media.attrib and ("muted" in media.attrib or "loop" in media.attrib):
        return None
    files = (each.get("src", "") for each in (media, *media.iter("source")))
    url = next((file for file in files if _RECORDING.search(file)), "")
    address = resolve(url, base) if url else ""
    name = "Video" if media.tag == "video" else "Audio"
    return _make_card(name, media.get("title") or media.get("aria-label") or "", address) if address else None


def _make_card(name: str, title: str, address: str) -> HtmlElement:
    figure = make("figure", **{"class": "embed"})
    caption = make("figcaption")
    title = fold(title)
    is_telling = len(title) > 8 and "player" not in title.lower() and "embed" not in title.lower()
    caption.append(make("a", f"{name}: {title}" if is_telling else name, href=address))
    figure.append(caption)
    return figure


def _player_of(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    for known, name in _PLAYERS.items():
        domain, _, path = known.partition("/")
        if (host == domain or host.endswith(f".{domain}")) and parts.path.startswith(f"/{path}"):
            return name
    return ""


def _public_address(url: str) -> str:
    """The address that a person would open, where the player's own is another."""
    parts = urlsplit(url)
    host, path = parts.hostname or "", parts.path
    if "youtube" in host and path.startswith("/embed/"):
        video = path.removeprefix("/embed/").strip("/")
        return f"https://www.youtube.com/watch?v={video}" if re.fullmatch(r"[\w-]{6,20}", video) else url
    if host == "open.spotify.com" and path.startswith("/embed"):
        return f"https://open.spotify.com{path.replace('/embed', '', 1)}"
    if "facebook.com" in host and "/plugins/" in path:
        return resolve(parse_qs(parts.query).get("href", [""])[0], url) or url
    return url


# --- posts ---


def _network_of(element: HtmlElement) -> str:
    for name in element.get("class", "").split():
        if name in _POSTS:
            return _POSTS[name]
    return _network_at(_address_alone(element)) if element.tag == "blockquote" else ""


def _address_alone(quote: HtmlElement) -> str:
    """The address that a quote consists of and nothing else, linked or as text."""
    links = list(quote.iter("a"))
    text = text_of(quote)
    if len(links) == 1 and text == text_of(links[0]):
        return links[0].get("href", "")
    return text if not links and " " not in text and text.startswith(("http://", "https://")) else ""


def _network_at(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return _POST_HOSTS.get(host.removeprefix("www."), "")


def _link_post(post: HtmlElement, base: str, *, is_dated: bool) -> None:
    network = _network_of(post)
    whole = text_of(post)
    address = _address_of_post(post, base)
    words = _words_of_post(post)
    if not address and not words:
        drop(post)
        return
    writer = _WRITER.search(whole)
    name = network
    if writer:
        told = writer.groups("") if is_dated else (writer[1],)
        name = f"{network}: {', '.join(filter(None, map(fold, told)))}"
    quote = make("blockquote" if words else "figure", **{"class": "embed"})
    if words:
        quote.append(make("p", words))
    if address:
        place = make("p", **{"class": "embed"}) if words else make("figcaption")
        place.append(make("a", name, href=address))
        quote.append(place)
    replace(post, quote)


def _address_of_post(post: HtmlElement, base: str) -> str:
    for name in ("data-instgrm-permalink", "cite"):
        if address := resolve(post.get(name, ""), base):
            return address.partition("?")[0]
    addresses = [_address_alone(post), *(link.get("href", "") for link in post.iter("a"))]
    ours = [each for each in addresses if _network_at(each)]
    return resolve(ours[-1], base).partition("?")[0] if ours else ""


def _words_of_post(post: HtmlElement) -> str:
    """What the post says, without what its network writes around it."""
    paragraphs = [each for each in post.iter("p") if text_of(each)] or [post]
    words = bare_words(" ".join(text_of(each) for each in paragraphs))
    return "" if words.startswith(("http://", "https://")) and " " not in words else words


def bare_words(text: str) -> str:
    """The text of a post without its network's marks and its writer's signature.

    >>> bare_words("Air surut. pic.twitter.com/x1 — Sari (@sari) May 1, 2022")
    'Air surut.'
    """
    words = fold(_NOT_OF_THE_POST.sub(" ", text))
    return re.split(r"\s(?:—|--)\s.{2,60}\(@\w+\)", words)[0]
