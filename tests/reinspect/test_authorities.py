"""Authorities are found by any printed form of their names; only typed names are guessed."""

from __future__ import annotations

import pytest

from reinspect.authorities import authorities

PRINTED = {
    "London Borough of Camden": "camden",
    "the London Borough of Barnet": "barnet",
    "Royal Borough of Kensington and Chelsea": "kensington-and-chelsea",
    "Royal Borough of Windsor & Maidenhead": "windsor-and-maidenhead",
    "Royal Borough of Greenwich": "greenwich",
    "Royal Borough of Kingston upon Thames": "kingston-upon-thames",
    "Kingston upon Hull": "kingston-upon-hull",
    "Kingston Upon Hull City Council": "kingston-upon-hull",
    "Kingston-upon-Hull": "kingston-upon-hull",
    "Kingston Upon Hull, City of": "kingston-upon-hull",
    "Hull": "kingston-upon-hull",
    "St. Helens MBC": "st-helens",
    "St Helens Metropolitan Borough Council": "st-helens",
    "The City of Bradford": "bradford",
    "City of Bradford Metropolitan District Council": "bradford",
    "Bradford Children and Families Trust": "bradford",
    "Slough Children First": "slough",
    "Telford & Wrekin Council": "telford-and-wrekin",
    "HAMMERSMITH & FULHAM": "hammersmith-and-fulham",
    "Southend-on-Sea City Council": "southend-on-sea",
    "Southend on Sea": "southend-on-sea",
    "Council of the Isles of Scilly": "isles-of-scilly",
    "Durham County Council": "durham",
    "County Durham": "durham",
    "City of York Council": "york",
    "City of Westminster": "westminster",
    "City of London": "city-of-london",
    "London Corporation": "city-of-london",
    "Nottingham City Council": "nottingham",
    "Nottinghamshire County Council": "nottinghamshire",
    "Derby City Council": "derby",
    "Bedford Borough Council": "bedford",
    "Central Bedfordshire Council": "central-bedfordshire",
    "BCP Council": "bournemouth-christchurch-and-poole",
    "Dorset Council": "dorset",
    "Dorset County Council": "dorset-county",
    "Northamptonshire County Council": "northamptonshire",
    "North Northamptonshire Council": "north-northamptonshire",
    "Camden local authority children’s services": "camden",
    "80491": "camden",
}


@pytest.mark.parametrize(("printed", "slug"), PRINTED.items())
def test_a_printed_form_finds_its_authority(printed: str, slug: str) -> None:
    found = authorities().find(printed)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize("printed", ["", "Council", "City of", "London", "Ofsted", "Camdem", "Northants"])
def test_a_name_of_no_single_authority_finds_none(printed: str) -> None:
    assert authorities().find(printed) is None


def test_every_name_alias_slug_and_code_finds_its_own_authority() -> None:
    for authority in authorities().all():
        codes = filter(None, (authority.urn, authority.la_code, authority.ons_code))
        for form in (authority.name, *authority.aliases, authority.slug, *codes):
            assert authorities().find(form) == authority, form


def test_neighbours_are_found_by_their_codes_nearest_first() -> None:
    camden = authorities().by_slug("camden")
    assert camden is not None
    names = [neighbour.name for neighbour in authorities().neighbours(camden)]
    assert len(names) == 10
    assert names[:2] == ["Islington", "Westminster"]


def test_predecessors_and_successors_name_each_other() -> None:
    for authority in authorities().all():
        for slug in authority.predecessors:
            assert authority.slug in getattr(authorities().by_slug(slug), "successors", ())
        for slug in authority.successors:
            assert authority.slug in getattr(authorities().by_slug(slug), "predecessors", ())


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Focused visit to Camden children’s services\nCamden Council acted on time.", "camden"),
        ("Central Bedfordshire has grown.", "central-bedfordshire"),
        ("Families in North\nNorthamptonshire told us so.", "north-northamptonshire"),
        ("St Helens Council and its partners, among them Knowsley.", "st-helens"),
        ("Ofsted, 1 Store Street, Manchester M1 2WD. Visit to Barnet, 2 Bristol Avenue.", "barnet"),
        ("Reading and writing are taught. Kent County Council pays.", "kent"),
        ("Hammersmith & Fulham has moved its front door.", "hammersmith-and-fulham"),
        ("CAMDEN COUNCIL WINS A PRIZE\nThe street was glad.", "camden"),
        ("PRIZE FOR ST. HELENS BOROUGH COUNCIL", "st-helens"),
        ("TELFORD AND WREKIN CHILDREN'S SERVICES GROW", "telford-and-wrekin"),
        ("NORTH YORKSHIRE COUNCIL PLANTS A TREE", "north-yorkshire"),
        ("Gardeners Praise Camden Council for a Hedge", "camden"),
        ("Gardeners Rate Barnet Children’s Services", "barnet"),
    ],
)
def test_a_running_text_is_about_the_authority_it_names_most(text: str, slug: str) -> None:
    found = authorities().find_in(text)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize(
    "text",
    [
        *("", "Only reading is taught.", "Camden and Islington share a service."),
        *("READING BOOKS IS TAUGHT", "EAST SURREY COUNCIL PLANTS A TREE", "DERBYSHIRE DALES COUNCIL PLANTS A TREE"),
        *(
            "Gardeners Praise East Surrey Council",
            "Gardeners Praise Derbyshire Dales Council",
            "They live in Upton Camden Council.",
        ),
    ],
)
def test_a_running_text_that_names_none_or_several_equally_is_about_none(text: str) -> None:
    assert authorities().find_in(text) is None


def test_a_typed_name_gets_suggestions_best_first() -> None:
    assert authorities().suggest("camdem")[0].slug == "camden"
    assert "north-northamptonshire" in [authority.slug for authority in authorities().suggest("northants")]
    assert authorities().suggest("xyzzy") == ()
    assert authorities().suggest("") == ()
