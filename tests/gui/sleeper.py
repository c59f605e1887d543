"""A software twin of the desktop that puts a machine to sleep: on the session bus of its environment it is the one that
is asked not to. It prints `ready`, then `asked WHO: WHY` and `asked no more` as that comes.

Run by the system's own Python, which has the bindings of GLib.
"""

from typing import Any

from gi.repository import Gio, GLib

NAME, PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"
FACE = f"""<node><interface name="{NAME}"><method name="Inhibit"><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="u" direction="out"/></method></interface></node>"""


def _called(bus: Any, who: str, _path: str, _face: str, _method: str, said: Any, call: Any) -> None:
    name, why = said.unpack()
    print(f"asked {name}: {why}", flush=True)
    # Who has gone asks no more.
    gone = lambda *_said: print("asked no more", flush=True)  # noqa: E731
    Gio.bus_watch_name_on_connection(bus, who, Gio.BusNameWatcherFlags.NONE, None, gone)
    call.return_value(GLib.Variant("(u)", (7,)))


def main() -> None:
    """Be there until the bus goes."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    face = Gio.DBusNodeInfo.new_for_xml(FACE).interfaces[0]
    bus.register_object(PATH, face, _called, None, None)
    Gio.bus_own_name_on_connection(
        bus, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_said: print("ready", flush=True), None
    )
    GLib.MainLoop().run()


main()
