"""Serve a folder of saved pages under their own addresses, to look at them through Teduh.

`python -m tests.benchmarks.serve_pages FOLDER [--port 8099]`. The folder has an `INDEX.tsv` with the columns
`file` and `url`; the files may be gzipped. Start Teduh with the printed line and paste the printed addresses.
"""

import argparse
import csv
import gzip
import time
from pathlib import Path

from tests.page_server import PageServer


def read_index(folder: Path) -> list[tuple[str, bytes]]:
    """Return the address and the bytes of every page in the index whose file is there."""
    with (folder / "INDEX.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        (row["url"], _read(folder / row["file"]))
        for row in rows
        if row["url"] and (folder / row["file"]).is_file()
    ]


def _read(file: Path) -> bytes:
    raw = file.read_bytes()
    return gzip.decompress(raw) if file.suffix == ".gz" else raw


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8099)
    options = parser.parse_args()
    with PageServer(options.port) as server:
        for url, body in read_index(options.folder):
            # Without the query the page answers every query: ?page=all is the same file. No charset is
            # declared in the header, because the saved pages name their own.
            server.add(url.partition("?")[0], body, headers={"Content-Type": "text/html"})
            server.add(url, body, headers={"Content-Type": "text/html"})
            print(f"{len(body) / 1000:8.1f} kB  {url}")
        print(f'\nDEBUG=1 READER_FETCH_RESOLVE="{server.resolve}" make run', flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print(f"{len(server.requests)} requests answered")


if __name__ == "__main__":
    main()
