"""Articles on the desk: what failed and why, what was extracted, and retrying it."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reader.admin.desk import ReadOnlyAdmin
from reader.models import Article
from reader.models.article import ArticleQuerySet
from reader.services import reextracting, refetching
from reader.services.pictures import count_bytes_of_article


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
        "changed_at",
        "vanished_at",
    )
    list_filter = (
        "state",
        "error_code",
        "refused_why",
        ("vanished_at", admin.EmptyFieldListFilter),
        "language",
        "extractor",
        "fetched_at",
    )
    search_fields = ("title", "canonical_url", "host", "final_url")
    date_hierarchy = None
    ordering = ("-pk",)
    actions = ("retry", "refetch", "reextract", "reextract_sites")
    exclude = ("content", "lease_token", "trace", "related")
    readonly_fields = ("original", "pictures_size", "trace_lines", "related_lines")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        # What a person pasted for themselves is nobody else's to read.
        articles = super().get_queryset(request).filter(owner=None)
        is_list = (
            request.resolver_match is not None
            and request.resolver_match.url_name == "reader_article_changelist"
        )
        return articles.without_content() if is_list and isinstance(articles, ArticleQuerySet) else articles

    @admin.display(description=_("title"), ordering="title")
    def heading(self, article: Article) -> str:
        return str(article)

    @admin.display(description=_("original page"))
    def original(self, article: Article) -> str:
        return format_html(
            '<a href="{0}" rel="noopener noreferrer">{0}</a>', article.final_url or article.url
        )

    @admin.display(description=_("size of its pictures"))
    def pictures_size(self, article: Article) -> str:
        return filesizeformat(count_bytes_of_article(article_id=article.pk))

    @admin.display(description=_("trace"))
    def trace_lines(self, article: Article) -> str:
        return "\n".join(article.trace)

    @admin.display(description=_("related links"))
    def related_lines(self, article: Article) -> str:
        return "\n".join(f"{link['title']} {link['url']}" for link in article.related)

    @admin.action(description=_("Fetch the failed and partial ones again"), permissions=["view"])
    def retry(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        count = refetching.retry(article_ids=list(articles.values_list("pk", flat=True)))
        skipped = articles.count() - count
        text = ngettext("%(count)d article is fetched again.", "%(count)d articles are fetched again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS if count else messages.WARNING)
        if skipped:
            text = ngettext(
                "%(count)d was left alone: it is ready or on its way.",
                "%(count)d were left alone: they are ready or on their way.",
                skipped,
            )
            self.message_user(request, text % {"count": skipped}, messages.INFO)

    @admin.action(description=_("Fetch again, those that are whole too"), permissions=["view"])
    def refetch(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        count = refetching.refetch(article_ids=list(articles.values_list("pk", flat=True)))
        text = ngettext("%(count)d article is fetched again.", "%(count)d articles are fetched again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS if count else messages.WARNING)

    @admin.action(description=_("Read anew from the snapshots"), permissions=["view"])
    def reextract(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        run = reextracting.reextract_articles(article_ids=list(articles.values_list("pk", flat=True)))
        self._tell_begun(request, run.total)

    @admin.action(description=_("Read all articles of these sites anew"), permissions=["view"])
    def reextract_sites(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        hosts = articles.order_by("host").values_list("host", flat=True).distinct()
        runs = [reextracting.reextract_site(host=host) for host in hosts if host]
        self._tell_begun(request, sum(run.total for run in runs))

    def _tell_begun(self, request: HttpRequest, count: int) -> None:
        text = ngettext(
            "%(count)d article is read anew; “Re-extractions” shows how far it is.",
            "%(count)d articles are read anew; “Re-extractions” shows how far it is.",
            count,
        )
        self.message_user(request, text % {"count": count}, messages.SUCCESS if count else messages.WARNING)
