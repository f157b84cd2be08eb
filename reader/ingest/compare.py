"""Whether a newer copy of an article may take the place of the one that is shown; pure.

What a publisher does to its article is shown: more text, other words, an honest shortening. What only
happened to a copy on its way is not: a wall, a teaser, a missing page, a cut end, a menu taken for text. A
mistake loses nothing: the copy that gave way is kept as a version, the one that did not as a snapshot.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice, zip_longest

_WORD = re.compile(r"\w+")
# Longer than any article; what stands after it in a hostile one is measured by its length only.
_MOST_WORDS = 20_000
# A run of three words is hardly ever in two different texts by chance.
_RUN_WORDS = 3
_END_WORDS = 40
# Lines shorter than this are as often menus, captions and signatures as they are the article.
_PROSE_WORDS = 12

# What remains of a text that was only corrected, of one that was worked over, and of one that is another.
_NOTHING_LOST = 0.97
_SAME_STORY = 0.5
_OTHER_STORY = 0.15
_SAME_TITLE = 0.5
# Repeated lines and a promo more or less.
_TRIFLE = 0.05
# The share that a shortening may take away, by whether the page tells a later time of change and whether the
# text still has its end. An editor cuts anywhere; a copy that broke off has lost its end.
_MOST_SHORTENING = {
    (True, True): 0.5,
    (True, False): 0.2,
    (False, True): 0.3,
    (False, False): _TRIFLE,
}
# A better rule drops clutter, and little of what reads like an article: of prose, and of words without links.
_MOST_DROPPED = 0.3
# More text with a link in every dozen words is a list of other articles.
_CLUTTER_LINKS = 5
_CLUTTER_WORDS_A_LINK = 12
_PARTIAL = frozenset({"teaser", "truncated", "missing_pages"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy of an article, as far as copies are compared."""

    title: str
    text: str
    word_count: int
    links: int = 0
    missing_pages: int = 0
    reasons: frozenset[str] = frozenset()
    quality: float = 1.0
    modified_at: datetime | None = None


class Verdict(StrEnum):
    """What a newer copy is to the one that is shown; the value is stored."""

    FIRST = "first"
    SAME_WORDS = "same_words"
    NOTHING_NEW = "nothing_new"
    COMPLETED = "completed"
    BETTER = "better"
    LONGER = "longer"
    REWORDED = "reworded"
    SHORTER = "shorter"
    OTHER_TEXT = "other_text"
    LESS_COMPLETE = "less_complete"
    LESS_TRUSTED = "less_trusted"
    CUT_SHORT = "cut_short"
    CLUTTERED = "cluttered"

    @property
    def is_refused(self) -> bool:
        return self in _REFUSED

    @property
    def is_taken(self) -> bool:
        return self not in _REFUSED and self is not Verdict.NOTHING_NEW

    @property
    def is_change(self) -> bool:
        """Whether the publisher changed the words of an article that we had."""
        return self in _CHANGES


_REFUSED = frozenset(
    {Verdict.OTHER_TEXT, Verdict.LESS_COMPLETE, Verdict.LESS_TRUSTED, Verdict.CUT_SHORT, Verdict.CLUTTERED}
)
_CHANGES = frozenset({Verdict.LONGER, Verdict.REWORDED, Verdict.SHORTER})


def has_same_words(one: Copy, other: Copy) -> bool:
    """Whether both say the same; markup, punctuation, capitals and white space do not count."""
    pairs = zip_longest(_words(f"{one.title}\n{one.text}"), _words(f"{other.title}\n{other.text}"))
    return all(left == right for left, right in pairs)


def compare_fetched(held: Copy, newer: Copy) -> Verdict:
    """Judge what a later fetch brought against what is shown."""
    if not held.word_count:
        return Verdict.FIRST
    if has_same_words(held, newer):
        return Verdict.NOTHING_NEW if newer.reasons - held.reasons else Verdict.SAME_WORDS
    kept = _share_kept(held, newer)
    if kept < _SAME_STORY and (verdict := _judge_strange(held, newer, kept)):
        return verdict
    if _is_completed(held, newer, kept):
        return Verdict.COMPLETED
    return _find_flaw(held, newer, kept) or _judge_length(held, newer)


def compare_reread(held: Copy, newer: Copy) -> Verdict:
    """Judge what other rules made of the same pages; the publisher has no part in the difference."""
    if not held.word_count:
        return Verdict.FIRST
    if has_same_words(held, newer):
        return Verdict.NOTHING_NEW if newer.reasons - held.reasons - _PARTIAL else Verdict.SAME_WORDS
    kept = _share_kept(held, newer)
    if _is_completed(held, newer, kept):
        return Verdict.COMPLETED
    if flaw := _find_flaw(held, newer, kept):
        return flaw
    is_mostly_kept = kept >= 1 - _MOST_DROPPED and _has_dropped_clutter(held, newer)
    return Verdict.BETTER if is_mostly_kept or _is_rescue(held, newer) else Verdict.CUT_SHORT


def _find_flaw(held: Copy, newer: Copy, kept: float) -> Verdict | None:
    """What makes a copy worse however long it is: fewer pages, a list of links, doubts of the gate."""
    gained = newer.reasons - held.reasons
    if newer.missing_pages > held.missing_pages:
        return Verdict.LESS_COMPLETE
    if _is_cluttered(held, newer) or "link_farm" in gained:
        return Verdict.CLUTTERED
    if kept >= _NOTHING_LOST and newer.word_count >= held.word_count:
        # More of the text, even if the page now says that there is yet more.
        gained -= _PARTIAL
    if not gained:
        return None
    return Verdict.LESS_COMPLETE if gained & _PARTIAL else Verdict.LESS_TRUSTED


def _judge_strange(held: Copy, newer: Copy, kept: float) -> Verdict | None:
    """Judge a text of which little was there before; None where it may still be the same article."""
    if _is_rescue(held, newer):
        return Verdict.BETTER
    is_same_title = _share(_sequence(held.title, 1), _sequence(newer.title, 1)) >= _SAME_TITLE
    if is_same_title and newer.word_count >= held.word_count:
        # A live report, or a first notice that became the story.
        return None
    if kept < _OTHER_STORY or not is_same_title:
        return Verdict.OTHER_TEXT
    return None


def _is_rescue(held: Copy, newer: Copy) -> bool:
    """Whether what is shown was the poor one: a wall or a menu that had slipped through."""
    return newer.quality > held.quality and newer.word_count >= held.word_count


def _is_completed(held: Copy, newer: Copy, kept: float) -> bool:
    """Whether the same text came with more of its pages, or whole where it had been a beginning."""
    has_more_pages = newer.missing_pages < held.missing_pages
    was_partial = bool(held.reasons & _PARTIAL) and not newer.reasons & _PARTIAL
    return (
        (has_more_pages or was_partial)
        and not newer.reasons - held.reasons
        and newer.word_count >= (1 - _TRIFLE) * held.word_count
        and kept >= 1 - 2 * _TRIFLE
    )


def _is_cluttered(held: Copy, newer: Copy) -> bool:
    """Whether what the newer text has more of is links to elsewhere."""
    words, links = newer.word_count - held.word_count, newer.links - held.links
    return links >= _CLUTTER_LINKS and 0 < words <= links * _CLUTTER_WORDS_A_LINK


def _has_dropped_clutter(held: Copy, newer: Copy) -> bool:
    """Whether the newer text lacks only links to elsewhere, or not much."""
    lost = held.word_count - newer.word_count
    return lost <= _MOST_DROPPED * held.word_count or _is_cluttered(newer, held)


def _judge_length(held: Copy, newer: Copy) -> Verdict:
    """Judge a text that is worked over, by what it lost and whether an editor can have done that."""
    lost = 1 - newer.word_count / held.word_count
    if lost <= 0:
        return Verdict.REWORDED if lost > -_TRIFLE else Verdict.LONGER
    is_modified = _is_later(newer.modified_at, held.modified_at)
    if lost > _MOST_SHORTENING[is_modified, _has_end(held, newer)]:
        return Verdict.CUT_SHORT
    return Verdict.SHORTER if lost > _TRIFLE else Verdict.REWORDED


def _is_later(newer: datetime | None, held: datetime | None) -> bool:
    return newer is not None and held is not None and newer > held


def _has_end(held: Copy, newer: Copy) -> bool:
    """Whether the last words of the older text are among the last of the newer one."""
    end = list(_words(held.text[-_END_WORDS * 20 :]))[-_END_WORDS:]
    found = list(_words(newer.text[-_END_WORDS * 40 :]))
    return _share(_runs(end), _runs(found)) >= _SAME_STORY


def _share_kept(held: Copy, newer: Copy) -> float:
    """The share of the older text's runs of words, those of its paragraphs, that the newer one still has."""
    prose = "\n".join(each for each in held.text.split("\n\n") if _is_prose(each))
    return _share(_sequence(prose or held.text, _RUN_WORDS), _sequence(newer.text, _RUN_WORDS))


def _is_prose(paragraph: str) -> bool:
    return sum(1 for _ in islice(_words(paragraph), _PROSE_WORDS)) == _PROSE_WORDS


def _sequence(text: str, run_words: int) -> set[int]:
    return _runs(list(islice(_words(text), _MOST_WORDS)), run_words)


def _runs(words: list[str], run_words: int = _RUN_WORDS) -> set[int]:
    """The runs of words, each as a number; a text of fewer words is one run."""
    last = max(len(words) - run_words + 1, 1)
    return {hash(tuple(words[start : start + run_words])) for start in range(last)} if words else set()


def _share(of: set[int], among: set[int]) -> float:
    return len(of & among) / len(of) if of else 1.0


def _words(text: str) -> Iterator[str]:
    return (match[0].casefold() for match in _WORD.finditer(text))
