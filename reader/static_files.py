"""Static files as they are served: without what only those who write them need."""

import re
from typing import Any, Final

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

_OURS: Final = ("css/", "js/")
_CSS_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND_SIGNS: Final = re.compile(r"\s*([{};])\s*")

# Django's own way to do this takes also what stands in comments of other packages' scripts.
_IMPORTS: Final = (
    (r"""(?P<matched>import\("(?P<url>\./\w+\.js)"\))""", 'import("%(url)s")'),
    (r"""(?P<matched>from "(?P<url>\./\w+\.js)";)""", 'from "%(url)s";'),
)


def slim_css(text: str) -> str:
    """Leave comments and spaces out.

    >>> slim_css("/* Links */\\na { color: red; }")
    'a{color: red}'
    """
    bare = re.sub(r"\s+", " ", _CSS_COMMENT.sub("", text))
    return _AROUND_SIGNS.sub(r"\1", bare).replace(";}", "}").strip()


def slim_js(text: str) -> str:
    """Leave out indents and lines that are a comment; a text over several lines would not outlive it.

    >>> slim_js("// One\\nif (a) {\\n  b();\\n}\\n")
    'if (a) {\\nb();\\n}'
    """
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


class SlimStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise publishes no types
    """Collects our own scripts and style sheets slim; other packages' files as they are.

    What a script imports by name (``import("./keys.js")``) is found under its name by content.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", _IMPORTS))

    def _save(self, name: str, content: "File[Any]") -> str:
        if name.startswith(_OURS) and name.endswith((".css", ".js")):
            content.seek(0)
            raw = content.read()
            text = raw if isinstance(raw, str) else raw.decode()
            content = ContentFile((slim_css if name.endswith(".css") else slim_js)(text).encode(), name=name)
        saved: str = super()._save(name, content)
        return saved
