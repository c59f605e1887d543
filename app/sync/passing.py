"""The memory of places for a target that is none: a parcel leaves nothing behind but what others announce in it."""

from collections.abc import Iterable

from app.domain.ports import Announced, Copied, Places, Purged, Remembered, Said


class Unremembered:
    """`places` without the targets. See `app.domain.ports.Places`.

    Nothing is known of such a target and nothing is kept, so it asks nothing and is never a place where a walk has been
    copied to; a marker in it, which may be that of a stick whose folder somebody packed, says nothing of that stick.
    """

    def __init__(self, places: Places) -> None:
        self._places = places

    def met(self, label: str) -> bool:
        """Never."""
        del label
        return False

    def known(self, markers: Iterable[str]) -> bool:
        """Never."""
        del markers
        return False

    def walks_at(self, label: str, markers: Iterable[str]) -> set[str]:
        """None."""
        del label, markers
        return set()

    def remembered(self, markers: Iterable[str], scope: str) -> Remembered:
        """Nothing."""
        del markers, scope
        return Remembered()

    def remember(self, label: str, here: bool, markers: Iterable[str], scope: str, seen: Remembered) -> None:
        """Keeps nothing."""

    def forget_copied(self, label: str, scope: str) -> None:
        """There is nothing to forget."""

    def copied(self, scope: str) -> list[Copied]:
        """Where a walk has been copied to."""
        return self._places.copied(scope)

    def seen_at(self, scope: str) -> list[Copied]:
        """Where a walk has been seen."""
        return self._places.seen_at(scope)

    def announced(self, scope: str) -> list[Announced]:
        """The latest announcement of each device."""
        return self._places.announced(scope)

    def keep_announced(self, scope: str, announced: Announced) -> None:
        """Keep an announcement: it is its device's own word, however it came."""
        self._places.keep_announced(scope, announced)

    def said(self, scope: str) -> Said:
        """What a person said about a walk on this device."""
        return self._places.said(scope)

    def say(self, scope: str, said: Said) -> None:
        """Keep what a person said about a walk on this device."""
        self._places.say(scope, said)

    def purged(self, scope: str) -> Purged | None:
        """What is remembered of a walk that was purged here: it does not come back in a parcel either."""
        return self._places.purged(scope)

    def purged_walks(self) -> set[str]:
        """The walks that were purged here."""
        return self._places.purged_walks()

    def reached(self, scope: str, markers: Iterable[str]) -> None:
        """There was nothing to reach."""
