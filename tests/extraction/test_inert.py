"""A fetched page that can be looked at: nothing is left that acts, loads or leads away."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import ReaderError
from reader.extraction.inert import make_inert

HOSTILE = """<!doctype html><html><head><base href="https://jahat.example/"><meta http-equiv="refresh" content="0;url=https://jahat.example/">
<link rel="preconnect" href="https://jahat.example"><link rel="dns-prefetch" href="//jahat.example">
<link rel="stylesheet" href="https://jahat.example/a.css"><script src="https://jahat.example/a.js"></script>
<style>@import url(https://jahat.example/b.css); p { background: url(https://jahat.example/b.png) }</style></head>
<body onload="alert(1)" background="https://jahat.example/c.png"><h1>Judul</h1><p onclick="alert(1)" style="color:red">Teks</p>
<img src="https://jahat.example/d.png" srcset="https://jahat.example/e.png 2x" onerror="alert(1)">
<img src="data:image/png;base64,iVBORw0KGgo="><a href="https://jahat.example/f" ping="https://jahat.example/g">tautan</a>
<iframe src="https://jahat.example/h" srcdoc="<script>alert(1)</script>"></iframe><svg><a xlink:href="javascript:alert(1)">x</a>
<script>alert(1)</script></svg><form action="https://jahat.example/i"><input autofocus onfocus="alert(1)"></form>
<video poster="https://jahat.example/j" src="https://jahat.example/k" autoplay></video><object data="https://jahat.example/l"></object>
<math><mtext><script>alert(1)</script></mtext></math><noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
</body></html>"""  # noqa: E501 - as hostile pages are


def test_what_is_looked_at_stays_and_what_acts_goes() -> None:
    page = make_inert(HOSTILE.encode())

    assert "<h1>Judul</h1>" in page
    assert '<p style="color:red">Teks</p>' in page
    assert "data:image/png;base64" in page
    assert "<a>tautan</a>" in page
    rest = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert "jahat.example" not in rest
    assert (
        re.search(r"alert|<(script|iframe|link|meta|base|svg|form|object|noscript)\b|\son\w+=", rest) is None
    )


def test_links_to_data_lead_nowhere_and_a_page_within_a_form_is_there() -> None:
    page = make_inert(b'<form action="/x"><p>Teks</p><a href="data:image/svg+xml,<svg/>">a</a></form>')

    assert page == "<html><body><p>Teks</p><a>a</a></body></html>"


@given(st.binary(max_size=300) | st.text(alphabet="<>/=\"' abcdonscriptylhef:", max_size=200).map(str.encode))
def test_no_bytes_leave_anything_active(body: bytes) -> None:
    try:
        page = make_inert(body)
    except ReaderError:
        return
    assert re.search(r"<(script|iframe|link|meta|base|form)\b", page) is None


@pytest.mark.parametrize("body", [b"", b"<p>" * 300_000])
def test_what_cannot_be_parsed_raises_what_the_pipeline_raises(body: bytes) -> None:
    with pytest.raises(ReaderError):
        make_inert(body)
