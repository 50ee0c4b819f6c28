from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import bagit  # type: ignore[import-untyped]  # it ships no types
import msgspec
import pytest

import forms.filing
from forms.canonical import canonical
from forms.errors import PackageRefused
from forms.files import digest, resource
from forms.filing import Attachment
from forms.package.bag import DECLARATION, MANIFESTS, TAG_MANIFEST, bag, manifest
from forms.package.packing import Package, build, check_code, open_package, package_id, verify
from forms.zips import read_zip, write_zip
from tests.forms.sample_package import TEMPLATE_TEXT, sample_filing, sample_payload

GUIDE = resource("package", "收包核验说明.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built() -> bytes:
    return build(sample_payload())[1]


@pytest.fixture(scope="module")
def package(built: bytes) -> Package:
    return open_package(built)


def zipped(package: Package, files: Mapping[str, bytes]) -> bytes:
    """A sound zip around whatever files."""
    return write_zip({f"{package.package_id}/{name}": data for name, data in files.items()})


def resealed(package: Package, changes: Mapping[str, bytes]) -> bytes:
    """A package whose manifests were all made again after a change."""
    files = {**package.files, **changes}
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    made = bag(payload, {"package.json": files["package.json"]}, [])
    return zipped(package, made)


def described(package: Package, **changes: object) -> bytes:
    return resealed(package, {"package.json": canonical({**package.info, **changes})})


def refusal(data: bytes) -> str:
    with pytest.raises(PackageRefused) as caught:
        open_package(data)
    assert "{" not in str(caught.value)
    return caught.value.code


def receive(folder: Path, data: bytes) -> list[str]:
    """What the shell answers to the commands of the guide, typed line by line; of the fourth line only a difference."""
    (folder / "申报包.zip").write_bytes(data)
    (folder / "new").mkdir()
    block = GUIDE.partition("## 办法二")[2].partition("第 2 行")[0]
    lines = [line.strip() for line in block.splitlines() if line.startswith("    ")]
    assert len(lines) == 5
    script = "\n".join(line + "\necho ---" for line in lines)
    done = subprocess.run(["bash", "-c", script], cwd=folder / "new", capture_output=True, text=True, check=True)
    answers = done.stdout.split("---\n")
    oxum, *counted = answers[3].split()[1:]
    if oxum.split(".") != counted:
        answers[0] += f"Payload-Oxum {oxum} {counted}"
    return [answer for answer in (*answers[:3], answers[4], done.stderr) if answer]


def test_what_was_packed_comes_out_again(package: Package) -> None:
    payload = sample_payload()
    assert package.filing == payload.filing
    assert canonical(package.filing) == package.files["data/filing.json"]
    assert package.template_text == TEMPLATE_TEXT
    assert package.files["data/form.pdf"] == payload.pdf
    assert package.files["data/form.xlsx"] == payload.xlsx
    assert (package.package_id, package.revision) == ("gd-quyu-2022-01234567-r3", 3)
    assert package.content_digest == digest(package.files["data/filing.json"])
    assert not package.signed


def test_the_layout_is_the_published_one(package: Package) -> None:
    assert list(package.files) == [
        "bagit.txt",
        "bag-info.txt",
        "package.json",
        "manifest-sha256.txt",
        "manifest-sm3.txt",
        "tagmanifest-sha256.txt",
        "data/filing.json",
        "data/form.pdf",
        "data/form.xlsx",
        "data/template.yaml",
    ]
    assert package.files["bagit.txt"] == DECLARATION
    assert package.files["bag-info.txt"].decode().splitlines()[:3] == [
        "Source-Organization: 汕尾市生态环境局",
        "External-Identifier: gd-quyu-2022-01234567-r3",
        "Bagging-Date: 2022-03-01",
    ]


def test_package_json_names_what_is_derived_and_what_is_known(package: Package) -> None:
    info = json.loads(package.files["package.json"])
    assert canonical(info) == package.files["package.json"]
    assert info["derived"] == ["data/form.pdf", "data/form.xlsx"]
    assert (info["region"], info["unit"], info["year"]) == ("汕尾市", "汕尾市生态环境局", "2022")
    assert info["contentDigest"] == package.content_digest
    assert info["mustUnderstand"] == []


def test_the_same_payload_gives_the_same_bytes(built: bytes) -> None:
    assert build(sample_payload()) == ("gd-quyu-2022-01234567-r3.zip", built)


def test_the_check_code_is_sixty_bits_of_the_digest(package: Package) -> None:
    code = check_code(package.files["data/filing.json"])
    assert code == package.check_code
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    bits = "".join(f"{letters.index(letter):05b}" for letter in code.replace("-", ""))
    assert int(bits, 2) == int(package.content_digest[:15], 16)
    assert [len(group) for group in code.split("-")] == [4, 4, 4]


def test_a_package_name_is_short_lower_case_ascii() -> None:
    filing = sample_filing()
    named = filing.replace(template=type(filing.template)("GD_区域-" + "x" * 90, "1", "0" * 64))
    assert package_id(named, 12) == "gd-" + "x" * (60 - 3 - 13) + "-01234567-r12"
    assert len(package_id(named, 12)) == 60


def test_a_receiver_verifies_it_with_the_commands_of_the_guide(tmp_path: Path, built: bytes) -> None:
    assert receive(tmp_path, built) == []


@pytest.mark.parametrize("name", ["data/filing.json", "data/form.pdf", "manifest-sm3.txt", "package.json"])
def test_the_commands_of_the_guide_find_a_change(tmp_path: Path, package: Package, name: str) -> None:
    data = package.files[name]
    answers = receive(tmp_path, zipped(package, {**package.files, name: data[:-2] + b"~" + data[-1:]}))
    assert name in "".join(answers)


def test_the_commands_of_the_guide_find_an_added_file(tmp_path: Path, package: Package) -> None:
    answers = "".join(receive(tmp_path, zipped(package, {**package.files, "data/more.txt": b""})))
    assert "> data/more.txt" in answers
    assert "Payload-Oxum" in answers


def test_an_independent_bagit_reader_agrees(tmp_path: Path, built: bytes, package: Package) -> None:
    for name, data in read_zip(built).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert bagit.Bag(str(tmp_path / package.package_id)).validate()


def test_the_shipped_script_verifies_it_and_names_a_change(tmp_path: Path, built: bytes, package: Package) -> None:
    def run(data: bytes) -> subprocess.CompletedProcess[str]:
        (tmp_path / "p.zip").write_bytes(data)
        command = [sys.executable, "-I", str(resource("package", "verify_package.py")), str(tmp_path / "p.zip")]
        # A Windows console set to English would otherwise not print the sentences.
        environment = {**os.environ, "PYTHONUTF8": "1"}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, encoding="utf-8")

    sound = run(built)
    assert sound.returncode == 0, sound.stderr
    assert package.check_code in sound.stdout
    altered = run(zipped(package, {**package.files, "data/form.pdf": b"%PDF-other"}))
    assert altered.returncode == 2
    assert "data/form.pdf" in altered.stdout
    assert run(built[:-5]).returncode == 2
    assert "data/more.txt" in run(zipped(package, {**package.files, "data/more.txt": b""})).stdout


def test_every_change_of_one_byte_is_found_by_name(package: Package) -> None:
    for name, data in package.files.items():
        for at in range(len(data)):
            altered = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
            report = verify(zipped(package, {**package.files, name: altered}))
            assert not report.intact
            assert any(name in str(finding) for finding in report.findings), (name, at, str(report))


def test_a_missing_file_is_named(package: Package) -> None:
    for name in package.files:
        report = verify(zipped(package, {kept: data for kept, data in package.files.items() if kept != name}))
        assert [finding.file for finding in report.findings if finding.code == "missing"] == [name]


@pytest.mark.parametrize("name", ["data/more.txt", "more.txt", "signatures/readme.txt", "data/attachments/0001.pdf"])
def test_an_added_file_is_named(package: Package, name: str) -> None:
    report = verify(zipped(package, {**package.files, name: b"x"}))
    assert {(finding.code, finding.file) for finding in report.findings} == {("added", name)}


def test_a_change_does_not_accuse_other_files(package: Package) -> None:
    altered = {**package.files, "data/filing.json": b"{}", "manifest-sm3.txt": b"nonsense"}
    report = verify(zipped(package, altered))
    assert sorted(finding.file for finding in report.findings) == ["data/filing.json", "manifest-sm3.txt"]
    assert "data/filing.json 被改动" in str(report)


def test_several_findings_are_all_named(package: Package) -> None:
    altered = {**package.files, "data/form.pdf": b"", "data/more": b"", "package.json": b"{}"}
    del altered["data/template.yaml"]
    report = verify(zipped(package, altered))
    found = {(finding.code, finding.file) for finding in report.findings}
    assert found == {
        ("changed", "data/form.pdf"),
        ("added", "data/more"),
        ("changed", "package.json"),
        ("missing", "data/template.yaml"),
    }


def test_integrity_and_source_are_told_apart(built: bytes, package: Package) -> None:
    report = verify(built)
    assert report.intact
    assert report.integrity.startswith("完整")
    assert report.source.startswith("来源未签名")
    assert package.check_code in report.source
    assert "完整" not in report.source


def test_a_signature_beside_the_manifests_is_kept_and_not_called_proof(package: Package) -> None:
    report = verify(zipped(package, {**package.files, "signatures/0001.sm2.sig": b"\x30\x45"}))
    assert report.package is not None
    assert report.package.signed
    assert "不核验签名" in report.source


@pytest.mark.parametrize(
    ("code", "make"),
    [
        ("newer", lambda p: described(p, format="2.0")),
        ("description", lambda p: described(p, format="one")),
        ("must-understand", lambda p: described(p, mustUnderstand=["seal"])),
        ("description", lambda p: described(p, packageId="gd-quyu-2022-01234567-r4")),
        ("description", lambda p: described(p, revision="0")),
        ("description", lambda p: described(p, previousDigest="ab")),
        ("description", lambda p: described(p, contentDigest="0" * 64)),
        ("description", lambda p: described(p, checkCode="AAAA-AAAA-AAAA")),
        ("description", lambda p: described(p, region="深圳市")),
        ("description", lambda p: described(p, template={"id": "other", "version": "1", "digest": "0" * 64})),
        ("not-canonical", lambda p: resealed(p, {"package.json": json.dumps(p.info).encode()})),
        ("template", lambda p: resealed(p, {"data/template.yaml": b"other"})),
        ("derived", lambda p: resealed(p, {"data/form.pdf": b"MZ"})),
        ("layout", lambda p: resealed(p, {"data/more.txt": b""})),
        ("not-json", lambda p: resealed(p, {"data/filing.json": b"<filing/>"})),
        ("not-a-filing", lambda p: resealed(p, {"data/filing.json": b'{"format":"1"}'})),
        ("layout", lambda p: write_zip({f"other-name-r3/{name}": data for name, data in p.files.items()})),
        ("layout", lambda p: write_zip({**read_zip(zipped(p, p.files)), "other/file": b""})),
        ("not-a-zip", lambda p: p.files["data/form.pdf"]),
        ("too-large", lambda p: zipped(p, {**p.files, "data/more": bytes(17 * 1024 * 1024)})),
        ("oxum", lambda p: zipped(p, _with_info(p, b"Payload-Oxum: 1.4\n"))),
    ],
)
def test_each_contradiction_has_its_own_code(package: Package, code: str, make: Callable[[Package], bytes]) -> None:
    assert refusal(make(package)) == code


def _with_info(package: Package, info: bytes) -> dict[str, bytes]:
    files = {**package.files, "bag-info.txt": info}
    covered = {name: data for name, data in files.items() if not name.startswith("data/") and name != TAG_MANIFEST}
    return {**files, TAG_MANIFEST: "".join(f"{digest(covered[name])}  {name}\n" for name in sorted(covered)).encode()}


def test_a_later_minor_version_may_say_more(package: Package) -> None:
    opened = open_package(described(package, format="1.7", seal="x", generator={"name": "other", "version": "9"}))
    assert opened.info["seal"] == "x"


def test_a_filing_with_other_content_has_another_code_though_all_digests_are_made_anew(package: Package) -> None:
    payload = sample_payload()
    forged = replace(payload, filing=payload.filing.replace(values={**payload.filing.values, "资金需求": "999"}))
    opened = open_package(build(forged)[1])
    assert opened.check_code != package.check_code


def test_attachments_are_refused_until_packages_carry_them() -> None:
    filing = sample_filing().replace(attachments=(Attachment("批复.pdf", "0" * 64),))
    with pytest.raises(PackageRefused, match="附件"):
        build(replace(sample_payload(), filing=filing))


def test_papers_that_are_none_are_refused_when_building() -> None:
    with pytest.raises(PackageRefused, match=r"form\.pdf"):
        build(replace(sample_payload(), pdf=b""))


def test_a_unit_name_cannot_forge_a_line_of_bag_info() -> None:
    filing = sample_filing()
    unit = type(filing.unit)("局\nPayload-Oxum: 0.0\r\n \x85x", "", "")
    opened = open_package(build(replace(sample_payload(), filing=filing.replace(unit=unit)))[1])
    lines = opened.files["bag-info.txt"].decode().splitlines()
    assert lines[0] == "Source-Organization: 局 Payload-Oxum: 0.0 x"
    assert len(lines) == 5


def test_manifests_stand_in_the_form_of_sha256sum(package: Package) -> None:
    payload = {name: data for name, data in package.files.items() if name.startswith("data/")}
    for name in MANIFESTS:
        assert package.files[name] == manifest(payload, name)
        assert all(line[64:66] == "  " for line in package.files[name].decode().splitlines())


def test_sm3_is_that_of_the_standard() -> None:
    # GB/T 32905-2016, example 1.
    assert MANIFESTS["manifest-sm3.txt"](b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_the_published_schema_names_exactly_what_a_filing_holds() -> None:
    schema = json.loads(resource("package", "filing.schema.json").read_bytes())
    named = {"Filing": schema, **{name.capitalize(): part for name, part in schema["$defs"].items()}}
    records = {
        "Filing": forms.filing.Filing,
        "Template": forms.filing.TemplateRef,
        "Set": forms.filing.Membership,
        **{name: getattr(forms.filing, name) for name in named if hasattr(forms.filing, name)},
    }
    assert records.keys() == named.keys()
    for name, record in records.items():
        fields = {field.name for field in msgspec.structs.fields(record)}
        assert named[name]["properties"].keys() == fields, name
        assert named[name]["additionalProperties"] is False
        # Canonical bytes leave nothing out, except where a place has no such part.
        assert set(named[name]["required"]) == (set() if name == "Place" else fields)
