"""What sites without a rule put after an article's last sentence, and the dates that stand alone around it.

Invitations to their newsletter and their channels, rights, disclaimers: told by what they ask or say, and
only at the end, where nothing of the article comes after them.
"""

import re

from lxml.html import HtmlElement

from reader.extraction.dates import read_moment
from reader.extraction.tree import drop, text_of
from reader.values import Link

_MOST_BLOCKS = 12
_LONGEST = 450
# Shorter blocks between two notices are names and labels; what is longer, and no notice, is the article.
_SHORT = 40
_TEXTS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "dl"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Told only where a sentence begins, and not in what somebody says: elsewhere they are words of the article.
_CALLS = (
    r"subscribe (?:to|now|for|today)\b|sign (?:up|in) (?:for|to|or)\b|follow us\b",
    r"(?:download|get|laden sie|descarga) (?:\w+ ){0,3}app\b",
    r"(?:join|únete|junte-se|entre (?:no|em)|participe|sigue|suscríbete|(?:ber)?gabung\w*|ikuti)\b"
    r".{0,80}\b(?:whatsapp|telegram|discord|facebook|community)\b",
    r"(?:support|unterstützen? sie|soutenez|apoya) (?:our|us|unser\w*|uns|notre|nous|nuestr\w+)\b",
    r"(?:do you |if you |you )?(?:got|have) (?:a|any) (?:story|tip|question|news tip)s?\b",
    r"tell us (?:what|your)\b|submit your\b|hak cipta (?:©|\d)",
)
_CALL = rf"(?:^|[.!?:;,–—|•] )[^\w\"'“”„«»‘’]*(?:(?:please|also|and|or|bitte) )?(?:{'|'.join(_CALLS)})"
_NOTICES = (
    # letters and channels
    r"\b(?:our|unser\w*|notre|nuestr\w+|noss[oa]|nostr\w+|daily|weekly|free|kostenlos\w*|e-?mail) "
    r"(?:\w+ ){0,3}newsletters?\b",
    r"\bnewsletters?[ -](?:anmeld|abonn|abo\b|bestell)|\bsubscribe to (?:our|read|get|receive|continue)\b",
    r"\bsign (?:up|in) (?:for|to) (?:our|your|read|get|receive|continue|comment)\b",
    r"\bsign up\b.{0,60}\bhere\b",
    r"\bsubscribe\b.{0,60}\b(?:here|now|today|access|account)\b",
    r"\b(?:subscribers|subscription)\b.{0,60}\b(?:here|full access|(?:your|an) account)\b",
    r"\b(?:jetzt|hier|gratis|kostenlos) (?:\w+ )?(?:abonnieren|registrieren|anmelden|bestellen|downloaden)\b",
    r"\bfollow (?:us (?:on|at)\b|@\w)",
    r"\bfollow \w+(?:[. ]\w+){0,2} on (?:twitter|facebook|instagram|x\b|google|flipboard)",
    r"\b(?:folgen sie uns|folge?t? uns|suivez[- ]nous|s[ií]guenos|siga[- ]nos|seguici|ikuti kami|volg ons)\b",
    r"\b(?:our|nuestro|nosso|unser\w*) (?:\w+ )?"
    r"(?:canal|channel|kanal|grupo) (?:de |di )?(?:whatsapp|telegram)\b",
    r"\blike us on\b|\b(?:join|find|follow|us|me) .{0,60}\bon (?:twitter|facebook)(?:,| and| or)"
    r" (?:and |or )?(?:on )?(?:facebook|twitter|instagram)\b",
    r"^follow \w+(?:['’]s)? .{0,60}\bcoverage\b|^more \w+(?: \w+)?: https?://",
    r"\blisten (?:back|live) here\b|^listen to .{0,40}\blive at\b",
    r"\breach (?:the |our )?(?:reporters?|writers?|author)\b.{0,40}\b(?:on|at)\b",
    # asking for something
    r"\bget in touch with (?:us|our|me)\b|\bsend us your\b|\bwe want to hear from you\b",
    r"\b(?:like|liked|enjoyed?) this (?:story|article|post|piece)\?",
    r"\bpublishing\b.{0,40}\bletters? to the editor\b",
    r"^(?:\w+\W+){0,3}(?:comments|comentários|comentarios|kommentare|commentaires|komentar)\b"
    r".{0,200}\b(?:moderat\w+|moderad\w+|aprovad\w+|aprobad\w+|freigeschaltet|modérés?|spam)\b",
    r"\bmoderating\b.{0,20}\bcomments\b",
    r"\bleave (?:a|your) comment\b|\bclick here (?:for|to)\b",
    r"\b(?:for|to read) more (?:stories|news|information)\b.{0,60}\b(?:visit|click|here|check)\b",
    # rights and disclaimers
    r"^(?:©|\(c\)|copyright\b)|\ball rights reserved\b|\balle rechte vorbehalten\b|\bhak cipta dilindungi\b",
    r"\btodos l?os (?:derechos|direitos) reservados\b|\btous droits réservés\b|\bchroniony prawem\b",
    r"\b(?:subject to|protected by|property of)\b.{0,40}\b(?:copyright|all rights)\b",
    r"\b(?:is|are) copyrighted\b",
    r"\b(?:may|must) not be (?:published|reproduced|reprinted|republished|copied)\b"
    r".{0,80}\b(?:permission|consent|broadcast|rewritten|redistributed|transmitted|form)\b",
    r"\bpermission\b.{0,40}\breprint|\bohne gewähr\b|^disclaimer\b",
    r"\b(?:not|nicht|no se hace) (?:responsible|verantwortlich|responsable)\b"
    r".{0,40}\b(?:contents?|inhalte?n?|contenidos?|opinion\w*|comments|comentarios|errors|external|accuracy)\b",
    r"\baffiliate[- ]?(?:links?|partner\w*|programm?e?)\b",
    r"\b(?:we|may|site)\b.{0,30}\bearn (?:\w+ ){0,3}commission\b",
    r"\b(?:erhalten|bekommen) wir (?:\w+ ){0,3}provision\b|\bwir (?:\w+ ){0,3}(?:provision|commission)\b",
    # the page itself
    r"^(?:(?:share|print) this|artikel (?:drucken|teilen)|back to|zurück zu[rm]?|volver a)\b.{0,60}$",
    r"^(?:titelbild|fotos?|bild(?:er|quelle)?|beitragsbild|quelle|(?:photo|image)(?: credit)?)\s?:.{0,60}$",
    r"^this (?:entry|post) was posted\b|^(?:der|dieser) (?:beitrag|artikel|eintrag|text) wurde\b",
    r"\bour standards:",
    r"\bif you (?:enjoyed|liked) (?:reading )?this\b|\b(?:already|first-time) (?:a )?subscribers?\b",
    r"\bplease subscribe\b|\b(?:weiterlesen|do subskrypcji)\b",
    # the desk that worked on it
    r"\bcontributed (?:reporting|to this (?:report|story|article))\b",
    r"^(?:additional )?(?:reporting|writing|editing) by\b",
    r"^citation: ",
    r"^(?:topics|tags?|category|categories|filed under|kategorien?|schlagw[oö]rter|themen|etiquetas)\s?:",
    r"^topics\s",
)
_NOTICE = re.compile("|".join(f"(?:{phrase})" for phrase in (_CALL, *_NOTICES)), re.IGNORECASE)
# "More Great Stories", "Mehr zum Thema", "Terpopuler": before links alone.
_TEASERS = re.compile(
    r"(?:more|mehr|weitere|read|lesen sie|related|latest|häufig|meist|most|top|popular|recommended|das könnte"
    r"|noticias|lee|lea|leia|à lire|sur le même|berita|artikel|terpopuler|baca)\b(?:\W+\w+){0,5}\W*$",
    re.IGNORECASE,
)
_LONGEST_LABEL, _LONGEST_TEASER = 60, 200
_AROUND = 4
_MOST_DATES = 3
_MOST_DATE_CHARS = 70
_DATE_WORDS = re.compile(
    r"(?:published|posted|updated|last|modified|created|release|date|on|at|the|of|by|and|am|pm|um|uhr|vom|von|den|der|"
    r"veröffentlicht|aktualisiert|erstellt|geändert|stand|datum|publié|mis|à|jour|le|mise|publicado|actualizado|"
    r"el|a|las|às|em|de|del|hrs?|pukul|jam|diterbitkan|tanggal|wib|est|edt|et|gmt|utc|cet|cest|mez|"
    r"\d+|st|nd|rd|th|er|[^\W\d_]{2,12}(?:day|tag|woch|dag)|mo|di|mi|do|fr|sa|so|[a-zç]{3,9}-feira|sábado|domingo|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[eé]rcoles|jueves|viernes|"
    r"segunda|terça|quarta|quinta|sexta|feira|senin|selasa|rabu|kamis|jumat|sabtu|minggu"
    r"|(?-i:[A-Z]{3,4}))",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")


def cut_endings(content: HtmlElement) -> list[Link]:
    """Cut notices and teasers from the end of the flat blocks, and bare dates at both ends.

    Return the links of the teasers, in order.
    """
    teasers = _find_teasers(content)
    links = [Link(text_of(link), link.get("href", "")) for each in teasers for link in each.iter("a")]
    doomed = [*teasers, *_find_notices(content), *_find_dates(content)]
    for each in doomed:
        drop(each)
    while doomed and len(content) > 1 and content[-1].tag in _HEADINGS:
        drop(content[-1])
    return [link for link in links if link.title and link.url]


def _find_teasers(content: HtmlElement) -> list[HtmlElement]:
    """A label for further articles near the end, with all after it, when that is links to such."""
    blocks = list(content)[1:][-_MOST_BLOCKS:]
    for place, block in enumerate(blocks):
        after = blocks[place + 1 :]
        label = text_of(block)
        is_label = len(label) <= _LONGEST_LABEL and _TEASERS.match(label)
        if is_label and after and all(map(_is_teaser, after)):
            return blocks[place:]
    return []


def _is_teaser(block: HtmlElement) -> bool:
    parts = list(block.iter("li")) or [block]
    return block.tag in _TEXTS and all(
        next(each.iter("a"), None) is not None and len(text_of(each)) <= _LONGEST_TEASER for each in parts
    )


def _find_notices(content: HtmlElement) -> list[HtmlElement]:
    found: list[HtmlElement] = []
    waiting: list[HtmlElement] = []
    for block in list(content)[:0:-1][:_MOST_BLOCKS]:
        text = text_of(block) if block.tag in _TEXTS else ""
        if text and len(text) <= _LONGEST and _NOTICE.search(text):
            found += [block]
            waiting = []
        elif len(text) > _SHORT:
            break
        else:
            waiting.append(block)
    return found


def _find_dates(content: HtmlElement) -> list[HtmlElement]:
    """Lone dates at both ends; where there are many, it is a chronicle."""
    blocks = list(content)
    around = dict.fromkeys([*blocks[:_AROUND], *blocks[-_AROUND:]])
    dates = [each for each in around if each.tag == "p" and _is_date(text_of(each))]
    return dates if len(dates) <= _MOST_DATES else []


def _is_date(text: str) -> bool:
    """Whether it is a date and nothing else.

    >>> _is_date("Posted on 4 May 2024, 10:30"), _is_date("Der 4. Mai 2024 in Bildern")
    (True, False)
    """
    if len(text) > _MOST_DATE_CHARS or read_moment(text) is None:
        return False
    words = [word for word in _WORD.findall(text) if not _DATE_WORDS.fullmatch(word)]
    return len(words) <= 1
