"""The systemd unit and the container file, as far as they can be tried without either."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
DEPLOY = TOP / "bot/faces/telegram/deploy"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_unit(tmp_path: Path) -> None:
    """systemd takes the unit without a word, and finds little that it leaves open."""
    unit = tmp_path / "casebook.service"
    unit.write_text((DEPLOY / "casebook.service").read_text("utf-8").replace("/opt/casebook/bin/casebook", "/bin/true"))
    told = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


def test_container_file() -> None:
    """What the container file copies is there, and what it starts is what the project installs; no secret is in it."""
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    for sources in re.findall(r"^COPY ([^-].*) \S+$", text, re.MULTILINE):
        assert all((TOP / source).exists() or source == "README.md" for source in sources.split())
    entry = re.search(r"^ENTRYPOINT \[\"\S+/(\w+)\", \"telegram\"\]", text, re.MULTILINE)
    assert entry
    assert entry[1] in project["scripts"]
    extras = re.search(r"/source\[([\w,]+)\]", text)
    assert extras
    assert set(extras[1].split(",")) <= set(project["optional-dependencies"])
    assert not re.search(r"^(ENV|ARG).*TOKEN", text, re.MULTILINE)
