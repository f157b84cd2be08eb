"""Choosing the part of the page that is the article: where the rule points, else the best candidate."""

import copy

from lxml.html import HtmlElement

from reader.errors import NoArticle
from reader.extraction.boilerplate import strip_boilerplate
from reader.extraction.candidates import Candidate, find_candidates
from reader.extraction.captions import mark_captions
from reader.extraction.full_text import FullText
from reader.extraction.other_articles import drop_other_articles
from reader.extraction.page_data import find_article_data, find_streamed_text
from reader.extraction.tree import ask, make, outermost, text_of
from reader.sites import SiteRule

# Measured on five sets of pages, 1,006 in all; each is flat around its value.
_LEAST_PROSE = 300
# With this much, what stands around it is another article or the page.
_LEAST_SURE = 1500
# So many times as much text around it tells that only a part was found.
_TIMES_AROUND = 2
_TIMES_IN_MAIN = 3
_SHARE_OF_PROSE = 0.85
_NEARLY = 0.8
_LEAST_COVERED = 0.5
_AS_GOOD = 0.9


def choose_content(tree: HtmlElement, rule: SiteRule, full: FullText) -> tuple[HtmlElement, str]:
    """Return the article's part as a new ``div``, and the name of who found it. Raises NoArticle.

    ``full`` is what the page's structured data give as the text, a check on what is chosen. Where no
    rule points, what surrounds articles on every site is taken out of a copy of the page first.
    """
    for expression in rule.body:
        content = _gather(ask(tree, expression))
        if content is not None:
            return content, rule.name
    if rule.body and not rule.autodetect_on_failure:
        raise NoArticle("the site rule finds no body")
    data = find_article_data(tree)
    slim = copy.deepcopy(tree)  # the page as it is tells later whether it is a list of links
    drop_other_articles(slim)
    strip_boilerplate(slim)
    found, name = _choose_found(slim, full)
    if data is None and (found is None or len(text_of(found)) < _LEAST_PROSE):
        data = find_streamed_text(tree)
    if data is not None and (found is None or len(text_of(data)) > len(text_of(found))):
        return data, "page data"
    if found is None:
        raise NoArticle("nothing on the page reads like an article")
    mark_captions(found)
    return found, name


def _choose_found(tree: HtmlElement, full: FullText) -> tuple[HtmlElement | None, str]:
    candidates = list(find_candidates(tree))
    if full:
        shares = [full.coverage(" ".join(map(text_of, each.elements))) for each in candidates]
        most = max(shares)
        if most < _LEAST_COVERED:
            return full.make_content(), "json-ld"
        candidates = [
            each for each, share in zip(candidates, shares, strict=True) if share >= _AS_GOOD * most
        ]
    best = _choose_best(candidates)
    return _gather(list(best.elements)), "readability"


def _choose_best(candidates: list[Candidate]) -> Candidate:
    """The smallest of those that hold nearly as much text as any; what the page itself names is believed."""
    main = next((each for each in candidates if each.name == "main"), None)
    named = [
        main if main and _is_outside(each, main) else each
        for each in candidates
        if each.name not in {"trunk", "main", "body"}
    ]
    most = max((each.prose for each in named), default=0)
    if most < _LEAST_PROSE:
        return _choose_short(candidates, named)
    is_sure = any(each.prose >= _NEARLY * most for each in named if each.name in {"itemprop", "class"})
    for each in candidates:
        is_lone = each.name == "trunk" and most < _LEAST_SURE and not is_sure
        if is_lone and each.prose > max(_TIMES_AROUND * most, each.length / 2):
            return each
    is_only_guessed = all(each.name == "readability" for each in named)
    if main and is_only_guessed and _is_prose(main) and main.prose > _TIMES_IN_MAIN * most:
        return main
    wide = [*named, *([main] if main else [])]
    best = min((each for each in wide if each.prose >= _NEARLY * most), key=lambda each: each.length)
    articles = [each for each in named if each.name == "article"]
    return next((each for each in named if any(_is_part(best, each, one) for one in articles)), best)


def _choose_short(candidates: list[Candidate], named: list[Candidate]) -> Candidate:
    """Of short lines, as of a picture story: the page says what they belong to, or else the widest does."""
    whole = max(each.length for each in candidates)
    for each in named:
        if each.name in {"itemprop", "class"} and each.length > _LEAST_COVERED * whole:
            return each
    most = max((each.prose for each in named), default=0)
    widest = max(candidates, key=lambda each: each.prose)
    if widest.prose > 2 * most or not named:
        return widest
    return next(each for each in reversed(named) if 2 * each.prose >= most)


def _is_outside(guess: Candidate, main: Candidate) -> bool:
    """Whether readability chose a notice beside the part that the page calls its main one."""
    if guess.name != "readability" or main.prose < guess.prose:
        return False
    inside = {each for chosen in guess.elements for each in (chosen, *chosen.iterancestors())}
    around = {each for part in main.elements for each in (part, *part.iterancestors())}
    return inside.isdisjoint(main.elements) and around.isdisjoint(guess.elements)


def _is_part(guess: Candidate, named: Candidate, article: Candidate) -> bool:
    """Whether readability chose one of several elements of an article that are called its text alike."""
    return (
        guess.name == "readability"
        and named.name in {"itemprop", "class"}
        and len(named.elements) > len(guess.elements)
        and set(guess.elements) <= set(named.elements)
        and named.prose <= article.prose
    )


def _is_prose(candidate: Candidate) -> bool:
    return candidate.prose >= _SHARE_OF_PROSE * candidate.length


def _gather(found: list[HtmlElement | str]) -> HtmlElement | None:
    """Move all that a body expression finds into one element; None when there is nothing in it."""
    elements = outermost(each for each in found if isinstance(each, HtmlElement))
    if not any(text_of(each) or each.find(".//img") is not None for each in elements):
        return None
    content = make("div")
    for element in elements:
        if element.getparent() is not None:
            # What stands after the part is not of the part; with it goes nothing that anybody reads later.
            element.tail = None
        content.append(element)
    return content
