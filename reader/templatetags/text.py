"""How words stand on a page."""

import re

from django.template import Library
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = Library()

# "Anak-anak", and not what is too long for a line of a phone.
_JOINED = re.compile(r"(?<![\w-])(?=[\w-]{3,18}(?![\w-]))[^\W\d_]+(?:-[^\W\d_]+)+")


@register.filter
def unbroken(text: str) -> SafeString:
    """Keep each word with a hyphen on one line, as a title needs it.

    >>> unbroken("Anak-anak <b>")
    '<span class="unbroken">Anak-anak</span> &lt;b&gt;'
    """
    return mark_safe(_JOINED.sub(r'<span class="unbroken">\g<0></span>', conditional_escape(text)))  # noqa: S308 - escaped
