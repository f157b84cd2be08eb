"""The tables and columns of the index that no model describes; migrations make them and take them away."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The tokenizer splits at ASCII punctuation and blanks only: what it is given are ready terms. `prefix` keeps
# the beginnings of three letters, with and without the two characters of the mark before them.
_FTS5 = (
    "CREATE VIRTUAL TABLE reader_search USING fts5(terms, tokenize = 'ascii', prefix = '3 5')",
    "CREATE TRIGGER reader_searchentry_gone AFTER DELETE ON reader_searchentry"
    " BEGIN DELETE FROM reader_search WHERE rowid = OLD.key; END",
)
_TSVECTOR = (
    "ALTER TABLE reader_searchentry ADD COLUMN terms tsvector",
    "CREATE INDEX reader_searchentry_terms ON reader_searchentry USING gin (terms)",
)


def create_index(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make what the engine needs beside `reader_searchentry`."""
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in _FTS5 if is_sqlite else _TSVECTOR:
        schema_editor.execute(statement)


def drop_index(schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER reader_searchentry_gone")
        schema_editor.execute("DROP TABLE reader_search")
    else:
        schema_editor.execute("ALTER TABLE reader_searchentry DROP COLUMN terms")
