"""Writing a site's rule on the desk: by hand or by pointing at blocks of a kept page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reader.admin.desk import actor_of
from reader.admin.desk_pages import render_desk
from reader.admin.rule_bench import (
    Bench,
    Pointed,
    choose_page,
    judge,
    look,
    make_pointed,
    open_bench,
    show_conflict,
)
from reader.admin.rule_words import ROLES
from reader.errors import ReaderError, RuleChanged
from reader.services import previewing, ruling
from reader.services.rule_lists import find_rule_name
from reader.sites import is_site_name
from reader.sites.writing import add_directive, replace_directive
from reader.web.places import is_number
from reader.web.sentences import Sentence, sentence_for

_LONGEST_XPATH = 2_000


def edit(request: HttpRequest, host: str) -> HttpResponse:
    """Show the bench; by POST keep the draft, and write what was pointed at."""
    check_host(host)
    if request.method == "POST":
        return _act(request, host)
    bench = open_bench(host)
    return show_bench(request, bench, request.GET.get("page", ""), address=request.GET.get("address", ""))


@require_safe
def lead(request: HttpRequest, host: str) -> HttpResponse:
    """Lead from a host to the bench of the rule that serves it, with an article's page where one is named."""
    name = find_rule_name(host.lower())
    check_host(name)
    number = request.GET.get("article", "")
    page = previewing.find_page_of(int(number)) if is_number(number) else None
    return redirect(reverse("admin:reader_siterule_edit", args=[name]) + (f"?page={page.pk}" if page else ""))


@require_POST
def check(request: HttpRequest, host: str) -> HttpResponse:
    """Keep the draft while it is written, and say what is wrong with it: a part of the bench."""
    check_host(host)
    bench = _keep(request, host)
    judge(bench)
    response = render_desk(request, "rules/verdict.html", bench=bench)
    if bench.refusal is None:
        response.headers["HX-Trigger"] = "rule-kept"
    return response


@require_safe
def preview(request: HttpRequest, host: str) -> HttpResponse:
    """Show a kept page by the draft that is kept: a part of the bench."""
    check_host(host)
    bench = open_bench(host)
    choose_page(bench, request.GET.get("page", ""))
    bench.look = look(host, bench.text, bench.page) if bench.page else None
    return render_desk(request, "rules/preview.html", bench=bench, roles=ROLES)


def check_host(host: str) -> None:
    """Raise Http404 for what no rule can be made for."""
    if not is_site_name(host):
        raise Http404


def read_version(request: HttpRequest, name: str = "version") -> int:
    """Return the version of the draft that the form was made from, 0 where it tells none."""
    version = request.POST.get(name, "")
    return int(version) if is_number(version, 9) else 0


def refuse(request: HttpRequest, host: str, error: ReaderError) -> HttpResponse:
    """Say why an act upon the draft was not done, and lead back to the bench."""
    sentence = sentence_for(error.code)
    told = f"{sentence.happened} {sentence.advice}"
    if isinstance(error, RuleChanged):
        told = _("Somebody changed the draft meanwhile; look at it again first. Nothing was done.")
    messages.error(request, told)
    return redirect("admin:reader_siterule_edit", host)


def show_bench(
    request: HttpRequest, bench: Bench, page: str, *, address: str = "", status: int = 200
) -> HttpResponse:
    """Show the bench with the page of this number or address."""
    judge(bench)
    choose_page(bench, page, address[:2000])
    bench.look = look(bench.host, bench.text, bench.page) if bench.page else None
    title = _("Rule for %(site)s") % {"site": bench.host}
    return render_desk(request, "rules/editor.html", title=title, bench=bench, roles=ROLES, status=status)


def _act(request: HttpRequest, host: str) -> HttpResponse:
    """Write what the pressed button says into the text, and keep it."""
    page, act = request.POST.get("page", ""), request.POST.get("act", "")
    text = ruling.tidy_text(request.POST.get("text", ""))
    pointed, refusal = None, None
    try:
        if act in ROLES:
            text, pointed, refusal = _point(request, host, text, act)
        elif instead := request.POST.get("instead", "")[:_LONGEST_XPATH]:
            text = _write_instead(request, text, instead)
    except ReaderError as error:
        refusal = sentence_for(error.code)
    bench = _keep(request, host, text)
    bench.pointed = pointed
    bench.refusal = bench.refusal or refusal
    if (act == "save" or "insist" in request.POST) and bench.refusal is None:
        return redirect(f"{reverse('admin:reader_siterule_edit', args=[host])}?page={page[:20]}")
    return show_bench(request, bench, page, status=422 if bench.refusal else 200)


def _point(
    request: HttpRequest, host: str, text: str, directive: str
) -> tuple[str, Pointed | None, Sentence | None]:
    number, page = request.POST.get("block", ""), request.POST.get("page", "")
    snapshot = previewing.find_page(host, int(page)) if is_number(page) else None
    if snapshot is None or not is_number(number, 9):
        return text, None, Sentence(_("No block is chosen."), _("Choose a block of the page first."))
    offers = previewing.offer_xpaths(host=host, snapshot=snapshot, number=int(number), directive=directive)
    if not offers:
        return text, None, Sentence(_("This block cannot be used for that."), _("Choose a smaller part."))
    best = offers[0].candidate.xpath
    return (
        add_directive(text, directive, best),
        make_pointed(directive, int(number), offers, best),
        None,
    )


def _write_instead(request: HttpRequest, text: str, instead: str) -> str:
    directive, written = request.POST.get("directive", ""), request.POST.get("written", "")
    is_line = "\n" not in instead and "\r" not in instead
    return replace_directive(text, directive, written, instead) if directive in ROLES and is_line else text


def _keep(request: HttpRequest, host: str, text: str | None = None) -> Bench:
    """Keep the draft; what cannot be kept is on the bench all the same, with the reason."""
    text = ruling.tidy_text(request.POST.get("text", "")) if text is None else text
    number = read_version(request, "insist" if request.POST.get("insist") else "version")
    try:
        ruling.save_draft(moderator=actor_of(request), host=host, text=text, version=number)
    except RuleChanged as error:
        bench = open_bench(host)
        show_conflict(bench, text, number)
        bench.refusal = sentence_for(error.code)
        return bench
    except ReaderError as error:
        bench = open_bench(host)
        bench.text, bench.version, bench.refusal = text, number, sentence_for(error.code)
        return bench
    return open_bench(host)
