"""What a search costs one reader who has 100,000 articles of 3 KB: `python -m tests.benchmarks.search`.

Seeds an SQLite database of its own, or reuses that of `--data DIR`, and prints the median and the slowest of
each kind of search in milliseconds of CPU beside the plain list page's query in the same run. Texts
are made of words that follow Zipf's law, with Indonesian affixes.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

_SYLLABLES = "ba bi bu da di du ga gi gu ja ka ki ku la li lu ma mi mu na ni nu pa pi ra sa si ta".split()
_AFFIXES = [
    ("", ""),
    ("", ""),
    ("", ""),
    ("me", ""),
    ("di", ""),
    ("ber", ""),
    ("", "an"),
    ("me", "kan"),
    ("ke", "an"),
]
_WORDS_OF_A_TEXT = 430
_VOCABULARY = 40_000
_AT_ONCE = 1_000
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def make_vocabulary(chance: random.Random) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < _VOCABULARY:
        before, after = chance.choice(_AFFIXES)
        words[before + "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3, 3, 4)))) + after] = None
    return list(words)


def make_texts(count: int) -> Iterator[tuple[str, str]]:
    """Give titles and texts; "banjir" stands in a fifth of the texts, "kepulauan" in one of two thousand."""
    chance = random.Random(5)
    vocabulary = make_vocabulary(chance)
    weights = list(_cumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    for number in range(count):
        words = chance.choices(vocabulary, cum_weights=weights, k=_WORDS_OF_A_TEXT)
        if number % 5 == 0:
            words[7:9] = ["banjir", "bandang"] if number % 50 == 0 else ["banjir"]
        if number % 2000 == 0:
            words[20] = "kepulauan"
        yield " ".join(words[-8:]).title(), " ".join(words)


def _cumulate(weights: Iterator[float]) -> Iterator[float]:
    total = 0.0
    for weight in weights:
        total += weight
        yield total


def seed(count: int) -> int:
    """Fill the database with entries of one person, unless it is filled; return the person's number."""
    from django.core.management import call_command

    from reader.indexing import index_backlog
    from reader.models import Article, SavedArticle, User

    call_command("migrate", verbosity=0)
    user, is_new = User.objects.get_or_create(username="ann")
    if not is_new and SavedArticle.objects.filter(user=user, search_entry__isnull=False).count() == count:
        return user.pk
    batch: list[Article] = []
    for number, (title, text) in enumerate(make_texts(count)):
        url = f"https://berita.example/{number}"
        batch.append(
            Article(
                canonical_url=url,
                url=url,
                host="berita.example",
                site_name="Berita Contoh",
                title=title,
                text=text,
                excerpt=text[:150],
                authors=["Sari Wulandari" if number % 3 else "Bagus Pratama"],
                language="id",
                word_count=_WORDS_OF_A_TEXT,
                state=Article.State.READY,
                queued_at=_EPOCH,
            )
        )
        if len(batch) == _AT_ONCE or number == count - 1:
            made = Article.objects.bulk_create(batch)
            SavedArticle.objects.bulk_create(
                SavedArticle(user=user, article=article, saved_at=_EPOCH + timedelta(minutes=article.pk))
                for article in made
            )
            batch = []
    start, busy = time.monotonic(), time.process_time()
    while index_backlog(_AT_ONCE):
        pass
    told = (time.monotonic() - start) / count * 1000, (time.process_time() - busy) / count * 1000
    print(f"indexing: {told[0]:.2f} ms an article, {told[1]:.2f} ms of them CPU")
    return user.pk


def measure(act: Callable[[], object], times: int = 15) -> tuple[float, float]:
    """Return the median and the slowest of the act, in milliseconds of CPU, after one that is not counted."""
    act()
    spent = []
    for _ in range(times):
        start = time.process_time()
        act()
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent), max(spent)


def report(user_id: int) -> None:
    from reader.models import SavedArticle, User
    from reader.search import parse_query
    from reader.services import searching
    from reader.web.paging import PAGE_SIZE

    user = User.objects.get(pk=user_id)
    words = [word for title, _text in make_texts(40) for word in title.lower().split()]
    searches = {
        "in a fifth of all texts": "banjir",
        "in a fifth, and rare": "banjir kepulauan",
        "rare": "kepulauan",
        "two frequent words": " ".join(words[:2]),
        "phrase": '"banjir bandang"',
        "phrase of no text": '"bandang banjir"',
        "or": "kepulauan OR banjir",
        "exclusion": "banjir -bandang",
        "only an exclusion": "-banjir",
        "prefix of three": "ban*",
        "prefix of three verbs": "mem*",
        "prefix of five": "kepul*",
        "author and word": "author:bagus banjir",
        "site": "site:berita.example",
        "condition that few meet": "banjir is:archived",
        "condition alone": "is:unread",
        "in no text": "zzzyyxw",
    }
    yardstick = measure(
        lambda: list(SavedArticle.objects.of(user).unread().newest_first().for_list()[: PAGE_SIZE + 1])
    )
    print(f"{'':34} {'median':>8} {'slowest':>8}   × list")
    print(f"{'plain list page':34} {yardstick[0]:8.2f} {yardstick[1]:8.2f}     1.0")

    def tell(name: str, act: Callable[[], object]) -> None:
        median, slowest = measure(act)
        print(f"{name:34} {median:8.2f} {slowest:8.2f} {median / yardstick[0]:7.1f}")

    for name, text in searches.items():
        query = parse_query(text)
        tell(f"newest: {name}", partial(searching.find, user=user, query=query))
    for name in ("in a fifth of all texts", "rare", "two frequent words", "phrase", "prefix of three"):
        query = parse_query(searches[name])
        tell(f"best: {name}", partial(searching.find_most_relevant, user=user, query=query))
    tell("mistyped words", lambda: searching.correct(user=user, text="kepulaun banjr"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--data", type=Path, help="keep the database in this folder, and use it again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="teduh-search-") as folder:
        os.environ["READER_DATA_DIR"] = str(options.data or folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reader.settings")
        import django

        django.setup()
        report(seed(options.articles))


if __name__ == "__main__":
    main()
