<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name></name>
    <message numerus="yes">
        <source> … %n more characters</source>
        <translation>
            <numerusform> … %n weiteres Zeichen</numerusform>
            <numerusform> … %n weitere Zeichen</numerusform>
        </translation>
    </message>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message numerus="yes">
        <source>%n actions</source>
        <translation>
            <numerusform>%n Aktion</numerusform>
            <numerusform>%n Aktionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n actions redone.</source>
        <translation>
            <numerusform>%n Aktion wiederholt.</numerusform>
            <numerusform>%n Aktionen wiederholt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n actions undone.</source>
        <translation>
            <numerusform>%n Aktion rückgängig gemacht.</numerusform>
            <numerusform>%n Aktionen rückgängig gemacht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alerts, the oldest from {day}. Up to {limit} are kept.</source>
        <translation>
            <numerusform>%n Meldung, älteste vom {day}. Höchstens {limit}.</numerusform>
            <numerusform>%n Meldungen, älteste vom {day}. Höchstens {limit}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bytes</source>
        <translation>
            <numerusform>%n Byte</numerusform>
            <numerusform>%n Bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certain</source>
        <translation>
            <numerusform>%n eindeutig</numerusform>
            <numerusform>%n eindeutig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n geändert</numerusform>
            <numerusform>%n geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n confirmed critical findings</source>
        <translation>
            <numerusform>%n bestätigter kritischer Befund</numerusform>
            <numerusform>%n bestätigte kritische Befunde</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n confirmed critical findings in {scans} scans</source>
        <translation>
            <numerusform>%n bestätigter kritischer Befund in {scans} Scans</numerusform>
            <numerusform>%n bestätigte kritische Befunde in {scans} Scans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n confirmed critical findings in {scan}</source>
        <translation>
            <numerusform>%n bestätigter kritischer Befund in {scan}</numerusform>
            <numerusform>%n bestätigte kritische Befunde in {scan}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n confirmed findings</source>
        <translation>
            <numerusform>%n bestätigter Befund</numerusform>
            <numerusform>%n bestätigte Befunde</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n couldn&apos;t be checked.</source>
        <translation>
            <numerusform>%n konnte nicht geprüft werden.</numerusform>
            <numerusform>%n konnten nicht geprüft werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decided before</source>
        <translation>
            <numerusform>%n früher entschieden</numerusform>
            <numerusform>%n früher entschieden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decided findings have a history that was not read, or that shows no decision.</source>
        <translation>
            <numerusform>%n entschiedener Befund hat einen Verlauf, der nicht gelesen wurde oder keine Entscheidung zeigt.</numerusform>
            <numerusform>%n entschiedene Befunde haben einen Verlauf, der nicht gelesen wurde oder keine Entscheidung zeigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decisions of all repositories.</source>
        <translation>
            <numerusform>%n Entscheidung aller Repositorys.</numerusform>
            <numerusform>%n Entscheidungen aller Repositorys.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n events couldn&apos;t be parsed.</source>
        <translation>
            <numerusform>%n Ereignis war nicht lesbar.</numerusform>
            <numerusform>%n Ereignisse waren nicht lesbar.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n fehlgeschlagen</numerusform>
            <numerusform>%n fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are binary or of a type that no scanner supports.</source>
        <translation>
            <numerusform>%n Datei ist binär oder von einem Typ, den kein Scanner unterstützt.</numerusform>
            <numerusform>%n Dateien sind binär oder von einem Typ, den kein Scanner unterstützt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files in {scan} were not scanned. This does not mean the code is clean.</source>
        <translation>
            <numerusform>%n Datei in {scan} wurde nicht gescannt. Das ist keine Entwarnung.</numerusform>
            <numerusform>%n Dateien in {scan} wurden nicht gescannt. Das ist keine Entwarnung.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files not scanned</source>
        <translation>
            <numerusform>%n Datei nicht gescannt</numerusform>
            <numerusform>%n Dateien nicht gescannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files were not scanned.</source>
        <translation>
            <numerusform>%n Datei wurde nicht gescannt.</numerusform>
            <numerusform>%n Dateien wurden nicht gescannt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings</source>
        <extracomment>The keys of the reasons, in their order, while the strip with them is shown.</extracomment>
        <translation>
            <numerusform>%n Befund</numerusform>
            <numerusform>%n Befunde</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are hidden by this filter, all of them critical.</source>
        <translation>
            <numerusform>%n Befund ist durch diesen Filter ausgeblendet; er ist kritisch.</numerusform>
            <numerusform>%n Befunde sind durch diesen Filter ausgeblendet; alle sind kritisch.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are hidden by this filter, all of them withdrawn or fixed.</source>
        <translation>
            <numerusform>%n Befund ist durch diesen Filter ausgeblendet; er ist zurückgezogen oder behoben.</numerusform>
            <numerusform>%n Befunde sind durch diesen Filter ausgeblendet; alle sind zurückgezogen oder behoben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are hidden by this filter, {closed} of them withdrawn or fixed.</source>
        <translation>
            <numerusform>%n Befund ist durch diesen Filter ausgeblendet, {closed} davon zurückgezogen oder behoben.</numerusform>
            <numerusform>%n Befunde sind durch diesen Filter ausgeblendet, {closed} davon zurückgezogen oder behoben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are hidden by this filter, {criticals} of them critical, {closed} withdrawn or fixed.</source>
        <translation>
            <numerusform>%n Befund ist durch diesen Filter ausgeblendet, {criticals} davon kritisch, {closed} zurückgezogen oder behoben.</numerusform>
            <numerusform>%n Befunde sind durch diesen Filter ausgeblendet, {criticals} davon kritisch, {closed} zurückgezogen oder behoben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are hidden by this filter, {criticals} of them critical.</source>
        <translation>
            <numerusform>%n Befund ist durch diesen Filter ausgeblendet, {criticals} davon kritisch.</numerusform>
            <numerusform>%n Befunde sind durch diesen Filter ausgeblendet, {criticals} davon kritisch.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are hidden by this filter.</source>
        <translation>
            <numerusform>%n Befund ist durch diesen Filter ausgeblendet.</numerusform>
            <numerusform>%n Befunde sind durch diesen Filter ausgeblendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are newly critical or high.</source>
        <translation>
            <numerusform>%n Befund ist neu kritisch oder hoch.</numerusform>
            <numerusform>%n Befunde sind neu kritisch oder hoch.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are snoozed, all of them critical.</source>
        <translation>
            <numerusform>%n Befund ist zurückgestellt; er ist kritisch.</numerusform>
            <numerusform>%n Befunde sind zurückgestellt; alle sind kritisch.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are snoozed, {criticals} of them critical.</source>
        <translation>
            <numerusform>%n Befund ist zurückgestellt, {criticals} davon kritisch.</numerusform>
            <numerusform>%n Befunde sind zurückgestellt, {criticals} davon kritisch.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are snoozed.</source>
        <translation>
            <numerusform>%n Befund ist zurückgestellt.</numerusform>
            <numerusform>%n Befunde sind zurückgestellt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings exported</source>
        <translation>
            <numerusform>%n Befund exportiert</numerusform>
            <numerusform>%n Befunde exportiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings from earlier stages are kept.</source>
        <translation>
            <numerusform>%n Befund früherer Phasen bleibt.</numerusform>
            <numerusform>%n Befunde früherer Phasen bleiben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings in {scan} couldn&apos;t be loaded. The server counts them but doesn&apos;t list them.</source>
        <translation>
            <numerusform>%n Befund in {scan} konnte nicht geladen werden. Der Server zählt ihn, führt ihn aber nicht auf.</numerusform>
            <numerusform>%n Befunde in {scan} konnten nicht geladen werden. Der Server zählt sie, führt sie aber nicht auf.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings seen.</source>
        <translation>
            <numerusform>%n Befund gesehen.</numerusform>
            <numerusform>%n Befunde gesehen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings stay selected.</source>
        <translation>
            <numerusform>%n Befund bleibt ausgewählt.</numerusform>
            <numerusform>%n Befunde bleiben ausgewählt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings were decided before.</source>
        <translation>
            <numerusform>%n Befund wurde früher entschieden.</numerusform>
            <numerusform>%n Befunde wurden früher entschieden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings were decided elsewhere meanwhile.</source>
        <translation>
            <numerusform>%n Befund wurde inzwischen anderswo entschieden.</numerusform>
            <numerusform>%n Befunde wurden inzwischen anderswo entschieden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings, not loaded yet</source>
        <translation>
            <numerusform>%n Befund, noch nicht geladen</numerusform>
            <numerusform>%n Befunde, noch nicht geladen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fixed</source>
        <translation>
            <numerusform>%n behoben</numerusform>
            <numerusform>%n behoben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gaps in the stream</source>
        <translation>
            <numerusform>%n Lücke im Stream</numerusform>
            <numerusform>%n Lücken im Stream</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hidden</source>
        <translation>
            <numerusform>%n ausgeblendet</numerusform>
            <numerusform>%n ausgeblendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hidden, {criticals} critical</source>
        <translation>
            <numerusform>%n ausgeblendet, {criticals} kritisch</numerusform>
            <numerusform>%n ausgeblendet, {criticals} kritisch</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n high</source>
        <translation>
            <numerusform>%n hoch</numerusform>
            <numerusform>%n hoch</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in saved views</source>
        <translation>
            <numerusform>%n in gespeicherten Ansichten</numerusform>
            <numerusform>%n in gespeicherten Ansichten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in “{view}”</source>
        <translation>
            <numerusform>%n in „{view}“</numerusform>
            <numerusform>%n in „{view}“</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issues created</source>
        <translation>
            <numerusform>%n Issue angelegt</numerusform>
            <numerusform>%n Issues angelegt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n linked</source>
        <translation>
            <numerusform>%n verknüpft</numerusform>
            <numerusform>%n verknüpft</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weiterer</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more characters</source>
        <translation>
            <numerusform>%n weiteres Zeichen</numerusform>
            <numerusform>%n weitere Zeichen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more findings</source>
        <translation>
            <numerusform>%n weiterer Befund</numerusform>
            <numerusform>%n weitere Befunde</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more hidden</source>
        <translation>
            <numerusform>%n weiterer ausgeblendet</numerusform>
            <numerusform>%n weitere ausgeblendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more hidden by the filter</source>
        <translation>
            <numerusform>%n weitere durch den Filter ausgeblendet</numerusform>
            <numerusform>%n weitere durch den Filter ausgeblendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more left out</source>
        <translation>
            <numerusform>%n weiterer weggelassen</numerusform>
            <numerusform>%n weitere weggelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more messages</source>
        <translation>
            <numerusform>%n weitere Nachricht</numerusform>
            <numerusform>%n weitere Nachrichten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n neuer</numerusform>
            <numerusform>%n neue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new critical</source>
        <translation>
            <numerusform>%n neuer kritischer</numerusform>
            <numerusform>%n neue kritische</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new critical findings</source>
        <translation>
            <numerusform>%n neuer kritischer Befund</numerusform>
            <numerusform>%n neue kritische Befunde</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new critical findings in {scans} scans</source>
        <translation>
            <numerusform>%n neuer kritischer Befund in {scans} Scans</numerusform>
            <numerusform>%n neue kritische Befunde in {scans} Scans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new critical findings in {scan}</source>
        <translation>
            <numerusform>%n neuer kritischer Befund in {scan}</numerusform>
            <numerusform>%n neue kritische Befunde in {scan}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new critical findings in {scan}.</source>
        <translation>
            <numerusform>%n neuer kritischer Befund in {scan}.</numerusform>
            <numerusform>%n neue kritische Befunde in {scan}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new critical findings.</source>
        <translation>
            <numerusform>%n neuer kritischer Befund.</numerusform>
            <numerusform>%n neue kritische Befunde.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new findings</source>
        <translation>
            <numerusform>%n neuer Befund</numerusform>
            <numerusform>%n neue Befunde</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new findings. Show them</source>
        <translation>
            <numerusform>%n neuer Befund. Anzeigen</numerusform>
            <numerusform>%n neue Befunde. Anzeigen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new high findings</source>
        <translation>
            <numerusform>%n neuer Befund (hoch)</numerusform>
            <numerusform>%n neue Befunde (hoch)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new high findings in {scans} scans</source>
        <translation>
            <numerusform>%n neuer Befund (hoch) in {scans} Scans</numerusform>
            <numerusform>%n neue Befunde (hoch) in {scans} Scans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new high findings in {scan}</source>
        <translation>
            <numerusform>%n neuer Befund (hoch) in {scan}</numerusform>
            <numerusform>%n neue Befunde (hoch) in {scan}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new or changed</source>
        <translation>
            <numerusform>%n neu oder geändert</numerusform>
            <numerusform>%n neu oder geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not scanned</source>
        <translation>
            <numerusform>%n nicht gescannt</numerusform>
            <numerusform>%n nicht gescannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are incomplete.</source>
        <translation>
            <numerusform>%n davon ist unvollständig.</numerusform>
            <numerusform>%n davon sind unvollständig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are snoozed.</source>
        <translation>
            <numerusform>%n davon ist zurückgestellt.</numerusform>
            <numerusform>%n davon sind zurückgestellt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are still running.</source>
        <translation>
            <numerusform>%n davon läuft noch.</numerusform>
            <numerusform>%n davon laufen noch.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them were running at the last update.</source>
        <translation>
            <numerusform>%n davon lief bei der letzten Aktualisierung.</numerusform>
            <numerusform>%n davon liefen bei der letzten Aktualisierung.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n probable</source>
        <translation>
            <numerusform>%n wahrscheinlich</numerusform>
            <numerusform>%n wahrscheinlich</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proposals rejected</source>
        <translation>
            <numerusform>Vorschlag abgelehnt</numerusform>
            <numerusform>%n Vorschläge abgelehnt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reasons left</source>
        <translation>
            <numerusform>Noch %n Grund</numerusform>
            <numerusform>Noch %n Gründe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reasons not loaded</source>
        <translation>
            <numerusform>%n Grund nicht geladen</numerusform>
            <numerusform>%n Gründe nicht geladen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reasons saved</source>
        <translation>
            <numerusform>%n Grund gespeichert</numerusform>
            <numerusform>%n Gründe gespeichert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reasons weren&apos;t saved.</source>
        <translation>
            <numerusform>Ein Grund wurde nicht gespeichert.</numerusform>
            <numerusform>%n Gründe wurden nicht gespeichert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repeats</source>
        <translation>
            <numerusform>%n Wiederholung</numerusform>
            <numerusform>%n Wiederholungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans</source>
        <translation>
            <numerusform>%n Scan</numerusform>
            <numerusform>%n Scans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans are not being watched.</source>
        <translation>
            <numerusform>%n Scan wird nicht beobachtet.</numerusform>
            <numerusform>%n Scans werden nicht beobachtet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans are stream only.</source>
        <translation>
            <numerusform>%n Scan nur als Stream.</numerusform>
            <numerusform>%n Scans nur als Stream.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans couldn&apos;t be loaded.</source>
        <translation>
            <numerusform>%n Scan konnte nicht geladen werden.</numerusform>
            <numerusform>%n Scans konnten nicht geladen werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans failed</source>
        <translation>
            <numerusform>%n Scan fehlgeschlagen</numerusform>
            <numerusform>%n Scans fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans failed or were cancelled</source>
        <translation>
            <numerusform>%n Scan fehlgeschlagen oder abgebrochen</numerusform>
            <numerusform>%n Scans fehlgeschlagen oder abgebrochen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans finished</source>
        <translation>
            <numerusform>%n Scan beendet</numerusform>
            <numerusform>%n Scans beendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans found</source>
        <translation>
            <numerusform>%n Scan gefunden</numerusform>
            <numerusform>%n Scans gefunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans have stalled</source>
        <translation>
            <numerusform>%n Scan stockt</numerusform>
            <numerusform>%n Scans stocken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans haven&apos;t been compared with an earlier one.</source>
        <translation>
            <numerusform>%n Scan wurde noch nicht mit einem früheren verglichen.</numerusform>
            <numerusform>%n Scans wurden noch nicht mit einem früheren verglichen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans hidden.</source>
        <translation>
            <numerusform>%n Scan ausgeblendet.</numerusform>
            <numerusform>%n Scans ausgeblendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans of this repository were started in the meantime. Check which one is yours.</source>
        <translation>
            <numerusform>%n Scan dieses Repositorys wurde in der Zwischenzeit gestartet. Prüfen Sie, ob es Ihrer ist.</numerusform>
            <numerusform>%n Scans dieses Repositorys wurden in der Zwischenzeit gestartet. Prüfen Sie, welcher Ihrer ist.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans running</source>
        <translation>
            <numerusform>%n laufender Scan</numerusform>
            <numerusform>%n laufende Scans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans stopped</source>
        <translation>
            <numerusform>%n Scan gestoppt</numerusform>
            <numerusform>%n Scans gestoppt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans use the documented API.</source>
        <translation>
            <numerusform>%n Scan verwendet die dokumentierte API.</numerusform>
            <numerusform>%n Scans verwenden die dokumentierte API.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n ausgewählt</numerusform>
            <numerusform>%n ausgewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected, hidden by the filter</source>
        <translation>
            <numerusform>%n ausgewählt, durch den Filter ausgeblendet</numerusform>
            <numerusform>%n ausgewählt, durch den Filter ausgeblendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected.</source>
        <translation>
            <numerusform>%n ausgewählt.</numerusform>
            <numerusform>%n ausgewählt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n servers</source>
        <translation>
            <numerusform>%n Server</numerusform>
            <numerusform>%n Server</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n servers disconnected</source>
        <translation>
            <numerusform>%n Server getrennt</numerusform>
            <numerusform>%n Server getrennt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n similar findings</source>
        <translation>
            <numerusform>%n ähnlicher Befund</numerusform>
            <numerusform>%n ähnliche Befunde</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snoozed</source>
        <translation>
            <numerusform>%n zurückgestellt</numerusform>
            <numerusform>%n zurückgestellt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snoozed, {criticals} critical</source>
        <translation>
            <numerusform>%n zurückgestellt, {criticals} kritisch</numerusform>
            <numerusform>%n zurückgestellt, {criticals} kritisch</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n steps</source>
        <translation>
            <numerusform>%n Schritt</numerusform>
            <numerusform>%n Schritte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unknown, checking</source>
        <translation>
            <numerusform>%n unbekannt, wird geprüft</numerusform>
            <numerusform>%n unbekannt, werden geprüft</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unknown, checking.</source>
        <translation>
            <numerusform>%n unbekannt, wird geprüft.</numerusform>
            <numerusform>%n unbekannt, werden geprüft.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n views notify</source>
        <translation>
            <numerusform>%n Ansicht benachrichtigt</numerusform>
            <numerusform>%n Ansichten benachrichtigen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were changed but may not have been logged.</source>
        <translation>
            <numerusform>%n wurde geändert, aber möglicherweise nicht protokolliert.</numerusform>
            <numerusform>%n wurden geändert, aber möglicherweise nicht protokolliert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were changed elsewhere since then and were left as they are.</source>
        <translation>
            <numerusform>%n wurde seitdem anderswo geändert und bleibt unverändert.</numerusform>
            <numerusform>%n wurden seitdem anderswo geändert und bleiben unverändert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n withdrawn</source>
        <translation>
            <numerusform>%n zurückgezogen</numerusform>
            <numerusform>%n zurückgezogen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n {decision} before</source>
        <translation>
            <numerusform>früher {decision}</numerusform>
            <numerusform>%n früher {decision}</numerusform>
        </translation>
    </message>
    <message>
        <source>(image not loaded: {address})</source>
        <translation>(Bild nicht geladen: {address})</translation>
    </message>
    <message>
        <source>(no file)</source>
        <extracomment>Where Excel separates at semicolons, as in Germany, a cell may start after each of them.</extracomment>
        <translation>(keine Datei)</translation>
    </message>
    <message>
        <source>(no title)</source>
        <translation>(ohne Titel)</translation>
    </message>
    <message>
        <source>--filter can&apos;t select new findings or changed ones; only the window tracks what was seen.</source>
        <translation>--filter kann keine neuen oder geänderten Befunde auswählen; nur das Fenster merkt sich, was angesehen wurde.</translation>
    </message>
    <message>
        <source>--filter can&apos;t select snoozed findings; only the window tracks what is snoozed.</source>
        <translation>--filter kann keine zurückgestellten Befunde auswählen; nur das Fenster merkt sich, was zurückgestellt ist.</translation>
    </message>
    <message>
        <source>--filter, at character {place}: {mistake}</source>
        <translation>--filter, bei Zeichen {place}: {mistake}</translation>
    </message>
    <message>
        <source>0 of {total} findings seen (stream only)</source>
        <translation>0 von {total} Befunden gesehen (nur Stream)</translation>
    </message>
    <message>
        <source>0 of {total}.</source>
        <translation>0 von {total}.</translation>
    </message>
    <message>
        <source>1 critical finding is hidden by this filter.</source>
        <translation>1 kritischer Befund ist durch diesen Filter ausgeblendet.</translation>
    </message>
    <message>
        <source>1 finding is hidden by this filter.</source>
        <translation>1 Befund ist durch diesen Filter ausgeblendet.</translation>
    </message>
    <message>
        <source>1 withdrawn or fixed finding is hidden by this filter.</source>
        <translation>1 zurückgezogener oder behobener Befund ist durch diesen Filter ausgeblendet.</translation>
    </message>
    <message>
        <source>14:00, yesterday, 2026-07-04 or 3h</source>
        <translation>14:00, gestern, 2026-07-04 oder 3h</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>A Heimdall server responds: {status}.</source>
        <translation>Ein Heimdall-Server antwortet: {status}.</translation>
    </message>
    <message>
        <source>A change has no context after it: git apply rejects it, except at the end of a file.</source>
        <translation>Nach einer Änderung fehlt der Kontext: git apply lehnt sie ab, außer am Ende einer Datei.</translation>
    </message>
    <message>
        <source>A dependency with a known vulnerability</source>
        <translation>Eine Abhängigkeit mit einer bekannten Schwachstelle</translation>
    </message>
    <message>
        <source>A filter never hides stream-only findings for values that the server doesn&apos;t report.</source>
        <translation>Ein Filter blendet reine Stream-Befunde nie wegen Werten aus, die der Server nicht meldet.</translation>
    </message>
    <message>
        <source>A finding counts as seen once its row was in view for 5 seconds, or once you open it.</source>
        <translation>Ein Befund gilt als angesehen, sobald seine Zeile 5 Sekunden sichtbar war oder Sie ihn öffnen.</translation>
    </message>
    <message>
        <source>A finding counts as seen only once you open it.</source>
        <translation>Ein Befund gilt erst als angesehen, wenn Sie ihn öffnen.</translation>
    </message>
    <message>
        <source>A finding without an ID can&apos;t be kept.</source>
        <translation>Ein Befund ohne ID kann nicht aufbewahrt werden.</translation>
    </message>
    <message>
        <source>A link points to another server, {host}.</source>
        <translation>Ein Link zeigt auf einen anderen Server, {host}.</translation>
    </message>
    <message>
        <source>A link points to {host}, where you&apos;re not signed in. Sign in to open it, or close this form if you don&apos;t know that server.</source>
        <translation>Ein Link zeigt auf {host}, wo Sie nicht angemeldet sind. Melden Sie sich an, um ihn zu öffnen, oder schließen Sie dieses Formular, wenn Sie den Server nicht kennen.</translation>
    </message>
    <message>
        <source>A local scan&apos;s repository isn&apos;t on a code host.</source>
        <translation>Das Repository eines lokalen Scans liegt nicht auf einem Code-Hoster.</translation>
    </message>
    <message>
        <source>A new history was started. Live view continues.</source>
        <translation>Ein neuer Verlauf wurde begonnen. Die Live-Anzeige läuft weiter.</translation>
    </message>
    <message>
        <source>A new scan may create another patch.</source>
        <translation>Ein neuer Scan erstellt möglicherweise einen weiteren Patch.</translation>
    </message>
    <message>
        <source>A page of the repository list couldn&apos;t be loaded.</source>
        <translation>Eine Seite der Repository-Liste konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>A page of the repository&apos;s scans couldn&apos;t be loaded.</source>
        <translation>Eine Seite der Scans des Repositorys konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>A person overrode Víðarr.</source>
        <translation>Ein Mensch hat Víðarr widersprochen.</translation>
    </message>
    <message>
        <source>A person overrode Víðarr: {step}.</source>
        <translation>Ein Mensch hat Víðarr widersprochen: {step}.</translation>
    </message>
    <message>
        <source>A quotation mark isn&apos;t closed.</source>
        <translation>Ein Anführungszeichen ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>A repeat.</source>
        <translation>Eine Wiederholung.</translation>
    </message>
    <message>
        <source>A repeat: the scan has found it again since.</source>
        <translation>Eine Wiederholung: Der Scan hat den Befund seitdem erneut gefunden.</translation>
    </message>
    <message>
        <source>A replay doesn&apos;t contact a server.</source>
        <translation>Eine Wiedergabe nimmt keine Verbindung zu einem Server auf.</translation>
    </message>
    <message>
        <source>A scan can be compared with an earlier one once it has ended.</source>
        <translation>Ein Scan kann mit einem früheren verglichen werden, sobald er beendet ist.</translation>
    </message>
    <message>
        <source>A scan failed</source>
        <translation>Ein Scan ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>A scan finished</source>
        <translation>Ein Scan ist beendet</translation>
    </message>
    <message>
        <source>A scan has stalled</source>
        <translation>Ein Scan stockt</translation>
    </message>
    <message>
        <source>A scan that isn&apos;t on the board</source>
        <translation>Ein Scan, der nicht in der Übersicht ist</translation>
    </message>
    <message>
        <source>A value is missing after {head}</source>
        <translation>Nach {head} fehlt ein Wert</translation>
    </message>
    <message>
        <source>A web page on {host} has no Heimdall content.</source>
        <translation>Eine Webseite auf {host} hat keinen Heimdall-Inhalt.</translation>
    </message>
    <message>
        <source>A web page on {host} is too long to search for scans.</source>
        <translation>Eine Webseite auf {host} ist zu lang, um darin nach Scans zu suchen.</translation>
    </message>
    <message>
        <source>AI</source>
        <translation>KI</translation>
    </message>
    <message>
        <source>AI explanation</source>
        <translation>KI-Erklärung</translation>
    </message>
    <message>
        <source>AI explanation finished.</source>
        <translation>Die KI-Erklärung ist fertig.</translation>
    </message>
    <message>
        <source>AI provider switched</source>
        <translation>KI-Anbieter gewechselt</translation>
    </message>
    <message>
        <source>AI verification</source>
        <translation>KI-Prüfung</translation>
    </message>
    <message>
        <source>AI verification finished.</source>
        <translation>Die KI-Prüfung ist fertig.</translation>
    </message>
    <message>
        <source>AI {verdict} at line {line}</source>
        <translation>KI: {verdict} in Zeile {line}</translation>
    </message>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Info</translation>
    </message>
    <message numerus="yes">
        <source>About %n lines may be missing here</source>
        <translation>
            <numerusform>Hier fehlt möglicherweise etwa %n Zeile</numerusform>
            <numerusform>Hier fehlen möglicherweise etwa %n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>About Heimdall Desktop</source>
        <translation>Über Heimdall Desktop</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Übernehmen</translation>
    </message>
    <message numerus="yes">
        <source>Accept %n</source>
        <translation>
            <numerusform>%n übernehmen</numerusform>
            <numerusform>%n übernehmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %n proposals</source>
        <translation>
            <numerusform>Vorschlag übernehmen</numerusform>
            <numerusform>%n Vorschläge übernehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept all proposals…</source>
        <translation>Alle Vorschläge übernehmen…</translation>
    </message>
    <message>
        <source>Accept all…</source>
        <translation>Alle übernehmen…</translation>
    </message>
    <message>
        <source>Accept proposal</source>
        <translation>Vorschlag übernehmen</translation>
    </message>
    <message>
        <source>Accept proposals of the selection</source>
        <translation>Vorschläge der Auswahl übernehmen</translation>
    </message>
    <message>
        <source>Accept proposed decisions</source>
        <translation>Vorgeschlagene Entscheidungen übernehmen</translation>
    </message>
    <message>
        <source>Accepted risk</source>
        <translation>Akzeptiertes Risiko</translation>
    </message>
    <message>
        <source>According to its status.</source>
        <translation>Laut seinem Status.</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Account: {names}.</source>
        <translation>Konto: {names}.</translation>
    </message>
    <message>
        <source>Account: {who}</source>
        <translation>Konto: {who}</translation>
    </message>
    <message>
        <source>Action, scan or setting</source>
        <translation>Aktion, Scan oder Einstellung</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Activate, then press the new keys.</source>
        <translation>Aktivieren Sie das Feld, und drücken Sie dann die neuen Tasten.</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add hours</source>
        <translation>Zeiten hinzufügen</translation>
    </message>
    <message>
        <source>Add one on the server&apos;s web page, or paste scan links.</source>
        <translation>Fügen Sie auf der Webseite des Servers eines hinzu, oder fügen Sie hier Scan-Links ein.</translation>
    </message>
    <message>
        <source>Add scans</source>
        <translation>Scans hinzufügen</translation>
    </message>
    <message>
        <source>Add scans, paste a scan link or drop one here.</source>
        <translation>Fügen Sie Scans hinzu, fügen Sie einen Scan-Link ein, oder ziehen Sie einen hierher.</translation>
    </message>
    <message>
        <source>Add to sort order</source>
        <translation>Zur Sortierung hinzufügen</translation>
    </message>
    <message>
        <source>Add user name and password to the proxy setting of this system.</source>
        <translation>Ergänzen Sie Benutzername und Passwort in der Proxy-Einstellung dieses Systems.</translation>
    </message>
    <message>
        <source>Adding…</source>
        <translation>Wird hinzugefügt…</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>Adresse des Proxys</translation>
    </message>
    <message>
        <source>Advisories</source>
        <translation>Sicherheitshinweise</translation>
    </message>
    <message>
        <source>Advisory</source>
        <translation>Sicherheitshinweis</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Alerts are still counted and kept in the inbox. The card shows when the mute ends.</source>
        <translation>Meldungen werden weiter gezählt und im Eingang aufbewahrt. Die Karte zeigt, wann die Stummschaltung endet.</translation>
    </message>
    <message>
        <source>Alerts held back by quiet hours, a mute or an open window are listed here.</source>
        <translation>Hier stehen Meldungen, die durch Ruhezeiten, eine Stummschaltung oder ein offenes Fenster zurückgehalten wurden.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message numerus="yes">
        <source>All %n scans finished with no findings.</source>
        <translation>
            <numerusform>%n Scan ohne Befunde beendet.</numerusform>
            <numerusform>Alle %n Scans ohne Befunde beendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>All files ({suffix})</source>
        <translation>Alle Dateien ({suffix})</translation>
    </message>
    <message>
        <source>All findings</source>
        <translation>Alle Befunde</translation>
    </message>
    <message>
        <source>All findings are listed; the log isn&apos;t offered.</source>
        <translation>Alle Befunde werden aufgeführt; ein Protokoll gibt es nicht.</translation>
    </message>
    <message>
        <source>All findings are withdrawn</source>
        <translation>Alle Befunde zurückgezogen</translation>
    </message>
    <message>
        <source>All nine stages ran.</source>
        <translation>Alle neun Phasen sind gelaufen.</translation>
    </message>
    <message>
        <source>All of them are still running.</source>
        <translation>Alle laufen noch.</translation>
    </message>
    <message>
        <source>All of them were running at the last update.</source>
        <translation>Alle liefen bei der letzten Aktualisierung.</translation>
    </message>
    <message>
        <source>All other settings apply.</source>
        <translation>Alle anderen Einstellungen gelten.</translation>
    </message>
    <message>
        <source>All proposed decisions are reviewed.</source>
        <translation>Alle vorgeschlagenen Entscheidungen sind durchgesehen.</translation>
    </message>
    <message>
        <source>All reasons are saved.</source>
        <translation>Alle Gründe sind gespeichert.</translation>
    </message>
    <message>
        <source>All reasons shown are loaded.</source>
        <translation>Alle angezeigten Gründe sind geladen.</translation>
    </message>
    <message>
        <source>All scans</source>
        <translation>Alle Scans</translation>
    </message>
    <message>
        <source>All scans of a repository that isn&apos;t on the board</source>
        <translation>Alle Scans eines Repositorys, das nicht in der Übersicht ist</translation>
    </message>
    <message>
        <source>All scans of {name}</source>
        <translation>Alle Scans von {name}</translation>
    </message>
    <message>
        <source>All shortcuts in the main window, grouped by task.</source>
        <translation>Alle Tastenkürzel im Hauptfenster, nach Aufgabe gruppiert.</translation>
    </message>
    <message>
        <source>All stages</source>
        <translation>Alle Phasen</translation>
    </message>
    <message numerus="yes">
        <source>All stages ran except {stages} (skipped).</source>
        <translation>
            <numerusform>Alle Phasen sind gelaufen, außer {stages} (übersprungen).</numerusform>
            <numerusform>Alle Phasen sind gelaufen, außer {stages} (übersprungen).</numerusform>
        </translation>
    </message>
    <message>
        <source>All steps succeeded {at}.</source>
        <translation>Alle Schritte gelungen {at}.</translation>
    </message>
    <message>
        <source>All withdrawn, fixed or snoozed</source>
        <translation>Alle zurückgezogen, behoben oder zurückgestellt</translation>
    </message>
    <message>
        <source>Already watched</source>
        <translation>Wird schon beobachtet</translation>
    </message>
    <message>
        <source>Also go to {scope}</source>
        <translation>Auch zu {scope} wechseln</translation>
    </message>
    <message>
        <source>Also known as</source>
        <translation>Auch bekannt als</translation>
    </message>
    <message>
        <source>Also save sorting and grouping</source>
        <translation>Sortierung und Gruppierung mitspeichern</translation>
    </message>
    <message>
        <source>Also: {news}.</source>
        <translation>Außerdem: {news}.</translation>
    </message>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>An internal error in Heimdall Desktop stopped the watch. Run with --debug for details.</source>
        <translation>Ein interner Fehler in Heimdall Desktop hat die Beobachtung beendet. Starten Sie mit --debug, um Einzelheiten zu sehen.</translation>
    </message>
    <message>
        <source>An issue already exists.</source>
        <translation>Es gibt bereits ein Issue.</translation>
    </message>
    <message>
        <source>An issue may have been created. Check the code host before you retry.</source>
        <translation>Möglicherweise wurde ein Issue angelegt. Prüfen Sie dies beim Code-Hoster, bevor Sie es erneut versuchen.</translation>
    </message>
    <message>
        <source>An issue was created.</source>
        <translation>Ein Issue wurde angelegt.</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Analyse</translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>Und %n weiterer.</numerusform>
            <numerusform>Und %n weitere.</numerusform>
        </translation>
    </message>
    <message>
        <source>Announced</source>
        <translation>Angekündigt</translation>
    </message>
    <message>
        <source>Announced (stream only)</source>
        <translation>Angekündigt (nur Stream)</translation>
    </message>
    <message numerus="yes">
        <source>Announcements were lost %n times.</source>
        <translation>
            <numerusform>Ankündigungen gingen %n-mal verloren.</numerusform>
            <numerusform>Ankündigungen gingen %n-mal verloren.</numerusform>
        </translation>
    </message>
    <message>
        <source>Another account</source>
        <translation>Anderes Konto</translation>
    </message>
    <message>
        <source>Another account ({id})</source>
        <translation>Ein anderes Konto ({id})</translation>
    </message>
    <message>
        <source>Another account has signed in to {host}.</source>
        <translation>Bei {host} hat sich ein anderes Konto angemeldet.</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>Weiterer Server</translation>
    </message>
    <message>
        <source>Another version of Heimdall Desktop is running with this profile. Close it first.</source>
        <translation>Mit diesem Profil läuft eine andere Version von Heimdall Desktop. Schließen Sie diese zuerst.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Answer its prompt and try again, or use the token for this session only.</source>
        <translation>Beantworten Sie die Rückfrage, und versuchen Sie es erneut, oder verwenden Sie das Token nur für diese Sitzung.</translation>
    </message>
    <message>
        <source>Any confidence</source>
        <translation>Jede Konfidenz</translation>
    </message>
    <message>
        <source>Any source</source>
        <translation>Jede Quelle</translation>
    </message>
    <message>
        <source>Any stage</source>
        <translation>Jede Phase</translation>
    </message>
    <message>
        <source>Any status</source>
        <translation>Jeder Status</translation>
    </message>
    <message>
        <source>Any verdict</source>
        <translation>Jede Bewertung</translation>
    </message>
    <message>
        <source>Anyone on the network path to this server could read the token.</source>
        <translation>Jeder auf dem Netzwerkweg zu diesem Server könnte das Token lesen.</translation>
    </message>
    <message>
        <source>Anything announced during that time is lost.</source>
        <translation>Was in dieser Zeit angekündigt wurde, ist verloren.</translation>
    </message>
    <message>
        <source>Anything announced in the meantime is lost.</source>
        <translation>Was in der Zwischenzeit angekündigt wird, geht verloren.</translation>
    </message>
    <message>
        <source>Anything the stream of {scan} announced while it was disconnected is lost.</source>
        <translation>Was der Stream von {scan} während der Trennung angekündigt hat, ist verloren.</translation>
    </message>
    <message>
        <source>Anything they announced is lost.</source>
        <translation>Was darin angekündigt wurde, ist verloren.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message numerus="yes">
        <source>Apply this to %n selected findings?</source>
        <translation>
            <numerusform>Auf %n ausgewählten Befund anwenden?</numerusform>
            <numerusform>Auf %n ausgewählte Befunde anwenden?</numerusform>
        </translation>
    </message>
    <message>
        <source>Apr</source>
        <translation>Apr</translation>
    </message>
    <message>
        <source>Arguments against</source>
        <translation>Argumente dagegen</translation>
    </message>
    <message>
        <source>Arguments for</source>
        <translation>Argumente dafür</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>Anordnen</translation>
    </message>
    <message>
        <source>Ask for the reason of critical findings</source>
        <translation>Bei kritischen Befunden nachfragen</translation>
    </message>
    <message>
        <source>Ask the server&apos;s administrator to renew it. Also check the date of this computer.</source>
        <translation>Bitten Sie die Administration des Servers, es zu erneuern. Prüfen Sie auch das Datum dieses Computers.</translation>
    </message>
    <message>
        <source>Asks before a decision about at least so many findings is sent. It can be undone in any case.</source>
        <translation>Fragt nach, bevor eine Entscheidung über mindestens so viele Befunde gesendet wird. Sie lässt sich in jedem Fall rückgängig machen.</translation>
    </message>
    <message>
        <source>Asks why a critical finding was closed; the question can be skipped.</source>
        <translation>Fragt, warum ein kritischer Befund geschlossen wurde; die Frage lässt sich überspringen.</translation>
    </message>
    <message>
        <source>At login, Heimdall starts in the tray, or minimised if there is no tray.</source>
        <translation>Bei der Anmeldung startet Heimdall im Infobereich, oder minimiert, wenn es keinen gibt.</translation>
    </message>
    <message>
        <source>Attack surfaces</source>
        <translation>Angriffsflächen</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>Attempt {number}</source>
        <translation>Versuch {number}</translation>
    </message>
    <message>
        <source>Attempt {number} failed</source>
        <translation>Versuch {number} ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>Attempt {number} failed: {reason}</source>
        <translation>Versuch {number} ist fehlgeschlagen: {reason}</translation>
    </message>
    <message>
        <source>Attempt {number} of {all}</source>
        <translation>Versuch {number} von {all}</translation>
    </message>
    <message>
        <source>Attempt {number} was cancelled</source>
        <translation>Versuch {number} wurde abgebrochen</translation>
    </message>
    <message>
        <source>Attempt {number}.</source>
        <translation>Versuch {number}.</translation>
    </message>
    <message>
        <source>Attempt {number}. {reason}.</source>
        <translation>Versuch {number}. {reason}.</translation>
    </message>
    <message>
        <source>Aug</source>
        <translation>Aug</translation>
    </message>
    <message>
        <source>Auto-watch new scans</source>
        <translation>Neue Scans beobachten</translation>
    </message>
    <message>
        <source>Automatic</source>
        <extracomment>The same for the settings: a word to choose, and its consequence.</extracomment>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Automatic ({name})</source>
        <translation>Automatisch ({name})</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Back to the board</source>
        <translation>Zurück zur Übersicht</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message numerus="yes">
        <source>Based on %n past scans of this repository.</source>
        <translation>
            <numerusform>Aus %n früheren Scan dieses Repositorys.</numerusform>
            <numerusform>Aus %n früheren Scans dieses Repositorys.</numerusform>
        </translation>
    </message>
    <message>
        <source>Below</source>
        <translation>Darunter</translation>
    </message>
    <message>
        <source>Beside</source>
        <translation>Daneben</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>Nach Ordner</translation>
    </message>
    <message>
        <source>By severity</source>
        <translation>Nach Schweregrad</translation>
    </message>
    <message>
        <source>By source</source>
        <translation>Nach Quelle</translation>
    </message>
    <message>
        <source>By time first seen</source>
        <translation>Nach Zeitpunkt der Entdeckung</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>CSV files never contain code.</source>
        <translation>CSV-Dateien enthalten nie Code.</translation>
    </message>
    <message>
        <source>CVE</source>
        <translation>CVE</translation>
    </message>
    <message>
        <source>CWE</source>
        <translation>CWE</translation>
    </message>
    <message>
        <source>CWE unknown</source>
        <translation>CWE unbekannt</translation>
    </message>
    <message>
        <source>Can&apos;t check</source>
        <translation>Prüfung nicht möglich</translation>
    </message>
    <message>
        <source>Can&apos;t check now: {reason}</source>
        <translation>Prüfung derzeit nicht möglich: {reason}</translation>
    </message>
    <message>
        <source>Can&apos;t reach {host}</source>
        <translation>{host} nicht erreichbar</translation>
    </message>
    <message>
        <source>Can&apos;t reach {host}.</source>
        <translation>{host} ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Can&apos;t reach {host}: {reason}.</source>
        <translation>{host} ist nicht erreichbar: {reason}.</translation>
    </message>
    <message>
        <source>Can&apos;t save history to {path}: {problem}.</source>
        <translation>Der Verlauf kann nicht in {path} gespeichert werden: {problem}.</translation>
    </message>
    <message>
        <source>Can&apos;t save history: another program has locked {path}.</source>
        <translation>Der Verlauf kann nicht gespeichert werden: Ein anderes Programm hat {path} gesperrt.</translation>
    </message>
    <message>
        <source>Can&apos;t save history: no space left for {path}.</source>
        <translation>Der Verlauf kann nicht gespeichert werden: kein Speicherplatz mehr für {path}.</translation>
    </message>
    <message>
        <source>Can&apos;t write a log in {folder}: {problem}.</source>
        <translation>In {folder} kann kein Protokoll geschrieben werden: {problem}.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel again</source>
        <translation>Erneut abbrechen</translation>
    </message>
    <message>
        <source>Cancel it again.</source>
        <translation>Brechen Sie ihn erneut ab.</translation>
    </message>
    <message>
        <source>Cancel scan</source>
        <translation>Scan abbrechen</translation>
    </message>
    <message>
        <source>Cancel scan…</source>
        <translation>Scan abbrechen…</translation>
    </message>
    <message>
        <source>Cancel the scan of {name} on the server?</source>
        <translation>Den Scan von {name} auf dem Server abbrechen?</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Cancelled by user</source>
        <translation>Vom Benutzer abgebrochen</translation>
    </message>
    <message>
        <source>Cancelled by {who}</source>
        <translation>Abgebrochen von {who}</translation>
    </message>
    <message>
        <source>Cancelled in {stage}.</source>
        <translation>Abgebrochen in Phase {stage}.</translation>
    </message>
    <message>
        <source>Cancelled {at}</source>
        <translation>Abgebrochen {at}</translation>
    </message>
    <message>
        <source>Cancelled {at} in {stage}.</source>
        <translation>Abgebrochen {at} in Phase {stage}.</translation>
    </message>
    <message>
        <source>Cancelled {at}, in the queue again.</source>
        <translation>Abgebrochen {at}, wieder in der Warteschlange.</translation>
    </message>
    <message>
        <source>Cancelled {at}, running again as attempt {number}.</source>
        <translation>Abgebrochen {at}, läuft wieder als Versuch {number}.</translation>
    </message>
    <message>
        <source>Cancelled {at}, running again.</source>
        <translation>Abgebrochen {at}, läuft wieder.</translation>
    </message>
    <message>
        <source>Cancelled {at}.</source>
        <translation>Abgebrochen {at}.</translation>
    </message>
    <message>
        <source>Cancelled, in the queue again.</source>
        <translation>Abgebrochen, wieder in der Warteschlange.</translation>
    </message>
    <message>
        <source>Cancelled, running again as attempt {number}.</source>
        <translation>Abgebrochen, läuft wieder als Versuch {number}.</translation>
    </message>
    <message>
        <source>Cancelled, running again.</source>
        <translation>Abgebrochen, läuft wieder.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Cancelled: {reason}</source>
        <translation>Abgebrochen: {reason}</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Wird abgebrochen</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
    <message>
        <source>Certain</source>
        <translation>Eindeutig</translation>
    </message>
    <message>
        <source>Certificate trusted.</source>
        <translation>Zertifikat vertrauenswürdig.</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Change since the earlier scan</source>
        <translation>Änderung seit dem früheren Scan</translation>
    </message>
    <message>
        <source>Change: {words}</source>
        <translation>Änderung: {words}</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Changes seen while watching are shown below.</source>
        <translation>Beim Beobachten gesehene Änderungen stehen unten.</translation>
    </message>
    <message>
        <source>Changes you make here affect only the replay.</source>
        <translation>Änderungen hier betreffen nur die Wiedergabe.</translation>
    </message>
    <message>
        <source>Changing {done} of {total}</source>
        <translation>Ändern: {done} von {total}</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Check both and try again.</source>
        <translation>Prüfen Sie beides, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Check its folder.</source>
        <translation>Prüfen Sie den Ordner.</translation>
    </message>
    <message>
        <source>Check its name, or enter its full path.</source>
        <translation>Prüfen Sie den Namen, oder geben Sie den vollständigen Pfad ein.</translation>
    </message>
    <message>
        <source>Check its permissions.</source>
        <translation>Prüfen Sie die Berechtigungen.</translation>
    </message>
    <message>
        <source>Check out the scanned version there, or choose another folder.</source>
        <translation>Checken Sie dort die gescannte Version aus, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Check that it is running.</source>
        <translation>Prüfen Sie, ob der Server läuft.</translation>
    </message>
    <message>
        <source>Check the address and the account.</source>
        <translation>Prüfen Sie die Adresse und das Konto.</translation>
    </message>
    <message>
        <source>Check the address and the network.</source>
        <translation>Prüfen Sie die Adresse und das Netzwerk.</translation>
    </message>
    <message>
        <source>Check the code host.</source>
        <translation>Prüfen Sie dies beim Code-Hoster.</translation>
    </message>
    <message>
        <source>Check the date of this computer, or contact the server&apos;s administrator.</source>
        <translation>Prüfen Sie das Datum dieses Computers, oder wenden Sie sich an die Administration des Servers.</translation>
    </message>
    <message>
        <source>Check the proxy in front of the server.</source>
        <translation>Prüfen Sie den Proxy vor dem Server.</translation>
    </message>
    <message>
        <source>Check the proxy settings.</source>
        <translation>Prüfen Sie die Proxy-Einstellungen.</translation>
    </message>
    <message>
        <source>Check the server address, and whether the network requires its own sign-in.</source>
        <translation>Prüfen Sie die Serveradresse, und ob das Netzwerk eine eigene Anmeldung verlangt.</translation>
    </message>
    <message>
        <source>Check the server address, or contact the server&apos;s administrator.</source>
        <translation>Prüfen Sie die Serveradresse, oder wenden Sie sich an die Administration des Servers.</translation>
    </message>
    <message>
        <source>Check the server address.</source>
        <translation>Prüfen Sie die Serveradresse.</translation>
    </message>
    <message>
        <source>Check whether it succeeded before you retry.</source>
        <translation>Prüfen Sie vor einem neuen Versuch, ob es gelungen ist.</translation>
    </message>
    <message>
        <source>Check whether the address needs http or https.</source>
        <translation>Prüfen Sie, ob die Adresse http oder https braucht.</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Checked again: not changed.</source>
        <translation>Erneut geprüft: nicht geändert.</translation>
    </message>
    <message>
        <source>Checked {time}</source>
        <translation>Geprüft {time}</translation>
    </message>
    <message>
        <source>Checked {time} ago</source>
        <translation>Vor {time} geprüft</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Checking against the full list, {read} of {total}.</source>
        <translation>Abgleich mit der vollständigen Liste läuft, {read} von {total}.</translation>
    </message>
    <message>
        <source>Checking against the full list.</source>
        <translation>Abgleich mit der vollständigen Liste läuft.</translation>
    </message>
    <message>
        <source>Checking against the server</source>
        <translation>Wird mit dem Server abgeglichen</translation>
    </message>
    <message>
        <source>Checking for a while whether it restarts.</source>
        <translation>Eine Zeit lang wird geprüft, ob er neu startet.</translation>
    </message>
    <message>
        <source>Checking the history for its result.</source>
        <translation>Der Verlauf wird nach dem Ergebnis durchsucht.</translation>
    </message>
    <message numerus="yes">
        <source>Checks every %n min</source>
        <translation>
            <numerusform>Prüft jede Minute</numerusform>
            <numerusform>Prüft alle %n min</numerusform>
        </translation>
    </message>
    <message>
        <source>Checks name, address, encryption, server and sign-in one after the other, and shows the first that fails.</source>
        <translation>Prüft nacheinander Name, Adresse, Verschlüsselung, Server und Anmeldung und zeigt, was zuerst fehlschlägt.</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Choose a scan</source>
        <translation>Scan wählen</translation>
    </message>
    <message>
        <source>Choose another editor in the settings.</source>
        <translation>Wählen Sie in den Einstellungen einen anderen Editor.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Choose another location</source>
        <translation>Wählen Sie einen anderen Ort</translation>
    </message>
    <message>
        <source>Choose another location.</source>
        <translation>Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>Choose folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Choose source folder…</source>
        <translation>Quellordner wählen…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear</source>
        <comment>selection</comment>
        <translation>Aufheben</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Clear selection</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message>
        <source>Clear selection, then go back step by step</source>
        <translation>Auswahl aufheben, dann schrittweise zurück</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close detail</source>
        <translation>Detail schließen</translation>
    </message>
    <message>
        <source>Close it, or remove it.</source>
        <translation>Schließen oder entfernen Sie es.</translation>
    </message>
    <message>
        <source>Close panel</source>
        <translation>Panel schließen</translation>
    </message>
    <message>
        <source>Close review</source>
        <translation>Durchsicht schließen</translation>
    </message>
    <message>
        <source>Close window</source>
        <translation>Fenster schließen</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Geschlossen</translation>
    </message>
    <message>
        <source>Closing the window</source>
        <translation>Schließen des Fensters</translation>
    </message>
    <message>
        <source>Closing the window: keep running in the background</source>
        <translation>Fenster schließen: im Hintergrund weiterlaufen</translation>
    </message>
    <message>
        <source>Closing the window: keep watching, or quit if no scan is watched</source>
        <translation>Fenster schließen: weiter beobachten, oder beenden, wenn kein Scan beobachtet wird</translation>
    </message>
    <message>
        <source>Closing the window: minimise it</source>
        <translation>Fenster schließen: minimieren</translation>
    </message>
    <message>
        <source>Closing the window: quit</source>
        <translation>Fenster schließen: beenden</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Code and patches are left out; descriptions and advice are included.</source>
        <translation>Code und Patches werden weggelassen; Beschreibungen und Empfehlungen sind enthalten.</translation>
    </message>
    <message>
        <source>Code and patches are replaced by “code left out”; descriptions and advice are included.</source>
        <translation>Code und Patches werden durch „Code weggelassen“ ersetzt; Beschreibungen und Empfehlungen sind enthalten.</translation>
    </message>
    <message>
        <source>Code and reasoning</source>
        <translation>Code und Begründung</translation>
    </message>
    <message>
        <source>Code, lines {first} to {last}</source>
        <translation>Code, Zeilen {first} bis {last}</translation>
    </message>
    <message>
        <source>Code, paths and names</source>
        <translation>Code, Pfade und Namen</translation>
    </message>
    <message>
        <source>Collapse all groups</source>
        <translation>Alle Gruppen einklappen</translation>
    </message>
    <message>
        <source>Collapse or expand a group</source>
        <translation>Gruppe umschalten</translation>
    </message>
    <message>
        <source>Collapse or expand all groups</source>
        <translation>Alle Gruppen umschalten</translation>
    </message>
    <message numerus="yes">
        <source>Collapse them</source>
        <translation>
            <numerusform>Einklappen</numerusform>
            <numerusform>Einklappen</numerusform>
        </translation>
    </message>
    <message>
        <source>Collecting…</source>
        <translation>Wird gesammelt…</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Columns: scan, connection, {shapes}</source>
        <translation>Spalten: Scan, Verbindung, {shapes}</translation>
    </message>
    <message>
        <source>Columns: {columns}</source>
        <translation>Spalten: {columns}</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Großzügig</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Commas mean “or”. A leading minus or != means “not”.</source>
        <translation>Kommas bedeuten „oder“. Ein Minus am Anfang oder != bedeutet „nicht“.</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Comment saved</source>
        <translation>Kommentar gespeichert</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Kompakt</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare with an earlier scan</source>
        <translation>Mit früherem Scan vergleichen</translation>
    </message>
    <message>
        <source>Compared findings</source>
        <translation>Verglichene Befunde</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Vergleich läuft…</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Abgeschlossen</translation>
    </message>
    <message>
        <source>Completed {at}</source>
        <translation>Abgeschlossen {at}</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Confidence rose to high.</source>
        <translation>Die Konfidenz ist auf „hoch“ gestiegen.</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>Konfig</translation>
    </message>
    <message>
        <source>Config scan</source>
        <translation>Konfig-Scan</translation>
    </message>
    <message>
        <source>Confirm</source>
        <extracomment>In the order of the keys. Source: behaviour.md 2.7.</extracomment>
        <translation>Bestätigen</translation>
    </message>
    <message numerus="yes">
        <source>Confirm all %n</source>
        <translation>
            <numerusform>%n bestätigen</numerusform>
            <numerusform>Alle %n bestätigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Confirm bulk actions</source>
        <translation>Sammelaktionen bestätigen</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Confirmed by Garmr {at}.</source>
        <translation>Von Garmr {at} bestätigt.</translation>
    </message>
    <message>
        <source>Confirmed by Garmr.</source>
        <translation>Von Garmr bestätigt.</translation>
    </message>
    <message>
        <source>Confirmed by Víðarr {at}.</source>
        <translation>Von Víðarr {at} bestätigt.</translation>
    </message>
    <message>
        <source>Confirmed by Víðarr.</source>
        <translation>Von Víðarr bestätigt.</translation>
    </message>
    <message>
        <source>Confirmed by a person {at}.</source>
        <translation>Von einer Person {at} bestätigt.</translation>
    </message>
    <message>
        <source>Confirmed by a person.</source>
        <translation>Von einer Person bestätigt.</translation>
    </message>
    <message>
        <source>Confirmed by you {at}.</source>
        <translation>Von Ihnen {at} bestätigt.</translation>
    </message>
    <message>
        <source>Confirmed by you.</source>
        <translation>Von Ihnen bestätigt.</translation>
    </message>
    <message>
        <source>Confirmed critical: {title}</source>
        <translation>Bestätigt kritisch: {title}</translation>
    </message>
    <message>
        <source>Confirmed high: {title}</source>
        <translation>Bestätigt hoch: {title}</translation>
    </message>
    <message>
        <source>Confirmed: it did what the finding describes</source>
        <translation>Bestätigt: Er hat bewirkt, was der Befund beschreibt</translation>
    </message>
    <message>
        <source>Confirming {done} of {total}</source>
        <translation>Bestätigen: {done} von {total}</translation>
    </message>
    <message>
        <source>Connect it on the server.</source>
        <translation>Verbinden Sie es auf dem Server.</translation>
    </message>
    <message>
        <source>Connect it to GitHub, GitLab or Bitbucket on the server.</source>
        <translation>Verbinden Sie es auf dem Server mit GitHub, GitLab oder Bitbucket.</translation>
    </message>
    <message>
        <source>Connect to the Heimdall server you watch.</source>
        <translation>Verbinden Sie sich mit dem Heimdall-Server, den Sie beobachten.</translation>
    </message>
    <message>
        <source>Connected to {address}.</source>
        <translation>Mit {address} verbunden.</translation>
    </message>
    <message>
        <source>Connected, no updates for {time}.</source>
        <translation>Verbunden, seit {time} keine Aktualisierung.</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Connection lost {time} ago.</source>
        <translation>Verbindung vor {time} verloren.</translation>
    </message>
    <message>
        <source>Connection test</source>
        <translation>Verbindungstest</translation>
    </message>
    <message>
        <source>Contact the server&apos;s administrator, or add its certificate authority to this system.</source>
        <translation>Wenden Sie sich an die Administration des Servers, oder fügen Sie dessen Zertifizierungsstelle diesem System hinzu.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Copies have a file header added.</source>
        <translation>Kopien erhalten einen Dateikopf.</translation>
    </message>
    <message>
        <source>Copies have a/ and b/ prefixes added.</source>
        <translation>Kopien erhalten die Präfixe a/ und b/.</translation>
    </message>
    <message>
        <source>Copies have corrected line counts.</source>
        <translation>Kopien erhalten berichtigte Zeilenzahlen.</translation>
    </message>
    <message>
        <source>Copies have shortened leading context.</source>
        <translation>Kopien erhalten einen gekürzten Anfangskontext.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message numerus="yes">
        <source>Copy %n rows</source>
        <translation>
            <numerusform>%n Zeile kopieren</numerusform>
            <numerusform>%n Zeilen kopieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %n rows as CSV</source>
        <translation>
            <numerusform>%n Zeile als CSV kopieren</numerusform>
            <numerusform>%n Zeilen als CSV kopieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %n rows as Markdown</source>
        <translation>
            <numerusform>%n Zeile als Markdown kopieren</numerusform>
            <numerusform>%n Zeilen als Markdown kopieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alle kopieren</translation>
    </message>
    <message>
        <source>Copy all details</source>
        <translation>Alle Details kopieren</translation>
    </message>
    <message>
        <source>Copy all lines</source>
        <translation>Alle Zeilen kopieren</translation>
    </message>
    <message>
        <source>Copy all lines shown</source>
        <translation>Alle angezeigten Zeilen kopieren</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>Als Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>Als curl kopieren</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>Copy entire threat model</source>
        <translation>Ganzes Bedrohungsmodell kopieren</translation>
    </message>
    <message>
        <source>Copy error</source>
        <translation>Fehler kopieren</translation>
    </message>
    <message>
        <source>Copy finding ID</source>
        <translation>Befund-ID kopieren</translation>
    </message>
    <message>
        <source>Copy for --unidiff-zero</source>
        <translation>Für --unidiff-zero kopieren</translation>
    </message>
    <message>
        <source>Copy heimdall:// link</source>
        <translation>heimdall://-Link kopieren</translation>
    </message>
    <message>
        <source>Copy line</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy lines</source>
        <translation>Zeilen kopieren</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Copy patch</source>
        <translation>Patch kopieren</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy scan ID</source>
        <translation>Scan-ID kopieren</translation>
    </message>
    <message>
        <source>Copy selection as CSV</source>
        <translation>Auswahl als CSV kopieren</translation>
    </message>
    <message>
        <source>Copy selection as Markdown table</source>
        <translation>Auswahl als Markdown-Tabelle kopieren</translation>
    </message>
    <message>
        <source>Copy selection as text</source>
        <translation>Auswahl als Text kopieren</translation>
    </message>
    <message>
        <source>Copy the whole token again.</source>
        <translation>Kopieren Sie das ganze Token erneut.</translation>
    </message>
    <message>
        <source>Copy to get the full text.</source>
        <translation>Kopieren Sie ihn, um den vollständigen Text zu erhalten.</translation>
    </message>
    <message>
        <source>Correct or unset it.</source>
        <translation>Berichtigen oder entfernen Sie die Variable.</translation>
    </message>
    <message>
        <source>Couldn&apos;t compare the scans.</source>
        <translation>Die Scans konnten nicht verglichen werden.</translation>
    </message>
    <message>
        <source>Couldn&apos;t create a temporary profile: {reason}. Set TMPDIR to another folder.</source>
        <translation>Ein temporäres Profil konnte nicht angelegt werden: {reason}. Setzen Sie TMPDIR auf einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Couldn&apos;t create the issue.</source>
        <translation>Das Issue konnte nicht angelegt werden.</translation>
    </message>
    <message>
        <source>Couldn&apos;t create the issues.</source>
        <translation>Die Issues konnten nicht angelegt werden.</translation>
    </message>
    <message>
        <source>Couldn&apos;t explain the finding.</source>
        <translation>Der Befund konnte nicht erklärt werden.</translation>
    </message>
    <message>
        <source>Couldn&apos;t load everything: {cause}</source>
        <translation>Nicht alles konnte geladen werden: {cause}</translation>
    </message>
    <message>
        <source>Couldn&apos;t load the history. {error}</source>
        <translation>Der Verlauf konnte nicht geladen werden. {error}</translation>
    </message>
    <message>
        <source>Couldn&apos;t load the threat model.</source>
        <translation>Das Bedrohungsmodell konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>Couldn&apos;t load them. {error}</source>
        <translation>Sie konnten nicht geladen werden. {error}</translation>
    </message>
    <message>
        <source>Couldn&apos;t mark the patch as applied.</source>
        <translation>Der Patch konnte nicht als angewendet markiert werden.</translation>
    </message>
    <message>
        <source>Couldn&apos;t open a fix request.</source>
        <translation>Der Fix konnte nicht angefordert werden.</translation>
    </message>
    <message>
        <source>Couldn&apos;t open the address in a browser.</source>
        <translation>Die Adresse konnte nicht im Browser geöffnet werden.</translation>
    </message>
    <message>
        <source>Couldn&apos;t open {folder}. Its path was copied.</source>
        <translation>{folder} konnte nicht geöffnet werden. Der Pfad wurde kopiert.</translation>
    </message>
    <message>
        <source>Couldn&apos;t play the recording {file}: {problem}.</source>
        <translation>Die Aufnahme {file} konnte nicht abgespielt werden: {problem}.</translation>
    </message>
    <message>
        <source>Couldn&apos;t read the recording {file}: {problem}.</source>
        <translation>Die Aufnahme {file} konnte nicht gelesen werden: {problem}.</translation>
    </message>
    <message>
        <source>Couldn&apos;t save the screenshot to {file}.</source>
        <translation>Das Bildschirmfoto konnte nicht als {file} gespeichert werden.</translation>
    </message>
    <message>
        <source>Couldn&apos;t save {file}: no space left on the disk.</source>
        <translation>{file} konnte nicht gespeichert werden: kein Speicherplatz mehr.</translation>
    </message>
    <message>
        <source>Couldn&apos;t save {file}: {problem}.</source>
        <translation>{file} konnte nicht gespeichert werden: {problem}.</translation>
    </message>
    <message>
        <source>Couldn&apos;t start the embedded server: {problem}.</source>
        <translation>Der eingebettete Server konnte nicht gestartet werden: {problem}.</translation>
    </message>
    <message>
        <source>Couldn&apos;t start {editor}: {problem}.</source>
        <translation>{editor} konnte nicht gestartet werden: {problem}.</translation>
    </message>
    <message>
        <source>Couldn&apos;t update the menu entry: {problem}.</source>
        <translation>Der Menüeintrag konnte nicht aktualisiert werden: {problem}.</translation>
    </message>
    <message>
        <source>Couldn&apos;t use the notifications of this system ({problem}).</source>
        <translation>Die Benachrichtigungen dieses Systems waren nicht verwendbar ({problem}).</translation>
    </message>
    <message>
        <source>Couldn&apos;t verify the finding.</source>
        <translation>Der Befund konnte nicht geprüft werden.</translation>
    </message>
    <message>
        <source>Couldn&apos;t write the result to standard output: {reason}.</source>
        <translation>Das Ergebnis konnte nicht auf die Standardausgabe geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>Couldn&apos;t write {file}: {problem}. Use another path for {option}.</source>
        <translation>{file} konnte nicht geschrieben werden: {problem}. Geben Sie einen anderen Pfad für {option} an.</translation>
    </message>
    <message>
        <source>Couldn&apos;t write {path}: no space left.</source>
        <translation>{path} konnte nicht geschrieben werden: kein Speicherplatz mehr.</translation>
    </message>
    <message>
        <source>Couldn&apos;t write {path}: {problem}.</source>
        <translation>{path} konnte nicht geschrieben werden: {problem}.</translation>
    </message>
    <message>
        <source>Counts as seen</source>
        <translation>Gilt als angesehen</translation>
    </message>
    <message>
        <source>Counts may be out of date.</source>
        <translation>Zahlen vielleicht veraltet.</translation>
    </message>
    <message>
        <source>Create an issue for each distinct title among the open findings in {scan}?</source>
        <translation>Für jeden unterschiedlichen Titel der offenen Befunde in {scan} ein Issue anlegen?</translation>
    </message>
    <message>
        <source>Create an issue for “{title}”?</source>
        <translation>Ein Issue für „{title}“ anlegen?</translation>
    </message>
    <message>
        <source>Create issue</source>
        <translation>Issue anlegen</translation>
    </message>
    <message>
        <source>Create issues</source>
        <translation>Issues anlegen</translation>
    </message>
    <message>
        <source>Create issues for all open findings</source>
        <translation>Issues für alle offenen Befunde anlegen</translation>
    </message>
    <message>
        <source>Create issues…</source>
        <translation>Issues anlegen…</translation>
    </message>
    <message>
        <source>Creating issue, {time}.</source>
        <translation>Issue wird angelegt, {time}.</translation>
    </message>
    <message>
        <source>Creating issues, {time}.</source>
        <translation>Issues werden angelegt, {time}.</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>Kritisch</translation>
    </message>
    <message>
        <source>Critical finding confirmed</source>
        <translation>Kritischer Befund bestätigt</translation>
    </message>
    <message>
        <source>Critical, announced: {title}</source>
        <translation>Kritisch, angekündigt: {title}</translation>
    </message>
    <message>
        <source>Critical: {title}</source>
        <translation>Kritisch: {title}</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Currently kept</source>
        <translation>Derzeit aufbewahrt</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Data as of {as_of}. Exported {exported} by {program}. Times in {zone}.</source>
        <translation>Datenstand {as_of}. Exportiert {exported} von {program}. Zeiten in {zone}.</translation>
    </message>
    <message>
        <source>Data as of {time}.</source>
        <translation>Daten von {time}.</translation>
    </message>
    <message>
        <source>Data flows</source>
        <translation>Datenflüsse</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Datenordner</translation>
    </message>
    <message>
        <source>Dec</source>
        <translation>Dez</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Entschieden</translation>
    </message>
    <message>
        <source>Decided before</source>
        <translation>Früher entschieden</translation>
    </message>
    <message>
        <source>Decided in an earlier scan</source>
        <translation>In einem früheren Scan entschieden</translation>
    </message>
    <message>
        <source>Decided in an earlier scan, not reviewed here yet</source>
        <translation>In einem früheren Scan entschieden, hier noch nicht durchgesehen</translation>
    </message>
    <message>
        <source>Decided since</source>
        <translation>Entschieden seit</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Decisions are proposed again in later scans of a repository. Only hashes of place and code are kept with them, never titles, paths or code.</source>
        <translation>Entscheidungen werden in späteren Scans eines Repositorys wieder vorgeschlagen. Dazu werden nur Hashes von Stelle und Code aufbewahrt, nie Titel, Pfade oder Code.</translation>
    </message>
    <message>
        <source>Decisions kept</source>
        <translation>Aufbewahrte Entscheidungen</translation>
    </message>
    <message>
        <source>Decisions of earlier scans</source>
        <translation>Entscheidungen früherer Scans</translation>
    </message>
    <message>
        <source>Declared</source>
        <translation>Deklariert</translation>
    </message>
    <message>
        <source>Default keys</source>
        <translation>Standardtasten</translation>
    </message>
    <message>
        <source>Default settings are used and nothing is saved. Move the file away or make it readable.</source>
        <translation>Es gelten die Standardeinstellungen, und nichts wird gespeichert. Verschieben Sie die Datei, oder machen Sie sie lesbar.</translation>
    </message>
    <message>
        <source>Default settings are used.</source>
        <translation>Es gelten die Standardeinstellungen.</translation>
    </message>
    <message>
        <source>Default: {keys}.</source>
        <translation>Standard: {keys}.</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete all decisions kept for later scans?</source>
        <translation>Alle für spätere Scans aufbewahrten Entscheidungen löschen?</translation>
    </message>
    <message>
        <source>Delete the history of scans that aren&apos;t on the board?</source>
        <translation>Den Verlauf der Scans löschen, die nicht in der Übersicht sind?</translation>
    </message>
    <message>
        <source>Deletes their findings and logs, the usual stage durations, and all kept decisions. This can&apos;t be undone.</source>
        <translation>Löscht ihre Befunde und Protokolle, die üblichen Dauern der Phasen und alle aufbewahrten Entscheidungen. Dies lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Zustellung</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>Dependencies</source>
        <translation>Abhängigkeiten</translation>
    </message>
    <message>
        <source>Dependency</source>
        <translation>Abhängigkeit</translation>
    </message>
    <message>
        <source>Derived from its confidence, which is high; {source} findings start lower.</source>
        <translation>Abgeleitet aus der hohen Konfidenz; Befunde der Quelle {source} beginnen niedriger.</translation>
    </message>
    <message>
        <source>Describes the program and this computer, without names and findings.</source>
        <translation>Beschreibt das Programm und diesen Computer, ohne Namen und Befunde.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Descriptions, advice, code and paths are included.</source>
        <translation>Beschreibungen, Empfehlungen, Code und Pfade sind enthalten.</translation>
    </message>
    <message>
        <source>Descriptions, servers, scans and links are also left out; file names are removed from titles.</source>
        <translation>Beschreibungen, Server, Scans und Links werden ebenfalls weggelassen; Dateinamen werden aus den Titeln entfernt.</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>Desktop</translation>
    </message>
    <message>
        <source>Desktop notifications are held until quiet hours end, then shown as one summary.</source>
        <translation>Desktop-Benachrichtigungen werden bis zum Ende der Ruhezeit zurückgehalten und dann als eine Zusammenfassung angezeigt.</translation>
    </message>
    <message>
        <source>Desktop portal</source>
        <translation>Desktop-Portal</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detail</translation>
    </message>
    <message>
        <source>Detail below the findings</source>
        <translation>Detail unter den Befunden</translation>
    </message>
    <message>
        <source>Detail beside the findings</source>
        <translation>Detail neben den Befunden</translation>
    </message>
    <message>
        <source>Detail placed automatically</source>
        <translation>Detail automatisch angeordnet</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Different decisions</source>
        <translation>Verschiedene Entscheidungen</translation>
    </message>
    <message>
        <source>Disagreement</source>
        <translation>Widerspruch</translation>
    </message>
    <message>
        <source>Disagreements</source>
        <translation>Widersprüche</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <comment>message</comment>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Dismiss a finding first, or mark it as false positive.</source>
        <translation>Verwerfen Sie zuerst einen Befund, oder markieren Sie ihn als Fehlalarm.</translation>
    </message>
    <message numerus="yes">
        <source>Dismiss all %n</source>
        <translation>
            <numerusform>%n verwerfen</numerusform>
            <numerusform>Alle %n verwerfen</numerusform>
        </translation>
    </message>
    <message>
        <source>Dismissed</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Dismissed by a person {at}.</source>
        <translation>Von einer Person {at} verworfen.</translation>
    </message>
    <message>
        <source>Dismissed by a person.</source>
        <translation>Von einer Person verworfen.</translation>
    </message>
    <message>
        <source>Dismissed by you {at}.</source>
        <translation>Von Ihnen {at} verworfen.</translation>
    </message>
    <message>
        <source>Dismissed by you.</source>
        <translation>Von Ihnen verworfen.</translation>
    </message>
    <message>
        <source>Dismissing {done} of {total}</source>
        <translation>Verwerfen: {done} von {total}</translation>
    </message>
    <message>
        <source>Documented API</source>
        <translation>Dokumentierte API</translation>
    </message>
    <message>
        <source>Documented API.</source>
        <translation>Dokumentierte API.</translation>
    </message>
    <message>
        <source>Don&apos;t keep</source>
        <translation>Nicht behalten</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Done with warnings</source>
        <translation>Mit Warnungen beendet</translation>
    </message>
    <message>
        <source>Doubtful matches</source>
        <translation>Zweifelhafte Zuordnungen</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplikat</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Each argument must be separate, because a file name could add others.</source>
        <translation>Jedes Argument muss für sich stehen, weil ein Dateiname weitere hinzufügen könnte.</translation>
    </message>
    <message>
        <source>Each decision is written to the server, with its reason as a comment. Undo restores the decisions; comments stay.</source>
        <translation>Jede Entscheidung wird auf den Server geschrieben, ihr Grund als Kommentar. „Rückgängig“ stellt den Stand davor wieder her; Kommentare bleiben.</translation>
    </message>
    <message>
        <source>Each step is checked before it is written. {count} are kept until you quit.</source>
        <translation>Jeder Schritt wird vor dem Schreiben geprüft. {count} werden bis zum Beenden aufbewahrt.</translation>
    </message>
    <message>
        <source>Earlier lines are missing</source>
        <translation>Frühere Zeilen fehlen</translation>
    </message>
    <message>
        <source>Earlier scan</source>
        <translation>Früherer Scan</translation>
    </message>
    <message>
        <source>Earlier:</source>
        <translation>Früher:</translation>
    </message>
    <message>
        <source>Ecosystem</source>
        <translation>Ökosystem</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>Editor</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Email and password</source>
        <translation>E-Mail und Passwort</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Ended {at}</source>
        <translation>Beendet {at}</translation>
    </message>
    <message>
        <source>Ended {at}, failed or cancelled</source>
        <translation>Beendet {at}, fehlgeschlagen oder abgebrochen</translation>
    </message>
    <message>
        <source>Ended {at}, failed or cancelled.</source>
        <translation>Beendet {at}, fehlgeschlagen oder abgebrochen.</translation>
    </message>
    <message>
        <source>Ended {at}, failed or cancelled: {reason}.</source>
        <translation>Beendet {at}, fehlgeschlagen oder abgebrochen: {reason}.</translation>
    </message>
    <message>
        <source>Ended, failed or cancelled</source>
        <translation>Beendet, fehlgeschlagen oder abgebrochen</translation>
    </message>
    <message>
        <source>Ended, failed or cancelled.</source>
        <translation>Beendet, fehlgeschlagen oder abgebrochen.</translation>
    </message>
    <message>
        <source>Ended, failed or cancelled: {reason}.</source>
        <translation>Beendet, fehlgeschlagen oder abgebrochen: {reason}.</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Enter a file name.</source>
        <translation>Geben Sie einen Dateinamen ein.</translation>
    </message>
    <message>
        <source>Enter a program and its arguments.</source>
        <translation>Geben Sie ein Programm und seine Argumente ein.</translation>
    </message>
    <message>
        <source>Enter an address like https://heimdall.example.org.</source>
        <translation>Geben Sie eine Adresse wie https://heimdall.example.org ein.</translation>
    </message>
    <message>
        <source>Enter it, or use a session token.</source>
        <translation>Geben Sie es ein, oder verwenden Sie ein Sitzungstoken.</translation>
    </message>
    <message>
        <source>Enter the editor itself.</source>
        <translation>Geben Sie den Editor selbst ein.</translation>
    </message>
    <message>
        <source>Enter your account&apos;s email address.</source>
        <translation>Geben Sie die E-Mail-Adresse Ihres Kontos ein.</translation>
    </message>
    <message>
        <source>Entry {number} of {key} was left out: {value}.</source>
        <translation>Eintrag {number} von {key} wurde ausgelassen: {value}.</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Events aren&apos;t arriving.</source>
        <translation>Es treffen keine Ereignisse ein.</translation>
    </message>
    <message>
        <source>Every alert is listed here, even if the desktop didn&apos;t show it.</source>
        <translation>Hier steht jede Meldung, auch wenn der Desktop sie nicht angezeigt hat.</translation>
    </message>
    <message>
        <source>Every field as the server sent it</source>
        <translation>Jedes Feld, wie es der Server gesendet hat</translation>
    </message>
    <message>
        <source>Every finding, with code, reasoning and status</source>
        <translation>Jeder Befund mit Code, Begründung und Status</translation>
    </message>
    <message>
        <source>Everything was reported.</source>
        <translation>Alles wurde gemeldet.</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Evidence and fix</source>
        <translation>Belege und Fix</translation>
    </message>
    <message>
        <source>Exit code</source>
        <translation>Exit-Code</translation>
    </message>
    <message>
        <source>Expand all groups</source>
        <translation>Alle Gruppen ausklappen</translation>
    </message>
    <message>
        <source>Explain with AI</source>
        <translation>Mit KI erklären</translation>
    </message>
    <message>
        <source>Explaining with AI, {time}.</source>
        <translation>Wird mit KI erklärt, {time}.</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>Erklärung</translation>
    </message>
    <message numerus="yes">
        <source>Export %n findings</source>
        <translation>
            <numerusform>%n Befund exportieren</numerusform>
            <numerusform>%n Befunde exportieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Export failed</source>
        <translation>Export fehlgeschlagen</translation>
    </message>
    <message>
        <source>Export failed: {problem}</source>
        <translation>Export fehlgeschlagen: {problem}</translation>
    </message>
    <message>
        <source>Export findings</source>
        <translation>Befunde exportieren</translation>
    </message>
    <message>
        <source>Export progress</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Exported {exported} by {program}. Times in {zone}.</source>
        <translation>Exportiert {exported} von {program}. Zeiten in {zone}.</translation>
    </message>
    <message>
        <source>Extend selection</source>
        <translation>Auswahl erweitern</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message numerus="yes">
        <source>Failed for %n findings.</source>
        <translation>
            <numerusform>Bei %n Befund fehlgeschlagen.</numerusform>
            <numerusform>Bei %n Befunden fehlgeschlagen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Failed in {stage}</source>
        <translation>Fehlgeschlagen in Phase {stage}</translation>
    </message>
    <message>
        <source>Failed or cancelled</source>
        <translation>Fehlgeschlagen oder abgebrochen</translation>
    </message>
    <message>
        <source>Failed {at}</source>
        <translation>Fehlgeschlagen {at}</translation>
    </message>
    <message>
        <source>Failed {at} at the step “{step}”.</source>
        <translation>Fehlgeschlagen {at} beim Schritt „{step}“.</translation>
    </message>
    <message>
        <source>Failed {at} in {stage}</source>
        <translation>Fehler {at}, {stage}</translation>
    </message>
    <message>
        <source>Failed: {reason}</source>
        <translation>Fehlgeschlagen: {reason}</translation>
    </message>
    <message>
        <source>False positive</source>
        <translation>Fehlalarm</translation>
    </message>
    <message>
        <source>Feb</source>
        <translation>Feb</translation>
    </message>
    <message>
        <source>Fewer than two findings are selected.</source>
        <translation>Es sind weniger als zwei Befunde ausgewählt.</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Files not scanned</source>
        <translation>Dateien nicht gescannt</translation>
    </message>
    <message>
        <source>Files outside it are never opened.</source>
        <translation>Dateien außerhalb werden nie geöffnet.</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter suggestions</source>
        <translation>Filtervorschläge</translation>
    </message>
    <message>
        <source>Filter syntax</source>
        <translation>Filtersyntax</translation>
    </message>
    <message>
        <source>Filter, such as sev&gt;=high -status:dismissed</source>
        <translation>Filter, etwa sev&gt;=high -status:dismissed</translation>
    </message>
    <message>
        <source>Filter: {filter}.</source>
        <translation>Filter: {filter}.</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>Einstellung suchen</translation>
    </message>
    <message>
        <source>Find a shortcut</source>
        <translation>Tastenkürzel suchen</translation>
    </message>
    <message>
        <source>Find any action, scan or setting</source>
        <translation>Aktion, Scan oder Einstellung suchen</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>Im Protokoll suchen</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>Finding ID</source>
        <translation>Befund-ID</translation>
    </message>
    <message>
        <source>Finding actions</source>
        <translation>Aktionen für den Befund</translation>
    </message>
    <message>
        <source>Finding detail</source>
        <translation>Detail des Befunds</translation>
    </message>
    <message>
        <source>Finding sections</source>
        <translation>Abschnitte des Befunds</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message numerus="yes">
        <source>Findings for %n scans haven&apos;t been loaded.</source>
        <translation>
            <numerusform>Die Befunde von %n Scan wurden noch nicht geladen.</numerusform>
            <numerusform>Die Befunde von %n Scans wurden noch nicht geladen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Findings for {name} haven&apos;t been loaded.</source>
        <translation>Die Befunde von {name} wurden noch nicht geladen.</translation>
    </message>
    <message>
        <source>Findings it didn&apos;t announce can&apos;t be shown here.</source>
        <translation>Befunde, die er nicht angekündigt hat, können hier nicht angezeigt werden.</translation>
    </message>
    <message>
        <source>Findings may be missing.</source>
        <translation>Es können Befunde fehlen.</translation>
    </message>
    <message>
        <source>Findings not checked yet</source>
        <translation>Befunde noch nicht geprüft</translation>
    </message>
    <message>
        <source>Findings not loaded yet</source>
        <translation>Befunde noch nicht geladen</translation>
    </message>
    <message>
        <source>Findings so far</source>
        <translation>Bisherige Befunde</translation>
    </message>
    <message>
        <source>Findings that are confirmed or raised in severity return immediately.</source>
        <extracomment>What ends a snooze before its time.</extracomment>
        <translation>Befunde, die bestätigt oder höher eingestuft werden, kehren sofort zurück.</translation>
    </message>
    <message>
        <source>Findings the server doesn&apos;t announce can&apos;t be shown here</source>
        <translation>Befunde, die der Server nicht ankündigt, können hier nicht angezeigt werden</translation>
    </message>
    <message>
        <source>Findings the server doesn&apos;t announce can&apos;t be shown here.</source>
        <translation>Befunde, die der Server nicht ankündigt, können hier nicht angezeigt werden.</translation>
    </message>
    <message>
        <source>Findings unknown</source>
        <translation>Befunde unbekannt</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Fingerprint prefix</source>
        <translation>Anfang des Fingerabdrucks</translation>
    </message>
    <message>
        <source>Fingerprint unknown</source>
        <translation>Fingerabdruck unbekannt</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Finished with no findings.</source>
        <translation>Ohne Befunde beendet.</translation>
    </message>
    <message>
        <source>Finished {at} with no findings.</source>
        <translation>Ohne Befunde beendet {at}.</translation>
    </message>
    <message>
        <source>First finding</source>
        <translation>Erster Befund</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Entdeckt</translation>
    </message>
    <message>
        <source>First seen since a given time</source>
        <translation>Seit einem Zeitpunkt entdeckt</translation>
    </message>
    <message>
        <source>First seen within a time span</source>
        <translation>Innerhalb einer Zeitspanne entdeckt</translation>
    </message>
    <message>
        <source>Fit to visible rows</source>
        <translation>An sichtbare Zeilen anpassen</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>Fix</translation>
    </message>
    <message>
        <source>Fix it</source>
        <extracomment>Fields with a fixed set of words: not a file, a scan or a title.</extracomment>
        <translation>Korrigieren</translation>
    </message>
    <message>
        <source>Fix request</source>
        <translation>Fix-Anforderung</translation>
    </message>
    <message>
        <source>Fix request failed</source>
        <translation>Fix fehlgeschlagen</translation>
    </message>
    <message>
        <source>Fix request opened</source>
        <translation>Fix geöffnet</translation>
    </message>
    <message>
        <source>Fix request started</source>
        <translation>Fix angefordert</translation>
    </message>
    <message>
        <source>Fix the problem, or use another folder with --profile-dir.</source>
        <translation>Beheben Sie das Problem, oder geben Sie mit --profile-dir einen anderen Ordner an.</translation>
    </message>
    <message>
        <source>Fix type</source>
        <translation>Art des Fixes</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>Behoben</translation>
    </message>
    <message>
        <source>Fixed in</source>
        <translation>Behoben in</translation>
    </message>
    <message>
        <source>Fixed: {title}</source>
        <translation>Behoben: {title}</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>Fluss</translation>
    </message>
    <message>
        <source>Flow steps</source>
        <translation>Schritte des Datenflusses</translation>
    </message>
    <message>
        <source>Following paused</source>
        <translation>Folgen angehalten</translation>
    </message>
    <message>
        <source>For 1 day</source>
        <translation>Für 1 Tag</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>Für 1 Stunde</translation>
    </message>
    <message>
        <source>For 1 week</source>
        <translation>Für 1 Woche</translation>
    </message>
    <message>
        <source>For 3 seconds</source>
        <translation>3 Sekunden lang</translation>
    </message>
    <message>
        <source>For a spreadsheet; formulas are escaped</source>
        <translation>Für eine Tabellenkalkulation; Formeln sind maskiert</translation>
    </message>
    <message>
        <source>For an issue or chat message</source>
        <translation>Für ein Issue oder eine Chat-Nachricht</translation>
    </message>
    <message>
        <source>For other editors. Not set.</source>
        <translation>Für andere Editoren. Nicht festgelegt.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget source folder</source>
        <translation>Quellordner vergessen</translation>
    </message>
    <message>
        <source>Forgotten when Heimdall quits</source>
        <translation>Wird vergessen, wenn Heimdall beendet wird</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Found again since:</source>
        <translation>Seitdem erneut gefunden:</translation>
    </message>
    <message>
        <source>Found again.</source>
        <translation>Erneut gefunden.</translation>
    </message>
    <message>
        <source>Found in stage</source>
        <translation>Gefunden in Phase</translation>
    </message>
    <message>
        <source>Found nothing before it stopped</source>
        <translation>Bis zum Abbruch nichts gefunden</translation>
    </message>
    <message numerus="yes">
        <source>Found the scans of %n findings</source>
        <translation>
            <numerusform>Den Scan von %n Befund gefunden</numerusform>
            <numerusform>Die Scans von %n Befunden gefunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Found {scans} and the scans of %n findings</source>
        <translation>
            <numerusform>{scans} und den Scan von %n Befund gefunden</numerusform>
            <numerusform>{scans} und die Scans von %n Befunden gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Fr</source>
        <translation>Fr</translation>
    </message>
    <message>
        <source>Free up space, or choose another location.</source>
        <translation>Geben Sie Speicherplatz frei, oder wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>Free up space. The next change will be saved.</source>
        <translation>Geben Sie Speicherplatz frei. Die nächste Änderung wird gespeichert.</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Einfrieren</translation>
    </message>
    <message>
        <source>Freeze rows (P)</source>
        <translation>Zeilen einfrieren (P)</translation>
    </message>
    <message>
        <source>Friday</source>
        <translation>Freitag</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>From an earlier attempt.</source>
        <translation>Aus einem früheren Versuch.</translation>
    </message>
    <message>
        <source>From {number}</source>
        <translation>Ab {number}</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Eingefroren</translation>
    </message>
    <message>
        <source>Frozen at {time}</source>
        <translation>Eingefroren um {time}</translation>
    </message>
    <message numerus="yes">
        <source>Frozen at {time}, %n changes held</source>
        <translation>
            <numerusform>Eingefroren um {time}, %n Änderung zurückgehalten</numerusform>
            <numerusform>Eingefroren um {time}, %n Änderungen zurückgehalten</numerusform>
        </translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Garmr</source>
        <translation>Garmr</translation>
    </message>
    <message>
        <source>Getting started</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Git may reject this patch, and it can&apos;t be repaired without guessing.</source>
        <translation>Git lehnt diesen Patch möglicherweise ab, und er lässt sich nicht reparieren, ohne zu raten.</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Group by CWE</source>
        <translation>Nach CWE gruppieren</translation>
    </message>
    <message>
        <source>Group by file</source>
        <translation>Nach Datei gruppieren</translation>
    </message>
    <message>
        <source>Group by fingerprint</source>
        <translation>Nach Fingerabdruck gruppieren</translation>
    </message>
    <message>
        <source>Group by scan</source>
        <translation>Nach Scan gruppieren</translation>
    </message>
    <message>
        <source>Group by source</source>
        <translation>Nach Quelle gruppieren</translation>
    </message>
    <message>
        <source>Group by: {name}</source>
        <translation>Gruppieren nach: {name}</translation>
    </message>
    <message>
        <source>Group rows</source>
        <translation>Zeilen gruppieren</translation>
    </message>
    <message>
        <source>Group {title}</source>
        <translation>Gruppe {title}</translation>
    </message>
    <message>
        <source>HTML page</source>
        <translation>HTML-Seite</translation>
    </message>
    <message>
        <source>HTML report</source>
        <translation>HTML-Bericht</translation>
    </message>
    <message>
        <source>Handover saved</source>
        <translation>Übergabe gespeichert</translation>
    </message>
    <message>
        <source>Handover: {scans}</source>
        <translation>Übergabe: {scans}</translation>
    </message>
    <message>
        <source>Has fix</source>
        <translation>Mit Fix</translation>
    </message>
    <message>
        <source>Heimdall Desktop can&apos;t start</source>
        <translation>Heimdall Desktop kann nicht starten</translation>
    </message>
    <message>
        <source>Heimdall Desktop encountered an internal error while watching this scan. It retries automatically.</source>
        <translation>Beim Beobachten dieses Scans ist in Heimdall Desktop ein interner Fehler aufgetreten. Ein neuer Versuch folgt automatisch.</translation>
    </message>
    <message>
        <source>Heimdall Desktop encountered an internal error.</source>
        <translation>In Heimdall Desktop ist ein interner Fehler aufgetreten.</translation>
    </message>
    <message>
        <source>Heimdall Desktop is already running with this profile but doesn&apos;t respond. End it, or use another folder with --profile-dir.</source>
        <translation>Heimdall Desktop läuft bereits mit diesem Profil, antwortet aber nicht. Beenden Sie es, oder geben Sie mit --profile-dir einen anderen Ordner an.</translation>
    </message>
    <message>
        <source>Heimdall Desktop is already running with this profile, and its window can&apos;t accept {option}. Close it first, omit {option}, or use another folder with --profile-dir.</source>
        <translation>Heimdall Desktop läuft bereits mit diesem Profil, und dessen Fenster kann {option} nicht übernehmen. Schließen Sie es zuerst, lassen Sie {option} weg, oder geben Sie mit --profile-dir einen anderen Ordner an.</translation>
    </message>
    <message>
        <source>Heimdall Desktop is already running with this profile. Use its window, or use another folder with --profile-dir.</source>
        <translation>Heimdall Desktop läuft bereits mit diesem Profil. Verwenden Sie dessen Fenster, oder geben Sie mit --profile-dir einen anderen Ordner an.</translation>
    </message>
    <message>
        <source>Heimdall Desktop was quit before the scans had ended.</source>
        <translation>Heimdall Desktop wurde beendet, bevor die Scans beendet waren.</translation>
    </message>
    <message>
        <source>Heimdall Desktop {version}: MIT licence.</source>
        <translation>Heimdall Desktop {version}: MIT-Lizenz.</translation>
    </message>
    <message>
        <source>Heimdall Desktop: report of a problem</source>
        <translation>Heimdall Desktop: Problembericht</translation>
    </message>
    <message>
        <source>Heimdall is still watching</source>
        <translation>Heimdall beobachtet weiter</translation>
    </message>
    <message>
        <source>Heimdall is still watching, minimised</source>
        <translation>Heimdall beobachtet minimiert weiter</translation>
    </message>
    <message>
        <source>Heimdall starts when you log in to the desktop.</source>
        <translation>Heimdall startet, wenn Sie sich am Desktop anmelden.</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Zurückgehalten</translation>
    </message>
    <message>
        <source>Held back: quiet hours</source>
        <translation>Zurückgehalten: Ruhezeit</translation>
    </message>
    <message>
        <source>Held back: quiet hours, then shown in “{title}”</source>
        <translation>Zurückgehalten: Ruhezeit, danach in „{title}“ angezeigt</translation>
    </message>
    <message>
        <source>Held back: scan in view</source>
        <translation>Zurückgehalten: Scan wird angezeigt</translation>
    </message>
    <message>
        <source>Held back: scan muted</source>
        <translation>Zurückgehalten: Scan stummgeschaltet</translation>
    </message>
    <message>
        <source>Held back: window in focus</source>
        <translation>Zurückgehalten: Fenster im Vordergrund</translation>
    </message>
    <message>
        <source>Held by the system</source>
        <translation>Vom System zurückgehalten</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Hidden while presenting.</source>
        <translation>Beim Präsentieren ausgeblendet.</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Hide column</source>
        <translation>Spalte ausblenden</translation>
    </message>
    <message>
        <source>Hide content in notifications</source>
        <translation>Inhalt in Benachrichtigungen ausblenden</translation>
    </message>
    <message>
        <source>Hide names</source>
        <translation>Namen ausblenden</translation>
    </message>
    <message>
        <source>Hides code, titles, paths and names in windows and notifications.</source>
        <translation>Blendet Code, Titel, Pfade und Namen in Fenstern und Benachrichtigungen aus.</translation>
    </message>
    <message>
        <source>Hides titles, paths and repository names.</source>
        <translation>Blendet Titel, Pfade und Namen von Repositorys aus.</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>High confidence.</source>
        <translation>Hohe Konfidenz.</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>High, announced: {title}</source>
        <translation>Hoch, angekündigt: {title}</translation>
    </message>
    <message>
        <source>High: {title}</source>
        <translation>Hoch: {title}</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Pos1</translation>
    </message>
    <message>
        <source>How Heimdall starts, and what closing its window does.</source>
        <translation>Wie Heimdall startet und was beim Schließen des Fensters geschieht.</translation>
    </message>
    <message>
        <source>How each server is reached, and a test that shows where a connection fails.</source>
        <translation>Wie jeder Server erreicht wird, und ein Test, der zeigt, wo eine Verbindung scheitert.</translation>
    </message>
    <message>
        <source>How long keys 1 to 6 add a reason to a finding that was just closed.</source>
        <translation>Wie lange die Tasten 1 bis 6 einem eben geschlossenen Befund einen Grund hinzufügen.</translation>
    </message>
    <message>
        <source>How sure the server is of the finding.</source>
        <translation>Wie sicher sich der Server bei dem Befund ist.</translation>
    </message>
    <message numerus="yes">
        <source>How the %n pairs were matched</source>
        <translation>
            <numerusform>Wie das %n Paar zugeordnet wurde</numerusform>
            <numerusform>Wie die %n Paare zugeordnet wurden</numerusform>
        </translation>
    </message>
    <message>
        <source>How the desktop and the server respond to a test.</source>
        <translation>Wie Desktop und Server auf einen Test antworten.</translation>
    </message>
    <message>
        <source>How to show the patch</source>
        <translation>Darstellung des Patches</translation>
    </message>
    <message>
        <source>How to sign in</source>
        <translation>Art der Anmeldung</translation>
    </message>
    <message>
        <source>How windows look. Changes apply to all windows immediately.</source>
        <translation>Wie Fenster aussehen. Änderungen gelten sofort für alle Fenster.</translation>
    </message>
    <message>
        <source>Hunt</source>
        <translation>Hunt</translation>
    </message>
    <message>
        <source>Hunt agent</source>
        <translation>Hunt-Agent</translation>
    </message>
    <message>
        <source>ID prefix</source>
        <translation>Anfang der ID</translation>
    </message>
    <message>
        <source>Ignore the proxy settings</source>
        <translation>Proxy-Einstellungen ignorieren</translation>
    </message>
    <message>
        <source>In 1 hour</source>
        <translation>In 1 Stunde</translation>
    </message>
    <message>
        <source>In 4 weeks</source>
        <translation>In 4 Wochen</translation>
    </message>
    <message>
        <source>In an empty filter: show recent filters</source>
        <translation>Im leeren Filter: letzte Filter anzeigen</translation>
    </message>
    <message>
        <source>In the filter: accept the suggestion</source>
        <translation>Im Filter: Vorschlag übernehmen</translation>
    </message>
    <message>
        <source>In the filter: show filter syntax</source>
        <translation>Im Filter: Filtersyntax anzeigen</translation>
    </message>
    <message>
        <source>In the inbox: copy an alert</source>
        <translation>Eingang: Meldung kopieren</translation>
    </message>
    <message>
        <source>In the inbox: mark read or unread</source>
        <translation>Eingang: gelesen oder ungelesen</translation>
    </message>
    <message>
        <source>In the keyring of this system: {keyring}.</source>
        <translation>Im Schlüsselbund dieses Systems: {keyring}.</translation>
    </message>
    <message>
        <source>In use: {proxy}, from the environment variable {variable}.</source>
        <translation>Verwendet: {proxy}, aus der Umgebungsvariable {variable}.</translation>
    </message>
    <message>
        <source>In use: {proxy}, from the settings of the system.</source>
        <translation>Verwendet: {proxy}, aus den Einstellungen des Systems.</translation>
    </message>
    <message>
        <source>In view for 5 seconds</source>
        <translation>5 Sekunden sichtbar</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>Inbox only so far</source>
        <translation>Bisher nur im Eingang</translation>
    </message>
    <message>
        <source>Inbox only, as set in Settings</source>
        <translation>Nur im Eingang, laut Einstellungen</translation>
    </message>
    <message>
        <source>Inbox only: already notified</source>
        <translation>Nur im Eingang: bereits gemeldet</translation>
    </message>
    <message numerus="yes">
        <source>Inbox, %n unread</source>
        <translation>
            <numerusform>Eingang, %n ungelesen</numerusform>
            <numerusform>Eingang, %n ungelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>Unvollständig</translation>
    </message>
    <message>
        <source>Incomplete: severity counts don&apos;t match</source>
        <translation>Unvollständig: Zahlen je Schweregrad stimmen nicht überein</translation>
    </message>
    <message>
        <source>Incomplete: {counted}</source>
        <translation>Unvollständig: {counted}</translation>
    </message>
    <message>
        <source>Incomplete: {read} of {total}</source>
        <translation>Unvollständig: {read} von {total}</translation>
    </message>
    <message>
        <source>Inconclusive: it couldn&apos;t be tested properly</source>
        <translation>Nicht eindeutig: Er konnte nicht richtig getestet werden</translation>
    </message>
    <message>
        <source>Individual findings, by title</source>
        <translation>Einzelne Befunde, mit Titel</translation>
    </message>
    <message>
        <source>Ingest</source>
        <translation>Einlesen</translation>
    </message>
    <message>
        <source>Ins</source>
        <translation>Einfg</translation>
    </message>
    <message>
        <source>Install one, or enter your own command in the settings.</source>
        <translation>Installieren Sie einen, oder geben Sie in den Einstellungen einen eigenen Befehl ein.</translation>
    </message>
    <message>
        <source>Install them with: {command}</source>
        <translation>Installieren Sie sie mit: {command}</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source>Installed the menu entry {file}. Links with heimdall:// open Heimdall Desktop.</source>
        <translation>Menüeintrag {file} eingerichtet. Links mit heimdall:// öffnen Heimdall Desktop.</translation>
    </message>
    <message>
        <source>Issue</source>
        <translation>Issue</translation>
    </message>
    <message>
        <source>Issue linked</source>
        <translation>Issue verknüpft</translation>
    </message>
    <message>
        <source>Issues</source>
        <translation>Issues</translation>
    </message>
    <message>
        <source>Issues may have been created. Check the code host before you retry.</source>
        <translation>Möglicherweise wurden Issues angelegt. Prüfen Sie dies beim Code-Hoster, bevor Sie es erneut versuchen.</translation>
    </message>
    <message>
        <source>It appears here when it has been loaded.</source>
        <translation>Er erscheint hier, sobald er geladen ist.</translation>
    </message>
    <message>
        <source>It becomes a comment on the server, which can&apos;t be changed or deleted.</source>
        <translation>Sie wird zu einem Kommentar auf dem Server, der sich nicht ändern oder löschen lässt.</translation>
    </message>
    <message>
        <source>It can be cancelled now.</source>
        <translation>Jetzt kann er abgebrochen werden.</translation>
    </message>
    <message>
        <source>It can be undone afterwards.</source>
        <translation>Es lässt sich danach rückgängig machen.</translation>
    </message>
    <message>
        <source>It creates patches in the report stage.</source>
        <translation>Patches entstehen in der Phase Bericht.</translation>
    </message>
    <message>
        <source>It doesn&apos;t exist or belongs to another account.</source>
        <translation>Er existiert nicht oder gehört zu einem anderen Konto.</translation>
    </message>
    <message>
        <source>It found nothing before that. This does not mean the code is clean.</source>
        <translation>Bis dahin nichts gefunden. Das ist keine Entwarnung.</translation>
    </message>
    <message>
        <source>It has more than {limit} bytes.</source>
        <translation>Sie hat mehr als {limit} Bytes.</translation>
    </message>
    <message>
        <source>It has more than {limit} values.</source>
        <translation>Sie hat mehr als {limit} Werte.</translation>
    </message>
    <message>
        <source>It hasn&apos;t been scanned yet.</source>
        <translation>Es wurde noch nicht gescannt.</translation>
    </message>
    <message>
        <source>It is being reopened.</source>
        <translation>Er wird neu geöffnet.</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>Sie ist leer.</translation>
    </message>
    <message>
        <source>It is nested too deeply.</source>
        <translation>Sie ist zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>It may have been added. Adding it again does no harm.</source>
        <translation>Möglicherweise wurde es hinzugefügt. Ein erneutes Hinzufügen schadet nicht.</translation>
    </message>
    <message>
        <source>It may have been cancelled. Check before you cancel it again.</source>
        <translation>Möglicherweise wurde er abgebrochen. Prüfen Sie dies, bevor Sie ihn erneut abbrechen.</translation>
    </message>
    <message>
        <source>It may have been changed; still checking.</source>
        <translation>Möglicherweise wurde er geändert; dies wird noch geprüft.</translation>
    </message>
    <message>
        <source>It may have been done. Check the history before you retry.</source>
        <translation>Möglicherweise ist es gelungen. Prüfen Sie den Verlauf, bevor Sie es erneut versuchen.</translation>
    </message>
    <message>
        <source>It may have been removed, or belong to another account.</source>
        <translation>Vielleicht entfernt oder in einem anderen Konto.</translation>
    </message>
    <message>
        <source>It may have been started. Check before you start another one.</source>
        <translation>Möglicherweise wurde er gestartet. Prüfen Sie dies, bevor Sie einen weiteren starten.</translation>
    </message>
    <message>
        <source>It may not respond to other requests until that is done.</source>
        <translation>Bis dahin werden andere Anfragen möglicherweise nicht beantwortet.</translation>
    </message>
    <message>
        <source>It only has recorded answers for some demo findings.</source>
        <translation>Er hat nur aufgezeichnete Antworten für einige Demo-Befunde.</translation>
    </message>
    <message>
        <source>It reviewed the finding and left the confidence high. See its reasoning.</source>
        <translation>Víðarr hat den Befund geprüft und die hohe Konfidenz beibehalten, siehe Begründung.</translation>
    </message>
    <message>
        <source>It starts when the server has capacity.</source>
        <translation>Er startet, sobald der Server Kapazität hat.</translation>
    </message>
    <message>
        <source>It was announced but isn&apos;t in the server&apos;s list.</source>
        <translation>Er wurde angekündigt, steht aber nicht in der Liste des Servers.</translation>
    </message>
    <message>
        <source>It was at {place} {at}.</source>
        <translation>War {at} an der Stelle {place}.</translation>
    </message>
    <message>
        <source>It was at {place}.</source>
        <translation>Vorher an der Stelle {place}.</translation>
    </message>
    <message>
        <source>It was kept as {name}, and a new history was started. Live view continues.</source>
        <translation>Er wurde als {name} aufbewahrt und ein neuer Verlauf begonnen. Die Live-Anzeige läuft weiter.</translation>
    </message>
    <message>
        <source>It was proven after it was decided.</source>
        <translation>Nach der Entscheidung wurde er nachgewiesen.</translation>
    </message>
    <message>
        <source>It was {severity}.</source>
        <translation>Vorher: {severity}.</translation>
    </message>
    <message>
        <source>It was {was} {at} and is {now} here.</source>
        <translation>War {at} {was} und ist hier {now}.</translation>
    </message>
    <message numerus="yes">
        <source>Its %n findings were removed from the list.</source>
        <translation>
            <numerusform>Der eine Befund des Scans wurde aus der Liste entfernt.</numerusform>
            <numerusform>Die %n Befunde des Scans wurden aus der Liste entfernt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its alerts are in the inbox.</source>
        <translation>Seine Meldungen stehen im Eingang.</translation>
    </message>
    <message>
        <source>Its alerts stay in the inbox.</source>
        <translation>Seine Meldungen bleiben im Eingang.</translation>
    </message>
    <message>
        <source>Its code isn&apos;t the same, or the match isn&apos;t unique. Compare before you accept.</source>
        <translation>Sein Code ist nicht derselbe, oder die Zuordnung ist nicht eindeutig. Vergleichen Sie vor dem Übernehmen.</translation>
    </message>
    <message>
        <source>Its findings so far are kept. The scan ends for everyone watching it.</source>
        <translation>Seine bisherigen Befunde bleiben erhalten. Der Scan endet für alle, die ihn beobachten.</translation>
    </message>
    <message>
        <source>Its model writes a change and opens a pull request in the repository.</source>
        <translation>Das KI-Modell des Servers schreibt eine Änderung und öffnet einen Pull-Request im Repository.</translation>
    </message>
    <message>
        <source>Its scan is no longer watched.</source>
        <translation>Sein Scan wird nicht mehr beobachtet.</translation>
    </message>
    <message>
        <source>Its scan isn&apos;t watched.</source>
        <translation>Der zugehörige Scan wird nicht beobachtet.</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Jan</source>
        <translation>Jan</translation>
    </message>
    <message>
        <source>Judgements that differ; those about Víðarr only where the history was read</source>
        <translation>Urteile, die sich widersprechen; die über Víðarr nur, wo der Verlauf gelesen wurde</translation>
    </message>
    <message>
        <source>Jul</source>
        <translation>Juli</translation>
    </message>
    <message>
        <source>Jun</source>
        <translation>Juni</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Keep decisions for</source>
        <translation>Entscheidungen aufbewahren für</translation>
    </message>
    <message>
        <source>Keep decisions on {folder} to propose them in later scans?</source>
        <translation>Entscheidungen zu {folder} behalten, um sie in späteren Scans vorzuschlagen?</translation>
    </message>
    <message>
        <source>Keep it running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Keep none</source>
        <translation>Nicht aufbewahren</translation>
    </message>
    <message>
        <source>Keep on screen until closed</source>
        <translation>Bis zum Schließen anzeigen</translation>
    </message>
    <message>
        <source>Keep scans for</source>
        <translation>Scans aufbewahren für</translation>
    </message>
    <message>
        <source>Keep the token in the system keyring</source>
        <translation>Token im Schlüsselbund des Systems aufbewahren</translation>
    </message>
    <message>
        <source>Keeps running as a minimised window.</source>
        <translation>Läuft als minimiertes Fenster weiter.</translation>
    </message>
    <message>
        <source>Keeps running in the tray, or minimised if there is no tray.</source>
        <translation>Läuft im Infobereich weiter, oder minimiert, wenn es keinen gibt.</translation>
    </message>
    <message>
        <source>Keeps watching in the tray or minimised; quits if no scan is watched.</source>
        <translation>Beobachtet im Infobereich oder minimiert weiter; beendet sich, wenn kein Scan beobachtet wird.</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keyring</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Keyring error</source>
        <translation>Schlüsselbund-Fehler</translation>
    </message>
    <message>
        <source>Keyring locked</source>
        <translation>Schlüsselbund gesperrt</translation>
    </message>
    <message>
        <source>Keyring: {place}</source>
        <translation>Schlüsselbund: {place}</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Last changed</source>
        <translation>Zuletzt geändert</translation>
    </message>
    <message>
        <source>Last lines of the log</source>
        <translation>Letzte Zeilen des Protokolls</translation>
    </message>
    <message>
        <source>Last {hours} h</source>
        <translation>Letzte {hours} h</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Later scan</source>
        <translation>Späterer Scan</translation>
    </message>
    <message>
        <source>Latest: {title}</source>
        <translation>Neuester: {title}</translation>
    </message>
    <message>
        <source>Latest: {title} in {file}</source>
        <translation>Neuester: {title} in {file}</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Leave replay</source>
        <translation>Wiedergabe verlassen</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Let {host} fix “{title}”?</source>
        <translation>{host} „{title}“ beheben lassen?</translation>
    </message>
    <message>
        <source>Lets connections to {host} through.</source>
        <translation>Lässt Verbindungen zu {host} durch.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Likely a false positive</source>
        <translation>Wahrscheinlich Fehlalarm</translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>Zeile {line}</translation>
    </message>
    <message>
        <source>Line {line} of the recording {file} can&apos;t be read: {problem}.</source>
        <translation>Zeile {line} der Aufnahme {file} ist nicht lesbar: {problem}.</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Lines it covers</source>
        <translation>Betroffene Zeilen</translation>
    </message>
    <message>
        <source>Lines may be missing here</source>
        <translation>Hier fehlen möglicherweise Zeilen</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Links and IDs are looked up on this server.</source>
        <translation>Links und IDs werden auf diesem Server gesucht.</translation>
    </message>
    <message>
        <source>Links: heimdall:// isn&apos;t set up. Run heimdall-desktop --install-desktop-entry.</source>
        <translation>Links: heimdall:// ist nicht eingerichtet. Führen Sie heimdall-desktop --install-desktop-entry aus.</translation>
    </message>
    <message>
        <source>Links: heimdall:// opens Heimdall Desktop.</source>
        <translation>Links: heimdall:// öffnet Heimdall Desktop.</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Live data resumes after that.</source>
        <translation>Danach geht es mit Live-Daten weiter.</translation>
    </message>
    <message>
        <source>Live now</source>
        <translation>Jetzt live</translation>
    </message>
    <message>
        <source>Live scans</source>
        <translation>Laufende Scans</translation>
    </message>
    <message>
        <source>Live view continues without history until the next start. Check the disk.</source>
        <translation>Die Live-Anzeige läuft bis zum nächsten Start ohne Verlauf weiter. Prüfen Sie den Datenträger.</translation>
    </message>
    <message>
        <source>Live view continues without it. Update Heimdall Desktop to use it again. If no later version was ever used here, the file is damaged; move it away.</source>
        <translation>Die Live-Anzeige läuft ohne ihn weiter. Aktualisieren Sie Heimdall Desktop, um ihn wieder zu verwenden. Wurde hier nie eine spätere Version verwendet, ist die Datei beschädigt; verschieben Sie sie dann.</translation>
    </message>
    <message>
        <source>Live view continues.</source>
        <translation>Die Live-Anzeige läuft weiter.</translation>
    </message>
    <message>
        <source>Live view continues. Check its folder and free space.</source>
        <translation>Die Live-Anzeige läuft weiter. Prüfen Sie den Ordner und den freien Speicherplatz.</translation>
    </message>
    <message>
        <source>Live view continues. Check the folder.</source>
        <translation>Die Live-Anzeige läuft weiter. Prüfen Sie den Ordner.</translation>
    </message>
    <message>
        <source>Live view continues. Free up space; saving is retried.</source>
        <translation>Anzeige läuft weiter. Geben Sie Platz frei; Speichern wird wiederholt.</translation>
    </message>
    <message>
        <source>Live view continues. Saving is retried.</source>
        <translation>Die Live-Anzeige läuft weiter. Das Speichern wird erneut versucht.</translation>
    </message>
    <message>
        <source>Live {time}</source>
        <translation>Live {time}</translation>
    </message>
    <message>
        <source>Load reasons</source>
        <translation>Gründe laden</translation>
    </message>
    <message numerus="yes">
        <source>Load them</source>
        <translation>
            <numerusform>Laden</numerusform>
            <numerusform>Laden</numerusform>
        </translation>
    </message>
    <message>
        <source>Loaded from {host} {age} ago</source>
        <translation>Vor {age} von {host} geladen</translation>
    </message>
    <message>
        <source>Loaded {at}. It can&apos;t be refreshed now.</source>
        <translation>Geladen {at}. Derzeit ist keine Aktualisierung möglich.</translation>
    </message>
    <message>
        <source>Loading findings</source>
        <translation>Befunde werden geladen</translation>
    </message>
    <message>
        <source>Loading findings for {name}</source>
        <translation>Befunde von {name} werden geladen</translation>
    </message>
    <message>
        <source>Loading history…</source>
        <translation>Verlauf wird geladen…</translation>
    </message>
    <message numerus="yes">
        <source>Loading reasons, %n left.</source>
        <translation>
            <numerusform>Gründe werden geladen, noch %n.</numerusform>
            <numerusform>Gründe werden geladen, noch %n.</numerusform>
        </translation>
    </message>
    <message>
        <source>Loading repositories…</source>
        <translation>Repositorys werden geladen…</translation>
    </message>
    <message>
        <source>Loading running scans…</source>
        <translation>Laufende Scans werden geladen…</translation>
    </message>
    <message>
        <source>Loading scans…</source>
        <translation>Scans werden geladen…</translation>
    </message>
    <message>
        <source>Loading the newest scans…</source>
        <translation>Die neuesten Scans werden geladen…</translation>
    </message>
    <message>
        <source>Loading the threat model for {name}…</source>
        <translation>Bedrohungsmodell von {name} wird geladen…</translation>
    </message>
    <message>
        <source>Loading {read} of {expected} from {host}</source>
        <translation>{read} von {expected} werden von {host} geladen</translation>
    </message>
    <message>
        <source>Local folder</source>
        <translation>Lokaler Ordner</translation>
    </message>
    <message>
        <source>Local folders</source>
        <translation>Lokale Ordner</translation>
    </message>
    <message>
        <source>Local scans are available only in this program.</source>
        <translation>Lokale Scans gibt es nur in diesem Programm.</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Fundstelle</translation>
    </message>
    <message>
        <source>Location unknown</source>
        <extracomment>What a stream doesn&apos;t announce.</extracomment>
        <translation>Fundstelle unbekannt</translation>
    </message>
    <message>
        <source>Location, code, reasoning, status</source>
        <translation>Fundstelle, Code, Begründung, Status</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Log and current task</source>
        <translation>Protokoll und laufende Aufgabe</translation>
    </message>
    <message>
        <source>Log folder</source>
        <translation>Protokollordner</translation>
    </message>
    <message>
        <source>Looking for the previous scan…</source>
        <translation>Der vorige Scan wird gesucht…</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Niedrig</translation>
    </message>
    <message>
        <source>MIT licence. Qt and PySide6 are used under the LGPL, version 3.</source>
        <translation>MIT-Lizenz. Qt und PySide6 werden unter der LGPL, Version 3, verwendet.</translation>
    </message>
    <message>
        <source>Manage views</source>
        <translation>Ansichten verwalten</translation>
    </message>
    <message>
        <source>Manage views…</source>
        <translation>Ansichten verwalten…</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Mar</source>
        <translation>März</translation>
    </message>
    <message numerus="yes">
        <source>Mark all %n as false positive</source>
        <translation>
            <numerusform>%n als Fehlalarm markieren</numerusform>
            <numerusform>Alle %n als Fehlalarm markieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark all %n as fixed</source>
        <translation>
            <numerusform>%n als behoben markieren</numerusform>
            <numerusform>Alle %n als behoben markieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark all as seen</source>
        <translation>Alle als angesehen markieren</translation>
    </message>
    <message>
        <source>Mark all read</source>
        <translation>Alle als gelesen markieren</translation>
    </message>
    <message>
        <source>Mark as applied</source>
        <translation>Als angewendet markieren</translation>
    </message>
    <message>
        <source>Mark patch as applied</source>
        <translation>Patch als angewendet markieren</translation>
    </message>
    <message>
        <source>Mark read</source>
        <translation>Als gelesen markieren</translation>
    </message>
    <message>
        <source>Mark the newest patch for “{title}” as applied?</source>
        <translation>Den neuesten Patch für „{title}“ als angewendet markieren?</translation>
    </message>
    <message>
        <source>Mark unread</source>
        <translation>Als ungelesen markieren</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Marked as a false positive.</source>
        <translation>Als Fehlalarm markiert.</translation>
    </message>
    <message>
        <source>Marking patch as applied, {time}.</source>
        <translation>Patch wird als angewendet markiert, {time}.</translation>
    </message>
    <message>
        <source>Marking {done} of {total} as false positive</source>
        <translation>Als Fehlalarm markieren: {done} von {total}</translation>
    </message>
    <message>
        <source>Marking {done} of {total} as fixed</source>
        <translation>Als behoben markieren: {done} von {total}</translation>
    </message>
    <message>
        <source>Marks the alert as unread in the inbox.</source>
        <translation>Markiert die Meldung im Eingang als ungelesen.</translation>
    </message>
    <message>
        <source>Maximum size</source>
        <translation>Maximale Größe</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Mai</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Menu entries can only be installed on Linux and similar systems.</source>
        <translation>Menüeinträge lassen sich nur unter Linux und ähnlichen Systemen einrichten.</translation>
    </message>
    <message>
        <source>Merged into “{title}”</source>
        <translation>In „{title}“ zusammengefasst</translation>
    </message>
    <message>
        <source>Minimise</source>
        <translation>Minimieren</translation>
    </message>
    <message>
        <source>Mitigated elsewhere</source>
        <translation>Anderswo entschärft</translation>
    </message>
    <message>
        <source>Mo</source>
        <extracomment>The days of the week from Monday on, for a small button.</extracomment>
        <translation>Mo</translation>
    </message>
    <message>
        <source>Monday</source>
        <extracomment>From Monday on.</extracomment>
        <translation>Montag</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>Weitere Aktionen</translation>
    </message>
    <message>
        <source>More decisions</source>
        <translation>Weitere Entscheidungen</translation>
    </message>
    <message>
        <source>More findings may still arrive. This does not mean the code is clean.</source>
        <translation>Es können noch Befunde kommen. Das ist keine Entwarnung.</translation>
    </message>
    <message>
        <source>More in the manual</source>
        <translation>Mehr im Handbuch</translation>
    </message>
    <message>
        <source>More log lines arrived between two checks than the server returns at once.</source>
        <translation>Zwischen zwei Abfragen kamen mehr Protokollzeilen hinzu, als der Server auf einmal liefert.</translation>
    </message>
    <message>
        <source>Move towards the end</source>
        <translation>Zum Ende verschieben</translation>
    </message>
    <message>
        <source>Move towards the start</source>
        <translation>Zum Anfang verschieben</translation>
    </message>
    <message>
        <source>Mute a scan</source>
        <translation>Scan stummschalten</translation>
    </message>
    <message>
        <source>Mute for 1 h</source>
        <translation>1 h stummschalten</translation>
    </message>
    <message>
        <source>Mute repository</source>
        <translation>Repository stummschalten</translation>
    </message>
    <message>
        <source>Mute scan for 1 h</source>
        <translation>Scan 1 h stummschalten</translation>
    </message>
    <message>
        <source>Mute this repository for 1 day</source>
        <translation>Dieses Repository 1 Tag stummschalten</translation>
    </message>
    <message>
        <source>Mute this repository for 1 h</source>
        <translation>Dieses Repository 1 h stummschalten</translation>
    </message>
    <message>
        <source>Mute this repository for 1 week</source>
        <translation>Dieses Repository 1 Woche stummschalten</translation>
    </message>
    <message>
        <source>Mute this scan for 1 h</source>
        <translation>Diesen Scan 1 h stummschalten</translation>
    </message>
    <message>
        <source>Mute this scan until it ends</source>
        <translation>Diesen Scan bis zu seinem Ende stummschalten</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Muted until it ends</source>
        <translation>Stummgeschaltet, bis er endet</translation>
    </message>
    <message>
        <source>Muted until {time}</source>
        <translation>Stummgeschaltet bis {time}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the proxy</source>
        <translation>Name des Proxys</translation>
    </message>
    <message>
        <source>Name or branch</source>
        <translation>Name oder Branch</translation>
    </message>
    <message>
        <source>Name the account</source>
        <translation>Konto nennen</translation>
    </message>
    <message>
        <source>Names are hidden. Show them.</source>
        <translation>Namen sind ausgeblendet. Einblenden.</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Handlungsbedarf</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>Prüfung nötig</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New critical finding</source>
        <translation>Neuer kritischer Befund</translation>
    </message>
    <message>
        <source>New critical finding in {scan}: {title}.</source>
        <translation>Neuer kritischer Befund in {scan}: {title}.</translation>
    </message>
    <message>
        <source>New finding in a saved view</source>
        <translation>Neuer Befund in gespeicherter Ansicht</translation>
    </message>
    <message>
        <source>New high finding</source>
        <translation>Neuer Befund (hoch)</translation>
    </message>
    <message>
        <source>New scans aren&apos;t being watched.</source>
        <translation>Neue Scans werden nicht beobachtet.</translation>
    </message>
    <message>
        <source>New scans on the current server are added to the board automatically.</source>
        <translation>Neue Scans auf dem aktuellen Server werden automatisch in die Übersicht aufgenommen.</translation>
    </message>
    <message>
        <source>New since {time}.</source>
        <translation>Neu seit {time}.</translation>
    </message>
    <message>
        <source>New: not found in the scan {at}.</source>
        <translation>Neu: im Scan {at} nicht gefunden.</translation>
    </message>
    <message>
        <source>Newer patch</source>
        <translation>Neuerer Patch</translation>
    </message>
    <message>
        <source>Newest finding, resume following</source>
        <translation>Neuester Befund, wieder folgen</translation>
    </message>
    <message>
        <source>Newest scan vs. the one before</source>
        <translation>Neuester Scan und der davor</translation>
    </message>
    <message>
        <source>Next Monday</source>
        <translation>Nächsten Montag</translation>
    </message>
    <message>
        <source>Next and previous control</source>
        <translation>Nächstes, voriges Element</translation>
    </message>
    <message>
        <source>Next and previous finding</source>
        <translation>Nächster und voriger Befund</translation>
    </message>
    <message>
        <source>Next finding</source>
        <translation>Nächster Befund</translation>
    </message>
    <message>
        <source>Next flow step</source>
        <translation>Nächster Schritt im Fluss</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Next new or changed finding</source>
        <translation>Nächster neuer oder geänderter Befund</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>Nächster Bereich</translation>
    </message>
    <message>
        <source>Next: {time}.</source>
        <translation>Nächste: {time}.</translation>
    </message>
    <message>
        <source>No CWE</source>
        <translation>Keine CWE</translation>
    </message>
    <message>
        <source>No access</source>
        <translation>Kein Zugriff</translation>
    </message>
    <message>
        <source>No activity since {moment}, no updates for {time}.</source>
        <translation>Keine Aktivität seit {moment}, keine Aktualisierung seit {time}.</translation>
    </message>
    <message>
        <source>No address found for {host}.</source>
        <translation>Keine Adresse für {host} gefunden.</translation>
    </message>
    <message>
        <source>No alerts yet.</source>
        <translation>Noch keine Meldungen.</translation>
    </message>
    <message>
        <source>No changes yet.</source>
        <translation>Noch keine Änderungen.</translation>
    </message>
    <message>
        <source>No check has confirmed or refuted it yet.</source>
        <translation>Bisher hat ihn keine Prüfung bestätigt oder widerlegt.</translation>
    </message>
    <message>
        <source>No connection yet.</source>
        <translation>Noch keine Verbindung.</translation>
    </message>
    <message>
        <source>No contact for {time}</source>
        <translation>Seit {time} kein Kontakt</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source>No data for 60 s</source>
        <translation>60 s ohne Daten</translation>
    </message>
    <message>
        <source>No data for {time}.</source>
        <translation>Seit {time} keine Daten.</translation>
    </message>
    <message>
        <source>No data yet</source>
        <translation>Noch keine Daten</translation>
    </message>
    <message>
        <source>No days</source>
        <translation>Keine Tage</translation>
    </message>
    <message>
        <source>No days are selected.</source>
        <translation>Es sind keine Tage ausgewählt.</translation>
    </message>
    <message>
        <source>No decision is proposed for this finding.</source>
        <translation>Für diesen Befund ist keine Entscheidung vorgeschlagen.</translation>
    </message>
    <message>
        <source>No decisions are known since then.</source>
        <translation>Seither sind keine Entscheidungen bekannt.</translation>
    </message>
    <message>
        <source>No decisions are proposed.</source>
        <translation>Es sind keine Entscheidungen vorgeschlagen.</translation>
    </message>
    <message>
        <source>No desktop portal responds, so changes to the desktop&apos;s colours aren&apos;t detected.</source>
        <translation>Kein Desktop-Portal antwortet; Änderungen der Desktop-Farben werden daher nicht erkannt.</translation>
    </message>
    <message>
        <source>No doubtful matches are waiting.</source>
        <translation>Keine zweifelhaften Zuordnungen warten.</translation>
    </message>
    <message>
        <source>No earlier scan of this repository has completed.</source>
        <translation>Bisher ist kein früherer Scan dieses Repositorys abgeschlossen.</translation>
    </message>
    <message numerus="yes">
        <source>No estimate (needs %n past scans)</source>
        <translation>
            <numerusform>Keine Schätzung (dafür ist %n früherer Scan nötig)</numerusform>
            <numerusform>Keine Schätzung (dafür sind %n frühere Scans nötig)</numerusform>
        </translation>
    </message>
    <message>
        <source>No estimate yet</source>
        <translation>Noch keine Schätzung</translation>
    </message>
    <message>
        <source>No file</source>
        <translation>Keine Datei</translation>
    </message>
    <message>
        <source>No finding is open.</source>
        <translation>Es ist kein Befund geöffnet.</translation>
    </message>
    <message>
        <source>No finding selected.</source>
        <translation>Kein Befund ausgewählt.</translation>
    </message>
    <message>
        <source>No findings</source>
        <translation>Keine Befunde</translation>
    </message>
    <message>
        <source>No findings announced yet</source>
        <translation>Noch keine Befunde angekündigt</translation>
    </message>
    <message>
        <source>No findings are shown.</source>
        <translation>Es werden keine Befunde angezeigt.</translation>
    </message>
    <message>
        <source>No findings come from the {stage} stage.</source>
        <translation>Aus der Phase {stage} stammen keine Befunde.</translation>
    </message>
    <message>
        <source>No findings counted</source>
        <translation>Keine Befunde gezählt</translation>
    </message>
    <message>
        <source>No findings so far.</source>
        <translation>Bisher keine Befunde.</translation>
    </message>
    <message>
        <source>No findings were announced before it ended (stream only)</source>
        <translation>Bis zum Ende wurden keine Befunde angekündigt (nur Stream)</translation>
    </message>
    <message>
        <source>No findings yet</source>
        <translation>Noch keine Befunde</translation>
    </message>
    <message numerus="yes">
        <source>No findings yet in %n scans.</source>
        <translation>
            <numerusform>Noch keine Befunde in %n Scan.</numerusform>
            <numerusform>Noch keine Befunde in %n Scans.</numerusform>
        </translation>
    </message>
    <message>
        <source>No findings, but {stopped} of {all} scans didn&apos;t finish.</source>
        <translation>Keine Befunde, aber {stopped} von {all} Scans wurden nicht abgeschlossen.</translation>
    </message>
    <message>
        <source>No findings, but {streams} of {all} scans are stream only.</source>
        <translation>Keine Befunde, aber von {streams} der {all} Scans gibt es nur den Stream.</translation>
    </message>
    <message>
        <source>No findings, not a clean result</source>
        <translation>Keine Befunde, aber keine Entwarnung</translation>
    </message>
    <message>
        <source>No findings.</source>
        <translation>Keine Befunde.</translation>
    </message>
    <message>
        <source>No fingerprint</source>
        <translation>Kein Fingerabdruck</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>No keys have been changed.</source>
        <translation>Es wurden keine Tasten geändert.</translation>
    </message>
    <message>
        <source>No known editor was found.</source>
        <translation>Es wurde kein bekannter Editor gefunden.</translation>
    </message>
    <message>
        <source>No known issue for: {titles}.</source>
        <translation>Kein Issue bekannt für: {titles}.</translation>
    </message>
    <message>
        <source>No longer critical: {title}</source>
        <translation>Nicht mehr kritisch: {title}</translation>
    </message>
    <message>
        <source>No longer high: {title}</source>
        <translation>Nicht mehr hoch: {title}</translation>
    </message>
    <message>
        <source>No longer in {view}: {title}</source>
        <translation>Nicht mehr in {view}: {title}</translation>
    </message>
    <message>
        <source>No longer visible to your account.</source>
        <translation>Für Ihr Konto nicht mehr sichtbar.</translation>
    </message>
    <message>
        <source>No matching actions.</source>
        <translation>Keine passenden Aktionen.</translation>
    </message>
    <message>
        <source>No matching lines.</source>
        <translation>Keine passenden Zeilen.</translation>
    </message>
    <message>
        <source>No matching settings.</source>
        <translation>Keine passenden Einstellungen.</translation>
    </message>
    <message>
        <source>No matching shortcuts.</source>
        <translation>Keine passenden Tastenkürzel.</translation>
    </message>
    <message>
        <source>No menu entry to remove.</source>
        <translation>Es gibt keinen Menüeintrag, der entfernt werden kann.</translation>
    </message>
    <message>
        <source>No notification daemon is running on this desktop.</source>
        <translation>Auf diesem Desktop läuft kein Benachrichtigungsdienst.</translation>
    </message>
    <message>
        <source>No other finding is new or has changed.</source>
        <translation>Kein anderer Befund ist neu oder geändert.</translation>
    </message>
    <message>
        <source>No partial file was left behind.</source>
        <translation>Es blieb keine unvollständige Datei zurück.</translation>
    </message>
    <message>
        <source>No proposals are waiting.</source>
        <translation>Keine Vorschläge warten.</translation>
    </message>
    <message>
        <source>No proxy is set on this system.</source>
        <translation>Auf diesem System ist kein Proxy eingestellt.</translation>
    </message>
    <message>
        <source>No proxy is used for servers on this computer.</source>
        <extracomment>Each with the environment variable that decides it, and without one.</extracomment>
        <translation>Für Server auf diesem Computer wird kein Proxy verwendet.</translation>
    </message>
    <message>
        <source>No reason</source>
        <translation>Kein Grund</translation>
    </message>
    <message>
        <source>No repositories.</source>
        <translation>Keine Repositorys.</translation>
    </message>
    <message numerus="yes">
        <source>No response from %n servers for a minute</source>
        <translation>
            <numerusform>Seit einer Minute keine Antwort von %n Server</numerusform>
            <numerusform>Seit einer Minute keine Antwort von %n Servern</numerusform>
        </translation>
    </message>
    <message>
        <source>No response from a server for a minute</source>
        <translation>Seit einer Minute keine Antwort eines Servers</translation>
    </message>
    <message>
        <source>No response from {server} for a minute</source>
        <translation>Seit einer Minute keine Antwort von {server}</translation>
    </message>
    <message>
        <source>No response since {time}.</source>
        <translation>Keine Antwort seit {time}.</translation>
    </message>
    <message>
        <source>No response was received. Checking the history; nothing is sent again.</source>
        <translation>Es kam keine Antwort. Der Verlauf wird geprüft; nichts wird erneut gesendet.</translation>
    </message>
    <message>
        <source>No response.</source>
        <translation>Keine Antwort.</translation>
    </message>
    <message>
        <source>No review is open.</source>
        <translation>Es ist keine Durchsicht geöffnet.</translation>
    </message>
    <message>
        <source>No scan ID found in {word!r}.</source>
        <translation>In {word!r} wurde keine Scan-ID gefunden.</translation>
    </message>
    <message>
        <source>No scan at position {place}.</source>
        <translation>Kein Scan an Position {place}.</translation>
    </message>
    <message>
        <source>No scan found in this link.</source>
        <translation>In diesem Link wurde kein Scan gefunden.</translation>
    </message>
    <message>
        <source>No scan found in this text.</source>
        <translation>In diesem Text wurde kein Scan gefunden.</translation>
    </message>
    <message>
        <source>No scan is being watched.</source>
        <translation>Es wird kein Scan beobachtet.</translation>
    </message>
    <message>
        <source>No scan is selected.</source>
        <translation>Es ist kein Scan ausgewählt.</translation>
    </message>
    <message>
        <source>No scan to show.</source>
        <translation>Kein Scan zum Anzeigen.</translation>
    </message>
    <message>
        <source>No scans</source>
        <translation>Keine Scans</translation>
    </message>
    <message>
        <source>No scans are running.</source>
        <translation>Es laufen keine Scans.</translation>
    </message>
    <message>
        <source>No scans are watched.</source>
        <translation>Es werden keine Scans beobachtet.</translation>
    </message>
    <message>
        <source>No scans watched yet.</source>
        <translation>Noch keine Scans beobachtet.</translation>
    </message>
    <message>
        <source>No scans yet.</source>
        <translation>Noch keine Scans.</translation>
    </message>
    <message>
        <source>No selected findings are snoozed.</source>
        <translation>Keiner der ausgewählten Befunde ist zurückgestellt.</translation>
    </message>
    <message>
        <source>No server to search for scans.</source>
        <translation>Es gibt keinen Server, auf dem nach Scans gesucht werden kann.</translation>
    </message>
    <message>
        <source>No server to search for that scan.</source>
        <translation>Es gibt keinen Server, auf dem nach diesem Scan gesucht werden kann.</translation>
    </message>
    <message>
        <source>No servers</source>
        <translation>Keine Server</translation>
    </message>
    <message>
        <source>No snoozed findings.</source>
        <translation>Keine zurückgestellten Befunde.</translation>
    </message>
    <message>
        <source>No source folder was chosen.</source>
        <translation>Es wurde kein Quellordner gewählt.</translation>
    </message>
    <message>
        <source>No stages were reported.</source>
        <translation>Es wurden keine Phasen gemeldet.</translation>
    </message>
    <message>
        <source>No task reported.</source>
        <translation>Keine Aufgabe gemeldet.</translation>
    </message>
    <message>
        <source>No threat model is stored.</source>
        <translation>Es ist kein Bedrohungsmodell gespeichert.</translation>
    </message>
    <message>
        <source>No token for {host}.</source>
        <translation>Kein Token für {host}.</translation>
    </message>
    <message>
        <source>No token for {server}</source>
        <translation>Kein Token für {server}</translation>
    </message>
    <message>
        <source>No unread alerts.</source>
        <translation>Keine ungelesenen Meldungen.</translation>
    </message>
    <message>
        <source>No updates for longer than usual for this stage.</source>
        <translation>In dieser Phase ungewöhnlich lange keine Aktualisierung.</translation>
    </message>
    <message>
        <source>No updates for {time}</source>
        <translation>Seit {time} keine Aktualisierung</translation>
    </message>
    <message>
        <source>No updates for {time}, twice its usual time</source>
        <translation>Seit {time} keine Aktualisierung, doppelt so lange wie üblich</translation>
    </message>
    <message>
        <source>No updates for {time}, usually takes {usually}</source>
        <translation>Seit {time} keine Aktualisierung, gewöhnlich {usually}</translation>
    </message>
    <message>
        <source>No valid response from {server} for {limit_s:g} s.</source>
        <translation>Seit {limit_s:g} s keine gültige Antwort von {server}.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>None of these scans is visible to your account</source>
        <translation>Keiner dieser Scans ist für Ihr Konto sichtbar</translation>
    </message>
    <message>
        <source>Not all findings could be loaded.</source>
        <translation>Nicht alle Befunde konnten geladen werden.</translation>
    </message>
    <message>
        <source>Not available while presenting: it would show names.</source>
        <translation>Beim Präsentieren nicht verfügbar: Es würde Namen zeigen.</translation>
    </message>
    <message>
        <source>Not available while typing.</source>
        <translation>Beim Tippen nicht verfügbar.</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>Not connected from {began} to {ended}.</source>
        <translation>Nicht verbunden von {began} bis {ended}.</translation>
    </message>
    <message>
        <source>Not connected since {began}.</source>
        <translation>Nicht verbunden seit {began}.</translation>
    </message>
    <message>
        <source>Not connected to {server}.</source>
        <translation>Nicht mit {server} verbunden.</translation>
    </message>
    <message>
        <source>Not encrypted: the address starts with http.</source>
        <translation>Nicht verschlüsselt: Die Adresse beginnt mit http.</translation>
    </message>
    <message>
        <source>Not every page could be loaded. There may be more scans.</source>
        <translation>Nicht jede Seite konnte geladen werden. Es gibt möglicherweise weitere Scans.</translation>
    </message>
    <message>
        <source>Not in the list</source>
        <translation>Nicht in der Liste</translation>
    </message>
    <message>
        <source>Not kept: you sign in again after a restart. Keyring: {keyring}.</source>
        <translation>Nicht aufbewahrt: Nach einem Neustart melden Sie sich erneut an. Schlüsselbund: {keyring}.</translation>
    </message>
    <message>
        <source>Not loaded</source>
        <translation>Nicht geladen</translation>
    </message>
    <message>
        <source>Not loaded yet</source>
        <translation>Noch nicht geladen</translation>
    </message>
    <message>
        <source>Not picked up</source>
        <translation>Nicht übernommen</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>Not reported</source>
        <translation>Nicht gemeldet</translation>
    </message>
    <message>
        <source>Not reported by the server</source>
        <translation>Vom Server nicht gemeldet</translation>
    </message>
    <message>
        <source>Not run</source>
        <translation>Nicht gelaufen</translation>
    </message>
    <message>
        <source>Not saved: {why}</source>
        <translation>Nicht gespeichert: {why}</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>Not signed in.</source>
        <translation>Nicht angemeldet.</translation>
    </message>
    <message>
        <source>Not signed in. Its scans aren&apos;t watched until you sign in.</source>
        <translation>Nicht angemeldet. Die Scans des Servers werden erst nach einer Anmeldung beobachtet.</translation>
    </message>
    <message>
        <source>Not trusted</source>
        <translation>Nicht vertrauenswürdig</translation>
    </message>
    <message>
        <source>Not used: {proxy}, because the system excludes this server.</source>
        <translation>Nicht verwendet: {proxy}, weil das System diesen Server ausnimmt.</translation>
    </message>
    <message>
        <source>Not used: {proxy}, because {variable} excludes this server.</source>
        <translation>Nicht verwendet: {proxy}, weil {variable} diesen Server ausnimmt.</translation>
    </message>
    <message>
        <source>Not used: {proxy}, from the environment variable {variable}.</source>
        <translation>Nicht verwendet: {proxy}, aus der Umgebungsvariable {variable}.</translation>
    </message>
    <message>
        <source>Not used: {proxy}, from the settings of the system.</source>
        <translation>Nicht verwendet: {proxy}, aus den Einstellungen des Systems.</translation>
    </message>
    <message>
        <source>Not visible</source>
        <translation>Nicht sichtbar</translation>
    </message>
    <message>
        <source>Not watching, {problem}: {name}</source>
        <translation>Keine Beobachtung, {problem}: {name}</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Nothing has been loaded yet.</source>
        <translation>Es wurde noch nichts geladen.</translation>
    </message>
    <message>
        <source>Nothing is changed on servers: no decisions, comments, new scans or cancellations.</source>
        <translation>Auf Servern wird nichts geändert: keine Entscheidungen, Kommentare, neuen Scans oder Abbrüche.</translation>
    </message>
    <message>
        <source>Nothing is new or has changed since you looked.</source>
        <translation>Seit Sie zuletzt nachgesehen haben, ist nichts neu oder geändert.</translation>
    </message>
    <message>
        <source>Nothing matches {filter}</source>
        <translation>Keine Treffer für {filter}</translation>
    </message>
    <message>
        <source>Nothing new in {stage} for {time}.</source>
        <translation>Seit {time} nichts Neues in Phase {stage}.</translation>
    </message>
    <message>
        <source>Nothing to redo.</source>
        <translation>Es gibt nichts zu wiederholen.</translation>
    </message>
    <message>
        <source>Nothing to undo.</source>
        <translation>Es gibt nichts rückgängig zu machen.</translation>
    </message>
    <message>
        <source>Nothing was held back.</source>
        <translation>Nichts wurde zurückgehalten.</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>Nichts gesendet.</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Notifications about critical findings don&apos;t disappear automatically.</source>
        <translation>Benachrichtigungen über kritische Befunde verschwinden nicht von selbst.</translation>
    </message>
    <message>
        <source>Notifications work</source>
        <translation>Benachrichtigungen funktionieren</translation>
    </message>
    <message>
        <source>Notify when a new finding matches</source>
        <translation>Bei neuen passenden Befunden benachrichtigen</translation>
    </message>
    <message>
        <source>Nov</source>
        <translation>Nov</translation>
    </message>
    <message>
        <source>Oct</source>
        <translation>Okt</translation>
    </message>
    <message>
        <source>Offer reasons</source>
        <translation>Gründe anbieten</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Older patch</source>
        <translation>Älterer Patch</translation>
    </message>
    <message>
        <source>On the board: move between stages</source>
        <translation>Übersicht: zwischen Phasen wechseln</translation>
    </message>
    <message>
        <source>On the board: open a scan&apos;s menu</source>
        <translation>Übersicht: Menü des Scans öffnen</translation>
    </message>
    <message>
        <source>On the board: show a scan&apos;s findings</source>
        <translation>Übersicht: Befunde des Scans zeigen</translation>
    </message>
    <message>
        <source>On the board: show a scan&apos;s stages</source>
        <translation>Übersicht: Phasen des Scans zeigen</translation>
    </message>
    <message>
        <source>One change wasn&apos;t saved: {why}.</source>
        <translation>Eine Änderung wurde nicht gespeichert: {why}.</translation>
    </message>
    <message>
        <source>One file with charts; prints well, loads nothing external</source>
        <translation>Eine Datei mit Diagrammen; gut druckbar, lädt nichts von außen</translation>
    </message>
    <message>
        <source>One file; prints well, loads nothing external</source>
        <translation>Eine Datei; gut zu drucken, lädt nichts von außen</translation>
    </message>
    <message>
        <source>One of the scans is incomplete</source>
        <translation>Einer der Scans ist unvollständig</translation>
    </message>
    <message>
        <source>Only activity from {stage}</source>
        <translation>Nur Aktivität aus Phase {stage}</translation>
    </message>
    <message>
        <source>Only findings in {file} are shown.</source>
        <translation>Nur Befunde in {file} werden angezeigt.</translation>
    </message>
    <message>
        <source>Only for this session</source>
        <translation>Nur für diese Sitzung</translation>
    </message>
    <message>
        <source>Only hashes of place and code are kept, never titles, paths or code.</source>
        <translation>Nur Hashes von Stelle und Code werden aufbewahrt, nie Titel, Pfade oder Code.</translation>
    </message>
    <message>
        <source>Only regular files are opened.</source>
        <translation>Nur gewöhnliche Dateien werden geöffnet.</translation>
    </message>
    <message>
        <source>Only the newest scans are listed. Paste links to older ones.</source>
        <translation>Nur die neuesten Scans werden aufgeführt. Für ältere fügen Sie Links ein.</translation>
    </message>
    <message>
        <source>Only this CWE</source>
        <translation>Nur diese CWE</translation>
    </message>
    <message>
        <source>Only this file</source>
        <translation>Nur diese Datei</translation>
    </message>
    <message>
        <source>Only two scans can be compared at a time.</source>
        <translation>Es lassen sich immer nur zwei Scans vergleichen.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>verb</comment>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open Heimdall to see it</source>
        <translation>Öffnen Sie Heimdall für die Einzelheiten</translation>
    </message>
    <message>
        <source>Open a link</source>
        <translation>Link öffnen</translation>
    </message>
    <message>
        <source>Open a web page</source>
        <translation>Webseite öffnen</translation>
    </message>
    <message>
        <source>Open board</source>
        <translation>Übersicht öffnen</translation>
    </message>
    <message>
        <source>Open critical and high</source>
        <translation>Offen, kritisch und hoch</translation>
    </message>
    <message>
        <source>Open detail</source>
        <translation>Detail öffnen</translation>
    </message>
    <message>
        <source>Open fix request</source>
        <translation>Fix anfordern</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Open in browser…</source>
        <translation>Im Browser öffnen…</translation>
    </message>
    <message>
        <source>Open in editor</source>
        <translation>Im Editor öffnen</translation>
    </message>
    <message>
        <source>Open in new window</source>
        <translation>In neuem Fenster öffnen</translation>
    </message>
    <message>
        <source>Open issue…</source>
        <translation>Issue öffnen…</translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation>Protokollordner öffnen</translation>
    </message>
    <message>
        <source>Open on {host}…</source>
        <translation>Auf {host} öffnen…</translation>
    </message>
    <message>
        <source>Open panel</source>
        <translation>Panel öffnen</translation>
    </message>
    <message>
        <source>Open pull request…</source>
        <translation>Pull-Request öffnen…</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Bericht öffnen</translation>
    </message>
    <message>
        <source>Open report page…</source>
        <translation>Meldeseite öffnen…</translation>
    </message>
    <message>
        <source>Open {host} in the browser?</source>
        <translation>{host} im Browser öffnen?</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Opened {file} in {editor}.</source>
        <translation>{file} in {editor} geöffnet.</translation>
    </message>
    <message>
        <source>Opening the replay…</source>
        <translation>Die Wiedergabe wird geöffnet…</translation>
    </message>
    <message>
        <source>Or drop it anywhere on this window</source>
        <translation>Oder ziehen Sie ihn auf dieses Fenster</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Sonstige</translation>
    </message>
    <message>
        <source>Other reasons.</source>
        <translation>Andere Gründe.</translation>
    </message>
    <message>
        <source>Other scans, cancelling or starting scans, web pages</source>
        <translation>Andere Scans, Abbrechen oder Starten von Scans, Webseiten</translation>
    </message>
    <message>
        <source>Other scans, log, threat model</source>
        <translation>Andere Scans, Protokoll, Bedrohungsmodell</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Own command</source>
        <translation>Eigener Befehl</translation>
    </message>
    <message>
        <source>Own editor command</source>
        <translation>Eigener Editor-Befehl</translation>
    </message>
    <message>
        <source>PDF report</source>
        <translation>PDF-Bericht</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>Paket</translation>
    </message>
    <message>
        <source>Page {page} of {total}</source>
        <translation>Seite {page} von {total}</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Panel</translation>
    </message>
    <message>
        <source>Parentheses aren&apos;t supported. To search for this text, put &quot;{text}&quot; in quotes.</source>
        <translation>Klammern werden nicht unterstützt. Um nach diesem Text zu suchen, setzen Sie &quot;{text}&quot; in Anführungszeichen.</translation>
    </message>
    <message>
        <source>Part of the path, wildcards allowed</source>
        <translation>Teil des Pfads, Platzhalter erlaubt</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Paste a scan link</source>
        <translation>Scan-Link einfügen</translation>
    </message>
    <message>
        <source>Paste a scan link, or scan a folder on this computer.</source>
        <translation>Fügen Sie einen Scan-Link ein, oder scannen Sie einen Ordner auf diesem Computer.</translation>
    </message>
    <message>
        <source>Paste a token instead.</source>
        <translation>Fügen Sie stattdessen ein Token ein.</translation>
    </message>
    <message>
        <source>Paste links</source>
        <translation>Links einfügen</translation>
    </message>
    <message>
        <source>Paste only the links.</source>
        <translation>Fügen Sie nur die Links ein.</translation>
    </message>
    <message>
        <source>Paste scan links instead.</source>
        <translation>Fügen Sie stattdessen Scan-Links ein.</translation>
    </message>
    <message>
        <source>Paste the token you were given.</source>
        <translation>Fügen Sie das Token ein, das Sie erhalten haben.</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>Patch</translation>
    </message>
    <message>
        <source>Patch applied</source>
        <translation>Patch angewendet</translation>
    </message>
    <message>
        <source>Patch {place} of {count}</source>
        <translation>Patch {place} von {count}</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Paths with a colon or control characters, and very long ones, are never opened.</source>
        <translation>Pfade mit Doppelpunkt oder Steuerzeichen sowie sehr lange Pfade werden nie geöffnet.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Paused at {done} of {total}</source>
        <translation>Angehalten bei {done} von {total}</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>Ausstehend</translation>
    </message>
    <message>
        <source>Person overrode Víðarr</source>
        <translation>Mensch widersprach Víðarr</translation>
    </message>
    <message>
        <source>PgDown</source>
        <translation>Bild abwärts</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>Bild aufwärts</translation>
    </message>
    <message>
        <source>Pin or unpin scan</source>
        <translation>Scan anheften oder lösen</translation>
    </message>
    <message>
        <source>Pin to top</source>
        <translation>Oben anheften</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Play a recording</source>
        <translation>Aufnahme abspielen</translation>
    </message>
    <message>
        <source>Play a recording…</source>
        <translation>Aufnahme abspielen…</translation>
    </message>
    <message>
        <source>Play the demo</source>
        <translation>Demo abspielen</translation>
    </message>
    <message>
        <source>Play the demo or scan a folder to start it again.</source>
        <translation>Eine Demo oder ein Ordner-Scan startet ihn neu.</translation>
    </message>
    <message>
        <source>Playback stops at that line.</source>
        <translation>Die Wiedergabe endet an dieser Zeile.</translation>
    </message>
    <message>
        <source>Polled {time} ago</source>
        <translation>Vor {time} abgefragt</translation>
    </message>
    <message>
        <source>Polling</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>Polling only</source>
        <translation>Nur Abfrage</translation>
    </message>
    <message>
        <source>Polling {time}</source>
        <translation>Abfrage {time}</translation>
    </message>
    <message>
        <source>Presenting</source>
        <translation>Präsentieren</translation>
    </message>
    <message>
        <source>Presenting: hide code, titles, paths and names</source>
        <translation>Präsentieren: Code, Titel, Namen ausblenden</translation>
    </message>
    <message>
        <source>Press Ctrl+Shift+H to show it again.</source>
        <translation>Drücken Sie Strg+Umschalt+H, um es wieder anzuzeigen.</translation>
    </message>
    <message>
        <source>Press Esc to keep the current keys, or Backspace to remove them.</source>
        <translation>Drücken Sie Esc, um die bisherigen Tasten zu behalten, oder die Rücktaste, um sie zu entfernen.</translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation>Drücken Sie die neuen Tasten</translation>
    </message>
    <message>
        <source>Press {first} to {last} to give a reason.</source>
        <translation>Mit {first} bis {last} geben Sie einen Grund an.</translation>
    </message>
    <message>
        <source>Press {keys} to quit. {way}</source>
        <translation>Drücken Sie {keys}, um Heimdall zu beenden. {way}</translation>
    </message>
    <message>
        <source>Previous finding</source>
        <translation>Voriger Befund</translation>
    </message>
    <message>
        <source>Previous flow step</source>
        <translation>Voriger Schritt im Fluss</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Previous new or changed finding</source>
        <translation>Voriger neuer oder geänderter Befund</translation>
    </message>
    <message>
        <source>Previous pane</source>
        <translation>Voriger Bereich</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Probable</source>
        <translation>Wahrscheinlich</translation>
    </message>
    <message>
        <source>Probably the same finding as {at}.</source>
        <translation>Wahrscheinlich derselbe Befund wie {at}.</translation>
    </message>
    <message>
        <source>Probably the same finding.</source>
        <translation>Wahrscheinlich derselbe Befund.</translation>
    </message>
    <message>
        <source>Probably: {fact}</source>
        <translation>Wohl {fact}</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Problems only</source>
        <translation>Nur Probleme</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>Nachweis</translation>
    </message>
    <message>
        <source>Proof of concept</source>
        <translation>Proof of Concept</translation>
    </message>
    <message>
        <source>Proposals come from these and from earlier scans.</source>
        <translation>Vorschläge stammen aus diesen und aus früheren Scans.</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Vorgeschlagen</translation>
    </message>
    <message>
        <source>Proposed and not reviewed</source>
        <translation>Vorgeschlagen und nicht geprüft</translation>
    </message>
    <message>
        <source>Proven, but {status}</source>
        <translation>Nachgewiesen, aber {status}</translation>
    </message>
    <message>
        <source>Provided: {provided}. Not provided: {missing}.</source>
        <translation>Angeboten: {provided}. Nicht angeboten: {missing}.</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Put text with spaces or commas in quotes: “sql injection”.</source>
        <translation>Setzen Sie Text mit Leerzeichen oder Kommas in Anführungszeichen: &quot;sql injection&quot;.</translation>
    </message>
    <message>
        <source>Put {file} where the editor expects the file.</source>
        <translation>Setzen Sie {file} dorthin, wo der Editor die Datei erwartet.</translation>
    </message>
    <message>
        <source>Qt and PySide6 are used under the GNU Lesser General Public License, version 3. You may replace them with other versions.</source>
        <translation>Qt und PySide6 werden unter der GNU Lesser General Public License, Version 3, verwendet. Sie dürfen beide durch andere Versionen ersetzen.</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>In der Warteschlange</translation>
    </message>
    <message>
        <source>Queued for {time}, not picked up yet.</source>
        <translation>Seit {time} in der Warteschlange, noch nicht übernommen.</translation>
    </message>
    <message>
        <source>Queued {time}</source>
        <translation>Eingereiht {time}</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>Ruhig</translation>
    </message>
    <message>
        <source>Quiet for {time}</source>
        <translation>Seit {time} ruhig</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>Ruhezeiten</translation>
    </message>
    <message>
        <source>Quiet hours for other days or times.</source>
        <translation>Ruhezeiten für andere Tage oder Uhrzeiten.</translation>
    </message>
    <message>
        <source>Quiet hours, line {number}</source>
        <translation>Ruhezeiten, Zeile {number}</translation>
    </message>
    <message>
        <source>Quiet since {time}</source>
        <translation>Ruhig seit {time}</translation>
    </message>
    <message>
        <source>Quiet until {time}.</source>
        <translation>Ruhezeit bis {time}.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Quits Heimdall and stops watching all scans.</source>
        <translation>Beendet Heimdall und die Beobachtung aller Scans.</translation>
    </message>
    <message>
        <source>Rationale</source>
        <translation>Begründung</translation>
    </message>
    <message>
        <source>Read this text, then add it to your report. It contains no names, addresses, findings, folders or tokens.</source>
        <translation>Lesen Sie diesen Text, und fügen Sie ihn Ihrem Bericht hinzu. Er enthält keine Namen, Adressen, Befunde, Ordner oder Token.</translation>
    </message>
    <message>
        <source>Read this text, then send it to whoever provides Heimdall Desktop to you. It contains no names, addresses, findings, folders or tokens.</source>
        <translation>Lesen Sie diesen Text, und senden Sie ihn an die Stelle, von der Sie Heimdall Desktop haben. Er enthält keine Namen, Adressen, Befunde, Ordner oder Token.</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Schreibgeschützt</translation>
    </message>
    <message>
        <source>Read-only: change nothing on servers</source>
        <translation>Schreibschutz: auf Servern nichts ändern</translation>
    </message>
    <message>
        <source>Read-only: nothing is changed on the server.</source>
        <translation>Schreibgeschützt: Auf dem Server wird nichts geändert.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Reason not saved</source>
        <translation>Grund fehlt</translation>
    </message>
    <message>
        <source>Reason not saved: {title}.</source>
        <translation>Grund nicht gespeichert: {title}.</translation>
    </message>
    <message>
        <source>Reason: {word}</source>
        <translation>Grund: {word}</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>Begründung</translation>
    </message>
    <message>
        <source>Reassign</source>
        <translation>Neu zuweisen</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Recent scans</source>
        <translation>Letzte Scans</translation>
    </message>
    <message>
        <source>Recently used</source>
        <translation>Zuletzt verwendet</translation>
    </message>
    <message>
        <source>Rechecking</source>
        <translation>Nachprüfung</translation>
    </message>
    <message>
        <source>Rechecking, {time}</source>
        <translation>Nachprüfung, {time}</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Empfohlen</translation>
    </message>
    <message>
        <source>Recommended status</source>
        <translation>Empfohlener Status</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Neu verbinden</translation>
    </message>
    <message>
        <source>Reconnecting in {time}</source>
        <translation>Neu verbinden in {time}</translation>
    </message>
    <message>
        <source>Record to a file</source>
        <translation>In Datei aufnehmen</translation>
    </message>
    <message>
        <source>Record to a file…</source>
        <translation>In Datei aufnehmen…</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Recorded scans, works offline</source>
        <translation>Aufgezeichnete Scans, auch offline</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Recording to {file} stopped: it reached {limit} MB, the most that can be played.</source>
        <translation>Die Aufnahme in {file} wurde beendet: Sie hat {limit} MB erreicht, mehr kann nicht abgespielt werden.</translation>
    </message>
    <message>
        <source>Recording to {file} stopped: the disk is too slow.</source>
        <translation>Die Aufnahme in {file} wurde beendet: Der Datenträger ist zu langsam.</translation>
    </message>
    <message>
        <source>Recording to {file} stopped: {problem}.</source>
        <translation>Die Aufnahme in {file} wurde beendet: {problem}.</translation>
    </message>
    <message>
        <source>Recording {count} scans: {size}</source>
        <translation>{count} Scans werden aufgenommen: {size}</translation>
    </message>
    <message>
        <source>Recording {name}: {time}, {size}</source>
        <translation>{name} wird aufgenommen: {time}, {size}</translation>
    </message>
    <message>
        <source>Recordings ({suffix})</source>
        <translation>Aufnahmen ({suffix})</translation>
    </message>
    <message>
        <source>Recordings this large can&apos;t be played.</source>
        <translation>So große Aufnahmen können nicht abgespielt werden.</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Redo up to: {step}, {note}</source>
        <translation>Wiederholen bis: {step}, {note}</translation>
    </message>
    <message>
        <source>Redoing {done} of {total}</source>
        <translation>Wiederholen: {done} von {total}</translation>
    </message>
    <message>
        <source>Redone: {step}.</source>
        <translation>Wiederholt: {step}.</translation>
    </message>
    <message>
        <source>References</source>
        <translation>Verweise</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message numerus="yes">
        <source>Reject %n proposals</source>
        <translation>
            <numerusform>Vorschlag ablehnen</numerusform>
            <numerusform>%n Vorschläge ablehnen</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject proposal</source>
        <translation>Vorschlag ablehnen</translation>
    </message>
    <message>
        <source>Rejected proposals may come back, and decisions of scans that no server lists any longer aren&apos;t proposed. Nothing changes on servers. This can&apos;t be undone.</source>
        <translation>Abgelehnte Vorschläge können wiederkehren, und Entscheidungen aus Scans, die kein Server mehr aufführt, werden nicht mehr vorgeschlagen. Auf Servern ändert sich nichts. Dies lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Remove these hours</source>
        <translation>Diese Zeiten entfernen</translation>
    </message>
    <message>
        <source>Removed the menu entry {file}. Links with heimdall:// no longer open Heimdall Desktop.</source>
        <translation>Menüeintrag {file} entfernt. Links mit heimdall:// öffnen Heimdall Desktop nicht mehr.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message numerus="yes">
        <source>Reopen all %n</source>
        <translation>
            <numerusform>%n wieder öffnen</numerusform>
            <numerusform>Alle %n wieder öffnen</numerusform>
        </translation>
    </message>
    <message>
        <source>Reopening {done} of {total}</source>
        <translation>Wieder öffnen: {done} von {total}</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>Replay of {day}, {time}.</source>
        <translation>Wiedergabe vom {day}, {time}.</translation>
    </message>
    <message>
        <source>Replay position</source>
        <translation>Wiedergabeposition</translation>
    </message>
    <message>
        <source>Replay {pace}×</source>
        <translation>Wiedergabe {pace}×</translation>
    </message>
    <message>
        <source>Replays seven recorded scans. No account needed.</source>
        <translation>Spielt sieben aufgezeichnete Scans ab. Kein Konto nötig.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>Problem melden</translation>
    </message>
    <message>
        <source>Reported with another row of the same finding</source>
        <translation>Mit einer anderen Zeile desselben Befunds gemeldet</translation>
    </message>
    <message>
        <source>Repositories</source>
        <translation>Repositorys</translation>
    </message>
    <message>
        <source>Repository ID</source>
        <translation>Repository-ID</translation>
    </message>
    <message>
        <source>Repository muted until {time}</source>
        <translation>Repository stummgeschaltet bis {time}</translation>
    </message>
    <message>
        <source>Repository name or scan ID</source>
        <translation>Name des Repositorys oder Scan-ID</translation>
    </message>
    <message>
        <source>Requesting fix, {time}.</source>
        <translation>Fix wird angefordert, {time}.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>Spalten zurücksetzen</translation>
    </message>
    <message>
        <source>Reset zoom</source>
        <translation>Zoom zurücksetzen</translation>
    </message>
    <message>
        <source>Resets all commands to their default keys.</source>
        <translation>Setzt alle Befehle auf ihre Standardtasten zurück.</translation>
    </message>
    <message>
        <source>Restart it. Details: Help &gt; Open log folder.</source>
        <translation>Starten Sie es neu. Einzelheiten: Hilfe &gt; Protokollordner öffnen.</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Resume following (P)</source>
        <translation>Wieder folgen (P)</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message numerus="yes">
        <source>Retry %n</source>
        <translation>
            <numerusform>%n erneut versuchen</numerusform>
            <numerusform>%n erneut versuchen</numerusform>
        </translation>
    </message>
    <message>
        <source>Retry in {time}</source>
        <translation>Neuer Versuch in {time}</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Retry saving reasons</source>
        <translation>Gründe erneut speichern</translation>
    </message>
    <message>
        <source>Retry the decision; its reason follows.</source>
        <translation>Versuchen Sie die Entscheidung erneut; ihr Grund folgt dann.</translation>
    </message>
    <message>
        <source>Retrying in {time}.</source>
        <translation>Neuer Versuch in {time}.</translation>
    </message>
    <message>
        <source>Retrying now.</source>
        <translation>Neuer Versuch läuft.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Durchsehen</translation>
    </message>
    <message>
        <source>Review proposed decisions</source>
        <translation>Vorgeschlagene Entscheidungen durchsehen</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>Risk {word}</source>
        <translation>Risiko {word}</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Row height</source>
        <translation>Zeilenhöhe</translation>
    </message>
    <message>
        <source>Row height: comfortable</source>
        <translation>Zeilenhöhe: großzügig</translation>
    </message>
    <message>
        <source>Row height: compact</source>
        <translation>Zeilenhöhe: kompakt</translation>
    </message>
    <message>
        <source>Row height: standard</source>
        <translation>Zeilenhöhe: Standard</translation>
    </message>
    <message>
        <source>Rows appear as they arrive.</source>
        <translation>Zeilen erscheinen, sobald sie eintreffen.</translation>
    </message>
    <message>
        <source>Rows that are normally collapsed</source>
        <translation>Zeilen, die sonst eingeklappt sind</translation>
    </message>
    <message>
        <source>Run self-test</source>
        <translation>Selbsttest ausführen</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Running for {time}</source>
        <translation>Läuft seit {time}</translation>
    </message>
    <message>
        <source>Running scans</source>
        <translation>Laufende Scans</translation>
    </message>
    <message>
        <source>SARIF</source>
        <translation>SARIF</translation>
    </message>
    <message>
        <source>Sa</source>
        <translation>Sa</translation>
    </message>
    <message>
        <source>Same as system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Saturday</source>
        <translation>Samstag</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save as a view</source>
        <translation>Als Ansicht speichern</translation>
    </message>
    <message>
        <source>Save as a view…</source>
        <translation>Als Ansicht speichern…</translation>
    </message>
    <message>
        <source>Save handover</source>
        <translation>Übergabe speichern</translation>
    </message>
    <message>
        <source>Save patch</source>
        <translation>Patch speichern</translation>
    </message>
    <message>
        <source>Save patch…</source>
        <translation>Patch speichern…</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Gespeichert als {name}.</translation>
    </message>
    <message>
        <source>Saved to {file}.</source>
        <translation>Gespeichert in {file}.</translation>
    </message>
    <message>
        <source>Saved view matched</source>
        <translation>Treffer in gespeicherter Ansicht</translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation>Gespeicherte Ansichten</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Saving {done} of {total} reasons</source>
        <translation>Gründe speichern: {done} von {total}</translation>
    </message>
    <message>
        <source>Scales text, icons and spacing together.</source>
        <translation>Skaliert Text, Symbole und Abstände gemeinsam.</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>Scan</source>
        <comment>verb</comment>
        <translation>Scannen</translation>
    </message>
    <message numerus="yes">
        <source>Scan %n folders?</source>
        <translation>
            <numerusform>%n Ordner scannen?</numerusform>
            <numerusform>%n Ordner scannen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Scan ID</source>
        <translation>Scan-ID</translation>
    </message>
    <message>
        <source>Scan a folder on this computer</source>
        <translation>Einen Ordner auf diesem Computer scannen</translation>
    </message>
    <message>
        <source>Scan a local folder</source>
        <translation>Lokalen Ordner scannen</translation>
    </message>
    <message>
        <source>Scan a local folder…</source>
        <translation>Lokalen Ordner scannen…</translation>
    </message>
    <message>
        <source>Scan a repository or a local folder.</source>
        <translation>Scannen Sie ein Repository oder einen lokalen Ordner.</translation>
    </message>
    <message>
        <source>Scan a repository…</source>
        <translation>Repository scannen…</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>Erneut scannen</translation>
    </message>
    <message>
        <source>Scan at that position on the board</source>
        <translation>Scan an dieser Position der Übersicht</translation>
    </message>
    <message>
        <source>Scan board</source>
        <translation>Scan-Übersicht</translation>
    </message>
    <message>
        <source>Scan failed</source>
        <translation>Scan fehlgeschlagen</translation>
    </message>
    <message numerus="yes">
        <source>Scan failed after %n attempts.</source>
        <translation>
            <numerusform>Scan nach %n Versuch fehlgeschlagen.</numerusform>
            <numerusform>Scan nach %n Versuchen fehlgeschlagen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scan failed in {stage} after %n attempts.</source>
        <translation>
            <numerusform>Scan in Phase {stage} nach %n Versuch fehlgeschlagen.</numerusform>
            <numerusform>Scan in Phase {stage} nach %n Versuchen fehlgeschlagen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Scan failed in {stage}.</source>
        <translation>Scan in Phase {stage} fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Scan failed.</source>
        <translation>Scan fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Scan finished</source>
        <translation>Scan beendet</translation>
    </message>
    <message>
        <source>Scan is in stage {number} of {all}, {stage}.</source>
        <translation>Der Scan ist in Phase {number} von {all}, {stage}.</translation>
    </message>
    <message>
        <source>Scan it again.</source>
        <translation>Scannen Sie es erneut.</translation>
    </message>
    <message>
        <source>Scan links or IDs</source>
        <translation>Scan-Links oder IDs</translation>
    </message>
    <message>
        <source>Scan links or IDs, one or more</source>
        <translation>Scan-Links oder IDs, eine oder mehrere</translation>
    </message>
    <message>
        <source>Scan of {day}, started {begin}</source>
        <translation>Scan vom {day}, gestartet {begin}</translation>
    </message>
    <message>
        <source>Scan of {day}, {begin} to {end}</source>
        <translation>Scan vom {day}, {begin} bis {end}</translation>
    </message>
    <message>
        <source>Scan of {scan} finished</source>
        <translation>Scan von {scan} beendet</translation>
    </message>
    <message>
        <source>Scan of {scan} has stalled</source>
        <translation>Scan von {scan} stockt</translation>
    </message>
    <message>
        <source>Scan of {scan} has stalled in {stage}</source>
        <translation>Scan von {scan} stockt in Phase {stage}</translation>
    </message>
    <message>
        <source>Scan of {scan} stopped</source>
        <translation>Scan von {scan} gestoppt</translation>
    </message>
    <message>
        <source>Scan of {scan} stopped in {stage}</source>
        <translation>Scan von {scan} in Phase {stage} gestoppt</translation>
    </message>
    <message>
        <source>Scan status and times</source>
        <translation>Status und Zeiten des Scans</translation>
    </message>
    <message>
        <source>Scan stopped in {stage}.</source>
        <translation>Scan in Phase {stage} gestoppt.</translation>
    </message>
    <message>
        <source>Scan stopped in {stage}: {reason}.</source>
        <translation>Scan in Phase {stage} gestoppt: {reason}.</translation>
    </message>
    <message>
        <source>Scan stopped.</source>
        <translation>Scan gestoppt.</translation>
    </message>
    <message>
        <source>Scan stopped: {reason}.</source>
        <translation>Scan gestoppt: {reason}.</translation>
    </message>
    <message>
        <source>Scan {folder}?</source>
        <translation>{folder} scannen?</translation>
    </message>
    <message>
        <source>Scan {id}</source>
        <translation>Scan {id}</translation>
    </message>
    <message>
        <source>Scan {name}</source>
        <translation>{name} scannen</translation>
    </message>
    <message>
        <source>Scan {number}</source>
        <translation>Scan {number}</translation>
    </message>
    <message>
        <source>Scan {place}</source>
        <translation>Scan {place}</translation>
    </message>
    <message>
        <source>Scan {scan_id} doesn&apos;t exist or isn&apos;t visible to this account. Check the ID, the account and the address.</source>
        <translation>Der Scan {scan_id} existiert nicht oder ist für dieses Konto nicht sichtbar. Prüfen Sie die ID, das Konto und die Adresse.</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>Scanner or Víðarr</source>
        <translation>Scanner oder Víðarr</translation>
    </message>
    <message>
        <source>Scanners on this computer read its files.</source>
        <translation>Scanner auf diesem Computer lesen seine Dateien.</translation>
    </message>
    <message>
        <source>Scans</source>
        <translation>Scans</translation>
    </message>
    <message>
        <source>Scans are being watched. Findings from before this start raise no alerts.</source>
        <translation>Die Scans werden beobachtet. Befunde von vor diesem Start lösen keine Meldungen aus.</translation>
    </message>
    <message>
        <source>Scans of the repository</source>
        <translation>Scans des Repositorys</translation>
    </message>
    <message>
        <source>Scans on the board aren&apos;t deleted.</source>
        <translation>Scans in der Übersicht werden nicht gelöscht.</translation>
    </message>
    <message>
        <source>Scans that are no longer on the board are deleted from history after this time.</source>
        <translation>Scans, die nicht mehr in der Übersicht sind, werden nach dieser Zeit aus dem Verlauf gelöscht.</translation>
    </message>
    <message>
        <source>Scans that have ended are under Recent and Repositories.</source>
        <translation>Beendete Scans finden Sie unter „Zuletzt“ und „Repositorys“.</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Skript</translation>
    </message>
    <message>
        <source>Search scans</source>
        <translation>Scans suchen</translation>
    </message>
    <message>
        <source>See how it works</source>
        <translation>Sehen Sie, wie es funktioniert</translation>
    </message>
    <message>
        <source>See its page on the server.</source>
        <translation>Sehen Sie auf seiner Seite auf dem Server nach.</translation>
    </message>
    <message>
        <source>See the finding&apos;s web page.</source>
        <translation>Öffnen Sie die Webseite des Befunds.</translation>
    </message>
    <message>
        <source>Select a finding first.</source>
        <translation>Wählen Sie zuerst einen Befund aus.</translation>
    </message>
    <message>
        <source>Select a row to see its evidence.</source>
        <translation>Wählen Sie eine Zeile aus, um die Belege zu sehen.</translation>
    </message>
    <message>
        <source>Select a scan.</source>
        <translation>Wählen Sie einen Scan aus.</translation>
    </message>
    <message>
        <source>Select a single finding first.</source>
        <translation>Wählen Sie zuerst einen einzelnen Befund aus.</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Select all shown</source>
        <translation>Alle angezeigten auswählen</translation>
    </message>
    <message>
        <source>Select another row.</source>
        <translation>Wählen Sie eine andere Zeile aus.</translation>
    </message>
    <message>
        <source>Select or deselect this finding</source>
        <translation>Diesen Befund aus- oder abwählen</translation>
    </message>
    <message>
        <source>Selected.</source>
        <translation>Ausgewählt.</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>Selbsttest</translation>
    </message>
    <message>
        <source>Self-test {at}: accepted in {ms} ms.</source>
        <translation>Selbsttest {at}: nach {ms} ms angenommen.</translation>
    </message>
    <message>
        <source>Self-test {at}: not shown. {cause}</source>
        <translation>Selbsttest {at}: nicht angezeigt. {cause}</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send it unencrypted anyway</source>
        <translation>Trotzdem unverschlüsselt senden</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet…</translation>
    </message>
    <message>
        <source>Sensitive data</source>
        <translation>Vertrauliche Daten</translation>
    </message>
    <message>
        <source>Sep</source>
        <translation>Sep</translation>
    </message>
    <message>
        <source>Separate terms with spaces. A finding must match all of them.</source>
        <translation>Trennen Sie Ausdrücke durch Leerzeichen. Ein Befund muss alle erfüllen.</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Server dropped events: catching up</source>
        <translation>Server hat Ereignisse ausgelassen: wird nachgeholt</translation>
    </message>
    <message numerus="yes">
        <source>Server dropped events: caught up, %n recovered</source>
        <translation>
            <numerusform>Server hat Ereignisse ausgelassen: nachgeholt, %n wiederhergestellt</numerusform>
            <numerusform>Server hat Ereignisse ausgelassen: nachgeholt, %n wiederhergestellt</numerusform>
        </translation>
    </message>
    <message>
        <source>Server dropped events: caught up, none lost</source>
        <translation>Server hat Ereignisse ausgelassen: nachgeholt, nichts verloren</translation>
    </message>
    <message>
        <source>Server health</source>
        <translation>Serverzustand</translation>
    </message>
    <message>
        <source>Server {address}</source>
        <translation>Server {address}</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Servers are numbered and scans have their IDs. Names, addresses, findings, folders and tokens are left out.</source>
        <translation>Server sind nummeriert, Scans haben ihre IDs. Namen, Adressen, Befunde, Ordner und Token sind nicht enthalten.</translation>
    </message>
    <message>
        <source>Servers don&apos;t accept the value {value}.</source>
        <translation>Server akzeptieren den Wert {value} nicht.</translation>
    </message>
    <message>
        <source>Session expires in {time}</source>
        <translation>Sitzung läuft in {time} ab</translation>
    </message>
    <message>
        <source>Session token</source>
        <translation>Sitzungstoken</translation>
    </message>
    <message>
        <source>Set HEIMDALL_TOKEN or sign in.</source>
        <translation>Setzen Sie HEIMDALL_TOKEN, oder melden Sie sich an.</translation>
    </message>
    <message numerus="yes">
        <source>Set all %n to {word}</source>
        <translation>
            <numerusform>%n auf {word} setzen</numerusform>
            <numerusform>Alle %n auf {word} setzen</numerusform>
        </translation>
    </message>
    <message>
        <source>Set one up in the server&apos;s settings, then try again.</source>
        <translation>Richten Sie einen in den Einstellungen des Servers ein, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Set one up in the server&apos;s settings.</source>
        <translation>Richten Sie einen in den Einstellungen des Servers ein.</translation>
    </message>
    <message>
        <source>Set up a keyring, or use the token for this session only.</source>
        <translation>Richten Sie einen ein, oder verwenden Sie das Token nur diese Sitzung.</translation>
    </message>
    <message>
        <source>Setting the severity of {done} of {total}</source>
        <translation>Schweregrad setzen: {done} von {total}</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings folder</source>
        <translation>Einstellungsordner</translation>
    </message>
    <message>
        <source>Settings: {page}</source>
        <translation>Einstellungen: {page}</translation>
    </message>
    <message>
        <source>Severity</source>
        <extracomment>Every column, the most needed first: the status outlives the scan, so that a decision is seen.</extracomment>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>Severity {word}</source>
        <translation>Schweregrad {word}</translation>
    </message>
    <message numerus="yes">
        <source>Severity {word}, %n findings</source>
        <translation>
            <numerusform>Schweregrad {word}, %n Befund</numerusform>
            <numerusform>Schweregrad {word}, %n Befunde</numerusform>
        </translation>
    </message>
    <message>
        <source>Severity, confidence and line also accept &gt;=, &gt;, &lt;= and &lt;.</source>
        <translation>Schweregrad, Konfidenz und Zeile akzeptieren auch &gt;=, &gt;, &lt;= und &lt;.</translation>
    </message>
    <message>
        <source>Severity: {word}</source>
        <translation>Schweregrad: {word}</translation>
    </message>
    <message>
        <source>Severity; withdrawn and fixed findings have none</source>
        <translation>Schweregrad; zurückgezogene und behobene Befunde haben keinen</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Shift handover</source>
        <translation>Schichtübergabe</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message numerus="yes">
        <source>Show %n</source>
        <translation>
            <numerusform>%n anzeigen</numerusform>
            <numerusform>%n anzeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show Heimdall</source>
        <extracomment>Some desktops read the body as markup and others do not, and Qt does not report which: so markup characters become lookalikes. In menus &quot;&amp;&quot; would mark a key.</extracomment>
        <translation>Heimdall anzeigen</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle anzeigen</translation>
    </message>
    <message>
        <source>Show earlier</source>
        <translation>Frühere anzeigen</translation>
    </message>
    <message>
        <source>Show finding</source>
        <translation>Befund anzeigen</translation>
    </message>
    <message>
        <source>Show findings</source>
        <translation>Befunde anzeigen</translation>
    </message>
    <message>
        <source>Show in findings</source>
        <translation>In Befunden anzeigen</translation>
    </message>
    <message>
        <source>Show inbox</source>
        <translation>Eingang anzeigen</translation>
    </message>
    <message numerus="yes">
        <source>Show more (%n characters)</source>
        <translation>
            <numerusform>Mehr anzeigen (%n Zeichen)</numerusform>
            <numerusform>Mehr anzeigen (%n Zeichen)</numerusform>
        </translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>Bericht anzeigen</translation>
    </message>
    <message>
        <source>Show scan</source>
        <translation>Scan anzeigen</translation>
    </message>
    <message>
        <source>Show scans</source>
        <translation>Scans anzeigen</translation>
    </message>
    <message>
        <source>Show snoozed</source>
        <translation>Zurückgestellte anzeigen</translation>
    </message>
    <message>
        <source>Show stages</source>
        <translation>Phasen anzeigen</translation>
    </message>
    <message numerus="yes">
        <source>Show them</source>
        <translation>
            <numerusform>Anzeigen</numerusform>
            <numerusform>Anzeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show typed text</source>
        <translation>Eingegebenen Text anzeigen</translation>
    </message>
    <message>
        <source>Show view {name}</source>
        <translation>Ansicht {name} anzeigen</translation>
    </message>
    <message>
        <source>Showing data saved {at}, read-only until the connection is restored.</source>
        <translation>Daten gespeichert {at}, schreibgeschützt bis zur Wiederverbindung.</translation>
    </message>
    <message>
        <source>Showing the newest {shown} entries; {older} older ones are left out.</source>
        <translation>Die neuesten {shown} Einträge; {older} ältere sind weggelassen.</translation>
    </message>
    <message>
        <source>Shown in the tray: no desktop notifications</source>
        <translation>Im Infobereich angezeigt: keine Desktop-Benachrichtigungen</translation>
    </message>
    <message>
        <source>Shown on the desktop</source>
        <translation>Auf dem Desktop angezeigt</translation>
    </message>
    <message>
        <source>Shown rows</source>
        <translation>Angezeigte Zeilen</translation>
    </message>
    <message>
        <source>Shows a desktop notification.</source>
        <translation>Zeigt eine Desktop-Benachrichtigung.</translation>
    </message>
    <message>
        <source>Shows a notification, and checks keyring, desktop portal, server, tray, links and start at login.</source>
        <translation>Zeigt eine Benachrichtigung und prüft Schlüsselbund, Desktop-Portal, Server, Infobereich, Links und den Start bei der Anmeldung.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Erneut anmelden</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>Sign in first.</source>
        <translation>Melden Sie sich zuerst an.</translation>
    </message>
    <message>
        <source>Sign in there first.</source>
        <translation>Melden Sie sich dort zuerst an.</translation>
    </message>
    <message>
        <source>Sign in to a server to see how it is reached, and to test the connection.</source>
        <translation>Melden Sie sich bei einem Server an, um zu sehen, wie er erreicht wird, und um die Verbindung zu testen.</translation>
    </message>
    <message>
        <source>Sign in to that server and paste the scan ID.</source>
        <translation>Melden Sie sich bei diesem Server an, und fügen Sie die Scan-ID ein.</translation>
    </message>
    <message>
        <source>Sign in to {host}</source>
        <translation>Bei {host} anmelden</translation>
    </message>
    <message>
        <source>Sign in, paste a scan link or drop one here.</source>
        <translation>Melden Sie sich an, fügen Sie einen Scan-Link ein, oder ziehen Sie einen hierher.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Sign out of {server}</source>
        <translation>Von {server} abmelden</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>Signed in as {account}.</source>
        <translation>Angemeldet als {account}.</translation>
    </message>
    <message>
        <source>Signed in to {host}. You can change this here.</source>
        <translation>Angemeldet bei {host}. Hier können Sie dies ändern.</translation>
    </message>
    <message>
        <source>Signed in with a token.</source>
        <translation>Mit einem Token angemeldet.</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Abgemeldet</translation>
    </message>
    <message>
        <source>Signed out here, but {host} couldn&apos;t be notified.</source>
        <translation>Hier abgemeldet, aber {host} konnte nicht benachrichtigt werden.</translation>
    </message>
    <message numerus="yes">
        <source>Signed out of %n servers</source>
        <translation>
            <numerusform>Von %n Server abgemeldet</numerusform>
            <numerusform>Von %n Servern abgemeldet</numerusform>
        </translation>
    </message>
    <message>
        <source>Signed out of a server</source>
        <translation>Von einem Server abgemeldet</translation>
    </message>
    <message>
        <source>Signed out of {host}</source>
        <translation>Von {host} abgemeldet</translation>
    </message>
    <message>
        <source>Signed out of {host}.</source>
        <translation>Von {host} abgemeldet.</translation>
    </message>
    <message>
        <source>Signed out of {server}</source>
        <translation>Von {server} abgemeldet</translation>
    </message>
    <message>
        <source>Signed out {at}.</source>
        <translation>Abgemeldet {at}.</translation>
    </message>
    <message>
        <source>Signed out.</source>
        <translation>Abgemeldet.</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Anmeldung läuft…</translation>
    </message>
    <message>
        <source>Signing out ends the session on the server and deletes the token here.</source>
        <translation>Abmelden beendet die Sitzung auf dem Server und löscht das Token hier.</translation>
    </message>
    <message>
        <source>Signs in to a Heimdall server, whose scans can then be watched.</source>
        <translation>Meldet Sie bei einem Heimdall-Server an, dessen Scans dann beobachtet werden können.</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Since a time</source>
        <translation>Ab Zeitpunkt</translation>
    </message>
    <message>
        <source>Since the program was started, {time}.</source>
        <translation>Seit dem Programmstart, {time}.</translation>
    </message>
    <message>
        <source>Since the start</source>
        <translation>Seit dem Start</translation>
    </message>
    <message>
        <source>Since {time}.</source>
        <translation>Seit {time}.</translation>
    </message>
    <message>
        <source>Since {time}: {news}.</source>
        <translation>Seit {time}: {news}.</translation>
    </message>
    <message>
        <source>Single letters act on findings, such as C to confirm. When off, they do nothing.</source>
        <translation>Einzelne Buchstaben wirken auf Befunde, etwa C zum Bestätigen. Ausgeschaltet bewirken sie nichts.</translation>
    </message>
    <message>
        <source>Single-letter shortcuts</source>
        <translation>Tastenkürzel aus einem Buchstaben</translation>
    </message>
    <message>
        <source>Sink</source>
        <translation>Senke</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Zurückstellen</translation>
    </message>
    <message>
        <source>Snooze ended.</source>
        <translation>Zurückstellung beendet.</translation>
    </message>
    <message>
        <source>Snooze: {time}</source>
        <translation>Zurückstellen: {time}</translation>
    </message>
    <message>
        <source>Snoozed</source>
        <translation>Zurückgestellt</translation>
    </message>
    <message>
        <source>Snoozed until {time}</source>
        <translation>Zurückgestellt bis {time}</translation>
    </message>
    <message>
        <source>Snoozed until {time}.</source>
        <translation>Zurückgestellt bis {time}.</translation>
    </message>
    <message>
        <source>Some scans hadn&apos;t ended, or their results are incomplete.</source>
        <translation>Einige Scans waren nicht beendet, oder ihre Ergebnisse sind unvollständig.</translation>
    </message>
    <message>
        <source>Sort ascending</source>
        <translation>Aufsteigend sortieren</translation>
    </message>
    <message>
        <source>Sort by: {name}</source>
        <translation>Sortieren nach: {name}</translation>
    </message>
    <message>
        <source>Sort descending</source>
        <translation>Absteigend sortieren</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Sound requires a desktop notification.</source>
        <translation>Ein Ton erfordert eine Desktop-Benachrichtigung.</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Source folder of a repository that isn&apos;t on the board</source>
        <translation>Quellordner eines Repositorys, das nicht in der Übersicht ist</translation>
    </message>
    <message>
        <source>Source folder of {name}</source>
        <translation>Quellordner von {name}</translation>
    </message>
    <message>
        <source>Source unknown</source>
        <translation>Quelle unbekannt</translation>
    </message>
    <message>
        <source>Source: {server}</source>
        <translation>Quelle: {server}</translation>
    </message>
    <message>
        <source>Source: {server}, scan {scan}</source>
        <translation>Quelle: {server}, Scan {scan}</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Specify it with --server.</source>
        <translation>Geben Sie ihn mit --server an.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Geteilt</translation>
    </message>
    <message>
        <source>Split view needs a wider pane</source>
        <translation>Die geteilte Ansicht braucht mehr Platz</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Phase</translation>
    </message>
    <message>
        <source>Stage stalled</source>
        <translation>Phase stockt</translation>
    </message>
    <message>
        <source>Stage that found it</source>
        <translation>Phase, die ihn gefunden hat</translation>
    </message>
    <message>
        <source>Stage: {name}</source>
        <translation>Phase: {name}</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>Phasen</translation>
    </message>
    <message>
        <source>Stages appear here once a scan is watched.</source>
        <translation>Hier erscheinen Phasen, sobald ein Scan beobachtet wird.</translation>
    </message>
    <message>
        <source>Stages come from the stream (dots: not reported).</source>
        <translation>Die Phasen stammen aus dem Stream (Punkte: nicht gemeldet).</translation>
    </message>
    <message>
        <source>Stages it reports</source>
        <translation>Gemeldete Phasen</translation>
    </message>
    <message>
        <source>Stages it reports (dots: not reported)</source>
        <translation>Gemeldete Phasen (Punkte: nicht gemeldet)</translation>
    </message>
    <message>
        <source>Stages it reports, here {count} of {all}</source>
        <translation>Gemeldete Phasen, hier {count} von {all}</translation>
    </message>
    <message>
        <source>Stale</source>
        <extracomment>Actions that are absent if nothing may be changed on a server.</extracomment>
        <translation>Veraltet</translation>
    </message>
    <message>
        <source>Stale for {time}</source>
        <translation>Seit {time} veraltet</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Start a scan</source>
        <translation>Scan starten</translation>
    </message>
    <message>
        <source>Start a scan to watch it.</source>
        <translation>Starten Sie einen Scan, um ihn zu beobachten.</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>Start bei der Anmeldung</translation>
    </message>
    <message>
        <source>Start at login: off.</source>
        <translation>Start bei der Anmeldung: aus.</translation>
    </message>
    <message>
        <source>Start at login: on.</source>
        <translation>Start bei der Anmeldung: ein.</translation>
    </message>
    <message>
        <source>Start hidden</source>
        <translation>Ausgeblendet starten</translation>
    </message>
    <message>
        <source>Start it in a terminal to see why, or choose another editor in the settings.</source>
        <translation>Starten Sie ihn in einem Terminal, um den Grund zu sehen, oder wählen Sie in den Einstellungen einen anderen Editor.</translation>
    </message>
    <message>
        <source>Start the scan again.</source>
        <translation>Starten Sie den Scan erneut.</translation>
    </message>
    <message>
        <source>Start with the editor.</source>
        <translation>Beginnen Sie mit dem Editor.</translation>
    </message>
    <message>
        <source>Started about {time}</source>
        <translation>Gestartet etwa {time}</translation>
    </message>
    <message>
        <source>Started with --read-only.</source>
        <translation>Mit --read-only gestartet.</translation>
    </message>
    <message>
        <source>Started {time}</source>
        <translation>Gestartet {time}</translation>
    </message>
    <message>
        <source>Starting a scan of {name}…</source>
        <translation>Scan von {name} wird gestartet…</translation>
    </message>
    <message>
        <source>Starting the demo…</source>
        <translation>Die Demo wird gestartet…</translation>
    </message>
    <message>
        <source>Starting the embedded server…</source>
        <translation>Der eingebettete Server wird gestartet…</translation>
    </message>
    <message>
        <source>Startup</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>State or verdict</source>
        <translation>Zustand oder Bewertung</translation>
    </message>
    <message>
        <source>Static</source>
        <translation>Statisch</translation>
    </message>
    <message>
        <source>Static analysis</source>
        <translation>Statische Analyse</translation>
    </message>
    <message>
        <source>Static analysis found the same weakness at line {line}: that finding is {theirs}, this one is {ours}.</source>
        <translation>Die statische Analyse fand dieselbe Schwachstelle in Zeile {line}: Jener Befund ist {theirs}, dieser ist {ours}.</translation>
    </message>
    <message>
        <source>Static {verdict} at line {line}</source>
        <translation>Statisch: {verdict} in Zeile {line}</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Status unknown</source>
        <translation>Status unbekannt</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Step {number} of {count}: {role}, {text}, {path}, line {line}</source>
        <translation>Schritt {number} von {count}: {role}, {text}, {path}, Zeile {line}</translation>
    </message>
    <message>
        <source>Still there</source>
        <translation>Weiterhin da</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop checking</source>
        <translation>Nicht mehr prüfen</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>Aufnahme beenden</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>Nicht mehr warten</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Nicht mehr beobachten</translation>
    </message>
    <message>
        <source>Stop watching some of them first.</source>
        <translation>Beenden Sie zuerst die Beobachtung einiger davon.</translation>
    </message>
    <message>
        <source>Stopped after {timeout_s:g} s (--timeout).</source>
        <translation>Nach {timeout_s:g} s beendet (--timeout).</translation>
    </message>
    <message>
        <source>Stopped by a cancel request in {stage}. The server reports it as failed: no attempts are left.</source>
        <translation>In Phase {stage} abgebrochen. Der Server meldet „fehlgeschlagen“: keine Versuche übrig.</translation>
    </message>
    <message>
        <source>Stopped by a cancel request. The server reports it as failed: no attempts are left.</source>
        <translation>Abgebrochen. Der Server meldet „fehlgeschlagen“: keine Versuche übrig.</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Stream</translation>
    </message>
    <message>
        <source>Stream only</source>
        <translation>Nur Stream</translation>
    </message>
    <message>
        <source>Stream only.</source>
        <translation>Nur Stream.</translation>
    </message>
    <message>
        <source>Stream only: findings the server doesn&apos;t announce can&apos;t be shown here.</source>
        <translation>Nur Stream: Befunde, die der Server nicht ankündigt, können hier nicht angezeigt werden.</translation>
    </message>
    <message>
        <source>Su</source>
        <translation>So</translation>
    </message>
    <message>
        <source>Suggested fix</source>
        <translation>Fix-Vorschlag</translation>
    </message>
    <message>
        <source>Suggested patch</source>
        <translation>Vorgeschlagener Patch</translation>
    </message>
    <message>
        <source>Suggested patch, after</source>
        <translation>Vorgeschlagener Patch, nachher</translation>
    </message>
    <message>
        <source>Suggested patch, before</source>
        <translation>Vorgeschlagener Patch, vorher</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Sunday</source>
        <translation>Sonntag</translation>
    </message>
    <message>
        <source>Swap scans</source>
        <translation>Scans tauschen</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>TLS refused</source>
        <translation>TLS abgelehnt</translation>
    </message>
    <message>
        <source>TLS with the proxy</source>
        <translation>TLS zum Proxy</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Taint</source>
        <translation>Taint</translation>
    </message>
    <message>
        <source>Taint analysis</source>
        <translation>Taint-Analyse</translation>
    </message>
    <message>
        <source>Test code</source>
        <translation>Testcode</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Test the connection to a server</source>
        <translation>Verbindung zu einem Server testen</translation>
    </message>
    <message>
        <source>Testing. Each step has up to 10 seconds.</source>
        <translation>Test läuft. Jeder Schritt hat bis zu 10 Sekunden.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text in the description</source>
        <translation>Text in der Beschreibung</translation>
    </message>
    <message>
        <source>Text in the title</source>
        <translation>Text im Titel</translation>
    </message>
    <message>
        <source>Text in title, path, CWE, fingerprint or ID</source>
        <translation>Text in Titel, Pfad, CWE, Fingerabdruck oder ID</translation>
    </message>
    <message>
        <source>Th</source>
        <translation>Do</translation>
    </message>
    <message>
        <source>That decision counts; its proposal is gone.</source>
        <translation>Diese Entscheidung gilt; ihr Vorschlag entfällt.</translation>
    </message>
    <message>
        <source>The AI found the same weakness at line {line}: that finding is {theirs}, this one is {ours}.</source>
        <translation>Die KI fand dieselbe Schwachstelle in Zeile {line}: Jener Befund ist {theirs}, dieser ist {ours}.</translation>
    </message>
    <message>
        <source>The AI model used by {host} failed: {answer}.</source>
        <translation>Das KI-Modell von {host} ist gescheitert: {answer}.</translation>
    </message>
    <message>
        <source>The AI&apos;s answer couldn&apos;t be used.</source>
        <translation>Die Antwort der KI war nicht verwendbar.</translation>
    </message>
    <message>
        <source>The AI&apos;s answer was empty.</source>
        <translation>Die Antwort der KI war leer.</translation>
    </message>
    <message>
        <source>The German texts were made by the developers of Heimdall Desktop.</source>
        <translation>Die deutschen Texte stammen von den Entwicklern von Heimdall Desktop.</translation>
    </message>
    <message>
        <source>The account may have been created. Try to sign in with it.</source>
        <translation>Möglicherweise wurde das Konto angelegt. Versuchen Sie, sich damit anzumelden.</translation>
    </message>
    <message>
        <source>The argument with {file} contains spaces.</source>
        <translation>Das Argument mit {file} enthält Leerzeichen.</translation>
    </message>
    <message>
        <source>The cancel request arrived between two attempts. The scan runs again as attempt {number}.</source>
        <translation>Der Abbruch traf zwischen zwei Versuchen ein. Der Scan läuft wieder als Versuch {number}.</translation>
    </message>
    <message>
        <source>The cancel request arrived between two attempts. The scan runs again.</source>
        <translation>Der Abbruch traf zwischen zwei Versuchen ein. Der Scan läuft wieder.</translation>
    </message>
    <message>
        <source>The certificate of {host} isn&apos;t trusted: {flaw}.</source>
        <translation>Das Zertifikat von {host} ist nicht vertrauenswürdig: {flaw}.</translation>
    </message>
    <message>
        <source>The certificate of {host} isn&apos;t trusted: {reason}.</source>
        <translation>Zertifikat von {host} nicht vertrauenswürdig: {reason}.</translation>
    </message>
    <message>
        <source>The colours of all windows. “Same as system” follows the desktop.</source>
        <translation>Die Farben aller Fenster. „Wie das System“ folgt dem Desktop.</translation>
    </message>
    <message>
        <source>The command is empty.</source>
        <translation>Der Befehl ist leer.</translation>
    </message>
    <message>
        <source>The comment is empty.</source>
        <translation>Der Kommentar ist leer.</translation>
    </message>
    <message>
        <source>The compressed response from {host} is corrupt.</source>
        <translation>Die komprimierte Antwort von {host} ist beschädigt.</translation>
    </message>
    <message>
        <source>The connection to the desktop&apos;s session bus was lost.</source>
        <translation>Die Verbindung zum Sitzungsbus des Desktops ist abgebrochen.</translation>
    </message>
    <message>
        <source>The connection to this server is unencrypted, so anyone on the network path can read the token.</source>
        <translation>Die Verbindung zu diesem Server ist unverschlüsselt; jeder auf dem Netzwerkweg kann das Token lesen.</translation>
    </message>
    <message>
        <source>The connection to {host} was lost before a response arrived.</source>
        <translation>Die Verbindung zu {host} ist abgebrochen, bevor eine Antwort eintraf.</translation>
    </message>
    <message>
        <source>The connection to {host} was lost.</source>
        <translation>Die Verbindung zu {host} ist abgebrochen.</translation>
    </message>
    <message>
        <source>The decision isn&apos;t saved, so its reason wasn&apos;t sent.</source>
        <translation>Die Entscheidung ist nicht gespeichert; daher wurde ihr Grund nicht gesendet.</translation>
    </message>
    <message numerus="yes">
        <source>The decisions are saved.</source>
        <translation>
            <numerusform>Die Entscheidung ist gespeichert.</numerusform>
            <numerusform>Die Entscheidungen sind gespeichert.</numerusform>
        </translation>
    </message>
    <message>
        <source>The desktop closed Heimdall Desktop before the scans had ended.</source>
        <translation>Der Desktop hat Heimdall Desktop geschlossen, bevor die Scans beendet waren.</translation>
    </message>
    <message>
        <source>The desktop didn&apos;t respond within {limit_s:g} s.</source>
        <translation>Der Desktop hat nicht innerhalb von {limit_s:g} s geantwortet.</translation>
    </message>
    <message>
        <source>The desktop shows no notifications. Alerts are shown in the window.</source>
        <translation>Der Desktop zeigt keine Benachrichtigungen an. Meldungen erscheinen im Fenster.</translation>
    </message>
    <message>
        <source>The desktop&apos;s session bus can&apos;t be reached.</source>
        <translation>Der Sitzungsbus des Desktops ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The email address is missing.</source>
        <translation>Die E-Mail-Adresse fehlt.</translation>
    </message>
    <message>
        <source>The embedded server didn&apos;t find the folder within {limit_s:.0f} s.</source>
        <translation>Der eingebettete Server hat den Ordner nicht innerhalb von {limit_s:.0f} s gefunden.</translation>
    </message>
    <message>
        <source>The embedded server didn&apos;t start within {limit_s:.0f} s.</source>
        <translation>Der eingebettete Server ist nicht innerhalb von {limit_s:.0f} s gestartet.</translation>
    </message>
    <message>
        <source>The embedded server doesn&apos;t accept the folder: {problem}.</source>
        <translation>Der eingebettete Server akzeptiert den Ordner nicht: {problem}.</translation>
    </message>
    <message>
        <source>The embedded server has no AI model.</source>
        <translation>Der eingebettete Server hat kein KI-Modell.</translation>
    </message>
    <message>
        <source>The embedded server has stopped.</source>
        <translation>Der eingebettete Server wurde beendet.</translation>
    </message>
    <message>
        <source>The embedded server scans it here. Nothing leaves this computer.</source>
        <translation>Der eingebettete Server scannt ihn hier. Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>The embedded server stopped ({code}).</source>
        <translation>Der eingebettete Server hat sich beendet ({code}).</translation>
    </message>
    <message>
        <source>The embedded server stopped ({code}): {last_words}.</source>
        <translation>Der eingebettete Server hat sich beendet ({code}): {last_words}.</translation>
    </message>
    <message>
        <source>The embedded server stopped immediately.</source>
        <translation>Der eingebettete Server hat sich sofort beendet.</translation>
    </message>
    <message>
        <source>The entries shown may be out of date.</source>
        <translation>Die angezeigten Einträge sind möglicherweise veraltet.</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>Die Datei</translation>
    </message>
    <message>
        <source>The file and the line of the finding.</source>
        <translation>Datei und Zeile des Befunds.</translation>
    </message>
    <message>
        <source>The file is left as it is. The settings saved last are used, or else defaults.</source>
        <translation>Die Datei bleibt unverändert. Es gelten die zuletzt gespeicherten Einstellungen, sonst die Standardwerte.</translation>
    </message>
    <message>
        <source>The file is missing from the command.</source>
        <translation>Im Befehl fehlt die Datei.</translation>
    </message>
    <message>
        <source>The file of a finding opens at its line in this program.</source>
        <translation>Die Datei eines Befunds wird in diesem Programm an der betreffenden Zeile geöffnet.</translation>
    </message>
    <message>
        <source>The filter has an error</source>
        <translation>Der Filter enthält einen Fehler</translation>
    </message>
    <message numerus="yes">
        <source>The filter hides %n of them.</source>
        <translation>
            <numerusform>Der Filter blendet %n davon aus.</numerusform>
            <numerusform>Der Filter blendet %n davon aus.</numerusform>
        </translation>
    </message>
    <message>
        <source>The filter {filter} is active.</source>
        <translation>Der Filter {filter} ist aktiv.</translation>
    </message>
    <message>
        <source>The finding doesn&apos;t say which scan it belongs to.</source>
        <translation>Der Befund nennt nicht den Scan, zu dem er gehört.</translation>
    </message>
    <message>
        <source>The finding&apos;s history doesn&apos;t show whether it succeeded.</source>
        <translation>Aus dem Verlauf des Befunds geht nicht hervor, ob es gelungen ist.</translation>
    </message>
    <message>
        <source>The finding&apos;s history showed no result of the fix request for half an hour.</source>
        <translation>Der Verlauf des Befunds zeigte eine halbe Stunde lang kein Ergebnis der Fix-Anforderung.</translation>
    </message>
    <message>
        <source>The first findings usually come from static analysis.</source>
        <translation>Die ersten Befunde kommen gewöhnlich aus der statischen Analyse.</translation>
    </message>
    <message>
        <source>The fix request is open.</source>
        <translation>Der Fix ist angefordert.</translation>
    </message>
    <message>
        <source>The fix request is running, {time}.</source>
        <translation>Die Fix-Anforderung läuft, {time}.</translation>
    </message>
    <message numerus="yes">
        <source>The full texts of %n findings are missing: they couldn&apos;t be loaded from the server.</source>
        <translation>
            <numerusform>Der vollständige Text von %n Befund fehlt: Er konnte nicht vom Server geladen werden.</numerusform>
            <numerusform>Die vollständigen Texte von %n Befunden fehlen: Sie konnten nicht vom Server geladen werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>The height of rows in the findings table.</source>
        <translation>Die Höhe der Zeilen in der Befundtabelle.</translation>
    </message>
    <message>
        <source>The history can&apos;t be read</source>
        <translation>Der Verlauf ist nicht lesbar</translation>
    </message>
    <message>
        <source>The history is missing</source>
        <translation>Der Verlauf fehlt</translation>
    </message>
    <message>
        <source>The history {path} is damaged.</source>
        <translation>Der Verlauf {path} ist beschädigt.</translation>
    </message>
    <message>
        <source>The history {path} was written by a later version of the program ({version}).</source>
        <translation>Der Verlauf {path} wurde von einer späteren Version des Programms geschrieben ({version}).</translation>
    </message>
    <message>
        <source>The history {path} was written by an earlier version of the program.</source>
        <translation>Der Verlauf {path} wurde von einer früheren Version des Programms geschrieben.</translation>
    </message>
    <message>
        <source>The keyring didn&apos;t respond within {limit_s:g} s; it may be showing a prompt.</source>
        <translation>Der Schlüsselbund hat nicht innerhalb von {limit_s:g} s geantwortet; vielleicht zeigt er eine Rückfrage.</translation>
    </message>
    <message>
        <source>The keyring has no token for this server.</source>
        <translation>Der Schlüsselbund hat kein Token für diesen Server.</translation>
    </message>
    <message>
        <source>The keyring is locked and wasn&apos;t opened.</source>
        <translation>Der Schlüsselbund ist gesperrt und wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>The keyring returned an error ({kind}).</source>
        <translation>Der Schlüsselbund hat einen Fehler gemeldet ({kind}).</translation>
    </message>
    <message>
        <source>The kind of analysis that found it.</source>
        <translation>Die Art der Analyse, die ihn gefunden hat.</translation>
    </message>
    <message>
        <source>The language model finds the same code in other words each time.</source>
        <translation>Das Sprachmodell meldet denselben Code jedes Mal mit anderen Worten.</translation>
    </message>
    <message>
        <source>The language of all windows. It changes when Heimdall starts again.</source>
        <translation>Die Sprache aller Fenster. Sie ändert sich beim nächsten Start von Heimdall.</translation>
    </message>
    <message>
        <source>The least certain first</source>
        <translation>Die am wenigsten eindeutigen zuerst</translation>
    </message>
    <message>
        <source>The licences of Heimdall Desktop and of the libraries in use.</source>
        <translation>Die Lizenzen von Heimdall Desktop und der verwendeten Bibliotheken.</translation>
    </message>
    <message>
        <source>The licences of Heimdall Desktop and of the libraries in use. Choose a text above: README says how to replace Qt and where the sources are. The texts are in {folder}.</source>
        <translation>Die Lizenzen von Heimdall Desktop und der verwendeten Bibliotheken. Wählen Sie oben einen Text: README beschreibt, wie Sie Qt ersetzen und wo die Quelltexte sind. Die Texte sind in {folder}.</translation>
    </message>
    <message>
        <source>The limit of stored findings is reached; review the rest on the server. This does not mean the code is clean.</source>
        <translation>Es können keine weiteren Befunde gespeichert werden; prüfen Sie die übrigen auf dem Server. Das ist keine Entwarnung.</translation>
    </message>
    <message>
        <source>The links don&apos;t identify a single server.</source>
        <translation>Die Links bezeichnen nicht einen einzigen Server.</translation>
    </message>
    <message>
        <source>The list is being checked.</source>
        <translation>Die Liste wird geprüft.</translation>
    </message>
    <message>
        <source>The list is polled every few seconds instead.</source>
        <translation>Stattdessen wird die Liste alle paar Sekunden abgefragt.</translation>
    </message>
    <message>
        <source>The list was reloaded instead. Everything else continues.</source>
        <translation>Stattdessen wurde die Liste neu geladen. Alles Übrige läuft weiter.</translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation>Das Protokoll ist leer.</translation>
    </message>
    <message numerus="yes">
        <source>The log lists them.</source>
        <translation>
            <numerusform>Das Protokoll führt sie auf.</numerusform>
            <numerusform>Das Protokoll führt sie auf.</numerusform>
        </translation>
    </message>
    <message>
        <source>The name service didn&apos;t find {host} in time.</source>
        <translation>Der Namensdienst hat {host} nicht rechtzeitig gefunden.</translation>
    </message>
    <message>
        <source>The network proxy refused the connection.</source>
        <translation>Der Netzwerk-Proxy hat die Verbindung abgelehnt.</translation>
    </message>
    <message>
        <source>The network proxy requires a sign-in.</source>
        <translation>Der Netzwerk-Proxy verlangt eine Anmeldung.</translation>
    </message>
    <message>
        <source>The newest patch is already marked as applied.</source>
        <translation>Der neueste Patch ist bereits als angewendet markiert.</translation>
    </message>
    <message>
        <source>The notification daemon refused the notification ({problem}).</source>
        <translation>Der Benachrichtigungsdienst hat die Benachrichtigung abgelehnt ({problem}).</translation>
    </message>
    <message>
        <source>The notification requests a sound.</source>
        <translation>Die Benachrichtigung fordert einen Ton an.</translation>
    </message>
    <message>
        <source>The number of the weakness in the CWE list.</source>
        <translation>Die Nummer der Schwachstelle in der CWE-Liste.</translation>
    </message>
    <message>
        <source>The part recorded so far can be played.</source>
        <translation>Der bisher aufgenommene Teil kann abgespielt werden.</translation>
    </message>
    <message>
        <source>The password is missing.</source>
        <translation>Das Passwort fehlt.</translation>
    </message>
    <message>
        <source>The patch is marked as applied.</source>
        <translation>Der Patch ist als angewendet markiert.</translation>
    </message>
    <message>
        <source>The program and its arguments. {file} and {line} are replaced with the file and the line of the finding. No shell is involved.</source>
        <translation>Das Programm und seine Argumente. {file} und {line} werden durch Datei und Zeile des Befunds ersetzt. Eine Shell wird nicht verwendet.</translation>
    </message>
    <message>
        <source>The program must not depend on the file.</source>
        <translation>Das Programm darf nicht von der Datei abhängen.</translation>
    </message>
    <message>
        <source>The proof of concept didn&apos;t confirm it, but it is confirmed or of high confidence.</source>
        <translation>Der Proof of Concept hat ihn nicht bestätigt, aber er ist bestätigt oder hat hohe Konfidenz.</translation>
    </message>
    <message>
        <source>The proof of concept succeeded, but the status is “{status}”.</source>
        <translation>Der Proof of Concept war erfolgreich, aber der Status ist „{status}“.</translation>
    </message>
    <message>
        <source>The proof of concept succeeded.</source>
        <translation>Der Proof of Concept war erfolgreich.</translation>
    </message>
    <message>
        <source>The proxy setting {variable} can&apos;t be used.</source>
        <translation>Die Proxy-Einstellung {variable} ist nicht verwendbar.</translation>
    </message>
    <message numerus="yes">
        <source>The reason is known for {known} of %n dismissed or false-positive findings</source>
        <translation>
            <numerusform>Der Grund ist bekannt für {known} von %n Befund, der verworfen oder ein Fehlalarm ist</numerusform>
            <numerusform>Der Grund ist bekannt für {known} von %n Befunden, die verworfen oder Fehlalarme sind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The reasons of %n findings aren&apos;t loaded.</source>
        <translation>
            <numerusform>Der Grund von %n Befund ist nicht geladen.</numerusform>
            <numerusform>Die Gründe von %n Befunden sind nicht geladen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The recording {file} is larger than {limit} MB.</source>
        <translation>Die Aufnahme {file} ist größer als {limit} MB.</translation>
    </message>
    <message>
        <source>The repository isn&apos;t connected to GitHub, which fix requests need.</source>
        <translation>Das Repository ist nicht mit GitHub verbunden, was für Fix-Anforderungen nötig ist.</translation>
    </message>
    <message>
        <source>The repository isn&apos;t connected to an issue tracker.</source>
        <translation>Das Repository ist mit keinem Issue-Tracker verbunden.</translation>
    </message>
    <message>
        <source>The repository isn&apos;t muted.</source>
        <translation>Das Repository ist nicht stummgeschaltet.</translation>
    </message>
    <message>
        <source>The repository of that scan is unknown.</source>
        <translation>Das Repository dieses Scans ist unbekannt.</translation>
    </message>
    <message>
        <source>The repository of the finding; automatically only if several scans are shown.</source>
        <translation>Das Repository des Befunds; automatisch nur, wenn mehrere Scans angezeigt werden.</translation>
    </message>
    <message>
        <source>The repository of this finding is unknown.</source>
        <translation>Das Repository dieses Befunds ist unbekannt.</translation>
    </message>
    <message>
        <source>The repository of this scan is unknown.</source>
        <translation>Das Repository dieses Scans ist unbekannt.</translation>
    </message>
    <message>
        <source>The request isn&apos;t retried.</source>
        <translation>Die Anfrage wird nicht wiederholt.</translation>
    </message>
    <message>
        <source>The response from {host} comes in too many pieces.</source>
        <translation>Die Antwort von {host} kommt in zu vielen Teilen.</translation>
    </message>
    <message>
        <source>The response from {host} is too long.</source>
        <translation>Die Antwort von {host} ist zu lang.</translation>
    </message>
    <message>
        <source>The response from {host} uses an unsupported compression.</source>
        <translation>Die Antwort von {host} verwendet eine nicht unterstützte Komprimierung.</translation>
    </message>
    <message>
        <source>The rest couldn&apos;t be parsed.</source>
        <translation>Die übrigen waren nicht lesbar.</translation>
    </message>
    <message>
        <source>The rest wasn&apos;t sent.</source>
        <translation>Der Rest wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>The same, paginated</source>
        <translation>Dasselbe, in Seiten aufgeteilt</translation>
    </message>
    <message>
        <source>The scan</source>
        <translation>Der Scan</translation>
    </message>
    <message>
        <source>The scan ended before Tyr created a threat model.</source>
        <translation>Der Scan endete, bevor Tyr ein Bedrohungsmodell erstellt hat.</translation>
    </message>
    <message>
        <source>The scan failed before it found anything.</source>
        <translation>Der Scan ist fehlgeschlagen, bevor er etwas gefunden hat.</translation>
    </message>
    <message>
        <source>The scan failed in {stage} before it found anything.</source>
        <translation>Der Scan ist in Phase {stage} fehlgeschlagen, bevor er etwas gefunden hat.</translation>
    </message>
    <message>
        <source>The scan failed or was cancelled before it announced anything.</source>
        <translation>Der Scan ist fehlgeschlagen oder wurde abgebrochen, bevor er etwas angekündigt hat.</translation>
    </message>
    <message>
        <source>The scan failed or was cancelled in {stage} before it announced anything.</source>
        <translation>Der Scan ist in Phase {stage} fehlgeschlagen oder wurde abgebrochen, bevor er etwas angekündigt hat.</translation>
    </message>
    <message>
        <source>The scan has ended, but its list of findings wasn&apos;t loaded completely.</source>
        <translation>Der Scan ist beendet, aber die Liste seiner Befunde wurde nicht vollständig geladen.</translation>
    </message>
    <message>
        <source>The scan has ended.</source>
        <translation>Der Scan ist beendet.</translation>
    </message>
    <message>
        <source>The scan is muted until {time}.</source>
        <translation>Der Scan ist bis {time} stummgeschaltet.</translation>
    </message>
    <message>
        <source>The scan is waiting for its turn.</source>
        <translation>Der Scan wartet, bis er an der Reihe ist.</translation>
    </message>
    <message>
        <source>The scan isn&apos;t muted.</source>
        <translation>Der Scan ist nicht stummgeschaltet.</translation>
    </message>
    <message>
        <source>The scan isn&apos;t watched.</source>
        <translation>Der Scan wird nicht beobachtet.</translation>
    </message>
    <message>
        <source>The scan of {scan} didn&apos;t complete. The comparison uses its partial results.</source>
        <translation>Der Scan von {scan} wurde nicht abgeschlossen. Der Vergleich verwendet seine Teilergebnisse.</translation>
    </message>
    <message>
        <source>The scan of {scan} failed or was cancelled: {reason}</source>
        <translation>Der Scan von {scan} ist fehlgeschlagen oder wurde abgebrochen: {reason}</translation>
    </message>
    <message>
        <source>The scan of {scan} failed: {reason}</source>
        <translation>Der Scan von {scan} ist fehlgeschlagen: {reason}</translation>
    </message>
    <message>
        <source>The scan of {scan} hadn&apos;t ended.</source>
        <translation>Der Scan von {scan} war nicht beendet.</translation>
    </message>
    <message>
        <source>The scan of {scan} is incomplete.</source>
        <translation>Der Scan von {scan} ist unvollständig.</translation>
    </message>
    <message>
        <source>The scan of {scan} was cancelled.</source>
        <translation>Der Scan von {scan} wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The scan was cancelled before it found anything.</source>
        <translation>Der Scan wurde abgebrochen, bevor er etwas gefunden hat.</translation>
    </message>
    <message>
        <source>The scan was cancelled in {stage} before it found anything.</source>
        <translation>Der Scan wurde in Phase {stage} abgebrochen, bevor er etwas gefunden hat.</translation>
    </message>
    <message>
        <source>The scan&apos;s server address can&apos;t be used.</source>
        <translation>Die Serveradresse des Scans ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>The scanned repository.</source>
        <translation>Das gescannte Repository.</translation>
    </message>
    <message>
        <source>The server</source>
        <translation>Der Server</translation>
    </message>
    <message>
        <source>The server address is missing.</source>
        <translation>Die Serveradresse fehlt.</translation>
    </message>
    <message>
        <source>The server announced 0 findings (stream only)</source>
        <translation>Der Server hat 0 Befunde angekündigt (nur Stream)</translation>
    </message>
    <message>
        <source>The server closed the stream.</source>
        <translation>Der Server hat den Stream geschlossen.</translation>
    </message>
    <message>
        <source>The server continues. The result appears here when it arrives.</source>
        <translation>Der Server arbeitet weiter. Das Ergebnis erscheint hier, sobald es eintrifft.</translation>
    </message>
    <message>
        <source>The server couldn&apos;t create the fix: {answer}</source>
        <translation>Der Server konnte den Fix nicht erstellen: {answer}</translation>
    </message>
    <message numerus="yes">
        <source>The server counts %n findings, but lists {listed}.</source>
        <translation>
            <numerusform>Der Server zählt %n Befund, führt aber {listed} auf.</numerusform>
            <numerusform>Der Server zählt %n Befunde, führt aber {listed} auf.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server counts %n findings. Not counted here: {left_out}.</source>
        <translation>
            <numerusform>Der Server zählt %n Befund. Hier nicht mitgezählt: {left_out}.</numerusform>
            <numerusform>Der Server zählt %n Befunde. Hier nicht mitgezählt: {left_out}.</numerusform>
        </translation>
    </message>
    <message>
        <source>The server counts {total} so far</source>
        <translation>Der Server zählt bisher {total}</translation>
    </message>
    <message numerus="yes">
        <source>The server counts {total}; %n not received</source>
        <translation>
            <numerusform>Der Server zählt {total}; %n nicht empfangen</numerusform>
            <numerusform>Der Server zählt {total}; %n nicht empfangen</numerusform>
        </translation>
    </message>
    <message>
        <source>The server doesn&apos;t have this finding.</source>
        <translation>Der Server hat diesen Befund nicht.</translation>
    </message>
    <message>
        <source>The server doesn&apos;t offer the missing items.</source>
        <translation>Was fehlt, bietet der Server nicht an.</translation>
    </message>
    <message>
        <source>The server doesn&apos;t report whose token it is.</source>
        <translation>Der Server meldet nicht, zu wem das Token gehört.</translation>
    </message>
    <message>
        <source>The server dropped events at {began}.</source>
        <translation>Der Server hat um {began} Ereignisse ausgelassen.</translation>
    </message>
    <message>
        <source>The server dropped events from {began} to {ended}.</source>
        <translation>Der Server hat von {began} bis {ended} Ereignisse ausgelassen.</translation>
    </message>
    <message>
        <source>The server dropped some events.</source>
        <translation>Der Server hat einige Ereignisse ausgelassen.</translation>
    </message>
    <message>
        <source>The server dropped the connection on every attempt. Another attempt would fail too.</source>
        <translation>Der Server hat die Verbindung bei jedem Versuch abgebrochen. Ein weiterer Versuch würde ebenfalls scheitern.</translation>
    </message>
    <message>
        <source>The server ended the session, and the token was deleted here.</source>
        <translation>Der Server hat die Sitzung beendet, und das Token wurde hier gelöscht.</translation>
    </message>
    <message>
        <source>The server gave no reason.</source>
        <translation>Der Server hat keinen Grund genannt.</translation>
    </message>
    <message>
        <source>The server has more repositories. Paste links to their scans.</source>
        <translation>Der Server hat weitere Repositorys. Fügen Sie Links zu deren Scans ein.</translation>
    </message>
    <message>
        <source>The server has no health check, which is fine.</source>
        <translation>Der Server hat keine Zustandsprüfung, was in Ordnung ist.</translation>
    </message>
    <message>
        <source>The server has no patch for this finding, only advice.</source>
        <translation>Der Server hat keinen Patch für diesen Befund, nur Empfehlungen.</translation>
    </message>
    <message>
        <source>The server is already working on this.</source>
        <translation>Der Server arbeitet bereits daran.</translation>
    </message>
    <message>
        <source>The server is busy.</source>
        <translation>Der Server ist ausgelastet.</translation>
    </message>
    <message>
        <source>The server is busy; retrying in {time}.</source>
        <translation>Der Server ist ausgelastet; neuer Versuch in {time}.</translation>
    </message>
    <message>
        <source>The server is still working on it.</source>
        <translation>Der Server arbeitet noch daran.</translation>
    </message>
    <message>
        <source>The server makes up to three attempts, even after a cancel request.</source>
        <translation>Der Server macht bis zu drei Versuche, auch nach Abbruch.</translation>
    </message>
    <message>
        <source>The server may need http instead of https.</source>
        <translation>Der Server braucht möglicherweise http statt https.</translation>
    </message>
    <message>
        <source>The server may restart it. Checking whether it does.</source>
        <translation>Vielleicht startet der Server ihn neu; wird geprüft.</translation>
    </message>
    <message>
        <source>The server may retry.</source>
        <translation>Der Server versucht es möglicherweise erneut.</translation>
    </message>
    <message>
        <source>The server may retry. This was attempt {number} of {most}.</source>
        <translation>Neuer Versuch möglich. Dies war Versuch {number} von {most}.</translation>
    </message>
    <message>
        <source>The server reports no total</source>
        <translation>Der Server meldet keine Gesamtzahl</translation>
    </message>
    <message>
        <source>The server reports this scan as completed, but is still working on it.</source>
        <translation>Der Server meldet diesen Scan als abgeschlossen, arbeitet aber noch daran.</translation>
    </message>
    <message>
        <source>The server responds, but not for this scan.</source>
        <translation>Der Server antwortet, aber nicht für diesen Scan.</translation>
    </message>
    <message>
        <source>The server returned a different finding than requested.</source>
        <translation>Der Server hat einen anderen Befund zurückgegeben als angefragt.</translation>
    </message>
    <message>
        <source>The server returned a different scan than requested.</source>
        <translation>Der Server hat einen anderen Scan zurückgegeben als angefragt.</translation>
    </message>
    <message>
        <source>The server returned a token that can&apos;t be used.</source>
        <translation>Der Server hat ein Token zurückgegeben, das nicht verwendbar ist.</translation>
    </message>
    <message>
        <source>The server returns only the newest lines.</source>
        <translation>Der Server liefert nur die neuesten Zeilen.</translation>
    </message>
    <message>
        <source>The server sent a row that couldn&apos;t be parsed: {problem}.</source>
        <translation>Der Server hat eine unlesbare Zeile gesendet: {problem}.</translation>
    </message>
    <message>
        <source>The server sent a row that is too long to repair.</source>
        <translation>Der Server hat eine Zeile gesendet, die für eine Reparatur zu lang ist.</translation>
    </message>
    <message>
        <source>The server sent no code for this location.</source>
        <translation>Der Server hat für diese Stelle keinen Code gesendet.</translation>
    </message>
    <message>
        <source>The server&apos;s response contains a time that couldn&apos;t be parsed.</source>
        <translation>Die Antwort des Servers enthält eine unlesbare Zeitangabe.</translation>
    </message>
    <message>
        <source>The server&apos;s response contains too many values.</source>
        <translation>Die Antwort des Servers enthält zu viele Werte.</translation>
    </message>
    <message>
        <source>The server&apos;s response couldn&apos;t be parsed: invalid JSON.</source>
        <translation>Die Antwort des Servers war nicht lesbar: ungültiges JSON.</translation>
    </message>
    <message>
        <source>The server&apos;s response couldn&apos;t be parsed: {problem}.</source>
        <translation>Die Antwort des Servers war nicht lesbar: {problem}.</translation>
    </message>
    <message>
        <source>The server&apos;s severity counts don&apos;t match its list of findings.</source>
        <translation>Die Zahlen des Servers je Schweregrad stimmen nicht mit seiner Liste der Befunde überein.</translation>
    </message>
    <message>
        <source>The session expires in {time} ({moment}).</source>
        <translation>Die Sitzung läuft in {time} ab ({moment}).</translation>
    </message>
    <message>
        <source>The session on the server is still open. It expires automatically.</source>
        <translation>Die Sitzung auf dem Server ist noch offen. Sie läuft von selbst ab.</translation>
    </message>
    <message>
        <source>The session on the server may still be open. It expires automatically.</source>
        <translation>Die Sitzung auf dem Server ist möglicherweise noch offen. Sie läuft von selbst ab.</translation>
    </message>
    <message>
        <source>The session token is missing.</source>
        <translation>Das Sitzungstoken fehlt.</translation>
    </message>
    <message>
        <source>The settings can&apos;t be read</source>
        <translation>Die Einstellungen sind nicht lesbar</translation>
    </message>
    <message>
        <source>The settings saved last are used.</source>
        <translation>Die zuletzt gespeicherten gelten.</translation>
    </message>
    <message>
        <source>The store of this system.</source>
        <translation>Der Speicher dieses Systems.</translation>
    </message>
    <message>
        <source>The stream is active, but the API doesn&apos;t respond.</source>
        <translation>Der Stream ist aktiv, aber die API antwortet nicht.</translation>
    </message>
    <message>
        <source>The stream is active, but the API hasn&apos;t responded since {time}.</source>
        <translation>Der Stream ist aktiv, aber die API antwortet seit {time} nicht.</translation>
    </message>
    <message>
        <source>The stream of {scan} ended without reporting how many findings there are.</source>
        <translation>Der Stream von {scan} endete, ohne die Zahl der Befunde zu melden.</translation>
    </message>
    <message>
        <source>The stream sent an event without an end.</source>
        <translation>Der Stream hat ein Ereignis ohne Ende gesendet.</translation>
    </message>
    <message>
        <source>The stream sent too much data.</source>
        <translation>Der Stream hat zu viele Daten gesendet.</translation>
    </message>
    <message>
        <source>The stream was silent for too long.</source>
        <translation>Der Stream war zu lange still.</translation>
    </message>
    <message>
        <source>The text of this finding is too long to keep in full. It is loaded when you open the finding.</source>
        <translation>Der Text dieses Befunds ist zu lang, um vollständig aufbewahrt zu werden. Er wird geladen, wenn Sie den Befund öffnen.</translation>
    </message>
    <message>
        <source>The text of this finding is too long to keep in full. See the finding&apos;s page on the server.</source>
        <translation>Der Text dieses Befunds ist zu lang, um vollständig aufbewahrt zu werden. Siehe die Seite des Befunds auf dem Server.</translation>
    </message>
    <message>
        <source>The threat model hasn&apos;t been stored yet.</source>
        <translation>Das Bedrohungsmodell wurde noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>The threat model is empty.</source>
        <translation>Das Bedrohungsmodell ist leer.</translation>
    </message>
    <message>
        <source>The token contains invalid characters.</source>
        <translation>Das Token enthält ungültige Zeichen.</translation>
    </message>
    <message>
        <source>The token is longer than the {limit} characters that this system&apos;s keyring allows.</source>
        <translation>Das Token ist länger als die {limit} Zeichen, die der Schlüsselbund dieses Systems zulässt.</translation>
    </message>
    <message>
        <source>The token is safe but can&apos;t be read: the keyring is locked.</source>
        <translation>Der Schlüsselbund ist gesperrt; das Token ist sicher.</translation>
    </message>
    <message>
        <source>The version, its licences, and the folders in use.</source>
        <translation>Die Version, ihre Lizenzen und die verwendeten Ordner.</translation>
    </message>
    <message>
        <source>The window was closed before the scans had ended.</source>
        <translation>Das Fenster wurde geschlossen, bevor die Scans beendet waren.</translation>
    </message>
    <message>
        <source>The {stage} stage is running.</source>
        <translation>Die Phase {stage} läuft.</translation>
    </message>
    <message>
        <source>The {stage} stage may be stuck.</source>
        <translation>Die Phase {stage} hängt möglicherweise.</translation>
    </message>
    <message>
        <source>The {stage} stage usually takes {time}.</source>
        <translation>Die Phase {stage} dauert gewöhnlich {time}.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Theme: {name}</source>
        <translation>Farbschema: {name}</translation>
    </message>
    <message>
        <source>There are no scans to mute.</source>
        <translation>Es gibt keine Scans zum Stummschalten.</translation>
    </message>
    <message>
        <source>There is nothing to ignore.</source>
        <translation>Es gibt nichts zu ignorieren.</translation>
    </message>
    <message>
        <source>These findings were selected manually.</source>
        <translation>Diese Befunde wurden von Hand ausgewählt.</translation>
    </message>
    <message>
        <source>They work only in findings and detail.</source>
        <translation>Sie wirken nur in Befunden und Detail.</translation>
    </message>
    <message>
        <source>This build doesn&apos;t list its other parts.</source>
        <translation>Diese Ausgabe führt ihre übrigen Bestandteile nicht auf.</translation>
    </message>
    <message>
        <source>This build has no manual.</source>
        <translation>Diese Ausgabe enthält kein Handbuch.</translation>
    </message>
    <message>
        <source>This can&apos;t be undone on the server.</source>
        <translation>Auf dem Server lässt sich dies nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>This copy of Heimdall Desktop is incomplete. Download and install it again.</source>
        <translation>Diese Kopie von Heimdall Desktop ist unvollständig. Laden Sie sie erneut herunter und installieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>This does not mean the code is clean.</source>
        <translation>Das ist keine Entwarnung.</translation>
    </message>
    <message>
        <source>This finding can&apos;t be shown.</source>
        <translation>Dieser Befund kann nicht angezeigt werden.</translation>
    </message>
    <message>
        <source>This finding has no flow.</source>
        <translation>Dieser Befund hat keinen Datenfluss.</translation>
    </message>
    <message>
        <source>This finding has no patch.</source>
        <translation>Dieser Befund hat keinen Patch.</translation>
    </message>
    <message>
        <source>This finding hasn&apos;t been loaded yet.</source>
        <translation>Dieser Befund wurde noch nicht geladen.</translation>
    </message>
    <message>
        <source>This finding is no longer watched.</source>
        <translation>Dieser Befund wird nicht mehr beobachtet.</translation>
    </message>
    <message>
        <source>This finding names no file.</source>
        <translation>Dieser Befund nennt keine Datei.</translation>
    </message>
    <message>
        <source>This finding&apos;s scan isn&apos;t watched.</source>
        <translation>Der Scan dieses Befunds wird nicht beobachtet.</translation>
    </message>
    <message>
        <source>This folder doesn&apos;t exist.</source>
        <translation>Dieser Ordner existiert nicht.</translation>
    </message>
    <message>
        <source>This is the largest size.</source>
        <translation>Dies ist die größte Größe.</translation>
    </message>
    <message>
        <source>This is the smallest size.</source>
        <translation>Dies ist die kleinste Größe.</translation>
    </message>
    <message>
        <source>This isn&apos;t a session token: it contains spaces or invalid characters.</source>
        <translation>Dies ist kein Sitzungstoken: Es enthält Leerzeichen oder ungültige Zeichen.</translation>
    </message>
    <message>
        <source>This isn&apos;t a valid file name.</source>
        <translation>Dies ist kein gültiger Dateiname.</translation>
    </message>
    <message>
        <source>This isn&apos;t a valid server address.</source>
        <translation>Dies ist keine gültige Serveradresse.</translation>
    </message>
    <message>
        <source>This link contains more than a server, a scan and a finding; the rest could be a token.</source>
        <translation>Dieser Link enthält mehr als einen Server, einen Scan und einen Befund; der Rest könnte ein Token sein.</translation>
    </message>
    <message>
        <source>This link contains {name!r}, which isn&apos;t allowed because it could be a token.</source>
        <translation>Dieser Link enthält {name!r}. Das ist nicht erlaubt, weil es ein Token sein könnte.</translation>
    </message>
    <message>
        <source>This link matches several of your servers. Which one do you mean?</source>
        <translation>Dieser Link passt zu mehreren Ihrer Server. Welchen meinen Sie?</translation>
    </message>
    <message>
        <source>This link matches several servers: {servers}.</source>
        <translation>Dieser Link passt zu mehreren Servern: {servers}.</translation>
    </message>
    <message>
        <source>This link points to another server, {host}.</source>
        <translation>Dieser Link zeigt auf einen anderen Server, {host}.</translation>
    </message>
    <message>
        <source>This link points to {host} on this computer, where no scan of this window is running.</source>
        <translation>Dieser Link zeigt auf {host} auf diesem Computer, wo kein Scan dieses Fensters läuft.</translation>
    </message>
    <message>
        <source>This may create many issues that others can see. They can&apos;t be removed here.</source>
        <translation>Dadurch können viele Issues entstehen, die andere sehen. Sie lassen sich hier nicht wieder entfernen.</translation>
    </message>
    <message>
        <source>This may take several minutes.</source>
        <translation>Das kann mehrere Minuten dauern.</translation>
    </message>
    <message>
        <source>This notification was sent by the Heimdall self-test.</source>
        <translation>Diese Benachrichtigung hat der Selbsttest von Heimdall gesendet.</translation>
    </message>
    <message>
        <source>This only adds a note; no files are changed. It can&apos;t be undone on the server.</source>
        <translation>Dies fügt nur einen Vermerk hinzu; Dateien werden nicht geändert. Auf dem Server lässt es sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>This part can&apos;t be shown.</source>
        <translation>Dieser Teil kann nicht angezeigt werden.</translation>
    </message>
    <message>
        <source>This patch contains control characters. Check it before you paste it into a terminal.</source>
        <translation>Dieser Patch enthält Steuerzeichen. Prüfen Sie ihn, bevor Sie ihn in ein Terminal einfügen.</translation>
    </message>
    <message>
        <source>This scan doesn&apos;t exist or belongs to another account.</source>
        <translation>Dieser Scan existiert nicht oder gehört zu einem anderen Konto.</translation>
    </message>
    <message>
        <source>This scan has ended.</source>
        <translation>Dieser Scan ist beendet.</translation>
    </message>
    <message>
        <source>This scan has no finding with this ID.</source>
        <translation>Dieser Scan hat keinen Befund mit dieser ID.</translation>
    </message>
    <message>
        <source>This scan hasn&apos;t been loaded yet.</source>
        <translation>Dieser Scan wurde noch nicht geladen.</translation>
    </message>
    <message>
        <source>This scan hasn&apos;t ended yet.</source>
        <translation>Dieser Scan ist noch nicht beendet.</translation>
    </message>
    <message>
        <source>This scan is no longer watched.</source>
        <translation>Dieser Scan wird nicht mehr beobachtet.</translation>
    </message>
    <message>
        <source>This scan is played from a recording.</source>
        <translation>Dieser Scan wird aus einer Aufnahme abgespielt.</translation>
    </message>
    <message>
        <source>This scan isn&apos;t visible to your account</source>
        <translation>Dieser Scan ist für Ihr Konto nicht sichtbar</translation>
    </message>
    <message>
        <source>This scan rates it higher than the one in which it was decided.</source>
        <translation>Dieser Scan stuft den Befund höher ein als der, in dem er entschieden wurde.</translation>
    </message>
    <message>
        <source>This scan&apos;s server runs only as long as this program.</source>
        <translation>Der Server dieses Scans läuft nur so lange wie dieses Programm.</translation>
    </message>
    <message>
        <source>This server announces findings but doesn&apos;t list them, so earlier decisions are unknown.</source>
        <translation>Dieser Server kündigt Befunde an, führt sie aber nicht auf; daher sind frühere Entscheidungen unbekannt.</translation>
    </message>
    <message>
        <source>This server announces findings but doesn&apos;t list them, so they can&apos;t be compared.</source>
        <translation>Dieser Server kündigt Befunde an, führt sie aber nicht auf; daher lassen sie sich nicht vergleichen.</translation>
    </message>
    <message>
        <source>This server announces findings but doesn&apos;t list them.</source>
        <translation>Dieser Server kündigt Befunde an, führt sie aber nicht auf.</translation>
    </message>
    <message>
        <source>This server announces findings but doesn&apos;t list them. Details that are unknown here may exist on the server.</source>
        <translation>Dieser Server kündigt Befunde an, führt sie aber nicht auf. Was hier unbekannt ist, kann auf dem Server vorhanden sein.</translation>
    </message>
    <message>
        <source>This server doesn&apos;t accept decisions on findings.</source>
        <translation>Dieser Server nimmt keine Entscheidungen über Befunde an.</translation>
    </message>
    <message>
        <source>This server doesn&apos;t offer patches.</source>
        <translation>Dieser Server bietet keine Patches an.</translation>
    </message>
    <message>
        <source>This server doesn&apos;t offer the log.</source>
        <translation>Dieser Server bietet kein Protokoll an.</translation>
    </message>
    <message>
        <source>This server doesn&apos;t offer the threat model.</source>
        <translation>Dieser Server bietet kein Bedrohungsmodell an.</translation>
    </message>
    <message>
        <source>This server doesn&apos;t offer web pages.</source>
        <translation>Dieser Server bietet keine Webseiten an.</translation>
    </message>
    <message>
        <source>This server doesn&apos;t support AI explanation or verification.</source>
        <translation>Dieser Server bietet keine Erklärung oder Prüfung mit KI an.</translation>
    </message>
    <message>
        <source>This server doesn&apos;t support cancelling scans.</source>
        <translation>Dieser Server kann Scans nicht abbrechen.</translation>
    </message>
    <message>
        <source>This server doesn&apos;t support creating issues for all findings in a scan.</source>
        <translation>Dieser Server kann nicht für alle Befunde eines Scans Issues anlegen.</translation>
    </message>
    <message>
        <source>This server doesn&apos;t support creating issues.</source>
        <translation>Dieser Server kann keine Issues anlegen.</translation>
    </message>
    <message>
        <source>This server doesn&apos;t support fix requests.</source>
        <translation>Dieser Server unterstützt keine Fix-Anforderungen.</translation>
    </message>
    <message>
        <source>This server doesn&apos;t support starting scans.</source>
        <translation>Dieser Server kann keine Scans starten.</translation>
    </message>
    <message>
        <source>This session keeps no history.</source>
        <translation>In dieser Sitzung wird kein Verlauf geführt.</translation>
    </message>
    <message>
        <source>This session keeps no log.</source>
        <translation>In dieser Sitzung wird kein Protokoll geführt.</translation>
    </message>
    <message>
        <source>This session keeps none.</source>
        <translation>In dieser Sitzung wird keiner geführt.</translation>
    </message>
    <message>
        <source>This session only</source>
        <translation>Nur diese Sitzung</translation>
    </message>
    <message>
        <source>This system didn&apos;t show the notification.</source>
        <translation>Dieses System hat die Benachrichtigung nicht angezeigt.</translation>
    </message>
    <message>
        <source>This system doesn&apos;t allow Heimdall to show notifications.</source>
        <translation>Dieses System erlaubt Heimdall nicht, Benachrichtigungen anzuzeigen.</translation>
    </message>
    <message>
        <source>This system doesn&apos;t report when the screen is locked, so nothing is hidden then.</source>
        <translation>Dieses System meldet nicht, ob der Bildschirm gesperrt ist; daher wird dann nichts ausgeblendet.</translation>
    </message>
    <message>
        <source>This system has no usable keyring: none responds.</source>
        <translation>Kein verwendbarer Schlüsselbund: Keiner antwortet.</translation>
    </message>
    <message>
        <source>This system has no usable keyring: the configured one doesn&apos;t work here.</source>
        <translation>Kein verwendbarer Schlüsselbund: Der eingestellte funktioniert hier nicht.</translation>
    </message>
    <message>
        <source>This system has no usable keyring: {module} doesn&apos;t store secrets.</source>
        <translation>Kein verwendbarer Schlüsselbund: {module} speichert keine Geheimnisse.</translation>
    </message>
    <message>
        <source>This text is too long to be a list of links.</source>
        <translation>Dieser Text ist zu lang für eine Liste von Links.</translation>
    </message>
    <message>
        <source>This was changed to {word} elsewhere.</source>
        <translation>Dies wurde anderswo auf „{word}“ geändert.</translation>
    </message>
    <message>
        <source>Those decisions count; their proposals are gone.</source>
        <translation>Diese Entscheidungen gelten; ihre Vorschläge entfallen.</translation>
    </message>
    <message>
        <source>Threat model</source>
        <translation>Bedrohungsmodell</translation>
    </message>
    <message>
        <source>Threat model, patches</source>
        <translation>Bedrohungsmodell, Patches</translation>
    </message>
    <message>
        <source>Thursday</source>
        <translation>Donnerstag</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Titles, paths, reasons and scans are included. A handover has no code.</source>
        <translation>Titel, Pfade, Gründe und Scans sind enthalten. Eine Übergabe enthält keinen Code.</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>To do this, start Heimdall Desktop without --replay.</source>
        <translation>Starten Sie Heimdall Desktop dafür ohne --replay.</translation>
    </message>
    <message>
        <source>To scan a local folder, these scanners are missing: {scanners}.</source>
        <translation>Um einen lokalen Ordner zu scannen, fehlen diese Scanner: {scanners}.</translation>
    </message>
    <message>
        <source>Token for {host}, not checked yet</source>
        <translation>Token für {host}, noch nicht geprüft</translation>
    </message>
    <message>
        <source>Token for {host}, not checked yet. You can change this here.</source>
        <translation>Token für {host}, noch nicht geprüft. Hier können Sie dies ändern.</translation>
    </message>
    <message>
        <source>Token not accepted</source>
        <translation>Token nicht akzeptiert</translation>
    </message>
    <message>
        <source>Token not accepted by {host}</source>
        <translation>Token von {host} nicht akzeptiert</translation>
    </message>
    <message>
        <source>Token not accepted {at}.</source>
        <translation>Token nicht akzeptiert {at}.</translation>
    </message>
    <message>
        <source>Token not accepted.</source>
        <translation>Token nicht akzeptiert.</translation>
    </message>
    <message>
        <source>Token, not checked yet</source>
        <translation>Token, noch nicht geprüft</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Morgen</translation>
    </message>
    <message>
        <source>Too many requests to {host} are waiting.</source>
        <translation>Zu viele Anfragen an {host} warten.</translation>
    </message>
    <message>
        <source>Too many scans for the window that is already open. Specify fewer scans.</source>
        <translation>Zu viele Scans für das bereits geöffnete Fenster. Geben Sie weniger Scans an.</translation>
    </message>
    <message>
        <source>Took about {time}</source>
        <translation>Dauerte etwa {time}</translation>
    </message>
    <message>
        <source>Took {time}</source>
        <translation>Dauerte {time}</translation>
    </message>
    <message>
        <source>Took {time}. {end}</source>
        <translation>Dauerte {time}. {end}</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>Übersetzung</translation>
    </message>
    <message>
        <source>Tray</source>
        <translation>Infobereich</translation>
    </message>
    <message>
        <source>Tray: available.</source>
        <extracomment>Parts that are on or off, or have a name; the texts with a name, and without.</extracomment>
        <translation>Infobereich: vorhanden.</translation>
    </message>
    <message>
        <source>Tray: none. Closing the window minimises it instead.</source>
        <translation>Infobereich: keiner. Beim Schließen wird das Fenster stattdessen minimiert.</translation>
    </message>
    <message>
        <source>Triage status</source>
        <translation>Triage-Status</translation>
    </message>
    <message>
        <source>Triage, comments, patches</source>
        <translation>Triage, Kommentare, Patches</translation>
    </message>
    <message>
        <source>Tried {url}. {error}</source>
        <translation>Versucht wurde {url}. {error}</translation>
    </message>
    <message>
        <source>Trust boundaries</source>
        <translation>Vertrauensgrenzen</translation>
    </message>
    <message>
        <source>Trusted certificates</source>
        <translation>Vertrauenswürdige Zertifikate</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Versuchen Sie es später erneut.</translation>
    </message>
    <message>
        <source>Try again, or use the token for this session only.</source>
        <translation>Versuchen Sie es erneut, oder verwenden Sie das Token nur für diese Sitzung.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Try again. Details: Help &gt; Open log folder.</source>
        <translation>Versuchen Sie es erneut. Einzelheiten: Hilfe &gt; Protokollordner öffnen.</translation>
    </message>
    <message>
        <source>Tu</source>
        <translation>Di</translation>
    </message>
    <message>
        <source>Tuesday</source>
        <translation>Dienstag</translation>
    </message>
    <message>
        <source>Turn read-only off in the command palette.</source>
        <translation>Schalten Sie den Schreibschutz in der Befehlspalette aus.</translation>
    </message>
    <message>
        <source>Type an action, scan or setting</source>
        <translation>Aktion, Scan oder Einstellung eingeben</translation>
    </message>
    <message>
        <source>Tyr</source>
        <translation>Tyr</translation>
    </message>
    <message>
        <source>Tyr (stage 2 of 9) creates it and hasn&apos;t started.</source>
        <translation>Tyr (Phase 2 von 9) erstellt es und hat noch nicht begonnen.</translation>
    </message>
    <message>
        <source>Tyr (stage 2 of 9) creates it and is running.</source>
        <translation>Tyr (Phase 2 von 9) erstellt es und läuft.</translation>
    </message>
    <message>
        <source>Tyr failed before a threat model was stored.</source>
        <translation>Tyr ist fehlgeschlagen, bevor ein Bedrohungsmodell gespeichert wurde.</translation>
    </message>
    <message>
        <source>Tyr finished without one.</source>
        <translation>Tyr wurde ohne Modell beendet.</translation>
    </message>
    <message>
        <source>Tyr was skipped, so there is no threat model.</source>
        <translation>Tyr wurde übersprungen, daher gibt es kein Bedrohungsmodell.</translation>
    </message>
    <message>
        <source>Unchecked</source>
        <translation>Ungeprüft</translation>
    </message>
    <message>
        <source>Unconfirmed: it ran and didn&apos;t succeed</source>
        <translation>Unbestätigt: Er ist gelaufen und war nicht erfolgreich</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo anyway</source>
        <translation>Trotzdem rückgängig machen</translation>
    </message>
    <message>
        <source>Undo history</source>
        <translation>Aktionsverlauf</translation>
    </message>
    <message>
        <source>Undo up to: {step}, {note}</source>
        <translation>Rückgängig bis: {step}, {note}</translation>
    </message>
    <message>
        <source>Undoing {done} of {total}</source>
        <translation>Rückgängig machen: {done} von {total}</translation>
    </message>
    <message>
        <source>Undone: {step}.</source>
        <translation>Rückgängig gemacht: {step}.</translation>
    </message>
    <message>
        <source>Unified</source>
        <translation>Inline</translation>
    </message>
    <message>
        <source>Unique fingerprints</source>
        <translation>Eindeutige Fingerabdrücke</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Unknown, checking</source>
        <translation>Unbekannt, wird geprüft</translation>
    </message>
    <message>
        <source>Unlock and retry</source>
        <translation>Entsperren und erneut versuchen</translation>
    </message>
    <message>
        <source>Unlock it and try again, or use the token for this session only.</source>
        <translation>Entsperren Sie ihn, und versuchen Sie es erneut, oder verwenden Sie das Token nur für diese Sitzung.</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Stummschaltung aufheben</translation>
    </message>
    <message>
        <source>Unmute this repository</source>
        <translation>Stummschaltung dieses Repositorys aufheben</translation>
    </message>
    <message>
        <source>Unmute this scan</source>
        <translation>Stummschaltung dieses Scans aufheben</translation>
    </message>
    <message>
        <source>Unnamed</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>Ungelesen</translation>
    </message>
    <message>
        <source>Unread. {title}. {scan}. {outcome}. {moment}.</source>
        <translation>Ungelesen. {title}. {scan}. {outcome}. {moment}.</translation>
    </message>
    <message>
        <source>Unsnooze</source>
        <translation>Wieder aufnehmen</translation>
    </message>
    <message>
        <source>Unsnoozed</source>
        <translation>Wieder aufgenommen</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Until it ends</source>
        <translation>Bis er endet</translation>
    </message>
    <message>
        <source>Until the next key</source>
        <translation>Bis zur nächsten Taste</translation>
    </message>
    <message>
        <source>Until {time}</source>
        <translation>Bis {time}</translation>
    </message>
    <message>
        <source>Untrusted</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Unverified</source>
        <translation>Ungeprüft</translation>
    </message>
    <message>
        <source>Unverified, marked as fixed {at}.</source>
        <translation>Ungeprüft, als behoben markiert {at}.</translation>
    </message>
    <message>
        <source>Unverified, marked as fixed.</source>
        <translation>Ungeprüft, als behoben markiert.</translation>
    </message>
    <message>
        <source>Unverified.</source>
        <translation>Ungeprüft.</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Update to play it.</source>
        <translation>Aktualisieren Sie das Programm, um sie abzuspielen.</translation>
    </message>
    <message>
        <source>Update view {name}</source>
        <translation>Ansicht {name} aktualisieren</translation>
    </message>
    <message>
        <source>Upheld by Víðarr.</source>
        <translation>Von Víðarr aufrechterhalten.</translation>
    </message>
    <message>
        <source>Upheld, but proof unconfirmed</source>
        <translation>Bestätigt, Nachweis offen</translation>
    </message>
    <message>
        <source>Use --compare with one earlier and one later scan.</source>
        <translation>Geben Sie --compare mit einem früheren und einem späteren Scan an.</translation>
    </message>
    <message>
        <source>Use --server with the address of {host}.</source>
        <translation>Verwenden Sie --server mit der Adresse von {host}.</translation>
    </message>
    <message>
        <source>Use a link like heimdall://server/scan/&lt;id&gt;.</source>
        <translation>Verwenden Sie einen Link wie heimdall://server/scan/&lt;id&gt;.</translation>
    </message>
    <message>
        <source>Use a longer --timeout.</source>
        <translation>Verwenden Sie ein längeres --timeout.</translation>
    </message>
    <message>
        <source>Use a scan ID or a link like https://server/scans/&lt;id&gt;.</source>
        <translation>Verwenden Sie eine Scan-ID oder einen Link wie https://server/scans/&lt;id&gt;.</translation>
    </message>
    <message>
        <source>Use an HTTP proxy or unset it.</source>
        <translation>Verwenden Sie einen HTTP-Proxy, oder entfernen Sie die Variable.</translation>
    </message>
    <message>
        <source>Use http</source>
        <translation>http verwenden</translation>
    </message>
    <message>
        <source>Use https://, or add --allow-http to send them anyway.</source>
        <translation>Verwenden Sie https://, oder ergänzen Sie --allow-http, um sie trotzdem zu senden.</translation>
    </message>
    <message>
        <source>Use https://, or allow an unencrypted connection below.</source>
        <translation>Verwenden Sie https://, oder erlauben Sie unten eine unverschlüsselte Verbindung.</translation>
    </message>
    <message>
        <source>Use it for this session only.</source>
        <translation>Verwenden Sie es nur für diese Sitzung.</translation>
    </message>
    <message>
        <source>Use the address of the Heimdall server itself.</source>
        <translation>Verwenden Sie die Adresse des Heimdall-Servers selbst.</translation>
    </message>
    <message>
        <source>Use the link to the scan&apos;s web page.</source>
        <translation>Verwenden Sie den Link zur Webseite des Scans.</translation>
    </message>
    <message>
        <source>Use the tray icon to reopen the window or quit.</source>
        <translation>Über das Symbol im Infobereich öffnen Sie das Fenster wieder oder beenden Heimdall.</translation>
    </message>
    <message>
        <source>User {id}</source>
        <translation>Benutzer {id}</translation>
    </message>
    <message>
        <source>Usually {time}, shortest {shortest}, longest {longest}</source>
        <translation>Gewöhnlich {time}, kürzeste {shortest}, längste {longest}</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Verify with AI</source>
        <translation>Mit KI prüfen</translation>
    </message>
    <message>
        <source>Verifying with AI, {time}.</source>
        <translation>Wird mit KI geprüft, {time}.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Version 2.1.0, for code hosts and other scanners</source>
        <translation>Version 2.1.0, für Code-Hoster und andere Scanner</translation>
    </message>
    <message>
        <source>Version {version}, with Qt {qt}.</source>
        <translation>Version {version}, mit Qt {qt}.</translation>
    </message>
    <message>
        <source>Version: {name}.</source>
        <translation>Version: {name}.</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>View name</source>
        <translation>Name der Ansicht</translation>
    </message>
    <message>
        <source>View {name}</source>
        <translation>Ansicht {name}</translation>
    </message>
    <message>
        <source>View {name}, changed</source>
        <translation>Ansicht {name}, geändert</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Víðarr</source>
        <translation>Víðarr</translation>
    </message>
    <message>
        <source>Víðarr reviewed it but neither confirmed nor refuted it.</source>
        <translation>Víðarr hat ihn geprüft, aber weder bestätigt noch widerlegt.</translation>
    </message>
    <message>
        <source>Víðarr, attempt {number} of {count}</source>
        <translation>Víðarr, Versuch {number} von {count}</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Waiting for a response.</source>
        <translation>Warten auf eine Antwort.</translation>
    </message>
    <message>
        <source>Waiting for the keyring.</source>
        <translation>Warten auf den Schlüsselbund.</translation>
    </message>
    <message>
        <source>Waiting for the response.</source>
        <translation>Warten auf die Antwort.</translation>
    </message>
    <message>
        <source>Waiting for the responses.</source>
        <translation>Warten auf die Antworten.</translation>
    </message>
    <message>
        <source>Waiting for the server to check</source>
        <translation>Prüfung wartet auf den Server</translation>
    </message>
    <message>
        <source>Waiting {time}</source>
        <translation>Wartet {time}</translation>
    </message>
    <message>
        <source>Wallboard</source>
        <translation>Wallboard</translation>
    </message>
    <message>
        <source>Wallboard – Heimdall</source>
        <translation>Wallboard – Heimdall</translation>
    </message>
    <message>
        <source>Was {word}.</source>
        <translation>Vorher: {word}.</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Beobachten</translation>
    </message>
    <message numerus="yes">
        <source>Watch %n scans</source>
        <translation>
            <numerusform>%n Scan beobachten</numerusform>
            <numerusform>%n Scans beobachten</numerusform>
        </translation>
    </message>
    <message>
        <source>Watch Heimdall security scans live</source>
        <translation>Sicherheitsscans von Heimdall live beobachten</translation>
    </message>
    <message>
        <source>Watch again</source>
        <translation>Wieder beobachten</translation>
    </message>
    <message>
        <source>Watches security scans while they run and notifies you once, when it matters.</source>
        <translation>Beobachtet Sicherheitsscans, während sie laufen, und benachrichtigt Sie einmal, wenn es darauf ankommt.</translation>
    </message>
    <message>
        <source>Watching is paused until you sign in.</source>
        <translation>Beobachtung bis zur Anmeldung angehalten.</translation>
    </message>
    <message>
        <source>Watching is paused.</source>
        <translation>Beobachtung angehalten.</translation>
    </message>
    <message>
        <source>Watching is paused. The displayed data is kept.</source>
        <translation>Beobachtung angehalten. Die Daten bleiben.</translation>
    </message>
    <message>
        <source>Watching then pauses until you sign in again.</source>
        <translation>Danach ruht die Beobachtung bis zur Anmeldung.</translation>
    </message>
    <message>
        <source>We</source>
        <translation>Mi</translation>
    </message>
    <message>
        <source>Weakness</source>
        <translation>Schwachstelle</translation>
    </message>
    <message>
        <source>Weakness type</source>
        <translation>Schwachstellentyp</translation>
    </message>
    <message>
        <source>Wednesday</source>
        <translation>Mittwoch</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>What Heimdall Desktop does, its options, and what it keeps.</source>
        <translation>Was Heimdall Desktop tut, seine Optionen und was es aufbewahrt.</translation>
    </message>
    <message>
        <source>What it includes</source>
        <translation>Was er enthält</translation>
    </message>
    <message>
        <source>What it reported is lost. Everything else continues.</source>
        <translation>Was er gemeldet hat, ist verloren. Alles Übrige läuft weiter.</translation>
    </message>
    <message>
        <source>What keys do. To change a shortcut, click its button, then press the new keys.</source>
        <translation>Was Tasten bewirken. Um ein Tastenkürzel zu ändern, klicken Sie auf dessen Schaltfläche und drücken dann die neuen Tasten.</translation>
    </message>
    <message>
        <source>What may interrupt you. Every alert is kept in the inbox; “Inbox” sets whether it counts as unread.</source>
        <translation>Was Sie unterbrechen darf. Jede Meldung steht im Eingang; „Eingang“ legt fest, ob sie als ungelesen zählt.</translation>
    </message>
    <message>
        <source>What others can see of scans and their findings.</source>
        <translation>Was andere von Scans und ihren Befunden sehen können.</translation>
    </message>
    <message>
        <source>What the findings table shows, and how findings are worked through.</source>
        <translation>Was die Befundtabelle zeigt und wie Befunde bearbeitet werden.</translation>
    </message>
    <message>
        <source>What this computer keeps of scans and their findings, so that they are available after a restart.</source>
        <translation>Was dieser Computer von Scans und ihren Befunden aufbewahrt, damit es nach einem Neustart verfügbar ist.</translation>
    </message>
    <message>
        <source>What this server provides</source>
        <translation>Was dieser Server anbietet</translation>
    </message>
    <message>
        <source>What to review</source>
        <translation>Was zu prüfen ist</translation>
    </message>
    <message>
        <source>What was decided about the finding.</source>
        <translation>Was über den Befund entschieden wurde.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message numerus="yes">
        <source>When and by whom is known for {known} of %n decided findings: those decided here, and those whose history was read.</source>
        <translation>
            <numerusform>Wann und von wem, ist bei {known} von %n entschiedenen Befund bekannt: wenn hier entschieden oder der Verlauf gelesen wurde.</numerusform>
            <numerusform>Wann und von wem, ist bei {known} von %n entschiedenen Befunden bekannt: den hier entschiedenen und denen, deren Verlauf gelesen wurde.</numerusform>
        </translation>
    </message>
    <message>
        <source>When history reaches this size, nothing more is kept until some is deleted.</source>
        <translation>Wenn der Verlauf diese Größe erreicht, wird nichts weiter aufbewahrt, bis etwas gelöscht wird.</translation>
    </message>
    <message>
        <source>When locked</source>
        <translation>Bei Sperre</translation>
    </message>
    <message>
        <source>When on, requests to this server go there directly.</source>
        <translation>Eingeschaltet gehen Anfragen direkt an diesen Server.</translation>
    </message>
    <message>
        <source>When the server first reported the finding.</source>
        <translation>Wann der Server den Befund zuerst gemeldet hat.</translation>
    </message>
    <message>
        <source>When the session expires isn&apos;t known.</source>
        <translation>Es ist nicht bekannt, wann die Sitzung abläuft.</translation>
    </message>
    <message>
        <source>Where</source>
        <comment>folder</comment>
        <translation>Speicherort</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Fundstelle</translation>
    </message>
    <message>
        <source>Where scans come from, and what may be changed there.</source>
        <translation>Woher Scans kommen und was dort geändert werden darf.</translation>
    </message>
    <message>
        <source>Where the open finding is shown: beside the table or below it.</source>
        <translation>Wo der geöffnete Befund angezeigt wird: neben der Tabelle oder darunter.</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>Wo gesucht wird</translation>
    </message>
    <message>
        <source>Where to start the fix</source>
        <translation>Wo die Behebung ansetzt</translation>
    </message>
    <message>
        <source>Where tokens are kept</source>
        <translation>Aufbewahrung von Token</translation>
    </message>
    <message>
        <source>Where you are signed in, for how long, and where tokens are kept.</source>
        <translation>Wo Sie angemeldet sind, wie lange noch und wo Token aufbewahrt werden.</translation>
    </message>
    <message numerus="yes">
        <source>Whether a person overrode Víðarr is known only where the history was read: %n findings.</source>
        <translation>
            <numerusform>Ob ein Mensch Víðarr widersprochen hat, ist nur bekannt, wo der Verlauf gelesen wurde: %n Befund.</numerusform>
            <numerusform>Ob ein Mensch Víðarr widersprochen hat, ist nur bekannt, wo der Verlauf gelesen wurde: %n Befunde.</numerusform>
        </translation>
    </message>
    <message>
        <source>Whether decisions on this local folder are kept for its later scans.</source>
        <translation>Ob Entscheidungen zu diesem lokalen Ordner für seine späteren Scans aufbewahrt werden.</translation>
    </message>
    <message>
        <source>Which judgements differ; automatically only if the filter is about it.</source>
        <translation>Welche Urteile sich widersprechen; automatisch nur, wenn der Filter danach fragt.</translation>
    </message>
    <message numerus="yes">
        <source>While you were away: %n critical</source>
        <translation>
            <numerusform>In Ihrer Abwesenheit: %n kritisch</numerusform>
            <numerusform>In Ihrer Abwesenheit: %n kritisch</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>While you were away: %n findings in saved views</source>
        <translation>
            <numerusform>In Ihrer Abwesenheit: %n Befund in gespeicherten Ansichten</numerusform>
            <numerusform>In Ihrer Abwesenheit: %n Befunde in gespeicherten Ansichten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>While you were away: %n findings in “{view}”</source>
        <translation>
            <numerusform>In Ihrer Abwesenheit: %n Befund in „{view}“</numerusform>
            <numerusform>In Ihrer Abwesenheit: %n Befunde in „{view}“</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>While you were away: %n high</source>
        <translation>
            <numerusform>In Ihrer Abwesenheit: %n hoch</numerusform>
            <numerusform>In Ihrer Abwesenheit: %n hoch</numerusform>
        </translation>
    </message>
    <message>
        <source>While you were away: {critical} critical, {high} high</source>
        <translation>In Ihrer Abwesenheit: {critical} kritisch, {high} hoch</translation>
    </message>
    <message>
        <source>While you were away: {news}</source>
        <translation>In Ihrer Abwesenheit: {news}</translation>
    </message>
    <message>
        <source>Who found it</source>
        <translation>Wer ihn gefunden hat</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Why it was dismissed or is a false positive, as far as histories have been loaded.</source>
        <translation>Warum er verworfen wurde oder ein Fehlalarm ist, soweit Verläufe geladen sind.</translation>
    </message>
    <message>
        <source>Why it was dismissed or is a false positive, once loaded</source>
        <translation>Warum er verworfen wurde oder ein Fehlalarm ist, sobald geladen</translation>
    </message>
    <message>
        <source>Why it was flagged</source>
        <translation>Warum dies gemeldet wurde</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Window only: no desktop notifications</source>
        <translation>Nur im Fenster: keine Desktop-Benachrichtigungen</translation>
    </message>
    <message>
        <source>Window only: refused by the desktop</source>
        <translation>Nur im Fenster: vom Desktop abgelehnt</translation>
    </message>
    <message>
        <source>With a fix</source>
        <translation>Mit Fix</translation>
    </message>
    <message>
        <source>With the embedded server, no account needed</source>
        <translation>Mit dem eingebetteten Server, kein Konto nötig</translation>
    </message>
    <message>
        <source>With these settings, quiet hours never end.</source>
        <translation>Mit diesen Einstellungen endet die Ruhezeit nie.</translation>
    </message>
    <message>
        <source>With warnings</source>
        <translation>Mit Warnungen</translation>
    </message>
    <message>
        <source>With warnings: {reason}</source>
        <translation>Mit Warnungen: {reason}</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Zurückgezogen</translation>
    </message>
    <message>
        <source>Withdrawn by Víðarr {at}.</source>
        <translation>Von Víðarr {at} zurückgezogen.</translation>
    </message>
    <message>
        <source>Withdrawn by Víðarr.</source>
        <translation>Von Víðarr zurückgezogen.</translation>
    </message>
    <message>
        <source>Withdrawn by a person {at}.</source>
        <translation>Von einer Person {at} zurückgezogen.</translation>
    </message>
    <message>
        <source>Withdrawn by a person.</source>
        <translation>Von einer Person zurückgezogen.</translation>
    </message>
    <message>
        <source>Withdrawn by you {at}.</source>
        <translation>Von Ihnen {at} zurückgezogen.</translation>
    </message>
    <message>
        <source>Withdrawn by you.</source>
        <translation>Von Ihnen zurückgezogen.</translation>
    </message>
    <message>
        <source>Withdrawn {at}.</source>
        <translation>Zurückgezogen {at}.</translation>
    </message>
    <message>
        <source>Withdrawn.</source>
        <translation>Zurückgezogen.</translation>
    </message>
    <message>
        <source>Withdrawn: announced, but not in the server&apos;s list</source>
        <translation>Zurückgezogen: angekündigt, aber nicht in der Liste des Servers</translation>
    </message>
    <message>
        <source>Withdrawn: dismissed</source>
        <translation>Zurückgezogen: verworfen</translation>
    </message>
    <message>
        <source>Withdrawn: false positive</source>
        <translation>Zurückgezogen: Fehlalarm</translation>
    </message>
    <message>
        <source>Withdrawn: fixed</source>
        <translation>Zurückgezogen: behoben</translation>
    </message>
    <message>
        <source>Withdrawn: no longer in the view</source>
        <translation>Zurückgezogen: nicht mehr in der Ansicht</translation>
    </message>
    <message>
        <source>Withdrawn: none are still critical</source>
        <translation>Zurückgezogen: keiner ist noch kritisch</translation>
    </message>
    <message>
        <source>Withdrawn: none are still high</source>
        <translation>Zurückgezogen: keiner ist noch hoch</translation>
    </message>
    <message>
        <source>Withdrawn: none are still in the view</source>
        <translation>Zurückgezogen: keiner ist noch in der Ansicht</translation>
    </message>
    <message>
        <source>Withdrawn: now critical</source>
        <translation>Zurückgezogen: jetzt kritisch</translation>
    </message>
    <message>
        <source>Withdrawn: now high</source>
        <translation>Zurückgezogen: jetzt hoch</translation>
    </message>
    <message>
        <source>Withdrawn: now low</source>
        <translation>Zurückgezogen: jetzt niedrig</translation>
    </message>
    <message>
        <source>Withdrawn: now medium</source>
        <translation>Zurückgezogen: jetzt mittel</translation>
    </message>
    <message>
        <source>Withdrawn: scan no longer visible</source>
        <translation>Zurückgezogen: Scan nicht mehr sichtbar</translation>
    </message>
    <message>
        <source>Withdrawn: scan no longer watched</source>
        <translation>Zurückgezogen: Scan nicht mehr beobachtet</translation>
    </message>
    <message>
        <source>Withdrawn: server no longer watched</source>
        <translation>Zurückgezogen: Server nicht mehr beobachtet</translation>
    </message>
    <message>
        <source>Withdrawn: severity changed</source>
        <translation>Zurückgezogen: Schweregrad geändert</translation>
    </message>
    <message>
        <source>Withdrawn: signed in again</source>
        <translation>Zurückgezogen: wieder angemeldet</translation>
    </message>
    <message>
        <source>Withdrawn: signed out</source>
        <translation>Zurückgezogen: abgemeldet</translation>
    </message>
    <message>
        <source>Withdrawn: the scan continued</source>
        <translation>Zurückgezogen: Der Scan lief weiter</translation>
    </message>
    <message>
        <source>Withdrawn: the scan ended differently</source>
        <translation>Zurückgezogen: Der Scan endete anders</translation>
    </message>
    <message>
        <source>Withdrawn: the scan is running again</source>
        <translation>Zurückgezogen: Der Scan läuft wieder</translation>
    </message>
    <message>
        <source>Withdrawn: the server responds again</source>
        <translation>Zurückgezogen: Der Server antwortet wieder</translation>
    </message>
    <message>
        <source>Withdrawn: {title}</source>
        <translation>Zurückgezogen: {title}</translation>
    </message>
    <message>
        <source>Without encryption (http://), anyone on the network path to {host} could read the token and the findings.</source>
        <translation>Ohne Verschlüsselung (http://) könnte jeder auf dem Netzwerkweg zu {host} das Token und die Befunde lesen.</translation>
    </message>
    <message>
        <source>Write a comment.</source>
        <translation>Schreiben Sie einen Kommentar.</translation>
    </message>
    <message>
        <source>Writing {done} of {total} findings</source>
        <translation>{done} von {total} Befunden geschrieben</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>You (elsewhere)</source>
        <translation>Sie (anderswo)</translation>
    </message>
    <message>
        <source>You can change what closing the window does in Settings, under Startup.</source>
        <translation>Was beim Schließen des Fensters geschieht, können Sie in den Einstellungen unter „Start“ ändern.</translation>
    </message>
    <message numerus="yes">
        <source>You can drag at most %n rows. Export them instead.</source>
        <translation>
            <numerusform>Es lässt sich höchstens %n Zeile ziehen. Exportieren Sie stattdessen.</numerusform>
            <numerusform>Es lassen sich höchstens %n Zeilen ziehen. Exportieren Sie sie stattdessen.</numerusform>
        </translation>
    </message>
    <message>
        <source>You can shorten words as long as they stay unambiguous: sev:crit.</source>
        <translation>Sie können Wörter kürzen, solange sie eindeutig bleiben: sev:crit.</translation>
    </message>
    <message>
        <source>You have no other running scans. Other users&apos; scans may be ahead, or the server may have lost this one.</source>
        <translation>Von Ihnen läuft kein anderer Scan. Vielleicht sind andere Benutzer vorher dran, oder der Server hat ihn verloren.</translation>
    </message>
    <message>
        <source>You overrode Víðarr: {step}.</source>
        <translation>Sie haben Víðarr widersprochen: {step}.</translation>
    </message>
    <message>
        <source>You&apos;re not signed in to {host}.</source>
        <translation>Sie sind nicht bei {host} angemeldet.</translation>
    </message>
    <message>
        <source>Your session on {host} ended {at}.</source>
        <translation>Ihre Sitzung bei {host} endete {at}.</translation>
    </message>
    <message>
        <source>Your session on {host} ended. Watching is paused until you sign in.</source>
        <translation>Ihre Sitzung bei {host} ist beendet. Die Beobachtung ist angehalten, bis Sie sich anmelden.</translation>
    </message>
    <message>
        <source>Your session on {host} expires in {time}.</source>
        <translation>Ihre Sitzung bei {host} läuft in {time} ab.</translation>
    </message>
    <message>
        <source>Your session on {host} expires soon. Sign in to start a new one.</source>
        <translation>Ihre Sitzung bei {host} läuft bald ab. Melden Sie sich an, um eine neue zu beginnen.</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zonen</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>a stage failed</source>
        <translation>eine Phase fehlgeschlagen</translation>
    </message>
    <message>
        <source>about {number} h left</source>
        <translation>noch etwa {number} h</translation>
    </message>
    <message>
        <source>about {number} min left</source>
        <translation>noch etwa {number} min</translation>
    </message>
    <message>
        <source>accepted risk</source>
        <translation>akzeptiertes Risiko</translation>
    </message>
    <message>
        <source>all day</source>
        <translation>ganztags</translation>
    </message>
    <message>
        <source>all findings in scope</source>
        <translation>alle Befunde der gewählten Scans</translation>
    </message>
    <message>
        <source>all scans</source>
        <translation>alle Scans</translation>
    </message>
    <message>
        <source>an empty address</source>
        <translation>eine leere Adresse</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>announced {time}, nothing else is known</source>
        <translation>angekündigt {time}, sonst ist nichts bekannt</translation>
    </message>
    <message>
        <source>another account</source>
        <translation>ein anderes Konto</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>Stand {time}</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>um {time}</translation>
    </message>
    <message>
        <source>attempt {number}</source>
        <translation>Versuch {number}</translation>
    </message>
    <message>
        <source>by file, CWE, title and code</source>
        <translation>nach Datei, CWE, Titel und Code</translation>
    </message>
    <message>
        <source>by file, CWE, title and code, {count} of them moved</source>
        <translation>nach Datei, CWE, Titel und Code, {count} davon verschoben</translation>
    </message>
    <message>
        <source>by severity, then first seen</source>
        <translation>nach Schweregrad, dann nach Entdeckung</translation>
    </message>
    <message>
        <source>can&apos;t reach {host}</source>
        <translation>{host} nicht erreichbar</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>client certificate required</source>
        <translation>Client-Zertifikat erforderlich</translation>
    </message>
    <message>
        <source>close</source>
        <translation>schließen</translation>
    </message>
    <message>
        <source>code left out</source>
        <translation>Code weggelassen</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>config scan</source>
        <translation>Konfig-Scan</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>confirmed elsewhere</source>
        <extracomment>Only a person sets these (protocol.md 5.6), and decisions made here are no news.</extracomment>
        <translation>anderswo bestätigt</translation>
    </message>
    <message>
        <source>connection failed</source>
        <translation>Verbindung fehlgeschlagen</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>dashed outline: unverified</source>
        <translation>gestrichelter Umriss: ungeprüft</translation>
    </message>
    <message>
        <source>decided</source>
        <translation>entschieden</translation>
    </message>
    <message>
        <source>dismissed</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>dismissed elsewhere</source>
        <translation>anderswo verworfen</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>done, with warnings</source>
        <translation>fertig, mit Warnungen</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>Duplikat</translation>
    </message>
    <message>
        <source>duplicates, counted once</source>
        <translation>Duplikate, einmal gezählt</translation>
    </message>
    <message>
        <source>error {code}</source>
        <translation>Fehler {code}</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>failed or cancelled</source>
        <translation>fehlgeschlagen oder abgebrochen</translation>
    </message>
    <message>
        <source>false positive</source>
        <translation>Fehlalarm</translation>
    </message>
    <message>
        <source>findings</source>
        <translation>Befunde</translation>
    </message>
    <message numerus="yes">
        <source>findings in %n scans</source>
        <translation>
            <numerusform>Befunde in %n Scan</numerusform>
            <numerusform>Befunde in %n Scans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>findings in {read} of %n scans</source>
        <translation>
            <numerusform>Befunde in {read} von %n Scan</numerusform>
            <numerusform>Befunde in {read} von %n Scans</numerusform>
        </translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>behoben</translation>
    </message>
    <message>
        <source>from the finding itself</source>
        <translation>aus dem Befund selbst</translation>
    </message>
    <message>
        <source>garmr</source>
        <translation>Garmr</translation>
    </message>
    <message>
        <source>handover {name}</source>
        <translation>Übergabe {name}</translation>
    </message>
    <message>
        <source>heimdall:// links don&apos;t open scans of a server on this computer.</source>
        <translation>heimdall://-Links öffnen keine Scans eines Servers auf diesem Computer.</translation>
    </message>
    <message>
        <source>heimdall:// links don&apos;t open scans of this server.</source>
        <translation>heimdall://-Links öffnen keine Scans dieses Servers.</translation>
    </message>
    <message>
        <source>help bug issue diagnostics support error feedback</source>
        <translation>hilfe fehler bug diagnose support rückmeldung</translation>
    </message>
    <message>
        <source>help diagnostics check notifications keyring</source>
        <translation>hilfe diagnose prüfen benachrichtigungen schlüsselbund</translation>
    </message>
    <message>
        <source>help documentation handbook guide</source>
        <translation>hilfe dokumentation handbuch anleitung</translation>
    </message>
    <message>
        <source>help keys hotkeys</source>
        <translation>hilfe tasten tastenkürzel kurzbefehle shortcuts</translation>
    </message>
    <message>
        <source>help log file logs directory diagnostics</source>
        <translation>hilfe protokoll logdatei log verzeichnis diagnose</translation>
    </message>
    <message>
        <source>help query language fields</source>
        <translation>hilfe suche abfrage sprache felder</translation>
    </message>
    <message>
        <source>help version licence license folders</source>
        <translation>hilfe version lizenz ordner info</translation>
    </message>
    <message>
        <source>hidden by the filter</source>
        <translation>durch den Filter ausgeblendet</translation>
    </message>
    <message>
        <source>high</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>hunt</source>
        <translation>Hunt</translation>
    </message>
    <message>
        <source>if still failed after 30 s</source>
        <translation>wenn er nach 30 s noch fehlgeschlagen ist</translation>
    </message>
    <message>
        <source>immediately, then merged for 10 s</source>
        <translation>sofort, dann 10 s gebündelt</translation>
    </message>
    <message>
        <source>in table order</source>
        <translation>in der Reihenfolge der Tabelle</translation>
    </message>
    <message>
        <source>in the order shown in the window</source>
        <translation>in der Reihenfolge des Fensters</translation>
    </message>
    <message>
        <source>in the scan of {time}</source>
        <translation>im Scan vom {time}</translation>
    </message>
    <message>
        <source>ingest</source>
        <translation>Einlesen</translation>
    </message>
    <message>
        <source>it belongs to another address</source>
        <translation>es gehört zu einer anderen Adresse</translation>
    </message>
    <message>
        <source>it belongs to another name</source>
        <translation>es gehört zu einem anderen Namen</translation>
    </message>
    <message>
        <source>it has exited</source>
        <translation>er ist beendet</translation>
    </message>
    <message>
        <source>it has expired</source>
        <translation>es ist abgelaufen</translation>
    </message>
    <message>
        <source>it isn&apos;t valid yet</source>
        <translation>es ist noch nicht gültig</translation>
    </message>
    <message>
        <source>kind of change between scans</source>
        <translation>Art der Änderung zwischen Scans</translation>
    </message>
    <message>
        <source>kind of disagreement</source>
        <translation>Art des Widerspruchs</translation>
    </message>
    <message>
        <source>kind of proposal</source>
        <translation>Art des Vorschlags</translation>
    </message>
    <message>
        <source>known only from its stream</source>
        <translation>nur aus dem Stream bekannt</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>weggelassen</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>noch weniger als eine Minute</translation>
    </message>
    <message>
        <source>licence not stated</source>
        <translation>Lizenz nicht angegeben</translation>
    </message>
    <message>
        <source>line {line}</source>
        <translation>Zeile {line}</translation>
    </message>
    <message>
        <source>lines {first} to {last}</source>
        <translation>Zeilen {first} bis {last}</translation>
    </message>
    <message>
        <source>loading reason</source>
        <translation>Grund wird geladen</translation>
    </message>
    <message>
        <source>location unknown</source>
        <translation>Fundstelle unbekannt</translation>
    </message>
    <message>
        <source>low</source>
        <translation>niedrig</translation>
    </message>
    <message>
        <source>marked as applied</source>
        <translation>als angewendet markiert</translation>
    </message>
    <message>
        <source>marked as fixed elsewhere</source>
        <translation>anderswo als behoben markiert</translation>
    </message>
    <message>
        <source>may restart</source>
        <translation>Neustart möglich</translation>
    </message>
    <message>
        <source>may retry</source>
        <translation>Neustart möglich</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>memory, for this session only</source>
        <translation>Arbeitsspeicher, nur für diese Sitzung</translation>
    </message>
    <message>
        <source>mitigated elsewhere</source>
        <translation>anderswo entschärft</translation>
    </message>
    <message>
        <source>move</source>
        <translation>bewegen</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>verschoben</translation>
    </message>
    <message>
        <source>moved from {old} to {new}</source>
        <translation>verschoben von {old} nach {new}</translation>
    </message>
    <message>
        <source>moved, not new</source>
        <translation>verschoben, nicht neu</translation>
    </message>
    <message>
        <source>name not found</source>
        <translation>Name nicht gefunden</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>new since {time}</source>
        <translation>neu seit {time}</translation>
    </message>
    <message>
        <source>newest (the one that counts)</source>
        <translation>neuester (dieser zählt)</translation>
    </message>
    <message>
        <source>no changes</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>no common TLS</source>
        <translation>kein gemeinsames TLS</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>keine Verbindung</translation>
    </message>
    <message>
        <source>no content type</source>
        <translation>kein Inhaltstyp</translation>
    </message>
    <message>
        <source>no description</source>
        <translation>keine Beschreibung</translation>
    </message>
    <message>
        <source>no estimate yet</source>
        <translation>noch keine Schätzung</translation>
    </message>
    <message>
        <source>no longer confirmed</source>
        <translation>nicht mehr bestätigt</translation>
    </message>
    <message>
        <source>no longer fixed</source>
        <translation>nicht mehr behoben</translation>
    </message>
    <message>
        <source>no longer found</source>
        <translation>nicht mehr gefunden</translation>
    </message>
    <message>
        <source>no longer valid</source>
        <translation>nicht mehr gültig</translation>
    </message>
    <message>
        <source>no longer withdrawn</source>
        <translation>nicht mehr zurückgezogen</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>kein Treffer</translation>
    </message>
    <message>
        <source>no response</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>no response about the name</source>
        <translation>keine Antwort des Namensdienstes</translation>
    </message>
    <message>
        <source>no space left on the disk</source>
        <translation>kein Speicherplatz mehr auf dem Datenträger</translation>
    </message>
    <message>
        <source>no updates for twice its usual time</source>
        <translation>doppelt so lange keine Aktualisierung wie üblich</translation>
    </message>
    <message>
        <source>no view notifies yet</source>
        <translation>keine Ansicht gewählt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none. {cause}</source>
        <translation>keiner. {cause}</translation>
    </message>
    <message>
        <source>not a diff, shown as received</source>
        <translation>kein Diff, angezeigt wie empfangen</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>nicht benannt</translation>
    </message>
    <message>
        <source>not offered</source>
        <translation>nicht angeboten</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>not reported</source>
        <translation>nicht gemeldet</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>nicht gestartet</translation>
    </message>
    <message>
        <source>not started, cancelled in an earlier attempt</source>
        <translation>nicht gestartet, in einem früheren Versuch abgebrochen</translation>
    </message>
    <message>
        <source>not started, failed in an earlier attempt</source>
        <translation>nicht gestartet, in einem früheren Versuch fehlgeschlagen</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>now confirmed</source>
        <translation>jetzt bestätigt</translation>
    </message>
    <message>
        <source>now fixed</source>
        <translation>jetzt behoben</translation>
    </message>
    <message>
        <source>now withdrawn</source>
        <translation>jetzt zurückgezogen</translation>
    </message>
    <message>
        <source>of {time}</source>
        <translation>von {time}</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>on</source>
        <translation>ein</translation>
    </message>
    <message>
        <source>on {day} at {time}</source>
        <translation>am {day} um {time}</translation>
    </message>
    <message>
        <source>on {time}</source>
        <translation>am {time}</translation>
    </message>
    <message>
        <source>once per incident</source>
        <translation>einmal je Vorfall</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>or</source>
        <translation>oder</translation>
    </message>
    <message>
        <source>other</source>
        <translation>sonstige</translation>
    </message>
    <message>
        <source>other reason</source>
        <translation>sonstiger Grund</translation>
    </message>
    <message>
        <source>page {page} of {pages}</source>
        <translation>Seite {page} von {pages}</translation>
    </message>
    <message>
        <source>part of a finding</source>
        <translation>Teil eines Befunds</translation>
    </message>
    <message>
        <source>probably the same</source>
        <translation>wahrscheinlich gleich</translation>
    </message>
    <message>
        <source>probably the same (other code, another file, or several alike)</source>
        <translation>wahrscheinlich gleich (anderer Code, andere Datei oder mehrere ähnliche)</translation>
    </message>
    <message>
        <source>provider switched</source>
        <translation>Anbieter gewechselt</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>schreibgeschützt</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>recorded {time}</source>
        <translation>aufgenommen {time}</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>refused by the proxy</source>
        <translation>vom Proxy abgelehnt</translation>
    </message>
    <message>
        <source>replaces the first alert</source>
        <translation>ersetzt die erste Meldung</translation>
    </message>
    <message>
        <source>report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>retry</source>
        <translation>erneut</translation>
    </message>
    <message>
        <source>root folder</source>
        <translation>Stammordner</translation>
    </message>
    <message>
        <source>rule {name}</source>
        <translation>Regel {name}</translation>
    </message>
    <message>
        <source>run</source>
        <translation>ausführen</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>running, no updates</source>
        <translation>läuft, keine Aktualisierung</translation>
    </message>
    <message>
        <source>same rule and file, or the same fingerprint</source>
        <translation>gleiche Regel und Datei oder gleicher Fingerabdruck</translation>
    </message>
    <message>
        <source>self-signed</source>
        <translation>selbst signiert</translation>
    </message>
    <message>
        <source>sensitive: {what}</source>
        <translation>vertraulich: {what}</translation>
    </message>
    <message>
        <source>server busy, waiting {wait}</source>
        <translation>Server ausgelastet, Wartezeit {wait}</translation>
    </message>
    <message>
        <source>severity</source>
        <translation>Schweregrad</translation>
    </message>
    <message>
        <source>severity or verdict</source>
        <translation>Schweregrad oder Bewertung</translation>
    </message>
    <message>
        <source>severity {step}</source>
        <translation>Schweregrad {step}</translation>
    </message>
    <message>
        <source>severity {word}</source>
        <translation>Schweregrad {word}</translation>
    </message>
    <message>
        <source>shift report page decided snoozed</source>
        <translation>schicht bericht seite entschieden zurückgestellt</translation>
    </message>
    <message>
        <source>signed out</source>
        <translation>abgemeldet</translation>
    </message>
    <message>
        <source>since last scan: {changes}</source>
        <translation>seit dem letzten Scan: {changes}</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>solid outline: confirmed</source>
        <translation>durchgezogener Umriss: bestätigt</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>stage that produces findings</source>
        <translation>Phase, die Befunde liefert</translation>
    </message>
    <message>
        <source>stage {number} of {total}, {stage}, {state}</source>
        <translation>Phase {number} von {total}, {stage}, {state}</translation>
    </message>
    <message>
        <source>started {at}</source>
        <translation>gestartet {at}</translation>
    </message>
    <message>
        <source>static analysis</source>
        <translation>Statische Analyse</translation>
    </message>
    <message>
        <source>status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>status {step}</source>
        <translation>Status {step}</translation>
    </message>
    <message>
        <source>still active</source>
        <translation>noch aktiv</translation>
    </message>
    <message>
        <source>stream only</source>
        <translation>nur Stream</translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation>erfolgreich</translation>
    </message>
    <message>
        <source>taint</source>
        <translation>Taint</translation>
    </message>
    <message>
        <source>taint analysis</source>
        <translation>Taint-Analyse</translation>
    </message>
    <message>
        <source>test code</source>
        <translation>Testcode</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>the next day</source>
        <translation>am Folgetag</translation>
    </message>
    <message>
        <source>the proxy requires a password</source>
        <translation>der Proxy verlangt ein Passwort</translation>
    </message>
    <message>
        <source>the server gave no reason</source>
        <translation>der Server hat keinen Grund genannt</translation>
    </message>
    <message>
        <source>the source folder</source>
        <translation>Quellordner</translation>
    </message>
    <message>
        <source>this account, elsewhere</source>
        <translation>dieses Konto, anderswo</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>dieser Computer</translation>
    </message>
    <message>
        <source>this program</source>
        <translation>dieses Programm</translation>
    </message>
    <message>
        <source>timeout</source>
        <translation>Zeitüberschreitung</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>today at {time}</source>
        <translation>heute um {time}</translation>
    </message>
    <message>
        <source>token not accepted</source>
        <translation>Token nicht akzeptiert</translation>
    </message>
    <message>
        <source>tomorrow at {time}</source>
        <translation>morgen um {time}</translation>
    </message>
    <message>
        <source>tomorrow {time}</source>
        <translation>morgen {time}</translation>
    </message>
    <message>
        <source>tonight at {time}</source>
        <translation>heute Nacht um {time}</translation>
    </message>
    <message>
        <source>too long for a diff, shown as received</source>
        <translation>zu lang für ein Diff, angezeigt wie empfangen</translation>
    </message>
    <message>
        <source>truncated by the server at {limit} bytes</source>
        <translation>vom Server bei {limit} Bytes abgeschnitten</translation>
    </message>
    <message>
        <source>type it below</source>
        <translation>unten eingeben</translation>
    </message>
    <message>
        <source>tyr</source>
        <translation>Tyr</translation>
    </message>
    <message>
        <source>unavailable: {reason}</source>
        <translation>nicht verfügbar: {reason}</translation>
    </message>
    <message>
        <source>under 1 ms</source>
        <translation>unter 1 ms</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>rückgängig</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>unknown issuer</source>
        <extracomment>What OpenSSL reports about a certificate.</extracomment>
        <translation>Aussteller unbekannt</translation>
    </message>
    <message>
        <source>until it ends</source>
        <translation>bis er endet</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>bis {time}</translation>
    </message>
    <message>
        <source>unverified</source>
        <translation>ungeprüft</translation>
    </message>
    <message>
        <source>verdict</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>verdict {step}</source>
        <translation>Bewertung {step}</translation>
    </message>
    <message>
        <source>víðarr</source>
        <translation>Víðarr</translation>
    </message>
    <message>
        <source>waiting for you to sign in</source>
        <translation>wartet auf Ihre Anmeldung</translation>
    </message>
    <message>
        <source>was cancelled</source>
        <translation>war abgebrochen</translation>
    </message>
    <message>
        <source>was {severity}</source>
        <translation>vorher {severity}</translation>
    </message>
    <message>
        <source>while the window isn&apos;t focused</source>
        <translation>solange das Fenster nicht im Vordergrund ist</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>zurückgezogen</translation>
    </message>
    <message>
        <source>{account} at {host}</source>
        <translation>{account} bei {host}</translation>
    </message>
    <message>
        <source>{action}: {keys}</source>
        <translation>{action}: {keys}</translation>
    </message>
    <message>
        <source>{action}: {step}</source>
        <translation>{action}: {step}</translation>
    </message>
    <message>
        <source>{age} old</source>
        <translation>{age} alt</translation>
    </message>
    <message>
        <source>{attempt}. {time} since the start</source>
        <translation>{attempt}. {time} seit dem Start</translation>
    </message>
    <message>
        <source>{before} and {after} are different repositories. Compare two scans of the same repository.</source>
        <translation>{before} und {after} sind verschiedene Repositorys. Vergleichen Sie zwei Scans desselben Repositorys.</translation>
    </message>
    <message>
        <source>{before} to {after}</source>
        <translation>{before} auf {after}</translation>
    </message>
    <message numerus="yes">
        <source>{body}. %n confirmed.</source>
        <translation>
            <numerusform>{body}. %n bestätigt.</numerusform>
            <numerusform>{body}. %n bestätigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{body}. %n with high confidence.</source>
        <translation>
            <numerusform>{body}. %n mit hoher Konfidenz.</numerusform>
            <numerusform>{body}. %n mit hoher Konfidenz.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{body}. {count} confirmed, %n with high confidence.</source>
        <translation>
            <numerusform>{body}. {count} bestätigt, %n mit hoher Konfidenz.</numerusform>
            <numerusform>{body}. {count} bestätigt, %n mit hoher Konfidenz.</numerusform>
        </translation>
    </message>
    <message>
        <source>{branch} at {commit}, scan of {day}, started {begin}</source>
        <translation>{branch} auf {commit}, Scan vom {day}, gestartet {begin}</translation>
    </message>
    <message>
        <source>{branch} at {commit}, scan of {day}, {begin} to {end}</source>
        <translation>{branch} auf {commit}, Scan vom {day}, {begin} bis {end}</translation>
    </message>
    <message>
        <source>{branch}, scan of {day}, started {begin}</source>
        <translation>{branch}, Scan vom {day}, gestartet {begin}</translation>
    </message>
    <message>
        <source>{branch}, scan of {day}, {begin} to {end}</source>
        <translation>{branch}, Scan vom {day}, {begin} bis {end}</translation>
    </message>
    <message>
        <source>{cancelled}. The server doesn&apos;t report when.</source>
        <translation>{cancelled}. Der Server meldet nicht, wann.</translation>
    </message>
    <message>
        <source>{cause} The session on the server expires automatically.</source>
        <translation>{cause} Die Sitzung auf dem Server läuft von selbst ab.</translation>
    </message>
    <message>
        <source>{command}: {subject}</source>
        <translation>{command}: {subject}</translation>
    </message>
    <message>
        <source>{counted} checked {time} ago</source>
        <translation>{counted} vor {time} geprüft</translation>
    </message>
    <message>
        <source>{counted} checked, live ones {time} ago</source>
        <translation>{counted} geprüft, laufende vor {time}</translation>
    </message>
    <message>
        <source>{counted} checked, oldest {time} ago</source>
        <translation>{counted} geprüft, ältester Stand vor {time}</translation>
    </message>
    <message>
        <source>{counted} loaded, checking the rest</source>
        <translation>{counted} geladen, die übrigen werden geprüft</translation>
    </message>
    <message>
        <source>{counted} loaded, waiting for the server</source>
        <translation>{counted} geladen, Server arbeitet</translation>
    </message>
    <message numerus="yes">
        <source>{counted}, %n couldn&apos;t be parsed</source>
        <translation>
            <numerusform>{counted}, %n nicht lesbar</numerusform>
            <numerusform>{counted}, %n nicht lesbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{counted}, %n scans stream only</source>
        <translation>
            <numerusform>{counted}, %n Scan nur Stream</numerusform>
            <numerusform>{counted}, %n Scans nur Stream</numerusform>
        </translation>
    </message>
    <message>
        <source>{counted}, checking</source>
        <translation>{counted}, wird geprüft</translation>
    </message>
    <message>
        <source>{counted}, retrying</source>
        <translation>{counted}, neuer Versuch</translation>
    </message>
    <message>
        <source>{counted}, retrying in {time}</source>
        <translation>{counted}, neuer Versuch in {time}</translation>
    </message>
    <message>
        <source>{count} checking</source>
        <translation>{count} in Prüfung</translation>
    </message>
    <message>
        <source>{count} connecting</source>
        <translation>{count} verbinden</translation>
    </message>
    <message>
        <source>{count} decided</source>
        <translation>{count} entschieden</translation>
    </message>
    <message>
        <source>{count} documented API</source>
        <translation>{count} dokumentierte API</translation>
    </message>
    <message>
        <source>{count} doubtful</source>
        <translation>{count} zweifelhaft</translation>
    </message>
    <message>
        <source>{count} ended</source>
        <translation>{count} beendet</translation>
    </message>
    <message>
        <source>{count} keyring locked</source>
        <translation>{count} Schlüsselbund gesperrt</translation>
    </message>
    <message>
        <source>{count} live</source>
        <translation>{count} live</translation>
    </message>
    <message>
        <source>{count} moved, not new</source>
        <translation>{count} verschoben, nicht neu</translation>
    </message>
    <message>
        <source>{count} no access</source>
        <translation>{count} kein Zugriff</translation>
    </message>
    <message>
        <source>{count} not checked</source>
        <translation>{count} nicht geprüft</translation>
    </message>
    <message>
        <source>{count} not trusted</source>
        <translation>{count} nicht vertrauenswürdig</translation>
    </message>
    <message>
        <source>{count} polling only</source>
        <translation>{count} nur Abfrage</translation>
    </message>
    <message>
        <source>{count} probably the same</source>
        <translation>{count} wahrscheinlich gleich</translation>
    </message>
    <message>
        <source>{count} proposed</source>
        <translation>{count} vorgeschlagen</translation>
    </message>
    <message>
        <source>{count} quiet</source>
        <translation>{count} ruhig</translation>
    </message>
    <message>
        <source>{count} read-only</source>
        <translation>{count} schreibgeschützt</translation>
    </message>
    <message>
        <source>{count} rechecking</source>
        <translation>{count} in Nachprüfung</translation>
    </message>
    <message>
        <source>{count} reconnecting</source>
        <translation>{count} neu verbinden</translation>
    </message>
    <message>
        <source>{count} reconnecting in {time}</source>
        <translation>{count} neu verbinden in {time}</translation>
    </message>
    <message numerus="yes">
        <source>{count} repeats of a retried scan are collapsed.</source>
        <translation>
            <numerusform>{count} Wiederholung eines wiederholten Scans ist eingeklappt.</numerusform>
            <numerusform>{count} Wiederholungen eines wiederholten Scans sind eingeklappt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} repeats of a retried scan are shown.</source>
        <translation>
            <numerusform>{count} Wiederholung eines wiederholten Scans wird angezeigt.</numerusform>
            <numerusform>{count} Wiederholungen eines wiederholten Scans werden angezeigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} replayed</source>
        <translation>{count} Wiedergabe</translation>
    </message>
    <message>
        <source>{count} signed out</source>
        <translation>{count} abgemeldet</translation>
    </message>
    <message>
        <source>{count} snoozed</source>
        <translation>{count} zurückgestellt</translation>
    </message>
    <message>
        <source>{count} stale</source>
        <translation>{count} veraltet</translation>
    </message>
    <message>
        <source>{count} stream only</source>
        <translation>{count} nur Stream</translation>
    </message>
    <message>
        <source>{count} unreachable</source>
        <translation>{count} nicht erreichbar</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} wartend</translation>
    </message>
    <message>
        <source>{count} waiting {time}</source>
        <translation>{count} wartend {time}</translation>
    </message>
    <message>
        <source>{count} with keyring error</source>
        <translation>{count} mit Schlüsselbund-Fehler</translation>
    </message>
    <message>
        <source>{count} withdrawn or fixed, not counted</source>
        <translation>{count} zurückgezogen oder behoben, nicht gezählt</translation>
    </message>
    <message>
        <source>{count} {decision}</source>
        <translation>{count} {decision}</translation>
    </message>
    <message>
        <source>{count} {decision} ({criticals} critical)</source>
        <translation>{count} {decision} ({criticals} kritisch)</translation>
    </message>
    <message>
        <source>{count} {severity}</source>
        <translation>{count} {severity}</translation>
    </message>
    <message>
        <source>{created}, {linked}, for {covered} of {findings} findings.</source>
        <translation>{created}, {linked}, für {covered} von {findings} Befunden.</translation>
    </message>
    <message>
        <source>{days}, {start} to {end}, {note}.</source>
        <translation>{days}, {start} bis {end}, {note}.</translation>
    </message>
    <message>
        <source>{days}, {start} to {end}.</source>
        <translation>{days}, {start} bis {end}.</translation>
    </message>
    <message>
        <source>{day} {month}</source>
        <translation>{day}.&#xa0;{month}</translation>
    </message>
    <message>
        <source>{day} {month} {year}</source>
        <translation>{day}.&#xa0;{month} {year}</translation>
    </message>
    <message>
        <source>{day} {time}</source>
        <translation>{day}, {time}</translation>
    </message>
    <message>
        <source>{decision} by another account</source>
        <translation>{decision} durch ein anderes Konto</translation>
    </message>
    <message>
        <source>{decision} by rule {name}</source>
        <translation>{decision} durch Regel {name}</translation>
    </message>
    <message>
        <source>{decision} elsewhere with this account</source>
        <translation>{decision} anderswo mit diesem Konto</translation>
    </message>
    <message>
        <source>{decision} here</source>
        <translation>{decision} hier</translation>
    </message>
    <message>
        <source>{decision} in an earlier scan</source>
        <translation>{decision} in einem früheren Scan</translation>
    </message>
    <message>
        <source>{decision} {when}</source>
        <translation>{decision} {when}</translation>
    </message>
    <message>
        <source>{decision} {when} by another account</source>
        <translation>{decision} {when} durch ein anderes Konto</translation>
    </message>
    <message>
        <source>{decision} {when} elsewhere with this account</source>
        <translation>{decision} {when} anderswo mit diesem Konto</translation>
    </message>
    <message>
        <source>{decision} {when} here</source>
        <translation>{decision} {when} hier</translation>
    </message>
    <message>
        <source>{done} done, {failed} failed, {unsent} not sent.</source>
        <translation>{done} erledigt, {failed} fehlgeschlagen, {unsent} nicht gesendet.</translation>
    </message>
    <message>
        <source>{done} done, {failed} failed.</source>
        <translation>{done} erledigt, {failed} fehlgeschlagen.</translation>
    </message>
    <message>
        <source>{done} done, {unsent} not sent.</source>
        <translation>{done} erledigt, {unsent} nicht gesendet.</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n reviewed.</source>
        <translation>
            <numerusform>{done} von %n durchgesehen.</numerusform>
            <numerusform>{done} von %n durchgesehen.</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total} redone.</source>
        <translation>{done} von {total} wiederholt.</translation>
    </message>
    <message>
        <source>{done} of {total} stages finished</source>
        <translation>{done} von {total} Phasen beendet</translation>
    </message>
    <message>
        <source>{done} of {total} undone.</source>
        <translation>{done} von {total} rückgängig gemacht.</translation>
    </message>
    <message>
        <source>{editor} failed immediately (exit code {code}).</source>
        <translation>{editor} ist sofort gescheitert (Exit-Code {code}).</translation>
    </message>
    <message>
        <source>{editor} needs a terminal, and none was found that takes this file name.</source>
        <translation>{editor} braucht ein Terminal, und es wurde keines gefunden, das diesen Dateinamen annimmt.</translation>
    </message>
    <message>
        <source>{editor} wasn&apos;t found.</source>
        <translation>{editor} wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>{error} Checked again: it didn&apos;t succeed.</source>
        <translation>{error} Erneut geprüft: Es ist nicht gelungen.</translation>
    </message>
    <message>
        <source>{error} Checked again: not changed.</source>
        <translation>{error} Erneut geprüft: nicht geändert.</translation>
    </message>
    <message>
        <source>{error} No repository was added.</source>
        <translation>{error} Es wurde kein Repository hinzugefügt.</translation>
    </message>
    <message>
        <source>{error} No scan was started.</source>
        <translation>{error} Es wurde kein Scan gestartet.</translation>
    </message>
    <message>
        <source>{error} The scan wasn&apos;t cancelled.</source>
        <translation>{error} Der Scan wurde nicht abgebrochen.</translation>
    </message>
    <message>
        <source>{event}: {place}</source>
        <translation>{event}: {place}</translation>
    </message>
    <message>
        <source>{fact}, but loading failed: {cause}</source>
        <translation>{fact}, aber das Laden ist fehlgeschlagen: {cause}</translation>
    </message>
    <message>
        <source>{fact}: {why}</source>
        <translation>{fact}: {why}</translation>
    </message>
    <message>
        <source>{field} doesn&apos;t support &lt; or &gt;. Write {example}</source>
        <translation>{field} unterstützt &lt; und &gt; nicht. Schreiben Sie {example}</translation>
    </message>
    <message>
        <source>{field} isn&apos;t a field. Did you mean {guess}?</source>
        <translation>{field} ist kein Feld. Meinten Sie {guess}?</translation>
    </message>
    <message>
        <source>{field} isn&apos;t a field. To search for this text, put &quot;{text}&quot; in quotes.</source>
        <translation>{field} ist kein Feld. Um nach diesem Text zu suchen, setzen Sie &quot;{text}&quot; in Anführungszeichen.</translation>
    </message>
    <message>
        <source>{file} already exists and will be replaced.</source>
        <translation>{file} existiert bereits und wird ersetzt.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be read: {problem}.</source>
        <translation>{file} ist nicht lesbar: {problem}.</translation>
    </message>
    <message>
        <source>{file} couldn&apos;t be parsed and was kept as {name}. {error}</source>
        <translation>{file} war nicht lesbar und wurde als {name} aufbewahrt. {error}</translation>
    </message>
    <message>
        <source>{file} has invalid values.</source>
        <translation>{file} enthält ungültige Werte.</translation>
    </message>
    <message>
        <source>{file} isn&apos;t a Heimdall Desktop recording.</source>
        <translation>{file} ist keine Aufnahme von Heimdall Desktop.</translation>
    </message>
    <message>
        <source>{file} isn&apos;t a regular file.</source>
        <translation>{file} ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>{file} isn&apos;t a usable path.</source>
        <translation>{file} ist kein verwendbarer Pfad.</translation>
    </message>
    <message>
        <source>{file} isn&apos;t in {folder}.</source>
        <translation>{file} fehlt in: {folder}.</translation>
    </message>
    <message>
        <source>{file} leads out of the source folder.</source>
        <translation>{file} führt aus dem Quellordner hinaus.</translation>
    </message>
    <message>
        <source>{file} was recorded by a newer version of Heimdall Desktop.</source>
        <translation>{file} wurde von einer neueren Version von Heimdall Desktop aufgenommen.</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <translation>{file}, Zeile {line}</translation>
    </message>
    <message>
        <source>{findings}</source>
        <translation>{findings}</translation>
    </message>
    <message>
        <source>{findings} so far.</source>
        <translation>Bisher {findings}.</translation>
    </message>
    <message>
        <source>{findings}, about {size}</source>
        <translation>{findings}, etwa {size}</translation>
    </message>
    <message>
        <source>{findings}, {left_out}</source>
        <translation>{findings}, {left_out}</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} und {last}</translation>
    </message>
    <message>
        <source>{first} or {last}</source>
        <translation>{first} oder {last}</translation>
    </message>
    <message>
        <source>{folder} can&apos;t be used: {problem}.</source>
        <translation>{folder} ist nicht verwendbar: {problem}.</translation>
    </message>
    <message>
        <source>{folder} can&apos;t be written. Make it writable, or use another folder for --profile-dir.</source>
        <translation>In {folder} kann nicht geschrieben werden. Machen Sie den Ordner beschreibbar, oder geben Sie mit --profile-dir einen anderen an.</translation>
    </message>
    <message>
        <source>{form}</source>
        <translation>{form}</translation>
    </message>
    <message>
        <source>{form}, {size}</source>
        <translation>{form}, {size}</translation>
    </message>
    <message>
        <source>{form}, {size} of about {whole}, {left} left</source>
        <translation>{form}, {size} von etwa {whole}, noch {left}</translation>
    </message>
    <message>
        <source>{found} of {findings} open findings known here now have an issue.</source>
        <translation>{found} von {findings} hier bekannten offenen Befunden haben jetzt ein Issue.</translation>
    </message>
    <message>
        <source>{hidden} of {total} findings aren&apos;t in this report.</source>
        <translation>{hidden} von {total} Befunden sind nicht in diesem Bericht.</translation>
    </message>
    <message>
        <source>{host} (via proxy {proxy})</source>
        <translation>{host} (über Proxy {proxy})</translation>
    </message>
    <message>
        <source>{host} accepts the token: it responded to a request about a scan.</source>
        <translation>{host} akzeptiert das Token: Eine Anfrage zu einem Scan wurde beantwortet.</translation>
    </message>
    <message>
        <source>{host} can&apos;t check tokens. The first response about a scan will show whether it accepts this one.</source>
        <translation>{host} kann Token nicht prüfen. Die erste Antwort zu einem Scan wird zeigen, ob dieses akzeptiert wird.</translation>
    </message>
    <message>
        <source>{host} creates it in the repository&apos;s issue tracker, where others can see it.</source>
        <translation>{host} legt es im Issue-Tracker des Repositorys an, wo andere es sehen können.</translation>
    </message>
    <message>
        <source>{host} didn&apos;t accept a connection in time.</source>
        <translation>{host} hat nicht rechtzeitig eine Verbindung angenommen.</translation>
    </message>
    <message>
        <source>{host} didn&apos;t respond in time.</source>
        <translation>{host} hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>{host} didn&apos;t return a web page to find scans on ({status}, {kind}).</source>
        <translation>{host} hat keine Webseite geliefert, auf der Scans zu finden sind ({status}, {kind}).</translation>
    </message>
    <message>
        <source>{host} doesn&apos;t accept the token.</source>
        <translation>{host} akzeptiert das Token nicht.</translation>
    </message>
    <message>
        <source>{host} doesn&apos;t accept this email and password.</source>
        <translation>{host} akzeptiert diese E-Mail-Adresse mit diesem Passwort nicht.</translation>
    </message>
    <message>
        <source>{host} doesn&apos;t have this API path.</source>
        <translation>{host} hat diesen API-Pfad nicht.</translation>
    </message>
    <message>
        <source>{host} doesn&apos;t offer TLS that this system accepts.</source>
        <translation>{host} bietet kein TLS an, das dieses System akzeptiert.</translation>
    </message>
    <message>
        <source>{host} doesn&apos;t offer password sign-in.</source>
        <translation>{host} bietet keine Anmeldung mit Passwort an.</translation>
    </message>
    <message>
        <source>{host} doesn&apos;t respond like a Heimdall server ({status}, {kind}).</source>
        <translation>{host} antwortet nicht wie ein Heimdall-Server ({status}, {kind}).</translation>
    </message>
    <message>
        <source>{host} doesn&apos;t respond like a Heimdall server.</source>
        <translation>{host} antwortet nicht wie ein Heimdall-Server.</translation>
    </message>
    <message>
        <source>{host} failed without reporting the result of the request: {answer}.</source>
        <translation>{host} ist gescheitert, ohne das Ergebnis der Anfrage zu melden: {answer}.</translation>
    </message>
    <message>
        <source>{host} has no AI provider set up, so no scan was started.</source>
        <translation>Auf {host} ist kein KI-Anbieter eingerichtet, daher wurde kein Scan gestartet.</translation>
    </message>
    <message>
        <source>{host} has no AI provider set up.</source>
        <translation>Auf {host} ist kein KI-Anbieter eingerichtet.</translation>
    </message>
    <message>
        <source>{host} has no web page to find scans on.</source>
        <translation>{host} hat keine Webseite, auf der Scans zu finden sind.</translation>
    </message>
    <message>
        <source>{host} has removed this.</source>
        <translation>{host} hat dies entfernt.</translation>
    </message>
    <message>
        <source>{host} has the address {address}.</source>
        <translation>{host} hat die Adresse {address}.</translation>
    </message>
    <message>
        <source>{host} is an address, so there is no name to find.</source>
        <translation>{host} ist eine Adresse, daher wird kein Name gesucht.</translation>
    </message>
    <message>
        <source>{host} is busy and requests a wait of {wait_s:.0f} s.</source>
        <translation>{host} ist ausgelastet und verlangt eine Wartezeit von {wait_s:.0f} s.</translation>
    </message>
    <message>
        <source>{host} is still working on one of your requests.</source>
        <translation>{host} arbeitet noch an einer Ihrer Anfragen.</translation>
    </message>
    <message>
        <source>{host} isn&apos;t a usable address.</source>
        <translation>{host} ist keine verwendbare Adresse.</translation>
    </message>
    <message>
        <source>{host} redirects to {place}.</source>
        <translation>{host} leitet zu {place} weiter.</translation>
    </message>
    <message>
        <source>{host} refused the TLS connection. It may require a client certificate.</source>
        <translation>{host} hat die TLS-Verbindung abgelehnt. Möglicherweise ist ein Client-Zertifikat nötig.</translation>
    </message>
    <message>
        <source>{host} refused the request: {answer}.</source>
        <translation>{host} hat die Anfrage abgelehnt: {answer}.</translation>
    </message>
    <message>
        <source>{host} refuses connections.</source>
        <translation>{host} lehnt Verbindungen ab.</translation>
    </message>
    <message>
        <source>{host} requires a client certificate, which Heimdall Desktop doesn&apos;t support yet.</source>
        <translation>{host} verlangt ein Client-Zertifikat, was Heimdall Desktop noch nicht unterstützt.</translation>
    </message>
    <message>
        <source>{host} responds, but reports nothing about this scan.</source>
        <translation>{host} antwortet, meldet aber nichts zu diesem Scan.</translation>
    </message>
    <message>
        <source>{host} returned an error: {answer}.</source>
        <translation>{host} meldet einen Fehler: {answer}.</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{index} of {count}</source>
        <translation>{index} von {count}</translation>
    </message>
    <message>
        <source>{kept} kept</source>
        <translation>{kept} behalten</translation>
    </message>
    <message>
        <source>{kept} of ~{all} kept</source>
        <translation>{kept} von ~{all} behalten</translation>
    </message>
    <message>
        <source>{keys} alone is used to move or type. Add Ctrl or Alt.</source>
        <translation>{keys} allein dient zum Bewegen oder Tippen. Ergänzen Sie Strg oder Alt.</translation>
    </message>
    <message>
        <source>{keys} is assigned to “{owner}”. Reassign it to “{command}”?</source>
        <translation>{keys} ist „{owner}“ zugewiesen. Stattdessen „{command}“ zuweisen?</translation>
    </message>
    <message>
        <source>{keys} is reserved for “{action}”.</source>
        <translation>{keys} ist für „{action}“ reserviert.</translation>
    </message>
    <message>
        <source>{key} can&apos;t be {value}, so {used} is used.</source>
        <translation>{key} kann nicht {value} sein; stattdessen gilt {used}.</translation>
    </message>
    <message>
        <source>{kind}: {word}</source>
        <translation>{kind}: {word}</translation>
    </message>
    <message numerus="yes">
        <source>{known} of {total} findings checked against the server {time} ago</source>
        <translation>
            <numerusform>{known} von {total} Befund vor {time} mit dem Server abgeglichen</numerusform>
            <numerusform>{known} von {total} Befunden vor {time} mit dem Server abgeglichen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{known} of {total} findings checked {time} ago</source>
        <translation>
            <numerusform>{known} von {total} Befund vor {time} geprüft</numerusform>
            <numerusform>{known} von {total} Befunden vor {time} geprüft</numerusform>
        </translation>
    </message>
    <message>
        <source>{known} of {total} findings in {scans} scans</source>
        <translation>{known} von {total} Befunden in {scans} Scans</translation>
    </message>
    <message>
        <source>{known} of {total} findings loaded, loading the rest</source>
        <translation>{known} von {total} Befunden geladen, die übrigen folgen</translation>
    </message>
    <message>
        <source>{known} of {total} findings loaded, waiting for the server</source>
        <translation>{known} von {total} Befunden geladen, warten auf den Server</translation>
    </message>
    <message numerus="yes">
        <source>{known} of {total} findings recorded</source>
        <translation>
            <numerusform>{known} von {total} Befund aufgenommen</numerusform>
            <numerusform>{known} von {total} Befunden aufgenommen</numerusform>
        </translation>
    </message>
    <message>
        <source>{known} of {total} findings shown, adding the rest</source>
        <translation>{known} von {total} Befunden angezeigt, die übrigen folgen</translation>
    </message>
    <message>
        <source>{known} of {total} in {scans} scans</source>
        <translation>{known} von {total} in {scans} Scans</translation>
    </message>
    <message>
        <source>{left} of {named} not watched.</source>
        <translation>{left} von {named} nicht beobachtet.</translation>
    </message>
    <message>
        <source>{limit} alerts are kept, the oldest from {day}.</source>
        <translation>{limit} Meldungen werden aufbewahrt, die älteste vom {day}.</translation>
    </message>
    <message>
        <source>{line}: {part}</source>
        <translation>{line}: {part}</translation>
    </message>
    <message>
        <source>{missing} of {total} repositories couldn&apos;t be loaded.</source>
        <translation>{missing} von {total} Repositorys konnten nicht geladen werden.</translation>
    </message>
    <message>
        <source>{missing} of {total} scans couldn&apos;t be loaded.</source>
        <translation>{missing} von {total} Scans konnten nicht geladen werden.</translation>
    </message>
    <message>
        <source>{missing} of {total} scans don&apos;t exist or belong to another account.</source>
        <translation>{missing} von {total} Scans existieren nicht oder gehören zu einem anderen Konto.</translation>
    </message>
    <message>
        <source>{mistake}  The last valid filter stays active.</source>
        <translation>{mistake}  Der letzte gültige Filter bleibt aktiv.</translation>
    </message>
    <message>
        <source>{moment}, in an earlier attempt</source>
        <translation>{moment}, in einem früheren Versuch</translation>
    </message>
    <message>
        <source>{moment}, in stage {stage}</source>
        <translation>{moment}, in Phase {stage}</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{month} {year}</translation>
    </message>
    <message>
        <source>{more}; copying includes everything</source>
        <translation>{more}; beim Kopieren ist alles enthalten</translation>
    </message>
    <message>
        <source>{most} scans are watched. More would slow down the window.</source>
        <translation>{most} Scans werden beobachtet. Mehr würden das Fenster verlangsamen.</translation>
    </message>
    <message numerus="yes">
        <source>{names} and %n more</source>
        <translation>
            <numerusform>{names} und %n weiterer</numerusform>
            <numerusform>{names} und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} and others</source>
        <translation>{names} und andere</translation>
    </message>
    <message>
        <source>{name}, already watched</source>
        <translation>{name}, wird schon beobachtet</translation>
    </message>
    <message>
        <source>{name}, {day}</source>
        <translation>{name}, {day}</translation>
    </message>
    <message>
        <source>{name}.</source>
        <translation>{name}.</translation>
    </message>
    <message>
        <source>{name}: {scan}</source>
        <translation>{name}: {scan}</translation>
    </message>
    <message>
        <source>{news} since {time}</source>
        <translation>{news} seit {time}</translation>
    </message>
    <message>
        <source>{new} new, {fixed} fixed</source>
        <translation>{new} neu, {fixed} behoben</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
    <message>
        <source>{number} MiB</source>
        <translation>{number} MiB</translation>
    </message>
    <message>
        <source>{number} d</source>
        <translation>{number} d</translation>
    </message>
    <message>
        <source>{number} h</source>
        <translation>{number} h</translation>
    </message>
    <message>
        <source>{number} min</source>
        <translation>{number} min</translation>
    </message>
    <message>
        <source>{number} ms</source>
        <translation>{number} ms</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
    <message>
        <source>{number} of {most}</source>
        <translation>{number} von {most}</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} s</translation>
    </message>
    <message>
        <source>{old} → {new}</source>
        <translation>{old} → {new}</translation>
    </message>
    <message>
        <source>{operator} takes one {kind}. Write {example}.</source>
        <translation>{operator} verlangt genau eine Angabe: {kind}. Schreiben Sie {example}.</translation>
    </message>
    <message>
        <source>{pace}×</source>
        <translation>{pace}×</translation>
    </message>
    <message>
        <source>{part} {version}: {licence}</source>
        <translation>{part} {version}: {licence}</translation>
    </message>
    <message>
        <source>{part}: failed after {ms} ms. {cause}</source>
        <translation>{part}: nach {ms} ms fehlgeschlagen. {cause}</translation>
    </message>
    <message>
        <source>{part}: none; tokens are kept for this session only.</source>
        <translation>{part}: keiner; Token werden nur für diese Sitzung aufbewahrt.</translation>
    </message>
    <message>
        <source>{part}: {name}, responded in {ms} ms.</source>
        <translation>{part}: {name}, Antwort nach {ms} ms.</translation>
    </message>
    <message>
        <source>{path} can&apos;t be used: {problem}.</source>
        <translation>{path} ist nicht verwendbar: {problem}.</translation>
    </message>
    <message>
        <source>{path} couldn&apos;t be parsed. {error}</source>
        <translation>{path} war nicht lesbar. {error}</translation>
    </message>
    <message>
        <source>{path} isn&apos;t a Heimdall Desktop history.</source>
        <translation>{path} ist kein Verlauf von Heimdall Desktop.</translation>
    </message>
    <message>
        <source>{path}: settings, and the layout of windows.</source>
        <translation>{path}: Einstellungen und die Anordnung der Fenster.</translation>
    </message>
    <message>
        <source>{path}: the history of scans and their findings.</source>
        <translation>{path}: der Verlauf der Scans und ihrer Befunde.</translation>
    </message>
    <message>
        <source>{path}: the log, with details of errors.</source>
        <translation>{path}: das Protokoll mit Einzelheiten zu Fehlern.</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>{place}, from the environment variable {variable}.</source>
        <translation>{place}, aus der Umgebungsvariable {variable}.</translation>
    </message>
    <message>
        <source>{place}, the store of this system.</source>
        <translation>{place}, der Speicher dieses Systems.</translation>
    </message>
    <message>
        <source>{program} is a shell or a batch file, which could run parts of a file name.</source>
        <translation>{program} ist eine Shell oder eine Batch-Datei, die Teile eines Dateinamens ausführen könnte.</translation>
    </message>
    <message>
        <source>{program} wasn&apos;t found.</source>
        <translation>{program} wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>{ran} of {all} stages completed; {stages} didn&apos;t.</source>
        <translation>{ran} von {all} Phasen abgeschlossen; nicht abgeschlossen: {stages}.</translation>
    </message>
    <message>
        <source>{ran} of {all} stages ran; not reported: {stages}.</source>
        <translation>{ran} von {all} Phasen sind gelaufen; nicht gemeldet: {stages}.</translation>
    </message>
    <message>
        <source>{rate} per second, {time} left</source>
        <translation>{rate} je Sekunde, noch {time}</translation>
    </message>
    <message>
        <source>{read} of {total} findings in {scan} were loaded; no more can be kept.</source>
        <translation>{read} von {total} Befunden in {scan} wurden geladen; mehr können nicht aufbewahrt werden.</translation>
    </message>
    <message>
        <source>{read} of {total} findings loaded.</source>
        <translation>{read} von {total} Befunden geladen.</translation>
    </message>
    <message>
        <source>{read} of {total} loaded.</source>
        <translation>{read} von {total} geladen.</translation>
    </message>
    <message>
        <source>{reason}, {text}</source>
        <translation>{reason}, {text}</translation>
    </message>
    <message>
        <source>{scans} and {findings}, {size} MiB. Scans on the board aren&apos;t deleted.</source>
        <translation>{scans} und {findings}, {size} MiB. Scans in der Übersicht werden nicht gelöscht.</translation>
    </message>
    <message>
        <source>{scans}: {findings}</source>
        <translation>{scans}: {findings}</translation>
    </message>
    <message>
        <source>{scan} Pinned.</source>
        <translation>{scan} Angeheftet.</translation>
    </message>
    <message>
        <source>{scan} is no longer muted.</source>
        <translation>{scan} ist nicht mehr stummgeschaltet.</translation>
    </message>
    <message>
        <source>{scan} is no longer watched.</source>
        <translation>{scan} wird nicht mehr beobachtet.</translation>
    </message>
    <message>
        <source>{scan} no longer has this finding.</source>
        <translation>{scan} hat diesen Befund nicht mehr.</translation>
    </message>
    <message>
        <source>{scan} {count}</source>
        <translation>{scan} {count}</translation>
    </message>
    <message>
        <source>{scan}, {place}. High confidence.</source>
        <translation>{scan}, {place}. Hohe Konfidenz.</translation>
    </message>
    <message>
        <source>{scan}, {place}. Not yet verified.</source>
        <translation>{scan}, {place}. Noch nicht geprüft.</translation>
    </message>
    <message>
        <source>{scan}, {place}. The validator agrees.</source>
        <translation>{scan}, {place}. Die Prüfung bestätigt ihn.</translation>
    </message>
    <message>
        <source>{scan}. {mute}.</source>
        <translation>{scan}. {mute}.</translation>
    </message>
    <message>
        <source>{scan}: cancelled.</source>
        <translation>{scan}: abgebrochen.</translation>
    </message>
    <message>
        <source>{scan}: completed.</source>
        <translation>{scan}: abgeschlossen.</translation>
    </message>
    <message>
        <source>{scan}: ended (failed or cancelled).</source>
        <translation>{scan}: beendet (fehlgeschlagen oder abgebrochen).</translation>
    </message>
    <message>
        <source>{scan}: failed.</source>
        <translation>{scan}: fehlgeschlagen.</translation>
    </message>
    <message>
        <source>{scan}: not connected from {began} to {ended}.</source>
        <translation>{scan}: nicht verbunden von {began} bis {ended}.</translation>
    </message>
    <message>
        <source>{scan}: not connected since {began}.</source>
        <translation>{scan}: nicht verbunden seit {began}.</translation>
    </message>
    <message>
        <source>{scan}: the server dropped events at {began}.</source>
        <translation>{scan}: Der Server hat um {began} Ereignisse ausgelassen.</translation>
    </message>
    <message>
        <source>{scan}: the server dropped events from {began} to {ended}.</source>
        <translation>{scan}: Der Server hat von {began} bis {ended} Ereignisse ausgelassen.</translation>
    </message>
    <message>
        <source>{scan}: {fact}</source>
        <translation>{scan}: {fact}</translation>
    </message>
    <message>
        <source>{scan}: {findings}</source>
        <translation>{scan}: {findings}</translation>
    </message>
    <message>
        <source>{scan}: {stage}.</source>
        <translation>{scan}: {stage}.</translation>
    </message>
    <message>
        <source>{seen} of {total} findings in {scan} were seen; no more were announced.</source>
        <translation>{seen} von {total} Befunden in {scan} wurden gesehen; weitere wurden nicht angekündigt.</translation>
    </message>
    <message>
        <source>{seen} of {total} seen.</source>
        <translation>{seen} von {total} gesehen.</translation>
    </message>
    <message>
        <source>{server} doesn&apos;t accept the token. Sign in again, or set HEIMDALL_TOKEN.</source>
        <translation>{server} akzeptiert das Token nicht. Melden Sie sich erneut an, oder setzen Sie HEIMDALL_TOKEN.</translation>
    </message>
    <message>
        <source>{server} responds, but reports nothing about scan {scan_id}. Check the ID and the address.</source>
        <translation>{server} antwortet, meldet aber nichts zum Scan {scan_id}. Prüfen Sie die ID und die Adresse.</translation>
    </message>
    <message>
        <source>{severity}, not verified</source>
        <translation>{severity}, nicht geprüft</translation>
    </message>
    <message>
        <source>{shortest} to {longest}</source>
        <translation>{shortest} bis {longest}</translation>
    </message>
    <message>
        <source>{shown} of {all}</source>
        <translation>{shown} von {all}</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} von {total}</translation>
    </message>
    <message>
        <source>{shown} selected, {hidden} more hidden</source>
        <translation>{shown} ausgewählt, {hidden} weitere ausgeblendet</translation>
    </message>
    <message>
        <source>{signal} ended the run before the scans had ended.</source>
        <translation>{signal} hat den Lauf beendet, bevor die Scans beendet waren.</translation>
    </message>
    <message>
        <source>{size} KB</source>
        <translation>{size} KB</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>{size}, code left out</source>
        <translation>{size}, Code weggelassen</translation>
    </message>
    <message>
        <source>{size}, code, paths and names left out</source>
        <translation>{size}, Code, Pfade und Namen weggelassen</translation>
    </message>
    <message>
        <source>{source}, confidence {confidence}, first seen {time}</source>
        <translation>{source}, Konfidenz {confidence}, entdeckt {time}</translation>
    </message>
    <message>
        <source>{source}, {cwe}, confidence {confidence}, first seen {time}</source>
        <translation>{source}, {cwe}, Konfidenz {confidence}, entdeckt {time}</translation>
    </message>
    <message>
        <source>{span} per bar</source>
        <translation>{span} je Balken</translation>
    </message>
    <message>
        <source>{stage} failed</source>
        <translation>{stage} fehlgeschlagen</translation>
    </message>
    <message>
        <source>{stage} is taking longer than ever</source>
        <translation>{stage} dauert länger als je zuvor</translation>
    </message>
    <message>
        <source>{stage}, attempt {number}</source>
        <translation>{stage}, Versuch {number}</translation>
    </message>
    <message>
        <source>{status}, severity {word}</source>
        <translation>{status}, Schweregrad {word}</translation>
    </message>
    <message>
        <source>{step}, now {value}</source>
        <translation>{step}, jetzt {value}</translation>
    </message>
    <message>
        <source>{step}, with severity</source>
        <translation>{step}, mit Schweregrad</translation>
    </message>
    <message>
        <source>{step}.</source>
        <translation>{step}.</translation>
    </message>
    <message>
        <source>{tag}: {title}</source>
        <translation>{tag}: {title}</translation>
    </message>
    <message>
        <source>{text} isn&apos;t supported between terms. All terms must match; commas mean “or”, a minus means “not”. To search for this text, put &quot;{text}&quot; in quotes.</source>
        <translation>{text} zwischen Ausdrücken wird nicht unterstützt. Alle Ausdrücke müssen zutreffen; Kommas bedeuten „oder“, ein Minus bedeutet „nicht“. Um nach diesem Text zu suchen, setzen Sie &quot;{text}&quot; in Anführungszeichen.</translation>
    </message>
    <message>
        <source>{thing}: {action}</source>
        <translation>{thing}: {action}</translation>
    </message>
    <message>
        <source>{time} elapsed</source>
        <translation>{time} vergangen</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>{time} of {length}</source>
        <translation>{time} von {length}</translation>
    </message>
    <message numerus="yes">
        <source>{time}, %n changed elsewhere since then</source>
        <translation>
            <numerusform>{time}, %n seitdem anderswo geändert</numerusform>
            <numerusform>{time}, %n seitdem anderswo geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{time}, %n scans</source>
        <translation>
            <numerusform>{time}, %n Scan</numerusform>
            <numerusform>{time}, %n Scans</numerusform>
        </translation>
    </message>
    <message>
        <source>{time}, changed elsewhere since then</source>
        <translation>{time}, seitdem anderswo geändert</translation>
    </message>
    <message>
        <source>{time}, reason: {reason}</source>
        <translation>{time}, Grund: {reason}</translation>
    </message>
    <message>
        <source>{time}, undone</source>
        <translation>{time}, rückgängig gemacht</translation>
    </message>
    <message>
        <source>{title} was decided elsewhere meanwhile: {word}.</source>
        <translation>{title} wurde inzwischen anderswo entschieden: {word}.</translation>
    </message>
    <message>
        <source>{title}. {scan}. {outcome}. {moment}.</source>
        <translation>{title}. {scan}. {outcome}. {moment}.</translation>
    </message>
    <message>
        <source>{unknown}, can&apos;t be changed here</source>
        <translation>{unknown}, hier nicht änderbar</translation>
    </message>
    <message>
        <source>{value} can&apos;t be shown. Did you mean {guess}?</source>
        <translation>{value} kann nicht angezeigt werden. Meinten Sie {guess}?</translation>
    </message>
    <message>
        <source>{value} isn&apos;t a CWE number. Write cwe:89.</source>
        <translation>{value} ist keine CWE-Nummer. Schreiben Sie cwe:89.</translation>
    </message>
    <message>
        <source>{value} isn&apos;t a line number. Write line:88, line:80-92 or line&gt;=80.</source>
        <translation>{value} ist keine Zeilennummer. Schreiben Sie line:88, line:80-92 oder line&gt;=80.</translation>
    </message>
    <message>
        <source>{value} isn&apos;t a time span. Write new:10m, new:2h or new:1d.</source>
        <translation>{value} ist keine Zeitspanne. Schreiben Sie new:10m, new:2h oder new:1d.</translation>
    </message>
    <message>
        <source>{value} isn&apos;t a time span. Write {example}.</source>
        <translation>{value} ist keine Zeitspanne. Schreiben Sie {example}.</translation>
    </message>
    <message>
        <source>{value} isn&apos;t a time. Write since:14:00, since:2026-07-04 or since:yesterday.</source>
        <translation>{value} ist keine Zeitangabe. Schreiben Sie since:14:00, since:2026-07-04 oder since:yesterday.</translation>
    </message>
    <message>
        <source>{value} isn&apos;t a {kind}. Did you mean {guess}?</source>
        <translation>{value} passt nicht; erwartet wird: {kind}. Meinten Sie {guess}?</translation>
    </message>
    <message>
        <source>{variable} names a SOCKS proxy, which isn&apos;t supported.</source>
        <translation>{variable} nennt einen SOCKS-Proxy, der nicht unterstützt wird.</translation>
    </message>
    <message>
        <source>{version} on the newest connection.</source>
        <translation>{version} bei der neuesten Verbindung.</translation>
    </message>
    <message>
        <source>{version}, certificate issued by {issuer}, valid until {ends}.</source>
        <translation>{version}, Zertifikat ausgestellt von {issuer}, gültig bis {ends}.</translation>
    </message>
    <message>
        <source>{version}, certificate trusted.</source>
        <translation>{version}, Zertifikat vertrauenswürdig.</translation>
    </message>
    <message>
        <source>{view}, announced: {title}</source>
        <translation>{view}, angekündigt: {title}</translation>
    </message>
    <message>
        <source>{view}, changed</source>
        <translation>{view}, geändert</translation>
    </message>
    <message>
        <source>{view}, notifications on</source>
        <translation>{view}, Benachrichtigung ein</translation>
    </message>
    <message numerus="yes">
        <source>{view}: %n new in {scans} scans</source>
        <translation>
            <numerusform>{view}: %n neuer in {scans} Scans</numerusform>
            <numerusform>{view}: %n neue in {scans} Scans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{view}: %n new in {scan}</source>
        <translation>
            <numerusform>{view}: %n neuer in {scan}</numerusform>
            <numerusform>{view}: %n neue in {scan}</numerusform>
        </translation>
    </message>
    <message>
        <source>{view}: {title}</source>
        <translation>{view}: {title}</translation>
    </message>
    <message>
        <source>{waiting} of {total} scans hadn&apos;t settled after {timeout_s:g} s.</source>
        <translation>{waiting} von {total} Scans waren nach {timeout_s:g} s noch nicht endgültig beendet.</translation>
    </message>
    <message>
        <source>{weekday} {day} {month}</source>
        <translation>{weekday}, {day}.&#xa0;{month}</translation>
    </message>
    <message>
        <source>{what}: no longer waiting, {time}.</source>
        <translation>{what}: wird nicht mehr abgewartet, {time}.</translation>
    </message>
    <message>
        <source>{what}: result unknown, checking, {time}.</source>
        <translation>{what}: Ergebnis unbekannt, wird geprüft, {time}.</translation>
    </message>
    <message>
        <source>{what}: result unknown.</source>
        <translation>{what}: Ergebnis unbekannt.</translation>
    </message>
    <message>
        <source>{whole}.{tenths}</source>
        <translation>{whole},{tenths}</translation>
    </message>
    <message>
        <source>{who} changed it since then; it was left as it is.</source>
        <translation>Seitdem geändert durch: {who}; der Wert bleibt bestehen.</translation>
    </message>
    <message>
        <source>{who} changed this to {word} {at}.</source>
        <translation>Geändert auf „{word}“ durch: {who}, {at}.</translation>
    </message>
    <message>
        <source>{who} changed this to {word}.</source>
        <translation>Geändert auf „{word}“ durch: {who}.</translation>
    </message>
    <message>
        <source>{who}, overriding a value set by a person</source>
        <translation>{who}, ersetzt den Wert einer Person</translation>
    </message>
    <message>
        <source>{who}, seen while watching</source>
        <translation>{who}, beim Beobachten gesehen</translation>
    </message>
    <message>
        <source>{who}: {fact}</source>
        <translation>{who}: {fact}</translation>
    </message>
    <message>
        <source>{words}. Can&apos;t check now: {reason}</source>
        <translation>{words}. Prüfung derzeit nicht möglich: {reason}</translation>
    </message>
    <message>
        <source>{words}. Couldn&apos;t load everything: {lacks}</source>
        <translation>{words}. Nicht alles konnte geladen werden: {lacks}</translation>
    </message>
    <message>
        <source>{word} can&apos;t be combined with other values. Write {example}.</source>
        <translation>{word} lässt sich nicht mit anderen Werten kombinieren. Schreiben Sie {example}.</translation>
    </message>
    <message numerus="yes">
        <source>{word}, %n findings</source>
        <translation>
            <numerusform>{word}, %n Befund</numerusform>
            <numerusform>{word}, %n Befunde</numerusform>
        </translation>
    </message>
    <message>
        <source>{word}, {place} of {count}</source>
        <translation>{word}, {place} von {count}</translation>
    </message>
    <message>
        <source>~{number} h</source>
        <translation>~{number} h</translation>
    </message>
    <message>
        <source>~{number} m</source>
        <translation>~{number} m</translation>
    </message>
    <message>
        <source>~{number} s</source>
        <translation>~{number} s</translation>
    </message>
    <message>
        <source>“Start at login” is off.</source>
        <translation>„Start bei der Anmeldung“ ist aus.</translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>„{name}“</translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>„{name}“ wurde gelöscht.</translation>
    </message>
    <message>
        <source>“{owner}” keeps {keys}.</source>
        <translation>„{owner}“ behält {keys}.</translation>
    </message>
    <message>
        <source>“{owner}” will have no shortcut.</source>
        <translation>„{owner}“ hat dann kein Tastenkürzel.</translation>
    </message>
    <message numerus="yes">
        <source>… %n more lines</source>
        <translation>
            <numerusform>… %n weitere Zeile</numerusform>
            <numerusform>… %n weitere Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… (%n more characters in this line)</source>
        <translation>
            <numerusform>… (%n weiteres Zeichen in dieser Zeile)</numerusform>
            <numerusform>… (%n weitere Zeichen in dieser Zeile)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… (%n more characters)</source>
        <translation>
            <numerusform>… (%n weiteres Zeichen)</numerusform>
            <numerusform>… (%n weitere Zeichen)</numerusform>
        </translation>
    </message>
    <message>
        <source>≈ {time}</source>
        <translation>≈ {time}</translation>
    </message>
</context>
</TS>
