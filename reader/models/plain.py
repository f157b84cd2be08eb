"""Text that every database takes."""


def plain(text: str, most: int | None = None) -> str:
    """Return the text cut to the column's length; PostgreSQL takes neither NUL nor lone surrogates.

    >>> plain("a\\x00bc", 2)
    'ab'
    """
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")[:most]
