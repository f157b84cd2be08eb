"""What pages say that are no article: checks for robots, consent, logins, "not found", subscriptions; data.

Each phrase counts in short pages only, see ``gate``: an article about such pages is longer than they are.
"""

import re

# Of checks for robots; the first words of Cloudflare, Akamai, Imperva, DataDome, PerimeterX, AWS, Vercel.
BOT_WALL = (
    *("just a moment", "attention required! | cloudflare", "checking your browser", "ddos protection by"),
    *("checking if the site connection is secure", "enable javascript and cookies to continue"),
    *("verify you are human", "verifying you are human", "performing security verification"),
    *("please enable js and disable any ad blocker", "security checkpoint", "please complete the security"),
    *("are you a robot", "robot or human", "i am not a robot", "i'm not a robot", "pardon our interruption"),
    *("access to this page has been denied", "access denied", "you have been blocked", "press & hold"),
    *("you don't have permission to access", "request unsuccessful. incapsula", "unusual traffic from your"),
    *("solve the captcha", "complete the captcha", "captcha-delivery.com", "errors.edgesuite.net"),
    *("verifikasi bahwa anda bukan robot", "buktikan bahwa anda bukan robot", "anda bukan robot"),
    *("akses ditolak", "aktivitas tidak wajar dari", "memeriksa peramban anda"),
)

CONSENT = (
    *("before you continue to", "bevor sie zu", "avant d'accéder à", "sebelum melanjutkan ke"),
    *("we value your privacy", "we and our partners store", "kami menghargai privasi anda"),
    *("accept all cookies", "manage your cookie", "cookie consent", "setujui semua cookie"),
    *("to continue, please accept", "zustimmen und weiter", "mit werbung weiterlesen", "pur-abo"),
)
CONSENT_HOSTS = ("consent.", "guce.", "cmp.", "privacy.")

LOGIN_TITLE = re.compile(
    r"(?:please )?(?:log ?in|sign ?in|log ?on|register|sign ?up|masuk|daftar)"
    r"(?: (?:to|ke|page|akun|account|your account|sekarang|dulu)\b.{0,60}| ?[-|–—:·/].{0,80})?",
    re.IGNORECASE,
)

NOT_FOUND_TITLE = re.compile(
    r"(?:error\W{0,3})?404\b(?! media).{0,80}"
    r"|(?:oops|maaf|sorry)?[\W]{0,3}(?:the |this |that )?"
    r"(?:page|article|content|post|story|halaman|artikel|berita|konten)"
    r"(?: (?:yang )?anda (?:cari|tuju|minta))?"
    r" (?:is |was |could |can ?)?(?:not|n't|cannot|can't|tidak|gone|no longer|sudah tidak)"
    r"(?: be)?(?: dapat| bisa)?(?: kami)? ?(?:found|exist|available|tersedia|ada|ditemukan|temukan)?\b.{0,80}"
    r"|not found\b.{0,60}",
    re.IGNORECASE,
)
NOT_FOUND = (
    *("page not found", "page cannot be found", "page can't be found", "page could not be found"),
    *("page you requested", "page you are looking for", "page you're looking for", "no longer available"),
    *(
        "halaman tidak ditemukan",
        "halaman yang anda cari",
        "halaman yang anda tuju",
        "halaman yang kamu cari",
    ),
    *(
        "halaman ini tidak tersedia",
        "artikel tidak ditemukan",
        "berita tidak ditemukan",
        "konten tidak tersedia",
    ),
    *("tidak dapat kami temukan", "tidak dapat ditemukan", "sudah tidak tersedia", "telah dihapus"),
)

SUBSCRIBE = (
    *(
        "subscribe to continue",
        "subscribe to read",
        "subscribers only",
        "to continue reading",
        "already a subscriber",
    ),
    *(
        "this article is for subscribers",
        "become a subscriber",
        "exclusively for subscribers",
        "start your free trial",
    ),
    *(
        "berlangganan untuk",
        "khusus pelanggan",
        "hanya untuk pelanggan",
        "konten premium",
        "sudah berlangganan",
    ),
    *("untuk melanjutkan membaca", "lanjutkan membaca dengan", "abonnieren", "réservé aux abonnés"),
)

# In the path of an address: lists of articles, in words of sites of this country and of others.
LIST_PATH = re.compile(
    r"/(?:tags?|topik|topics?|indeks|kategori|category|categories|kanal|search|cari|pencarian|author|penulis"
    r"|terpopuler|terkini|latest|trending)(?:[/.?-]|$)",
    re.IGNORECASE,
)
# The last part of an address that names one article: three words, or a number.
ARTICLE_PATH = re.compile(r"/[^/]*(?:\w[-_]\w+[-_]\w|\d{5})[^/]*/?$")
HOME_PATH = re.compile(r"/?(?:(?:index|home|default)(?:[._-]\w{1,12})?/?)?", re.IGNORECASE)


def holds(text: str, phrases: tuple[str, ...]) -> bool:
    folded = text.casefold().replace("’", "'")
    return any(phrase in folded for phrase in phrases)
