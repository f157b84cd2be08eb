from django.db import migrations

PERMISSIONS = {
    "moderator": ("moderate", "May look after what all share: reports, articles, sites and their rules"),
    "administrator": ("administer", "May look after people and settings"),
}


def make_roles(apps, schema_editor):
    """Make the two groups; who had the desk so far keeps it."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    User = apps.get_model("reader", "User")
    content_type, _ = ContentType.objects.get_or_create(app_label="reader", model="user")
    for role, (codename, name) in PERMISSIONS.items():
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.add(permission)
        group.user_set.add(*User.objects.filter(is_superuser=True))
        if role == "moderator":
            group.user_set.add(*User.objects.filter(is_staff=True))


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=PERMISSIONS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("reader", "0010_audit_log"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
