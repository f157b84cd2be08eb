"""How words stand on a page."""

import re

from django.template import Library
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from reader.web.hyphens import part_long_words
from reader.web.languages import has_other_script, write_language

register = Library()

# "Anak-anak", and not what is too long for a line of a phone.
_JOINED = re.compile(r"(?<![\w-])(?=[\w-]{3,18}(?![\w-]))[^\W\d_]+(?:-[^\W\d_]+)+")


register.filter("told_in", write_language)
register.filter("has_other_script", has_other_script)


@register.filter
def unbroken(text: str, room: int = 0) -> SafeString:
    """Keep each word with a hyphen on one line, as a title needs it; part Indonesian ones that have no room.

    >>> unbroken("Anak-anak <b>")
    '<span class="unbroken">Anak-anak</span> &lt;b&gt;'
    """
    safe = str(conditional_escape(text))
    if room:
        safe = part_long_words(safe, room)
    return mark_safe(_JOINED.sub(r'<span class="unbroken">\g<0></span>', safe))  # noqa: S308 - escaped
