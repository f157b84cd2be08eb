"""The pages of an article's versions, prepared: the list, an earlier text, and what changed between two."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reader.models import Article, ArticleVersion, SavedArticle
from reader.web.entries import Entry, make_entry
from reader.web.moments import format_moment
from reader.web.pictures import Piece, find_pictures, make_pieces
from reader.web.word_diff import TextDiff, Words, diff_lines, diff_texts

# What stands for the text that is shown now, beside the numbers of earlier ones.
NOW = "now"
_WHY = {
    "longer": gettext_lazy("The publisher added to it"),
    "shorter": gettext_lazy("The publisher shortened it"),
    "reworded": gettext_lazy("The publisher reworded it"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version on the list; ``why`` is what the publisher then did to it, empty for the newest.

    ``moment`` is when it was last fetched, and of the newest since when it is shown.
    """

    key: str
    title: str
    moment: str
    length: str
    why: str
    next_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionList:
    """All versions, the newest first; the first is what the article says now."""

    entry: Entry
    lines: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierText:
    """One earlier text as it was shown. ``pieces`` hold sanitised HTML; every other string is plain text."""

    entry: Entry
    line: VersionLine
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed from one version to another; the choices are all versions, for comparing others."""

    entry: Entry
    choices: tuple[VersionLine, ...]
    older: VersionLine
    newer: VersionLine
    title: tuple[Words, ...]
    has_new_title: bool
    diff: TextDiff


def make_version_list(saved: SavedArticle) -> VersionList:
    """Prepare the list of versions: two queries, however many there are."""
    versions = list(ArticleVersion.objects.of(saved).newest_first().without_content())
    return VersionList(entry=make_entry(saved), lines=_make_lines(saved.article, versions))


def make_earlier_text(saved: SavedArticle, version_id: int) -> EarlierText | None:
    """Prepare one earlier version; None when the article has none of this number."""
    version = ArticleVersion.objects.of(saved).filter(pk=version_id).first()
    if version is None:
        return None
    pieces = make_pieces(version.content, find_pictures(saved.article))
    return EarlierText(entry=make_entry(saved), line=_make_line(version, NOW), pieces=pieces)


def make_comparison(saved: SavedArticle, query: QueryDict) -> Comparison | None:
    """Compare the two versions that the query names, the last change where it names none; older to newer.

    None when there is no such version, or none but the newest.
    """
    earlier = ArticleVersion.objects.of(saved).newest_first().without_content()
    versions = {str(each.pk): each for each in earlier}
    keys = [NOW, *versions]
    newer, older = query.get("to") or NOW, query.get("from") or next(iter(versions), "")
    if newer not in keys or older not in keys:
        return None
    if keys.index(newer) > keys.index(older):
        newer, older = older, newer
    lines = {each.key: each for each in _make_lines(saved.article, list(versions.values()))}
    # Of the earlier ones only the two texts that are compared are brought from the database.
    old, new = (versions.get(key, saved.article) for key in (older, newer))
    return Comparison(
        entry=make_entry(saved),
        choices=tuple(lines.values()),
        older=lines[older],
        newer=lines[newer],
        title=diff_lines(old.title, new.title),
        has_new_title=old.title != new.title,
        diff=diff_texts(old.text, new.text),
    )


def _make_lines(article: Article, versions: list[ArticleVersion]) -> tuple[VersionLine, ...]:
    since = article.changed_at or article.fetched_at
    newest = VersionLine(
        key=NOW,
        title=article.title,
        moment=format_moment(since) if since else "",
        length=_describe_length(article.word_count),
        why="",
        next_key="",
    )
    after = [NOW, *(str(each.pk) for each in versions)]
    return (newest, *(_make_line(each, key) for each, key in zip(versions, after, strict=False)))


def _make_line(version: ArticleVersion, next_key: str) -> VersionLine:
    return VersionLine(
        key=str(version.pk),
        title=version.title,
        moment=format_moment(version.fetched_at),
        length=_describe_length(version.word_count),
        why=str(_WHY.get(version.why, _("The publisher changed it"))),
        next_key=next_key,
    )


def _describe_length(word_count: int) -> str:
    return ngettext("%(count)d word", "%(count)d words", word_count) % {"count": word_count}
