<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name></name>
    <message numerus="yes">
        <source> … %n more characters</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>#</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n actions</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n actions redone.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n actions undone.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alerts, the oldest from {day}. Up to {limit} are kept.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bytes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certain</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n confirmed critical findings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n confirmed critical findings in {scans} scans</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n confirmed critical findings in {scan}</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n confirmed findings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n couldn&apos;t be checked.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decided before</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decided findings have a history that was not read, or that shows no decision.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decisions of all repositories.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n events couldn&apos;t be parsed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are binary or of a type that no scanner supports.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files in {scan} were not scanned. This does not mean the code is clean.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files not scanned</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files were not scanned.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings</source>
        <extracomment>The keys of the reasons, in their order, while the strip with them is shown.</extracomment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are hidden by this filter, all of them critical.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are hidden by this filter, all of them withdrawn or fixed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are hidden by this filter, {closed} of them withdrawn or fixed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are hidden by this filter, {criticals} of them critical, {closed} withdrawn or fixed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are hidden by this filter, {criticals} of them critical.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are hidden by this filter.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are newly critical or high.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are snoozed, all of them critical.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are snoozed, {criticals} of them critical.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are snoozed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings exported</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings from earlier stages are kept.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings in {scan} couldn&apos;t be loaded. The server counts them but doesn&apos;t list them.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings seen.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings stay selected.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings were decided before.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings were decided elsewhere meanwhile.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings, not loaded yet</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fixed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gaps in the stream</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hidden</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hidden, {criticals} critical</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n high</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in saved views</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in “{view}”</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n issues created</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n linked</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more characters</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more findings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more hidden</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more hidden by the filter</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more left out</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more messages</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new critical</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new critical findings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new critical findings in {scans} scans</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new critical findings in {scan}</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new critical findings in {scan}.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new critical findings.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new findings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new findings. Show them</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new high findings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new high findings in {scans} scans</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new high findings in {scan}</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new or changed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not scanned</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are incomplete.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are snoozed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are still running.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them were running at the last update.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n probable</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proposals rejected</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reasons left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reasons not loaded</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reasons saved</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reasons weren&apos;t saved.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repeats</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans are not being watched.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans are stream only.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans couldn&apos;t be loaded.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans failed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans failed or were cancelled</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans finished</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans found</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans have stalled</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans haven&apos;t been compared with an earlier one.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans hidden.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans of this repository were started in the meantime. Check which one is yours.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans running</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans stopped</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans use the documented API.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected, hidden by the filter</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n servers</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n servers disconnected</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n similar findings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snoozed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snoozed, {criticals} critical</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n steps</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unknown, checking</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unknown, checking.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n views notify</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were changed but may not have been logged.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were changed elsewhere since then and were left as they are.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n withdrawn</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n {decision} before</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>(image not loaded: {address})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(no file)</source>
        <extracomment>Where Excel separates at semicolons, as in Germany, a cell may start after each of them.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(no title)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--filter can&apos;t select new findings or changed ones; only the window tracks what was seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--filter can&apos;t select snoozed findings; only the window tracks what is snoozed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--filter, at character {place}: {mistake}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 of {total} findings seen (stream only)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 of {total}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 critical finding is hidden by this filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 finding is hidden by this filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 withdrawn or fixed finding is hidden by this filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>14:00, yesterday, 2026-07-04 or 3h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A Heimdall server responds: {status}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A change has no context after it: git apply rejects it, except at the end of a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A dependency with a known vulnerability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A filter never hides stream-only findings for values that the server doesn&apos;t report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A finding counts as seen once its row was in view for 5 seconds, or once you open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A finding counts as seen only once you open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A finding without an ID can&apos;t be kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A link points to another server, {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A link points to {host}, where you&apos;re not signed in. Sign in to open it, or close this form if you don&apos;t know that server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A local scan&apos;s repository isn&apos;t on a code host.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new history was started. Live view continues.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new scan may create another patch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page of the repository list couldn&apos;t be loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page of the repository&apos;s scans couldn&apos;t be loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A person overrode Víðarr.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A person overrode Víðarr: {step}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A quotation mark isn&apos;t closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A repeat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A repeat: the scan has found it again since.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A replay doesn&apos;t contact a server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scan can be compared with an earlier one once it has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scan failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scan finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scan has stalled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scan that isn&apos;t on the board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A value is missing after {head}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A web page on {host} has no Heimdall content.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A web page on {host} is too long to search for scans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI explanation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI explanation finished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI provider switched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI verification</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI verification finished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI {verdict} at line {line}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>About %n lines may be missing here</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>About Heimdall Desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Accept %n</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %n proposals</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Accept all proposals…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept all…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept proposals of the selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept proposed decisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accepted risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>According to its status.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account: {who}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action, scan or setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activate, then press the new keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add one on the server&apos;s web page, or paste scan links.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add scans, paste a scan link or drop one here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to sort order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add user name and password to the proxy setting of this system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adding…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advisories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advisory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts are still counted and kept in the inbox. The card shows when the mute ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts held back by quiet hours, a mute or an open window are listed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>All %n scans finished with no findings.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>All files ({suffix})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All findings are listed; the log isn&apos;t offered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All findings are withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All nine stages ran.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of them are still running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of them were running at the last update.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All other settings apply.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All proposed decisions are reviewed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All reasons are saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All reasons shown are loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All scans of a repository that isn&apos;t on the board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All scans of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All shortcuts in the main window, grouped by task.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All stages</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>All stages ran except {stages} (skipped).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>All steps succeeded {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All withdrawn, fixed or snoozed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Already watched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also go to {scope}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also known as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also save sorting and grouping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also: {news}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Always</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An internal error in Heimdall Desktop stopped the watch. Run with --debug for details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An issue already exists.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An issue may have been created. Check the code host before you retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An issue was created.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Announced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Announced (stream only)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Announcements were lost %n times.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Another account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another account ({id})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another account has signed in to {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another version of Heimdall Desktop is running with this profile. Close it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer its prompt and try again, or use the token for this session only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any confidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anyone on the network path to this server could read the token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anything announced during that time is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anything announced in the meantime is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anything the stream of {scan} announced while it was disconnected is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anything they announced is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Apply this to %n selected findings?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Apr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arguments against</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arguments for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for the reason of critical findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the server&apos;s administrator to renew it. Also check the date of this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asks before a decision about at least so many findings is sent. It can be undone in any case.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asks why a critical finding was closed; the question can be skipped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At login, Heimdall starts in the tray, or minimised if there is no tray.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attack surfaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt {number} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt {number} failed: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt {number} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt {number} was cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt {number}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt {number}. {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Aug</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auto-watch new scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <extracomment>The same for the settings: a word to choose, and its consequence.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic ({name})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Based on %n past scans of this repository.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By severity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By time first seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV files never contain code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CVE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CWE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CWE unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can&apos;t check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can&apos;t check now: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can&apos;t reach {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can&apos;t reach {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can&apos;t reach {host}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can&apos;t save history to {path}: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can&apos;t save history: another program has locked {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can&apos;t save history: no space left for {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can&apos;t write a log in {folder}: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel scan…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the scan of {name} on the server?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled by user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled by {who}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled in {stage}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled {at}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled {at} in {stage}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled {at}, in the queue again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled {at}, running again as attempt {number}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled {at}, running again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled, in the queue again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled, running again as attempt {number}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled, running again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate trusted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change since the earlier scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes seen while watching are shown below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes you make here affect only the replay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changing {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check both and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its name, or enter its full path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check out the scanned version there, or choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that it is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the address and the account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the address and the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the code host.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the date of this computer, or contact the server&apos;s administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the proxy in front of the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the proxy settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the server address, and whether the network requires its own sign-in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the server address, or contact the server&apos;s administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the server address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check whether it succeeded before you retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check whether the address needs http or https.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checked again: not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checked {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checked {time} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking against the full list, {read} of {total}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking against the full list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking against the server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking for a while whether it restarts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the history for its result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Checks every %n min</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Checks name, address, encryption, server and sign-in one after the other, and shows the first that fails.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another editor in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another location</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another location.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose source folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <comment>selection</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear selection, then go back step by step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close it, or remove it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closing the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closing the window: keep running in the background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closing the window: keep watching, or quit if no scan is watched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closing the window: minimise it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closing the window: quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code and patches are left out; descriptions and advice are included.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code and patches are replaced by “code left out”; descriptions and advice are included.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code and reasoning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code, lines {first} to {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code, paths and names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collapse all groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collapse or expand a group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collapse or expand all groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Collapse them</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Collecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns: scan, connection, {shapes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns: {columns}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commas mean “or”. A leading minus or != means “not”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comment saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with an earlier scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Completed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Completed {at}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confidence rose to high.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Config</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Config scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirm</source>
        <extracomment>In the order of the keys. Source: behaviour.md 2.7.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Confirm all %n</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Confirm bulk actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed by Garmr {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed by Garmr.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed by Víðarr {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed by Víðarr.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed by a person {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed by a person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed by you {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed by you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed critical: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed high: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed: it did what the finding describes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirming {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect it on the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect it to GitHub, GitLab or Bitbucket on the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect to the Heimdall server you watch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected to {address}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected, no updates for {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection lost {time} ago.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contact the server&apos;s administrator, or add its certificate authority to this system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies have a file header added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies have a/ and b/ prefixes added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies have corrected line counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies have shortened leading context.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Copy %n rows</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %n rows as CSV</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %n rows as Markdown</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all lines shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy entire threat model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy finding ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy for --unidiff-zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy heimdall:// link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy scan ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy selection as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy selection as Markdown table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy selection as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the whole token again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy to get the full text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct or unset it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t compare the scans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t create a temporary profile: {reason}. Set TMPDIR to another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t create the issue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t create the issues.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t explain the finding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t load everything: {cause}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t load the history. {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t load the threat model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t load them. {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t mark the patch as applied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t open a fix request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t open the address in a browser.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t open {folder}. Its path was copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t play the recording {file}: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t read the recording {file}: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t save the screenshot to {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t save {file}: no space left on the disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t save {file}: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t start the embedded server: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t start {editor}: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t update the menu entry: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t use the notifications of this system ({problem}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t verify the finding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t write the result to standard output: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t write {file}: {problem}. Use another path for {option}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t write {path}: no space left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Couldn&apos;t write {path}: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts as seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts may be out of date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create an issue for each distinct title among the open findings in {scan}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create an issue for “{title}”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create issue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create issues</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create issues for all open findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create issues…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Creating issue, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Creating issues, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Critical</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Critical finding confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Critical, announced: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Critical: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Currently kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data as of {as_of}. Exported {exported} by {program}. Times in {zone}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data as of {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dec</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decided before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decided in an earlier scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decided in an earlier scan, not reviewed here yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decided since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decisions are proposed again in later scans of a repository. Only hashes of place and code are kept with them, never titles, paths or code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decisions kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decisions of earlier scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Declared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default settings are used and nothing is saved. Move the file away or make it readable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default settings are used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default: {keys}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Del</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete all decisions kept for later scans?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the history of scans that aren&apos;t on the board?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deletes their findings and logs, the usual stage durations, and all kept decisions. This can&apos;t be undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dependencies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dependency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Derived from its confidence, which is high; {source} findings start lower.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Describes the program and this computer, without names and findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Descriptions, advice, code and paths are included.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Descriptions, servers, scans and links are also left out; file names are removed from titles.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desktop notifications are held until quiet hours end, then shown as one summary.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desktop portal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detail below the findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detail beside the findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detail placed automatically</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Different decisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disagreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disagreements</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <comment>message</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss a finding first, or mark it as false positive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Dismiss all %n</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Dismissed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismissed by a person {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismissed by a person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismissed by you {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismissed by you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismissing {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Documented API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Documented API.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Don&apos;t keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done with warnings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Doubtful matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each argument must be separate, because a file name could add others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each decision is written to the server, with its reason as a comment. Undo restores the decisions; comments stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each step is checked before it is written. {count} are kept until you quit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier lines are missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ecosystem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Editor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Email</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Email and password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended {at}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended {at}, failed or cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended {at}, failed or cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended {at}, failed or cancelled: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended, failed or cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended, failed or cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended, failed or cancelled: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter a file name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter a program and its arguments.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter an address like https://heimdall.example.org.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter it, or use a session token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the editor itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter your account&apos;s email address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entry {number} of {key} was left out: {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events aren&apos;t arriving.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every alert is listed here, even if the desktop didn&apos;t show it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every field as the server sent it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every finding, with code, reasoning and status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything was reported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evidence and fix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exit code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expand all groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain with AI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explaining with AI, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Export %n findings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Export failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export failed: {problem}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported {exported} by {program}. Times in {zone}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extend selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Failed for %n findings.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Failed in {stage}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed or cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed {at}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed {at} at the step “{step}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed {at} in {stage}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>False positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer than two findings are selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files not scanned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files outside it are never opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter suggestions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter syntax</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter, such as sev&gt;=high -status:dismissed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter: {filter}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a shortcut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find any action, scan or setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding sections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Findings for %n scans haven&apos;t been loaded.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Findings for {name} haven&apos;t been loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings it didn&apos;t announce can&apos;t be shown here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings may be missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings not checked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings not loaded yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings that are confirmed or raised in severity return immediately.</source>
        <extracomment>What ends a snooze before its time.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings the server doesn&apos;t announce can&apos;t be shown here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings the server doesn&apos;t announce can&apos;t be shown here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fingerprint prefix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fingerprint unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished with no findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished {at} with no findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First seen since a given time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First seen within a time span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit to visible rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fix it</source>
        <extracomment>Fields with a fixed set of words: not a file, a scan or a title.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fix request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fix request failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fix request opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fix request started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fix the problem, or use another folder with --profile-dir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fix type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixed: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flow steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Following paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 1 day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 1 week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 3 seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For a spreadsheet; formulas are escaped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For an issue or chat message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For other editors. Not set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget source folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forgotten when Heimdall quits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found again since:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found in stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found nothing before it stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Found the scans of %n findings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Found {scans} and the scans of %n findings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Fr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free up space, or choose another location.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free up space. The next change will be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze rows (P)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Friday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From an earlier attempt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frozen at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Frozen at {time}, %n changes held</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Garmr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Git may reject this patch, and it can&apos;t be repaired without guessing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by CWE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by fingerprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group by: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTML page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTML report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handover saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handover: {scans}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Has fix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall Desktop can&apos;t start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall Desktop encountered an internal error while watching this scan. It retries automatically.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall Desktop encountered an internal error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall Desktop is already running with this profile but doesn&apos;t respond. End it, or use another folder with --profile-dir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall Desktop is already running with this profile, and its window can&apos;t accept {option}. Close it first, omit {option}, or use another folder with --profile-dir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall Desktop is already running with this profile. Use its window, or use another folder with --profile-dir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall Desktop was quit before the scans had ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall Desktop {version}: MIT licence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall Desktop: report of a problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall is still watching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall is still watching, minimised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall starts when you log in to the desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held back: quiet hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held back: quiet hours, then shown in “{title}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held back: scan in view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held back: scan muted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held back: window in focus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held by the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden while presenting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide content in notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hides code, titles, paths and names in windows and notifications.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hides titles, paths and repository names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High confidence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High, announced: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How Heimdall starts, and what closing its window does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How each server is reached, and a test that shows where a connection fails.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long keys 1 to 6 add a reason to a finding that was just closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How sure the server is of the finding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>How the %n pairs were matched</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>How the desktop and the server respond to a test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to show the patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How windows look. Changes apply to all windows immediately.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hunt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hunt agent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ID prefix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ignore the proxy settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In 1 hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In 4 weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In an empty filter: show recent filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the filter: accept the suggestion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the filter: show filter syntax</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the inbox: copy an alert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the inbox: mark read or unread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the keyring of this system: {keyring}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use: {proxy}, from the environment variable {variable}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use: {proxy}, from the settings of the system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In view for 5 seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inbox only so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inbox only, as set in Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inbox only: already notified</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Inbox, %n unread</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incomplete: severity counts don&apos;t match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incomplete: {counted}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incomplete: {read} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inconclusive: it couldn&apos;t be tested properly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Individual findings, by title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ingest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install one, or enter your own command in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install them with: {command}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installed the menu entry {file}. Links with heimdall:// open Heimdall Desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Issue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Issue linked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Issues</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Issues may have been created. Check the code host before you retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It appears here when it has been loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It becomes a comment on the server, which can&apos;t be changed or deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be cancelled now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be undone afterwards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It creates patches in the report stage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It doesn&apos;t exist or belongs to another account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It found nothing before that. This does not mean the code is clean.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has more than {limit} bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has more than {limit} values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It hasn&apos;t been scanned yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is being reopened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is nested too deeply.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have been added. Adding it again does no harm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have been cancelled. Check before you cancel it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have been changed; still checking.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have been done. Check the history before you retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have been removed, or belong to another account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have been started. Check before you start another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may not respond to other requests until that is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It only has recorded answers for some demo findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It reviewed the finding and left the confidence high. See its reasoning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It starts when the server has capacity.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was announced but isn&apos;t in the server&apos;s list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was at {place} {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was at {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was kept as {name}, and a new history was started. Live view continues.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was proven after it was decided.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was {severity}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was {was} {at} and is {now} here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Its %n findings were removed from the list.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Its alerts are in the inbox.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its alerts stay in the inbox.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its code isn&apos;t the same, or the match isn&apos;t unique. Compare before you accept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its findings so far are kept. The scan ends for everyone watching it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its model writes a change and opens a pull request in the repository.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its scan is no longer watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its scan isn&apos;t watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judgements that differ; those about Víðarr only where the history was read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jul</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep decisions for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep decisions on {folder} to propose them in later scans?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep on screen until closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep scans for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the token in the system keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps running as a minimised window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps running in the tray, or minimised if there is no tray.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps watching in the tray or minimised; quits if no scan is watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyring error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyring locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyring: {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last lines of the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last {hours} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latest: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latest: {title} in {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave replay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Legend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let {host} fix “{title}”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lets connections to {host} through.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likely a false positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line {line} of the recording {file} can&apos;t be read: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines it covers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines may be missing here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Links</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Links and IDs are looked up on this server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Links: heimdall:// isn&apos;t set up. Run heimdall-desktop --install-desktop-entry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Links: heimdall:// opens Heimdall Desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live data resumes after that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live view continues without history until the next start. Check the disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live view continues without it. Update Heimdall Desktop to use it again. If no later version was ever used here, the file is damaged; move it away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live view continues.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live view continues. Check its folder and free space.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live view continues. Check the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live view continues. Free up space; saving is retried.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live view continues. Saving is retried.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load reasons</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Load them</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Loaded from {host} {age} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loaded {at}. It can&apos;t be refreshed now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading findings for {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading history…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Loading reasons, %n left.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Loading repositories…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading running scans…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading scans…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the newest scans…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the threat model for {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading {read} of {expected} from {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local scans are available only in this program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Location</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Location unknown</source>
        <extracomment>What a stream doesn&apos;t announce.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Location, code, reasoning, status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log and current task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for the previous scan…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MIT licence. Qt and PySide6 are used under the LGPL, version 3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Manage views</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Manage views…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Manual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mar</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Mark all %n as false positive</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark all %n as fixed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Mark all as seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark all read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark as applied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark patch as applied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark the newest patch for “{title}” as applied?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark unread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marked as a false positive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marking patch as applied, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marking {done} of {total} as false positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marking {done} of {total} as fixed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marks the alert as unread in the inbox.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Maximum size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Medium</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu entries can only be installed on Linux and similar systems.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merged into “{title}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minimise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mitigated elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mo</source>
        <extracomment>The days of the week from Monday on, for a small button.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Monday</source>
        <extracomment>From Monday on.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More decisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More findings may still arrive. This does not mean the code is clean.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More in the manual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More log lines arrived between two checks than the server returns at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move towards the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move towards the start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute a scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute for 1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute repository</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute scan for 1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute this repository for 1 day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute this repository for 1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute this repository for 1 week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute this scan for 1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute this scan until it ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Muted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Muted until it ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Muted until {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name or branch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names are hidden. Show them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New critical finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New critical finding in {scan}: {title}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New finding in a saved view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New high finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New scans aren&apos;t being watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New scans on the current server are added to the board automatically.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New since {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New: not found in the scan {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newer patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest finding, resume following</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest scan vs. the one before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next Monday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next and previous control</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next and previous finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next flow step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next new or changed finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next: {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No CWE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No access</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No activity since {moment}, no updates for {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No address found for {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No alerts yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No changes yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No check has confirmed or refuted it yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No contact for {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data for 60 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data for {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No days are selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No decision is proposed for this finding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No decisions are known since then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No decisions are proposed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No desktop portal responds, so changes to the desktop&apos;s colours aren&apos;t detected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No doubtful matches are waiting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No earlier scan of this repository has completed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>No estimate (needs %n past scans)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No estimate yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No finding is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No finding selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No findings announced yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No findings are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No findings come from the {stage} stage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No findings counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No findings so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No findings were announced before it ended (stream only)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No findings yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>No findings yet in %n scans.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No findings, but {stopped} of {all} scans didn&apos;t finish.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No findings, but {streams} of {all} scans are stream only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No findings, not a clean result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No fingerprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keys have been changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No known editor was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No known issue for: {titles}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No longer critical: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No longer high: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No longer in {view}: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No longer visible to your account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No matching actions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No matching lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No matching settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No matching shortcuts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No menu entry to remove.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No notification daemon is running on this desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other finding is new or has changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No partial file was left behind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No proposals are waiting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No proxy is set on this system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No proxy is used for servers on this computer.</source>
        <extracomment>Each with the environment variable that decides it, and without one.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No repositories.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>No response from %n servers for a minute</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No response from a server for a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No response from {server} for a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No response since {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No response was received. Checking the history; nothing is sent again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No response.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No review is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scan ID found in {word!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scan at position {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scan found in this link.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scan found in this text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scan is being watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scan is selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scan to show.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scans are running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scans are watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scans watched yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scans yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No selected findings are snoozed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No server to search for scans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No server to search for that scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No servers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No snoozed findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No source folder was chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No stages were reported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No task reported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No threat model is stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No token for {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No token for {server}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No unread alerts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No updates for longer than usual for this stage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No updates for {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No updates for {time}, twice its usual time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No updates for {time}, usually takes {usually}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No valid response from {server} for {limit_s:g} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of these scans is visible to your account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all findings could be loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not available while presenting: it would show names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not available while typing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected from {began} to {ended}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected since {began}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected to {server}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not encrypted: the address starts with http.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not every page could be loaded. There may be more scans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not kept: you sign in again after a restart. Keyring: {keyring}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not loaded yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not picked up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not reported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not reported by the server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not saved: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not signed in. Its scans aren&apos;t watched until you sign in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not trusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not used: {proxy}, because the system excludes this server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not used: {proxy}, because {variable} excludes this server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not used: {proxy}, from the environment variable {variable}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not used: {proxy}, from the settings of the system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not visible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not watching, {problem}: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has been loaded yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is changed on servers: no decisions, comments, new scans or cancellations.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is new or has changed since you looked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing matches {filter}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing new in {stage} for {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to redo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to undo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was held back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notifications about critical findings don&apos;t disappear automatically.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notifications work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notify when a new finding matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nov</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Oct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offer reasons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Older patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the board: move between stages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the board: open a scan&apos;s menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the board: show a scan&apos;s findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the board: show a scan&apos;s stages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One change wasn&apos;t saved: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file with charts; prints well, loads nothing external</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file; prints well, loads nothing external</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One of the scans is incomplete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only activity from {stage}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only findings in {file} are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only for this session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only hashes of place and code are kept, never titles, paths or code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only regular files are opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the newest scans are listed. Paste links to older ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only this CWE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only this file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only two scans can be compared at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <comment>verb</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Heimdall to see it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a web page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open critical and high</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open fix request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open in browser…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open in editor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open in new window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open issue…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open on {host}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open pull request…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open report page…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open {host} in the browser?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opened {file} in {editor}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the replay…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or drop it anywhere on this window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other reasons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other scans, cancelling or starting scans, web pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other scans, log, threat model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own editor command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDF report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Package</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page {page} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parentheses aren&apos;t supported. To search for this text, put &quot;{text}&quot; in quotes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the path, wildcards allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste a scan link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste a scan link, or scan a folder on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste a token instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste links</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste only the links.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste scan links instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste the token you were given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patch applied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patch {place} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paths with a colon or control characters, and very long ones, are never opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused at {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person overrode Víðarr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PgDown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin or unpin scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin to top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play a recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play a recording…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play the demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play the demo or scan a folder to start it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Playback stops at that line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polled {time} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polling only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polling {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presenting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presenting: hide code, titles, paths and names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Ctrl+Shift+H to show it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Esc to keep the current keys, or Backspace to remove them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press {first} to {last} to give a reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press {keys} to quit. {way}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous flow step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous new or changed finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probably the same finding as {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probably the same finding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probably: {fact}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proof</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proof of concept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proposals come from these and from earlier scans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proposed and not reviewed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proven, but {status}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provided: {provided}. Not provided: {missing}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put text with spaces or commas in quotes: “sql injection”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put {file} where the editor expects the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qt and PySide6 are used under the GNU Lesser General Public License, version 3. You may replace them with other versions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queued for {time}, not picked up yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queued {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quiet for {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quiet hours for other days or times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quiet hours, line {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quiet since {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quiet until {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quits Heimdall and stops watching all scans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rationale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read this text, then add it to your report. It contains no names, addresses, findings, folders or tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read this text, then send it to whoever provides Heimdall Desktop to you. It contains no names, addresses, findings, folders or tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-only: change nothing on servers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-only: nothing is changed on the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason not saved: {title}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason: {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reassign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recently used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rechecking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rechecking, {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recommended status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnecting in {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record to a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record to a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recorded scans, works offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording to {file} stopped: it reached {limit} MB, the most that can be played.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording to {file} stopped: the disk is too slow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording to {file} stopped: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording {count} scans: {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording {name}: {time}, {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recordings ({suffix})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recordings this large can&apos;t be played.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo up to: {step}, {note}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redoing {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redone: {step}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>References</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Reject %n proposals</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Reject proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected proposals may come back, and decisions of scans that no server lists any longer aren&apos;t proposed. Nothing changes on servers. This can&apos;t be undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove these hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed the menu entry {file}. Links with heimdall:// no longer open Heimdall Desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Reopen all %n</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Reopening {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay of {day}, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay {pace}×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replays seven recorded scans. No account needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reported with another row of the same finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repositories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repository ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repository muted until {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repository name or scan ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requesting fix, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resets all commands to their default keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restart it. Details: Help &gt; Open log folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume following (P)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Retry %n</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Retry in {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry saving reasons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry the decision; its reason follows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retrying in {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retrying now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review proposed decisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Risk {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row height: comfortable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row height: compact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row height: standard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows appear as they arrive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows that are normally collapsed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run self-test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running for {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SARIF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same as system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saturday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as a view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as a view…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save handover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save patch…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved to {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved view matched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving {done} of {total} reasons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scales text, icons and spacing together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan</source>
        <comment>verb</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Scan %n folders?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Scan ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan a folder on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan a local folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan a local folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan a repository or a local folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan a repository…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan at that position on the board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Scan failed after %n attempts.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Scan failed in {stage} after %n attempts.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Scan failed in {stage}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan is in stage {number} of {all}, {stage}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan links or IDs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan links or IDs, one or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan of {day}, started {begin}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan of {day}, {begin} to {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan of {scan} finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan of {scan} has stalled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan of {scan} has stalled in {stage}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan of {scan} stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan of {scan} stopped in {stage}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan status and times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan stopped in {stage}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan stopped in {stage}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan stopped: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan {folder}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan {scan_id} doesn&apos;t exist or isn&apos;t visible to this account. Check the ID, the account and the address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scanner or Víðarr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scanners on this computer read its files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scans are being watched. Findings from before this start raise no alerts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scans of the repository</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scans on the board aren&apos;t deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scans that are no longer on the board are deleted from history after this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scans that have ended are under Recent and Repositories.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Script</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See how it works</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See its page on the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See the finding&apos;s web page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a finding first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a row to see its evidence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a single finding first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select another row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select or deselect this finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Self-test {at}: accepted in {ms} ms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Self-test {at}: not shown. {cause}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send it unencrypted anyway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sensitive data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Separate terms with spaces. A finding must match all of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server dropped events: catching up</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Server dropped events: caught up, %n recovered</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Server dropped events: caught up, none lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server {address}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Servers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Servers are numbered and scans have their IDs. Names, addresses, findings, folders and tokens are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Servers don&apos;t accept the value {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session expires in {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set HEIMDALL_TOKEN or sign in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Set all %n to {word}</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Set one up in the server&apos;s settings, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set one up in the server&apos;s settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set up a keyring, or use the token for this session only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Setting the severity of {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings: {page}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Severity</source>
        <extracomment>Every column, the most needed first: the status outlives the scan, so that a decision is seen.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Severity {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Severity {word}, %n findings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Severity, confidence and line also accept &gt;=, &gt;, &lt;= and &lt;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Severity: {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Severity; withdrawn and fixed findings have none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift handover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Show %n</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Show Heimdall</source>
        <extracomment>Some desktops read the body as markup and others do not, and Qt does not report which: so markup characters become lookalikes. In menus &quot;&amp;&quot; would mark a key.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show inbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Show more (%n characters)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Show report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show snoozed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show stages</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Show them</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Show typed text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show view {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Showing data saved {at}, read-only until the connection is restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Showing the newest {shown} entries; {older} older ones are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown in the tray: no desktop notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown on the desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows a desktop notification.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows a notification, and checks keyring, desktop portal, server, tray, links and start at login.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in there first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in to a server to see how it is reached, and to test the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in to that server and paste the scan ID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in to {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in, paste a scan link or drop one here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign out of {server}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in as {account}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in to {host}. You can change this here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in with a token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed out here, but {host} couldn&apos;t be notified.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Signed out of %n servers</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Signed out of a server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed out of {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed out of {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed out of {server}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed out {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing out ends the session on the server and deletes the token here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signs in to a Heimdall server, whose scans can then be watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since the program was started, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since the start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since {time}: {news}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Single letters act on findings, such as C to confirm. When off, they do nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Single-letter shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snooze ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snooze: {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snoozed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snoozed until {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snoozed until {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some scans hadn&apos;t ended, or their results are incomplete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort ascending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort by: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort descending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound requires a desktop notification.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source folder of a repository that isn&apos;t on the board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source folder of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source: {server}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source: {server}, scan {scan}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Specify it with --server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split view needs a wider pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage stalled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage that found it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stages appear here once a scan is watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stages come from the stream (dots: not reported).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stages it reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stages it reports (dots: not reported)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stages it reports, here {count} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stale</source>
        <extracomment>Actions that are absent if nothing may be changed on a server.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stale for {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a scan to watch it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start at login: off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start at login: on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start it in a terminal to see why, or choose another editor in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the scan again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start with the editor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started about {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started with --read-only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting a scan of {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting the demo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting the embedded server…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Startup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State or verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Static</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Static analysis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Static analysis found the same weakness at line {line}: that finding is {theirs}, this one is {ours}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Static {verdict} at line {line}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step {number} of {count}: {role}, {text}, {path}, line {line}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop watching some of them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped after {timeout_s:g} s (--timeout).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped by a cancel request in {stage}. The server reports it as failed: no attempts are left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped by a cancel request. The server reports it as failed: no attempts are left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stream only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stream only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stream only: findings the server doesn&apos;t announce can&apos;t be shown here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Su</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggested fix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggested patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggested patch, after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggested patch, before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sunday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS with the proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taint analysis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test the connection to a server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Testing. Each step has up to 10 seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text in the description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text in the title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text in title, path, CWE, fingerprint or ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Th</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That decision counts; its proposal is gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The AI found the same weakness at line {line}: that finding is {theirs}, this one is {ours}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The AI model used by {host} failed: {answer}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The AI&apos;s answer couldn&apos;t be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The AI&apos;s answer was empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The German texts were made by the developers of Heimdall Desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account may have been created. Try to sign in with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The argument with {file} contains spaces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cancel request arrived between two attempts. The scan runs again as attempt {number}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cancel request arrived between two attempts. The scan runs again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of {host} isn&apos;t trusted: {flaw}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of {host} isn&apos;t trusted: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The colours of all windows. “Same as system” follows the desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The comment is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The compressed response from {host} is corrupt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to the desktop&apos;s session bus was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to this server is unencrypted, so anyone on the network path can read the token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to {host} was lost before a response arrived.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to {host} was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The decision isn&apos;t saved, so its reason wasn&apos;t sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The decisions are saved.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The desktop closed Heimdall Desktop before the scans had ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desktop didn&apos;t respond within {limit_s:g} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desktop shows no notifications. Alerts are shown in the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desktop&apos;s session bus can&apos;t be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The email address is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server didn&apos;t find the folder within {limit_s:.0f} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server didn&apos;t start within {limit_s:.0f} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server doesn&apos;t accept the folder: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server has no AI model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server has stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server scans it here. Nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server stopped ({code}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server stopped ({code}): {last_words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server stopped immediately.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The entries shown may be out of date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file and the line of the finding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is left as it is. The settings saved last are used, or else defaults.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is missing from the command.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of a finding opens at its line in this program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The filter has an error</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The filter hides %n of them.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The filter {filter} is active.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The finding doesn&apos;t say which scan it belongs to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The finding&apos;s history doesn&apos;t show whether it succeeded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The finding&apos;s history showed no result of the fix request for half an hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first findings usually come from static analysis.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fix request is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fix request is running, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The full texts of %n findings are missing: they couldn&apos;t be loaded from the server.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The height of rows in the findings table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history can&apos;t be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history {path} is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history {path} was written by a later version of the program ({version}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history {path} was written by an earlier version of the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring didn&apos;t respond within {limit_s:g} s; it may be showing a prompt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring has no token for this server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring is locked and wasn&apos;t opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring returned an error ({kind}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The kind of analysis that found it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language model finds the same code in other words each time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language of all windows. It changes when Heimdall starts again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The least certain first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The licences of Heimdall Desktop and of the libraries in use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The licences of Heimdall Desktop and of the libraries in use. Choose a text above: README says how to replace Qt and where the sources are. The texts are in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The limit of stored findings is reached; review the rest on the server. This does not mean the code is clean.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The links don&apos;t identify a single server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list is being checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list is polled every few seconds instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list was reloaded instead. Everything else continues.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The log lists them.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The name service didn&apos;t find {host} in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network proxy refused the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network proxy requires a sign-in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The newest patch is already marked as applied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notification daemon refused the notification ({problem}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notification requests a sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number of the weakness in the CWE list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The part recorded so far can be played.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The patch is marked as applied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program and its arguments. {file} and {line} are replaced with the file and the line of the finding. No shell is involved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program must not depend on the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proof of concept didn&apos;t confirm it, but it is confirmed or of high confidence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proof of concept succeeded, but the status is “{status}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proof of concept succeeded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy setting {variable} can&apos;t be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The reason is known for {known} of %n dismissed or false-positive findings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The reasons of %n findings aren&apos;t loaded.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The recording {file} is larger than {limit} MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The repository isn&apos;t connected to GitHub, which fix requests need.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The repository isn&apos;t connected to an issue tracker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The repository isn&apos;t muted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The repository of that scan is unknown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The repository of the finding; automatically only if several scans are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The repository of this finding is unknown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The repository of this scan is unknown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The request isn&apos;t retried.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The response from {host} comes in too many pieces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The response from {host} is too long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The response from {host} uses an unsupported compression.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rest couldn&apos;t be parsed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rest wasn&apos;t sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same, paginated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan ended before Tyr created a threat model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan failed before it found anything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan failed in {stage} before it found anything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan failed or was cancelled before it announced anything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan failed or was cancelled in {stage} before it announced anything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan has ended, but its list of findings wasn&apos;t loaded completely.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan is muted until {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan is waiting for its turn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan isn&apos;t muted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan isn&apos;t watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan of {scan} didn&apos;t complete. The comparison uses its partial results.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan of {scan} failed or was cancelled: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan of {scan} failed: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan of {scan} hadn&apos;t ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan of {scan} is incomplete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan of {scan} was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan was cancelled before it found anything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan was cancelled in {stage} before it found anything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan&apos;s server address can&apos;t be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scanned repository.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server address is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server announced 0 findings (stream only)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server closed the stream.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server continues. The result appears here when it arrives.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server couldn&apos;t create the fix: {answer}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The server counts %n findings, but lists {listed}.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server counts %n findings. Not counted here: {left_out}.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The server counts {total} so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The server counts {total}; %n not received</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The server doesn&apos;t have this finding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server doesn&apos;t offer the missing items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server doesn&apos;t report whose token it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server dropped events at {began}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server dropped events from {began} to {ended}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server dropped some events.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server dropped the connection on every attempt. Another attempt would fail too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server ended the session, and the token was deleted here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server gave no reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server has more repositories. Paste links to their scans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server has no health check, which is fine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server has no patch for this finding, only advice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is already working on this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is busy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is busy; retrying in {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is still working on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server makes up to three attempts, even after a cancel request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server may need http instead of https.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server may restart it. Checking whether it does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server may retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server may retry. This was attempt {number} of {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server reports no total</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server reports this scan as completed, but is still working on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server responds, but not for this scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server returned a different finding than requested.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server returned a different scan than requested.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server returned a token that can&apos;t be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server returns only the newest lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sent a row that couldn&apos;t be parsed: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sent a row that is too long to repair.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sent no code for this location.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s response contains a time that couldn&apos;t be parsed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s response contains too many values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s response couldn&apos;t be parsed: invalid JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s response couldn&apos;t be parsed: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s severity counts don&apos;t match its list of findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session expires in {time} ({moment}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session on the server is still open. It expires automatically.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session on the server may still be open. It expires automatically.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session token is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings can&apos;t be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings saved last are used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store of this system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream is active, but the API doesn&apos;t respond.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream is active, but the API hasn&apos;t responded since {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream of {scan} ended without reporting how many findings there are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream sent an event without an end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream sent too much data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream was silent for too long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text of this finding is too long to keep in full. It is loaded when you open the finding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text of this finding is too long to keep in full. See the finding&apos;s page on the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The threat model hasn&apos;t been stored yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The threat model is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token contains invalid characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token is longer than the {limit} characters that this system&apos;s keyring allows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token is safe but can&apos;t be read: the keyring is locked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The version, its licences, and the folders in use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window was closed before the scans had ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {stage} stage is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {stage} stage may be stuck.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {stage} stage usually takes {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no scans to mute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to ignore.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These findings were selected manually.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They work only in findings and detail.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This build doesn&apos;t list its other parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This build has no manual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This can&apos;t be undone on the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This copy of Heimdall Desktop is incomplete. Download and install it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This does not mean the code is clean.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This finding can&apos;t be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This finding has no flow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This finding has no patch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This finding hasn&apos;t been loaded yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This finding is no longer watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This finding names no file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This finding&apos;s scan isn&apos;t watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This folder doesn&apos;t exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the largest size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the smallest size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This isn&apos;t a session token: it contains spaces or invalid characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This isn&apos;t a valid file name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This isn&apos;t a valid server address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This link contains more than a server, a scan and a finding; the rest could be a token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This link contains {name!r}, which isn&apos;t allowed because it could be a token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This link matches several of your servers. Which one do you mean?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This link matches several servers: {servers}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This link points to another server, {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This link points to {host} on this computer, where no scan of this window is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This may create many issues that others can see. They can&apos;t be removed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This may take several minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This notification was sent by the Heimdall self-test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This only adds a note; no files are changed. It can&apos;t be undone on the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This part can&apos;t be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This patch contains control characters. Check it before you paste it into a terminal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scan doesn&apos;t exist or belongs to another account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scan has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scan has no finding with this ID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scan hasn&apos;t been loaded yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scan hasn&apos;t ended yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scan is no longer watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scan is played from a recording.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scan isn&apos;t visible to your account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scan rates it higher than the one in which it was decided.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scan&apos;s server runs only as long as this program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server announces findings but doesn&apos;t list them, so earlier decisions are unknown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server announces findings but doesn&apos;t list them, so they can&apos;t be compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server announces findings but doesn&apos;t list them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server announces findings but doesn&apos;t list them. Details that are unknown here may exist on the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server doesn&apos;t accept decisions on findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server doesn&apos;t offer patches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server doesn&apos;t offer the log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server doesn&apos;t offer the threat model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server doesn&apos;t offer web pages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server doesn&apos;t support AI explanation or verification.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server doesn&apos;t support cancelling scans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server doesn&apos;t support creating issues for all findings in a scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server doesn&apos;t support creating issues.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server doesn&apos;t support fix requests.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server doesn&apos;t support starting scans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This session keeps no history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This session keeps no log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This session keeps none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This session only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system didn&apos;t show the notification.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system doesn&apos;t allow Heimdall to show notifications.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system doesn&apos;t report when the screen is locked, so nothing is hidden then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system has no usable keyring: none responds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system has no usable keyring: the configured one doesn&apos;t work here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system has no usable keyring: {module} doesn&apos;t store secrets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This text is too long to be a list of links.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This was changed to {word} elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Those decisions count; their proposals are gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threat model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threat model, patches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thursday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Titles, paths, reasons and scans are included. A handover has no code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To do this, start Heimdall Desktop without --replay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To scan a local folder, these scanners are missing: {scanners}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token for {host}, not checked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token for {host}, not checked yet. You can change this here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token not accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token not accepted by {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token not accepted {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token not accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token, not checked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many requests to {host} are waiting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many scans for the window that is already open. Specify fewer scans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took about {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took {time}. {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Translation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tray: available.</source>
        <extracomment>Parts that are on or off, or have a name; the texts with a name, and without.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tray: none. Closing the window minimises it instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Triage status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Triage, comments, patches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tried {url}. {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trust boundaries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trusted certificates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again, or use the token for this session only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again. Details: Help &gt; Open log folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tuesday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn read-only off in the command palette.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type an action, scan or setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tyr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tyr (stage 2 of 9) creates it and hasn&apos;t started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tyr (stage 2 of 9) creates it and is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tyr failed before a threat model was stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tyr finished without one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tyr was skipped, so there is no threat model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unchecked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unconfirmed: it ran and didn&apos;t succeed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo anyway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo up to: {step}, {note}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undoing {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undone: {step}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unique fingerprints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown, checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock and retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock it and try again, or use the token for this session only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unmute this repository</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unmute this scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unnamed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unread. {title}. {scan}. {outcome}. {moment}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsnooze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsnoozed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until it ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until the next key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Untrusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unverified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unverified, marked as fixed {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unverified, marked as fixed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unverified.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update to play it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update view {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upheld by Víðarr.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upheld, but proof unconfirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use --compare with one earlier and one later scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use --server with the address of {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a link like heimdall://server/scan/&lt;id&gt;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a longer --timeout.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a scan ID or a link like https://server/scans/&lt;id&gt;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use an HTTP proxy or unset it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use http</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use https://, or add --allow-http to send them anyway.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use https://, or allow an unencrypted connection below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use it for this session only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the address of the Heimdall server itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the link to the scan&apos;s web page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the tray icon to reopen the window or quit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usually {time}, shortest {shortest}, longest {longest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verification</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verify with AI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verifying with AI, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version 2.1.0, for code hosts and other scanners</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {version}, with Qt {qt}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version: {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View {name}, changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Views</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Víðarr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Víðarr reviewed it but neither confirmed nor refuted it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Víðarr, attempt {number} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for a response.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the keyring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the response.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the responses.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the server to check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wallboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wallboard – Heimdall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Was {word}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Watch %n scans</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Watch Heimdall security scans live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watches security scans while they run and notifies you once, when it matters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watching is paused until you sign in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watching is paused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watching is paused. The displayed data is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watching then pauses until you sign in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weakness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weakness type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wednesday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What Heimdall Desktop does, its options, and what it keeps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it includes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it reported is lost. Everything else continues.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What keys do. To change a shortcut, click its button, then press the new keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What may interrupt you. Every alert is kept in the inbox; “Inbox” sets whether it counts as unread.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What others can see of scans and their findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the findings table shows, and how findings are worked through.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this computer keeps of scans and their findings, so that they are available after a restart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this server provides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was decided about the finding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>When and by whom is known for {known} of %n decided findings: those decided here, and those whose history was read.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>When history reaches this size, nothing more is kept until some is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When on, requests to this server go there directly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the server first reported the finding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the session expires isn&apos;t known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where</source>
        <comment>folder</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where scans come from, and what may be changed there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the open finding is shown: beside the table or below it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where to start the fix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where tokens are kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where you are signed in, for how long, and where tokens are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Whether a person overrode Víðarr is known only where the history was read: %n findings.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Whether decisions on this local folder are kept for its later scans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which judgements differ; automatically only if the filter is about it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>While you were away: %n critical</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>While you were away: %n findings in saved views</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>While you were away: %n findings in “{view}”</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>While you were away: %n high</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>While you were away: {critical} critical, {high} high</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>While you were away: {news}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who found it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it was dismissed or is a false positive, as far as histories have been loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it was dismissed or is a false positive, once loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it was flagged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window only: no desktop notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window only: refused by the desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With a fix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With the embedded server, no account needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With these settings, quiet hours never end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With warnings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With warnings: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn by Víðarr {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn by Víðarr.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn by a person {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn by a person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn by you {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn by you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: announced, but not in the server&apos;s list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: dismissed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: false positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: fixed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: no longer in the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: none are still critical</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: none are still high</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: none are still in the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: now critical</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: now high</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: now low</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: now medium</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: scan no longer visible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: scan no longer watched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: server no longer watched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: severity changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: signed in again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: signed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: the scan continued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: the scan ended differently</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: the scan is running again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: the server responds again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without encryption (http://), anyone on the network path to {host} could read the token and the findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a comment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing {done} of {total} findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You (elsewhere)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can change what closing the window does in Settings, under Startup.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>You can drag at most %n rows. Export them instead.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>You can shorten words as long as they stay unambiguous: sev:crit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have no other running scans. Other users&apos; scans may be ahead, or the server may have lost this one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You overrode Víðarr: {step}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You&apos;re not signed in to {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your session on {host} ended {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your session on {host} ended. Watching is paused until you sign in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your session on {host} expires in {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your session on {host} expires soon. Sign in to start a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a stage failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {number} h left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {number} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accepted risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all findings in scope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an empty address</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>announced {time}, nothing else is known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attempt {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by file, CWE, title and code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by file, CWE, title and code, {count} of them moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by severity, then first seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>can&apos;t reach {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>client certificate required</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>code left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>confidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>config scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>confirmed elsewhere</source>
        <extracomment>Only a person sets these (protocol.md 5.6), and decisions made here are no news.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connection failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>critical</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dashed outline: unverified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dismissed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dismissed elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done, with warnings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>duplicates, counted once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed or cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>false positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>findings in %n scans</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>findings in {read} of %n scans</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>fixed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the finding itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>garmr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>handover {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heimdall:// links don&apos;t open scans of a server on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heimdall:// links don&apos;t open scans of this server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>help bug issue diagnostics support error feedback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>help diagnostics check notifications keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>help documentation handbook guide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>help keys hotkeys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>help log file logs directory diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>help query language fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>help version licence license folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hidden by the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>high</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hunt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>if still failed after 30 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>immediately, then merged for 10 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in table order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the order shown in the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the scan of {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ingest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it belongs to another address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it belongs to another name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has exited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it isn&apos;t valid yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kind of change between scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kind of disagreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kind of proposal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>known only from its stream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>licence not stated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>line {line}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lines {first} to {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loading reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>location unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>low</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>marked as applied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>marked as fixed elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>may restart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>may retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>medium</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>memory, for this session only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mitigated elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moved from {old} to {new}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moved, not new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new since {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>newest (the one that counts)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no common TLS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no content type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no estimate yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no longer confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no longer fixed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no longer found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no longer valid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no longer withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no response about the name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no space left on the disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no updates for twice its usual time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no view notifies yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none. {cause}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not a diff, shown as received</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not offered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not reported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not started, cancelled in an earlier attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not started, failed in an earlier attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now fixed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on {day} at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>once per incident</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>page {page} of {pages}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>part of a finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>probably the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>probably the same (other code, another file, or several alike)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider switched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recorded {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused by the proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>replaces the first alert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>root folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rule {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running, no updates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same rule and file, or the same fingerprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>self-signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sensitive: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>server busy, waiting {wait}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>severity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>severity or verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>severity {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>severity {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shift report page decided snoozed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>since last scan: {changes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>solid outline: confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stage that produces findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stage {number} of {total}, {stage}, {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>started {at}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>static analysis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>status {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>still active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stream only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>taint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>taint analysis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>test code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the next day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the proxy requires a password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server gave no reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the source folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this account, elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>timeout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>today at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token not accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tomorrow at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tomorrow {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tonight at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too long for a diff, shown as received</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>truncated by the server at {limit} bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>type it below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tyr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unavailable: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under 1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown issuer</source>
        <extracomment>What OpenSSL reports about a certificate.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until it ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unverified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>verdict {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>víðarr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting for you to sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was {severity}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>while the window isn&apos;t focused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{account} at {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{action}: {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{action}: {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{age} old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{attempt}. {time} since the start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{before} and {after} are different repositories. Compare two scans of the same repository.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{before} to {after}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{body}. %n confirmed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{body}. %n with high confidence.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{body}. {count} confirmed, %n with high confidence.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{branch} at {commit}, scan of {day}, started {begin}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{branch} at {commit}, scan of {day}, {begin} to {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{branch}, scan of {day}, started {begin}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{branch}, scan of {day}, {begin} to {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{cancelled}. The server doesn&apos;t report when.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{cause} The session on the server expires automatically.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{command}: {subject}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{counted} checked {time} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{counted} checked, live ones {time} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{counted} checked, oldest {time} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{counted} loaded, checking the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{counted} loaded, waiting for the server</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{counted}, %n couldn&apos;t be parsed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{counted}, %n scans stream only</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{counted}, checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{counted}, retrying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{counted}, retrying in {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} decided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} documented API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} doubtful</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} keyring locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} moved, not new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} no access</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} not trusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} polling only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} probably the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} proposed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} quiet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} rechecking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} reconnecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} reconnecting in {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{count} repeats of a retried scan are collapsed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} repeats of a retried scan are shown.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{count} replayed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} signed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} snoozed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} stale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} stream only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} unreachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} waiting {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} with keyring error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} withdrawn or fixed, not counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} {decision}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} {decision} ({criticals} critical)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} {severity}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{created}, {linked}, for {covered} of {findings} findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{days}, {start} to {end}, {note}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{days}, {start} to {end}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day} {month}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day} {month} {year}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day} {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{decision} by another account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{decision} by rule {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{decision} elsewhere with this account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{decision} here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{decision} in an earlier scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{decision} {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{decision} {when} by another account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{decision} {when} elsewhere with this account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{decision} {when} here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} done, {failed} failed, {unsent} not sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} done, {failed} failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} done, {unsent} not sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n reviewed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total} redone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} stages finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{editor} failed immediately (exit code {code}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{editor} needs a terminal, and none was found that takes this file name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{editor} wasn&apos;t found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{error} Checked again: it didn&apos;t succeed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{error} Checked again: not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{error} No repository was added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{error} No scan was started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{error} The scan wasn&apos;t cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{event}: {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{fact}, but loading failed: {cause}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{fact}: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field} doesn&apos;t support &lt; or &gt;. Write {example}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field} isn&apos;t a field. Did you mean {guess}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field} isn&apos;t a field. To search for this text, put &quot;{text}&quot; in quotes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} already exists and will be replaced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} can&apos;t be read: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} couldn&apos;t be parsed and was kept as {name}. {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} has invalid values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} isn&apos;t a Heimdall Desktop recording.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} isn&apos;t a regular file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} isn&apos;t a usable path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} isn&apos;t in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} leads out of the source folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} was recorded by a newer version of Heimdall Desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{findings}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{findings} so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{findings}, about {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{findings}, {left_out}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first} or {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} can&apos;t be used: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} can&apos;t be written. Make it writable, or use another folder for --profile-dir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{form}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{form}, {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{form}, {size} of about {whole}, {left} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{found} of {findings} open findings known here now have an issue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hidden} of {total} findings aren&apos;t in this report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} (via proxy {proxy})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} accepts the token: it responded to a request about a scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} can&apos;t check tokens. The first response about a scan will show whether it accepts this one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} creates it in the repository&apos;s issue tracker, where others can see it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} didn&apos;t accept a connection in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} didn&apos;t respond in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} didn&apos;t return a web page to find scans on ({status}, {kind}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} doesn&apos;t accept the token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} doesn&apos;t accept this email and password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} doesn&apos;t have this API path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} doesn&apos;t offer TLS that this system accepts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} doesn&apos;t offer password sign-in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} doesn&apos;t respond like a Heimdall server ({status}, {kind}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} doesn&apos;t respond like a Heimdall server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} failed without reporting the result of the request: {answer}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} has no AI provider set up, so no scan was started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} has no AI provider set up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} has no web page to find scans on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} has removed this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} has the address {address}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} is an address, so there is no name to find.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} is busy and requests a wait of {wait_s:.0f} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} is still working on one of your requests.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} isn&apos;t a usable address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} redirects to {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} refused the TLS connection. It may require a client certificate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} refused the request: {answer}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} refuses connections.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} requires a client certificate, which Heimdall Desktop doesn&apos;t support yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} responds, but reports nothing about this scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} returned an error: {answer}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{index} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kept} kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kept} of ~{all} kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} alone is used to move or type. Add Ctrl or Alt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} is assigned to “{owner}”. Reassign it to “{command}”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} is reserved for “{action}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} can&apos;t be {value}, so {used} is used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind}: {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{known} of {total} findings checked against the server {time} ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{known} of {total} findings checked {time} ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{known} of {total} findings in {scans} scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{known} of {total} findings loaded, loading the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{known} of {total} findings loaded, waiting for the server</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{known} of {total} findings recorded</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{known} of {total} findings shown, adding the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{known} of {total} in {scans} scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{left} of {named} not watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{limit} alerts are kept, the oldest from {day}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{line}: {part}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{missing} of {total} repositories couldn&apos;t be loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{missing} of {total} scans couldn&apos;t be loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{missing} of {total} scans don&apos;t exist or belong to another account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{mistake}  The last valid filter stays active.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{moment}, in an earlier attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{moment}, in stage {stage}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{more}; copying includes everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{most} scans are watched. More would slow down the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{names} and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{names} and others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, already watched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {scan}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{news} since {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{new} new, {fixed} fixed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} MiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} of {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{old} → {new}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{operator} takes one {kind}. Write {example}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{pace}×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{part} {version}: {licence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{part}: failed after {ms} ms. {cause}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{part}: none; tokens are kept for this session only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{part}: {name}, responded in {ms} ms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} can&apos;t be used: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} couldn&apos;t be parsed. {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} isn&apos;t a Heimdall Desktop history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: settings, and the layout of windows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the history of scans and their findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the log, with details of errors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}, from the environment variable {variable}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}, the store of this system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{program} is a shell or a batch file, which could run parts of a file name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{program} wasn&apos;t found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{ran} of {all} stages completed; {stages} didn&apos;t.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{ran} of {all} stages ran; not reported: {stages}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rate} per second, {time} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{read} of {total} findings in {scan} were loaded; no more can be kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{read} of {total} findings loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{read} of {total} loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reason}, {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scans} and {findings}, {size} MiB. Scans on the board aren&apos;t deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scans}: {findings}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan} Pinned.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan} is no longer muted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan} is no longer watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan} no longer has this finding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan} {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}, {place}. High confidence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}, {place}. Not yet verified.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}, {place}. The validator agrees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}. {mute}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: completed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: ended (failed or cancelled).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: not connected from {began} to {ended}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: not connected since {began}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: the server dropped events at {began}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: the server dropped events from {began} to {ended}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: {fact}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: {findings}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: {stage}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seen} of {total} findings in {scan} were seen; no more were announced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seen} of {total} seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{server} doesn&apos;t accept the token. Sign in again, or set HEIMDALL_TOKEN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{server} responds, but reports nothing about scan {scan_id}. Check the ID and the address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{severity}, not verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shortest} to {longest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shown} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shown} selected, {hidden} more hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{signal} ended the run before the scans had ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} KB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size}, code left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size}, code, paths and names left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}, confidence {confidence}, first seen {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}, {cwe}, confidence {confidence}, first seen {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{span} per bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stage} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stage} is taking longer than ever</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stage}, attempt {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{status}, severity {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step}, now {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step}, with severity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{tag}: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} isn&apos;t supported between terms. All terms must match; commas mean “or”, a minus means “not”. To search for this text, put &quot;{text}&quot; in quotes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{thing}: {action}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} elapsed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} of {length}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{time}, %n changed elsewhere since then</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{time}, %n scans</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{time}, changed elsewhere since then</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time}, reason: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time}, undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} was decided elsewhere meanwhile: {word}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}. {scan}. {outcome}. {moment}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{unknown}, can&apos;t be changed here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} can&apos;t be shown. Did you mean {guess}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} isn&apos;t a CWE number. Write cwe:89.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} isn&apos;t a line number. Write line:88, line:80-92 or line&gt;=80.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} isn&apos;t a time span. Write new:10m, new:2h or new:1d.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} isn&apos;t a time span. Write {example}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} isn&apos;t a time. Write since:14:00, since:2026-07-04 or since:yesterday.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} isn&apos;t a {kind}. Did you mean {guess}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{variable} names a SOCKS proxy, which isn&apos;t supported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{version} on the newest connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{version}, certificate issued by {issuer}, valid until {ends}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{version}, certificate trusted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{view}, announced: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{view}, changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{view}, notifications on</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{view}: %n new in {scans} scans</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{view}: %n new in {scan}</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{view}: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{waiting} of {total} scans hadn&apos;t settled after {timeout_s:g} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{weekday} {day} {month}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: no longer waiting, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: result unknown, checking, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: result unknown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{whole}.{tenths}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} changed it since then; it was left as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} changed this to {word} {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} changed this to {word}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who}, overriding a value set by a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who}, seen while watching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who}: {fact}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}. Can&apos;t check now: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}. Couldn&apos;t load everything: {lacks}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{word} can&apos;t be combined with other values. Write {example}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{word}, %n findings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{word}, {place} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>~{number} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>~{number} m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>~{number} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“Start at login” is off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{owner}” keeps {keys}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{owner}” will have no shortcut.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>… %n more lines</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… (%n more characters in this line)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… (%n more characters)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>≈ {time}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
