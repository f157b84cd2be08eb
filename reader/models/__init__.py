"""Tables, their constraints and the QuerySets that read them."""

from reader.models.article import Article, PrivateArticle
from reader.models.article_picture import ArticlePicture
from reader.models.article_version import ArticleVersion
from reader.models.asset import Asset
from reader.models.audit_entry import AuditEntry
from reader.models.domain_policy import DomainPolicy
from reader.models.highlight import Highlight
from reader.models.house_rules import HouseRules
from reader.models.invitation import Invitation
from reader.models.late_act import LateAct
from reader.models.list_act import ListAct, ListActChange
from reader.models.list_filter import ListFilter
from reader.models.measure import Measure
from reader.models.reextraction import Reextraction
from reader.models.report import Report
from reader.models.saved_article import SavedArticle
from reader.models.saved_search import SavedSearch
from reader.models.search_entry import SearchEntry
from reader.models.site_rule import RuleTrial, RuleTrialResult, SiteRule, SiteRuleRevision
from reader.models.snapshot import Snapshot
from reader.models.story import StoryKey, StoryPair
from reader.models.tag import Tag, Tagging, TagRule
from reader.models.tag_loss import TagLoss, TagLossEntry
from reader.models.take_down import TakeDown
from reader.models.user import User

__all__ = [
    "Article",
    "ArticlePicture",
    "ArticleVersion",
    "Asset",
    "AuditEntry",
    "DomainPolicy",
    "Highlight",
    "HouseRules",
    "Invitation",
    "LateAct",
    "ListAct",
    "ListActChange",
    "ListFilter",
    "Measure",
    "PrivateArticle",
    "Reextraction",
    "Report",
    "RuleTrial",
    "RuleTrialResult",
    "SavedArticle",
    "SavedSearch",
    "SearchEntry",
    "SiteRule",
    "SiteRuleRevision",
    "Snapshot",
    "StoryKey",
    "StoryPair",
    "Tag",
    "TagLoss",
    "TagLossEntry",
    "TagRule",
    "Tagging",
    "TakeDown",
    "User",
]
