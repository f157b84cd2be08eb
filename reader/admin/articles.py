"""Articles on the desk: what failed and why, what was extracted, where it came from, and acts upon it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from reader.admin.article_acts import ACTS, ask_about, tell
from reader.admin.article_filters import (
    ErrorFilter,
    ExtractorFilter,
    TakenDownFilter,
    TroubleFilter,
    VanishedFilter,
)
from reader.admin.confirming import ReasonForm
from reader.admin.desk import ReadOnlyAdmin, actor_of, is_list_of, only_shared
from reader.admin.finding import find_articles
from reader.models import Article, ArticleVersion, Snapshot
from reader.services.pictures import count_bytes_of_article

_LARGE = ("content", "text", "trace", "related")
_NEWEST = 30
_MOST_WORDS = 10


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    list_display = (
        "heading",
        "host",
        "state",
        "error_code",
        "word_count",
        "quality",
        "extractor",
        "attempts",
        "next_attempt_at",
        "fetched_at",
    )
    list_filter = ("state", ErrorFilter, TroubleFilter, TakenDownFilter, VanishedFilter, ExtractorFilter)
    search_fields = ("title", "canonical_url", "host")
    search_help_text = gettext_lazy("Search by title, address or site.")
    ordering = ("-pk",)
    actions = tuple(ACTS)
    exclude = (
        "authors",
        "content",
        "lease_token",
        "trace",
        "related",
        "owner",
        "taken_down_why",
        "quality_reasons",
    )
    readonly_fields = (
        "original",
        "byline",
        "reasons",
        "pictures_size",
        "trace_lines",
        "related_lines",
        "snapshots",
        "earlier",
    )
    change_form_template = "admin/article.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles = only_shared(super().get_queryset(request))
        return articles.defer(*_LARGE) if is_list_of(Article, request) else articles

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Find all words in title and site, else all in the address; of very many, the newest."""
        words = search_term.split()[:_MOST_WORDS]
        if not words:
            return queryset, False
        return queryset.filter(pk__in=find_articles(words)), False

    def get_urls(self) -> list[URLPattern]:
        act = self.admin_site.admin_view(require_POST(self.act))
        return [path("<int:article_id>/act/", act, name="reader_article_act"), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> Any:
        """Offer each act; what it does is asked about first."""
        if not self.has_view_permission(request):
            return {}
        return {name: (_ask_about(name), name, act.title) for name, act in ACTS.items()}

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        offered = [(name, act) for name, act in ACTS.items() if not act.is_for_many_only]
        context = {**(extra_context or {}), "acts": offered, "reason": ReasonForm()}
        return super().change_view(request, object_id, form_url, context)

    def act(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Do one act on one article, with its reason, and come back to it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        act = ACTS.get(request.POST.get("act", ""))
        shared = Article.objects.filter(pk=article_id, owner=None)
        if act is None or not shared.exists():
            raise Http404
        form = ReasonForm(request.POST)
        if form.is_valid():
            count = act.do(shared, actor_of(request), form.cleaned_data["reason"])
            tell(self, request, act, count)
        else:
            self.message_user(request, _("A reason is needed; nothing was done."), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:reader_article_change", args=[article_id]), status=303)

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def heading(self, article: Article) -> str:
        return str(article)

    @admin.display(description=gettext_lazy("original page"))
    def original(self, article: Article) -> str:
        return format_html(
            '<a href="{0}" rel="noopener noreferrer">{0}</a>', article.final_url or article.url
        )

    @admin.display(description=gettext_lazy("authors"))
    def byline(self, article: Article) -> str:
        return ", ".join(article.authors) or "—"

    @admin.display(description=gettext_lazy("quality reasons"))
    def reasons(self, article: Article) -> str:
        return ", ".join(article.quality_reasons) or "—"

    @admin.display(description=gettext_lazy("size of its pictures"))
    def pictures_size(self, article: Article) -> str:
        return filesizeformat(count_bytes_of_article(article_id=article.pk))

    @admin.display(description=gettext_lazy("trace"))
    def trace_lines(self, article: Article) -> str:
        return "\n".join(article.trace)

    @admin.display(description=gettext_lazy("related links"))
    def related_lines(self, article: Article) -> str:
        return "\n".join(f"{link['title']} {link['url']}" for link in article.related)

    @admin.display(description=gettext_lazy("snapshots"))
    def snapshots(self, article: Article) -> str:
        newest = Snapshot.objects.filter(article=article).order_by("-pk")[:_NEWEST]
        links = ((reverse("admin:reader_snapshot_change", args=[each.pk]), each) for each in newest)
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', links))

    @admin.display(description=gettext_lazy("earlier versions"))
    def earlier(self, article: Article) -> str:
        versions = ArticleVersion.objects.filter(article=article).newest_first().without_content()
        links = (
            (reverse("admin:reader_articleversion_change", args=[each.pk]), each)
            for each in versions[:_NEWEST]
        )
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', links))


def _ask_about(name: str) -> Any:
    def ask(desk: ArticleAdmin, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
        return ask_about(desk, request, articles, name)

    return ask
