"""Opens a file through the desktop's portal and prints it: `python -m … {program,server,chooser}`.

Before that it does for its secrecy what the program does, or what the embedded server does. The
last one asks with the program's own code.
"""

import asyncio
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from jeepney import MatchRule, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

from heimdall_desktop.application.base.tasks import Tasks
from heimdall_desktop.domain.facts.choices import FileQuestion
from heimdall_desktop.local.contained import hide_memory
from heimdall_desktop.secrecy import forbid_core_dumps
from heimdall_desktop.services.desktop_services import FileChooser
from tests.fakes.portals import CHOOSER
from tests.fakes.waiting import WAIT_LIMIT_S


def main(caller: str) -> None:
    """Call as the program calls, or as the server would."""
    if caller == "chooser":
        forbid_core_dumps()
        sys.stdout.write(Path(asyncio.run(chosen())).read_text("utf-8"))
        return
    {"program": forbid_core_dumps, "server": hide_memory}[caller]()
    answered = MatchRule(
        type="signal", interface="org.freedesktop.portal.Request", member="Response"
    )
    open_file = new_method_call(CHOOSER, "OpenFile", "ssa{sv}", ("", "Open a file", {}))
    with open_dbus_connection() as bus, bus.filter(answered) as answers:
        unwrap_msg(bus.send_and_get_reply(message_bus.AddMatch(answered), timeout=WAIT_LIMIT_S))
        unwrap_msg(bus.send_and_get_reply(open_file, timeout=WAIT_LIMIT_S))
        _, results = bus.recv_until_filtered(answers, timeout=WAIT_LIMIT_S).body
    [address] = results["uris"][1]
    sys.stdout.write(Path(unquote(urlsplit(address).path)).read_text("utf-8"))


async def chosen() -> str:
    tasks = Tasks(lambda _name, error: print(error, file=sys.stderr))  # noqa: T201
    chooser = FileChooser(spawn=tasks.spawn)
    await chooser.start()
    answered = asyncio.get_running_loop().create_future()
    question = FileQuestion("Open a file", "Open", folder="/", filters=(("All", ("*",)),))
    if chooser.request(question, answered.set_result) is None:
        sys.exit("the portal has no dialogs for files")
    async with asyncio.timeout(WAIT_LIMIT_S):
        answer = await answered
    await tasks.aclose()
    assert isinstance(answer, str), answer
    return answer


if __name__ == "__main__":
    main(*sys.argv[1:])
