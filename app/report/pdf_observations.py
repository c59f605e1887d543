"""Observations: number and severity in the side column, words, voices, facts and the acute notice in the main one."""

from app.report.document import Look, ObservationItem, Observations, Run, Text, Voice, plain
from app.report.pdf_blocks import Block, Decorated, Framed, Labels, SidedStack, TextBlock, Typesetter
from app.report.pdf_canvas import Canvas
from app.report.style import BODY, MAIN_LEFT_MM, MAIN_MM, META, MM, SIDE, SIDE_MM, VOICE, Type
from app.report.tagging import Element

_LEFT, _WIDTH = MAIN_LEFT_MM * MM, MAIN_MM * MM
_MARK_AT = 9.2 * MM
_VOICE_INDENT = 5.5 * MM
_BAR = 1.4 * MM
_PADDING = 3.2 * MM
_WHOLE = 60 * MM
"""An observation lower than this is kept on one page."""
_AFTER = 10.0


def observation_blocks(setter: Typesetter, observations: Observations, parent: Element) -> list[Block]:
    """An L with a block per observation."""
    whole = parent.add("L", numbering="Decimal")
    return [_item(setter, item, whole.add("LI", record=item.record)) for item in observations.items]


def _item(setter: Typesetter, item: ObservationItem, element: Element) -> Block:
    label = element.add("Lbl")
    number = setter.text((Run(f"{item.number} ", Look.STRONG),), SIDE, SIDE_MM * MM, label)
    mark_at = max(_MARK_AT, number.setting.natural_width + 2.5 * MM)
    mark = setter.text(item.mark, SIDE, SIDE_MM * MM - mark_at, label)
    side = Labels([(0, number), (mark_at, mark)])
    body = element.add("LBody")
    rows: list[Block] = [setter.text(item.text, BODY, _WIDTH, body.add("P"), _LEFT).spaced(after=1, keep=True)]
    rows += [voice_block(setter, voice, body, _LEFT, _WIDTH) for voice in item.voices]
    rows += [_line(setter, text, META.but(colour="ink"), body) for text in item.details]
    if item.meta:
        rows.append(_line(setter, item.meta, META, body))
    if item.notice:
        rows.append(_notice(setter, item.notice, body))
    rows += [_line(setter, text, META.but(colour="ink"), body) for text in item.notes]
    block = SidedStack(rows, side, anchors=[item.record])
    block.whole = block.height() <= _WHOLE
    return block.spaced(after=_AFTER)


def _line(setter: Typesetter, text: Text, type: Type, body: Element) -> TextBlock:
    return setter.text(text, type, _WIDTH, body.add("P"), _LEFT).spaced(0, 1)


def voice_block(setter: Typesetter, voice: Voice, parent: Element, left: float, width: float) -> Block:
    """Someone's words, `left` points in and `width` wide, with the lamp's bar before them."""

    def bar(canvas: Canvas, x: float, top: float, height: float) -> None:
        canvas.rectangle((x + left, top - height + 1, x + left + _BAR, top - 1), fill="lamp")

    quote = parent.add("BlockQuote").add("P")
    signed = (Run(f" {voice.signed}", Look.SECONDARY),) if voice.signed else ()
    words = (*plain(voice.text), *signed)
    text = setter.text(words, VOICE, width - _VOICE_INDENT, quote, left + _VOICE_INDENT).spaced(2, 2)
    return Decorated(text, bar)


def _notice(setter: Typesetter, text: Text, body: Element) -> Block:
    inner = setter.text(text, BODY, _WIDTH - 2 * _PADDING, body.add("P"))
    return Framed(inner, _LEFT, _WIDTH, _PADDING).spaced(4, 3)
