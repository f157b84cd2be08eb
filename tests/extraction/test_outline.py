"""A page as numbered blocks: every text once, nothing of the markup, marked by what the rule does."""

import pytest

from reader.extraction.outline import MAX_BLOCKS, Block, count_found, outline_page, point_at
from reader.sites import SiteRule
from reader.values import Page

TEXT = "Warga menanam seratus pohon di tepi sungai sejak pagi."
RULE = SiteRule(name="x", title=("//h1",), body=("//main",), strip=("//aside",), strip_id_or_class=("iklan",))


def blocks_of(html: str, rule: SiteRule = RULE, text: str = "") -> list[Block]:
    return list(outline_page(make_page(html), rule, text).blocks)


def make_page(html: str) -> Page:
    return Page(url="https://a.example/", final_url="https://a.example/", body=html.encode())


def test_every_text_stands_in_one_block_and_boxes_around_one_are_left_out() -> None:
    inner = f"<h1>Judul <b>tebal</b></h1><p>{TEXT} <a href='/'>tautan</a>!</p>"
    html = f"<html><body><div><div><div class='x'>{inner}</div></div></div></body></html>"

    told = [(block.name, block.text) for block in blocks_of(html)]

    assert told == [("h1", "Judul tebal"), ("p", f"{TEXT} tautan!")]


def test_small_parts_with_a_name_are_blocks_of_their_own() -> None:
    blocks = blocks_of("<html><body><p>Oleh <span class='nama-penulis'>Sari</span>, Malang</p></body></html>")

    assert [(block.name, block.text) for block in blocks] == [
        ("p", "Oleh , Malang"),
        ("span.nama-penulis", "Sari"),
    ]


def test_blocks_tell_what_the_rule_does_with_them() -> None:
    html = (
        f"<html><body><h1>Judul</h1><main><p>{TEXT}</p><aside>Promo hari ini</aside><p>Baca juga: Harga</p>"
        f"<div class='iklan'><p>Beli satu</p></div></main>"
        f"<footer>Tentang kami dan situs ini</footer></body></html>"
    )

    fates = {block.text: (block.role, block.fate) for block in blocks_of(html, text=f"Judul\n\n{TEXT}")}

    assert fates["Judul"] == ("title", "outside")
    assert fates[TEXT] == ("", "kept")
    assert fates["Promo hari ini"] == ("strip", "removed")
    assert fates["Baca juga: Harga"] == ("", "removed")
    assert fates["Beli satu"][1] == "removed"
    assert fates["Tentang kami dan situs ini"] == ("", "outside")


def test_a_number_leads_back_to_its_block() -> None:
    page = make_page(
        f"<html><body><h1 class='judul-berita'>Judul</h1><main id='isi'><p>{TEXT}</p></main></body></html>"
    )
    block = next(each for each in outline_page(page, RULE, "").blocks if each.text == "Judul")

    candidates = point_at(page, block.number, "title")

    assert "judul-berita" in candidates[0].xpath
    assert count_found(page, tuple(each.xpath for each in candidates))[0] == 1
    assert point_at(page, 10_000, "title") == ()


@pytest.mark.parametrize(
    "inner", ["<script>x</script>", "<style>x</style>", "<svg><text>x</text></svg>", "<br>"]
)
def test_what_nobody_reads_is_no_block(inner: str) -> None:
    assert [block.text for block in blocks_of(f"<html><body><p>a</p>{inner}</body></html>")] == ["a"]


def test_a_page_of_very_many_blocks_is_cut() -> None:
    rows = "".join(f"<p>{number}</p>" for number in range(450))
    page = make_page(f"<html><body>{''.join(f'<div>{rows}</div>' for _ in range(4))}</body></html>")

    outline = outline_page(page, RULE, "")

    assert (len(outline.blocks), outline.is_cut) == (MAX_BLOCKS, True)
