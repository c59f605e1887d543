"""The copies that are shown: how large, which way up, in which colours, and that nothing else comes along."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat

from app.photos.heic import open_heic
from app.photos.intake import Format
from app.photos.reasons import Reason
from app.photos.scale import Copies, make_copies, step_for

PHOTOS = Path(__file__).resolve().parents[1] / "data" / "photos"


def _bytes(picture: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def _scene(width: int, height: int) -> Image.Image:
    """A red, a green, a blue and a yellow quarter on a slope of light, so that every corner is its own."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for x, y, colour in ((0, 0, "red"), (1, 0, "lime"), (0, 1, "blue"), (1, 1, "yellow")):
        left, top = x * width * 3 // 4, y * height * 3 // 4
        draw.rectangle((left, top, left + width // 4, top + height // 4), fill=colour)
    return picture


def _shown(copies: Copies) -> Image.Image:
    assert copies.report is not None
    return Image.open(BytesIO(copies.report))


def _thumb(copies: Copies) -> Image.Image:
    assert copies.thumb is not None
    return Image.open(BytesIO(copies.thumb))


def _apart(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures, in shades of 256."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


@pytest.mark.parametrize(
    ("size", "report", "thumb"),
    [
        ((4032, 3024), (2016, 1512), (504, 378)),
        ((4033, 3024), (1009, 756), (337, 252)),
        ((2016, 1512), (2016, 1512), (504, 378)),
        ((2017, 10), (1009, 5), (337, 2)),
        ((504, 378), (504, 378), (504, 378)),
        ((505, 300), (505, 300), (253, 150)),
        ((9000, 1800), (1125, 225), (375, 75)),
        ((1800, 9000), (225, 1125), (75, 375)),
        ((9000, 3), (1125, 1), (375, 1)),
        ((1, 1), (1, 1), (1, 1)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_copies_are_the_largest_power_of_two_that_fits(
    kind: str, size: tuple[int, int], report: tuple[int, int], thumb: tuple[int, int]
) -> None:
    copies = make_copies(_bytes(Image.new("RGB", size, "teal"), kind))
    assert (copies.width, copies.height) == size
    assert (_shown(copies).size, _thumb(copies).size) == (report, thumb)


def test_what_an_eighth_does_not_bring_down_is_resampled() -> None:
    copies = make_copies(_bytes(Image.new("RGB", (16_200, 900), "teal")))
    assert _shown(copies).size == (2016, 112)
    assert [step_for(side) for side in (2016, 2017, 4032, 8064, 16_128, 16_129)] == [1, 2, 2, 4, 8, 8]


@pytest.mark.parametrize("turn", range(1, 9))
def test_all_eight_orientations_look_the_same(turn: int) -> None:
    upright = _shown(make_copies(PHOTOS / "orientation_1.jpg"))
    copies = make_copies(PHOTOS / f"orientation_{turn}.jpg")
    assert (copies.width, copies.height) == (960, 720) == upright.size
    assert _apart(_shown(copies), upright) < 1.5
    assert _apart(_thumb(copies), _thumb(make_copies(PHOTOS / "orientation_1.jpg"))) < 1.5
    assert _apart(_shown(copies), upright.transpose(Image.Transpose.ROTATE_180)) > 10


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_other_formats_are_turned_too(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    upright = _scene(900, 600)
    stored = upright.transpose(Image.Transpose.ROTATE_90)
    copies = make_copies(_bytes(stored, kind, exif=exif))
    assert (copies.format, copies.width, copies.height) == (kind, 900, 600)
    assert _apart(_shown(copies), upright) < 6


def test_a_heic_is_turned_once() -> None:
    copies = make_copies(PHOTOS / "IMG_2291.HEIC")
    assert (copies.format, copies.width, copies.height) == (Format.HEIC, 3024, 4032)
    assert _shown(copies).size == (1512, 2016)


@pytest.mark.parametrize("name", ["motion.jpg", "HNI_0012.MPO"])
def test_of_several_pictures_the_first_is_shown_and_no_other_comes_along(name: str) -> None:
    data = (PHOTOS / name).read_bytes()
    copies = make_copies(data)
    assert copies.format is Format.MPO
    assert copies.report is not None
    assert copies.report.count(b"\xff\xd8\xff") == 1
    with Image.open(BytesIO(data)) as whole:
        assert _apart(_shown(copies), whole.convert("RGB")) < 3
        whole.seek(1)
        assert _apart(_shown(copies), whole.convert("RGB").resize(_shown(copies).size)) > 4


def _segments(jpeg: bytes) -> list[int]:
    """The markers of a JPEG up to its pixels (ITU-T T.81, annex B)."""
    markers, at = [], 2
    while jpeg[at + 1] != 0xDA:
        markers.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return markers


@pytest.mark.parametrize(
    "name", ["IMG_0412.jpg", "motion.jpg", "tunnel.webp", "tunnel.avif", "IMG_0308.heic", "IMG_1204.JPG"]
)
def test_copies_carry_no_metadata(name: str) -> None:
    copies = make_copies(PHOTOS / name)
    for jpeg in (copies.report, copies.thumb):
        assert jpeg is not None
        assert set(_segments(jpeg)) <= {0xE0, 0xDB, 0xC0, 0xC4}


def test_a_comment_in_the_original_stays_there() -> None:
    data = _bytes(_scene(600, 400), comment=b"Anna, 070-123 45 67")
    assert b"070-123" in data
    copies = make_copies(data)
    assert b"070-123" not in (copies.report or b"") + (copies.thumb or b"")


def test_the_same_bytes_give_the_same_copies() -> None:
    for name in ("IMG_0412.jpg", "IMG_E2044.jpg", "tunnel.webp"):
        assert make_copies(PHOTOS / name) == make_copies((PHOTOS / name).read_bytes())


def test_what_is_transparent_is_shown_on_white() -> None:
    picture = Image.new("RGBA", (300, 200), (255, 0, 0, 0))
    picture.paste((0, 0, 255, 255), (0, 0, 150, 200))
    for stored in (picture, picture.convert("P"), picture.convert("LA")):
        shown = _shown(make_copies(_bytes(stored, "PNG")))
        left, right = shown.getpixel((50, 100)), shown.getpixel((250, 100))
        assert shown.mode == "RGB"
        assert min(right) > 250 > max(left[:1])  # type: ignore[arg-type, index]


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "I;16", "1"])
def test_other_kinds_of_pixels_look_as_they_should(mode: str) -> None:
    grey = _scene(600, 400).convert("L")
    if mode == "I;16":
        stored = Image.new("I;16", grey.size)
        stored.putdata([value * 257 for value in grey.get_flattened_data()])
    else:
        stored = grey.convert("RGB").convert(mode) if mode == "CMYK" else grey.convert(mode)
    shown = _shown(make_copies(_bytes(stored, "JPEG" if mode == "CMYK" else "PNG")))
    assert shown.mode == "RGB"
    assert _apart(shown.resize((60, 40), Image.Resampling.BOX), grey.resize((60, 40), Image.Resampling.BOX)) < 12


def _display_p3() -> bytes:
    with Image.open(PHOTOS / "tunnel.webp") as any_picture:
        assert "icc_profile" not in any_picture.info
    from_phone = open_heic((PHOTOS / "IMG_2291.HEIC").read_bytes()).decode()
    profile: bytes = from_phone.info["icc_profile"]
    assert "P3" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile)))
    return profile


def test_wide_colours_are_brought_to_srgb() -> None:
    green = Image.new("RGB", (400, 300), (100, 200, 100))
    shown = _shown(make_copies(_bytes(green, quality=95, icc_profile=_display_p3())))
    red, strong, _ = shown.getpixel((200, 150))  # type: ignore[misc]
    assert red < 85  # P3's green lies outside sRGB's: the same numbers in sRGB mean a paler green
    assert strong > 198


@pytest.mark.parametrize("profile", [b"", b"no profile", bytes(200)])
def test_a_broken_colour_profile_is_disregarded(profile: bytes) -> None:
    green = Image.new("RGB", (400, 300), (100, 200, 100))
    shown = _shown(make_copies(_bytes(green, quality=95, icc_profile=profile)))
    assert _apart(shown, green) < 3


def test_a_panorama_is_shown_whole() -> None:
    scene = _scene(9000, 1800)
    shown = _shown(make_copies(_bytes(scene, quality=90)))
    assert _apart(shown, scene.resize(shown.size, Image.Resampling.BOX)) < 4


def test_what_there_is_of_a_cut_file_is_shown_and_marked() -> None:
    whole = _bytes(_scene(3000, 2000), quality=90)
    copies = make_copies(whole[: len(whole) // 2])
    assert (copies.damaged, copies.reason, copies.width, copies.height) == (True, Reason.DAMAGED, 3000, 2000)
    width, height = _shown(copies).size
    top = (0, 0, width, height // 4)
    assert _apart(_shown(copies).crop(top), _shown(make_copies(whole)).crop(top)) < 2


def test_a_cut_png_is_shown_as_far_as_it_goes() -> None:
    noise = Image.effect_noise((800, 600), 60).convert("RGB")
    whole = _bytes(noise, "PNG")
    copies = make_copies(whole[: len(whole) * 2 // 3])
    assert (copies.damaged, copies.reason) == (True, Reason.DAMAGED)
    assert _apart(_shown(copies).crop((0, 0, 800, 300)), noise.crop((0, 0, 800, 300))) < 25


@pytest.mark.parametrize("name", ["tunnel.webp", "tunnel.avif", "IMG_E2044.jpg"])
def test_a_cut_file_of_which_nothing_can_be_shown_is_named_broken(name: str) -> None:
    data = (PHOTOS / name).read_bytes()
    copies = make_copies(data[: len(data) // 2])
    assert copies.report is None or copies.damaged
    assert copies.reason in (Reason.BROKEN, Reason.DAMAGED)


@pytest.mark.parametrize("name", ["bomb.png", "lying_sof.jpg"])
def test_a_bomb_is_refused_by_its_header(name: str) -> None:
    assert make_copies(PHOTOS / name).reason is Reason.TOO_LARGE


def test_between_the_limit_and_twice_the_limit_is_refused_too() -> None:
    data = bytearray(_bytes(Image.new("RGB", (64, 64))))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = (15_000).to_bytes(2, "big") * 2
    assert make_copies(bytes(data)).reason is Reason.TOO_LARGE


def test_every_cut_and_every_flip_ends_in_a_reason_or_a_picture() -> None:
    entries = {each["file"]: each for each in json.loads((PHOTOS / "manifest.json").read_text("utf-8"))["files"]}
    for name in ("orientation_6.jpg", "tunnel.webp", "tunnel.avif", "20240901_135035.heic"):
        data = (PHOTOS / name).read_bytes()
        assert make_copies(data).format == entries[name]["format"]
        for part in range(1, 20):
            cut = make_copies(data[: len(data) * part // 20])
            assert (cut.report is None) == (cut.thumb is None)
            assert cut.report is not None or cut.reason is not None
            flipped = bytearray(data)
            flipped[len(data) * part // 20] ^= 0x55
            copies = make_copies(bytes(flipped))
            assert copies.report is not None or copies.reason is not None
