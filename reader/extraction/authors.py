"""Who wrote an article, where no site rule tells: the surest source that names a person."""

from reader.extraction.bylines import find_bylines
from reader.extraction.json_ld import Data, organisations_in, texts_in
from reader.extraction.marks import Marks
from reader.extraction.meta_tags import MetaTags
from reader.extraction.names import people_in
from reader.extraction.titles import Site


def choose_authors(
    data: Data, meta: MetaTags, marks: Marks, site: Site, *, only_persons: bool = False
) -> tuple[str, ...]:
    """The persons that JSON-LD names, else a meta, else the visible byline.

    Where nobody is named but an organisation that the page's data call the author, it is that; and a
    visible byline that is the site's name stays, for many a blog bears its author's.
    """
    named = texts_in(data.get("author"))
    organisations = organisations_in(data.get("author"))
    persons = [text for text in named if text not in organisations]
    for texts in (persons, *meta.authors()):
        if people := _people_of(texts, site):
            return people
    visible = find_bylines(marks)
    people = tuple(name for name in visible if not site.is_staff(name))
    if people or only_persons:
        return people
    return tuple(dict.fromkeys(named or visible))


def _people_of(texts: list[str], site: Site) -> tuple[str, ...]:
    names = (name for text in texts for name in people_in(text, is_certain=True))
    return tuple(dict.fromkeys(name for name in names if not site.is_staff(name)))
