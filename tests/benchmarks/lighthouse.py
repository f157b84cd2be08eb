"""Measure the reading page with Lighthouse: `python -m tests.benchmarks.lighthouse COMMAND [ARGUMENT …]`.

COMMAND is that of an installed Lighthouse (`npm install lighthouse`, then `node_modules/.bin/lighthouse`);
arguments after it go to it; CHROME_PATH names the browser. Measured is a first visit, on its phone, to the
page of an article with a photo, as it is and with data saved, on a site that is made for it.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import sync_playwright

from tests.benchmarks.way_of_a_link import log_in, make_article_html, read_newest, save
from tests.page_server import PageServer
from tests.pictures import make_jpeg
from tests.serving import RunningSite, find_free_port, running_site, wait_until

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
LINK = "https://berita.example/1"
PICTURE = "https://berita.example/foto.jpg"
ATTEMPTS = 3
CATEGORIES = ("performance", "accessibility", "best-practices")


def serve_article(server: PageServer) -> None:
    image = f'<img src="{PICTURE}" width="1200" height="800" alt="">'
    photo = f"<figure>{image}<figcaption>Sungai pagi ini</figcaption></figure>"
    server.add(LINK, make_article_html(1).replace(b"</h1>", f"</h1>{photo}".encode()))
    server.add(PICTURE, make_jpeg(1200, 800), headers={"Content-Type": "image/jpeg"})


def keep_article(client: httpx.Client) -> str:
    """Save the article; return the address of its page once the photo is there."""
    save(client, LINK)
    wait_until(lambda: "<img" in read_newest(client), 60)
    found = re.search(r'href="(/articles/\d+/)"', client.get("/").text)
    assert found
    return found[1]


@contextmanager
def browser_of(client: httpx.Client, site: RunningSite) -> Iterator[int]:
    """A new browser in which the client's person is signed in; yields the port that it is led by."""
    port = find_free_port()
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=os.environ["CHROME_PATH"],
            args=[*ARGUMENTS, f"--remote-debugging-port={port}"],
        )
        context.add_cookies(
            [{"name": each.name, "value": each.value or "", "url": site.url} for each in client.cookies.jar]
        )
        yield port
        context.close()


def run(command: Sequence[str], address: str, headers: Mapping[str, str]) -> dict[str, Any]:
    """Return what Lighthouse found on the page."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        line = [
            *(*command, address, "--quiet", "--output=json", f"--output-path={report}"),
            *(f"--only-categories={','.join(CATEGORIES)}", f"--extra-headers={json.dumps(headers)}"),
        ]
        for _ in range(ATTEMPTS):  # on a busy machine a trace may miss its beginning
            if subprocess.run(line, check=False, timeout=300).returncode == 0:
                found: dict[str, Any] = json.loads(report.read_text())
                return found
    raise SystemExit("Lighthouse failed each time; what it said stands above")


def tell(name: str, found: Mapping[str, Any], site: RunningSite) -> None:
    """Print the scores, the measures, and what was loaded from whom."""
    audits = found["audits"]
    requests = audits["network-requests"]["details"]["items"]
    ours = urlsplit(site.url).netloc
    others = [each["url"] for each in requests if urlsplit(each["url"]).netloc not in {ours, ""}]
    scores = ", ".join(f"{key} {found['categories'][key]['score'] * 100:.0f}" for key in CATEGORIES)
    print(f"{name}: {scores}")
    print(f"  CLS {audits['cumulative-layout-shift']['numericValue']:.3f}", end=", ")
    print(f"LCP {audits['largest-contentful-paint']['numericValue'] / 1000:.1f} s")
    for kind in ("Document", "Stylesheet", "Script", "Image", "Font", "Manifest", "Other"):
        sizes = [each["transferSize"] for each in requests if each.get("resourceType") == kind]
        if sizes:
            print(f"  {kind.lower()}: {len(sizes)} with {sum(sizes) / 1000:.1f} kB, headers and all")
    print(f"  weight {audits['total-byte-weight']['numericValue'] / 1000:.1f} kB in {len(requests)} requests")
    print(f"  requests to others: {len(others)} {others or ''}")
    for key in CATEGORIES:
        for part in found["categories"][key]["auditRefs"]:
            audit = audits[part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"  {key}: {audit['title']} ({audit['score']})")
    for error in audits["errors-in-console"].get("details", {}).get("items", []):
        print(f"  console: {error['description']} {error.get('sourceLocation', {}).get('url', '')}")


def main() -> None:
    command = sys.argv[1:]
    if not command or not os.environ.get("CHROME_PATH"):
        raise SystemExit(__doc__)
    with tempfile.TemporaryDirectory() as folder, PageServer() as server:
        serve_article(server)
        with (
            running_site(
                Path(folder), is_first_start=True, DEBUG="1", READER_FETCH_RESOLVE=server.resolve
            ) as site,
            httpx.Client(base_url=site.url, timeout=30, trust_env=False) as client,
        ):
            log_in(client, site)
            path = keep_article(client)
            time.sleep(3)
            for name, headers in (("as it is", {}), ("with data saved", {"Save-Data": "on"})):
                with browser_of(client, site) as port:
                    found = run([*command, f"--port={port}"], f"{site.url}{path}", headers)
                tell(name, found, site)


if __name__ == "__main__":
    main()
