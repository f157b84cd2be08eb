"""The moderators' desk."""

from reader.admin.articles import ArticleAdmin
from reader.admin.audit import AuditEntryAdmin
from reader.admin.house_rules import HouseRulesAdmin
from reader.admin.invitations import InvitationAdmin
from reader.admin.pictures import ArticlePictureAdmin
from reader.admin.private_articles import PrivateArticleAdmin
from reader.admin.reextractions import ReextractionAdmin
from reader.admin.reports import ReportAdmin
from reader.admin.site_policies import DomainPolicyAdmin
from reader.admin.site_rules import SiteRuleAdmin
from reader.admin.snapshots import SnapshotAdmin
from reader.admin.users import UserAdmin
from reader.admin.versions import ArticleVersionAdmin

__all__ = [
    "ArticleAdmin",
    "ArticlePictureAdmin",
    "ArticleVersionAdmin",
    "AuditEntryAdmin",
    "DomainPolicyAdmin",
    "HouseRulesAdmin",
    "InvitationAdmin",
    "PrivateArticleAdmin",
    "ReextractionAdmin",
    "ReportAdmin",
    "SiteRuleAdmin",
    "SnapshotAdmin",
    "UserAdmin",
]
