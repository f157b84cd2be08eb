"""Acts on articles: what each does, what is said before and after, and that it is written down."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reader.admin.confirming import Question, ask_first
from reader.admin.desk import DeskAdmin, actor_of
from reader.auditing import record
from reader.models import Article, User
from reader.services import reextracting, refetching, taking_down


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAct:
    """One act on articles; ``do`` returns how many it was done to."""

    do: Callable[[QuerySet[Article], User, str], int]
    title: Promise
    effect: Promise
    undoing: Promise
    is_for_many_only: bool = False


def ask_about(
    desk: DeskAdmin, request: HttpRequest, articles: QuerySet[Article], name: str
) -> HttpResponse | None:
    """Ask first, then do the act and say what came of it."""
    act = ACTS[name]
    question = Question(
        action=name, title=act.title, effect=act.effect, undoing=act.undoing, button=act.title
    )
    form = ask_first(desk, request, articles, question)
    if isinstance(form, HttpResponse):
        return form
    tell(desk, request, act, act.do(articles, actor_of(request), form.cleaned_data["reason"]))
    return None


def tell(desk: DeskAdmin, request: HttpRequest, act: ArticleAct, count: int) -> None:
    if count:
        text = ngettext("%(act)s: %(count)d article.", "%(act)s: %(count)d articles.", count)
    else:
        text = _("%(act)s: nothing to do; they are done already, or on their way.")
    level = messages.SUCCESS if count else messages.WARNING
    desk.message_user(request, text % {"act": act.title, "count": count}, level)


def _retry(articles: QuerySet[Article], actor: User, reason: str) -> int:
    return _noted(articles, actor, reason, "article.retry", refetching.retry)


def _refetch(articles: QuerySet[Article], actor: User, reason: str) -> int:
    return _noted(articles, actor, reason, "article.refetch", refetching.refetch)


def _reextract(articles: QuerySet[Article], actor: User, reason: str) -> int:
    def begin(*, article_ids: list[int]) -> int:
        return reextracting.reextract_articles(article_ids=article_ids).total

    return _noted(articles, actor, reason, "article.reextract", begin)


def _reextract_sites(articles: QuerySet[Article], actor: User, reason: str) -> int:
    hosts = list(articles.order_by("host").values_list("host", flat=True).distinct())
    total = 0
    with transaction.atomic():
        for host in filter(None, hosts):
            run = reextracting.reextract_site(host=host)
            total += run.total
            record(
                actor=actor,
                act="site.reextract",
                target=host,
                reason=reason,
                after={"re-extraction": run.pk, "articles": run.total},
            )
    return total


def _take_down(articles: QuerySet[Article], actor: User, reason: str) -> int:
    ids = list(articles.values_list("pk", flat=True))
    return sum(taking_down.take_down(article_id=pk, actor=actor, reason=reason) for pk in ids)


def _restore(articles: QuerySet[Article], actor: User, reason: str) -> int:
    ids = list(articles.values_list("pk", flat=True))
    return sum(taking_down.restore(article_id=pk, actor=actor, reason=reason) for pk in ids)


def _noted(articles: QuerySet[Article], actor: User, reason: str, act: str, begin: Callable[..., int]) -> int:
    """Begin the work on these articles and write down of which; an act that begins nothing is none."""
    ids = list(articles.values_list("pk", flat=True))
    with transaction.atomic():
        count = begin(article_ids=ids)
        if count:
            one = Article.objects.without_content().get(pk=ids[0]) if len(ids) == 1 else ""
            record(
                actor=actor, act=act, target=one, reason=reason, after={"articles": ids[:500], "begun": count}
            )
    return count


_NOTHING_LOST = gettext_lazy(
    "It cannot be called back, but nothing is lost: a worse copy is not shown, and a changed text keeps the "
    "earlier one as a version."
)

ACTS: dict[str, ArticleAct] = {
    "refetch": ArticleAct(
        do=_refetch,
        title=gettext_lazy("Fetch again"),
        effect=gettext_lazy("The pages are fetched from their publishers again, also those that are whole."),
        undoing=_NOTHING_LOST,
    ),
    "retry": ArticleAct(
        do=_retry,
        title=gettext_lazy("Fetch the failed and partial ones again"),
        effect=gettext_lazy("Those that failed or are not whole are fetched again, and no others."),
        undoing=_NOTHING_LOST,
        is_for_many_only=True,
    ),
    "reextract": ArticleAct(
        do=_reextract,
        title=gettext_lazy("Read anew from the snapshots"),
        effect=gettext_lazy("Today's rules read the kept pages. “Re-extractions” tells how far it is."),
        undoing=_NOTHING_LOST,
    ),
    "reextract_sites": ArticleAct(
        do=_reextract_sites,
        title=gettext_lazy("Read all articles of these sites anew"),
        effect=gettext_lazy("Today's rules read the kept pages of every article of these articles' sites."),
        undoing=_NOTHING_LOST,
        is_for_many_only=True,
    ),
    "take_down": ArticleAct(
        do=_take_down,
        title=gettext_lazy("Take down"),
        effect=gettext_lazy(
            "The text is gone from everybody's list, from search, versions and pictures at once. The reason "
            "stays in its place, shown to all who have the article; its address cannot be saved again."
        ),
        undoing=gettext_lazy(
            "It can be undone for 30 days with “Restore”. After that the text is deleted for good, and "
            "“Restore” fetches it afresh."
        ),
    ),
    "restore": ArticleAct(
        do=_restore,
        title=gettext_lazy("Restore"),
        effect=gettext_lazy(
            "The text is back for all who have the article, and its address can be saved again. What a "
            "site's policy takes down is taken down again soon: change that first."
        ),
        undoing=gettext_lazy("It can be undone with “Take down”."),
    ),
}
