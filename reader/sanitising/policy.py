"""The allowlist: elements, attributes and the values they may have; data and checks, used by every gate."""

import re
from collections.abc import Callable
from functools import lru_cache

# --- elements ---

# Hold text and each other; a block within them ends them.
INLINE = frozenset(
    {"a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small"}
    | {"strong", "sub", "sup", "time", "u"}
)
# Hold text and inline elements only.
TEXT_BLOCKS = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "pre"})
# Hold blocks as well as text.
FLOW_BLOCKS = frozenset({"blockquote", "figure", "figcaption", "li", "dd", "td", "th"})
# Hold neither text nor blocks, only the parts named here; the first is made where it is missing.
PARTS = {
    "ul": ("li",),
    "ol": ("li",),
    "dl": ("dd", "dt"),
    "table": ("tbody", "thead", "tfoot", "caption"),
    "thead": ("tr",),
    "tbody": ("tr",),
    "tfoot": ("tr",),
    "tr": ("td", "th"),
}
VOID = frozenset({"br", "hr"})

ELEMENTS = INLINE | TEXT_BLOCKS | FLOW_BLOCKS | frozenset(PARTS) | VOID

# These go with all that is in them; every other element that is not allowed leaves its text behind.
DROPPED_WITH_CONTENT = frozenset(
    {"script", "style", "template", "noscript", "noembed", "noframes", "iframe", "frameset", "object"}
    | {"applet", "embed", "svg", "math", "textarea", "title", "xmp", "plaintext", "listing", "select"}
    | {"option", "optgroup", "datalist", "button", "audio", "video", "canvas", "head"}
)

# --- limits: what an honest article never reaches ---

MAX_INPUT_CHARS = 4_000_000
MAX_DEPTH = 100
MAX_NODES = 50_000
MAX_CHILDREN = 500  # then a container is closed and continued in a twin: bleach is quadratic in siblings,
MAX_TEXT_CHARS = 20_000  # and in the length of one text; so there are twins for that too
CHARACTERS_A_NODE = 4  # so many escaped characters cost the later gates what an element costs
MAX_ATTRIBUTE_CHARS = 2_000

# --- attributes: the one value they may have, or None ---

SCHEMES = frozenset({"http", "https", "mailto"})
CLASSES = frozenset({"credit", "dateline", "embed", "label"})
REL = "noopener noreferrer"

# The authority may have neither user nor backslash; there is no white space, control or format
# character (zero-width, bidirectional) anywhere.
_WEB_ADDRESS = re.compile(r"(https?)://([^\s/?#\\@]+)((?:[/?#].*)?)", re.IGNORECASE | re.DOTALL)
_MAIL_ADDRESS = re.compile(r"(mailto):([^\s/\\:@?]+@[^\s/\\@]+)()", re.IGNORECASE)
_NOT_IN_ADDRESS = re.compile(
    "[\\s\\\\`\x00-\x20\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\uffff]"
)
_QUOTED = str.maketrans({"<": "%3C", ">": "%3E", '"': "%22"})


_Check = Callable[[str], str | None]


def _address(value: str, form: re.Pattern[str]) -> str | None:
    value = value.strip(" \t\r\n\f")
    match = form.fullmatch(value)
    if not match or _NOT_IN_ADDRESS.search(value):
        return None
    scheme = match[1].lower()
    return (scheme + value[len(scheme) :]).translate(_QUOTED)


def _web_address(value: str) -> str | None:
    return _address(value, _WEB_ADDRESS)


def _link_address(value: str) -> str | None:
    return _address(value, _WEB_ADDRESS) or _address(value, _MAIL_ADDRESS)


def _classes(value: str) -> str | None:
    return " ".join(dict.fromkeys(name for name in value.split() if name in CLASSES)) or None


def _rel(_value: str) -> str | None:
    return REL


def _reversed(_value: str) -> str | None:
    return ""


def _matching(expression: str) -> _Check:
    form = re.compile(expression)

    def check(value: str) -> str | None:
        value = value.strip(" \t\r\n\f")
        return value if form.fullmatch(value) else None

    return check


_span = _matching(r"[1-9][0-9]?|100")
_number = _matching(r"-?[0-9]{1,6}")

_ANYWHERE: dict[str, _Check] = {
    "dir": _matching(r"ltr|rtl|auto"),
    "lang": _matching(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}"),
}
_CLASSED: dict[str, _Check] = {"class": _classes}
_CELL: dict[str, _Check] = {
    "colspan": _span,
    "rowspan": _span,
    "scope": _matching(r"row|col|rowgroup|colgroup"),
}

_BY_ELEMENT: dict[str, dict[str, _Check]] = {
    "a": {"href": _link_address, "rel": _rel},
    # Free text, but without the characters that parsers and serialisers treat differently.
    "abbr": {"title": _matching(r"[^<>&\"'`\x00-\x1f\x7f-\xa0\ufff0-\uffff]{1,200}")},
    "blockquote": {"cite": _web_address, "class": _classes},
    "figcaption": _CLASSED,
    "figure": _CLASSED,
    "li": {"value": _number},
    "ol": {"reversed": _reversed, "start": _number, "type": _matching(r"[1aAiI]")},
    "p": _CLASSED,
    "q": {"cite": _web_address},
    "small": _CLASSED,
    "td": _CELL,
    "th": _CELL,
    "time": {"datetime": _matching(r"[0-9TZWP:.+ -]{4,40}")},
}

ATTRIBUTES = {
    element: frozenset(_ANYWHERE) | frozenset(_BY_ELEMENT.get(element, ())) for element in ELEMENTS - VOID
}


# Four gates ask of each address.
@lru_cache(maxsize=512)
def allowed_value(element: str, attribute: str, value: str) -> str | None:
    """The value that the attribute may have there, or None: applied to its own result it changes nothing.

    >>> allowed_value("a", "href", " HTTPS://kompas.com/a ")
    'https://kompas.com/a'
    >>> allowed_value("a", "href", "javascript:alert(1)") is None
    True
    """
    if element not in ATTRIBUTES or len(value) > MAX_ATTRIBUTE_CHARS:
        return None
    check = _BY_ELEMENT.get(element, {}).get(attribute) or _ANYWHERE.get(attribute)
    kept = check(value) if check else None
    return kept if kept is not None and len(kept) <= MAX_ATTRIBUTE_CHARS else None
