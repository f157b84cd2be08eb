"""Settings of the tests: a data folder of their own, a fast password hasher, the queue not rung."""

import os
import tempfile

os.environ["READER_DATA_DIR"] = tempfile.mkdtemp(prefix="teduh-tests-")
for _name in [name for name in os.environ if name.startswith("READER_") and name not in {"READER_DATA_DIR", "READER_TESTS_ALLOW_NO_SKIP"}]:
    del os.environ[_name]
os.environ.pop("DEBUG", None)

from reader.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Pages are rendered without a collected manifest.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
