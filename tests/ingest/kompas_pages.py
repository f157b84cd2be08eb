"""An invented article of four pages in the dress of Kompas."""

URL = "https://www.kompas.com/tren/read/2024/05/06/070800065/warga-menanam-pohon"
TEXTS = {
    1: "Warga kampung menanam bibit trembesi di tepi sungai sejak pagi buta bersama tetangga.",
    2: "Menjelang siang, anak-anak sekolah ikut membawa air dari sumur di belakang balai desa.",
    3: "Ketua kelompok tani berjanji merawat pohon itu selama lima tahun penuh tanpa upah.",
    4: "Sore harinya hujan turun deras dan semua orang pulang dengan baju yang basah kuyup.",
}


def paragraphs_of(number: int) -> list[str]:
    return [f"{TEXTS[number]} Alinea {line} halaman {number}." for line in range(6)]


def make_kompas_page(*numbers: int, of: int = 4, has_paging: bool = True) -> str:
    """A page in the dress of Kompas that holds the text of these pages."""
    text = "".join(f"<p>{line}</p>" for number in numbers for line in paragraphs_of(number))
    links = "".join(
        f"<div class='paging__item'><a class='paging__link' href='{URL}?page={number}'>{number}</a></div>"
        for number in range(1, of + 1)
    )
    links += f"<a class='paging__link paging__link--show' href='{URL}?page=all#page2'>Show All</a>"
    paging = f"<div class='read__paging'><div class='paging paging--article'>{links}</div></div>"
    return (
        "<html><head><meta property='og:title' content='Warga Menanam Pohon'></head><body>"
        f"<h1 class='read__title'>Warga Menanam Pohon</h1><div class='read__content'>{text}</div>"
        f"{paging if has_paging else ''}</body></html>"
    )


def text_of_pages(*numbers: int) -> str:
    return "\n\n".join(line for number in numbers for line in paragraphs_of(number))
