"""Reading kept pages anew: the better is shown, the worse is not, damage is counted, kills are survived."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from reader.ingest import carry_on, carrying, reextraction
from reader.ingest.reextract import Outcome, reextract
from reader.listing import place_highlights
from reader.models import Article, Highlight, Reextraction, SavedArticle, Snapshot, User
from reader.models.background_run import MAX_TRIES, BackgroundRunQuerySet
from reader.sanitising import read_plain
from reader.services import reextracting, saving
from reader.values import Page
from tests.builders import make_article, make_highlight, make_saved
from tests.ingest.conftest import Ingested
from tests.ingest.kompas_pages import URL as PAGED_URL
from tests.ingest.kompas_pages import make_kompas_page, text_of_pages
from tests.ingest.test_compare import OTHER, STORY
from tests.ingest.test_versions import URL, fetch_again, make_html
from tests.page_server import PageServer

pytestmark = pytest.mark.django_db

State = Article.State
CLUTTER = "Ikuti saluran kami dan dapatkan kabar pilihan setiap pagi di ponsel Anda tanpa biaya apa pun."
WriteRule = Callable[[str], None]


@pytest.fixture
def write_rule(settings: Settings, tmp_path: Path) -> WriteRule:
    """Let a rule for berita.example hold from now on."""
    settings.READER_SITE_RULES_DIR = str(tmp_path)

    def write(text: str) -> None:
        (tmp_path / "berita.example.txt").write_text(text)

    return write


@pytest.fixture
def cluttered(server: PageServer, ingested: Ingested) -> Article:
    """An article that was read with a box of clutter in it."""
    body = "".join(f"<p>{each}</p>" for each in STORY[:6])
    body += f"<div class=kabar><p>{CLUTTER}</p></div>" + "".join(f"<p>{each}</p>" for each in STORY[6:])
    server.add(URL, f"<html><head><title>Pohon</title></head><body><article>{body}</article></body></html>")
    article = ingested(URL)
    assert CLUTTER in article.text
    return article


def read_anew(article: Article) -> tuple[Outcome, Article]:
    outcome = reextract(article.pk, lambda: None)()
    return outcome, Article.objects.get(pk=article.pk)


def test_a_better_rule_is_shown_without_a_fetch(
    server: PageServer, cluttered: Article, write_rule: WriteRule
) -> None:
    server.requests.clear()
    write_rule("body: //article\nstrip: //div[@class='kabar']\n")

    outcome, again = read_anew(cluttered)

    assert (outcome, server.requests) == (Outcome.IMPROVED, [])
    assert CLUTTER not in again.text
    assert again.extractor.startswith("berita.example")
    assert (again.state, again.fetched_at) == (State.READY, cluttered.fetched_at)
    assert (again.changed_at, again.versions.count()) == (None, 0), "the publisher changed nothing"
    assert again.snapshots.count() == 1


def test_what_people_did_with_it_stays(
    server: PageServer, cluttered: Article, write_rule: WriteRule, ann: User
) -> None:
    at = timezone.now() - timedelta(days=9)
    saved = make_saved(ann, article=cluttered, saved_at=at, archived_at=at)
    passage, across = STORY[8][:40], f"{STORY[5][-30:]}\n\n{CLUTTER}\n\n{STORY[6][:30]}"
    highlights = [make_highlight(saved, each) for each in (passage, across, CLUTTER)]
    write_rule("body: //article\nstrip: //div[@class='kabar']\n")

    _outcome, again = read_anew(cluttered)
    assert place_highlights(cluttered.pk) is False

    saved.refresh_from_db()
    assert (saved.saved_at, saved.archived_at, saved.deleted_at) == (at, at, None)
    text = read_plain(again.content)
    places = list(Highlight.objects.order_by("pk").values_list("start", "length", "quote"))
    assert places[0][:2] == (text.index(passage), 40)
    assert [start for start, *_rest in places[1:]] == [None, None]
    assert [quote for *_rest, quote in places] == [each.quote for each in highlights], "none is lost"


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ("body: //article/p[1]\nautodetect_on_failure: no\n", Outcome.REFUSED),
        ("body: //article/p[position() < 6]\n", Outcome.REFUSED),
        ("title: //title\n", Outcome.UNCHANGED),
    ],
)
def test_a_rule_that_reads_less_is_not_shown(
    cluttered: Article, write_rule: WriteRule, rule: str, outcome: Outcome
) -> None:
    write_rule(rule)

    found, again = read_anew(cluttered)

    assert found == outcome
    assert again.text == cluttered.text
    assert any(line.startswith("not shown: read anew") for line in again.trace) == (outcome == "refused")
    assert again.refused_at is None, "that is for the publisher's copies"


def test_pages_are_joined_from_their_snapshots(server: PageServer, ingested: Ingested) -> None:
    for number in ("all", 1, 2, 3):
        server.add(f"{PAGED_URL}?page={number}", "", status=404)
    for number in (2, 3):
        server.add(f"{PAGED_URL}?page={number}", make_kompas_page(number, of=3))
    server.add(PAGED_URL, make_kompas_page(1, of=3))
    article = ingested(PAGED_URL)
    Article.objects.update(text="Lama.", content="<p>Lama.</p>", word_count=1, quality=0.5)
    server.requests.clear()

    outcome, again = read_anew(article)

    assert (outcome, again.state) == (Outcome.IMPROVED, State.READY)
    assert again.text == text_of_pages(1, 2, 3)
    assert server.requests == []


@pytest.mark.parametrize("how", ["gone", "broken"])
def test_a_damaged_snapshot_is_counted_and_the_text_stays(cluttered: Article, how: str) -> None:
    file = Path(cluttered.snapshots.get().file.path)
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(b"bukan zstd")

    outcome, again = read_anew(cluttered)

    assert (outcome, again.text, again.state) == (Outcome.DAMAGED, cluttered.text, State.READY)


def test_a_page_that_no_rule_could_read_is_read_at_last(
    server: PageServer, ingested: Ingested, write_rule: WriteRule
) -> None:
    cells = "".join(f"<td hidden>{each}</td>" for each in STORY)
    server.add(URL, f"<html><head><title>Pohon</title></head><body><table>{cells}</table></body></html>")
    article = ingested(URL)
    assert article.state == State.FAILED

    assert read_anew(article)[0] == Outcome.FAILED
    server.add(URL, "")
    Snapshot.objects.store(
        article.pk, Page(url=URL, final_url=URL, body=make_html(STORY).encode(), fetched_at=timezone.now())
    )
    outcome, again = read_anew(article)

    assert (outcome, again.state, again.error_code) == (Outcome.IMPROVED, State.READY, "")


def test_a_later_copy_that_was_refused_is_shown_when_better_rules_read_it(
    server: PageServer, ingested: Ingested, write_rule: WriteRule
) -> None:
    server.add(URL, make_html(STORY))
    article = ingested(URL)
    body = "".join(f"<section data-hal><p>{each}</p></section>" for each in [*STORY, OTHER[0]])
    page = f"<html><head><title>Pohon</title></head><body><main>{body}</main></body></html>"
    write_rule("body: //section[1]\n")
    server.add(URL, page)
    refused = fetch_again(article)
    assert refused.refused_at is not None
    write_rule("body: //main\n")

    outcome, again = read_anew(refused)

    assert outcome == Outcome.IMPROVED
    assert OTHER[0] in again.text
    assert (again.refused_at, again.refused_why) == (None, "")
    assert again.versions.get().text == article.text


@pytest.mark.parametrize("state", [State.QUEUED, State.FETCHING])
def test_what_is_on_its_way_is_left_to_the_fetch(cluttered: Article, state: str) -> None:
    Article.objects.update(state=state)

    assert read_anew(cluttered)[0] == Outcome.SKIPPED


def test_a_fetch_that_comes_between_wins(cluttered: Article, write_rule: WriteRule) -> None:
    write_rule("body: //article\nstrip: //div[@class='kabar']\n")

    def fetch_meanwhile() -> None:
        Article.objects.filter(pk=cluttered.pk).update(fetched_at=timezone.now(), text="Baru.", word_count=1)

    assert reextract(cluttered.pk, fetch_meanwhile)() == Outcome.SKIPPED
    assert Article.objects.get().text == "Baru."


def test_a_text_of_a_persons_own_is_left_alone(ann: User) -> None:
    text = "Warga Menanam Pohon\n\n" + "\n\n".join(STORY)
    saved = saving.save_pasted(user=ann, text=text).captured[0]

    run = reextracting.reextract_all()
    assert run.total == 0
    assert reextract(saved.article_id, lambda: None)() == Outcome.SKIPPED
    assert SavedArticle.objects.get().article.text == saved.article.text


# --- runs ---


def make_read_article(number: int, host: str = "berita.example", body: str = "") -> Article:
    """An article whose row has less than its page, as if rules had become better since."""
    url = f"https://{host}/baca/{number}"
    article = make_article(url=url, host=host, text="Lama.", content="<p>Lama.</p>", word_count=1)
    page = Page(url=url, final_url=url, body=(body or make_html(STORY)).encode(), fetched_at=timezone.now())
    stored = Snapshot.objects.store(article.pk, page)
    Article.objects.filter(pk=article.pk).update(content_snapshots=[stored.pk])
    return article


def test_a_run_reads_all_and_says_how_it_went() -> None:
    articles = [make_read_article(number) for number in range(3)]
    make_read_article(4, body="<html><body><nav>Beranda</nav></body></html>")
    broken = make_read_article(5, body=make_html(OTHER))
    Path(broken.snapshots.get().file.path).write_bytes(b"x")
    make_article()

    run = reextracting.reextract_all()
    assert carry_on(run.pk) is False

    run.refresh_from_db()
    assert (run.total, run.done) == (5, 5)
    assert (run.improved, run.failed, run.damaged, run.refused) == (3, 1, 1, 0)
    assert run.finished_at is not None
    assert Article.objects.get(pk=articles[2].pk).word_count > 400
    assert carry_on(run.pk) is False


def test_what_is_not_counted_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a kill: an article that was shown and not counted would be found unchanged."""
    article = make_read_article(1)
    run = reextracting.reextract_all()
    with monkeypatch.context() as killed:
        killed.setattr(BackgroundRunQuerySet, "advance", lambda *_args, **_values: 0)
        assert carry_on(run.pk) is False
    assert Article.objects.get(pk=article.pk).text == "Lama."

    Reextraction.objects.update(leased_until=None, lease_token=None)
    carry_on(run.pk)
    run.refresh_from_db()
    assert (run.done, run.improved) == (1, 1)


def test_a_run_for_a_site_takes_its_subdomains_and_no_other_site() -> None:
    own = [make_read_article(1), make_read_article(2, host="desa.berita.example")]
    for host in ("kabarberita.example", "lain.example"):
        make_read_article(3, host=host)

    run = reextracting.reextract_site(host=" Berita.Example. ")
    carry_on(run.pk)

    assert set(Article.objects.filter(word_count__gt=1)) == set(own)
    with pytest.raises(ValueError, match="name"):
        reextracting.reextract_site(host=" ")


@pytest.mark.parametrize("chosen", [0, 2])
def test_a_run_for_some_articles_takes_those_only(chosen: int) -> None:
    articles = [make_read_article(number) for number in range(4)][:chosen]

    run = reextracting.reextract_articles(article_ids=[each.pk for each in articles])
    carry_on(run.pk)

    run.refresh_from_db()
    assert (run.total, run.done) == (chosen, chosen)
    assert set(Article.objects.filter(word_count__gt=1)) == set(articles)


def test_a_slice_ends_and_the_next_goes_on_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        make_read_article(number)
    run = reextracting.reextract_all()
    read: list[int] = []

    def reextract_one(article_id: int, hold: Callable[[], None]) -> Callable[[], Outcome]:
        read.append(article_id)
        monkeypatch.setattr(carrying, "_SLICE_SECONDS", -1 if len(read) == 2 else 20)
        return lambda: Outcome.UNCHANGED

    monkeypatch.setattr(reextraction, "reextract", reextract_one)
    monkeypatch.setattr(carrying, "_SLICE_SECONDS", 0)
    assert carry_on(run.pk) is True
    monkeypatch.setattr(carrying, "_SLICE_SECONDS", 20)
    assert carry_on(run.pk) is False

    assert read == sorted(set(read))
    run.refresh_from_db()
    assert (run.done, run.unchanged) == (3, 3)


def test_two_workers_do_not_read_the_same_run(monkeypatch: pytest.MonkeyPatch) -> None:
    make_read_article(1)
    run = reextracting.reextract_all()

    def reextract_beside(article_id: int, hold: Callable[[], None]) -> Callable[[], Outcome]:
        assert carry_on(run.pk) is False
        return lambda: Outcome.UNCHANGED

    monkeypatch.setattr(reextraction, "reextract", reextract_beside)
    carry_on(run.pk)

    run.refresh_from_db()
    assert run.done == 1


def test_a_killed_run_goes_on_when_its_lease_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [make_read_article(number) for number in range(3)]
    run = reextracting.reextract_all()

    def die_at_the_second(article_id: int, hold: Callable[[], None]) -> Callable[[], Outcome]:
        if article_id == articles[1].pk:
            raise SystemExit
        return lambda: Outcome.UNCHANGED

    with monkeypatch.context() as killing:
        killing.setattr(reextraction, "reextract", die_at_the_second)
        with pytest.raises(SystemExit):
            carry_on(run.pk)
    assert carry_on(run.pk) is False, "another worker may still have it"
    run.refresh_from_db()
    assert run.done == 1
    Reextraction.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert list(Reextraction.objects.waiting(timezone.now())) == [run]

    carry_on(run.pk)

    run.refresh_from_db()
    assert (run.done, run.unchanged, run.improved, run.finished_at is not None) == (3, 1, 2, True)


def test_an_article_over_which_the_worker_always_dies_is_passed_by(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [make_read_article(number) for number in range(2)]
    run = reextracting.reextract_all()

    def die_at_the_first(article_id: int, hold: Callable[[], None]) -> Callable[[], Outcome]:
        if article_id == articles[0].pk:
            raise SystemExit
        return lambda: Outcome.UNCHANGED

    monkeypatch.setattr(reextraction, "reextract", die_at_the_first)
    for _ in range(MAX_TRIES):
        with pytest.raises(SystemExit):
            carry_on(run.pk)
        Reextraction.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    carry_on(run.pk)

    run.refresh_from_db()
    assert (run.done, run.failed, run.unchanged) == (2, 1, 1)


def test_a_fault_of_ours_over_one_article_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    articles = [make_read_article(number) for number in range(2)]
    run = reextracting.reextract_all()

    def fail_at_the_first(article_id: int, hold: Callable[[], None]) -> Callable[[], Outcome]:
        return lambda: Outcome.UNCHANGED if article_id != articles[0].pk else Outcome(str(1 / 0))

    monkeypatch.setattr(reextraction, "reextract", fail_at_the_first)
    carry_on(run.pk)

    run.refresh_from_db()
    assert (run.done, run.failed, run.unchanged) == (2, 1, 1)
    assert "a fault of ours" in caplog.text


def test_a_lease_that_was_lost_stops_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(2):
        make_read_article(number)
    run = reextracting.reextract_all()

    def lose(article_id: int, hold: Callable[[], None]) -> Callable[[], Outcome]:
        Reextraction.objects.update(lease_token=None)
        hold()
        return lambda: Outcome.UNCHANGED

    monkeypatch.setattr(reextraction, "reextract", lose)

    assert carry_on(run.pk) is False
    run.refresh_from_db()
    assert run.done == 0


def test_articles_saved_later_are_not_part_of_it() -> None:
    make_read_article(1)
    run = reextracting.reextract_all()
    later = make_read_article(2)

    carry_on(run.pk)

    run.refresh_from_db()
    assert (run.total, run.done) == (1, 1)
    assert Article.objects.get(pk=later.pk).word_count == 1
