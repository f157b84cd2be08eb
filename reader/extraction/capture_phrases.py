"""What stands around an article in the copied text of a whole page: data, by where it stands."""

import re


def _any_of(*expressions: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{expression})" for expression in expressions), re.IGNORECASE)


# From such a line on, nothing belongs to the article any more. Whole lines.
CUT = _any_of(
    r"video (?:rekomendasi|lainnya|pilihan)|terkini lainnya|(?:berita|artikel) (?:terkait|lainnya|terkini)",
    r"halaman (?:selanjutnya|berikutnya)\b.{0,80}|halaman:?|show all",
    r"tags?:?(?: .{0,80})?",
    r"(?:komentar|comments?)\s*:?\s*\(?\d*\)?|kolom komentar\b.{0,40}|berkomentarlah\b.*",
    r"pilihan untukmu|rekomendasi untuk anda|mungkin anda melewatkan ini|now trending|terpopuler|jelajahi",
    r"copyright\b.*|bagikan artikel ini melalui\b.*|laporkan komentar",
)

# Such a line is dropped wherever it stands. Whole lines.
DROP = _any_of(
    r"\W*baca berita tanpa iklan\b.{0,60}|gabung kompas\.com\+?|langganan kompas\.id",
    r"lihat foto|oke|close ads(?: x)?|salin artikel|bagikan:?|share:?|login|masuk|home|kompas\.com|koin",
    r"(?:facebook|twitter|x|whatsapp|line|telegram|copy link)",
    r"(?:mode gelap|mode terang|otomatis|atur minat|berikan masukanmu|topik untukmu:?|konten yang \w+)",
    r"#\S+(?: \S+){0,4}",
    r"anda bisa menjadi kolumnis ?!?|kriteria \(salah satu\):.*|daftar di sini|kirim artikel",
    r"login untuk memaksimalkan\b.*|dengan login, kamu\b.*",
)

# The line under the title: publisher, day, time. The time is what no sentence of an article ends with.
DATE_LINE = re.compile(
    r"(?:[\w.]+\s*[-,–|]\s*)?(?:diperbarui\s+)?(?:\w+,\s*)?\d{1,2}[ /-]\w{1,10}[ /-]\d{4}\s*[,|-]?\s*"
    r"(?:pukul\s+)?\d{1,2}[:.]\d\d(?:\s*(?:WIB|WITA|WIT))?",
    re.IGNORECASE,
)
ROLES = {"penulis": "author", "reporter": "author", "editor": "editor", "tim redaksi": "team"}
LABELLED_NAMES = re.compile(
    r"(?:penulis|reporter)\s*:?\s+(?P<author>[^|]{2,120}?)(?:\s*\|\s*editor\s*:?\s+(?P<editor>.{2,80}))?"
    r"|editor\s*:?\s+(?P<only_editor>.{2,80})",
    re.IGNORECASE,
)
RELATED = re.compile(r"(?:baca|simak|lihat)\s*(?:juga|pula)\s*:\s*(?P<title>.{3,250})", re.IGNORECASE)
LONGEST_NAME_CHARS = 60
# So many lines under the date may be names and their roles.
NAME_LINES = 12
