"""What a list says many times: `{% rows entries %}`, `{% row entry %}` for a single one."""

from collections.abc import Iterable

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from reader.web.acts import UndoNotice
from reader.web.choices import LENGTH_LABELS, SORT_LABELS, STATE_LABELS
from reader.web.entries import Entry
from reader.web.places import Place
from reader.web.rows import Rows

register = template.Library()


@register.simple_tag(takes_context=True)
def rows(context: Context, entries: Iterable[Entry], *, oob: bool = False) -> SafeString:
    """Write the entries of a page, one after the other."""
    return Rows(context["place"]).write_all(entries, oob=oob)


@register.simple_tag(takes_context=True)
def row(context: Context, entry: Entry, *, focus: str = "", undo: UndoNotice | None = None) -> SafeString:
    """Write one entry as it is after an act: what has the focus, and how to undo what was done."""
    place, notice = context["place"], SafeString("")
    if undo:
        values = {"undo": undo, "place": place}
        notice = render_to_string("list/undo_in_entry.html", values, request=context["request"])
    return Rows(place).write(entry, focus=focus, notice=notice)


@register.simple_tag
def sort_options(name: str, chosen: str) -> SafeString:
    """Write the orders that the list of that name can have."""
    return _write_options(((sort, SORT_LABELS[sort]) for sort in Place.sorts_of(name)), chosen)


@register.simple_tag
def sort_label(sort: str) -> str:
    """Name the order of a list."""
    return str(SORT_LABELS[sort])


@register.simple_tag
def state_options(chosen: str) -> SafeString:
    return _write_options(STATE_LABELS.items(), chosen)


@register.simple_tag
def length_options(chosen: str) -> SafeString:
    return _write_options(LENGTH_LABELS.items(), chosen)


def _write_options(pairs: Iterable[tuple[str, Promise]], chosen: str) -> SafeString:
    form = '<option value="{}"{}>{}</option>'
    is_chosen = {True: SafeString(" selected"), False: ""}
    return format_html_join("", form, ((value, is_chosen[value == chosen], label) for value, label in pairs))
