"""Every text of the pages can be read: WCAG 2.2, success criteria 1.4.3 and 1.4.11, AA."""

import re
from importlib.resources import files

import pytest

_FOLDER = files("aiff_portal.ui.entrypoints") / "static"
_FILE = _FOLDER / "tokens.css"
THEMES = ("light", "dark", "print")
# Which colour is written on which.
TEXTS = [
    *(
        (ink, ground)
        for ink in ("ink", "soft", "accent", "accent-strong")
        for ground in ("paper", "wash", "raised")
    ),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    *((ink, "tint") for ink in ("ink", "soft", "accent")),
    ("accent-strong", "tint"),
    ("ink", "mark"),
    *((f"{tone}", f"{tone}-wash") for tone in ("good", "warn", "bad", "quiet")),
    *(("ink", f"{tone}-wash") for tone in ("good", "warn", "bad")),
    ("accent", "bad-wash"),
    ("bad", "paper"),
]
# What is not text but must be seen: the edges of fields, the ring of the focus.
SIGNS = [("edge", "paper"), ("edge", "raised"), ("accent", "paper"), ("bad", "raised")]


def tokens(theme):
    text = _FILE.read_text(encoding="utf-8")
    light, dark, printed = re.findall(r":root \{(.*?)\}", text, re.DOTALL)
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", light))
    later = {"light": "", "dark": dark, "print": printed}[theme]
    return {**found, **dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", later))}


def luminance(colour):
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_the_largest_contrast_there_is():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_texts_have_a_contrast_of_at_least_four_and_a_half(theme, ink, ground):
    found = tokens(theme)
    assert contrast(found[ink], found[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("sign", "ground"), SIGNS)
def test_signs_have_a_contrast_of_at_least_three(theme, sign, ground):
    found = tokens(theme)
    assert contrast(found[sign], found[ground]) >= 3


def test_every_colour_of_the_style_sheet_is_a_token():
    style = (_FOLDER / "portal.css").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-f]{3,8}\b(?![^{]*\{)", style) == []
    used = set(re.findall(r"var\(--([\w-]+)\)", style))
    assert used <= set(re.findall(r"--([\w-]+):", _FILE.read_text(encoding="utf-8")))
