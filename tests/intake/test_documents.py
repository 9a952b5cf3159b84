"""docs/intake.md tells the columns that the feeds take, and no others."""

import re

from demo.environment import ROOT
from intake.feeds import Feed, registered

ROW = re.compile(r"^\| ([a-z_]+\.csv) \| (.+) \|$", re.MULTILINE)
EXPLANATION = re.compile(r" \([^)]*\)")


def told(feed: Feed) -> list[str]:
    """The columns of a feed as the table writes them: in brackets if they may be empty."""
    return [c.name if c.required else f"[{c.name}]" for c in feed.columns]


def test_every_file_stands_there_with_its_columns() -> None:
    text = (ROOT / "docs" / "intake.md").read_text(encoding="utf-8")
    rows = {file: EXPLANATION.sub("", columns).split(", ") for file, columns in ROW.findall(text)}
    assert rows == {feed.file: told(feed) for feed in registered() if not feed.takes_back}


def test_every_file_of_rows_taken_back_has_the_key_that_is_told() -> None:
    keys = {feed.file: told(feed) for feed in registered() if feed.takes_back}
    text = " ".join((ROOT / "docs" / "intake.md").read_text(encoding="utf-8").split())
    others = {file: key for file, key in keys.items() if key != ["id"]}
    assert (
        "`payments.removed.csv` for `payments.csv` and so on, with the single column `id`" in text
    )
    assert all(f"`{file}` with `{','.join(key)}`" in text for file, key in others.items())
