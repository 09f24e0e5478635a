"""`casebook new`: a small case that runs at once, with comments that say what each field is for."""

from __future__ import annotations

from pathlib import Path

from bot.operator import BAD_USAGE, tell

STARTER = Path(__file__).parent / "starter"
"""The case that is copied."""


def run(folder: Path) -> int:
    """Copy the starter into a folder that is new or empty, and say what to do next. Returns 2 where it can't be written."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            tell(f"casebook: new: {folder} exists and isn't empty; name a folder that doesn't exist yet")
            return BAD_USAGE
        for file in (one for one in STARTER.rglob("*") if one.is_file()):
            copy = folder / file.relative_to(STARTER)
            copy.parent.mkdir(parents=True, exist_ok=True)  # not as the starter's own, which may be read-only
            copy.write_bytes(file.read_bytes())
    except OSError as error:
        tell(f"casebook: new: {folder} can't be written ({error.strerror}); name a folder in a place that can be")
        return BAD_USAGE
    print(f"{folder} holds a small invented case. Its files say what each field is for; begin with")
    print(f"  {folder / 'knowledge/case.yaml'}")
    print(f"  {folder / 'knowledge/facts/flood.yaml'}")
    print(f"talk to it:       casebook --case {folder}")
    print(f"check it:         casebook check --case {folder} --articles {folder / 'articles'}")
    print(f"add a report:     casebook add-source ARTICLE.txt --id ID --case {folder}")
    return 0
