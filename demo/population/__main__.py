"""`python -m demo.population --customers N --today 2026-11-21 --out DIR`"""

import argparse
from datetime import date
from pathlib import Path

from demo.population.generate import generate


def main() -> None:
    parser = argparse.ArgumentParser("python -m demo.population", description=__doc__)
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--today", type=date.fromisoformat, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    try:
        generate(options.out, options.customers, options.today)
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
