"""Phrases that stand in the pages of many sites and in no article: data, and the questions to ask of it."""

import re

# Whole paragraphs, whatever their case.
_WHOLE = (
    r"\W*(?:advertisements?|iklan|ads?|sponsored(?: content)?|konten bersponsor|close ads?(?: x)?)\W*",
    r"(?:scroll|gulir) (?:down )?(?:to|untuk|ke).{0,20}(?:continue|resume|melanjutkan|lanjut|membaca).{0,30}",
    r"(?:share|bagikan)(?: this| artikel ini| berita ini)?(?: melalui| via| ke)?\s*:?",
    r"(?:loading|memuat)\W*",
    r"(?:lihat|see|show)(?: foto| photos?| semua| all)",
    r"halaman (?:selanjutnya|berikutnya)\W*.{0,60}",
    r"(?:lanjut|bersambung) ke halaman (?:berikutnya|selanjutnya|\d+)\W*",
    r"(?:video rekomendasi|video lainnya|terkini lainnya|berita terkait|artikel terkait|terpopuler)\W*",
)
# Labels of links, buttons and advertising, in the languages of the pages that were measured; a number may
# stand before them, and marks around them.
_LABELS = (
    r"you (?:may|might) also (?:like|enjoy)|(?:related|recommended) (?:articles|posts|stories|topics)",
    r"read next|up next|more stories|(?:no )?comments(?: \d+)?|comments are closed|leave a (?:comment|reply)",
    r"read more|watch now|adverts?|article content|back to (?:gallery|the list)|caption|reuse this content",
    r"most (?:read|viewed|popular)(?: in [\w ]{2,30})?|related (?:news|coverage)",
    r"(?:top|latest)(?: \w+)? stories",
    r"share (?:this )?on \w+|(?:this )?slideshow requires javascript|skip past newsletter promotion",
    r"we apologi[sz]e, but this video has failed to load|try refreshing your browser, or",
    r"tap here to see other videos from our team",
    r"(?:don.t have an account\? create|sign in or create an) account",
    r"(?:image |photo |bild |foto |slide )?\d{1,3} ?(?:/|of|von|dari) ?\d{1,3}|placeholder image(?:-\d+)?",
    r"close|schließen|fermer|cerrar|fechar|chiudi|tutup|sluiten|zamknij",
    r"(?:reading time|lesedauer|lesezeit|tempo de leitura|temps de lecture|waktu baca):? \d+ min\w*",
    r"\d+ min(?:ut\w*|s)?\.? (?:read|lesezeit|de lecture|de lectura)",
    r"(?:(?:facebook|twitter|google|whatsapp|telegram|pinterest|linkedin|e-?mail|reddit|x|instagram)\W*){3,}",
    r"back to top|permalink|print(?: this)? (?:page|article|recipe)|like it\? share it",
    r"das könnte (?:sie|dich|euch) (?:auch )?interessieren|das thema könnte (?:sie|dich) auch interessieren",
    r"(?:lesen sie|lies|lest) (?:auch|mehr)|zum weiterlesen|mehr zum thema|(?:auch|ebenfalls) interessant",
    r"(?:ähnliche|verwandte|empfohlene|weitere|neueste|aktuelle) (?:artikel|beiträge|themen|meldungen)"
    r"(?: zum thema)?",
    r"(?:bisher |noch )?(?:keine )?kommentare(?: geschlossen| insgesamt)?|nach oben|anzeige|werbung",
    r"zurück(?: zur (?:übersicht|startseite))?|(?:artikel |beitrag )?teilen",
    r"(?:seite |artikel |rezept |beitrag )?(?:aus)?drucken",
    r"(?:à )?lire aussi|sur le même sujet|articles (?:similaires|liés)|partager(?: cet article)?|permalien",
    r"(?:también )?te (?:puede|podría) interesar|(?:lea|lee|mira|vea|ver) (?:también|además)|publicidad",
    r"(?:noticias|artículos|notas) relacionad[ao]s|compartir|publicité|pubblicità|publicidade",
    r"leia (?:também|mais)|veja também|leggi anche|articoli correlati|potrebbe interessarti",
    r"noticias? relacionadas?|(?:häufig|meist) ?gelesen|passend zum artikel|à découvrir|voltar",
    r"inhaltsverzeichnis|ein klick für den datenschutz",
    r"(?:ende der )?weiteren? informationen(?: ende der weiteren informationen)?",
    r"(?:[\w-]+-)?box (?:auf|zu)klappen(?: (?:[\w-]+-)?box (?:auf|zu)klappen)?|quellen (?:ein|aus)blenden",
    r"bild(?:er)? (?:anzeigen|vergrößern)",
    r"(?:czytaj|zobacz|przeczytaj) (?:też|także|również)|drukuj|reklama|lees (?:ook|meer)|läs (?:också|mer)",
)
_LABEL = rf"\W*(?:\d+ )?(?:{'|'.join(_LABELS)})\W*"
_CLUTTER = re.compile("|".join(f"(?:{phrase})" for phrase in (*_WHOLE, _LABEL)), re.IGNORECASE)
_LONGEST = 120


def is_clutter(text: str) -> bool:
    """Whether a paragraph of this folded text is clutter on any site.

    >>> is_clutter("ADVERTISEMENT"), is_clutter("Iklan itu tayang sejak Senin.")
    (True, False)
    >>> is_clutter("Lesen Sie auch:"), is_clutter("[3 Kommentare]"), is_clutter("Zurück zur Natur")
    (True, True, False)
    """
    return len(text) <= _LONGEST and bool(_CLUTTER.fullmatch(text))
