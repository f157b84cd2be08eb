"""What a reader asks for and is refused now, beside the tree of `reader.errors` that it belongs to."""

from reader.errors import ReaderError


class ReportRefused(ReaderError):
    code = "report_refused"


class AlreadyReported(ReportRefused):
    """The person's earlier report of this article is still open."""

    code = "already_reported"


class TooManyReports(ReportRefused):
    """More reports in an hour than anybody reads articles."""

    code = "too_many_reports"
    permanent = False
