"""A fetched page as a document that can be looked at and do nothing: one wall before that of the browser.

The page is shown with a policy that allows neither scripts nor the network. This takes away what a policy
does not reach, such as names that are resolved and connections that are opened ahead of need.
"""

from lxml import html

from reader.extraction.decode import decode
from reader.extraction.parse import parse

# What runs, loads, leads away by itself, or names another base for the addresses.
_ACTIVE = (
    "script noscript link meta base iframe frame frameset object embed applet portal template input "
    "button select textarea audio video source track param svg math"
).split()
_LOADING = frozenset(
    {"srcset", "background", "ping", "poster", "manifest", "action", "formaction", "autofocus"}
)


def make_inert(body: bytes, content_type: str = "") -> str:
    """Return the page without anything that could act; links lead nowhere. Raises what ``parse`` raises.

    >>> make_inert(b'<p onclick="x()">a<script>x()</script><a href="https://b.example">c</a>')
    '<html><body><p>a<a>c</a></p></body></html>'
    """
    text, _encoding = decode(body, content_type)
    tree = parse(text)
    for element in list(tree.iter(*_ACTIVE)):
        if element.getparent() is not None:
            element.drop_tree()
    # Some pages stand in one as a whole.
    for element in list(tree.iter("form")):
        element.drop_tag()
    for element in tree.iter():
        for name in list(element.attrib):
            if _is_active(str(name).lower(), str(element.attrib[name])):
                del element.attrib[name]
    return str(html.tostring(tree, encoding="unicode"))


def _is_active(name: str, value: str) -> bool:
    if name == "src":
        return not value.strip().lower().startswith("data:image/")
    return name.startswith("on") or name == "href" or name.endswith(":href") or name in _LOADING
