"""What gunicorn gets from the application, without gunicorn."""

from collections.abc import Iterator
from wsgiref.util import setup_testing_defaults

import pytest

from reader.wsgi import application, without_bodies_for_head


def ask(method: str, path: str) -> tuple[str, dict[str, str], bytes]:
    environ: dict[str, object] = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    told: list[tuple[str, dict[str, str]]] = []
    body = application(environ, lambda status, headers, *_: told.append((status, dict(headers))))  # type: ignore[arg-type]
    return *told[0], b"".join(body)


@pytest.mark.parametrize("path", ["/health/live", "/nowhere"])
def test_head_gets_the_head_of_what_get_is_told(db: None, path: str) -> None:
    status, headers, body = ask("GET", path)
    assert body
    assert int(headers["Content-Length"]) == len(body)

    answer = ask("HEAD", path)
    assert answer[0] == status
    assert answer[1].keys() == headers.keys()
    assert answer[2] == b""


def test_what_is_made_while_it_is_sent_is_not_made_for_head() -> None:
    made, closed = [], []

    class Body:
        def __iter__(self) -> Iterator[bytes]:
            made.append(b"much")
            return iter(made)

        def close(self) -> None:
            closed.append(True)

    answer = without_bodies_for_head(lambda _environ, _start: Body())

    def start(*_told: object) -> object:
        raise AssertionError

    assert list(answer({"REQUEST_METHOD": "HEAD"}, start)) == []  # type: ignore[arg-type]
    assert (made, closed) == ([], [True])
    assert list(answer({"REQUEST_METHOD": "GET"}, start)) == [b"much"]  # type: ignore[arg-type]
