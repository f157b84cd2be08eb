"""What the pages about site rules say: sources, verdicts of trials, and the linter's complaints, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reader.sites import Complaint
from reader.web.sentences import SENTENCES
from reader.web.word_diff import TextDiff, diff_texts

SOURCES: dict[str, str | Promise] = {
    "desk": _("Published here"),
    "operator": _("Operator's folder"),
    "built_in": _("Built in"),
    "collection": _("Public collection"),
    "none": _("No rule"),
}

# The directives that a click on a block writes.
ROLES: dict[str, str | Promise] = {
    "title": _("Title"),
    "author": _("Author"),
    "date": _("Date"),
    "body": _("Body text"),
    "strip": _("Strip"),
}

OUTCOMES: dict[str, str | Promise] = {
    "better": _("Better"),
    "worse": _("Worse"),
    "failed": _("Still fails"),
}

_WHY: dict[str, str | Promise] = {
    "first": _("A text where there was none"),
    "completed": _("What was missing is there"),
    "better": _("Clutter is gone"),
    "longer": _("More text"),
    "reworded": _("Other words"),
    "shorter": _("Less text"),
    "other_text": _("Another text"),
    "less_complete": _("Less complete"),
    "less_trusted": _("Less certain to be the article"),
    "cut_short": _("Much of the text is gone"),
    "cluttered": _("Links instead of text"),
    "lost_title": _("The title is lost"),
    "lost_authors": _("The author is lost"),
    "lost_published_on": _("The date is lost"),
    "more_known": _("The same text, and more is known of it"),
}

# As `reader.sites` writes them.
COMPLAINTS: dict[str, str | Promise] = {
    "only the first %s lines are read": _("only the first %s lines are read"),
    "neither a directive nor a comment": _("neither a directive nor a comment"),
    "longer than %s characters": _("longer than %s characters"),
    "unknown directive: %s": _("unknown directive: %s"),
    "not a header": _("not a header"),
    "not an element name: %s": _("not an element name: %s"),
    "%s without a value": _("%s without a value"),
    "%s is yes or no": _("%s is yes or no"),
    "%s without a page link before it": _("%s without a page link before it"),
    "%s is a day such as 2026-01-31": _("%s is a day such as 2026-01-31"),
    "%s without a test_url before it": _("%s without a test_url before it"),
    "%s find_string, %s replace_string": _("%s find_string, %s replace_string"),
    "more than %s replacements": _("more than %s replacements"),
    "more than %s expressions, or %s characters in one": _(
        "more than %s expressions, or %s characters in one"
    ),
    "costs too much even on a small page": _("costs too much even on a small page"),
    "not an XPath expression: %s": _("not an XPath expression: %s"),
    "not a regular expression: %s": _("not a regular expression: %s"),
    "it may try for ever: repetitions in each other, or too many in a row": _(
        "it may try for ever: repetitions in each other, or too many in a row"
    ),
}

# Of an expression, as `reader.sites.xpath_cost` writes them; what libxml2 says stays as it is.
_DETAILS: dict[str, str | Promise] = {
    "it cannot be read": _("it cannot be read"),
    "it cannot be read to its end": _("it cannot be read to its end"),
    "more than 12 brackets in each other": _("more than 12 brackets in each other"),
    "Invalid expression": _("it is not written correctly"),
}

FACTS: dict[str, str | Promise] = {
    "title": pgettext_lazy("of an article", "Title"),
    "authors": _("Authors"),
    "editor": _("Editor"),
    "published": _("Published"),
    "section": _("Section"),
    "site_name": _("Site name"),
    "language": _("Language"),
    "word_count": _("Words"),
    "extractor": _("Read by"),
}


@dataclass(frozen=True, slots=True)
class LineError:
    """One complaint beside its line; line 0 is the rule as a whole."""

    number: int
    line: str
    sentence: str


def name_line_errors(text: str, complaints: tuple[Complaint, ...]) -> list[LineError]:
    """Put the complaints beside the lines that they are about."""
    lines = text.split("\n")
    return [
        LineError(each.line, _line_of(lines, each.line), _say(each))
        for each in sorted(complaints, key=lambda each: each.line)
    ]


def name_why(code: str) -> str:
    """Return why an article would be better or worse, or the sentence of the error that there would be."""
    if code in _WHY:
        return str(_WHY[code])
    sentence = SENTENCES.get(code)
    return str(sentence.happened) if sentence else code


def diff_rules(old: str, new: str) -> TextDiff:
    """Compare two rules line by line; empty lines do not count."""
    return diff_texts(_as_paragraphs(old), _as_paragraphs(new))


def _say(complaint: Complaint) -> str:
    sentence = COMPLAINTS.get(complaint.sentence)
    details = tuple(str(_DETAILS.get(each, each)) for each in complaint.details)
    return str(sentence or complaint.sentence) % details


def _line_of(lines: list[str], number: int) -> str:
    return lines[number - 1][:200] if 0 < number <= len(lines) else ""


def _as_paragraphs(text: str) -> str:
    return "\n\n".join(line for line in text.splitlines() if line.strip())
