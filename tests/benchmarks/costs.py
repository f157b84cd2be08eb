"""Measure what an article costs: CPU by stage, bytes that are kept, and the worker's memory as they add up.

`python -m tests.benchmarks.costs [FEW] [MANY]`: as many links as FEW (200) and MANY (2,000) through a real
site, whose worker must not grow; then the stages over the corpus in this process, each page with one photo.
"""

import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import httpx

from tests.benchmarks.drain import count_states
from tests.benchmarks.way_of_a_link import log_in, make_article_html, save
from tests.page_server import PageServer
from tests.pictures import make_jpeg
from tests.serving import RunningSite, find_tree, running_site, wait_until

CORPUS = Path(__file__).resolve().parent.parent / "pages"
PHOTO = "https://foto.example/utama.jpg"
_AT_ONCE = 100


def measure_stages() -> None:
    """Run every page of the corpus through the worker's own calls, each stage's thread time added up."""
    with tempfile.TemporaryDirectory() as folder, PageServer() as server:
        os.environ |= {"READER_DATA_DIR": folder, "DEBUG": "1", "READER_FETCH_RESOLVE": server.resolve}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "reader.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        server.add(PHOTO, make_jpeg(1600, 1000), headers={"Content-Type": "image/jpeg"})
        links = server.add_corpus(CORPUS)
        spent = _spend(links)
        count = spent.pop("count")
        print(f"CPU by stage, {count:.0f} pages of the corpus of {len(links)}, ms an article:")
        for stage, seconds in spent.items():
            print(f"  {stage:9} {seconds / count * 1000:6.1f}")


def _spend(links: tuple[str, ...]) -> dict[str, float]:
    """Return the seconds by stage; none of them counts another's."""
    from reader import ingest
    from reader.extraction.extract import extract
    from reader.fetching import politeness
    from reader.imaging import encode
    from reader.ingest import pictures, source, store
    from reader.models import Article, ArticlePicture
    from tests.builders import make_article

    politeness.PAUSE_SECONDS = 0.0
    spent: dict[str, float] = defaultdict(float)
    inner: list[float] = []

    def timed(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            inner.append(0.0)
            began = time.thread_time()
            try:
                return function(*args, **kwargs)
            finally:
                taken = time.thread_time() - began
                spent[stage] += taken - inner.pop()
                if inner:
                    inner[-1] += taken

        return run

    extraction = sys.modules["reader.extraction.extract"]
    with (
        mock.patch.object(source, "fetch", timed("fetch", vars(source)["fetch"])),
        mock.patch.object(source, "extract_in_pool", timed("extract", extract)),
        mock.patch.object(extraction, "sanitise", timed("sanitise", vars(extraction)["sanitise"])),
        mock.patch.object(store, "index_article", timed("index", vars(store)["index_article"])),
        mock.patch.object(pictures, "encode_in_pool", encode.encode_picture),
    ):
        for number, link in enumerate(links):
            article = make_article(url=link, canonical_url=f"{link}#{number}", state="queued")
            timed("store", ingest.ingest)(article.pk)
            article.refresh_from_db()
            spent["count"] += article.state in Article.READABLE
            picture = ArticlePicture.objects.create(article=article, url=f"{PHOTO}?{number}")
            timed("picture", pictures.keep_picture)(picture.pk)
    return spent


def measure_growth(few: int, many: int) -> None:
    """Print the worker's memory after few and after many articles, and what is kept of each."""
    with (
        tempfile.TemporaryDirectory() as folder,
        PageServer() as server,
        running_site(Path(folder), DEBUG="1", READER_FETCH_RESOLVE=server.resolve) as site,
        httpx.Client(base_url=site.url, timeout=60, trust_env=False) as client,
    ):
        log_in(client, site)
        empty = measure_kept(site)
        memory = {}
        for done in range(0, many, _AT_ONCE):
            save_and_wait(site, client, server, range(done, min(done + _AT_ONCE, many)))
            if done + _AT_ONCE in {few, many}:
                memory[done + _AT_ONCE] = worker, tree = measure_worker(site)
                print(f"after {done + _AT_ONCE}: worker {worker:.0f} MB, with its processes {tree:.0f} MB")
        kept = (measure_kept(site) - empty) / many
        print(f"kept of an article of 60 kB without pictures: {kept / 1000:.1f} kB on disk")
        print(f"ratio: worker {memory[many][0] / memory[few][0]:.2f}", end=", ")
        print(f"with its processes {memory[many][1] / memory[few][1]:.2f}")


def save_and_wait(site: RunningSite, client: httpx.Client, server: PageServer, numbers: range) -> None:
    links = [f"https://banyak{number}.example/berita" for number in numbers]
    for number, link in zip(numbers, links, strict=True):
        server.add(link, make_article_html(number))
    save(client, "\n".join(links))
    wait_until(lambda: count_states(site, "banyak%").get("ready", 0) == numbers.stop, 600, pause=0.5)


def measure_worker(site: RunningSite) -> tuple[float, float]:
    """Return the proportional memory of the worker alone and with what extracts for it, in MB."""
    tree = [_read_pss(pid) for pid in find_tree(site.find_pid("worker"))]
    return tree[0], sum(tree)


def _read_pss(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024


def measure_kept(site: RunningSite) -> int:
    """Return the blocks that the data folder takes, its static files left out."""
    files = [file for file in site.data_dir.rglob("*") if file.is_file() and "static" not in file.parts]
    return sum(file.stat().st_blocks * 512 for file in files)


def main() -> None:
    few = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    many = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    measure_growth(few, many)
    measure_stages()


if __name__ == "__main__":
    main()
