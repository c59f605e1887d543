"""Groups by the command line, on two devices that are processes of their own."""

from pathlib import Path

from tests.whole.meeting import Field, alike
from tests.whole.resident import Server


def test_each_device_says_its_group_and_the_coordinator_sees_all_of_them_together(
    tmp_path: Path, server: Server
) -> None:
    field = Field(tmp_path / "field", server)
    walk, (a, b) = field.walk("A", "B")
    north = a.made("add", "group", walk, "name=Norr", "letter=N")
    south = a.made("add", "group", walk, "name=Söder", "letter=S")
    field.meet(walk, a, b)
    assert a.ask("device", "group", walk)["group"] is None
    assert a.ask("device", "group", walk, "norr")["name"] == "Grupp Norr"
    assert b.ask("device", "group", walk, "S")["group"] == south
    for each in (a, b):
        each.made("observe", walk, "--category", "lighting", "--text", "Mörkt")
    field.meet(walk, a, b, a)
    shown = alike(walk, a, b)
    assert {each["tag"]: each["group"] for each in shown["observations"]} == {"A1": north, "B1": south}
    assert [each["name"] for each in shown["groups"]] == [
        name for _id, name in sorted({north: "Norr", south: "Söder"}.items())
    ]
    said = a.run("show", walk).out
    assert f"N  {north[:8]}  Grupp Norr: A; 1 iakttagelse" in said
    assert f"S  {south[:8]}  Grupp Söder: B; 1 iakttagelse" in said
    assert {each["name"]: each["group"] for each in a.items("devices", walk)} == {"A": "Grupp Norr", "B": "Grupp Söder"}
    assert "    Går med Grupp Söder." in a.run("devices", walk).out.splitlines()
    (row,) = [each for each in b.run("--json", "ready", walk).data["items"] if each["row"] == "group"]
    assert (row["status"], row["text"]) == ("ok", "Den här enheten går med Grupp Söder.")


def test_no_group_an_unknown_one_and_one_of_two_alike_are_told_from_each_other(tmp_path: Path, server: Server) -> None:
    field = Field(tmp_path / "field", server)
    walk, (a, b) = field.walk("A", "B")
    assert a.refused("device", "group", walk, "Norr")["advice"].startswith("Lägg till en: add group ")
    one, two = (each.made("add", "group", walk, "name=Grupp A", "letter=A") for each in (a, b))
    assert b.refused("device", "group", walk, "Norr")["advice"] == "Grupperna är: Grupp A."
    field.meet(walk, a, b, a)
    alike(walk, a, b)
    refused = a.refused("device", "group", walk, "Grupp A")
    assert refused["code"] == "ambiguous" and one[:8] in refused["advice"] and two[:8] in refused["advice"]
    assert a.ask("device", "group", walk, two[:6])["group"] == two
    assert a.run("device", "group", walk, "A", "--none").code == 2
    assert a.ask("device", "group", walk, "--none") == {
        "id": a.ask("device", "name")["id"],
        "group": None,
        "name": None,
    }
    a.ask("undo", walk)
    assert a.ask("device", "group", walk)["group"] == two
