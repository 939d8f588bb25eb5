"""The process that looks: `python -m pygmalion_app.kyc.inspection.child inspect | logo | render PAGE`.

Reads the file from standard input; answers one line of JSON, then the content. Whatever a hostile file does to the
parsers happens here: bounded in memory and time, without keys, unable to write a file.
"""

import json
import resource
import sys

_MEMORY_BYTES = 1_200_000_000
_CPU_SECONDS = 20


def main() -> int:
    """Do what the arguments say."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Imported under the limits already set.
    from pygmalion_app.kyc.inspection import pdf, pictures, vectors
    from pygmalion_app.kyc.inspection.verdict import Clean, Fault, RefusedError

    content = sys.stdin.buffer.read()
    try:
        match sys.argv[1:]:
            case ["inspect"]:
                if content.startswith(pdf.MAGIC):
                    found = pdf.inspect(content)
                elif content.startswith((pictures.JPEG, pictures.PNG)):
                    found = pictures.inspect(content)
                else:
                    return _refused(Fault.UNKNOWN_TYPE)
            case ["logo"]:
                raster = content.startswith((pictures.JPEG, pictures.PNG))
                found = pictures.logo(content) if raster else vectors.inspect(content)
            case ["render", page]:
                found = Clean("image/jpeg", 1, pdf.render(content, int(page)))
            case _:
                return 2
    except RefusedError as error:
        return _refused(error.fault)
    sys.stdout.write(json.dumps({"media_type": found.media_type, "pages": found.pages}) + "\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(found.content)
    return 0


def _refused(fault: str) -> int:
    sys.stdout.write(json.dumps({"fault": fault}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
