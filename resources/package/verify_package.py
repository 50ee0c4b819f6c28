#!/usr/bin/env python3
"""核验绩效申报包：python3 verify_package.py 申报包.zip …   只用 Python 3 自带的库，不需要安装填报程序。"""

import base64
import hashlib
import json
import sys
import zipfile
import zlib

MOST_BYTES = 200 * 1024 * 1024
MANIFESTS = {"manifest-sha256.txt": "sha256", "manifest-sm3.txt": "sm3"}
TAG_MANIFEST = "tagmanifest-sha256.txt"


def digest(algorithm, data):
    """摘要；本机的 Python 没有 SM3 时返回 None，那一份清单改用 openssl 核对。"""
    try:
        return hashlib.new(algorithm, data).hexdigest()
    except ValueError:
        return None


def unpack(path):
    """读入全部文件，去掉顶层文件夹；任何可疑之处都以 ValueError 报告。"""
    with zipfile.ZipFile(path) as archive:
        listed = archive.infolist()
        names = [info.filename for info in listed]
        if len(set(names)) != len(names):
            raise ValueError("压缩包中有同名文件")
        if sum(info.file_size for info in listed) > MOST_BYTES:
            raise ValueError("压缩包太大")
        if len({name.split("/")[0] for name in names}) != 1 or any(name.endswith("/") for name in names):
            raise ValueError("压缩包应当只有一个顶层文件夹，其中没有空文件夹")
        return {name.partition("/")[2]: archive.read(name) for name in names}


def records(text):
    """清单每行为：摘要、两个空格、文件名。"""
    return {line[66:]: line[:64] for line in text.decode("ascii").splitlines()}


def compare(files, manifest, algorithm, covered):
    """一份清单与其应当覆盖的文件逐一核对，返回发现的问题。"""
    if manifest not in files:
        return [f"缺少文件 {manifest}"]
    recorded = records(files[manifest])
    found = [f"缺少文件 {name}（{manifest}）" for name in sorted(recorded.keys() - covered)]
    found += [f"多出文件 {name}（{manifest}）" for name in sorted(covered - recorded.keys())]
    for name in sorted(recorded.keys() & covered):
        if digest(algorithm, files[name]) not in (None, recorded[name]):
            found.append(f"{name} 被改动（{manifest}）")
    return found


def content(files):
    """各部分互相印证：package.json、filing.json、表样。"""
    found = []
    info, filing = json.loads(files["package.json"]), json.loads(files["data/filing.json"])
    if info["contentDigest"] != digest("sha256", files["data/filing.json"]):
        found.append("package.json 的 contentDigest 与 data/filing.json 不符")
    if info["checkCode"] != check_code(files["data/filing.json"]):
        found.append("package.json 的 checkCode 与 data/filing.json 不符")
    if filing["template"] != info["template"]:
        found.append("package.json 的表样与 data/filing.json 不符")
    if filing["template"]["digest"] != digest("sha256", files["data/template.yaml"]):
        found.append("data/template.yaml 不是填报时所用的表样")
    return found


def check_code(data):
    """核验码：SHA-256 的前 60 位，写成三组 Base32 字母。"""
    letters = base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")
    return "-".join((letters[:4], letters[4:8], letters[8:12]))


def verify(path):
    """核验一个包，打印结论；完整返回 True。"""
    try:
        files = unpack(path)
        payload = {name for name in files if name.startswith("data/")}
        tags = {name for name in files if name not in payload and not name.startswith("signatures/")} - {TAG_MANIFEST}
        found = compare(files, TAG_MANIFEST, "sha256", tags)
        for manifest, algorithm in MANIFESTS.items():
            found += compare(files, manifest, algorithm, payload)
        found += [] if found else content(files)
    except (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        found = [f"不能读取：{error}"]
    if found:
        print(f"不完整：{path}", *found, sep="\n  ")
        return False
    print(f"完整：{path}", f"核验码 {check_code(files['data/filing.json'])}，请与盖章纸质件核对。", sep="\n  ")
    if any(name.startswith("signatures/") for name in files):
        print("  附有签名文件：本程序不核验签名，请用签章系统核验来源。")
    else:
        print("  来源未签名：摘要证明内容未改动，不能证明由谁填报。")
    if digest("sm3", b"") is None:
        print("  本机的 Python 没有 SM3，manifest-sm3.txt 未核对；请按《收包核验说明》用 openssl 核对。")
    return True


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(0 if all([verify(path) for path in sys.argv[1:]]) else 2)
