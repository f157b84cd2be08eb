"""Names under which others get names of their own: second levels of registries, and shared hosting.

Data: Indonesia's registry complete, others' usual. Of shared hosting the hosts of the public list of suffixes
that people write on; a house whose subdomains share cookies of its own name, as Medium's do, is not there.
"""

_BY_COUNTRY = {
    "id": "ac biz co desa go mil my net or ponpes sch web",
    "au": "asn com edu gov id net org",
    "bd": "ac com edu gov net org",
    "bn": "com edu gov net org",
    "br": "com edu gov jor net org",
    "cn": "ac com edu gov net org",
    "eg": "com edu gov net org",
    "hk": "com edu gov idv net org",
    "il": "ac co gov net org",
    "in": "ac co edu firm gen gov ind net nic org res",
    "jp": "ac ad co ed go gr lg ne or",
    "ke": "ac co go ne or sc",
    "kh": "com edu gov net org",
    "kr": "ac co go ne or pe re",
    "mm": "com edu gov net org",
    "mx": "com edu gob net org",
    "my": "com edu gov mil name net org",
    "ng": "com edu gov net org",
    "nz": "ac co geek gen govt iwi maori net org school",
    "pg": "ac com gov net org",
    "ph": "com edu gov net ngo org",
    "pk": "com edu gov net org",
    "sa": "com edu gov net org",
    "sg": "com edu gov net org per",
    "th": "ac co go in mi net or",
    "tl": "com edu gov net org",
    "tr": "bel com edu gen gov k12 net org",
    "tw": "club com edu gov idv net org",
    "uk": "ac co gov ltd me net nhs org plc police sch",
    "ua": "com edu gov in net org",
    "vn": "ac com edu gov info name net org",
    "za": "ac co edu gov net nom org web",
}

SECOND_LEVEL_REGISTRIES = frozenset(
    f"{second}.{country}" for country, seconds in _BY_COUNTRY.items() for second in seconds.split()
)

_BLOGSPOTS = "co.id co.uk com com.au com.br com.tr de fr it jp my nl sg"
_SHARED = (
    "altervista.org azurewebsites.net firebaseapp.com fly.dev github.io gitlab.io herokuapp.com myshopify.com"
    " netlify.app onrender.com pages.dev vercel.app web.app wixsite.com workers.dev"
    # Shared as well, though the list of 2023 has them not.
    " neocities.org weebly.com wordpress.com"
)
SHARED_HOSTS = frozenset({f"blogspot.{country}" for country in _BLOGSPOTS.split()} | {*_SHARED.split()})
