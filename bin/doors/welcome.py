"""What a person reads when the house is open: the address, who may sign in, and a picture for the phone."""

import io
import os
import socket
import sys

SIGN_INS = """\
演示账号 · Demo sign-ins                 密码 · password: doorstep-demo
  lin  sun    销售代表 · sales reps
  wu          另一组的销售代表 · rep of another team
  zhou        主管 · supervisor
  director    总监 · director
  admin       管理员 · administrator"""

NO_DEMO = """\
没有演示数据。第一个管理员 · No demo data. Make the first administrator:
  bin/flask admin create"""


def words(host: str, port: int, demo: bool) -> str:
    """All of it as text."""
    url = address(host, port)
    return "\n".join(["", f"登门 Doorstep  {url}", "", SIGN_INS if demo else NO_DEMO, "", picture(url), last_line()])


def last_line() -> str:
    """How to stop, and where the data lies."""
    return f"数据 · data: {os.environ['DOORSTEP_DATA']}\n按 Ctrl-C 停止 · Ctrl-C stops it\n"


def address(host: str, port: int) -> str:
    """The address to open: for a server that listens everywhere, the one that a phone in the same network can reach."""
    if host in ("0.0.0.0", "::"):
        host = in_the_network()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def in_the_network() -> str:
    """This machine's address in its network, or its loopback address without one. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def picture(url: str) -> str:
    """The address as a QR code of half blocks; a terminal is told to draw it white on black, whatever its colours."""
    import segno

    page = io.StringIO()
    segno.make(url, micro=False).terminal(out=page, compact=True)
    if not sys.stdout.isatty():
        return page.getvalue()
    return "".join(f"\x1b[97;40m{line}\x1b[0m\n" for line in page.getvalue().splitlines())
