"""What everybody may know of the moderators' work, where the operator wants it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reader.models import HouseRules, Report
from reader.services.transparency import count_for_public


@login_not_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the numbers of reports and take-downs; 404 unless the page is switched on."""
    if not HouseRules.read().is_transparent:
        raise Http404
    counted = count_for_public()
    kinds = [(Report.Kind(kind).label, count) for kind, count in counted.by_kind]
    return render(request, "transparency/transparency.html", {"counted": counted, "kinds": kinds})
