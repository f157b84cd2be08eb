"""Django's admin as an application, with the first page of our own desk."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "reader.desk.site.DeskSite"
