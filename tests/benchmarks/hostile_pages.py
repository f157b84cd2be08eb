"""What hostile pages of 5 MB cost: ``python -m tests.benchmarks.hostile_pages [NAME …]``.

Each kind is read in a process of its own, without a site rule and with the one for Kompas. Printed are
seconds of processor time, the peak of memory in MB (all of the process; the bare program first), and what
came out. Marked are those over the limits that DESIGN promises: 2 s and 300 MB.
"""

import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeoutError

from pebble import ProcessExpired, ProcessPool

from reader.errors import ReaderError, TooComplex
from reader.extraction import extract_html
from reader.extraction.parse import MAX_ELEMENTS

SIZE = 5_000_000
MAX_SECONDS, MAX_MEGABYTES = 2.0, 300
KILLED_AFTER_SECONDS = 60
PLAIN_URL = "https://kabar.example/read/1"
KOMPAS_URL = "https://www.kompas.com/tren/read/2022/06/23/204500665/contoh"

SENTENCE = "Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh. "
ARTICLE = "<h1 class=read__title>Warga Menanam</h1><div class=read__content>" + f"<p>{SENTENCE * 5}</p>" * 8
# An article that is read, before what is hostile.
START = f"<html><head><title>Warga</title></head><body>{ARTICLE}"


def filled(piece: str, before: str = START, after: str = "", size: int = SIZE) -> bytes:
    """``piece`` again and again between the two, ``size`` bytes in all."""
    times = (size - len(before.encode()) - len(after.encode())) // len(piece.encode())
    return (before + piece * max(times, 0) + after).encode()


def numbered(piece: str, before: str = START, size: int = SIZE) -> bytes:
    """The same with a running number in place of ``{}``, so that nothing is the same twice."""
    parts, length, number = [before], len(before), 0
    while length < size:
        part = piece.replace("{}", str(number))
        parts.append(part)
        length += len(part)
        number += 1
    return "".join(parts).encode()


def grouped(piece: str, times: int, before: str = START) -> bytes:
    """``piece`` as often, a thousand in a div each: pages that stay below every limit of parsing."""
    groups = [f"<div class=isi>{piece * 1000}</div>"] * (times // 1000)
    return "".join([before, *groups]).encode()


LD = "<script type=application/ld+json>"
NEWS = START + LD + '{"@type":"NewsArticle",'
STATE = f"{START}<script id=__NEXT_DATA__ type=application/json>"
KINDS: dict[str, Callable[[], bytes]] = {
    "an article": f"{START}</div>".encode,
    "nested div": lambda: filled("<div>"),
    "nested div to the limit": lambda: filled("<div>" * 90 + "x" + "</div>" * 90, size=260_000),
    "nested b": lambda: filled("<b>"),
    "nested span with class": lambda: filled("<span class=a>"),
    "nested blockquote": lambda: filled("<blockquote>"),
    "nested ul li": lambda: filled("<ul><li>"),
    "nested table": lambda: filled("<table><tr><td>"),
    "nested font": lambda: filled("<font><p>"),
    "crossed": lambda: filled("<b><i><p><em></b></i>x"),
    "half a million tags": lambda: filled("<p>x</p>"),
    "empty tags": lambda: filled("<i></i>"),
    "divs with class": lambda: filled("<div class='a b c'>x</div>"),
    "breaks": lambda: filled("<br>", size=100_000 * 4 + len(START)),
    "5 MB of breaks": lambda: filled("<br>"),
    "text and breaks": lambda: filled("kata <br><br>"),
    "links": lambda: filled("<a href=/x>Judul berita lain</a> ", size=100_000 * 33),
    "Baca juga": lambda: filled("<p>Baca juga: <a href=/x>Judul</a></p>"),
    "Baca juga in one": lambda: filled("Baca juga: <a href=/x>Judul</a> "),
    "Baca juga, each its own": lambda: numbered("<p>Baca juga: <a href=/x{}>Judul {}</a></p>"),
    "Baca juga words": lambda: filled("Baca juga: "),
    "a million attributes": lambda: numbered(" a{}=1", f"{START}<p"),
    "attributes on many": lambda: filled("<p a=1 b=2 c=3 d=4 e=5 f=6>x</p>"),
    "one long attribute": lambda: filled("x", f"{START}<p class='", "'>x</p>"),
    "a class of many words": lambda: numbered("a{} ", f"{START}<p class='"),
    "classes, each its own": lambda: numbered("<p class='iklan-{}'>x</p>"),
    "one long address": lambda: filled("/x", f"{START}<a href='https://kabar.example", "'>x</a>"),
    "a data address": lambda: filled("A", f"{START}<img src='data:image/png;base64,", "'>"),
    "pictures": lambda: numbered("<img src=/foto/{}.jpg alt='Foto {}'>"),
    "figures": lambda: numbered("<figure><img src=/{}.jpg><figcaption>Foto {}</figcaption></figure>"),
    "srcset": lambda: numbered("/{}.jpg {}w, ", f"{START}<img src=/x.jpg srcset='"),
    "players": lambda: filled("<iframe src=https://www.youtube.com/embed/abcdefghijk></iframe>"),
    "posts": lambda: filled("<blockquote class=twitter-tweet><p>x</p><a href=https://x.com/a/1>y</a></blockquote>"),
    "one text": lambda: filled("kata "),
    "one paragraph": lambda: filled(SENTENCE, f"{START}<p>"),
    "paragraphs of text": lambda: filled(f"<p>{SENTENCE * 5}</p>"),
    "one word": lambda: filled("a"),
    "spaces": lambda: filled(" "),
    "no-break spaces": lambda: filled("&nbsp; "),
    "line ends": lambda: filled("\n"),
    "capital letters": lambda: filled("A", f"{START}<p>"),
    "names and commas": lambda: filled("A, ", f"{START}<p>Oleh: "),
    "datelines": lambda: filled("JAKARTA, ", f"{START}<p>"),
    "headings": lambda: filled("<h2>Judul bagian</h2>"),
    "list items": lambda: filled("<li>x", f"{START}<ul>"),
    "rows": lambda: filled("<tr><td>x", f"{START}<table>"),
    "one row": lambda: filled("<td>x", f"{START}<table><tr>"),
    "definition": lambda: filled("<dt>a<dd>b", f"{START}<dl>"),
    "preformatted": lambda: filled("x\n", f"{START}<pre>"),
    "<": lambda: filled("<"),
    "< alone": lambda: filled("<", "", ""),
    "< a": lambda: filled("< a "),
    "</": lambda: filled("</"),
    "<!": lambda: filled("<!"),
    "<?": lambda: filled("<?"),
    "<a <a": lambda: filled("<a "),
    "<meta <meta": lambda: filled("<meta "),
    "&": lambda: filled("&"),
    "&amp; in &amp;": lambda: filled("amp;", f"{START}<p>&"),
    "&#": lambda: filled("&#"),
    "&#0;": lambda: filled("&#0;"),
    "unknown entities": lambda: filled("&abcdef;"),
    "unclosed comment": lambda: filled("x", f"{START}<!--"),
    "comments": lambda: filled("<!-- x -->"),
    "<!-- <!--": lambda: filled("<!--"),
    "unclosed script": lambda: filled("x<y ", f"{START}<script>"),
    "scripts": lambda: filled("<script>x</script>"),
    "unclosed style": lambda: filled("p{}", f"{START}<style>"),
    "unclosed title": lambda: filled("x ", "<title>"),
    "unclosed textarea": lambda: filled("x", f"{START}<textarea>"),
    "unclosed quote": lambda: filled("x ", f"{START}<p class='"),
    "noscript": lambda: filled("<noscript><p>x</p></noscript>"),
    "templates": lambda: filled("<template><p>x</p></template>"),
    "svg": lambda: filled("<svg><path d=M0/></svg>"),
    "math": lambda: filled("<math><mi>x</mi></math>"),
    "forms": lambda: filled("<form><input name=x></form>"),
    "select": lambda: filled("<option>x", f"{START}<select>"),
    "plaintext": lambda: filled("<p>x", f"{START}<plaintext>"),
    "frameset": lambda: filled("<frame>", "<frameset>"),
    "hidden": lambda: filled("<p style='display:none'>x</p>"),
    "styles": lambda: filled("x:y;", f"{START}<p style='"),
    "bodies": lambda: filled("<body class=x>"),
    "html again": lambda: filled("</body></html><html><body>x"),
    "huge JSON-LD": lambda: filled('"x",', START + LD + '{"@type":"NewsArticle","k":[', '"x"]}</script>'),
    "deep JSON-LD": lambda: filled("[", START + LD),
    "deep JSON-LD objects": lambda: filled('{"@graph":[', START + LD),
    "many JSON-LD": lambda: filled(LD + '{"@type":"NewsArticle","headline":"Judul"}</script>'),
    "JSON-LD graph": lambda: filled('{"@type":"Article"},', START + LD + '{"@graph":[', "{}]}</script>"),
    "JSON-LD number": lambda: filled("9", START + LD + '{"@type":"Article","wordCount":', "}</script>"),
    "JSON-LD body": lambda: filled(SENTENCE, NEWS + '"articleBody":"', '"}</script>'),
    "JSON-LD authors": lambda: filled('{"name":"A"},', NEWS + '"author":[', "{}]}</script>"),
    "huge meta": lambda: filled("x ", "<meta property=og:description content='", f"'>{START}"),
    "huge title": lambda: filled("x - ", "<title>", f"</title>{START}"),
    "huge heading": lambda: filled("x - ", f"{START}<h1 class=read__title>"),
    "huge author": lambda: filled("A dan ", "<meta name=content_author content='", f"'>{START}"),
    "huge date": lambda: filled("1 Januari ", "<meta name=content_PublishedDate content='", f"'>{START}"),
    "many meta": lambda: numbered("<meta name=m{} content=x>", "<head>"),
    "many titles": lambda: filled("<title>x</title>", "<head>"),
    "many h1": lambda: filled("<h1 class=read__title>x</h1>"),
    "many links": lambda: filled("<link rel=canonical href=/x>", "<head>"),
    "many bases": lambda: filled("<base href=//[>", "<head>"),
    "many times": lambda: filled("<time datetime=2026-01-01>x</time>"),
    "many bodies of the rule": lambda: filled("<div class=read__content>x</div>"),
    "nested bodies of the rule": lambda: filled("<div class=read__content><p>x</p>", size=4_000),
    "pages": lambda: numbered("<div class=paging--article><a class=paging__link href=?page={}>{}</a></div>"),
    "keywords": lambda: filled(SENTENCE, START + '<script>var keywordBrandSafety = "', '";</script>'),
    "captions": lambda: filled("<div class=photo__caption>x <span class=author>y</span></div>"),
    "photos without captions": lambda: filled("<div class=photo><img src=/x.jpg></div>"),
    "NUL": lambda: filled("\0"),
    "controls": lambda: filled("\x01\x0b\x7f"),
    "bad UTF-8": lambda: START.encode() + b"\xff\xfe\x80" * 1_600_000,
    "no encoding": lambda: START.encode() + bytes(range(128, 256)) * 38_000,
    "UTF-16": lambda: filled("<p>kata</p>", size=2_500_000).decode().encode("utf-16"),
    "false UTF-16": lambda: b"\xff\xfe" + filled("<p>kata</p>"),
    "UTF-7": lambda: b"<meta charset=utf-7>" + filled("+ADw-p+AD4-"),
    "zero width": lambda: filled("\u200b"),
    "marks on one letter": lambda: filled("\u0301", f"{START}<p>a"),
    "right to left": lambda: filled("\u202e\u202d"),
    "emoji": lambda: filled("\U0001f600"),
    "ideographs": lambda: filled("\u4e00"),
    "JSON-LD, closed in time": lambda: filled("[", START + LD, "]" * 2_400_000 + "</script>"),
    "JSON-LD references": lambda: numbered('{"@id":"#{}","name":"A","author":{"@id":"#{}"}},', START + LD),
    "JSON-LD entities": lambda: filled("&amp;amp;", NEWS + '"headline":"', '"}</script>'),
    "JSON-LD escapes": lambda: filled("\\u0041", NEWS + '"headline":"', '"}</script>'),
    "JSON-LD dates": lambda: filled("1 Mei ", NEWS + '"datePublished":"', '"}</script>'),
    "JSON-LD in many scripts": lambda: numbered(LD + '{"@type":"NewsArticle","headline":"{}"}</script>'),
    "state of a script": lambda: filled('{"body":[{"text":"x"}]},', STATE + '{"props":[', "{}]}</script>"),
    "state of a script, nested": lambda: filled('{"content":', STATE),
    "state of a script, text": lambda: filled(SENTENCE, STATE + '{"articleBody":"', '"}</script>'),
    "state of a script, markup": lambda: filled("<p>x</p>", STATE + '{"content":"', '"}</script>'),
    "many dates in meta": lambda: numbered("<meta name=pubdate content='{} Mei'>", "<head>"),
    "dates after the heading": lambda: filled("<p>4 Mei 2024</p>", size=270_000),
    "dates in one text": lambda: filled("4 Mei, ", f"{START}<p>"),
    "dates in classes": lambda: filled("<i class=post-date>4 Mei</i>"),
    "words before dates": lambda: filled("posted : ", f"{START}<p>", size=1_900_000),
    "words of changes": lambda: filled("zuletzt 4 ", f"{START}<p>", size=1_900_000),
    "digits": lambda: filled("20240504", f"{START}<p>", size=1_900_000),
    "an article at its limit": lambda: grouped(f"<p>{SENTENCE}</p>", 9_000),
    "headings with a style": lambda: grouped(f"<h1><style>x</style>{SENTENCE}</h1>", 9_000),
    "spans beside spans": lambda: grouped(f"<span>{SENTENCE}</span>", 19_000),
    "classes beside classes": lambda: grouped(f"<b class=author>{SENTENCE}</b>", 19_000),
    "authors, deep down": lambda: grouped("<i class=author>A B</i>", 19_000, START + "<div>" * 80),
    "links beside text": lambda: grouped(f"{SENTENCE}<a href=/x>x</a>", 9_000),
    "many links beside text": lambda: grouped(f"{SENTENCE}<a href=/x>x</a>", 19_000),
    "blocks of links": lambda: grouped("<p>Baca juga:</p><ul><li><a href=/x>x</a></li></ul>", 4_000),
    "words of boilerplate": lambda: grouped(f"<div class='related post share'>{SENTENCE}</div>", 19_000),
    "one text again and again": lambda: filled(SENTENCE, NEWS + '"articleBody":"', '"}</script>', 1_000_000)
    + grouped(f"<p>{SENTENCE}</p>", 9_000, ""),
    "bylines": lambda: filled("<p>Oleh Ratna Wulandari</p>"),
    "byline without end": lambda: filled("Ratna, ", f"{START}<p class=byline>Oleh ", size=1_900_000),
    "author classes": lambda: filled("<i class=author>A B</i>"),
    "author links": lambda: numbered("<a rel=author href=/author/{}>A B</a>"),
    "author items": lambda: filled("<i itemprop=author>A B</i>"),
    "letters that grow": lambda: filled("\ufdfa", f"{START}<h1 class=read__title>", size=1_900_000),
    "titles that grow": lambda: filled("\ufdfa", "<title>", f"</title>{START}"),
    "joined emoji": lambda: filled("\U0001f468\u200d", f"{START}<p>"),
    "nested noscript": lambda: filled("<noscript>"),
    "nested templates": lambda: filled("<template>"),
    "nested links": lambda: filled("<a href=/x>"),
    "nested buttons": lambda: filled("<button>"),
    "nested foreign": lambda: filled("<svg><foreignObject>"),
    "nested ruby": lambda: filled("<ruby><rt>"),
    "nested details": lambda: filled("<details><summary>"),
    "text in tables": lambda: filled("<table>x"),
    "cells of cells": lambda: filled("<table><tr><td>x</td>", size=8_000),
    "ends without beginnings": lambda: filled("</p>"),
    "ends of nothing": lambda: filled("</x>"),
    "processing instructions": lambda: filled("<?x y?>"),
    "CDATA": lambda: filled("<![CDATA[x]]>"),
    "document types": lambda: filled("<!DOCTYPE html>"),
    "xmp": lambda: filled("<p>x", f"{START}<xmp>"),
    "textareas": lambda: filled("<textarea>x</textarea>"),
    "shadow roots": lambda: filled("<x-a><template shadowrootmode=open><p>x</p></template></x-a>"),
    "known entities": lambda: filled("&lt;"),
    "entities of two letters": lambda: filled("&NotEqualTilde;"),
    "numeric entities": lambda: filled("&#x1F600;"),
    "addresses": lambda: filled("https://kabar.example/x ", f"{START}<p>", size=1_900_000),
    "mails": lambda: filled("a@b", f"{START}<p>", size=1_900_000),
    "signs": lambda: filled(" - | : ", f"{START}<p>", size=1_900_000),
    "brackets": lambda: filled("((", f"{START}<p>", size=1_900_000),
    "quotes": lambda: filled('"', f"{START}<p>", size=1_900_000),
    "ids, each its own": lambda: numbered("<p id=comment-{}>x</p>"),
    "lazy pictures": lambda: numbered("<img class=lozad data-src=/{}.jpg data-srcset='/{}.jpg 2x'>"),
    "pictures of noscript": lambda: numbered("<img data-src=/{}.jpg><noscript><img src=/{}.jpg></noscript>"),
    "next links": lambda: numbered("<link rel=next href=/x?page={}>", "<head>"),
    "pages in links": lambda: numbered("<a href='?page={}'>{}</a> "),
    "UTF-32": lambda: filled("<p>kata</p>", size=1_250_000).decode().encode("utf-32"),
    "UTF-16 that is none": lambda: b"<meta charset=utf-16>" + filled("<p>kata</p>"),
    "ISO-2022-JP": lambda: b"<meta charset=iso-2022-jp>" + START.encode() + b"\x1b$B\x1b(B" * 800_000,
    "ISO-2022-JP, open": lambda: b"<meta charset=iso-2022-jp><p>\x1b$B" + b"!!" * 2_400_000,
    "GB 18030": lambda: b"<meta charset=gb18030>" + START.encode() + b"\x81\x30\x81\x30" * 1_200_000,
    "Shift JIS that is none": lambda: b"<meta charset=shift_jis>" + START.encode() + b"\x81\x20" * 2_400_000,
    "Big5 that is none": lambda: b"<meta charset=big5>" + START.encode() + b"\xff\x81" * 2_400_000,
    "many charsets": lambda: filled("<meta charset=x>", ""),
    "random bytes": lambda: START.encode() + _random_bytes(SIZE),
}  # fmt: skip


def _random_bytes(size: int) -> bytes:
    value, parts = 1, []
    for _ in range(size // 8):  # a fixed sequence: the same page in every run
        value = (value * 6364136223846793005 + 1442695040888963407) % 2**64
        parts.append(value.to_bytes(8, "little"))
    return b"".join(parts)


def read(name: str, url: str) -> tuple[float, int, str]:
    """Seconds, peak in MB and outcome, in a fresh process."""
    body = KINDS[name]()
    seconds, outcome = _measure(body, url)
    if outcome.startswith(TooComplex.code):  # what stays just below the cap is the harder page
        body = body[: int(len(body) * 0.95 * MAX_ELEMENTS / max(body.count(b"<"), 1))]
        second, inner = _measure(body, url)
        seconds, outcome = max(seconds, second), f"{outcome[:20]}…, then {inner}"
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, outcome


def _measure(body: bytes, url: str) -> tuple[float, str]:
    begun = time.process_time()
    try:
        article = extract_html(body, url)
        outcome = f"{article.word_count} words by {article.extractor}"
    except ReaderError as error:
        outcome = f"{error.code}: {error.detail[:60]}"
    return time.process_time() - begun, outcome


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    names = sys.argv[1:] or list(KINDS)
    over = 0
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["reader.extraction", "tests.benchmarks.hostile_pages"])
    with ProcessPool(max_workers=1, max_tasks=1, context=context) as pool:
        print(
            f"limits {MAX_SECONDS} s, {MAX_MEGABYTES} MB; the bare program {pool.schedule(peak).result()} MB"
        )
        for name in names:
            for rule, url in (("", PLAIN_URL), ("Kompas", KOMPAS_URL)):
                over += _print(pool, name, rule, url)
    print(json.dumps({"over": over, "kinds": len(names)}))
    sys.exit(1 if over else 0)


def _print(pool: ProcessPool, name: str, rule: str, url: str) -> bool:
    try:
        seconds, megabytes, outcome = pool.schedule(
            read, args=(name, url), timeout=KILLED_AFTER_SECONDS
        ).result()
    except (FutureTimeoutError, ProcessExpired) as error:
        seconds, megabytes, outcome = float("inf"), 0, repr(error)[:80]
    except Exception as error:  # a find; the next kind follows
        seconds, megabytes, outcome = float("inf"), 0, f"CRASH {error!r}"[:80]
    is_over = seconds > MAX_SECONDS or megabytes > MAX_MEGABYTES
    print(
        f"{name:28} {rule:6} {seconds:6.2f} s {megabytes:5} MB  {'OVER  ' if is_over else ''}{outcome}",
        flush=True,
    )
    return is_over


if __name__ == "__main__":
    main()
