"""The runs of sanitised HTML: the same markup, word for word, whatever it says."""

from hypothesis import given
from hypothesis import strategies as st

from reader.sanitising import read_plain, read_runs, sanitise
from tests.sanitising.vectors import VECTORS

PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "a & b", "&lt;i&gt;", "\xa0", "<br>", "<td>x", "&#128512;", "> é"]
)
HTML = st.one_of(st.lists(PIECES).map("".join), st.sampled_from(VECTORS), st.text())


@given(HTML)
def test_runs_joined_are_the_content(html: str) -> None:
    content = sanitise(html)

    runs = list(read_runs(content))

    assert "".join(run.html for run in runs) == content
    assert all(run.html.endswith(">") for run in runs if run.tag)
    assert not any("<" in run.html for run in runs if not run.tag)


@given(HTML, st.data())
def test_a_text_is_cut_between_its_characters(html: str, data: st.DataObject) -> None:
    for run in read_runs(sanitise(html)):
        if run.tag:
            continue
        places = sorted(data.draw(st.sets(st.integers(0, len(run.text)), max_size=3)))

        parts = list(run.cut(places))

        assert "".join(parts) == run.html
        texts = [read_plain(part) for part in parts]
        assert [len(text) for text in texts] == [
            end - start for start, end in zip([0, *places], [*places, len(run.text)], strict=True)
        ]


def test_text_that_is_no_sanitised_html_is_left_whole() -> None:
    assert "".join(run.html for run in read_runs("a < b <c d=")) == "a < b <c d="
