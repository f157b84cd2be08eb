"""Pages are compressed as the browser takes it, and their length is not told exactly."""

import brotli
import pytest
from django.test import Client

from reader.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("gzip", "gzip"),
        ("identity", None),
    ],
)
def test_a_page_comes_as_the_browser_takes_it(
    client: Client, ann: User, accepted: str, encoding: str | None
) -> None:
    client.force_login(ann)
    page = client.get("/", headers={"Accept-Encoding": accepted})

    assert page.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in page.headers["Vary"]


def test_brotli_gives_the_page_at_a_random_length(client: Client, ann: User) -> None:
    client.force_login(ann)
    plain = client.get("/").text
    pages = [client.get("/", headers={"Accept-Encoding": "br"}) for _ in range(12)]

    whole = brotli.decompress(pages[0].content).decode()
    assert whole.startswith(plain[:200])
    assert whole.partition("</html>")[2].strip().startswith("<!-- ")
    assert len({len(page.content) for page in pages}) > 1
    assert pages[0].headers["Content-Length"] == str(len(pages[0].content))
