"""Pages that go on with the next article when one scrolls: the one that the page is called after is meant."""

from lxml.html import HtmlElement

from reader.extraction.tree import drop, outermost, text_of


def drop_other_articles(tree: HtmlElement) -> None:
    """Take out the articles with a heading of their own, where another one's heading is the page's title."""
    articles = [each for each in outermost(tree.iter("article")) if _heading_of(each)]
    named = next(tree.iter("title"), None)
    if len(articles) < 2 or named is None:
        return
    title = text_of(named).casefold()
    meant = [each for each in articles if _heading_of(each) in title]
    if len(meant) == 1:
        for each in articles:
            if each is not meant[0]:
                drop(each)


def _heading_of(article: HtmlElement) -> str:
    heading = next(article.iter("h1"), None)
    return text_of(heading).casefold() if heading is not None else ""
