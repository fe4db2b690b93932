"""A compiled translation is found by the user's language and gives every form of a text."""

import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from heimdall_desktop.models.translation import use_language
from heimdall_desktop.presentation.i18n import tr, tr_noop, translate_with

CATALOGUE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE"><context><name></name>
<message><source>Light</source><translation>Hell</translation></message>
<message><source>Open</source><comment>verb</comment><translation>Öffnen</translation></message>
<message numerus="yes"><source>%n findings</source><translation>
<numerusform>%n Fund</numerusform><numerusform>%n Funde</numerusform></translation></message>
</context></TS>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    catalogue = tmp_path / "heimdall_de.ts"
    catalogue.write_text(CATALOGUE, encoding="utf-8")
    tool = Path(sysconfig.get_path("scripts")) / "pyside6-lrelease"
    subprocess.run([tool, "-silent", catalogue], check=True)
    return tmp_path


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    translate_with(None)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


def test_texts_are_in_the_language_of_the_user(folder: Path, application: QApplication) -> None:
    light = tr_noop("Light")
    assert use_language(QLocale("de_AT"), folder, application)
    assert tr(light) == "Hell"
    assert tr("Open", "verb") == "Öffnen"
    assert tr("%n findings", "", 1, one="%n finding") == "1 Fund"
    assert tr("%n findings", "", 1200, one="%n finding") == "1\u00a0200 Funde"


def test_what_has_no_translation_stays_english(folder: Path, application: QApplication) -> None:
    use_language(QLocale("de_DE"), folder, application)
    assert tr("Dark") == "Dark"
    assert tr("Open") == "Open"  # only the verb is translated
    assert tr("%n scans", "", 1, one="%n scan") == "1 scan"


def test_without_a_translation_everything_is_english(
    folder: Path, application: QApplication
) -> None:
    assert not use_language(QLocale("en_US"), folder, application)
    assert tr("Light") == "Light"
