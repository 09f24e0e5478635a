"""The systemd unit and the container file, as far as they can be tried without either."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import platformdirs
import pytest

from knowledge.matching import store

TOP = Path(__file__).parents[2]
DEPLOY = TOP / "bot/faces/telegram/deploy"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_unit(tmp_path: Path) -> None:
    """systemd takes the unit without a word, and finds little that it leaves open."""
    unit = tmp_path / "casebook.service"
    unit.write_text((DEPLOY / "casebook.service").read_text("utf-8").replace("/opt/casebook/bin/casebook", "/bin/true"))
    told = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


def test_unit_keeps_the_index_where_it_may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """The unit names an index made ahead by the command in its head; without one, what is learned is kept in its cache."""
    text = (DEPLOY / "casebook.service").read_text("utf-8")
    made = re.search(r"^# .*casebook build --to (\S+)$", text, re.MULTILINE)
    named = re.search(rf"^Environment={store.SETTING}=(\S+)$", text, re.MULTILINE)
    assert made
    assert named
    assert made[1] == named[1]
    cache = re.search(r"^Environment=XDG_CACHE_HOME=(\S+)$", text, re.MULTILINE)
    folder = re.search(r"^CacheDirectory=(\S+)$", text, re.MULTILINE)
    assert cache
    assert folder
    monkeypatch.setenv("XDG_CACHE_HOME", cache[1])
    assert platformdirs.user_cache_dir("casebook", appauthor=False) == f"/var/cache/{folder[1]}"


def test_container_runs_from_an_index_made_ahead() -> None:
    """The image holds an index, made by the command that is installed in it, where the bot looks for it."""
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    made = re.search(r"(/\S+)/bin/casebook build --to (\S+)$", text, re.MULTILINE)
    assert made
    assert made[2].startswith(f"{made[1]}/")
    assert re.search(rf"^COPY --from=build {made[1]} {made[1]}$", text, re.MULTILINE)
    assert re.search(rf"^ENV .*{store.SETTING}={made[2]}$", text, re.MULTILINE)


def test_an_index_made_ahead_is_what_a_start_finds(brief: Path, tmp_path: Path) -> None:
    """`casebook build --to FILE` writes what a start with CASEBOOK_INDEX=FILE reads, with nowhere else to look."""
    made = tmp_path / "made.index"
    env = {"PATH": "/nowhere", "HOME": str(tmp_path / "home"), "PYTHONPATH": str(TOP)}
    command = [sys.executable, "-m", "bot"]
    subprocess.run([*command, "build", "--case", brief, "--to", made], env=env, check=True)
    told = subprocess.run(
        [*command, "ask", "--case", brief, "who raised the alarm"],
        env={**env, store.SETTING: str(made)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Ada Finch" in told.stdout
    assert told.stderr == ""
    assert not (tmp_path / "home").exists()


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
    first = re.search(r"^COPY (.*) \S+$", text, re.MULTILINE)
    assert first
    assert {project["readme"], *project["license-files"]} <= set(first[1].split())
    assert not re.search(r"^(ENV|ARG).*TOKEN", text, re.MULTILINE)
