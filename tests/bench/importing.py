"""How long 5,524 companies take on their way in, against the bare insert of as many rows by SQLite alone."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import stock

ROOT = Path(__file__).parents[2]
COMPANIES = 5524
GOAL_S = 20


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data, file = Path(folder), Path(folder) / "companies.csv"
        names = [f"{chr(0x4E00 + n % 4000)}{chr(0x4E00 + n * 7 % 4000)}{n}机械股份有限公司" for n in range(COMPANIES)]
        file.write_text(
            "\n".join(["代码,名称,地区,行业", *(f"{n:06d}.SZ,{name},苏州,机械" for n, name in enumerate(names))]),
            "utf-8",
        )
        stock.fill(data, 0, 0)
        env = {**os.environ, "DOORSTEP_DATA": folder, "FLASK_APP": str(ROOT / "wsgi.py")}
        start = time.perf_counter()
        command = [sys.executable, "-m", "flask", "import-customers", str(file), "--owner", "lin"]
        subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
        took = time.perf_counter() - start
        bare = _bare(data / "bare.sqlite3", names)
        against = f"{took / bare:.0f}× the bare insert of {bare * 1000:.0f} ms"
        print(f"\nimport of {COMPANIES:,} companies: {took:.1f} s (goal {GOAL_S} s), {against}")


def _bare(path: Path, names: list[str]) -> float:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, name TEXT, area TEXT, industry TEXT)")
        start = time.perf_counter()
        db.executemany(
            "INSERT INTO bare (name, area, industry) VALUES (?, '苏州', '机械')", [(name,) for name in names]
        )
        db.commit()
    return time.perf_counter() - start
