"""Bytes become text, whatever the page says of itself."""

import pytest

from reader.extraction.decode import decode

TEXT = "<p>Kafé “Teduh” – buka</p>"


@pytest.mark.parametrize(
    ("body", "content_type", "encoding"),
    [
        pytest.param(TEXT.encode(), "", "utf-8", id="nothing said"),
        pytest.param(b"\xef\xbb\xbf" + TEXT.encode(), "text/html; charset=iso-8859-1", "utf-8", id="mark wins"),  # noqa: E501
        pytest.param(TEXT.encode("utf-16"), "", "utf-16-le", id="UTF-16 mark"),
        pytest.param(TEXT.encode("cp1252"), "text/html; charset=ISO-8859-1", "cp1252", id="Latin-1 means Windows"),  # noqa: E501
        pytest.param(TEXT.encode(), "text/html; charset=iso-8859-1", "utf-8", id="Latin-1 by default, UTF-8 in truth"),  # noqa: E501
        pytest.param(b"<meta charset='windows-1252'>" + TEXT.encode("cp1252"), "", "cp1252", id="meta"),
        pytest.param(b"<meta charset=gb2312>" + TEXT.encode(), "", "utf-8", id="stored by a browser, with its old meta"),  # noqa: E501
        pytest.param(TEXT.encode(), "text/html; charset=bogus", "utf-8", id="an unknown name"),
    ],
)  # fmt: skip
def test_text_is_decoded(body: bytes, content_type: str, encoding: str) -> None:
    text, used = decode(body, content_type)

    assert text.endswith(TEXT)
    assert used == encoding


@pytest.mark.parametrize("encoding", ["iso-2022-jp", "hz", "utf-16-le"])
def test_an_encoding_whose_bytes_look_like_utf_8_is_believed(encoding: str) -> None:
    assert decode("<p>中心</p>".encode(encoding), f"text/html; charset={encoding}")[0] == "<p>中心</p>"


@pytest.mark.parametrize("name", ["base64", "zlib", "idna", "unicode_escape", "utf-7", "undefined", "rot13"])
def test_codecs_that_are_no_encodings_of_the_web_are_not_used(name: str) -> None:
    assert decode(TEXT.encode(), f"text/html; charset={name}") == (TEXT, "utf-8")


def test_control_characters_are_gone() -> None:
    assert decode(b"a\x00b\x0bc\td\n")[0] == "a b c\td\n"
    assert decode("a\x85b\x7fc\ufffed".encode())[0] == "a b c d"
