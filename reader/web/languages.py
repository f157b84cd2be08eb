"""How the language of a text stands in markup: its name, and which way its lines run."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

_RIGHT_TO_LEFT = frozenset(
    "ar arc arz azb bal bcc ckb dv fa glk he iw khw ks lrc mzn nqo pnb prs ps sd skr syr ug ur yi".split()
)
_OTHER_SCRIPTS = _RIGHT_TO_LEFT | frozenset("bn hi ja km kn ko lo ml mr my ne pa si ta te th zh".split())
_RIGHT_TO_LEFT_SCRIPTS = frozenset("adlm arab aran hebr mand nkoo rohg samr syrc thaa".split())


@lru_cache(maxsize=256)
def write_language(language: str) -> SafeString:
    """Return the attributes of an element with text in this language, or in one that nobody told.

    >>> write_language("ar")
    ' lang="ar" dir="rtl"'
    >>> write_language("")
    ' dir="auto"'
    """
    if not language:
        return SafeString(' dir="auto"')
    form = ' lang="{}" dir="rtl"' if runs_right_to_left(language) else ' lang="{}"'
    return format_html(form, language)


def has_other_script(language: str) -> bool:
    """Whether a text may have no italics, or run from right to left; of an unknown language one cannot tell.

    >>> has_other_script("zh-Hans"), has_other_script(""), has_other_script("id")
    (True, True, False)
    """
    name = language.lower().partition("-")[0]
    return not language or name in _OTHER_SCRIPTS or runs_right_to_left(language)


def runs_right_to_left(language: str) -> bool:
    """Tell it by the script, where the tag names one, else by the language.

    >>> runs_right_to_left("ms-Arab"), runs_right_to_left("ur-PK"), runs_right_to_left("ks-Deva")
    (True, True, False)
    """
    name, *parts = language.lower().replace("_", "-").split("-")
    scripts = [part for part in parts if len(part) == 4 and part.isalpha()]
    return scripts[0] in _RIGHT_TO_LEFT_SCRIPTS if scripts else name in _RIGHT_TO_LEFT
