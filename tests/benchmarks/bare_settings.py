"""The site with one more page, `bare/`: what a page of twenty rows costs here at the least."""

from reader.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.bare_urls"
