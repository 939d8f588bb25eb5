"""The compressed files that a build leaves beside what is served."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

from pygmalion_app.launch.paths import PROJECT

_NODE = Path(sys.executable).with_name("node")
_SCRIPT = PROJECT / "pygmalion_app" / "serving" / "precompress.mjs"
_UNPACK = "process.stdout.write(zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])))"


def _compress(folder: Path) -> None:
    subprocess.run([_NODE, _SCRIPT, folder], check=True, timeout=60)


def test_what_is_worth_it_is_compressed_once_and_again_when_it_changes(tmp_path: Path) -> None:
    script, page = tmp_path / "assets" / "root.js", tmp_path / "fr" / "index.html"
    for path in (script, page):
        path.parent.mkdir()
        path.write_text(f"{path.name} says é. " * 100)
    (tmp_path / "small.txt").write_text("nothing to win")
    (tmp_path / "picture.png").write_bytes(bytes(1000))

    # A build compresses its scripts before its pages are there.
    _compress(tmp_path / "assets")
    assert not list((tmp_path / "fr").glob("*.br"))
    an_hour_ago = script.stat().st_mtime - 3600
    for path in tmp_path.rglob("root.js*"):
        os.utime(path, (an_hour_ago, an_hour_ago))
    _compress(tmp_path)
    assert script.with_name("root.js.br").stat().st_mtime == an_hour_ago
    compressed = {path.name for path in tmp_path.rglob("*") if path.suffix in {".br", ".gz"}}
    assert compressed == {"root.js.br", "root.js.gz", "index.html.br", "index.html.gz"}
    for path in (script, page):
        assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()
        brotli = path.with_name(f"{path.name}.br")
        assert subprocess.check_output([_NODE, "-e", _UNPACK, brotli], timeout=60) == path.read_bytes()

    script.write_text("changed " * 100)
    _compress(tmp_path)
    assert gzip.decompress(script.with_name("root.js.gz").read_bytes()) == script.read_bytes()
