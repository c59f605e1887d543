"""All shortcuts, as the page of shortcuts shows them: key and what it does."""

from collections.abc import Sequence

from app.base.words import N_

EVERYWHERE = (
    ("F1", N_("Alla kortkommandon")),
    ("F6", N_("Nästa del av fönstret")),
    ("Esc", N_("Tillbaka ett steg")),
    ("Ctrl+Z", N_("Ångra")),
    ("Ctrl+Shift+Z", N_("Gör om")),
    ("Ctrl+F", N_("Sök")),
    ("Ctrl+S", N_("Allt sparas av sig självt")),
    ("Ctrl++", N_("Större text")),
    ("Ctrl+-", N_("Mindre text")),
    ("Ctrl+Alt+T", N_("Nästa tema")),
    ("Ctrl+Alt+M", N_("Dämpa skärmen")),
    ("Ctrl+,", N_("Inställningar")),
)

PLACES = (
    ("Ctrl+0", N_("Hem")),
    ("Ctrl+1", N_("Planera")),
    ("Ctrl+2", N_("Redo att gå")),
    ("Ctrl+3", N_("Vandra")),
    ("Ctrl+4", N_("Granska")),
    ("Ctrl+5", N_("Iakttagelser")),
    ("Ctrl+6", N_("Åtgärder")),
    ("Ctrl+7", N_("Protokoll")),
    ("Ctrl+9", N_("Enheter")),
)

LEAVING = (
    ("F5", N_("Kolla igen")),
    (N_("Retur"), N_("Börja vandringen")),
)

WALKING = (
    ("N", N_("Ny iakttagelse")),
    ("F", N_("Foto")),
    ("R", N_("Tala in, och igen för klar")),
    ("S", N_("Nästa stopp")),
    ("P", N_("Starta, pausa och fortsätt spåret")),
    ("K", N_("Karta")),
    ("L", N_("Lista")),
    ("M", N_("Följ mig på kartan")),
    ("H", N_("Norr upp eller färdriktning upp")),
)
"""Single letters while walking; they can be switched off."""

REVIEWING = (
    ("J", N_("Nästa")),
    ("K", N_("Förra")),
    (N_("1–4"), N_("Välj")),
    ("U", N_("Ångra")),
    ("V", N_("Visa på kartan")),
)

ON_THE_MAP = (
    ("+", N_("Närmare")),
    ("-", N_("Längre ut")),
    (N_("Pilar"), N_("Flytta kartan")),
    (N_("Tabb"), N_("Nästa märke på kartan")),
    (N_("Retur"), N_("Öppna märket")),
    ("Esc", N_("Lämna märkena")),
)

IN_LISTS = (
    (N_("Pilar"), N_("Flytta mellan rader, rutor och val")),
    (N_("Mellanslag"), N_("Tryck")),
    (N_("Retur"), N_("Öppna")),
)

ALL: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    (N_("Överallt"), EVERYWHERE),
    (N_("Gå till"), PLACES),
    (N_("Redo att gå"), LEAVING),
    (N_("Under vandringen"), WALKING),
    (N_("När ni granskar"), REVIEWING),
    (N_("På kartan"), ON_THE_MAP),
    (N_("I listor och rutnät"), IN_LISTS),
)
"""The headings and what stands under each."""
