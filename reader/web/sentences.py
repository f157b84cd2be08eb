"""What is said to a person: one table from error codes to what happened and what to do next."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened, and what the person can do; both are shown."""

    happened: str | Promise
    advice: str | Promise


_TRY_LATER = _("Try again later; if it keeps happening, open the original page.")
_OPEN_ORIGINAL = _("You can still open the original page.")
_OPEN_PICTURE = _("Its caption leads to it on the site of the publisher.")
_CHECK_LINK = _("Check the link, or copy it from the browser's address bar again.")
_COPY_AGAIN = _("Copy the article from its title to its last sentence, and paste it again.")
_TAKEN_DOWN = _("It cannot be saved here again; what you noted about it is still yours.")
_PASTE_TEXT = _(
    "If your browser shows you the article, copy the whole page and paste the text in the box above the list."
)
_ASK_MODERATOR = _("Try again; if it happens again, please tell a moderator.")

SENTENCES: dict[str, Sentence] = {
    # Anything without a better sentence, and the roots of the tree.
    "error": Sentence(_("Something went wrong."), _ASK_MODERATOR),
    "link_refused": Sentence(_("Teduh does not fetch this link."), _CHECK_LINK),
    "fetch_failed": Sentence(_("The page could not be fetched."), _TRY_LATER),
    "extraction_failed": Sentence(_("The article could not be read from the page."), _OPEN_ORIGINAL),
    # Links.
    "no_link_found": Sentence(
        _("There is no link in this text, and it is too short for an article."),
        _("Paste the address of an article, for example https://www.kompas.com/…, or its whole text."),
    ),
    "too_many_links": Sentence(
        _("These are more links than can be saved at once."), _("Save at most 500 links at a time.")
    ),
    "link_too_long": Sentence(_("This link is too long."), _CHECK_LINK),
    "link_malformed": Sentence(_("This link is not a complete web address."), _CHECK_LINK),
    "scheme_refused": Sentence(
        _("Only links that begin with http:// or https:// can be saved."),
        _("Paste the address of a web page."),
    ),
    "credentials_refused": Sentence(
        _("This link holds a user name or password."), _("Remove them and save the link again.")
    ),
    "port_refused": Sentence(
        _("This link names an unusual port."), _("Only the ordinary web ports, 80 and 443, are fetched.")
    ),
    "address_refused": Sentence(
        _("This link leads into a private network."), _("Only pages on the public internet can be saved.")
    ),
    # Highlights.
    "highlight_refused": Sentence(
        _("This passage cannot be highlighted."), _("Reload the page and select it again.")
    ),
    "nothing_highlighted": Sentence(
        _("There is no word in this selection."), _("Select some words of the article.")
    ),
    "passage_too_long": Sentence(
        _("This passage is too long to highlight."), _("Highlight at most 5,000 characters at a time.")
    ),
    "too_many_highlights": Sentence(
        _("There is no room for another highlight."),
        _("An article can have 2,000; delete some of its highlights that you no longer need."),
    ),
    "highlights_used_up": Sentence(
        _("You have as many highlights as your account may hold."),
        _("Delete some that you no longer need, or ask an administrator for more room."),
    ),
    # What one person may save.
    "too_many_saves": Sentence(
        _("You have saved as many new articles today as your account may in a day."),
        _("Save it again tomorrow, or ask an administrator for more room."),
    ),
    "storage_used_up": Sentence(
        _("The articles on your list take as much room as your account has."),
        _("Delete some that you no longer need, or ask an administrator for more room."),
    ),
    "sign_up_refused": Sentence(_("No account was made."), _("Ask an administrator for an invitation.")),
    "site_blocked": Sentence(
        _("The moderators decided that nothing of this site is saved here."), _OPEN_ORIGINAL
    ),
    "taken_down": Sentence(_("A moderator took this article down."), _TAKEN_DOWN),
    # Texts.
    "text_refused": Sentence(_("This text cannot be saved as an article."), _COPY_AGAIN),
    "text_too_long": Sentence(
        _("This text is too long."), _("At most 200,000 characters can be saved as one article.")
    ),
    "no_article_in_text": Sentence(_("No article was found in this text."), _COPY_AGAIN),
    # Fetching.
    "name_not_found": Sentence(_("There is no site of this name."), _CHECK_LINK),
    "connect_failed": Sentence(_("The site could not be reached."), _TRY_LATER),
    "tls_failed": Sentence(_("A safe connection to the site was not possible."), _TRY_LATER),
    "timed_out": Sentence(_("The site took too long to answer."), _TRY_LATER),
    "no_answer": Sentence(_("The site was reached but did not begin to answer."), _TRY_LATER),
    "proxy_failed": Sentence(_("The way to the site through our own proxy failed."), _ASK_MODERATOR),
    "site_crowded": Sentence(_("Too many of our own requests are waiting for this site."), _TRY_LATER),
    "publisher_busy": Sentence(_("The site is busy and asks to come back later."), _TRY_LATER),
    "too_many_redirects": Sentence(_("The page sends us from one address to another."), _OPEN_ORIGINAL),
    "too_large": Sentence(_("The page is too large."), _OPEN_ORIGINAL),
    "compression_bomb": Sentence(
        _("The page unpacks to far more than any page needs, and was not opened."), _OPEN_ORIGINAL
    ),
    "header_too_large": Sentence(
        _("The site sent too much before the page itself, and the page was not read."), _OPEN_ORIGINAL
    ),
    "not_a_page": Sentence(_("This is a file, a picture or a video, not a page to read."), _OPEN_ORIGINAL),
    "bad_response": Sentence(_("The site's answer was damaged."), _TRY_LATER),
    "page_gone": Sentence(_("The site says that this page does not exist."), _CHECK_LINK),
    "page_forbidden": Sentence(
        _("The site does not let us read this page; it may be for subscribers."), _OPEN_ORIGINAL
    ),
    "unexpected_status": Sentence(_("The site gave an answer that we do not understand."), _TRY_LATER),
    # Extraction.
    "no_article": Sentence(_("No article was found on this page."), _OPEN_ORIGINAL),
    "bot_wall": Sentence(
        _("The site asked us to prove that we are human, and showed no article."), _PASTE_TEXT
    ),
    "consent_wall": Sentence(
        _("The site asks for consent to cookies before it shows the article."), _PASTE_TEXT
    ),
    "login_wall": Sentence(_("The site shows this page only to people who log in there."), _PASTE_TEXT),
    "subscribers_only": Sentence(_("The site shows this article only to subscribers."), _PASTE_TEXT),
    "soft_not_found": Sentence(_("The site says that this article is not there any more."), _CHECK_LINK),
    "link_list": Sentence(
        _("This page is a list of articles, not an article."),
        _("Open the article that you want to read, and save its own link."),
    ),
    "too_complex": Sentence(_("The page is too tangled to be read."), _OPEN_ORIGINAL),
    "extraction_timed_out": Sentence(_("Reading the article from the page took too long."), _ASK_MODERATOR),
    "extraction_interrupted": Sentence(
        _("The server was interrupted while it read the page."), _("Try again in a few minutes.")
    ),
    # Our own side.
    "storage_failed": Sentence(
        _("Nothing can be stored at the moment; the server's disk may be full."),
        _("What was saved before is safe. Try again in a few minutes."),
    ),
    "gave_up": Sentence(_("We tried several times and gave up."), _ASK_MODERATOR),
    "internal_fault": Sentence(_("A fault of ours stopped this article."), _ASK_MODERATOR),
    # Reports.
    "report_refused": Sentence(
        _("This report was not taken."), _("Choose what is wrong, and send it again.")
    ),
    "already_reported": Sentence(
        _("You have reported this article already, and your report is still open."),
        _("A moderator looks at it; you are told what came of it."),
    ),
    "too_many_reports": Sentence(
        _("These are more reports than one person can send in an hour."),
        _("Wait a while, and send this one again."),
    ),
    # Pictures; the article is there without them.
    "picture_refused": Sentence(_("This picture is not kept here."), _OPEN_PICTURE),
    "not_a_picture": Sentence(_("What the site sent is not a picture that can be kept."), _OPEN_PICTURE),
    "picture_too_large": Sentence(_("This picture is too large to be kept."), _OPEN_PICTURE),
    "picture_too_small": Sentence(_("This picture is too small to be looked at."), _OPEN_PICTURE),
    "picture_broken": Sentence(_("This picture is damaged."), _OPEN_PICTURE),
    "picture_interrupted": Sentence(
        _("The server was interrupted while it read this picture."), _OPEN_PICTURE
    ),
    # Site rules, on the desk.
    "rule_refused": Sentence(
        _("This rule cannot be used."), _("Look at the lines that are complained about.")
    ),
    "rule_too_long": Sentence(
        _("This rule is too long."),
        _("Rules have at most 64,000 characters; take out what it does not need."),
    ),
    "rule_too_slow": Sentence(
        _("Reading this rule takes too long."),
        _("One of its expressions looks through the page again and again; write it more simply."),
    ),
    "rule_empty": Sentence(
        _("No line of this rule does anything."),
        _("Write at least one directive, such as “body: //article”."),
    ),
    "rule_not_text": Sentence(
        _("This file is no site rule."),
        _("A rule is a text file in UTF-8 that is named after its site, such as example.com.txt."),
    ),
    "rule_changed": Sentence(
        _("Somebody else changed this rule while you had it open; nothing of yours was lost."),
        _("Compare both texts below, then keep yours or take theirs."),
    ),
    # Readable, but not whole.
    "missing_pages": Sentence(
        _("The article has more pages, and not all of them could be fetched."),
        _("Try again, or read the rest on the original page."),
    ),
    "truncated": Sentence(
        _("Some of this article's text may be missing."),
        _("Try again, or read the rest on the original page."),
    ),
    "teaser": Sentence(
        _("The site shows only the beginning of this article."),
        _("The rest may be for subscribers; read it on the original page."),
    ),
}
_REST = SENTENCES["missing_pages"].advice


def sentence_for(code: str) -> Sentence:
    """Return the words for a code; a code of a later version gets the general ones."""
    return SENTENCES.get(code) or SENTENCES["error"]


def sentence_for_take_down(reason: str) -> Sentence:
    """Say that an article was taken down, with the moderator's reason where there is one."""
    if not reason:
        return SENTENCES["taken_down"]
    happened = gettext("A moderator took this article down: %(reason)s") % {"reason": reason}
    return Sentence(happened, _TAKEN_DOWN)


def sentence_for_missing(pages: list[int]) -> Sentence:
    """Name the pages of an article that could not be had: "Page 3", "Pages 2–5 and 8"."""
    listed = get_text_list([_write_range(*each) for each in _find_ranges(pages)], gettext("and"))
    happened = ngettext(
        "Page %(pages)s could not be fetched.", "Pages %(pages)s could not be fetched.", len(pages)
    )
    return Sentence(happened % {"pages": listed}, _REST)


def _find_ranges(pages: list[int]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for page in sorted(pages):
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], page)
        else:
            ranges.append((page, page))
    return ranges


def _write_range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
