"""What a person listens to next."""

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from reader.models import SavedArticle
from reader.web.acts import name_of
from reader.web.paging import ORDERS, Cursor
from reader.web.places import reader_of


@require_safe
def next_unread(request: HttpRequest, article_id: int) -> JsonResponse:
    """Tell the address and title of the next unread article with a text, in the order of the list."""
    own = SavedArticle.objects.of(reader_of(request))
    saved = get_object_or_404(own.present(), article_id=article_id)
    order = ORDERS["saved"]
    below = order.after(own.unread().filter(words__gt=0), Cursor("saved", saved.saved_at, saved.pk))
    following = order.sort(below).for_list().first()
    if following is None:
        return JsonResponse({"url": "", "title": ""})
    return JsonResponse({"url": reverse("reading", args=[following.article_id]), "title": name_of(following)})
