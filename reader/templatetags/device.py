"""For whom a page was made, as the device that keeps it knows them."""

from django.contrib.auth.models import AnonymousUser
from django.template import Library

from reader.models import User
from reader.web.offline import name_person
from reader.web.signed_out import sign_owner

register = Library()


@register.filter
def person_name(user: User | AnonymousUser) -> str:
    """Return the name that acts of this page are kept under while they wait."""
    return name_person(user)


@register.filter
def owner_sign(user: User) -> str:
    """Return what a paste box says of whose it is, should the session end before it is sent."""
    return sign_owner(user)
