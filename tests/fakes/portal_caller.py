"""Opens a file through the desktop's portal and prints it: `python -m … {program,server}`.

Before that it does for its secrecy what the program does, or what the embedded server does.
"""

import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jeepney import MatchRule, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

from heimdall_desktop.local.contained import hide_memory
from heimdall_desktop.secrecy import forbid_core_dumps
from tests.fakes.portals import CHOOSER

LIMIT_S = 30.0


def main(caller: str) -> None:
    """Call as the program calls, or as the server would."""
    {"program": forbid_core_dumps, "server": hide_memory}[caller]()
    answered = MatchRule(
        type="signal", interface="org.freedesktop.portal.Request", member="Response"
    )
    open_file = new_method_call(CHOOSER, "OpenFile", "ssa{sv}", ("", "Open a file", {}))
    with open_dbus_connection() as bus, bus.filter(answered) as answers:
        unwrap_msg(bus.send_and_get_reply(message_bus.AddMatch(answered), timeout=LIMIT_S))
        unwrap_msg(bus.send_and_get_reply(open_file, timeout=LIMIT_S))
        _, results = bus.recv_until_filtered(answers, timeout=LIMIT_S).body
    [address] = results["uris"][1]
    sys.stdout.write(Path(unquote(urlsplit(address).path)).read_text("utf-8"))


if __name__ == "__main__":
    main(*sys.argv[1:])
