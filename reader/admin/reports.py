"""The queue of reports: taken, answered, resolved, rejected; one by one, many at once, in groups."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from reader.admin.confirming import Question, ask_first
from reader.admin.desk import ReadOnlyAdmin, actor_of
from reader.models import Article, Report, User
from reader.services import deciding

_MOST_GROUPS = 200
_UNDOING = gettext_lazy("It can be undone: a decided report can be opened again, though the reader is told.")


class StateFilter(admin.SimpleListFilter):
    """The open ones, unless others are asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str | Promise]]:  # type: ignore[override]
        decided = [(state.value, state.label) for state in Report.State if state != Report.State.OPEN]
        return [("mine", _("Taken by me")), ("free", _("Taken by nobody")), *decided, ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": Report.State.OPEN.label}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        value = self.value()
        if value == "all":
            return queryset
        if value in {Report.State.RESOLVED, Report.State.REJECTED}:
            return queryset.filter(state=value)
        opened = queryset.filter(state=Report.State.OPEN)
        if value == "mine":
            return opened.filter(claimed_by=actor_of(request))
        return opened.filter(claimed_by=None) if value == "free" else opened


class DecisionForm(forms.Form):
    """What the reader is told, and why it was decided so."""

    text = forms.CharField(
        label=gettext_lazy("Answer to the reader"),
        required=False,
        max_length=Report.MAX_WORDS,
        help_text=gettext_lazy("The reader sees it below the article and on the list."),
        widget=forms.Textarea(attrs={"rows": "4", "cols": "60"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("It stands in the audit log."),
        widget=forms.TextInput(attrs={"size": "60"}),
    )


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ("what", "article_title", "host", "reporter", "state", "claimed_by", "created_at")
    list_filter = (StateFilter, "kind")
    search_fields = ("note", "passage", "host", "article__title")
    ordering = ("-pk",)
    actions = ("claim", "resolve", "reject")
    fields = (
        "what",
        "article_link",
        "host",
        "reported_by",
        "created_at",
        "passage",
        "note",
        "state",
        "taken_by",
        "answer",
        "decided_at",
    )
    readonly_fields = ("what", "article_link", "reported_by", "taken_by")
    change_list_template = "admin/report_list.html"
    change_form_template = "admin/report.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        found = super().get_queryset(request).select_related("article", "reporter", "claimed_by")
        return found.only(
            *(field.attname for field in Report._meta.concrete_fields),
            "article__title",
            "article__canonical_url",
            "reporter__username",
            "claimed_by__username",
        )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:report_id>/act/", view(require_POST(self.act)), name="reader_report_act"),
            path("by-article/", view(self.by_article), name="reader_report_by_article"),
            path("by-site/", view(self.by_site), name="reader_report_by_site"),
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=gettext_lazy("what is wrong"), ordering="kind")
    def what(self, report: Report) -> str:
        return report.get_kind_display()

    @admin.display(description=gettext_lazy("article"))
    def article_title(self, report: Report) -> str:
        return str(report.article)

    @admin.display(description=gettext_lazy("article"))
    def article_link(self, report: Report) -> str:
        url = reverse("admin:reader_article_change", args=[report.article_id])
        return format_html('<a href="{}">{}</a>', url, report.article)

    # Names and no links: pages of people are for administrators.
    @admin.display(description=gettext_lazy("reported by"))
    def reported_by(self, report: Report) -> str:
        return str(report.reporter or "—")

    @admin.display(description=gettext_lazy("taken by"))
    def taken_by(self, report: Report) -> str:
        return str(report.claimed_by or "—")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {**(extra_context or {}), "decision": DecisionForm()}
        return super().change_view(request, object_id, form_url, context)

    def act(self, request: HttpRequest, report_id: int) -> HttpResponse:
        """Do one act on one report, and come back to it, saying what became of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        report = Report.objects.filter(pk=report_id).first()
        form = DecisionForm(request.POST)
        if report is None or not form.is_valid():
            raise Http404
        text, reason = form.cleaned_data["text"], form.cleaned_data["reason"]
        name = request.POST.get("act", "")
        if name == "answer" and not text.strip():
            self.message_user(request, _("An answer needs words; nothing was sent."), messages.ERROR)
        elif self._do(name, report, actor_of(request), text, reason):
            self.message_user(request, _("Done."), messages.SUCCESS)
        else:
            words = _("Nothing was done: somebody was faster, or the report is in another state by now.")
            self.message_user(request, words, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:reader_report_change", args=[report_id]), status=303)

    def _do(self, name: str, report: Report, actor: User, text: str, reason: str) -> bool:
        if name == "claim":
            return deciding.claim(report=report, actor=actor)
        if name == "release":
            return deciding.release(report=report, actor=actor)
        if name == "answer":
            return deciding.answer(report=report, actor=actor, text=text)
        if name == "resolve":
            return deciding.resolve(report=report, actor=actor, text=text, reason=reason)
        if name == "reject":
            return deciding.reject(report=report, actor=actor, text=text, reason=reason)
        if name == "reopen":
            return deciding.reopen(report=report, actor=actor, reason=reason)
        raise Http404

    @admin.action(description=gettext_lazy("Take these reports"), permissions=["view"])
    def claim(self, request: HttpRequest, reports: QuerySet[Report]) -> None:
        count = sum(deciding.claim(report=each, actor=actor_of(request)) for each in reports[:500])
        self._tell(request, count)

    @admin.action(description=gettext_lazy("Resolve these reports"), permissions=["view"])
    def resolve(self, request: HttpRequest, reports: QuerySet[Report]) -> HttpResponse | None:
        effect = gettext_lazy("The reports are closed as put right, and their readers are told.")
        return self._decide_many(request, reports, "resolve", gettext_lazy("Resolve these reports"), effect)

    @admin.action(description=gettext_lazy("Reject these reports"), permissions=["view"])
    def reject(self, request: HttpRequest, reports: QuerySet[Report]) -> HttpResponse | None:
        effect = gettext_lazy("The reports are closed without a change, and their readers are told.")
        return self._decide_many(request, reports, "reject", gettext_lazy("Reject these reports"), effect)

    def _decide_many(
        self, request: HttpRequest, reports: QuerySet[Report], act: str, title: Promise, effect: Promise
    ) -> HttpResponse | None:
        question = Question(
            action=act, title=title, effect=effect, undoing=_UNDOING, button=title, form_class=DecisionForm
        )
        form = ask_first(self, request, reports, question)
        if isinstance(form, HttpResponse):
            return form
        text, reason = form.cleaned_data["text"], form.cleaned_data["reason"]
        self._tell(request, sum(self._do(act, each, actor_of(request), text, reason) for each in reports))
        return None

    def _tell(self, request: HttpRequest, count: int) -> None:
        text = ngettext("%(count)d report was changed.", "%(count)d reports were changed.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS if count else messages.WARNING)

    def by_article(self, request: HttpRequest) -> HttpResponse:
        """Show the open reports by article, those with the most first."""
        groups = self._group("article_id")
        articles = Article.objects.only("title", "canonical_url").in_bulk([key for key, *_rest in groups])
        rows = [
            (str(articles[key]), f"article__id__exact={key}", count, first)
            for key, count, first in groups
            if key in articles
        ]
        return self._show_groups(request, gettext_lazy("Open reports by article"), rows)

    def by_site(self, request: HttpRequest) -> HttpResponse:
        """Show the open reports by site, those with the most first."""
        rows = [(key, f"host__exact={key}", count, first) for key, count, first in self._group("host")]
        return self._show_groups(request, gettext_lazy("Open reports by site"), rows)

    def _group(self, key: str) -> list[tuple[Any, int, Any]]:
        groups = Report.objects.open().values_list(key).annotate(count=Count("pk"), first=Min("created_at"))
        return list(groups.order_by("-count", "first")[:_MOST_GROUPS])

    def _show_groups(self, request: HttpRequest, title: Promise, rows: list[Any]) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {**self.admin_site.each_context(request), "title": title, "rows": rows, "opts": self.opts}
        return TemplateResponse(request, "admin/report_groups.html", context)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "article__id__exact" or super().lookup_allowed(lookup, value, request)
