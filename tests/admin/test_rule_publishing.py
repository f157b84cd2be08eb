"""Trials of drafts, publication, the way back, and rules as files."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reader.ingest import carry_on, carry_trial_on, find_site_rule
from reader.models import Article, AuditEntry, Reextraction, RuleTrial, SiteRule, SiteRuleRevision, User
from reader.models.background_run import MAX_TRIES
from reader.tasks import sweep
from tests.admin.rule_pages import HOST, WORDS, at, keep_page, save

pytestmark = pytest.mark.django_db

GOOD = "title: //div[@class='judul-berita']\nbody: //div[@class='isi-berita']\nauthor: //span\n"


def run_trial(desk: Client, rule: SiteRule) -> RuleTrial:
    desk.post(at("trial"), {"version": rule.version})
    trial = RuleTrial.objects.get()
    while carry_trial_on(trial.pk):
        pass
    trial.refresh_from_db()
    return trial


def publish(desk: Client, rule: SiteRule, reason: str = "Tata letak baru") -> SiteRule:
    desk.post(at("publish"), {"version": rule.version, "reason": reason})
    rule.refresh_from_db()
    return rule


def read_anew() -> Reextraction:
    run = Reextraction.objects.latest("pk")
    while carry_on(run.pk):
        pass
    run.refresh_from_db()
    return run


# --- trials ---


def test_a_trial_tells_better_same_and_worse_and_changes_nothing(desk: Client, ann: User) -> None:
    keep_page(1)
    text = f"{WORDS}\n\nAlinea terakhir nomor 2 menutup berita itu dengan tenang."
    content = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    shown: dict[str, Any] = {"state": "ready", "text": text, "content": content, "word_count": 280}
    keep_page(2, title="Warga Menanam Pohon 2", authors=["Sari Wulandari"], published_on=None, **shown)
    keep_page(3, html="<html><body><p>Pendek.</p></body></html>", **shown)
    keep_page(4, html="<html><body></body></html>")
    keep_page(5, owner=ann)
    keep_page(6, host="lain.example")
    rule = save(desk, GOOD + "strip: //div[@class='promo-kotak']\n")
    before = list(Article.objects.order_by("pk").values())

    trial = run_trial(desk, rule)

    assert (trial.total, trial.done) == (4, 4)
    assert (trial.better, trial.same, trial.worse, trial.failed) == (1, 1, 1, 1)
    assert trial.finished_at
    assert list(Article.objects.order_by("pk").values()) == before
    page = desk.get(at("trial"))
    assert [outcome.article.canonical_url[-1] for outcome, _, _ in page.context["rows"]] == ["3", "4", "1"]
    worst, best = page.context["rows"][0][0], page.context["rows"][2][0]
    assert desk.get(at("trial_article", HOST, worst.article_id)).status_code == 200
    assert page.context["inline"] == [worst.pk, best.pk]
    words = desk.get(at("trial_article", HOST, best.article_id)).content.decode()
    assert "Alinea terakhir nomor 1" in words
    part = desk.get(at("trial_article", HOST, best.article_id), headers={"HX-Request": "true"})
    assert "Alinea terakhir nomor 1" in part.content.decode()
    assert "<html" not in part.content.decode()
    private = Article.objects.get(owner=ann)
    assert desk.get(at("trial_article", HOST, private.pk)).status_code == 404


def test_to_lose_the_author_is_worse_though_the_words_are_the_same(desk: Client) -> None:
    keep_page(1)
    rule = publish(desk, save(desk, GOOD))
    read_anew()
    rule = save(desk, GOOD.replace("author: //span", "skip_json_ld: yes\nauthor: //b"), rule.version)

    trial = run_trial(desk, rule)

    assert (trial.worse, trial.results.get().why) == (1, "lost_authors")


def test_a_trial_goes_on_where_a_killed_worker_left_it(desk: Client) -> None:
    for number in range(3):
        keep_page(number)
    rule = save(desk, GOOD)
    desk.post(at("trial"), {"version": rule.version})
    desk.post(at("trial"), {"version": rule.version})
    trial = RuleTrial.objects.get()
    first = Article.objects.earliest("pk").pk
    RuleTrial.objects.filter(pk=trial.pk).update(last_article_id=first, done=1, better=1)

    while carry_trial_on(trial.pk):
        pass

    trial.refresh_from_db()
    assert (trial.done, trial.better, trial.results.count()) == (3, 3, 2)


def test_an_article_that_kills_the_worker_is_passed_by(desk: Client) -> None:
    keep_page(1)
    rule = save(desk, GOOD)
    desk.post(at("trial"), {"version": rule.version})
    RuleTrial.objects.update(tries=MAX_TRIES)

    carry_trial_on(RuleTrial.objects.get().pk)

    assert RuleTrial.objects.get().failed == 1


def test_a_trial_of_a_draft_that_was_changed_meanwhile_is_not_begun(desk: Client) -> None:
    rule = save(desk, GOOD)
    save(desk, GOOD + "strip: //nav\n", rule.version)

    desk.post(at("trial"), {"version": rule.version})

    assert not RuleTrial.objects.exists()


# --- publishing ---


def test_to_publish_makes_a_revision_heals_the_site_and_is_written_down(desk: Client, mia: User) -> None:
    snapshot = keep_page(1)
    rule = publish(desk, save(desk, GOOD), "Tata letak berubah")
    run = read_anew()

    article = Article.objects.get(pk=snapshot.article_id)
    assert (article.state, article.title) == ("ready", "Warga Menanam Pohon 1")
    assert run.improved == 1
    revision = rule.revisions.get()
    assert (revision.text, revision.reason, revision.author) == (GOOD, "Tata letak berubah", mia)
    entry = AuditEntry.objects.get(act="rule.publish")
    assert (entry.reason, entry.after["text"], entry.target_name) == ("Tata letak berubah", GOOD, HOST)
    found = find_site_rule(f"https://www.{HOST}/1")
    assert found
    assert found.title == ("//div[@class='judul-berita']",)


def test_to_publish_twice_is_to_publish_once(desk: Client) -> None:
    rule = save(desk, GOOD)
    for _ in range(2):
        desk.post(at("publish"), {"version": rule.version, "reason": "x"})

    assert SiteRuleRevision.objects.count() == Reextraction.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "version", "reason"),
    [(GOOD, 1, "  "), ("# tidak ada\n", 1, "sebab"), (GOOD, 7, "sebab")],
    ids=["no reason", "no directive", "changed meanwhile"],
)
def test_what_cannot_be_published_is_told_and_nothing_happens(
    desk: Client,
    text: str,
    version: int,
    reason: str,
) -> None:
    save(desk, text)

    answer = desk.post(at("publish"), {"version": version, "reason": reason}, follow=True)

    assert len(answer.context["messages"]) == 1
    assert SiteRule.objects.get().published == ""
    assert not SiteRuleRevision.objects.exists()
    assert not Reextraction.objects.exists()
    assert not AuditEntry.objects.filter(act="rule.publish").exists()


def test_an_earlier_revision_is_put_in_force_again_and_the_rule_withdrawn(desk: Client) -> None:
    rule = publish(desk, save(desk, GOOD))
    first = rule.revisions.get()
    other = GOOD + "strip: //nav\n"
    rule = publish(desk, save(desk, other, rule.version))
    assert rule.published == other

    for _ in range(2):
        desk.post(at("restore", HOST, first.pk), {"reason": "Kembali"})
    rule.refresh_from_db()
    assert (rule.published, rule.draft, rule.revisions.count()) == (GOOD, GOOD, 3)

    rule = save(desk, other, rule.version)
    desk.post(at("withdraw"), {"reason": "Tidak perlu lagi"})
    rule.refresh_from_db()
    assert (rule.published, rule.draft, rule.revisions.count()) == ("", other, 4)
    assert find_site_rule(f"https://{HOST}/1") is None
    assert desk.get(at("revisions")).status_code == 200
    acts = set(AuditEntry.objects.filter(act__startswith="rule.").values_list("act", flat=True))
    assert acts == {"rule.publish", "rule.restore", "rule.withdraw"}


def test_a_revision_of_another_site_cannot_be_restored_here(desk: Client) -> None:
    save(desk, GOOD)
    other = SiteRule.objects.create(host="lain.example", changed_at=timezone.now())
    revision = SiteRuleRevision.objects.create(
        rule=other, text="body: //p", reason="x", made_at=timezone.now()
    )

    assert desk.post(at("restore", HOST, revision.pk), {"reason": "x"}).status_code == 404
    assert SiteRule.objects.get(host=HOST).published == ""


def test_every_page_of_a_rule_that_was_never_published_opens(desk: Client) -> None:
    save(desk, GOOD)

    for name in ("trial", "trial_progress", "publish", "revisions"):
        assert desk.get(at(name)).status_code == 200, name
    for name in ("export", "upstream"):
        assert desk.get(at(name)).status_code == 404, name
    assert desk.get(at("export"), {"of": "draft"}).content.decode() == GOOD


# --- files ---


def test_a_rule_goes_out_as_a_file_and_comes_in_again(desk: Client) -> None:
    publish(desk, save(desk, GOOD))
    file = desk.get(at("export"))
    assert file.content.decode() == GOOD
    assert file.headers["Content-Disposition"] == f'attachment; filename="{HOST}.txt"'
    assert GOOD in desk.get(at("upstream")).context["text"]

    sent = SimpleUploadedFile(".lain.example.txt", file.content)
    answer = desk.post(reverse("admin:reader_siterule_import"), {"file": sent})

    assert answer.headers["Location"] == at("edit", "lain.example")
    rule = SiteRule.objects.get(host="lain.example")
    assert (rule.draft, rule.published) == (GOOD, "")


def test_a_file_never_takes_the_place_of_a_draft(desk: Client) -> None:
    save(desk, GOOD)
    sent = SimpleUploadedFile(f"{HOST}.txt", b"body: //main\n")

    answer = desk.post(reverse("admin:reader_siterule_import"), {"file": sent})

    assert answer.status_code == 422
    assert answer.context["bench"].text == "body: //main\n"
    assert SiteRule.objects.get().draft == GOOD


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("berita.example.txt", b"\xff\xfe\x00"),
        ("co.id.txt", b"body: //p"),
        ("../../etc/passwd", b"body: //p"),
        ("berita.example.txt", b"# x\n" * 100_000),
    ],
    ids=["not text", "a registry", "a path", "too long"],
)
def test_what_is_no_rule_is_not_taken_in(desk: Client, name: str, body: bytes) -> None:
    answer = desk.post(reverse("admin:reader_siterule_import"), {"file": SimpleUploadedFile(name, body)})

    assert answer.status_code == 422
    assert answer.context["refusal"].happened
    assert not SiteRule.objects.exists()


def test_the_sweeper_rings_for_trials(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[int] = []
    monkeypatch.setattr("reader.tasks.carry_rule_trial_on", rung.append)
    rule = save(desk, GOOD)
    desk.post(at("trial"), {"version": rule.version})

    sweep.call_local()

    assert rung == [RuleTrial.objects.get().pk]
