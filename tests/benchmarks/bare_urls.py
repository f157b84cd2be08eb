"""The site's addresses and a bare view: twenty rows by a plain query, in a plain template."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from reader import urls
from reader.models import SavedArticle
from reader.web.places import reader_of

_ROWS = engines["django"].from_string(
    "<!doctype html><html><head><title>Rows</title></head><body><h1>Rows</h1><ol>{% for row in rows %}"
    '<li><a href="/articles/{{ row.article_id }}/">{{ row.title_key }}</a> <b>{{ row.site }}</b> '
    "<time>{{ row.saved_at }}</time></li>{% endfor %}</ol></body></html>"
)


def show(request: HttpRequest) -> HttpResponse:
    rows = SavedArticle.objects.of(reader_of(request)).unread().newest_first()[:20]
    return HttpResponse(_ROWS.render({"rows": rows}, request))


urlpatterns = [path("bare/", show), *urls.urlpatterns]
