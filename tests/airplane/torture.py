"""The hard proofs of the phone in their full number, in real browsers; what came of it goes into docs/torture.log."""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from pathlib import Path

HERE = Path(__file__).parent
LOG = HERE.parents[1] / "docs" / "torture.log"
PROOFS = ("test_cutting.py", "test_killing.py", "test_updates.py", "test_other_browsers.py")


def main() -> int:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        files = [str(HERE / name) for name in PROOFS]
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--show-capture=no",
            f"--junitxml={report}",
            *files,
            *sys.argv[1:],
        ]
        status = subprocess.run(command, env={**os.environ, "DOORSTEP_TORTURE": "1"}, check=False).returncode
        told = tell(report, time.monotonic() - begun)
    with LOG.open("a") as log:
        log.write(told + "\n")
    sys.stdout.write(told + "\n")
    return status


def tell(report: Path, seconds: float) -> str:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    lines = [f"{time.strftime('%Y-%m-%d %H:%M')} · commit {commit.stdout.strip() or '?'} · browsers · {seconds:.0f} s"]
    for case in ET.parse(report).getroot().iter("testcase"):
        bad = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
        lines.append(f"  {bad[0] if bad else 'ok':<8}{float(case.get('time', 0)):7.1f} s  {case.get('name')}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
