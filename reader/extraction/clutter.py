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
_CLUTTER = re.compile("|".join(f"(?:{phrase})" for phrase in _WHOLE), re.IGNORECASE)
_LONGEST = 120


def is_clutter(text: str) -> bool:
    """Whether a paragraph of this folded text is clutter on any site.

    >>> is_clutter("ADVERTISEMENT"), is_clutter("Iklan itu tayang sejak Senin.")
    (True, False)
    """
    return len(text) <= _LONGEST and bool(_CLUTTER.fullmatch(text))
