"""Pictures become figures with caption and credit; the first one above the text leads."""

import pytest
from lxml import html

from reader.extraction.pictures import find_lead_image, make_figures
from reader.sites import SiteRule, find_rule
from reader.values import LeadImage

BASE = "https://kabar.example/berita"
PHOTO = "https://gambar.example/photo/5f8aa1b2c3d4e.jpg"
NO_RULE = SiteRule(name="")


def kompas() -> SiteRule:
    rule = find_rule("www.kompas.com")
    assert rule is not None
    return rule


def figures(markup: str, rule: SiteRule = NO_RULE, lead: LeadImage | None = None) -> str:
    content = html.fragment_fromstring(markup, create_parent="div")
    make_figures(content, rule, "id", lead)
    return "".join(html.tostring(each, encoding="unicode") for each in content)


def figure(caption: str, credit: str = "") -> str:
    small = f' <small class="credit">{credit}</small>' if credit else ""
    return f'<figure><figcaption><a href="{PHOTO}">{caption}</a>{small}</figcaption></figure>'


def block(caption: str, credit: str) -> str:
    return f'<div class="photo"><img src="{PHOTO}"><span class="pb_10 author">{credit}</span>{caption}</div>'


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param(block("Dermaga lama.", "KOMPAS.com/SARI"), figure("Dermaga lama.", "KOMPAS.com/SARI"), id="both"),  # noqa: E501
        pytest.param(block("Dermaga lama.", "(Dok. Desa)"), figure("Dermaga lama.", "Dok. Desa"), id="a credit in brackets"),  # noqa: E501
        pytest.param(block("Dermaga lama.", "Foto: Sari"), figure("Dermaga lama.", "Sari"), id="a credit that says so"),  # noqa: E501
        pytest.param(block("Dermaga lama (Dok. Desa)", ""), figure("Dermaga lama", "Dok. Desa"), id="a credit in the caption"),  # noqa: E501
        pytest.param(block("Dermaga lama (1912)", ""), figure("Dermaga lama (1912)"), id="brackets without a credit"),  # noqa: E501
        pytest.param(block("", ""), figure("Foto"), id="neither"),
        pytest.param(block("Dermaga lama.", "SARI").replace(PHOTO, ""), "", id="no picture"),
    ],
)  # fmt: skip
def test_a_picture_of_kompas_becomes_a_figure(markup: str, expected: str) -> None:
    assert figures(markup, kompas()) == expected


def test_a_picture_without_a_rule_takes_its_alternative_text() -> None:
    assert figures(f'<p><img src="{PHOTO}" alt="Dermaga"></p>') == f"<p>{figure('Dermaga')}</p>"


def test_the_lead_photograph_in_another_size_does_not_stand_in_the_text_again() -> None:
    lead = LeadImage(url="https://gambar.example/kebun-bersama-1200x630.jpg")
    smaller = '<p><img src="https://gambar.example/kebun-bersama-1024x683.jpg"></p>'

    assert figures(smaller, lead=lead) == "<p></p>"


def test_the_lead_photograph_and_icons_do_not_stand_in_the_text_again() -> None:
    lead = LeadImage(url=PHOTO.replace("photo", "crops/lain"))

    assert figures(f'<p>Satu<img src="{PHOTO}"><img src="/i.png" width="16"></p>', lead=lead) == "<p>Satu</p>"


@pytest.mark.parametrize(
    ("markup", "lead"),
    [
        pytest.param(block("Dermaga lama.", "Dok. Desa"), LeadImage(url=PHOTO, caption="Dermaga lama.", credit="Dok. Desa"), id="2019-2021"),  # noqa: E501
        pytest.param(f'<div class="cover-photo"><div class="photo__wrap"><img src="{PHOTO}"></div><div class="photo__caption">Dermaga lama.<span class="photo__author author">(Dok. Desa)</span></div></div>', LeadImage(url=PHOTO, caption="Dermaga lama.", credit="Dok. Desa"), id="since 2022"),  # noqa: E501
        pytest.param(f'<div class="photo"><img class="lozad" data-src="{PHOTO}" alt="Dermaga"></div>', LeadImage(url=PHOTO, caption="Dermaga"), id="lazy"),  # noqa: E501
        pytest.param(f'<div class="read__content">{block("Dermaga lama.", "")}</div>', None, id="in the text only"),  # noqa: E501
    ],
)  # fmt: skip
def test_the_lead_photograph_stands_above_the_text(markup: str, lead: LeadImage | None) -> None:
    tree = html.document_fromstring(f"<html><body>{markup}</body></html>")

    assert find_lead_image(tree, kompas(), BASE, "") == lead
