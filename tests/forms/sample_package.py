"""A small package for tests: real filing, stand-ins for the papers."""

from __future__ import annotations

from pathlib import Path

import msgspec

from forms.canonical import read_filing
from forms.files import digest
from forms.filing import Filing
from forms.package.packing import Payload

TEMPLATE_TEXT = '语法: 1\n编号: gd-quyu-2022\n模板: 区域绩效目标申报表\n版本: "2022.1"\n'
FROZEN = Path(__file__).parents[1] / "fixtures" / "filing-v1.json"


def sample_filing() -> Filing:
    """The frozen filing, filled with the sample template and without attachments."""
    filing = read_filing(FROZEN.read_bytes())
    template = msgspec.structs.replace(filing.template, digest=digest(TEMPLATE_TEXT.encode()))
    return filing.replace(template=template, attachments=())


def sample_payload() -> Payload:
    """Revision 3 of the sample filing."""
    return Payload(
        filing=sample_filing(),
        revision=3,
        previous_digest="ab" * 32,
        template_text=TEMPLATE_TEXT,
        pdf=b"%PDF-1.4\n" + "表样".encode() * 40,
        xlsx=b"PK\x03\x04" + bytes(range(256)),
        frozen_at="2022-03-01T09:30:00",
    )
