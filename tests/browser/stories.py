"""A publisher's page for the stories, in the dress of a Kompas article; people and news are invented."""

TITLE = "Warga Kampung Menanam Seribu Pohon di Tepi Sungai"
URL = "https://regional.kompas.com/read/2020/11/10/143800078/warga-kampung-menanam-seribu-pohon"
SENTENCE = "Pagi itu kabut belum pergi ketika warga berdatangan membawa bibit trembesi dan beringin."


def make_story(title: str = TITLE, paragraphs: int = 8) -> str:
    """Return a whole page, advertising and all."""
    text = "".join(
        f"<p>{SENTENCE} Alinea ke-{number} bercerita lebih jauh lagi.</p>" for number in range(paragraphs)
    )
    return f"""<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}"><meta name="content_author" content="Sari Wulandari">
<meta name="content_editor" content="Bagus Pratama">
<meta property="article:published_time" content="2020-11-10T07:38:00+00:00">
<script src="https://iklan.example/pelacak.js"></script></head><body>
<div class="ads-partner">IKLAN BESAR</div><h1 class="read__title">{title}</h1>
<div class="read__time">Kompas.com - 10/11/2020, 14:38 WIB</div>
<div class="read__content"><div class="clearfix"><p><strong>MALANG, KOMPAS.com</strong> - {SENTENCE}</p>{text}
<p><strong>Baca juga: <a href="https://regional.kompas.com/read/2020/11/09/100000078/sungai">Sungai Bersih</a>
</strong></p><img src="https://iklan.example/satu.gif" alt=""></div></div></body></html>"""
