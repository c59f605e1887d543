"""What a rehearsal leaves in a walk, how it ends, and what is not noted while one practises."""

from app.base.errors import GatljusError
from app.base.words import N_, _, ngettext
from app.commands.rehearsals import KINDS, SAID, Left, left_of_rehearsals, take_away
from app.domain.records import Observation, Track
from app.domain.values import PositionSource
from app.queries.alarm import Alarming, alarming
from ui.bridge.receivers import receiver_of
from ui.bridge.runner import Failure
from ui.widgets.button import Button
from ui.widgets.desk import Desk, Place
from ui.widgets.flow import Flow
from ui.widgets.look import Look, icon_named
from ui.widgets.notice import Notice
from ui.widgets.text import Icon, Label, Surface, column, held, row
from ui.widgets.things import Things
from ui.widgets.walk_round import Round

NO_ALARM = N_("Det här är en övning, så inget om larm noteras.")


def rehearsed(desk: Desk, walk: str) -> Left:
    """What is left in a walk of what this device noted in rehearsals."""
    return desk.shelf.worked_out("rehearsed", walk, SAID, lambda: left_of_rehearsals(desk.session, walk))


def practised_of_protocol(desk: Desk, walk: str) -> list[str]:
    """The ids of what is printed though it was only practised, on whichever device. Tracks are in no protocol."""
    practised = desk.shelf.practised(walk)
    printed = [each.id for cls in KINDS if cls is not Track for each in desk.shelf.all_of(cls, walk)]
    return [*(each for each in printed if each in practised), *sorted(rehearsed(desk, walk).changed)]


def left_words(n: int) -> str:
    """How many things of a rehearsal are in the walk."""
    return ngettext(
        "{n} sak från en övning finns kvar i vandringen", "{n} saker från en övning finns kvar i vandringen", n
    ).format(n=n)


def only_practised(desk: Desk) -> bool:
    """Whether one practises: then it is said that nothing is noted of what was pressed."""
    if desk.guide.practises:
        desk.say(Notice(_(NO_ALARM), icon_named("action", "rehearse")))
    return desk.guide.practises


def is_played(desk: Desk, observation: Observation) -> bool:
    """Whether its position is one that was only played."""
    by_device = observation.position_source == PositionSource.DEVICE
    return by_device and observation.id in desk.shelf.played(observation.scope)


def told_of(desk: Desk, seen: Observation) -> Alarming:
    """What to tell of an observation, to 112 and in a fault report. What was only practised is told as practice, also
    when the rehearsal is over; while one practises this walk all of it is."""
    practised = practises_here(desk, seen.scope) or seen.id in desk.shelf.practised(seen.scope)
    return alarming(desk.session, seen, practised=practised, played=is_played(desk, seen))


def practises_here(desk: Desk, walk: str) -> bool:
    """Whether one practises this walk, or none that is kept."""
    return desk.guide.practises and desk.guide.records in ("", walk)


def stop_here(desk: Desk, walk: str) -> str:
    """The number of the stop of a walk that one is at, as a person has said; "" where there are no stops."""
    things = Things(desk.shelf, walk)
    here = Round.now(desk.session, things).here
    return things.numbers.get(here.id, "") if here is not None else ""


def begun(desk: Desk, walk: str, *, anew: bool) -> Notice:
    """That a rehearsal has begun. `anew`: after another of the same walk, so that one is where one was before both."""
    icon, number = icon_named("action", "rehearse"), stop_here(desk, walk)
    if not anew:
        return Notice(_("Övningen har börjat."), icon)
    if not number:
        return Notice(_("Övningen börjar om."), icon)
    text, brief = _("Övningen börjar om. Ni är vid stopp {n} igen."), _("Åter vid {n}.")
    return Notice(text.format(n=number), icon, brief=brief.format(n=number))


def end_rehearsal(desk: Desk) -> bool:
    """End the rehearsal, of whichever walk, listen to the receiver that is chosen, and offer to take away what it left.
    Returns whether it has ended: else it is told why not."""
    guide, session = desk.guide, desk.session
    was = guide.records
    before = stop_here(desk, was)
    try:
        guide.end()
    except (GatljusError, OSError) as error:
        desk.fail(Failure.of(error))
        return False
    guide.listen(receiver_of(session.settings.receiver, session.clock, guide))
    desk.bell.settle()
    if not was:
        # Its walk has gone meanwhile, and its track with it.
        desk.say(Notice(_("Övningen är slut."), icon_named("action", "stop")))
        return True
    others = len(rehearsed(desk, was)) - 1
    told = ngettext(
        "Övningen är slut. Spåret och {n} sak till som noterades ligger kvar.",
        "Övningen är slut. Spåret och {n} saker till som noterades ligger kvar.",
        others,
    ).format(n=others)
    told = told if others > 0 else _("Övningen är slut. Spåret Övning ligger kvar.")
    if (here := stop_here(desk, was)) != before:
        told = f"{told} {_('Ni är vid stopp {n} igen, som före övningen.').format(n=here)}"
    action = (_("Ta bort allt från övningen"), lambda: take_away_all(desk, was))
    desk.say(Notice(told, icon_named("action", "stop"), action=action))
    return True


def take_away_all(desk: Desk, walk: str) -> None:
    """Take away what rehearsals left in a walk, and put back what was changed."""
    try:
        found = take_away(desk.session, walk)
    except (GatljusError, OSError) as error:
        desk.fail(Failure.of(error))
        return
    if found:
        told = _("Allt från övningen togs bort.")
        desk.say(Notice(told, icon_named("action", "delete"), undo=True))


def away_button(look: Look) -> Button:
    """What takes away all that a rehearsal left."""
    name = _("Ta bort allt som noterades under övningen")
    return Button(look, _("Ta bort allt från övningen"), icon_named("action", "delete"), name=name, least=60)


class RehearsedCard(Surface):
    """That one practises, or that things of a rehearsal are still in the walk, and what takes them away."""

    def __init__(self, desk: Desk, walk: str) -> None:
        super().__init__(desk.look, "warnBg", line="warn", radius=12)
        self._desk, self._walk = desk, walk
        self._words = Label(desk.look, "", "h3")
        there = Button(desk.look, _("Läge och övning"), icon_named("action", "rehearse"), least=60)
        there.clicked.connect(lambda _on: desk.go(Place("position", walk)))
        self._away = away_button(desk.look)
        self._away.clicked.connect(lambda _on: take_away_all(desk, walk))
        told = row(Icon(desk.look, icon_named("state", "warn"), "warn", 32), held(column(self._words)))
        told.setStretch(1, 1)
        ways = Flow(desk.look.gap)
        for each in (self._away, there):
            ways.addWidget(each)
        self.setLayout(column(held(told), held(ways), margin=16, spacing=14))

    def show_now(self) -> None:
        """Show what is so; nothing where nothing is left and nobody practises."""
        left, practises = len(rehearsed(self._desk, self._walk)), practises_here(self._desk, self._walk)
        self.setVisible(practises or bool(left))
        self._away.setVisible(not practises)
        words = _("En övning pågår. Det är den som avslutas här, inte vandringen.")
        self._words.setText(words if practises else f"{left_words(left)}.")
