"""Site policies hold at saving and at fetching, redirects and pictures included, and can be taken back."""

import dataclasses

import pytest
from django.core.cache import cache
from django.utils import timezone

from reader.errors import SiteBlocked
from reader.fetching import fetch, fetch_picture, parse_resolve, politeness
from reader.ingest import hide_blocked, ingest, make_fetch_policy
from reader.models import Article, AuditEntry, DomainPolicy, Report, SavedArticle, TakeDown, User
from reader.services.reporting import report_article
from reader.services.saving import save_links
from reader.services.site_policies import remove_policy, set_policy
from reader.services.taking_down import take_down
from reader.services.transparency import count_for_public
from reader.sites.domains import DomainRule
from tests.builders import make_article, make_saved
from tests.page_server import PageServer

pytestmark = pytest.mark.django_db

BLOCK = DomainPolicy.Access.BLOCK


def make_policy(mia: User, pattern: str = "*.jahat.example", **values: object) -> DomainPolicy:
    policy = DomainPolicy(pattern=pattern, **{"access": BLOCK, "reason": "judi", **values})
    set_policy(policy=policy, actor=mia)
    return policy


def test_a_blocked_site_is_not_saved_and_the_others_of_a_paste_are(ann: User, mia: User) -> None:
    make_policy(mia)

    outcome = save_links(user=ann, text="https://a.jahat.example/1 https://berita.example/2")

    assert [refused.error.code for refused in outcome.refused] == ["site_blocked"]
    assert [saved.article.host for saved in outcome.saved] == ["berita.example"]


def test_a_blocked_site_is_not_fetched_wherever_a_redirect_leads(mia: User, connected: list[object]) -> None:
    make_policy(mia)
    with PageServer() as server:
        server.add_redirect("https://berita.example/a", "https://jahat.example/b")
        server.add("https://jahat.example/b", "<p>x</p>")
        policy = dataclasses.replace(make_fetch_policy(), resolve=parse_resolve(server.resolve))

        for url in ("https://berita.example/a", "https://x.jahat.example/c"):
            for get in (fetch, fetch_picture):
                with pytest.raises(SiteBlocked):
                    get(url, policy)

        assert {request.host for request in server.requests} == {"berita.example"}


def test_a_site_is_asked_with_its_own_headers_and_pause(mia: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_policy(
        mia,
        "berita.example",
        access="",
        pause_seconds=2.5,
        headers={"X-Dari": "teduh", "Host": "lain.example"},
    )
    paused: list[float] = []
    leave = politeness.HostTurns._leave

    def watch(turns: politeness.HostTurns, entry: politeness._Host, silence: float, pause: float) -> None:
        paused.append(pause)
        leave(turns, entry, silence, 0.0)

    monkeypatch.setattr(politeness.HostTurns, "_leave", watch)
    with PageServer() as server:
        server.add_redirect("https://berita.example/a", "https://lain.example/b")
        server.add("https://lain.example/b", "<p>x</p>")
        fetch(
            "https://berita.example/a",
            dataclasses.replace(make_fetch_policy(), resolve=parse_resolve(server.resolve)),
        )

        first, second = server.requests
        assert (first.headers.get("x-dari"), first.host) == ("teduh", "berita.example")
        assert second.headers.get("x-dari") is None
    assert paused == [2.5, politeness.PAUSE_SECONDS]


def test_what_is_saved_stays_or_is_taken_down_and_comes_back(ann: User, mia: User) -> None:
    saved = make_saved(ann, article=make_article(host="a.jahat.example", title="Judul"))
    other = make_saved(ann, article=make_article(host="berita.example"))
    policy = make_policy(mia)
    assert not TakeDown.objects.exists()

    policy.takes_down = True
    set_policy(policy=policy, actor=mia)
    saved.article.refresh_from_db()
    assert (saved.article.taken_down_why, saved.article.title) == ("judi", "")
    assert not Article.objects.get(pk=other.article_id).taken_down_at

    clicked_twice = DomainPolicy.objects.get(pk=policy.pk)
    assert remove_policy(policy=policy, actor=mia, reason="keliru")
    assert remove_policy(policy=clicked_twice, actor=mia, reason="keliru")
    saved.article.refresh_from_db()
    assert (saved.article.taken_down_at, saved.article.title) == (None, "Judul")
    acts = AuditEntry.objects.filter(act__startswith="site.").order_by("pk").values_list("act", "reason")
    assert list(acts) == [
        ("site.policy", "judi"),
        ("site.policy", "judi"),
        ("site.policy_removed", "keliru"),
    ]


def test_a_policy_that_is_removed_meanwhile_takes_nothing_more_down(
    ann: User, mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = make_policy(mia, takes_down=True)
    saved = make_saved(ann, article=make_article(host="a.jahat.example", title="Judul"))
    as_rule = DomainPolicy.as_rule

    def remove(stale: DomainPolicy) -> DomainRule:
        assert remove_policy(policy=policy, actor=mia, reason="keliru")
        return as_rule(stale)

    monkeypatch.setattr(DomainPolicy, "as_rule", remove)
    assert hide_blocked(timezone.now()) == 0
    saved.article.refresh_from_db()
    assert (saved.article.taken_down_at, saved.article.title) == (None, "Judul")


def test_what_a_policy_takes_down_is_told_to_who_reported_it_and_counted_for_the_public(
    ann: User, ben: User, mia: User
) -> None:
    article = make_article(host="a.jahat.example")
    article_of_others = make_article(host="berita.example")
    reports = [
        report_article(user=user, article=article, kind=Report.Kind.UNLAWFUL, note="x") for user in (ann, ben)
    ]
    report_article(user=ben, article=article_of_others, kind=Report.Kind.TEXT)

    policy = make_policy(mia, takes_down=True)
    hide_blocked(timezone.now())

    ann.refresh_from_db()
    assert ann.has_report_news
    assert [report.pk for report in Report.objects.unseen_outcomes_of(ann)] == [reports[0].pk]
    assert [report.state for report in Report.objects.of(ben).order_by("pk")] == ["resolved", "open"]
    by_itself = AuditEntry.objects.filter(actor_id=None, reason="judi").order_by("pk")
    assert list(by_itself.values_list("act", "target_id", "reason")) == [
        ("article.take_down", article.pk, "judi"),
        *(("report.resolve", report.pk, "judi") for report in reports),
    ]

    remove_policy(policy=policy, actor=mia, reason="keliru")
    cache.clear()
    counted = count_for_public()
    assert (counted.taken_down, counted.restored, counted.resolved, counted.open) == (1, 1, 2, 1)


def is_down(article: Article) -> bool:
    return Article.objects.get(pk=article.pk).taken_down_at is not None


def test_a_corrected_pattern_gives_back_what_the_wrong_one_took(mia: User) -> None:
    wrong, right = make_article(host="berita.example"), make_article(host="jahat.example")
    policy = make_policy(mia, "*.example", takes_down=True)
    assert is_down(wrong)

    policy.pattern = "jahat.example"
    set_policy(policy=policy, actor=mia)

    assert (is_down(wrong), is_down(right)) == (False, True)


def test_what_a_more_exact_policy_allows_is_not_taken_down(mia: User) -> None:
    before, after = make_article(host="baik.jahat.example"), make_article(host="juga.jahat.example")
    make_policy(mia, "baik.jahat.example", access=DomainPolicy.Access.ALLOW)
    make_policy(mia, takes_down=True)
    assert (is_down(before), is_down(after)) == (False, True)

    make_policy(mia, "juga.jahat.example", access=DomainPolicy.Access.ALLOW)
    assert not is_down(after)


def test_what_two_policies_take_down_stays_down_when_one_is_removed(mia: User) -> None:
    article = make_article(host="a.jahat.example")
    exact = make_policy(mia, "a.jahat.example", takes_down=True)
    wide = make_policy(mia, takes_down=True)

    assert remove_policy(policy=exact, actor=mia, reason="cukup satu")
    assert remove_policy(policy=exact, actor=mia, reason="dua kali")

    assert TakeDown.objects.get().policy == wide
    assert not AuditEntry.objects.filter(act="article.restore").exists()
    assert AuditEntry.objects.filter(act="site.policy_removed").count() == 1
    remove_policy(policy=wide, actor=mia, reason="keliru")
    assert not is_down(article)


def test_what_a_moderator_took_down_by_itself_stays_down(ann: User, mia: User) -> None:
    article = make_article(host="jahat.example")
    take_down(article_id=article.pk, actor=mia, reason="sendiri")
    policy = make_policy(mia, takes_down=True)

    assert remove_policy(policy=policy, actor=mia, reason="keliru")

    assert Article.objects.get(pk=article.pk).taken_down_why == "sendiri"


def test_another_address_does_not_lead_around_a_take_down(ann: User, mia: User, settings: object) -> None:
    down = make_article(url="https://berita.example/asli")
    take_down(article_id=down.pk, actor=mia, reason="x")
    with PageServer() as server:
        server.add_redirect("https://pendek.example/1", "https://berita.example/asli")
        text = "".join(
            f"<p>Kalimat ke-{number} yang cukup panjang untuk dibaca orang.</p>" for number in range(30)
        )
        server.add("https://berita.example/asli", f"<article><h1>Judul</h1>{text}</article>")
        settings.READER_FETCH_RESOLVE = parse_resolve(server.resolve)  # type: ignore[attr-defined]
        outcome = save_links(user=ann, text="https://pendek.example/1")
        ingest(outcome.saved[0].article_id)

    entry = SavedArticle.objects.get(pk=outcome.saved[0].pk)
    assert (entry.article.state, entry.article.error_code, entry.article.content) == (
        "failed",
        "taken_down",
        "",
    )
