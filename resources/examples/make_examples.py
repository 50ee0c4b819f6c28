"""Makes the example files from the contents in `making/`, the same bytes every time.

Run it with a folder to write there instead of beside itself: python make_examples.py [FOLDER]
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from making import plain_text, word, workbook  # noqa: E402 — found beside this script, whatever folder it is run in
from making.drawing import tables  # noqa: E402 — as above

WRITERS = {".docx": word.write, ".xlsx": workbook.write, ".txt": plain_text.write}


def main(folder: Path) -> None:
    """Write every example into `folder`."""
    for source in sorted((HERE / "making").glob("*.yaml")):
        # BaseLoader keeps every scalar the text it is: an amount stays 95.50, a code keeps its zeros.
        text = source.read_text(encoding="utf-8")
        content = yaml.load(text, yaml.BaseLoader)  # noqa: S506 — it makes only texts, lists and dicts
        target = folder / content["文件"]
        target.write_bytes(WRITERS[target.suffix](list(tables(content))))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
