"""What everybody may know of the moderators' work, where the operator wants it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reader.models import Report
from reader.services.transparency import count_for_public


@login_not_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the numbers of reports and take-downs; 404 unless the operator switched the page on."""
    if not settings.READER_TRANSPARENCY:
        raise Http404
    counted = count_for_public()
    kinds = [(Report.Kind(kind).label, count) for kind, count in counted.by_kind]
    return render(request, "transparency/transparency.html", {"counted": counted, "kinds": kinds})
