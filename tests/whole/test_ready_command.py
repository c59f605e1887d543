"""`gatljus ready`: what the window's check tells, for who scripts."""

from pathlib import Path

from tests.whole.program import Gatljus


def test_all_is_ready_or_a_fault_is_named_and_the_command_fails(tmp_path: Path) -> None:
    gatljus = Gatljus(tmp_path / "home")
    walk = gatljus.run("walk", "new", "--title", "Kväll", "--area", "Kajsaniemi").out.strip()
    gatljus.run("stop", "add", walk, "--name", "Grinden", "--at", "60.1752,24.9452")
    done = gatljus.run("--json", "ready", walk)
    rows = {each["row"]: each for each in done.data["items"]}
    assert rows.keys() == {"map", "battery", "room", "uncopied", "oncall"} and rows["map"]["status"] == "ok"
    assert (rows["oncall"]["status"], rows["oncall"]["act"]) == ("warn", "oncall")
    # How full the battery and the disk of this machine are is nobody's fault here.
    ready = all(each["status"] != "fault" for each in rows.values())
    assert done.data["ready"] is ready and done.code == (0 if ready else 1)
    assert "Läge, klocka, kamera och mikrofon kollas i fönstret" in done.err
    gatljus.run("set", "walk", walk, "oncall_phone", "08-123456")
    assert "Klart: Jourens nummer. Jour, 08-123456" in gatljus.run("ready", walk).out
    gatljus.run("stop", "add", walk, "--name", "Kyrkan", "--at", "67.8558,20.2253")
    done = gatljus.run("--json", "ready", walk)
    assert done.code == 1 and done.data["ready"] is False
    first = done.data["items"][0]
    assert (first["row"], first["status"], first["act"], first["name"]) == (
        "map", "fault", "add_map", "Karta längs rutten"
    )  # fmt: skip
    done = gatljus.run("ready", walk)
    assert done.code == 1
    assert done.out.splitlines()[0].startswith("Fel: Karta längs rutten. Hål: ")
    assert done.out.splitlines()[0].endswith(" rutor saknas vid Kyrkan (stopp 2).")
