"""The desk as a whole: its first page says what needs attention now."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from reader.desk.charts import make_chart
from reader.models.user import ADMINISTER, MODERATE
from reader.services.overseeing import measure_overview


class DeskSite(AdminSite):
    """Django's admin with an overview in front."""

    site_header = _("Moderators' desk")
    site_title = "Teduh"
    index_title = _("Overview")
    index_template = "admin/overview.html"
    enable_nav_sidebar = True

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the figures to whoever may look after what they lead to."""
        overview = measure_overview()
        context = {
            **(extra_context or {}),
            "overview": overview,
            "articles": make_chart(overview.articles),
            "reports": make_chart(overview.reports),
            "sign_ups": make_chart(overview.sign_ups),
            "is_moderator": request.user.has_perm(MODERATE),
            "is_administrator": request.user.has_perm(ADMINISTER),
        }
        return super().index(request, context)
