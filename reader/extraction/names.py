"""Names of people in bylines: one text → several names, and bylines that stand in the text itself.

Site rules point at names alone, and `split_names` is enough; what pages tell in their data and around the
heading goes through `people_in`, which leaves out everything that is no name.
"""

import re

from lxml.html import HtmlElement

from reader.extraction.tree import fold, text_of

# "Dr. Sari, M.Si." is one person.
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,4}\.)+[A-Za-z]{0,5}\.?|S\.?[A-Z]|MM|MBA|PhD", re.ASCII)
_BY = re.compile(r"^(?:oleh|by|penulis|reporter|author)\s*:?\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;|]\s*|\s+(?:dan|and|&)\s+")
_BYLINE = re.compile(r"(?:ditulis )?(?:oleh|by)\s*:\s*(.{2,120}?)[\s*]*", re.IGNORECASE)
_MAX_NAME_CHARS = 100
# A byline stands above the text, or right after an empty or bold first line.
_WITHIN_BLOCKS = 2


def split_names(text: str) -> list[str]:
    """Split a byline at its commas, keeping degrees with their names and leaving out a place in brackets.

    >>> split_names("Sari Dewi, M.Si., Budi Hartono (Surabaya)")
    ['Sari Dewi, M.Si.', 'Budi Hartono']
    """
    names: list[str] = []
    for part in map(_without_place, _BETWEEN.split(_BY.sub("", fold(text)))):
        if names and _DEGREE.fullmatch(part):
            names[-1] += f", {part}"
        elif part and len(part) <= _MAX_NAME_CHARS:
            names.append(part)
    return names


def _without_place(name: str) -> str:
    return name.rpartition(" (")[0] if name.endswith(")") and " (" in name else name


# --- names among other words ---

_LABELS = (
    "ditulis oleh|oleh|penulis|kontributor|wartawan|reporter|written by|posted by|published by|words by|by"
    "|gastbeitrag von|ein beitrag von|beitrag von|eine analyse von|ein kommentar von|interview von|text von"
    "|veröffentlicht von|geschrieben von|von|vom|redaktion|redakteurin|redakteur|autorin|autoren|autor"
    "|texte|text|interview|auteurs|auteur|publié par|par|escrito por|publicado por|redacción|autora|por"
    "|scritto da|a cura di|(?-i:di|da|av|af)|door|tekst|skrevet av|skrevet af|authors|author|source|quelle"
)
_LABEL = re.compile(rf"(?:{_LABELS})(?:\s?:\s?|\s)", re.IGNORECASE)
# Further on in a line only words that are in no name: "von" and "di" are.
_LABEL_WITHIN = re.compile(
    r"\s(?:oleh|by|(?:artikel|beiträge|beitrag|posts|articles)\svon"
    r"|(?:autor|autorin|author|auteur|penulis|text|redaktion|von|interview)\s?:)\s",
    re.IGNORECASE,
)
# What follows the names: a sign, a date, a place in brackets, a number of minutes, "for" a paper.
_FOR_PAPER = re.compile(r"(\S+\s\S.*?)\s(?:for|für|pour|para)\s.*", re.IGNORECASE)
_AFTER = re.compile(
    r"\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d.*"
    r"|\s[|·•–—-]\s.*|\s?[\[(].*|(?-i:\s(?:am|on|um|vor|in|hace)\s.*|\s(?:le|il|el)\s\d.*)|\s?@.*|\s\d.*|/.*|\s기자.*"
    r"|,?\s(?:fotos?|illustration\w*|photos?|bild(?:er)?|stand|date|datum|published|posted|updated|aktualisiert)\b.*",
    re.IGNORECASE,
)
_JOINTS = re.compile(
    r"\s?[,;|&•·]\s?|\s/\s|\s(?-i:dan|DAN|and|And|AND|und|UND|et|og|och|ve|(?:im Gespräch )?mit|with|sowie)\s"
    r"|\s(?:y|e)\s(?=(?-i:[A-ZÀ-Þ]\w+\s[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?:\b\w{1,3}|\.\w{1,5})\.$")
_MAIL = re.compile(r"\S{1,60}@\S{1,60}\.\w{2,}")
_JOB = re.compile(
    r"\b(?:editors?|reporters?|correspondents?|writers?|columnist|contributors?|journalists?|journaliste|producer"
    r"|redakteur|redakteurin|redaktor|redaktorin|korrespondent|korrespondentin|volont[äa]r\w*|chefredakt\w+"
    r"|kontributor|wartawan|jurnalis|redaktur|tim liputan|professor|profesor\w*|dosen|director|staff"
    r"|desk|bureau|guest|author|autor|autorin|photographer|fotograf|periodista|redactora?|giornalista)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"://|www\.|[<>{}=\\©?!:„…]|^(?:[\w-]+\.)+[a-z]{2,3}(?:/|$)|admin\b"
    r"|\b(?:youtube|facebook|twitter|instagram|whatsapp|telegram|creative commons|cc by|copyright)\b"
    r"|^(?:datum|date|last|stand|published|posted|updated|publicado|aktualisiert|actualizado|lesezeit|share)\b"
    r"|^(?:über|about|alle artikel|passwort)\b",
    re.IGNORECASE,
)
# After an organisation come its place and its country, and parts of its own long name.
_ORGANISATION = re.compile(
    r"^(?:[\w-]+\.)+[a-z]{2,3}$|\b(?:gmbh|ag|kg|e\. ?v|ltd|inc|llc|verlag|\w*ministerium|departement|rundfunk"
    r"|landesanstalt|\w*verband|stiftung|kementerian|dinas|yayasan|sekretariat|abteilung|press office)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    "admin administrator webmaster publisher root user anonymous unknown redaktur null undefined none nobody"
    " developer superuser moderator system www default von by oleh par por autor autoren author authors"
    " penulis share teilen follow folgen kommentare comments mehr more email print bagikan simpan ikuti"
    " komentar registrieren login lainnya selengkapnya anonim anónimo"
    " montag dienstag mittwoch donnerstag freitag samstag sonntag senin selasa rabu kamis jumat sabtu minggu"
    " monday tuesday wednesday thursday friday saturday sunday".split()
)
_AGENCIES = frozenset(
    "dpa afp ap apa reuters epd kna sid efe ansa antara upi xinhua tass pti ani ians bloomberg agencies"
    " agency agencias redaksi redaktion red ots".split()
)
_PARTICLES = frozenset(
    "al bin binti bint da das de del della den der di do dos du e el en i la le ten ter van von y zu".split()
)
_MOST_WORDS = 6
_WORDS_OF_PHRASES = 4


def people_in(text: str, *, is_certain: bool = False) -> list[str]:
    """The names in a byline, without labels, jobs, agencies, addresses, dates and what else stands there.

    ``is_certain`` says that the page names this an author: then a name may be a single word in small
    letters. Else every word must look like one of a name.

    >>> people_in("By Sari Dewi and Budi Hartono, Staff Writers | 3 March 2021")
    ['Sari Dewi', 'Budi Hartono']
    """
    text = fold(_MAIL.sub(" ", fold(text)[: 3 * _MAX_NAME_CHARS]))
    text = _LABEL_WITHIN.split(f" {text}")[-1].strip()
    while match := _LABEL.match(text):
        text = text[match.end() :]
    parts = _JOINTS.split(text)
    if _ORGANISATION.search(parts[0]):
        return []
    names: list[str] = []
    for part in parts:
        name = "" if _NO_NAME.search(part.strip()) else _trim(_AFTER.sub("", _FOR_PAPER.sub(r"\1", part)))
        if not name:
            continue
        if names and _DEGREE.fullmatch(name):
            names[-1] += f", {name}"
        elif _is_person(name, is_certain=is_certain):
            names.append(name)
    return list(dict.fromkeys(names))


def _trim(name: str) -> str:
    """Without the signs around it; a point stays where it ends an abbreviation, "M.Si." or "Jr."."""
    name = name.strip(" ,:;-–*'\"").lstrip(". ")
    return name if _ABBREVIATED.search(name) else name.rstrip(". ")


def _is_person(name: str, *, is_certain: bool) -> bool:
    words = name.split()
    if len(words) > _MOST_WORDS or len(name) > _MAX_NAME_CHARS or not re.search(r"[^\W\d_]", name):
        return False
    # "AFP Deutschland" and "dpa" are agencies, "Sid" is a name.
    signs = {word.casefold().strip(".") for word in words if word.isupper() or word.islower()}
    if name.casefold() in _NOBODY | _AGENCIES or not _AGENCIES.isdisjoint(signs) or _JOB.search(name):
        return False
    return (is_certain and len(words) < _WORDS_OF_PHRASES) or all(_is_of_name(word) for word in words)


def _is_of_name(word: str) -> bool:
    return word[0].isupper() or not word[0].isascii() or word.casefold() in _PARTICLES


def lift_byline(content: HtmlElement, authors: tuple[str, ...]) -> list[str]:
    """Take a paragraph that is only "Oleh: names" from the top of the flat blocks, and return the names.

    A paragraph that only repeats known ``authors`` goes too.
    """
    known = {author.casefold() for author in authors}
    for block in list(content)[:_WITHIN_BLOCKS]:
        text = text_of(block)
        names = {name.casefold() for name in split_names(text)}
        if block.tag == "p" and names and names <= known:
            content.remove(block)
            return []
        match = _BYLINE.fullmatch(text)
        if match and block.tag in {"p", "h2", "h3", "h4"}:
            content.remove(block)
            return split_names(match[1])
    return []


def join_authors(known: tuple[str, ...], further: list[str]) -> tuple[str, ...]:
    """The names in order, each once, whatever its case."""
    unique: dict[str, str] = {}
    for name in (*known, *further):
        unique.setdefault(name.casefold(), name)
    return tuple(unique.values())
