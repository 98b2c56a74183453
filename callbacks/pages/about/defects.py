"""Known defects of accessibility, as the statement tells them; one that is mended goes."""

from typing import Final

from layouts.about import Defect

DEFECTS: Final = (
    Defect(
        "Sommige kleuren van de kaart verschillen weinig in helderheid",
        criterion="WCAG 1.4.11, contrast van niet-tekstuele content",
        cause="De kaart heeft tot zes klassen, van blauw via wit naar oranje. Tussen buren in die reeks is het "
        "contrast niet overal 3 op 1; de grens ertussen heeft dat wel.",
        consequence="Wie weinig contrast ziet, of de kaart in grijs afdrukt, kan twee klassen verwarren.",
        alternative="Het tabblad Tabel en de lijst naast de kaart noemen de klasse in woorden; Patronen legt arcering "
        "over de vlakken; met toetsenbord of aanwijzer zegt de kaart de klasse van elke gemeente.",
        plan="Bij de volgende herziening van de kleuren.",
    ),
    Defect(
        "Het dossier (pdf) heeft tabellen zonder rijkoppen",
        criterion="WCAG 1.3.1, info en relaties",
        cause="Het programma dat de pdf maakt kent alleen koppen boven kolommen.",
        consequence="Een voorleesprogramma noemt bij een cel de kolom, maar niet de rij.",
        alternative="Op de pagina van de gemeente staan dezelfde cijfers, in tabellen met rijkoppen.",
        plan="Zodra het programma rijkoppen kan schrijven.",
    ),
    Defect(
        "Punten in de grafieken van Vergelijk zijn klein en liggen dicht bij elkaar",
        criterion="WCAG 2.5.8, grootte van het aanwijsgebied",
        cause="Elke gemeente is een punt; er zijn er 342.",
        consequence="Met een vinger of een bevende hand is één punt lastig te raken.",
        alternative="Elke gemeente is ook te vinden met het zoekveld en in de tabel.",
        plan="Blijft zo: de punten zijn niet de enige weg.",
    ),
    Defect(
        "Bestanden die anderen aanleveren zijn niet nagekeken",
        criterion="EN 301 549, hoofdstuk 10",
        cause="Bij een publicatie bewaart de site het bestand zoals het binnenkwam.",
        consequence="Zo’n bestand kan onleesbaar zijn voor een voorleesprogramma.",
        alternative="De cijfers eruit staan op de kaart, in de tabel en in een CSV-bestand.",
        plan="Blijft zo: het is het bewijs van wat is aangeleverd.",
    ),
    Defect(
        "De site is nog niet door mensen met een voorleesprogramma beproefd",
        criterion="alle criteria",
        cause="Tot nu toe zijn de pagina’s door een programma en met het toetsenbord nagelopen.",
        consequence="Er kunnen gebreken zijn die hier niet staan.",
        alternative="Meld wat niet gaat; dan zoeken wij mee naar een andere weg.",
        plan="Een onderzoek volgens WCAG-EM, met NVDA en VoiceOver, vóór de verklaring wordt ondertekend.",
    ),
)
