"""Fill the columns of entries that are copied from their articles."""

from django.db import migrations


# Those of this state; later ones have a migration of their own.
_COLUMNS = {"site", "section_key", "authors_key", "title_key", "published_key", "words"}


def copy_columns(apps, schema_editor):
    # The room keeps the meaning of these columns, and only reads attributes that this state has as well.
    from reader.listing.columns import list_columns

    SavedArticle = apps.get_model("reader", "SavedArticle")
    entries = SavedArticle.objects.using(schema_editor.connection.alias).select_related("article")
    light = entries.defer("article__content", "article__text", "article__trace", "article__related")
    for saved in light.iterator(chunk_size=500):
        SavedArticle.objects.using(schema_editor.connection.alias).filter(pk=saved.pk).update(
            **{name: value for name, value in list_columns(saved.article).items() if name in _COLUMNS}
        )


class Migration(migrations.Migration):
    dependencies = [("reader", "0005_reading_list")]

    operations = [migrations.RunPython(copy_columns, migrations.RunPython.noop)]
