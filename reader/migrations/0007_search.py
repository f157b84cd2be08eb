import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from reader.search.schema import create_index, drop_index


class Migration(migrations.Migration):

    dependencies = [
        ('reader', '0006_list_columns'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('saved', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to='reader.savedarticle', verbose_name='saved article')),
                ('key', models.BigIntegerField(db_index=True, verbose_name='key')),
                ('analysis', models.PositiveSmallIntegerField(db_index=True, verbose_name='version of the analysis')),
            ],
            options={
                'verbose_name': 'search entry',
                'verbose_name_plural': 'search entries',
            },
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.CharField(max_length=300, verbose_name='query')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'saved search',
                'verbose_name_plural': 'saved searches',
            },
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.UniqueConstraint(fields=('user', 'name'), name='search_is_saved_once_per_name'),
        ),
        migrations.RunPython(
            lambda apps, schema_editor: create_index(schema_editor),
            lambda apps, schema_editor: drop_index(schema_editor),
        ),
    ]
