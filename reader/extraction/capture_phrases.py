"""What stands around an article in the copied text of a whole page: data, by where it stands.

Every expression is for one whole line, folded, and is asked of lines of at most LONGEST_LINE characters.
"""

import re


def _any_of(*expressions: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{expression})" for expression in expressions), re.IGNORECASE)


LONGEST_LINE = 400

# From such a line on, nothing belongs to the article any more.
CUT = _any_of(
    r"video (?:rekomendasi|lainnya|pilihan|terkait)|kembali ke video\W*",
    r"(?:terkini|berita|artikel|baca) lainnya|lainnya di \w+",
    r"(?:berita|artikel|topik) (?:terkait|terkini|terpopuler)|baca tentang",
    r"halaman (?:selanjutnya|berikutnya)\b.{0,80}|halaman:?|show all|selanjutnya: .{3,120}|menarik dibaca:.*",
    r"tags?\s*:?|tags?\s*: .{1,200}|tags? terkait|lihat \S.{1,30} selengkapnya|(?:kompas\.com|kompas) play",
    r"(?:komentar|comments?)\s*:?\s*\(?\d*\)?|komentar terbanyak|kolom komentar\b.{0,40}|berkomentarlah\b.*",
    r"\d+ ?% ?(?:suka|lucu|kaget|sedih|marah)|lihat selengkapnya|rekomendasi|topik populer|live streaming",
    r"tulis komentar(?:mu)? dengan\b.*|komentar di artikel lainnya|laporkan komentar",
    r"pilihan untukmu|rekomendasi untuk anda|mungkin anda melewatkan ini|now trending|jelajahi|\+ indeks",
    r"(?:berita )?(?:terpopuler|populer|terkomentari|most popular|most read|trending)(?: now)?",
    r"ikuti kuis dan raih\b.*|yuk komentar dan raih\b.*|next page|pages?:",
    r".*#jernihberkomentar\b.*|dapatkan (?:smartphone|e-?voucher)\b.*|ada voucher\b.*",
    r"(?:games permainan|teka ?-? ?teki santuy|tts ?[-:]).*",
    r"copyright ?(?:©|\(c\))? ?\d{4}.*|copyright ?©.*|© ?\d{4}.*|all rights reserved\b.*",
    r"bagikan artikel ini melalui\b.*|penghargaan dan sertifikat\b.*|verifikasi akun kg media id",
    r"related (?:articles?|stories|topics|posts|links)|more (?:on this story|from .{2,40}|stories)",
    r"(?:read|see) more|(?:you may|you might) also like|recommended(?: for you| stories)?",
    r"(?:leave|post) a (?:comment|reply)|\d+ comments?|share this(?: article| story)?:?|about the author",
    r"(?:sign up|subscribe)\b.{0,60}newsletters?\b.{0,60}|\([a-z]{2,5}(?:/[a-z]{2,5}){1,3}\)",
)

# Such a line is dropped wherever it stands.
DROP = _any_of(
    r"\W*|baca berita tanpa iklan\b.{0,60}|gabung kompas\.com\+?|langganan kompas\.id|baca harian kompas",
    r"lihat (?:foto|semua)|perbesar|oke|ok|close ads?(?: x)?|hide(?: ads)?|salin artikel|salin tautan",
    r"tutup|batal|kirim|cetak|print|login|masuk|daftar|register(?: \| login)?|home|beranda|koin",
    r"bagikan:?|share:?|shares?|tweet|komentar:?|comments?:?|\d+ komentar|dibaca [\d.,]+ kali",
    r"kompas\.com|facebook|twitter|x|whatsapp|line|telegram|pinterest|linkedin|e-?mail|copy link",
    r"(?:facebook |twitter |x |whatsapp |line |telegram ){2,}copy link|url telah tercopy",
    r"mode gelap|mode terang|otomatis|atur minat|berikan masukanmu|topik untukmu:?|konten yang \w+",
    r"#[^\s#]+(?: ?#[^\s#]+)+|cari soal sekolah lainnya|mohon tunggu\W*|selanjutnya|sebelumnya",
    r"daftar(?:kan)? (?:di sini|email)(?: kirim artikel)?|kirim artikel|laporkan (?:konten|akun)",
    r"anda bisa menjadi kolumnis ?!?|kriteria \(salah satu\):.*",
    r"kompasiana adalah platform blog\b.*|login untuk memaksimalkan\b.*|dengan login, kamu\b.*",
    r"\[gamb(?:as|ar)\s*:.{1,60}\]",
    r"(?:simak|saksikan|lihat|tonton)(?: juga)? video\w*(?: (?:ini|berikut|di bawah ini))?\b.{0,120}",
    r"\((?:[a-z]{2,5}|\*)(?:/[a-z]{2,5}){0,3}\)|\[[a-z]{2,4}\]|\(\*+\)",
    r"(?:view this post on|lihat postingan ini di) instagram",
    r"(?:a post shared by|sebuah kiriman dibagikan oleh) .*",
    r"(?:penulis naskah|narator|editor video|video editor|produser|musik|kreatif|videografer)\s*: .{2,80}",
    r"dilarang keras mengambil konten\b.*|.{0,200}\bkmp\.im/(?:plus|app)\d.*",
    r"download aplikasi kompas\.com\b.*",
    r"\W*(?:ikuti|follow|cek|simak|gabung|baca)\b.{0,120}"
    r"\b(?:whatsapp channel|channel whatsapp|google news)\b.*",
    r".*\bads\d*\.kompasads\.com.*|skip to (?:main )?content|accept(?: all)?(?: cookies)?|we use cookies\b.*",
    r"follow us on\b.{0,60}|(?:halaman )?\d{1,2} dari \d{1,2}(?: halaman)?|lanjutkan membaca",
)

# --- the line under the title ---

_DAY = (
    r"(?:\d{1,2}[ ./-](?:\d{1,2}|[a-z]{3,9})\.?,?[ ./-]\d{4}|[a-z]{3,9}\.? \d{1,2},? \d{4}|\d{4}-\d\d-\d\d)"
)
_TIME = (
    r"(?:[T ,|@–-]{0,4}(?:pukul |jam |at )?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]m\b)?"
    r"(?: ?(?:wib|wita|wit|gmt|utc|z))?)"
)
_BEFORE = r"(?P<before>[^\d!?“”\"]{0,60}?)"
_AFTER = r"(?:\W{0,3}(?:diperbarui|updated|last updated)\W{1,3}(?P<changed>.{8,40}?))?(?: \d{1,7})?"
DATE_LINE = re.compile(f"{_BEFORE}{_DAY}{_TIME}{_AFTER}", re.IGNORECASE)
DAY_LINE = re.compile(f"{_BEFORE}{_DAY}", re.IGNORECASE)
PUBLISHER = re.compile(r"(?:www\.)?([a-z][\w-]*\.(?:com|co\.id|co|id|net|tv|org))\s*[-,–|]", re.IGNORECASE)
CHANGED = re.compile(r"diperbarui|updated|modified", re.IGNORECASE)

# --- names ---

ROLES = {
    **dict.fromkeys(("penulis", "reporter", "kontributor", "pewarta", "author", "writer"), "author"),
    "editor": "editor",
    "tim redaksi": "team",
}
LABELLED_NAMES = re.compile(
    r"(?:penulis|reporter|pewarta|writer|rep\s*:)\s*:?\s+(?P<author>[^|/:]{2,120}?)"
    r"(?:\s*[|/]\s*(?:editor|red)\s*:?\s+(?P<editor>[^|/:]{2,80}))?"
    r"|(?:editor|red\s*:)\s*:?\s+(?P<only_editor>[^|/:]{2,80})"
    r"|(?:ditulis )?oleh\s*:\s*(?P<by>[^|:]{2,120})|(?:written )?by:?\s+(?P<english>[^|:]{2,80})"
    r"|(?P<first>[^|:-]{2,60}?) - (?:detik\w+|cnn indonesia|okezone|viva(?:\.co\.id)?|wolipop|haibunda)",
    re.IGNORECASE,
)
LONGEST_NAME_CHARS = 60
MOST_NAME_WORDS = 7
# Where a report was taken from: above the text, or right after it.
SOURCE = re.compile(r"(?i:sumber) ?:? (?!Daya\b|Air\b)[A-Z].{1,60}(?<![.!?])")

# --- marks beside the title ---

LABELS = _any_of(
    r"advertorial|brandz ?view|konten ini merupakan kerja ?sama\b.*|hoaks!?|klarifikasi!?|opini|kolom",
    r"berdasarkan verifikasi kompas\.com sejauh ini\b.*",
)
HOMES = frozenset({"home", "beranda", "kompas.com", "detikcom", "detiknews"})
IS_COLUMN = re.compile(r"anda bisa menjadi kolumnis\b.*", re.IGNORECASE)

# --- in the text ---

RELATED = re.compile(
    r"(?:(?:baca|simak|lihat)\s*(?:juga|pula)|baca(?: (?:berita )?selengkapnya)?|(?:read|see) also|also read)"
    r"\s*[:：]\s*(?P<title>.{0,250})|(?:baca|lihat) juga",
    re.IGNORECASE,
)
# The end that a site puts on text copied from it.
COPY_SUFFIX = re.compile(
    r"artikel ini telah tayang di .{3,60} dengan judul [\"“](?P<title>.{3,300}?)[\"”]\W{0,3}"
    r"klik untuk baca:?\s*(?P<url>https?://[^\s<>\"]{4,500}).*"
    r"|(?:sumber|source) ?:? (?P<source>https?://[^\s<>\"]{4,500})(?:\s+membership\b.*)?",
    re.IGNORECASE,
)
# The first words of a news text: a place, a publisher or both, and a dash.
DATELINE = re.compile(
    r"(?:[A-Z][\w .'’/()-]{1,60}?,\s*)?"
    r"(?:[\w-]{2,30}[.,](?i:com|co\.id|co|id|net|tv)(?:,\s*[A-Z][\w ]{1,40}?)?|[A-Z]\w*Otomotif|CNN Indonesia"
    r"|VIVA(?:news)?|[A-Z][\w ]{1,40} \(ANTARA\))\s*[-–—]{1,2}\s*\S.*"
    r"|[A-Z][a-zA-Z]+(?: [A-Z][a-zA-Z]+){0,2}(?:, [A-Z][a-zA-Z]+)? [-–—]{1,2} [A-Z\"“].{60,}",
    re.DOTALL,
)
_AGENCIES = (
    r"shutterstock|thinkstock(?:photos)?|freepik|unsplash|pixabay|pexels|istimewa|getty images|antara foto"
)
# A picture's caption, with its credit before it or run together after it.
CAPTION = re.compile(
    rf"\W*(?:foto|photo) ?: ?\S.*|\W{{0,3}}dok(?:umentasi)?\. ?\S.*|\W{{0,3}}(?:{_AGENCIES})\b.{{1,250}}"
    r"|\(?(?:kompas\.com|kompas\.id|kompas|afp|ap photo|reuters|antara|tribun[\w. ]{0,20}|epa)/ ?\S.*"
    r"|\S{3,30}\.(?:com|org|net|id)(?-i:[A-Z]).*"
    r"|.{12,}[^\s(]\((?!\d)[^()=\"_]{2,60}[/. @][^()=\"_]{0,40}(?<!\.)\)"
    rf"|.{{10,250}}\((?:{_AGENCIES}|kompas\.com|afp|reuters|antara|dok\.)(?:[/ ][^()]{{1,50}})?\)\.?",
    re.IGNORECASE,
)
CAPTION_FOLLOWS = re.compile(r"lihat foto|perbesar", re.IGNORECASE)
POST = re.compile(
    r"@[\w.]{2,30} .{3,}(?:♬|#\w+ #).*|.{10,}(?:pic\.twitter\.com/\w+\s*)?— .{2,60}\(@\w{1,20}\).{0,40}"
)
