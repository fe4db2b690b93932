"""Opens the files of findings in the user's editor, and knows the source folder of a repository."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec.structs import replace

from heimdall_desktop.application.base.store import Store
from heimdall_desktop.application.base.tasks import Answer, Reply, RequestTasks
from heimdall_desktop.application.memory.preferences import Preferences
from heimdall_desktop.domain.facts.choices import OWN_COMMAND, EditorChoices
from heimdall_desktop.domain.facts.finding import Finding, RepoId
from heimdall_desktop.domain.facts.server import Repo
from heimdall_desktop.services import editors


class Editing:
    """The folder of a repository is chosen once and kept in the settings.

    A local scan knows its own; folders of the embedded server are forgotten with it.

    Args:
        local_folders: the scanned folders of the embedded server, by repository.

    Attributes:
        found: id and title of each known editor on this computer, in the order of preference.
        mask: overwrites secrets; no editor receives a variable with one of them.
    """

    def __init__(
        self,
        store: Store,
        preferences: Preferences,
        requests: RequestTasks,
        local_folders: Callable[[], Mapping[RepoId, Path]] = dict,
    ) -> None:
        self._store, self._preferences, self._requests = store, preferences, requests
        self._local_folders = local_folders
        self._chosen_here: dict[Repo, str] = {}
        self.found: Mapping[str, str] = {}
        self.mask: Callable[[bytes], bytes] = bytes

    @property
    def choices(self) -> EditorChoices:
        return self._preferences.settings.editor

    def repo_of(self, finding: Finding) -> Repo | None:
        """Return the server and the repository of a finding; None if they aren't known."""
        scan = self._store.whole.scan(finding.scan_id)
        return None if scan is None else scan.repo

    def folder_of(self, finding: Finding) -> str:
        """Return the source folder of a finding's repository; "" if none was chosen."""
        repo = self.repo_of(finding)
        if repo is None:
            return ""
        scanned = self._local_folders().get(repo[1]) if self._is_local(finding) else None
        chosen = self._chosen_here.get(repo) or self.choices.folder(repo)
        return chosen or str(scanned or "")

    def choose_folder(self, finding: Finding, folder: str) -> None:
        """Use a folder for the finding's repository from now on; "" forgets it."""
        if (repo := self.repo_of(finding)) is None:
            return
        if self._is_local(finding):  # the server has another address next time
            self._chosen_here[repo] = folder
        else:
            self._choose(self.choices.with_folder(repo, folder))

    def has_chosen(self, finding: Finding) -> bool:
        """Return whether the user has chosen the source folder of a finding's repository."""
        repo = self.repo_of(finding)
        return repo is not None and bool(self._chosen_here.get(repo) or self.choices.folder(repo))

    def choose_editor(self, name: str) -> None:
        """Use another editor: an id of `found`, `OWN_COMMAND`, or "" for the first one found."""
        self._choose(replace(self.choices, name=name))

    def remove_command(self) -> None:
        """Remove the user's own command, and use the first editor found in its place."""
        name = "" if self.choices.name == OWN_COMMAND else self.choices.name
        self._choose(replace(self.choices, name=name, command=()))

    def forget_folder(self, repo: Repo) -> None:
        self._choose(self.choices.with_folder(repo, ""))

    def request_open(self, finding: Finding, on_answer: Reply[str]) -> None:
        """Open the file of a finding at its line; the answer is the title of the editor."""

        async def open_file() -> str:
            folder = self.folder_of(finding)
            return await editors.open_file(
                Path(folder), finding.file_path, finding.line_start, self.choices, self.mask
            )

        self._requests.start(open_file, on_answer, name="open an editor")

    def request_editors(self, on_answer: Answer) -> None:
        """Find the known editors again."""

        async def find() -> None:
            found = await asyncio.to_thread(editors.found_editors)
            self.found = {editor.id: editor.title for editor in found}

        self._requests.start(find, on_answer, name="find editors")

    def request_command(self, text: str, on_answer: Answer) -> None:
        """Use the user's own command from now on, if it can be used."""

        async def use() -> None:
            command = await asyncio.to_thread(editors.own_command, text)
            self._choose(replace(self.choices, name=OWN_COMMAND, command=command))

        self._requests.start(use, on_answer, name="check an editor")

    @property
    def command_text(self) -> str:
        """The user's own command as it was typed; "" for none."""
        return editors.command_text(self.choices.command)

    def title_of(self, name: str) -> str:
        """Return the title of a known editor."""
        return next((each.title for each in editors.EDITORS if each.id == name), name)

    def _is_local(self, finding: Finding) -> bool:
        scan = self._store.whole.scan(finding.scan_id)
        return scan is not None and scan.is_local

    def _choose(self, choices: EditorChoices) -> None:
        self._preferences.change_setting("editor", choices)
