"""The German window: every text, its terms, keys, numbers and days, and what stays English."""

import csv
import importlib.util
import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from heimdall_desktop import paths
from heimdall_desktop.domain.facts.finding import FindingStatus
from heimdall_desktop.domain.filters.filter_language import CLOSED_FIELDS
from heimdall_desktop.models.translation import CONTEXT, use_language
from heimdall_desktop.presentation import time_text, unattended_text
from heimdall_desktop.presentation.detail import finding_text
from heimdall_desktop.presentation.export.contents import Format
from heimdall_desktop.presentation.export.formats import columns_text, size_text
from heimdall_desktop.presentation.i18n import in_english, tr
from heimdall_desktop.presentation.labels import word_of
from heimdall_desktop.widgets.controls.key_names import key_text
from tests.fakes.exported import hostile_findings, make_contents, make_scan, written
from tests.fakes.findings import SCAN_ID, make_finding

ROOT = Path(__file__).parents[1]

FOLDER = paths.resources() / "translations"
_SCRIPT = importlib.util.spec_from_file_location(
    "translation", ROOT / "packaging" / "translation.py"
)
assert _SCRIPT is not None
assert _SCRIPT.loader is not None
translation = importlib.util.module_from_spec(_SCRIPT)
_SCRIPT.loader.exec_module(translation)
AT = datetime(2026, 7, 4, 14, 1, tzinfo=UTC)
NOW = datetime(2027, 1, 9, 14, 1, tzinfo=UTC)


def catalogue(language: str) -> list[Element]:
    file = FOLDER / f"heimdall_{language}.ts"
    return list(translation.messages(ElementTree.parse(file)))  # noqa: S314 - our own file


def key_of(message: Element) -> tuple[str, str]:
    return message.findtext("source") or "", message.findtext("comment") or ""


def test_every_text_is_translated_without_a_mistake() -> None:
    messages = catalogue("de")
    texts = [sorted(map(key_of, each)) for each in (messages, catalogue("en"))]
    assert texts[0] == texts[1], "run: packaging/dev.sh translations"
    found = [mistake for message in messages for mistake in translation.mistakes_of(message)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "forms", "mistake"),
    [
        ("Open", "", "has no translation"),
        ("No {host}.", "Kein {server}.", "other placeholders"),
        ("{size:.1f} s", "{size} s", "other placeholders"),
        ("%n files", "eine Datei|Dateien", "other placeholders"),
        ("%n files", "%n Dateien", "1 forms instead of 2"),
        ("Save…", "Speichern", "ends differently"),
        ("Press Ctrl+H", "Drücken Sie Ctrl+H", "English name of a key"),
        ("Your scan", "Dein Scan", "not the formal address"),
        ("Retry", "Try this", "contains English"),
        ("“{name}”", "“{name}”", "quotation marks"),
        ("Findings", "Findings", "not in german-terms.md"),
        ("Scan", " Scan", "starts or ends with a space"),
    ],
)
def test_a_mistake_is_found(source: str, forms: str, mistake: str) -> None:
    message = Element("message", numerus="yes") if "%n" in source else Element("message")
    ElementTree.SubElement(message, "source").text = source
    element = ElementTree.SubElement(message, "translation")
    if "%n" in source:
        for form in forms.split("|"):
            ElementTree.SubElement(element, "numerusform").text = form
    else:
        element.text = forms
    assert any(mistake in each for each in translation.mistakes_of(message))


def test_the_compiled_texts_are_those_of_the_catalogue(german: QApplication) -> None:
    compiled = QTranslator()
    assert compiled.load(str(FOLDER / "heimdall_de.qm"))
    for message in catalogue("de"):
        source, comment = key_of(message)
        numbers = (1, 2) if message.get("numerus") else (-1,)
        shown = [compiled.translate(CONTEXT, source, comment or None, each) for each in numbers]
        assert shown == translation.forms_of(message), "run: packaging/dev.sh translations"


def test_texts_can_be_listed_and_filled_in(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                           monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    file, texts = tmp_path / "heimdall_de.ts", tmp_path / "texts"
    file.write_text(
        '<TS><context><name></name><message><source>A\nb</source><translation type="unfinished">'
        '</translation></message><message numerus="yes"><source>%n x</source><translation '
        'type="unfinished"><numerusform></numerusform><numerusform></numerusform></translation>'
        "</message></context></TS>"
    )
    monkeypatch.setattr(sys, "argv", ["translation", "--list", str(file)])
    assert translation.main() == 0
    assert capsys.readouterr().out == "0|A\\nb\n1|%n x ¦ \n"
    texts.write_text("0|Ä\\nb\n1|%n y ¦ %n ys\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["translation", "--fill", str(texts), str(file)])
    assert translation.main() == 0
    filled = translation.messages(ElementTree.parse(file))  # noqa: S314 - our own file
    assert [translation.forms_of(each) for each in filled] == [["Ä\nb"], ["%n y", "%n ys"]]


def test_terms_are_those_of_the_list() -> None:
    page = (ROOT / "docs" / "german-terms.md").read_text(encoding="utf-8")
    terms = re.findall(r"^\| (\S[^|]*) \| (\S[^|]*) \|", page, re.MULTILINE)[1:]
    assert len(terms) > 60
    shown: dict[str, set[str]] = {}
    for message in catalogue("de"):
        source, _comment = key_of(message)
        shown.setdefault(source.casefold(), set()).add(translation.forms_of(message)[0].casefold())
    wrong = [term for term in terms if term[1].casefold() not in shown.get(term[0].casefold(), ())]
    assert wrong == []


@pytest.mark.parametrize(
    "keys", ["Ctrl+Shift+C", "Alt+Del", "Ctrl+Home", "Ctrl+End", "PgUp", "Ctrl+PgDown", "Esc",
             "Shift+Space", "Ctrl+Ins", "Backspace", "Menu", "Ctrl+Tab", "F5", "Ctrl++"]
)  # fmt: skip
def test_keys_have_the_names_that_qt_uses(german: QApplication, keys: str) -> None:
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    assert key_text(keys, is_mac=False) == native
    assert not re.search("Ctrl|Shift|Del|Home|Pg", native)


def test_no_text_names_a_key_in_english(german: QApplication) -> None:
    assert key_text("Ctrl+Shift+Return", is_mac=False) == "Strg+Umschalt+Eingabe"
    chords = [form for message in catalogue("de") for form in translation.forms_of(message)
              if "Strg" in form]  # fmt: skip
    assert "Drücken Sie Strg+Umschalt+H, um es wieder anzuzeigen." in chords


def test_numbers_and_days_are_german(german: QApplication) -> None:
    assert time_text.dated_words(AT) == "4.\u00a0Juli 2026"
    assert time_text.moment_text(AT, NOW).startswith("4.\u00a0Juli 2026, ")
    assert time_text.at_text(AT, NOW).startswith("am 4.\u00a0Juli 2026, ")
    assert time_text.at_text(NOW, NOW).startswith("um ")
    assert time_text.number_text(1234) == "1,2k"
    assert size_text(1_400_000) == "1,4 MB"
    assert tr("%n findings", "", 1, one="%n finding") == "1 Befund"
    assert tr("%n findings", "", 1200, one="%n finding") == "1\u00a0200 Befunde"


def test_values_of_the_server_are_german_inside_sentences(german: QApplication) -> None:
    assert finding_text.step_text("medium", "false_positive") == "mittel → Fehlalarm"
    assert finding_text.step_text("odd_word", None) == "odd word → keine"


def test_qt_has_german_texts_too(german: QApplication) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.buttons()[0].text().replace("&", "") == "Abbrechen"


def test_english_that_comes_first_is_used(qapp: QApplication) -> None:
    assert not use_language(QLocale("en_GB"), FOLDER, qapp)
    assert not use_language(QLocale.c(), FOLDER, qapp)
    assert tr("Settings") == "Settings"


@pytest.mark.parametrize("form", [Format.CSV, Format.JSON, Format.SARIF])
def test_files_for_programs_stay_english(german: QApplication, form: Format) -> None:
    rows = [*hostile_findings(), make_finding(1, file_path="", is_announced=True, fingerprint="")]
    contents = make_contents(rows, scans={SCAN_ID: make_scan()})
    translated = written(contents, form)
    with in_english():
        assert columns_text(Format.CSV, contents.columns).startswith("Columns: Severity, ")
        assert translated == written(contents, form)
    if form is Format.CSV:
        text = io.StringIO(translated.decode("utf-8-sig"), newline="")
        assert next(csv.reader(text))[:3] == ["Severity", "Finding", "Location"]
        assert "Severity, " in columns_text(form, contents.columns)
    assert word_of(FindingStatus.OPEN) == "Offen"  # the window goes on in German


def test_the_words_of_the_command_line_stay_english(german: QApplication) -> None:
    assert unattended_text.ended_text("SIGTERM") == (
        "SIGTERM ended the run before the scans had ended."
    )
    said = unattended_text.for_command_line()(unattended_text.defect_text)()
    assert said.startswith("An internal error")
    assert unattended_text.defect_text().startswith("Ein interner Fehler")


def test_words_of_the_filter_stay_english(german: QApplication) -> None:
    words = {word for field in CLOSED_FIELDS.values() for word in map(str, field.kind)}
    assert words
    assert not any(re.search("kritisch|offen|befund", word, re.IGNORECASE) for word in words)
