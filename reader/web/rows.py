"""Entries as the rows of a list: the one piece of HTML that is written here and not in a template.

A row has some sixty values and a page twenty rows. A template looks up each of them by its name and asks what
it is, which took three quarters of the page's time. `_fill` escapes whatever is put in.
"""

from collections.abc import Iterable
from html import escape
from typing import Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reader.search import Piece
from reader.web.entries import Button, Entry, Offer
from reader.web.languages import write_language
from reader.web.places import Place

_NOTHING: Final = SafeString("")
_ROW: Final = (
    '<li class="entry entry--{state}{kinds}" id="entry-{id}"{swap}>'
    '<label class="pick"><input type="checkbox" form="many" name="ids" value="{id}" '
    'aria-label="{select}: {title}"></label><input type="hidden" form="many" name="page" value="{id}">'
    '<p class="entry-source facts">{facts}</p>{picture}{heading}{told}{offer}{status}{notice}'
    '<div class="acts" id="acts-{id}" role="group" aria-labelledby="title-{id}">{acts}</div></li>\n'
)
_PICTURE: Final = (
    '<a class="entry-picture" href="{}" tabindex="-1" aria-hidden="true">'
    '<img src="{}" width="{}" height="{}" alt="" loading="lazy" decoding="async"></a>'
)
_HEADING: Final = '<h2 class="entry-title{}">{}<a id="title-{}" href="{}"{}{}>{}</a></h2>'
_GONE_HEADING: Final = '<h2 class="entry-title{}">{}<span id="title-{}"{}>{}</span></h2>'
_PROGRESS: Final = (
    '<span class="entry-progress"><progress max="100" value="{}" aria-hidden="true"></progress>{}</span>'
)
_STAR: Final = '<span class="entry-star" role="img" aria-label="{}">★</span> '
_BUTTON: Final = (
    '<button type="submit" form="acts" class="act{}" id="{act}-{id}" formaction="{url}{act}/" '
    'hx-post="{url}{act}/"{}{}{}>{}</button>'
)
_CHANGES: Final = (
    '<a class="act" href="{url}tags/{query}" hx-get="{url}tags/{query}" hx-target="#acts-{id}" data-key="t">'
    '{}</a><a class="act" href="{url}edit/{query}">{}</a>'
)
_OFFER: Final = '<p class="entry-offer">{} {} <span>{}{}<a class="act" href="{}">{}</a></span></p>'
_OFFER_BUTTON: Final = (
    '<button type="submit" form="acts" class="act{}" formaction="{url}" hx-post="{url}" hx-target="#page" '
    'hx-select="#page">{}</button>'
)
_WHOLE_PAGE: Final = SafeString(' hx-target="#page" hx-select="#page"')


class Rows:
    """Writes rows for one page in the active language; what is the same for all of them is made once."""

    def __init__(self, place: Place) -> None:
        self.query = place.as_query
        self.tag_url = f"{reverse('all')}?tag="
        self.select, self.tags, self.edit = _("Select"), _("Tags"), _("Edit")
        self.original = _("Original")
        self.star = _fill(_STAR, _("Starred"))
        self._acts: dict[tuple[str, ...], str] = {}

    def write_all(self, entries: Iterable[Entry], *, oob: bool = False) -> SafeString:
        return _join(self.write(entry, oob=oob) for entry in entries)

    def write(
        self, entry: Entry, *, focus: str = "", notice: SafeString = _NOTHING, oob: bool = False
    ) -> SafeString:
        """Return the row. ``focus`` names the act or the title that is to have the focus, ``notice`` stands
        above the acts, and with ``oob`` htmx puts the row in the place of the one that is there.
        """
        return _fill(
            _ROW,
            id=entry.id,
            state=entry.state,
            kinds=" entry--starred" if entry.is_starred else "",
            swap=SafeString(' hx-swap-oob="outerHTML"') if oob else "",
            select=self.select,
            title=entry.title,
            picture=_fill(_PICTURE, entry.url, *entry.thumbnail) if entry.thumbnail else "",
            facts=_write_facts(entry),
            heading=self._write_heading(entry, focus),
            told=self._write_told(entry),
            offer=_write_offer(entry.offer) if entry.offer else "",
            status=_write_status(entry) if entry.status else "",
            notice=notice,
            acts=self._write_acts(entry, focus),
        )

    def _write_heading(self, entry: Entry, focus: str) -> SafeString:
        title = _mark(entry.title_pieces) if entry.title_pieces else entry.title
        kind = "" if entry.has_title else " entry-title--link"
        star = self.star if entry.is_starred else ""
        lang = _lang(entry) if entry.has_title else ""
        if entry.is_trashed:
            return _fill(_GONE_HEADING, kind, star, entry.id, lang, title)
        return _fill(_HEADING, kind, star, entry.id, entry.url, _focus(focus == "title"), lang, title)

    def _write_told(self, entry: Entry) -> SafeString:
        """What the entry says: words that were found or the excerpt, byline, note and tags."""
        told = []
        if entry.snippet:
            told.append(_fill('<p class="entry-snippet"{}>{}</p>', _lang(entry), _mark(entry.snippet)))
        elif entry.excerpt:
            told.append(_fill('<p class="entry-excerpt"{}>{}</p>', _lang(entry), entry.excerpt))
        if entry.byline:
            told.append(_fill('<p class="entry-byline">{}</p>', entry.byline))
        if entry.note:
            told.append(_fill('<p class="entry-note">{}</p>', entry.note))
        if entry.tags:
            links = ((self.tag_url, tag.id, tag.name) for tag in entry.tags)
            items = _join(_fill('<li><a href="{}{}">{}</a></li>', *link) for link in links)
            told.append(_fill('<ul class="entry-tags" role="list" aria-label="{}">{}</ul>', self.tags, items))
        return _join(told)

    def _write_acts(self, entry: Entry, focus: str) -> SafeString:
        key = (focus, *[button.act for button in entry.buttons])
        known = self._acts.get(key)
        if known is None:
            known = self._acts[key] = self._make_acts(entry.buttons, focus)
        acts = _fill(known, id=entry.id, url=entry.url)
        if not entry.original_url:
            return acts
        link = '{}<a class="act" href="{}" rel="noopener noreferrer">{}</a>'
        return _fill(link, acts, entry.original_url, self.original)

    def _make_acts(self, buttons: tuple[Button, ...], focus: str) -> str:
        """Return what is the same in all rows with these acts, with fields for the number and address."""
        fields = {"id": SafeString("{id}"), "url": SafeString("{url}")}
        acts = [_write_button(button, is_focused=focus == button.act, **fields) for button in buttons]
        if len(buttons) > 1:
            acts.insert(-1, _fill(_CHANGES, self.tags, self.edit, query=self.query, **fields))
        return "".join(acts)


def _write_facts(entry: Entry) -> SafeString:
    """Where it comes from, its day, how long it takes: those that are known."""
    facts = [_write_fact("entry-site", entry.site, entry.site_url)]
    if entry.section:
        facts.append(_write_fact("entry-section", entry.section, entry.section_url))
    if entry.date:
        facts.append(_fill('<time datetime="{}">{}</time>', entry.date_iso, entry.date))
    more = (entry.reading_time, entry.days_left)
    facts += [_fill("<span>{}</span>", fact) for fact in more if fact]
    if entry.percent_read:
        read = _("Read to the end") if entry.percent_read == 100 else _("%(percent)d%% read")
        facts.append(_fill(_PROGRESS, entry.percent_read, read % {"percent": entry.percent_read}))
    return _join(facts)


def _write_offer(offer: Offer) -> SafeString:
    link = _fill('<a href="{}">{}</a>', offer.url, _("the same story from %(site)s") % {"site": offer.site})
    merge, both = (reverse(name, args=[offer.pair_id]) for name in ("merge-same", "keep-both"))
    return _fill(
        _OFFER,
        _("Also on your list:"),
        link,
        _fill(_OFFER_BUTTON, " act--strong", _("Merge"), url=merge),
        _fill(_OFFER_BUTTON, "", _("Keep both"), url=both),
        reverse("same-stories"),
        _("Compare"),
    )


def _write_fact(kind: str, text: str, url: str) -> SafeString:
    if url:
        return _fill('<a class="{}" href="{}">{}</a>', kind, url, text)
    return _fill('<span class="{}">{}</span>', kind, text)


def _write_button(button: Button, *, is_focused: bool, **fields: SafeString) -> SafeString:
    return _fill(
        _BUTTON,
        " act--strong" if button.is_of_page else "",
        _fill(' data-key="{}"', button.key) if button.key else "",
        _WHOLE_PAGE if button.is_of_page else "",
        _focus(is_focused),
        button.label,
        act=button.act,
        **fields,
    )


def _write_status(entry: Entry) -> SafeString:
    return render_to_string("components/status.html", {"status": entry.status})


def _mark(pieces: Iterable[Piece]) -> SafeString:
    marked = ("<mark>{}</mark>" if piece.is_match else "{}" for piece in pieces)
    return _join(_fill(form, piece.text) for form, piece in zip(marked, pieces, strict=True))


def _lang(entry: Entry) -> SafeString:
    return write_language(entry.language) if entry.language else _NOTHING


def _focus(is_focused: bool) -> SafeString:
    return SafeString(" autofocus") if is_focused else _NOTHING


def _fill(form: str, *values: object, **named: object) -> SafeString:
    """Put the values into the form, each escaped unless it is HTML: `format_html` in half the time."""
    for name, value in named.items():
        if value.__class__ is not SafeString:
            named[name] = escape(str(value))
    # Not mark_safe, which first looks for lazy texts: this is done some hundred times a page.
    return SafeString(form.format(*map(_escape, values), **named))


def _escape(value: object) -> str:
    return value if isinstance(value, SafeString) else escape(str(value))


def _join(parts: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(parts))
