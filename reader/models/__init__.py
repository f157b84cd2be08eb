"""Tables, their constraints and the QuerySets that read them."""

from reader.models.article import Article
from reader.models.article_picture import ArticlePicture
from reader.models.article_version import ArticleVersion
from reader.models.asset import Asset
from reader.models.measure import Measure
from reader.models.reextraction import Reextraction
from reader.models.saved_article import SavedArticle
from reader.models.snapshot import Snapshot
from reader.models.user import User

__all__ = [
    "Article",
    "ArticlePicture",
    "ArticleVersion",
    "Asset",
    "Measure",
    "Reextraction",
    "SavedArticle",
    "Snapshot",
    "User",
]
