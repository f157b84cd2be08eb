"""Which rule reads a page: the desk's, the operator's, a built-in one; at once, and never another site's."""

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from reader.ingest import Draft, find_site_rule
from reader.models import SiteRule
from reader.sites import parse_rule

pytestmark = pytest.mark.django_db

PAGE = "https://regional.berita.example/read/1"


def publish(host: str, text: str) -> SiteRule:
    return SiteRule.objects.create(host=host, published=text, draft=text, changed_at=timezone.now())


def bodies(url: str, draft: Draft | None = None) -> tuple[str, ...]:
    rule = find_site_rule(url, draft)
    return rule.body if rule else ()


def test_the_published_rule_comes_before_the_operators_and_that_before_the_built_in(
    tmp_path: Path, settings: Settings
) -> None:
    url = "https://www.kompas.com/read/1"
    assert "//div[contains(@class, 'kcm-read-text')]" in bodies(url)

    (tmp_path / "kompas.com.txt").write_text("body: //main\n")
    settings.READER_SITE_RULES_DIR = str(tmp_path)
    assert bodies(url)[0] == "//main"

    rule = publish("kompas.com", "body: //article\n")
    assert bodies(url)[0] == "//article"

    SiteRule.objects.filter(pk=rule.pk).update(published="body: //section\n")
    assert bodies(url)[0] == "//section", "what is published is in force for the next page"
    SiteRule.objects.filter(pk=rule.pk).update(published="")
    assert bodies(url)[0] == "//main"


def test_a_published_rule_serves_what_is_below_its_site_and_the_most_specific_wins() -> None:
    publish("berita.example", "body: //main\n")
    assert bodies(PAGE)[0] == "//main"

    publish("regional.berita.example", "body: //article\n")
    assert bodies(PAGE)[0] == "//article"
    assert bodies("https://berita.example/1")[0] == "//main"
    assert bodies("https://berita.example.jahat.example/1") == ()
    assert bodies("https://lain.example/1") == ()


def test_a_draft_counts_only_where_it_is_tried() -> None:
    SiteRule.objects.create(host="berita.example", draft="body: //main\n", changed_at=timezone.now())
    assert bodies(PAGE) == ()

    draft = Draft("berita.example", parse_rule("body: //aside", "berita.example")[0])
    assert bodies(PAGE, draft)[0] == "//aside"
    publish("regional.berita.example", "body: //article\n")
    assert bodies(PAGE, draft)[0] == "//article"


def test_what_many_publishers_write_follows_a_published_rule() -> None:
    publish("berita.example", "body: //main\n")
    with_global = find_site_rule(PAGE)
    assert with_global
    assert with_global.strip_text

    SiteRule.objects.update(published="body: //main\nautodetect_on_failure: no\n")
    alone = find_site_rule(PAGE)
    assert alone
    assert not alone.strip_text


def test_to_find_a_rule_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    publish("berita.example", "body: //main\n")
    with django_assert_num_queries(1):
        find_site_rule(PAGE)
    with django_assert_num_queries(0):
        find_site_rule("https://127.0.0.1/1")
