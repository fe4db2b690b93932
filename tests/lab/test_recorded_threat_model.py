"""The threat model of a recording."""

from tests.lab.recorded_findings import recorded_findings
from tests.lab.recorded_stages import recorded_threat_model


def test_the_elements_have_the_keys_that_tyr_generates() -> None:
    drawn = recorded_threat_model(recorded_findings(most_copies=1))
    assert drawn.summary
    for elements, keys in (
        (drawn.boundaries, ["name", "description", "from_zone", "to_zone"]),
        (
            drawn.surfaces,
            ["name", "description", "endpoint", "file", "line", "risk_level"],
        ),
        (drawn.data_flows, ["name", "description", "source", "sink", "sensitive_data"]),
    ):
        assert 6 <= len(elements) <= 10
        assert [list(element) for element in elements] == [keys] * len(elements)
        assert all(element["name"] and element["description"] for element in elements)


def test_every_surface_is_where_a_finding_of_the_hunt_will_be() -> None:
    for findings in (recorded_findings(), recorded_findings(most_copies=1, first_noun=4)):
        drawn = recorded_threat_model(findings)
        places = {
            (one.finding.file_path, one.finding.line_start, one.task)
            for one in findings
            if one.stage == "hunt"
        }
        surfaces = [(one["file"], one["line"], one["name"]) for one in drawn.surfaces]
        assert set(surfaces) <= places
        assert len({name for _, _, name in surfaces}) == len(surfaces)
        assert "<<" not in repr(drawn)


def test_without_exposed_findings_there_are_no_surfaces() -> None:
    assert recorded_threat_model(()).surfaces == ()
