"""Notices, teasers and bare dates after the last sentence go; what only looks like them stays."""

import pytest

from reader.extraction.endings import cut_endings
from reader.extraction.tree import parse_fragment, text_of
from reader.values import Link

TEXT = "Warga menanam seribu pohon mangga di tepi sungai sejak pagi agar kampung mereka lebih teduh."
START = f"<p>{TEXT}</p><p>{TEXT} Panen pertama tiba dalam empat tahun.</p>"


def left_of(after: str, before: str = "") -> list[str]:
    content = parse_fragment(before + START + after)
    cut_endings(content)
    kept = [text_of(each) for each in content]
    return [text for text in kept if not text.startswith(TEXT)]


@pytest.mark.parametrize(
    "notice",
    [
        *("Sign up for our daily newsletter.", "Jetzt kostenlos abonnieren und nichts verpassen!"),
        *("Follow us on Twitter.", "Síguenos en Telegram, Instagram y Facebook", "Folgen Sie uns auf X."),
        *("Join our WhatsApp channel.", "Please support our work.", "Bergabunglah di grup Telegram kami."),
        *("Hak cipta dilindungi undang-undang.", "This material may not be published or rewritten."),
        *("The site is not responsible for the content of external links.", "Want more? Sign up for it."),
        *("Click here for more information.", "Got a story? Get in touch with our news team."),
        *(
            "© 2024 Koran Contoh",
            "Copyright 2019 News Now. All rights reserved.",
            "Alle Angaben ohne Gewähr.",
        ),
        *(
            "If you buy something we may earn a commission.",
            "Category : Press Releases",
            "Zurück zur Startseite",
        ),
    ],
)
def test_notices_at_the_end_go(notice: str) -> None:
    assert left_of(f"<p>{notice}</p>") == []
    assert left_of(f"<h3>Noch etwas</h3><p>Redaktion</p><p>{notice}</p><p>Redaktion</p>") == [
        "Noch etwas",
        "Redaktion",
        "Redaktion",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The newsletter that he wrote for thirty years was read in every village.",
        "They followed the river on foot.",
        "Die Gemeinde unterstützt den Verein.",
        "“We thank all who support us,” the farmer said.",
        "“Support us, or they follow us everywhere,” she said.",
        "The company said that it was not responsible for the flood.",
        "Netflix has 260 million subscribers today.",
        "The film was posted on Facebook and Instagram.",
        "He was sued for using copyrighted books.",
        "Residents can sign up for the harvest until May.",
        "The names may not be published before the trial.",
        "She left the bank to join a farmers' community.",
        "Agents earn a commission of two per cent.",
        "El alcalde lo anunció en su canal de Telegram.",
        "La disputa entre Meta y Facebook sigue abierta.",
        "Entre los afectados hay usuarios de Facebook.",
        "Hak cipta lagu itu dipegang anaknya.",
        "Ia menulis itu di kanal Telegram.",
        "Ia bergabung dengan Facebook pada 2012.",
        "Revisi UU Hak Cipta dibahas tahun depan.",
    ],
)
def test_sentences_with_such_words_stay(text: str) -> None:
    assert left_of(f"<p>{text}</p>") == [text]


def test_a_notice_before_the_last_sentence_stays() -> None:
    notice = "<p>Sign up for our newsletter.</p>"
    assert left_of("", before=notice) == ["Sign up for our newsletter."]


def test_a_heading_without_text_goes_with_what_stood_under_it() -> None:
    assert left_of("<h2>Stay in touch</h2><p>Subscribe to our newsletter.</p>") == []
    assert left_of("<h2>Penutup</h2>") == ["Penutup"]


def test_the_only_block_stays() -> None:
    content = parse_fragment("<p>Follow us on Twitter.</p>")
    cut_endings(content)
    assert text_of(content) == "Follow us on Twitter."


def test_teasers_after_their_label_become_links() -> None:
    content = parse_fragment(
        f"{START}<h3>More Great Stories</h3><ul><li>The <a href=/a>diary</a> of a tree</li>"
        "<li><a href=/b>Rivers</a></li></ul><p><a href=/c>Birds</a></p>"
    )
    assert cut_endings(content) == [Link("diary", "/a"), Link("Rivers", "/b"), Link("Birds", "/c")]
    assert len(content) == 2


@pytest.mark.parametrize(
    "after",
    [
        "<h3>More than this</h3><p>They went home.</p>",
        f"<h3>Related work</h3><p><a href=/a>Earlier</a>: {TEXT * 3}</p>",
        "<h3>Sources</h3><p><a href=/a>The diary</a></p>",
        "<h3>Read more</h3>",
    ],
    ids=["no links", "a long text", "another label", "nothing"],
)
def test_what_is_no_list_of_teasers_stays(after: str) -> None:
    content = parse_fragment(START + after)
    count = len(content)
    assert cut_endings(content) == []
    assert len(content) == count


@pytest.mark.parametrize(
    "date", ["4 May 2024", "Posted on 4 May 2024, 10:30", "Senin, 6 Mei 2024 14:00 WIB", "Stand: 05.02.2020"]
)
def test_bare_dates_at_both_ends_go(date: str) -> None:
    assert left_of(f"<p>{date}</p>", before=f"<p>{date}</p>") == []


def test_dates_that_are_text_stay() -> None:
    assert left_of("<p>Pada 4 Mei 2024 panen dimulai.</p>") == ["Pada 4 Mei 2024 panen dimulai."]
    assert left_of("<h2>4 Mei 2024</h2><p>Panen.</p>") == ["4 Mei 2024", "Panen."]
    chronicle = "".join(f"<p>{day} Mei 2024</p><p>{day}</p>" for day in range(1, 9))
    assert len(left_of(chronicle, before=chronicle)) == 32


@pytest.mark.parametrize(
    "notice",
    [
        "Additional reporting by Sari Dewi; Editing by Budi Hartono",
        "Press writers Sari Dewi and Budi Hartono contributed to this report.",
        "Reach the reporters on Twitter at http://twitter.com/saridewi",
        "Follow AP's full coverage of the harvest at https://kabar.example/panen",
        "Like this story? Share it with a friend!",
        "Comentários com textos ininteligíveis não serão aprovados pelo moderador.",
        "Topics Mangoes Rivers Trees",
    ],
)
def test_credits_of_the_desk_and_calls_at_the_end_go(notice: str) -> None:
    assert left_of(f"<p>{notice}</p>") == []
    assert left_of("", f"<p>{notice}</p>") == [notice]


def test_a_date_with_a_zone_goes() -> None:
    assert left_of("", "<p>November 20, 2019 - 11:28 AMT</p>") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "He wrote letters to the editor until the last tree was planted.",
        "The film lives from the quiet editing by Sari Dewi.",
        "In the evening they listen to a band that plays live.",
    ],
)
def test_a_last_sentence_with_such_words_stays(sentence: str) -> None:
    assert left_of(f"<p>{sentence}</p>") == [sentence]
