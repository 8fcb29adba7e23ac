"""The agency gets the files themselves: in its folder, or by links that end (P71)."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from adapters.agency.agency import AgencyFolder
from adapters.agency.book import AgencyFolderBook
from adapters.agency.by_name import AgencyByName
from adapters.agency.dossier import dossier_json
from adapters.agency.file_links import VALID, FileLinks
from adapters.config.tokens import Tokens
from domain.parties.people import Point
from tests.adapters.agency.dossiers import DOSSIER
from tests.adapters.letters.samples import NOW
from tests.fakes import FakeAgency

LINKS = FileLinks("https://amicable.example", Tokens(["a secret of more than 24 characters"]))
CASE = DOSSIER.case.invoice.case_id
SHA = DOSSIER.evidence[0].sha256
READABLE = replace(DOSSIER, read=lambda file: f"content of {file.name}".encode())


def test_the_files_lie_where_the_delivery_says(tmp_path: Path) -> None:
    AgencyFolder(tmp_path).deliver(READABLE)

    (delivery,) = tmp_path.rglob("case.handed_off-1.json")
    (named,) = json.loads(delivery.read_text())["data"]["evidence"]
    assert (delivery.parent / named["file"]).read_text() == "content of delivery note.pdf"
    assert named["url"] is None


def test_a_name_in_a_script_of_long_letters_fits_a_disk(tmp_path: Path) -> None:
    long = replace(DOSSIER.evidence[0], name="配" * 115 + ".pdf")
    AgencyFolder(tmp_path).deliver(replace(READABLE, evidence=(long,)))

    (kept,) = (path for path in tmp_path.rglob("*.pdf"))
    assert kept.name.endswith(".pdf")


def test_a_link_opens_its_file_for_a_while_and_nothing_else() -> None:
    (named,) = dossier_json(DOSSIER, LINKS.link)["data"]["evidence"]
    token = named["url"].rpartition("/")[2]
    assert named["url"].startswith("https://amicable.example/hooks/agency-files/")
    assert LINKS.read(token, NOW) == (CASE, SHA)
    assert LINKS.read(token, NOW + VALID) == (CASE, SHA)

    other = FileLinks(LINKS.base, Tokens(["another secret of more than 24"]))
    raw, _, mac = token.partition(".")
    assert LINKS.read(token, NOW + VALID + timedelta(seconds=1)) is None
    assert other.read(token, NOW) is None
    wrong = (raw[:-2] + "AA." + mac, raw + "." + mac[:-1], raw, "", ".", "%." + mac)
    assert {LINKS.read(one, NOW) for one in wrong} == {None}


def test_contact_people_and_language_are_in_the_file(tmp_path: Path) -> None:
    boss = Point(kind="email", point="cfo@globex.example", person="Eva Blum", role="CFO")
    debtor = replace(DOSSIER.debtor, others=(boss,), language="de")
    AgencyFolder(tmp_path).deliver(replace(READABLE, debtor=debtor))

    (page,) = tmp_path.rglob("summary.txt")
    assert "Email: cfo@globex.example Eva Blum CFO" in page.read_text()
    assert "Language: de" in page.read_text()


def test_who_has_no_way_to_hear_is_told_by_a_person(tmp_path: Path) -> None:
    """P73: a payment after the placement reaches the agency at once, or is a task."""
    (tmp_path / "post.toml").write_text('name = "Post"\n[reached]\nby = "person"\n')
    (tmp_path / "deaf.toml").write_text('name = "Deaf"\n[reached]\nhears = false\n')
    agencies = AgencyByName(FakeAgency(), AgencyFolderBook(tmp_path), tmp_path / "home")

    def by_hand(agency: str, kind: str) -> str:
        told = replace(READABLE, agency=agency, kind=kind, why="they paid", id=f"{agency}/{kind}")
        return agencies.deliver(told).by_hand

    assert by_hand("post", "case.handed_off") == "give it the file (Post): they paid"
    assert by_hand("post", "case.updated") == "tell it (Post): they paid"
    assert by_hand("deaf", "case.handed_off") == ""
    assert by_hand("deaf", "case.recalled") == "tell it (Deaf): they paid"
    assert len(list((tmp_path / "home").rglob("case.*.json"))) == 4
