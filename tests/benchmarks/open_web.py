"""Quality and processor time on pages of the open web, ours beside other extractors' in the same run.

`python -m tests.benchmarks.open_web BENCH DATA [--peers-python PYTHON] [--sets aeb,fundus]`: BENCH is the
folder of the harness (harness.py, adapters/), DATA the unpacked sets. The others run in an environment of
their own, where they are installed; without one only ours is measured. Set by set all extractors take turns,
so that a busy minute of the machine falls on all alike.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SETS = ("aeb", "fundus", "moz", "trafi", "indo")
PEERS = ("readability_lxml", "trafilatura", "newspaper4k")
_BODY = ("f1", "body_f1", "token_f1")
_OTHERS = ("title_exact", "authors_set", "date_day", "date_minute", "cpu_median_ms", "cpu_p95_ms")

# What the harness calls: bytes and address in, a dictionary of plain values out.
ADAPTER = """
import sys
sys.path.insert(0, {root!r})
from reader.errors import ReaderError
from reader.extraction import extract_html
PACKAGE, VERSION = "teduh", "here"
def extract(html, url):
    try:
        article = extract_html(html, url)
    except ReaderError:
        return {{"title": None, "authors": [], "published": None, "text": "", "html": ""}}
    published = article.published.isoformat() if article.published else None
    return {{"title": article.title, "authors": list(article.authors), "published": published,
            "text": article.text, "html": article.content}}
"""


def measure(options: argparse.Namespace, python: str, extractor: str, name: str, out: str) -> dict[str, Any]:
    """Run one extractor over one set; the figures that the harness prints."""
    variables = {
        "BENCH_DATA": str(options.data),
        "BENCH_OUT": out,
        "TZ": "UTC",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [python, "harness.py", "--extractor", extractor, "--split", "dev", "--set", name]
    result = subprocess.run(
        command,
        cwd=options.bench,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in result.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise SystemExit(f"{extractor} on {name}: {result.stderr[-500:]}")
    figures: dict[str, Any] = json.loads(lines[-1])
    return figures


def describe(extractor: str, figures: dict[str, Any]) -> str:
    body = next(figures[key] for key in _BODY if key in figures)
    others = "  ".join(f"{key} {figures[key]:.3f}" for key in _OTHERS if figures.get(key) is not None)
    return f"  {extractor:18} body {body:.4f}  {others}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--peers-python", default="")
    parser.add_argument("--sets", default=",".join(SETS))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        adapter = Path(folder) / "teduh.py"
        adapter.write_text(ADAPTER.format(root=str(ROOT)))
        for name in options.sets.split(","):
            print(name, flush=True)
            ours = measure(options, sys.executable, str(adapter), name, folder)
            print(describe("teduh", ours), flush=True)
            for peer in PEERS if options.peers_python else ():
                figures = measure(options, options.peers_python, peer, name, folder)
                ratio = ours["cpu_median_ms"] / figures["cpu_median_ms"]
                print(f"{describe(peer, figures)}  our CPU is {ratio:.2f} times its", flush=True)


if __name__ == "__main__":
    main()
