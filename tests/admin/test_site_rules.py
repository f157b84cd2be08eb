"""Site rules on the desk: the list, the bench, pointing, trials, publication and the way back."""

import ast
import inspect
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.admin.rule_words import COMPLAINTS
from reader.ingest import find_site_rule
from reader.models import Article, Reextraction, SiteRule, User
from reader.sites import rule, text_pattern
from tests.admin.rule_pages import HOST, LIST, WORDS, at, keep_page, save
from tests.builders import make_article, make_user

pytestmark = pytest.mark.django_db


def block_number(page: str, name: str) -> str:
    """The number of the block that is called so on the bench."""
    found = re.search(rf'value="(\d+)" form="rule-form"[^>]*>\s*<span class="block-name">{name}<', page)
    assert found, name
    return found[1]


# --- who ---


NAMES = "edit check preview trial trial_progress publish revisions withdraw export upstream lead".split()
ADDRESSES: list[tuple[str, tuple[object, ...]]] = [
    *((name, (HOST,)) for name in NAMES),
    ("import", ()),
    ("changelist", ()),
]
ADDRESSES += [("restore", (HOST, 1)), ("trial_article", (HOST, 1))]


@pytest.mark.parametrize(("name", "arguments"), ADDRESSES, ids=[name for name, _ in ADDRESSES])
def test_the_bench_is_for_moderators(
    client: Client, ann: User, adi: User, name: str, arguments: tuple[object, ...]
) -> None:
    SiteRule.objects.create(host=HOST, draft="body: //main", changed_at=timezone.now())
    address = reverse(f"admin:reader_siterule_{name}", args=arguments)
    for user in (None, ann, adi):
        if user:
            client.force_login(user)
        for answer in (client.get(address), client.post(address, {"text": "x", "reason": "y"})):
            assert answer.status_code in {302, 403, 405}
    assert SiteRule.objects.get().draft == "body: //main"
    assert not Reextraction.objects.exists()


def test_no_rule_is_written_without_the_token_of_a_form(mia: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mia)
    for name in ("edit", "check", "trial", "publish", "withdraw"):
        assert client.post(at(name), {"text": "body: //p", "reason": "x"}).status_code == 403
    assert not SiteRule.objects.exists()


@pytest.mark.parametrize("host", ["co.id", "localhost", "10.0.0.1", "..", "a b.example", "BERITA.example"])
def test_what_is_no_site_has_no_bench(desk: Client, host: str) -> None:
    assert desk.get(f"/admin/reader/siterule/site/{host}/").status_code in {404, 302}


# --- the list ---


def test_the_list_tells_which_rule_serves_and_how_articles_come_out(desk: Client, ann: User) -> None:
    for state in ("ready", "ready", "ready", "failed"):
        make_article(host="regional.kompas.com", state=state)
    make_article(host="tanpa.example", state="failed")
    make_article(host="rahasia.example", owner=ann)
    make_article(host=HOST)
    SiteRule.objects.create(host=HOST, published="body: //p", draft="body: //q", changed_at=timezone.now())

    rows = {line.host: line for line, _, _ in desk.get(LIST).context["rows"]}

    assert (rows["kompas.com"].source, rows["kompas.com"].percent_ready) == ("built_in", 75)
    assert (rows["tanpa.example"].source, rows["tanpa.example"].failed) == ("none", 1)
    assert (rows[HOST].source, rows[HOST].has_draft) == ("desk", True)
    assert "rahasia.example" not in rows
    assert "detik.com" not in rows
    every = desk.get(LIST, {"q": "detik"}).context["rows"]
    assert [line.host for line, _, _ in every] == ["detik.com"]


def test_pages_cost_the_same_for_one_article_and_for_many(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for begin in (1, 10):
        for number in range(begin, begin + 6):
            keep_page(number)
        spent = []
        for address in (LIST, at("edit")):
            with django_assert_max_num_queries(14) as queries:
                desk.get(address)
            spent.append(len(queries))
        counts.append(spent)
    assert counts[0] == counts[1]


# --- the bench ---


def test_a_draft_begins_with_the_rule_in_force(desk: Client) -> None:
    bench = desk.get(at("edit", "kompas.com")).context["bench"]

    assert "skip_json_ld: yes" in bench.text
    assert (bench.source, bench.version, bench.errors) == ("built_in", 0, [])
    assert not SiteRule.objects.exists(), "to look is to change nothing"


def test_what_is_wrong_stands_beside_its_line_in_both_languages(desk: Client) -> None:
    text = "body: //[\ntidak: ada\nvalid_until: besok\nstrip_text: (a+)+b(a+)+c(a+)+"
    for language, said in (("id", "bukan ungkapan XPath"), ("en", "not an XPath expression")):
        answer = desk.post(at("check"), {"text": text, "version": 0}, headers={"Accept-Language": language})
        errors = answer.context["bench"].errors
        assert [error.number for error in errors] == [1, 2, 3, 4]
        assert errors[0].line == "body: //["
        assert said in errors[0].sentence
        assert 'data-lines="1 2 3 4 "' in answer.content.decode()
    assert SiteRule.objects.get().draft == text, "what is wrong is kept all the same"


def test_a_draft_is_kept_while_it_is_written_and_once(desk: Client, mia: User) -> None:
    first = desk.post(at("check"), {"text": "body: //p\r\n", "version": 0})
    again = desk.post(at("check"), {"text": "body: //p\r\n", "version": 0})

    rule = SiteRule.objects.get()
    assert (rule.draft, rule.version, rule.changed_by) == ("body: //p\n", 1, mia)
    assert first.headers["HX-Trigger"] == again.headers["HX-Trigger"] == "rule-kept"
    assert rule.published == ""
    assert find_site_rule(f"https://{HOST}/1") is None


def test_two_moderators_at_once_the_second_is_told_and_nothing_is_lost(desk: Client) -> None:
    rule = save(desk, "body: //main\n")
    other = make_user("moderator-lain")
    SiteRule.objects.filter(pk=rule.pk).update(draft="body: //article\n", version=2, changed_by=other)

    answer = desk.post(at("edit"), {"text": "body: //section\n", "version": 1, "act": "save"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "body: //section" in answer.context["bench"].text
    assert answer.context["bench"].refusal.happened
    assert "//article" in page
    assert SiteRule.objects.get().draft == "body: //article\n"

    desk.post(at("check"), {"text": "body: //section/p\n", "version": answer.context["bench"].version})
    assert SiteRule.objects.get().draft == "body: //article\n", "to write on is not to insist"

    insist = answer.context["bench"].insist
    desk.post(at("edit"), {"text": "body: //section\n", "version": 1, "insist": insist})
    assert SiteRule.objects.get().draft == "body: //section\n", "who has seen both may insist"


def test_a_page_is_shown_before_and_after_with_what_is_left_out(desk: Client) -> None:
    snapshot = keep_page()
    text = "body: //div[@class='isi-berita']\nstrip: //div[@class='promo-kotak']\nauthor: //span\n"
    save(desk, text)

    answer = desk.get(at("edit"), {"page": snapshot.pk})

    look = answer.context["bench"].look
    facts = {str(fact.label): (fact.before, fact.after) for fact in look.facts}
    assert look.preview.is_applied
    assert any(after == "Sari Wulandari" for _, after in facts.values())
    fates = {block.name: (block.role, block.fate) for block in look.preview.outline.blocks}
    assert fates["div.isi-berita"] == ("body", "kept")
    assert fates["div.promo-kotak"] == ("strip", "removed")
    assert fates["div.menu-utama"][1] == "outside"
    assert any(line.startswith("content:") for line in look.preview.after.article.trace)


def test_blocks_are_chosen_and_the_directives_are_written(desk: Client) -> None:
    snapshot = keep_page(1)
    keep_page(2)
    page = desk.get(at("edit")).content.decode()
    chosen = (
        ("title", "div.judul-berita"),
        ("author", "span.nama-penulis"),
        ("body", "div.isi-berita"),
        ("strip", "div.promo-kotak"),
    )
    text, version = "", 0
    for act, name in chosen:
        answer = desk.post(
            at("edit"),
            {
                "text": text,
                "version": version,
                "act": act,
                "block": block_number(page, name),
                "page": snapshot.pk,
            },
        )
        bench = answer.context["bench"]
        text, version = bench.text, bench.version
        assert bench.pointed.directive == act
        assert (bench.pointed.offers[0].pages, bench.pointed.offers[0].of) == (2, 2)

    assert [line.split(":")[0] for line in text.splitlines()] == ["title", "author", "body", "strip"]
    assert "nama-penulis" in text
    assert SiteRule.objects.get().draft == text
    article = desk.get(at("edit"), {"page": snapshot.pk}).context["bench"].look.preview.after.article
    assert article.title == "Warga Menanam Pohon 1"
    assert article.authors == ("Sari Wulandari",)
    assert "Unduh aplikasi" not in article.text

    other = bench.pointed.offers[1].candidate.xpath
    fields = {"directive": "strip", "written": bench.pointed.written, "instead": other}
    desk.post(at("edit"), {"text": text, "version": version, "page": snapshot.pk, **fields})
    assert f"strip: {other}" in SiteRule.objects.get().draft.splitlines()


@pytest.mark.parametrize(
    "values", [{"block": ""}, {"block": "9" * 30}, {"block": "-1"}, {"page": "9" * 30}, {"page": "x"}]
)
def test_to_point_at_nothing_is_told(desk: Client, values: dict[str, str]) -> None:
    snapshot = keep_page()
    sent = {"text": "body: //p\n", "version": 0, "act": "title", "block": "3", "page": snapshot.pk, **values}

    answer = desk.post(at("edit"), sent)

    assert answer.status_code == 422
    assert answer.context["bench"].refusal
    assert SiteRule.objects.get().draft == "body: //p\n"


def test_private_pages_and_other_sites_pages_are_never_shown(desk: Client, ann: User) -> None:
    private = keep_page(1, owner=ann)
    foreign = keep_page(2, host="lain.example")
    lookalike = keep_page(3, host=f"bukan{HOST}")
    below = keep_page(4, host=f"regional.{HOST}")

    bench = desk.get(at("edit")).context["bench"]
    assert [each.pk for each in bench.pages] == [below.pk]
    for snapshot in (private, foreign, lookalike):
        for name in ("edit", "preview"):
            shown = desk.get(at(name), {"page": snapshot.pk}).context["bench"]
            assert shown.page.pk == below.pk
    sent = {"text": "body: //p\n", "version": 0, "act": "title", "block": "3", "page": private.pk}
    assert desk.post(at("edit"), sent).status_code == 422


def test_any_kept_page_is_found_by_its_address_and_no_other(desk: Client, ann: User) -> None:
    for number in range(3):
        keep_page(number)
    keep_page(7, owner=ann)
    gone = keep_page(8)
    Article.objects.filter(pk=gone.article_id).update(taken_down_at=timezone.now())
    keep_page(9, host="lain.example")

    found = desk.get(at("edit"), {"address": f"http://{HOST}/read/1?utm_source=x"}).context["bench"]
    assert (found.page.article.url, found.is_missing) == (f"https://{HOST}/read/1", False)
    for address in (
        f"https://{HOST}/read/7",
        f"https://{HOST}/read/8",
        "https://lain.example/read/9",
        "x" * 5000,
    ):
        bench = desk.get(at("edit"), {"address": address}).context["bench"]
        assert bench.is_missing
        assert bench.page.article.url in {f"https://{HOST}/read/{number}" for number in range(3)}


def test_from_a_host_one_is_led_to_the_rule_that_serves_it(desk: Client, ann: User) -> None:
    snapshot = keep_page(1, host="regional.kompas.com")
    private = keep_page(2, host="regional.kompas.com", owner=ann)
    shown = ((snapshot.article_id, f"?page={snapshot.pk}"), (private.article_id, ""), ("x", ""))
    for article, ending in shown:
        answer = desk.get(at("lead", "regional.kompas.com"), {"article": article})
        assert answer.headers["Location"] == at("edit", "kompas.com") + ending
    assert desk.get(at("lead", "baru.contoh.id")).headers["Location"] == at("edit", "contoh.id")
    assert desk.get(at("lead", "10.0.0.1")).status_code == 404

    own = "regional.kompas.com"
    SiteRule.objects.create(host=own, published="body: //p", changed_at=timezone.now())
    assert desk.get(at("lead", own)).headers["Location"] == at("edit", own)


_COMPLAINING = {"self.complain", "reading.complain", "PatternRefused"}


def test_every_complaint_of_the_rule_language_has_words() -> None:
    written: set[str] = set()
    for module in (rule, text_pattern):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in _COMPLAINING:
                first = node.args[0]
                written |= {str(first.value)} if isinstance(first, ast.Constant) else set()

    assert len(written) > 12
    assert written == set(COMPLAINTS)


HOSTILE = """<html><body onload="jahat()"><script>jahat()</script><h1 onclick="jahat()">Judul <b>x</b></h1>
<div class="isi-berita"><p>{words}</p>
<img src="https://pelacak.example/1.gif" alt="&lt;script&gt;x&lt;/script&gt;"
 onerror="jahat()"><iframe src="https://pelacak.example/"></iframe><a href="javascript:jahat()">klik</a>
<style>@import "https://pelacak.example/a.css"</style><svg><script>jahat()</script></svg>
<p>&lt;img src=x onerror=jahat()&gt;</p></div><form action="https://pelacak.example/"><input name=a></form>
<div class='"><script>jahat()</script>'>Kelas yang jahat</div></body></html>"""


def test_nothing_of_a_hostile_pages_markup_reaches_the_desk(desk: Client) -> None:
    snapshot = keep_page(html=HOSTILE.format(words=WORDS))
    save(desk, "body: //div[@class='isi-berita']\n")

    answer = desk.get(at("edit"), {"page": snapshot.pk})
    page = answer.content.decode()

    assert "Kelas yang jahat" in page
    for mark in ('onerror="', "onclick", "onload", "<iframe", "javascript:", "<script>jahat", 'src="https'):
        assert mark not in page, mark
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "text",
    [
        "body: //p[//a[//b[//i]]]\n" * 190,
        "body: " + "//*[" * 11 + "//*" + "]" * 11,
        "strip_text: (a|a|a)+(b|b)+$\n" * 100,
        "find_string: a\nreplace_string: b\n" * 290,
    ],
    ids=["searches in searches", "deep", "patterns", "replacements"],
)
def test_a_rule_that_would_take_for_ever_is_left_out_and_told(desk: Client, text: str) -> None:
    snapshot = keep_page(html="<html><body>" + "<p><a><b><i>x</i></b></a></p>" * 3000 + "</body></html>")
    save(desk, text)

    answer = desk.get(at("edit"), {"page": snapshot.pk})

    assert answer.status_code == 200
    bench = answer.context["bench"]
    assert bench.refusal or bench.errors or bench.look.preview


def test_a_rule_that_is_too_long_is_not_kept_and_not_lost(desk: Client) -> None:
    text = "# x\n" * 20_000
    answer = desk.post(at("edit"), {"text": text, "version": 0, "act": "save"})

    assert answer.status_code == 422
    assert answer.context["bench"].text == text
    assert not SiteRule.objects.exists()
