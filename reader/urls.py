"""Every address of the site."""

from allauth.account import views as account_views
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from reader.web.accounts import SignUpView
from reader.web.acts import ACTS
from reader.web.highlight_files import FORMATS
from reader.web.views import (
    account,
    aids,
    articles,
    editing,
    entrance,
    faults,
    health,
    highlights,
    listening,
    lists,
    many,
    offline,
    pictures,
    preferences,
    reports,
    same_stories,
    search,
    tags,
    transparency,
    versions,
)


class ArticleId:
    """A number that every database can hold."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Sha256:
    """The name of a kept picture."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FileForm(StringConverter):
    regex = "|".join(FORMATS)


class ActName(StringConverter):
    regex = "|".join(ACTS)


register_converter(ArticleId, "article")
register_converter(ActName, "act")
register_converter(FileForm, "form")
register_converter(Sha256, "sha256")

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# Those of allauth's pages that make sense without a mail server.
_account_patterns = [
    path("login/", account_views.login, name="account_login"),
    path("logout/", entrance.log_out, name="account_logout"),
    path("signup/", SignUpView.as_view(), name="account_signup"),
    path("invitation/<slug:token>/", entrance.open_invitation, name="invitation"),
    path("inactive/", entrance.explain_kept_out, name="account_inactive"),
    path("reauthenticate/", account_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account_views.password_change, name="account_change_password"),
    path("password/reset/", entrance.explain_password_reset, name="account_reset_password"),
]

_article_patterns = [
    path("", articles.read, name="reading"),
    path("retry/", articles.retry, name="retry"),
    path("refetch/", articles.refetch, name="refetch"),
    path("pictures/", pictures.show_arrivals, name="arrivals"),
    path("progress/", articles.note_progress, name="note-progress"),
    path("related/", articles.save_related, name="save-related"),
    path("versions/", versions.show_versions, name="versions"),
    path("versions/changes/", versions.show_changes, name="changes"),
    path("versions/<article:version_id>/", versions.show_version, name="version"),
    path("next/", listening.next_unread, name="next-unread"),
    path("tags/", editing.change_tags, name="entry-tags"),
    path("highlights/", highlights.make, name="make-highlight"),
    path("highlights/<form:form>/", highlights.export_article, name="export-article-highlights"),
    path("edit/", editing.edit, name="edit"),
    path("report/", reports.report, name="report"),
    path("<act:act>/", articles.change, name="change"),
]

_tag_patterns = [
    path("", tags.show, name="tags"),
    path("suggest/", tags.suggest, name="suggest-tags"),
    path("lost/<article:loss_id>/", tags.bring_back, name="bring-back-tag"),
    path("rules/", tags.add_rule, name="add-tag-rule"),
    path("rules/<article:rule_id>/delete/", tags.delete_rule, name="delete-tag-rule"),
    path("<article:tag_id>/", tags.edit, name="tag"),
    path("<article:tag_id>/merge/", tags.merge, name="merge-tag"),
    path("<article:tag_id>/delete/", tags.delete, name="delete-tag"),
]

_highlight_patterns = [
    path("", highlights.show, name="highlights"),
    path("export/<form:form>/", highlights.export, name="export-highlights"),
    path("<article:highlight_id>/", highlights.edit, name="highlight"),
    path("<article:highlight_id>/delete/", highlights.delete, name="delete-highlight"),
    path("<article:highlight_id>/undo/", highlights.undo, name="undo-highlight"),
]

_same_patterns = [
    path("", same_stories.show, name="same-stories"),
    path("<article:pair_id>/merge/", same_stories.merge, name="merge-same"),
    path("<article:pair_id>/both/", same_stories.keep_both, name="keep-both"),
    path("<article:pair_id>/undo/", same_stories.undo, name="undo-same"),
]

_offline_patterns = [
    path("", offline.show, name="offline"),
    path("articles/", offline.list_articles, name="offline-articles"),
    path("token/", offline.give_token, name="offline-token"),
    path("acts/", offline.take_act, name="offline-acts"),
]

_search_patterns = [
    path("", search.show, name="search"),
    path("keep/", search.keep, name="keep-search"),
    path("<article:search_id>/", search.show_saved, name="saved-search"),
    path("<article:search_id>/drop/", search.drop, name="drop-search"),
]

urlpatterns = [
    path("", lists.show, {"name": "list"}, name="list"),
    path("archive/", lists.show, {"name": "archive"}, name="archive"),
    path("starred/", lists.show, {"name": "starred"}, name="starred"),
    path("all/", lists.show, {"name": "all"}, name="all"),
    path("trash/", lists.show, {"name": "trash"}, name="trash"),
    path("keys/", lists.explain_keys, name="keys"),
    path("keys/reading/", lists.explain_keys, {"sheet": "reading/keys.html"}, name="reading-keys"),
    path("preferences/", preferences.show, name="preferences"),
    path("account/", account.show, name="account"),
    path("account/export/", account.export, name="export-account"),
    path("account/delete/", account.leave, name="leave"),
    path("account/keep/", account.stay, name="stay"),
    path("density/", lists.choose_density, name="density"),
    path("many/", many.act, name="many"),
    path("many/<article:act_id>/", many.progress, name="many-progress"),
    path("many/<article:act_id>/undo/", many.undo, name="many-undo"),
    path("tags/", include(_tag_patterns)),
    path("same/", include(_same_patterns)),
    path("highlights/", include(_highlight_patterns)),
    path("search/", include(_search_patterns)),
    path("offline/", include(_offline_patterns)),
    path("aids/<slug:language>.<slug:version>.json", aids.show, name="aids"),
    path("sw.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("save/", lists.save, name="save"),
    path("entries/", lists.progress, name="progress"),
    path("articles/<article:article_id>/", include(_article_patterns)),
    path("reports/seen/", reports.put_away, name="report-news"),
    path("pictures/<sha256:sha256>", pictures.show, name="picture"),
    path("transparency/", transparency.show, name="transparency"),
    path("setup/", entrance.set_up, name="setup"),
    path("language/", entrance.choose_language, name="language"),
    path("accounts/", include(_account_patterns)),
    path("admin/", admin.site.urls),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
]

handler400 = faults.show_bad_request
handler500 = faults.show_server_error
handler429 = faults.show_too_many_requests
