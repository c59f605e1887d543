"""The texts that stand in every protocol, Swedish and English side by side. An organisation may change them later.

`{...}` are filled by whoever prints them. The text on personal data is to be approved by the organisation's data
protection officer.
"""

from app.domain.checklist import Words

METHOD = Words(
    "En trygghetsvandring är ett sätt att undersöka en plats tillsammans. Deltagarna beskriver det de ser och "
    "känner. Protokollet återger deras iakttagelser. Det är inte en besiktning och inte en kartläggning av brott.",
    "A safety walk is a way of examining a place together. Participants describe what they see and feel. "
    "This protocol gives their observations. It is neither an inspection nor a survey of crime.",
)

PRIORITY = Words(
    "Programmet föreslår en prioritet utifrån hur allvarlig bristen är och hur många som lyfte den. Hänsyn tas "
    "också till hur många som passerar platsen och om barn, äldre eller personer med funktionsnedsättning "
    "använder den. En människa bestämmer alltid. Akut felanmäls samma dag. Kort sikt görs inom sex månader. Lång "
    "sikt kräver projektering eller budget, och datumet gäller beslutet. Genomförs inte har alltid ett skäl.",
    "The program suggests a priority from how serious the fault is and how many raised it. How many pass the "
    "place, and whether children, older people or people with disabilities use it, also counts. A person always "
    "decides. Urgent is reported the same day. Short term is done within six months. Long term needs design or "
    "budget, and the date is that of the decision. Not carried out always has a reason.",
)

EXPECTATION = Words(
    "Alla förslag kan inte genomföras. Varje förslag får ett svar, och ett nej får ett skäl.",
    "Not every proposal can be carried out. Every proposal gets an answer, and a no gets a reason.",
)

READING = (
    (
        Words("Nummer", "Numbers"),
        Words(
            "Varje plats har ett nummer som också finns på kartan. Iakttagelse 4.2 är den andra på plats\u00a04. "
            "Åtgärden som svarar på den heter också 4.2. Numren ändras inte när protokollet är upprättat; före "
            "det är de preliminära.",
            "Every stop has a number that is also on the map. Observation 4.2 is the second one at stop\u00a04, "
            "and the measure that answers it is also called 4.2. Numbers do not change once the protocol is final; "
            "before that they are preliminary.",
        ),
    ),
    (
        Words("Hur allvarlig", "How serious"),
        Words(
            "Bedömningen gäller platsen, inte personer. Märkbar påverkar tryggheten för några, Stor gör att "
            "platsen undviks, Fara nu felanmäls genast. Föreslagen betyder att ingen har tagit ställning till "
            "programmets förslag.",
            "The assessment is about the place, not about people. Noticeable affects how safe some people feel, "
            "Serious makes people avoid the place, Danger now is reported at once. Suggested means that nobody has "
            "yet taken a stand on the program's suggestion.",
        ),
    ),
    (
        Words("Prioritet", "Priority"),
        Words(
            "A felanmäls samma dag. B görs inom sex månader. C kräver projektering eller budget; datumet gäller "
            "beslutet. D genomförs inte, och skälet står i avsnitt\u00a09.",
            "A is reported the same day. B is done within six months. C needs design or budget; the date is that "
            "of the decision. D is not carried out, and the reason is in section\u00a09.",
        ),
    ),
    (
        Words("Status", "Status"),
        Words(
            "Åtgärdad betyder att den ansvarige säger att det är klart. Kontrollerad betyder att vi har sett det "
            "på plats.",
            "Done means that the party responsible says so. Checked means that we have seen it.",
        ),
    ),
    (
        Words("Citat", "Quotations"),
        Words(
            "Efter ett citat står vem som sa det och bokstaven på plattan där det skrevs: Boende,\u00a0A.",
            "After a quotation stands who said it and the letter of the tablet where it was written: Resident,\u00a0A.",
        ),
    ),
)

SMALL_NUMBERS = (
    Words("Små tal", "Small numbers"),
    Words(
        "Antal under fem skrivs ’färre än 5’, så att ingen enskild deltagares svar kan kännas igen.",
        "Numbers below five are written ‘fewer than 5’, so that nobody's answer can be recognised.",
    ),
)

PERSONAL_DATA = (
    Words(
        "{controller} är personuppgiftsansvarig. Vi behandlar uppgifterna för att genomföra och följa upp "
        "trygghetsvandringen. Den rättsliga grunden är {basis}. Uppgifterna lämnas bara till dem som ansvarar för en "
        "åtgärd. {retention} Protokollet bevaras enligt {plan}.",
        "{controller} is the controller. We process the data to carry out and follow up the safety walk. The "
        "legal basis is {basis}. They are passed only to those responsible for a measure. {retention} The protocol "
        "is kept under {plan}.",
    ),
    Words(
        "Vi fotograferar platser, inte personer. Ansikten, registreringsnummer och annat som kan peka ut någon är "
        "övertäckt i den offentliga versionen. Det övertäckta går inte att få fram ur bilden.",
        "We photograph places, not people. Faces, number plates and anything else that may point someone out are "
        "covered in the public version, and cannot be recovered from the picture.",
    ),
    Words(
        "Du har rätt att få veta vilka uppgifter vi har om dig och att få fel rättade. I vissa fall kan du få "
        "uppgifter raderade eller invända mot behandlingen. Kontakta {officer}. Du kan klaga hos "
        "Integritetsskyddsmyndigheten (imy.se).",
        "You may ask what we hold about you, have errors corrected and in some cases have data erased or object. "
        "Contact {officer}. You may complain to the Swedish Authority for Privacy Protection (imy.se).",
    ),
)

RETENTION = Words(
    "Deltagares namn och kontaktuppgifter raderas senast {day}.",
    "Participants' names and contact details are deleted by {day}.",
)
NO_RETENTION = Words(
    "Dag för när deltagares namn och kontaktuppgifter raderas är inte satt.",
    "No day is set for deleting participants' names and contact details.",
)
BASIS = Words("uppgift av allmänt intresse", "public interest")
CONTROLLER = Words("Arrangören", "The organiser")
PLAN = Words("organisationens dokumenthanteringsplan", "the organisation's records plan")
OFFICER = Words("organisationens dataskyddsombud", "the organisation's data protection officer")

FEW_ANSWERS = Words(
    "Så få svar visar en riktning, inte en säker skillnad.",
    "So few answers show a direction, not a certain difference.",
)
