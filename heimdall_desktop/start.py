"""The start and the end of every run, with a window or without one, and all of a run without one.

Nothing here loads Qt.
"""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import platformdirs
from msgspec import Struct

from heimdall_desktop import __version__, cli, paths, system_libraries
from heimdall_desktop.application.output.exporting import ExportWanted
from heimdall_desktop.application.runs import unattended
from heimdall_desktop.application.runs.core import STANDING_FILE, Core, Kept
from heimdall_desktop.desktop_entry import own_command
from heimdall_desktop.domain.facts import errors
from heimdall_desktop.domain.facts.scan_link import read_links
from heimdall_desktop.domain.facts.server import host_name, is_sent_in_clear, server_url
from heimdall_desktop.domain.filters.filter import ANY_NEWS
from heimdall_desktop.domain.filters.filter_language import FilterError, parse_filter
from heimdall_desktop.domain.filters.filter_terms import SNOOZED, terms_of
from heimdall_desktop.instance import NotStarted, is_free
from heimdall_desktop.presentation.error_text import error_text
from heimdall_desktop.presentation.export.contents import Format, LeaveOut, Writer
from heimdall_desktop.presentation.filter_text import mistake_text
from heimdall_desktop.presentation.i18n import tr, tr_noop
from heimdall_desktop.presentation.unattended_text import ended_text
from heimdall_desktop.services.autostart import IS_OFFERED, LoginEntry
from heimdall_desktop.services.credentials import CredentialStore, KeyringStore, MemoryStore
from heimdall_desktop.services.local_process import require_scanners
from heimdall_desktop.services.log import Redaction, crashes_recorded_in, logging_to
from heimdall_desktop.services.recording import Recording, read_recording
from heimdall_desktop.services.regular_file import followed, problem_of, remove_parts

log = logging.getLogger("heimdall.start")


class Start(Struct, frozen=True):
    """The prepared state of a run.

    Attributes:
        shares_profile: a window has the profile open, so this run writes nothing to it.
        problems: errors until now that stop nothing.
        export: the file to write at the end; None for none.
        recording: the recording to play instead of watching anything; None for none.
    """

    options: cli.Options
    wanted: unattended.StartupTargets
    places: paths.Places
    redaction: Redaction
    shares_profile: bool = False
    problems: tuple[errors.HeimdallError, ...] = ()
    export: ExportWanted | None = None
    recording: Recording | None = None

    @property
    def kept(self) -> Kept:
        """Where the run keeps what outlives it."""
        is_temporary = self.options.is_temporary
        keyring: CredentialStore = MemoryStore() if is_temporary else KeyringStore()
        history = None if is_temporary else self.places.history
        login = None
        if IS_OFFERED and not (is_temporary or self.shares_profile):
            folder = self.options.profile_folder
            profile = [] if folder is None else ["--profile-dir", str(folder.absolute())]
            login = LoginEntry(platformdirs.user_config_path(), (*own_command(), *profile))
        logs = None if self.shares_profile else self.places.logs
        return Kept(self.places.settings, history, keyring, self.shares_profile, login, logs)

    def writer(self, pdf: Writer | None = None) -> Writer | None:
        """Return the writer of the export; pass `pdf` where Qt is loaded."""
        if self.export is None:
            return None
        from heimdall_desktop.presentation.export.formats import WRITERS  # noqa: PLC0415 - main.LATE

        return pdf if self.export.form is Format.PDF else WRITERS[self.export.form]

    def limits(self, began_s: float) -> unattended.Limits:
        return unattended.Limits(began_s, self.options.timeout_s, self.options.unreachable_s)

    def end(self, result: unattended.Result) -> int:
        """Print the result of a run, and why it ended; return the exit status.

        There may be no room for the result where standard output leads.
        """
        status = result.status
        try:
            if result.answer is not None:
                print(result.answer, flush=True)  # noqa: T201
        except OSError as error:
            text = tr_noop("Couldn't write the result to standard output: {reason}.")
            cli.complain(text.format(reason=problem_of(error)))
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # flushed at the end
            status = unattended.Exit.FAILED
        log.info("ended with status %d", status)
        if result.line:
            cli.complain(self.redaction.redact(result.line))  # a server may repeat the token
        return status


@contextmanager
def started(options: cli.Options) -> Iterator[Start]:
    """Prepare a run, and clean up after it; raise `NotStarted` if these options forbid it."""
    try:
        wanted, export = wanted_of(options), export_of(options)
        _require_own_links(options)
        recording = None if options.replay is None else read_recording(options.replay)
        if options.folders:
            require_scanners()
    except errors.HeimdallError as error:
        raise NotStarted(error_text(error)) from None
    if not options.is_headless and not system_libraries.has_display():
        raise NotStarted(system_libraries.NO_DISPLAY)
    redaction = Redaction()
    with ExitStack() as opened:
        try:
            if options.is_temporary:
                places = opened.enter_context(paths.temporary_places())
            else:
                places = paths.places_of(options.profile_folder)
        except OSError as error:  # a full disk has no room for a temporary one
            text = tr(
                "Couldn't create a temporary profile: {reason}. Set TMPDIR to another folder."
            )
            raise NotStarted(text.format(reason=problem_of(error))) from None
        shares_profile = options.quits_when_done and not is_free(options)
        if not shares_profile:
            for place in (places.settings / "settings.toml", places.settings / "window.toml",
                          places.history / STANDING_FILE):  # fmt: skip
                remove_parts(place)
        logs = None if shares_profile else places.logs
        problems = (
            opened.enter_context(logging_to(logs, redaction, is_debug=options.is_debug)),
            opened.enter_context(crashes_recorded_in(logs)),
            None if recording is None else recording.damage,
        )
        facts = map(errors.LogText, (__version__, sys.version.split()[0], sys.platform))
        log.info("started: version %s, Python %s, %s", *facts)
        distinct = tuple({str(each): each for each in problems if each}.values())
        yield Start(options, wanted, places, redaction, shares_profile, distinct, export, recording)


def run_without_window(options: cli.Options) -> int:
    """Run the core alone on a plain asyncio loop, and return its exit status.

    Nothing alerts here: alerts of a scan are left for the next window of the profile.
    """

    def report(error: errors.HeimdallError) -> None:
        if isinstance(error, errors.NoSpace):
            cli.complain(error_text(error))  # there may be no log

    async def watch(start: Start) -> unattended.Result:
        stop = unattended.Stop()
        end_by_signal(lambda name: stop.because(ended_text(name)))
        core = Core(start.kept, start.redaction, speed=options.speed)
        core.is_alerting = False
        core.on_problem = report
        limits = start.limits(core.clock())
        try:
            for problem in start.problems:
                core.report(problem)
            core.tasks.spawn(core.follow(), name="take in what changes")
            await core.bring_back({link.scan_id for link in start.wanted.links if link.scan_id})
            await core.begin()
            compares = start.wanted.compares
            kind = unattended.UnattendedComparison if compares else unattended.Unattended
            ending = unattended.Ending(stop, start.export, start.writer(), kind)
            return await unattended.see_to_the_end(core, start.wanted, limits, ending)
        finally:
            await core.aclose()

    try:
        with started(options) as start:
            return start.end(asyncio.run(watch(start)))
    except NotStarted as refused:
        cli.complain(str(refused))
        return unattended.Exit.ARGUMENTS


def end_by_signal(end: Callable[[str], object]) -> None:
    """Call `end` with the name of each signal that requests the end of the program.

    SIGHUP comes when the terminal closes; a program started by `nohup` ignores it, and continues.
    """
    loop = asyncio.get_running_loop()
    numbers = [signal.SIGINT, signal.SIGTERM]
    if sys.platform == "win32":
        for number in numbers:
            name = number.name
            signal.signal(number, lambda *_, name=name: loop.call_soon_threadsafe(end, name))
    else:
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            numbers.append(signal.SIGHUP)
        for number in numbers:
            loop.add_signal_handler(number, end, number.name)


def wanted_of(options: cli.Options) -> unattended.StartupTargets:
    """Return what the command line wants watched.

    Raises:
        LinkError: `--server` is not an address, or is unencrypted without permission; or it is
            missing, and the links do not say which server it is; or `--watch` names nothing or a
            scan elsewhere, and no window will report this while the others are watched.
    """
    server = None if options.server is None else server_url(options.server)
    links_alone: tuple[str, ...] = ()
    if server is None and options.watch:
        if options.quits_when_done:
            server = unattended.server_of(options.watch)
        else:
            parts = (part for text in options.watch for part in read_links(text))
            if unreadable := [part.error for part in parts if part.error is not None]:
                raise errors.together(errors.LinkError, unreadable)
            links_alone = tuple(options.watch)
    if server is not None and is_sent_in_clear(server) and not options.allows_http:
        raise errors.LinkError(errors.Reason.SENT_IN_CLEAR_GIVEN, host=host_name(server))
    links, mistakes = ((), ()) if server is None else unattended.links_on(server, options.watch)
    if mistakes and (options.quits_when_done or not links):
        raise errors.together(errors.LinkError, mistakes)
    if options.compares and len(links) > 2:
        raise errors.LinkError(errors.Reason.MORE_THAN_TWO_SCANS)
    return unattended.StartupTargets(
        server,
        None if options.token is None or options.server is None else options.token.value,
        links,
        options.folders,
        is_demo=options.is_demo,
        mistakes=mistakes,
        compares=options.compares,
        links_alone=links_alone,
    )


def export_of(options: cli.Options) -> ExportWanted | None:
    """Return what the command line wants exported; None for nothing.

    Raises:
        NotStarted: the filter contains an error, or needs data that only a window has.
    """
    path = options.export
    form = None if path is None else Format.of(path)
    if path is None or form is None:
        return None
    text = options.filter_text
    try:
        wanted = parse_filter(text)
    except FilterError as error:
        words = tr("--filter, at character {place}: {mistake}")
        raise NotStarted(
            words.format(place=error.position + 1, mistake=mistake_text(error))
        ) from None
    if wanted.news != ANY_NEWS:
        raise NotStarted(
            tr(
                "--filter can't select new findings or changed ones; only the window tracks what "
                "was seen."
            )
        )
    if any(term.names(SNOOZED) for term in terms_of(text)):
        raise NotStarted(
            tr("--filter can't select snoozed findings; only the window tracks what is snoozed.")
        )
    leave_out = LeaveOut(options.leave_out) if options.leave_out else form.usually_left_out
    return ExportWanted(path, form, wanted, text, leave_out)


def _require_own_links(options: cli.Options) -> None:
    """Raise `NotStarted` if a link of another user is in the path of a file to write."""
    for option, file in (("--export", options.export), ("--screenshot", options.screenshot)):
        try:
            if file is not None:
                followed(file)
        except OSError as error:
            text = tr("Couldn't write {file}: {problem}. Use another path for {option}.")
            raise NotStarted(
                text.format(file=file, problem=problem_of(error), option=option)
            ) from None
