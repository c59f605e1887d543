"""How wide a word will be, without the fonts: advance widths of Source Sans 3 SemiBold in thousandths of the type size.

Regular is a little narrower, so a word fits in either. What is not in the table (other alphabets, emoji) is taken for a
whole em, which is more than it will be.
"""

_GROUPS = {
    200: " \u00a0",
    282: "Iijl',.:;|\u2019\u00b7",
    324: "()[]{}!-\u2011",
    373: "frt/\\",
    450: "?sz*",
    495: '"cvx\u201d\u201cy–',
    520: "#$+<=>^_~0123456789JLYaäåág±F",
    560: "`STVXEZehknouöéAÄ",
    576: "CbdpqÅü",
    600: "BKPR",
    675: "DGHNOQUÖ&",
    760: "Mw©",
    880: "W%@mÆæ",
}
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}
_OTHER = 1000


def width_of(text: str, size: float) -> float:
    """The width of one line, in the unit of `size`; never less than it will be printed."""
    return sum(_WIDTHS.get(letter, _OTHER) for letter in text) * size / 1000
