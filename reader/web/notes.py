"""What the reading page says of an article's life at its publisher: changed, vanished, worse copies."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from reader.models import Article
from reader.web.moments import format_moment
from reader.web.sentences import sentence_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One calm line above the text; with ``leads_to_versions`` a link to the earlier versions follows it."""

    text: str | Promise
    leads_to_versions: bool = False


def make_notes(article: Article) -> tuple[Note, ...]:
    """Return what there is to say of a readable article, the weightiest first."""
    if not article.is_readable or article.is_pending:
        return ()
    notes = []
    if article.vanished_at:
        text = _("The publisher no longer has this article (seen on %(moment)s). This copy stays here.")
        notes.append(Note(text=text % {"moment": format_moment(article.vanished_at)}))
    if article.changed_at:
        notes.append(Note(text=_("The publisher changed this article."), leads_to_versions=True))
    if article.refused_at:
        text = _("What the publisher gave on %(moment)s was a worse copy; the better one is still shown.")
        notes.append(Note(text=text % {"moment": format_moment(article.refused_at)}))
    if article.state == Article.State.READY and article.error_code:
        happened = sentence_for(article.error_code).happened
        text = _("Fetching it again did not work: %(happened)s The text is the one from before.")
        notes.append(Note(text=text % {"happened": happened}))
    return tuple(notes)
