"""What a reader asks for and is refused now, beside the tree of `reader.errors` that it belongs to."""

from reader.errors import HighlightRefused, LinkRefused, ReaderError


class ReportRefused(ReaderError):
    code = "report_refused"


class AlreadyReported(ReportRefused):
    """The person's earlier report of this article is still open."""

    code = "already_reported"


class TooManyReports(ReportRefused):
    """More reports in an hour than anybody reads articles."""

    code = "too_many_reports"
    permanent = False


class SignUpRefused(ReaderError):
    """Sign-up was closed, or the invitation used, while the person filled in the form."""

    code = "sign_up_refused"


class TooManySaves(LinkRefused):
    """The person has saved as many new articles today as one may in a day."""

    code = "too_many_saves"
    permanent = False


class StorageUsedUp(LinkRefused):
    """What the person has on the list takes as much as one may keep."""

    code = "storage_used_up"


class HighlightsUsedUp(HighlightRefused):
    """The person has as many highlights as the account may hold."""

    code = "highlights_used_up"
