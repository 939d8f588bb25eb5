"""Where things are: the project's folder and what a running installation keeps."""

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Home:
    """`PYGMALION_HOME`: everything that `make run` keeps. Deleting it gives back the state of a first start."""

    root: Path

    @classmethod
    def from_environment(cls) -> "Home":
        """Return the home, absolute, so that children with another working folder agree on it."""
        given = os.environ.get("PYGMALION_HOME") or ".pygmalion"
        return cls((PROJECT / given).resolve())

    @property
    def secrets(self) -> Path:
        """Keys generated on first start, readable by the owner only."""
        return self.root / "secrets.env"

    @property
    def lock(self) -> Path:
        """Held while a supervisor runs."""
        return self.root / "lock"

    @property
    def postgres(self) -> Path:
        """Data folder of the embedded PostgreSQL."""
        return self.root / "postgres"

    @property
    def frontend_stamp(self) -> Path:
        """Digest of the sources that the front end was last built from."""
        return self.root / "web" / "pygmalion.stamp"

    def log(self, name: str) -> Path:
        """Return the log file of one part."""
        return self.root / "logs" / f"{name}.log"
