"""Site rules on the desk: the list of all of them, and the addresses of what is done with one."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from reader.admin import rule_editor, rule_publishing, rule_trials
from reader.admin.desk import ReadOnlyAdmin
from reader.admin.desk_pages import View, for_moderators, render_desk
from reader.admin.rule_words import SOURCES
from reader.models import SiteRule
from reader.services.rule_lists import list_rules
from reader.sites import is_site_name

_RULES_A_PAGE = 50


@admin.register(SiteRule)
class SiteRuleAdmin(ReadOnlyAdmin):
    """The list is of sites and not of rows: most rules are files."""

    def get_urls(self) -> list[URLPattern]:
        of_site: dict[str, tuple[str, View]] = {
            "": ("edit", rule_editor.edit),
            "check/": ("check", rule_editor.check),
            "preview/": ("preview", rule_editor.preview),
            "trial/": ("trial", rule_trials.trial),
            "trial/progress/": ("trial_progress", rule_trials.progress),
            "trial/<article:article_id>/": ("trial_article", rule_trials.article),
            "publish/": ("publish", rule_publishing.publish),
            "revisions/": ("revisions", rule_publishing.revisions),
            "revisions/<article:revision_id>/restore/": ("restore", rule_publishing.restore),
            "withdraw/": ("withdraw", rule_publishing.withdraw),
            "export/": ("export", rule_publishing.export),
            "upstream/": ("upstream", rule_publishing.upstream),
        }
        return [
            path("", for_moderators(self.list_sites), name="reader_siterule_changelist"),
            path("import/", for_moderators(rule_publishing.take_in), name="reader_siterule_import"),
            path("of/<str:host>/", for_moderators(rule_editor.lead), name="reader_siterule_lead"),
            *(
                path(f"site/<str:host>/{rest}", for_moderators(view), name=f"reader_siterule_{name}")
                for rest, (name, view) in of_site.items()
            ),
        ]

    def list_sites(self, request: HttpRequest) -> HttpResponse:
        """List rules and sites without one, those with most trouble first."""
        query = request.GET.get("q", "")[:100]
        with_all = request.GET.get("all") == "1"
        lines = list_rules(query=query, with_all=with_all)
        page = Paginator(lines, _RULES_A_PAGE).get_page(request.GET.get("p"))
        rows = [(line, SOURCES[line.source], is_site_name(line.host)) for line in page]
        wanted = query.strip().lower()
        return render_desk(
            request,
            "rules/list.html",
            title=_("Site rules"),
            page=page,
            rows=rows,
            query=query,
            with_all=with_all,
            new_site=wanted if is_site_name(wanted) and all(each[0].host != wanted for each in rows) else "",
        )
