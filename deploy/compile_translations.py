"""Compiles the translations (.po) that it is given, on machines that have no msgfmt."""

import sys
from pathlib import Path

import polib

for name in sys.argv[1:]:
    polib.pofile(name).save_as_mofile(str(Path(name).with_suffix(".mo")))
