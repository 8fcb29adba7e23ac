"""The bill of materials names everything once, as CycloneDX 1.6 wants it."""

import json
import re
import subprocess
import sys
from importlib import metadata

from infra.sbom import InstalledPackage, bill_of_materials, installed_packages

BILL = bill_of_materials(installed_packages())
REFS = [one["bom-ref"] for one in (BILL["metadata"]["component"], *BILL["components"])]


def test_it_says_what_it_is() -> None:
    """The fields that the standard requires, in its forms."""
    assert (BILL["bomFormat"], BILL["specVersion"], BILL["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(
        r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        BILL["serialNumber"],
    )
    assert set(BILL) == {
        *("bomFormat", "specVersion", "serialNumber", "version"),
        *("metadata", "components", "dependencies"),
    }
    assert BILL["metadata"]["component"]["type"] == "application"


def test_every_package_is_named_once_with_its_version_address_and_licence() -> None:
    assert len(REFS) == len(set(REFS)) == len({*map(_name, metadata.distributions())})
    for one in BILL["components"]:
        assert one["type"] == "library"
        assert one["scope"] in {"required", "excluded"}
        assert one["purl"] == one["bom-ref"]
        assert re.fullmatch(r"pkg:pypi/[a-z0-9-]+@\S+", one["purl"])
        (licence,) = one["licenses"]
        assert licence.get("expression") or licence["license"]["name"]


def test_what_needs_what_is_told_of_each_and_leads_to_what_is_there() -> None:
    told = {one["ref"]: one["dependsOn"] for one in BILL["dependencies"]}
    assert sorted(told) == sorted(REFS)
    assert all({*needs} <= {*REFS} and len({*needs}) == len(needs) for needs in told.values())
    by_name = {
        ref.partition("@")[0]: [need.partition("@")[0] for need in needs]
        for ref, needs in told.items()
    }
    assert "pkg:pypi/starlette" in by_name["pkg:pypi/fastapi"]
    assert "pkg:pypi/pydantic" in by_name["pkg:pypi/temporalio"], "an extra that we ask for"


def test_a_licence_in_words_is_no_expression() -> None:
    ours = InstalledPackage("amicable", "1", "Apache-2.0", ("odd",), runs=True)
    odd = InstalledPackage("odd", "1", "Free for friends", ())
    (component,) = bill_of_materials({"amicable": ours, "odd": odd})["components"]
    assert component["licenses"] == [{"license": {"name": "Free for friends"}}]


def test_the_command_writes_the_same_each_time() -> None:
    done = subprocess.run([sys.executable, "-m", "infra.sbom"], capture_output=True, check=True)
    assert json.loads(done.stdout) == BILL


def _name(one: metadata.Distribution) -> str:
    return re.sub(r"[-_.]+", "-", one.name).lower()
