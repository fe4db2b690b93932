r"""Lists, fills and checks the texts of a translation: `resources/translations/heimdall_de.ts`.

    python packaging/translation.py --list >texts          # unfinished texts, one per line
    python packaging/translation.py --fill texts           # the same lines, translated
    python packaging/translation.py --check

A line is `number|text`, with a line feed as `\n`, and with `one ¦ many` for a text that contains a
number. `packaging/dev.sh translations` updates the catalogue before, and compiles it afterwards.
"""

import argparse
import re
import sys
from collections import Counter
from pathlib import Path
from string import Formatter
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

GERMAN = Path(__file__).parents[1] / "resources" / "translations" / "heimdall_de.ts"
FORMS = " ¦ "
ENDS = re.compile(r"(?:…|[.!?:])$")
NEVER = {
    r"\b(?:Ctrl|Shift|Del|Home|PgUp|PgDown|Backspace)\b": "an English name of a key",
    r"(?i)\b(?:du|dein\w*|dich|dir)\b": "not the formal address",
    r"\b(?:the|and|not|with|this|isn't|can't|couldn't|is|are|were|for|your)\b": "English",
    r"[“\"][^„“”\"]*[”]": "English quotation marks",
    r"\b(?:\d+\.\d+)\s?(?:MB|KB|MiB|s|%)": "a decimal point",
    r"\s[.,;:!?](?!\w|\S*[/=])": "a space before punctuation",
    r"(?i)\bfindings?\b|\balerts?\b|\bfalse positives?\b|\bseverity\b": "not in german-terms.md",
}


def messages(catalogue: ElementTree.ElementTree) -> list[Element]:
    return list(catalogue.iter("message"))


def forms_of(message: Element) -> list[str]:
    """Return the translation, or its singular and plural."""
    translation = message.find("translation")
    if translation is None:
        return [""]
    if message.get("numerus"):
        return [form.text or "" for form in translation.iter("numerusform")]
    return [translation.text or ""]


def is_finished(message: Element) -> bool:
    translation = message.find("translation")
    return translation is not None and translation.get("type") is None and all(forms_of(message))


def mistakes_of(message: Element) -> list[str]:
    """Return what is wrong with a translation, one line each."""
    source, forms = message.findtext("source") or "", forms_of(message)
    if not is_finished(message):
        return [f"{source!r} has no translation"]
    found = []
    if message.get("numerus") and len(forms) != 2:  # one and many
        found.append(f"has {len(forms)} forms instead of 2")
    for form in forms:
        if form != form.strip() and source == source.strip():
            found.append(f"starts or ends with a space: {form!r}")
        may_lack_number = form is forms[0] and len(forms) > 1  # "the one finding"
        lacking = _places(source) - _places(form)
        if _places(form) - _places(source) or set(lacking) - ({"%n"} if may_lack_number else set()):
            found.append(f"has other placeholders: {form!r}")
        ends = [(match and match[0]) or "" for match in (ENDS.search(source), ENDS.search(form))]
        if ends[0] != ends[1]:
            found.append(f"ends differently: {form!r}")
        if source.count("\n") != form.count("\n"):
            found.append(f"has other lines: {form!r}")
        literal = re.sub(r"--[\w-]+|\{[^}]*\}|\b\w+:[\w.>=-]+|https?://\S+", "X", form)
        found += [f"contains {what}: {form!r}" for bad, what in NEVER.items()
                  if re.search(bad, literal)]  # fmt: skip
    return [f"{source!r} {each}" for each in found]


def _places(text: str) -> Counter[str]:
    named = [f"{{{name}!{how}:{spec}}}" for _, name, spec, how in Formatter().parse(text) if name]
    return Counter(named + ["%n"] * text.count("%n"))


def fill(catalogue: ElementTree.ElementTree, lines: list[str]) -> None:
    """Write translated lines into a catalogue."""
    texts = messages(catalogue)
    for line in lines:
        number, _, text = line.partition("|")
        message = texts[int(number)]
        translation = message.find("translation")
        if translation is None:
            translation = ElementTree.SubElement(message, "translation")
        forms = text.replace("\\n", "\n").split(FORMS)
        translation.attrib.pop("type", None)
        if message.get("numerus"):
            for element, form in zip(list(translation), forms, strict=True):
                element.text = form
        else:
            (translation.text,) = forms


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--list", action="store_true")
    action.add_argument("--check", action="store_true")
    action.add_argument("--fill", type=Path, metavar="FILE")
    parser.add_argument("catalogue", type=Path, nargs="?", default=GERMAN)
    options = parser.parse_args()
    catalogue = ElementTree.parse(options.catalogue)  # noqa: S314 - our own file
    if options.fill:
        lines = [line for line in options.fill.read_text("utf-8").splitlines() if "|" in line]
        fill(catalogue, lines)
        xml = ElementTree.tostring(catalogue.getroot(), encoding="unicode")
        head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
        options.catalogue.write_text(f"{head}{xml}\n", encoding="utf-8")
        return 0
    if options.list:
        for number, message in enumerate(messages(catalogue)):
            if not is_finished(message):
                source = (message.findtext("source") or "").replace("\n", "\\n")
                sys.stdout.write(f"{number}|{source}{FORMS if message.get('numerus') else ''}\n")
        return 0
    found = [each for message in messages(catalogue) for each in mistakes_of(message)]
    sys.stderr.writelines(f"{each}\n" for each in found)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
