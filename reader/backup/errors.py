"""Why a backup or a restore ended: told to operators at a console, in the error's own words."""


class BackupFailed(Exception):
    """No archive was made; nothing is left of it under its name."""


class ArchiveRefused(Exception):
    """The archive is damaged, is none of ours, or holds what no backup of ours holds."""


class RestoreRefused(Exception):
    """The archive may be whole, but it cannot go into this installation; nothing was changed."""
