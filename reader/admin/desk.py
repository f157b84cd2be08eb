"""What all pages of the desk share: who may see them, how lists are paged, and that most only show."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.functional import cached_property

from reader.models import User
from reader.models.user import MODERATE

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    # Django's own class takes no type parameter when it runs.
    _ModelAdmin = admin.ModelAdmin


class BoundedPaginator(Paginator):  # type: ignore[type-arg]  # generic for the type checker only
    """Pages of at most the first rows: counting all of a large table is slower than reading a page of it.

    Nobody turns to later pages; a search or a filter leads there.
    """

    most_counted = 2_000

    @cached_property
    def count(self) -> int:
        rows = cast("QuerySet[Any]", self.object_list)
        return rows.order_by()[: self.most_counted].count()


class DeskAdmin(_ModelAdmin):
    """Pages for those who have the permission that it ``needs``: by default, that of moderators."""

    needs: ClassVar[str] = MODERATE
    paginator = BoundedPaginator
    # Each would count the whole table.
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        # By the numbers of rows that refer to these, one could ask who reads what.
        name = lookup.partition("__")[0]
        fields = self.opts.get_fields(include_hidden=True)
        is_foreign = any(each.name == name and each.auto_created and not each.concrete for each in fields)
        return not is_foreign and super().lookup_allowed(lookup, value, request)

    def _is_let_in(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.needs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_let_in(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._is_let_in(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._is_let_in(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._is_let_in(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._is_let_in(request)


class ReadOnlyAdmin(DeskAdmin):
    """Views only: nothing is added, changed or deleted here.

    The newest come first; sorting by anything else would read the whole table.
    """

    sortable_by = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def actor_of(request: HttpRequest) -> User:
    """Return the person at the desk; the permission stands before."""
    assert isinstance(request.user, User)  # noqa: S101 - nobody else has a permission
    return request.user


def is_list_of(model: type[Model], request: HttpRequest) -> bool:
    """Whether the page is the list of these rows, which shows none of their long columns."""
    name = f"{model._meta.app_label}_{model._meta.model_name}_changelist"
    return request.resolver_match is not None and request.resolver_match.url_name == name


def only_shared(rows: "QuerySet[Any]", owner: str = "owner_id") -> "QuerySet[Any]":
    """Leave out what a person pasted for themselves: it is nobody else's to read.

    Not as ``owner=None``: for that SQLite goes through the index of owners, and sorts nearly all it finds.
    """
    shared: QuerySet[Any] = rows.alias(owner_or_none=Coalesce(owner, 0)).filter(owner_or_none=0)
    return shared
