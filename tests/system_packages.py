"""Packages of the system that the tests need and that a new machine lacks."""

import os
import shutil
import subprocess

_SECONDS = 600.0


def install(name: str) -> None:
    """Install a package of the system, where there are a package manager and the right to use it.

    For one caller at a time: the package manager refuses whoever comes while another installs.
    """
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (root and not shutil.which("sudo")):
        return
    print(f"  … installing the system's {name}", flush=True)
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    wanted = [*apt, "install", "-y", "--no-install-recommends", name]
    if not run(wanted, _SECONDS):
        run([*apt, "update"], _SECONDS)
        run(wanted, _SECONDS)


def run(command: list[str], seconds: float) -> bool:
    """Tell whether a command did what it is for."""
    try:
        return subprocess.run(command, check=False, timeout=seconds, capture_output=True).returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  {command[0]}: {error}", flush=True)
        return False
