"""What the demo's databases hold, and how one is filled."""

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from demo.environment import CAST, ROOT, Urls, database_environment
from demo.keys import Keys
from demo.postgres import Cluster
from demo.processes import python, run


@dataclass(frozen=True)
class Contents:
    """The day and the number of customers that a population is made for."""

    today: date
    customers: int

    def name(self, keys: Keys) -> str:
        """The name of the database that holds it.

        Another version of what generates it, or another pseudonym key, has another name.
        """
        digest = hashlib.sha256(keys.pseudonym_key.encode())
        for source in generating_files():
            digest.update(source.read_bytes())
        return f"kelmu_{self.today:%Y%m%d}_{self.customers}_{digest.hexdigest()[:8]}"

    def __str__(self) -> str:
        return f"{self.customers:,} customers on {self.today}".replace(",", " ")


def generating_files() -> list[Path]:
    """The files that decide what a population looks like."""
    kinds = ("demo/population/**/*.py", "*/data/**/*.*", "demo/population/data/**/*.*")
    return sorted({CAST, *(file for kind in kinds for file in ROOT.glob(kind))})


def urls_of(cluster: Cluster, name: str) -> Urls:
    """The addresses of a database of our own cluster."""
    roles = ("kelmu_app", "kelmu_owner", "kelmu_sealer")
    return Urls(*(cluster.url(name, role) for role in roles))


def build(cluster: Cluster, name: str, contents: Contents, keys: Keys, work: Path) -> None:
    """Make a database and fill it; it gets its name when it is whole. `work` is for files."""
    unfinished = f"{name}_unfinished"
    cluster.drop(unfinished)
    cluster.create(unfinished)
    urls = urls_of(cluster, unfinished)
    fill(contents, database_environment(urls, keys, contents.today), work)
    cluster.rename(unfinished, name)


def fill(contents: Contents, environment: Mapping[str, str], work: Path) -> None:
    """Migrate an empty database and load the register, the cast's agreements and a population."""
    migrate(environment, work)
    manage("load_register", "--skip-checks", environment=environment, work=work)
    manage("load_cast", CAST, "--skip-checks", environment=environment, work=work)
    if contents.customers:
        populate(contents, environment, work)
        manage("load_use", CAST, "--skip-checks", environment=environment, work=work)
        manage("work_queues", CAST, "--skip-checks", environment=environment, work=work)


def populate(contents: Contents, environment: Mapping[str, str], work: Path) -> None:
    """Generate a population and take it in by the road of any other batch."""
    files = work / "population"
    shutil.rmtree(files, ignore_errors=True)
    size, day = f"--customers={contents.customers}", f"--today={contents.today}"
    manage("make_population", size, day, f"--out={files}", environment=environment, work=work)
    manage("intake", files, "--skip-checks", environment=environment, work=work)
    manage("load_demands", CAST, "--skip-checks", environment=environment, work=work)
    shutil.rmtree(files)


def migrate(environment: Mapping[str, str], work: Path) -> None:
    """Bring a database to the present schema."""
    manage("migrate", "--skip-checks", "--verbosity=0", environment=environment, work=work)


def manage(name: str, *words: str | Path, environment: Mapping[str, str], work: Path) -> str:
    """Run a command of manage.py and return what it printed."""
    command = python(ROOT / "manage.py", name, *words)
    return run(command, work / f"{name}.log", environment)
