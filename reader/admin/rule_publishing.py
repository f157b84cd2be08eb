"""Putting a rule in force on the desk, its revisions, the way back, and rules as files."""

from collections.abc import Callable
from itertools import zip_longest

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reader.admin.desk import actor_of
from reader.admin.desk_pages import render_desk
from reader.admin.rule_bench import open_bench, show_conflict
from reader.admin.rule_editor import check_host, read_version, refuse, show_bench
from reader.admin.rule_words import diff_rules, name_line_errors
from reader.errors import ReaderError, RuleChanged, RuleNotText, RuleTooLong
from reader.models import RuleTrial, SiteRule, SiteRuleRevision
from reader.models.background_run import count_rereadable
from reader.services import ruling
from reader.sites import is_site_name
from reader.web.sentences import sentence_for

_MOST_REVISIONS = 50


def publish(request: HttpRequest, host: str) -> HttpResponse:
    """Ask for the reason, showing what changes; by POST publish the draft."""
    check_host(host)
    rule = get_object_or_404(SiteRule, host=host)
    if request.method == "POST":
        number = read_version(request)
        return _put_in_force(
            request,
            host,
            lambda reason: ruling.publish(
                moderator=actor_of(request), host=host, version=number, reason=reason
            ),
        )
    in_force = ruling.find_rule_in_force(host)
    trial = RuleTrial.objects.filter(rule=rule).order_by("-pk").first()
    try:
        errors = name_line_errors(rule.draft, ruling.check_rule(rule.draft, host))
    except ReaderError as error:
        return refuse(request, host, error)
    return render_desk(
        request,
        "rules/publish.html",
        title=_("Publish the rule for %(site)s") % {"site": host},
        rule=rule,
        errors=errors,
        diff=diff_rules(in_force.text, rule.draft),
        trial=trial,
        is_current=trial is not None and trial.text == rule.draft,
        articles=count_rereadable(host),
    )


@require_safe
def revisions(request: HttpRequest, host: str) -> HttpResponse:
    """Show every publication, the newest first, with what it changed."""
    check_host(host)
    rule = get_object_or_404(SiteRule, host=host)
    found = list(rule.revisions.select_related("author").order_by("-pk")[: _MOST_REVISIONS + 1])
    rows = [
        (each, diff_rules(older.text if older else "", each.text), each.text == rule.published)
        for each, older in zip_longest(found, found[1:])
    ]
    title = _("Revisions of %(site)s") % {"site": host}
    return render_desk(request, "rules/revisions.html", title=title, rule=rule, rows=rows[:_MOST_REVISIONS])


@require_POST
def restore(request: HttpRequest, host: str, revision_id: int) -> HttpResponse:
    """Put an earlier revision in force again."""
    check_host(host)
    get_object_or_404(SiteRuleRevision, pk=revision_id, rule__host=host)
    return _put_in_force(
        request,
        host,
        lambda reason: ruling.restore(
            moderator=actor_of(request), host=host, revision_id=revision_id, reason=reason
        ),
    )


@require_POST
def withdraw(request: HttpRequest, host: str) -> HttpResponse:
    """Take the rule out of force."""
    check_host(host)
    get_object_or_404(SiteRule, host=host)
    return _put_in_force(
        request,
        host,
        lambda reason: ruling.withdraw(moderator=actor_of(request), host=host, reason=reason),
    )


@require_safe
def export(request: HttpRequest, host: str) -> HttpResponse:
    """Give the rule as a file of the public format: the draft, or what is in force."""
    check_host(host)
    bench = open_bench(host)
    text = bench.text if request.GET.get("of") == "draft" else ruling.find_rule_in_force(host).text
    if not text.strip():
        raise Http404
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{host}.txt"'
    return response


@require_safe
def upstream(request: HttpRequest, host: str) -> HttpResponse:
    """Show what to send to the public collection, so that others have it too."""
    check_host(host)
    text = ruling.find_rule_in_force(host).text
    if not text.strip():
        raise Http404
    title = _("Send the rule for %(site)s upstream") % {"site": host}
    return render_desk(request, "rules/upstream.html", title=title, host=host, text=text)


def take_in(request: HttpRequest) -> HttpResponse:
    """Take a file of the public format as the draft of its site; never over a draft of somebody's."""
    refusal = None
    if request.method == "POST":
        try:
            host, text = _read_file(request)
            bench = open_bench(host)
            if bench.row and bench.row.has_draft:
                show_conflict(bench, text, 0)
                bench.refusal = sentence_for(RuleChanged.code)
                return show_bench(request, bench, "", status=422)
            ruling.save_draft(moderator=actor_of(request), host=host, text=text, version=bench.version)
        except ReaderError as error:
            refusal = sentence_for(error.code)
        else:
            messages.success(request, _("The file is the draft now; nothing is published yet."))
            return redirect("admin:reader_siterule_edit", host)
    title = _("Import a rule")
    status = 422 if refusal else 200
    return render_desk(request, "rules/import.html", title=title, refusal=refusal, status=status)


def _read_file(request: HttpRequest) -> tuple[str, str]:
    """The site and the text of what was sent. Raises RuleNotText and RuleTooLong."""
    file = request.FILES.get("file")
    if file is None:
        raise RuleNotText("no file")
    name = (request.POST.get("host", "").strip() or (file.name or "").removesuffix(".txt")).lower()
    host = name.removeprefix(".").removeprefix("www.")
    if not is_site_name(host):
        raise RuleNotText(f"no site: {host[:100]}")
    body = file.read(4 * ruling.MAX_RULE_CHARS + 1)
    if len(body) > 4 * ruling.MAX_RULE_CHARS:
        raise RuleTooLong(f"more than {len(body)} bytes")
    try:
        return host, body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RuleNotText("not UTF-8") from error


def _put_in_force(
    request: HttpRequest, host: str, act: Callable[[str], SiteRuleRevision | None]
) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, _("Say why in a few words; nothing was changed."))
        name = "publish" if "version" in request.POST else "revisions"
        return redirect(f"admin:reader_siterule_{name}", host)
    try:
        revision = act(reason)
    except ReaderError as error:
        return refuse(request, host, error)
    if revision is None:
        messages.info(request, _("This text is in force already; nothing was changed."))
    else:
        messages.success(request, _("It is in force now, and the site's articles are being read anew."))
    return redirect("admin:reader_siterule_revisions", host)
