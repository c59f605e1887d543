"""The groups in the protocol: how the walk was carried out, and nobody's name."""

from dataclasses import replace

from app.domain.records import Group
from app.report.compose import compose
from tests.unit.composed import all_words, section
from tests.unit.composed_walks import made, written_walk


def test_the_protocol_names_the_groups_and_how_many_people_they_were_together() -> None:
    whole = written_walk()
    groups = (made(Group, 1, name="Söder", letter="S"), made(Group, 2, name="Grupp A", letter="A"))
    count = sum(each.count for each in whole.participants)
    said = all_words(section(compose(replace(whole, groups=groups)), "3"))
    assert f"Grupper\nGrupp A och Grupp Söder, tillsammans {count} deltagare\n" in said
    alone = all_words(section(compose(replace(whole, groups=groups, participants=())), "3"))
    assert "Grupper\nGrupp A och Grupp Söder\n" in alone


def test_a_walk_that_was_not_split_says_nothing_of_groups() -> None:
    assert "Grupper" not in all_words(section(compose(written_walk()), "3"))
