"""Highlights: marking, noting, deleting and undoing on the reading page; all of them; files to take along."""

from uuid import UUID

from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.anchoring import Quote
from reader.errors import HighlightRefused
from reader.models import Highlight, SavedArticle
from reader.models.highlight import HighlightQuerySet
from reader.services import highlighting
from reader.services.editing import MAX_NOTE_CHARACTERS
from reader.web.highlight_files import FORMATS
from reader.web.highlights import Chosen, make_line, make_page, read_highlights
from reader.web.middleware import is_htmx
from reader.web.places import is_number, reader_of, see_other
from reader.web.sentences import sentence_for

_ROWS_AT_ONCE = 200
_MOST_DIGITS = 9


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show one page of the person's highlights, narrowed as the address says."""
    chosen = Chosen.read(request.GET.dict())
    page = make_page(reader_of(request), chosen, request.GET.get("before", ""))
    return render(request, "highlights/all.html", {"page": page, "chosen": chosen})


@require_POST
def make(request: HttpRequest, article_id: int) -> HttpResponse:
    """Keep a passage that was selected on the reading page; answer with the page's list of highlights."""
    own = SavedArticle.objects.of(reader_of(request)).present().select_related("article")
    saved = get_object_or_404(own, article_id=article_id)
    try:
        made = highlighting.highlight(saved=saved, marking=_read_marking(request))
    except HighlightRefused as error:
        sentence = sentence_for(error.code)
        text = f"{sentence.happened} {sentence.advice}"
        return HttpResponse(text, status=422, content_type="text/plain; charset=utf-8")
    return _answer(request, saved, made=made)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, highlight_id: int) -> HttpResponse:
    """Show the highlight with its form, or keep the colour and the note that were sent."""
    highlight = _find(request, highlight_id)
    if request.method == "POST":
        if highlight.deleted_at is None:
            colour = request.POST.get("colour", highlight.colour)
            note = request.POST.get("note", highlight.note)
            highlighting.change_highlight(highlight=highlight, colour=colour, note=note)
        return _answer(request, highlight.saved, undo=highlight)
    context = {
        "highlight": highlight,
        "line": make_line(highlight, has_source=True),
        "is_just_done": highlight.deleted_at is not None or request.GET.get("done") == "1",
        "colours": Highlight.Colour.choices,
        "most": MAX_NOTE_CHARACTERS,
    }
    return render(request, "highlights/edit.html", context)


@require_POST
def delete(request: HttpRequest, highlight_id: int) -> HttpResponse:
    """Take the highlight away, and offer to undo that."""
    highlight = _find(request, highlight_id)
    highlighting.delete_highlight(highlight=highlight)
    return _answer(request, highlight.saved, undo=highlight)


@require_POST
def undo(request: HttpRequest, highlight_id: int) -> HttpResponse:
    """Take the deletion back, or the last change."""
    highlight = _find(request, highlight_id)
    highlighting.undo_highlight(highlight=highlight, what=request.POST.get("what", ""))
    return _answer(request, highlight.saved, made=highlight)


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give the person's highlights, narrowed as the address says, as a file."""
    return _give(Chosen.read(request.GET.dict()).of(reader_of(request)), form)


@require_safe
def export_article(request: HttpRequest, article_id: int, form: str) -> HttpResponseBase:
    """Give the highlights of one article as a file."""
    own = SavedArticle.objects.of(reader_of(request)).present()
    saved = get_object_or_404(own, article_id=article_id)
    return _give(Highlight.objects.shown().filter(saved=saved), form)


def _find(request: HttpRequest, highlight_id: int) -> Highlight:
    """Return the person's highlight, a deleted one too; not of what was taken down, as it says its words."""
    own = Highlight.objects.of(reader_of(request))
    own = own.filter(saved__deleted_at=None, saved__article__taken_down_at=None)
    return get_object_or_404(own.select_related("saved__article"), pk=highlight_id)


def _answer(
    request: HttpRequest,
    saved: SavedArticle,
    *,
    made: Highlight | None = None,
    undo: Highlight | None = None,
) -> HttpResponse:
    """Answer a script with the page's list of highlights, a form by showing the highlight as it now is."""
    if is_htmx(request):
        highlights = read_highlights(saved, made=made, undo=undo)
        return render(request, "highlights/section.html", {"highlights": highlights})
    if undo:
        return see_other(f"{reverse('highlight', args=[undo.pk])}?done=1")
    return see_other(reverse("highlight", args=[made.pk]) if made else reverse("highlights"))


def _read_marking(request: HttpRequest) -> highlighting.Marking:
    start = request.POST.get("start", "")
    try:
        client_id = UUID(request.POST.get("client_id", ""))
    except ValueError as error:
        raise HighlightRefused from error
    quote = Quote(
        request.POST.get("quote", ""),
        request.POST.get("prefix", ""),
        request.POST.get("suffix", ""),
        int(start) if is_number(start, _MOST_DIGITS) else 0,
    )
    return highlighting.Marking(
        client_id=client_id,
        quote=quote,
        colour=request.POST.get("colour", ""),
        note=request.POST.get("note", ""),
    )


def _give(highlights: HighlightQuerySet, form: str) -> StreamingHttpResponse:
    content_type, write = FORMATS[form]
    rows = highlights.with_source().prefetch_related("saved__tags")
    rows = rows.order_by("-saved__saved_at", "saved_id", F("start").asc(nulls_last=True), "pk")
    response = StreamingHttpResponse(
        write(rows.iterator(chunk_size=_ROWS_AT_ONCE)), content_type=content_type
    )
    name = f"teduh-highlights-{timezone.localdate().isoformat()}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
