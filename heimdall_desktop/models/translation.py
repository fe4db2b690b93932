"""Translates the window into the language of its user, if there is a translation for it.

A translation is `resources/translations/heimdall_<language>.qm`; `packaging/dev.sh translations`
makes it from the `.ts` beside it. English is in the source and has none.
"""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from heimdall_desktop.presentation.i18n import translate_with

CONTEXT = ""  # plain functions have no class that Qt could take for one


def use_language(locale: QLocale, folder: Path, application: QCoreApplication) -> bool:
    """Translate every text from now on; call this before any of them is made.

    Args:
        locale: its languages are tried in their order, up to English.
        application: the owner of the translations; it also gets the texts of Qt itself, such as
            "Paste".

    Returns:
        Whether there is a translation.
    """
    ours, language = QTranslator(application), locale
    for language in map(QLocale, locale.uiLanguages()):
        if language.language() in (QLocale.Language.English, QLocale.Language.C):
            break
        if ours.load(f"heimdall_{QLocale.languageToCode(language.language())}.qm", str(folder)):
            break
    if ours.isEmpty():
        translate_with(None)
        return False
    translate_with(
        lambda text, disambiguation, number: (
            ours.translate(CONTEXT, text, disambiguation or None, number) or text
        )
    )
    of_qt = QTranslator(application)
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if of_qt.load(language, "qtbase", "_", qt_folder):
        application.installTranslator(of_qt)
    return True
