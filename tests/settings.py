"""Settings of the tests: a data folder of their own, a fast password hasher, the queue not rung."""

import os
import tempfile

os.environ["READER_DATA_DIR"] = tempfile.mkdtemp(prefix="teduh-tests-")
# Nothing of the developer's own environment reaches the tests but DATABASE_URL, which chooses the database.
for _name in [name for name in os.environ if name == "DEBUG" or name.startswith("READER_")]:
    if _name != "READER_DATA_DIR":
        del os.environ[_name]

from reader.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# The page is tried where it is, and where it is not.
READER_TRANSPARENCY = True
# Pages are rendered without a collected manifest.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, not memory: threads and processes of a test compete for it as they do in earnest.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}  # noqa: F405

# Nobody answers the doorbell; tests that need a worker run the real one.
HUEY = {**HUEY, "huey_class": "huey.MemoryHuey", "connection": {}}  # noqa: F405

# whitenoise warns of a folder that is not there; here nothing is collected.
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
