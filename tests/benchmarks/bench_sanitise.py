"""What sanitising costs beside one bare parse in the same run: ``python -m tests.benchmarks.bench_sanitise``.

Prints milliseconds of processor time, the ratio, and how the cost grows when hostile input doubles.
"""

import time
from collections.abc import Callable
from functools import partial

from lxml import html as lxml_html

from reader.sanitising import sanitise

PARAGRAPH = (
    '<p>Warga <strong>Desa Sukamaju</strong> bergotong royong di <a href="https://example.id/berita/{0}?a=1&amp;b=2">'
    "balai desa</a> &amp; lapangan. " + "Mereka menyapu jalan dan menanam pohon. " * 9 + "</p>"
)
ARTICLE = "".join(PARAGRAPH.format(number) for number in range(20))

HOSTILE = {
    "nested div": "<div>",
    "nested blockquote": "<blockquote>",
    "bare <": "<",
    "bare &": "&",
    "rows": "<table><tr><td>x</td></tr></table>",
    "one table": "<tr><td>x",
    "crossed": "<b lang=id><i><em><p>x</b>",
    "items": "<li>x",
    "breaks": "<br>",
    "attributes": "<p a=1 b=2 c=3>",
}


def seconds(call: Callable[[], object]) -> float:
    started = time.process_time()
    call()
    return time.process_time() - started


def median_seconds(call: Callable[[], object], runs: int = 31) -> float:
    return sorted(seconds(call) for _ in range(runs))[runs // 2]


def main() -> None:
    parse = median_seconds(partial(lxml_html.fromstring, ARTICLE))
    clean = median_seconds(partial(sanitise, ARTICLE))
    print(
        f"article of {len(ARTICLE)} characters: {clean * 1e3:.2f} ms, bare parse {parse * 1e3:.2f} ms,",
        end="",
    )
    print(f" ratio {clean / parse:.0f}")
    for name, piece in HOSTILE.items():
        small, large = (seconds(partial(sanitise, _hostile(piece, size))) for size in (100_000, 200_000))
        print(f"{name:18} 200 kB {large:6.2f} s, {large / max(small, 1e-4):5.1f} × that of 100 kB")


def _hostile(piece: str, size: int) -> str:
    opening = "<table>" if piece.startswith("<tr") else "<ul>" if piece.startswith("<li") else ""
    return opening + piece * (size // len(piece))


if __name__ == "__main__":
    main()
