<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name></name>
    <message>
        <source> to </source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>%n actions done again.</source>
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
        <source>%n bytes</source>
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
        <source>%n could not be read.</source>
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
        <source>%n events could not be understood.</source>
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
        <source>%n files are binary, or of a kind that no scanner takes.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files not looked at</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files of {scan} were not looked at. That is no all-clear.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files were not looked at.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are critical or high and were not so before.</source>
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
        <source>%n findings are hidden by this filter, all of them withdrawn.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings are hidden by this filter, {criticals} of them critical, {withdrawn} withdrawn.</source>
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
        <source>%n findings are hidden by this filter, {withdrawn} of them withdrawn.</source>
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
        <source>%n findings failed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings of the stages before are kept.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n findings of {scan} could not be read. The server counts them, but does not list them.</source>
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
        <source>%n issues created</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines, the oldest is of {day}. Up to {limit} are kept.</source>
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
        <source>%n new criticals</source>
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
        <source>%n new findings. Go there</source>
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
        <source>%n not looked at</source>
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
        <source>%n of them were running when they were last heard of.</source>
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
        <source>%n scans are not compared with an earlier one.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans are not followed.</source>
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
        <source>%n scans gave no good answer.</source>
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
        <source>%n scans hidden.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scans of it were started meanwhile: look which one is yours.</source>
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
        <source>%n scans, {words}</source>
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
        <source>%n servers</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n servers cut off</source>
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
        <source>%n times announcements were lost.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unanswered, looking</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unanswered, looking.</source>
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
        <source>%n were changed from elsewhere since; they were left as they are.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were changed, but perhaps not logged.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>(no file)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(no title)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(picture not loaded: {address})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--filter asks what is new, which only a window knows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--filter asks what is snoozed, which only a window knows.</source>
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
        <source>1 scan at {pace}×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 withdrawn finding is hidden by this filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A defect of Heimdall Desktop ended the watch; --debug tells more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A dependency with a known weakness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file is needed, with its name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A finding without an id cannot be kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A link leads to another server, {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A link leads to {host}, where you are not signed in. Sign in to open it. If you do not know that server, close this form.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model explains it, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model has explained it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model has judged it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model judges it, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new one is begun. Live view goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new scan may make another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A notification of the desktop tells it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page of the list of repositories gave no good answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page of the repository&apos;s scans gave no good answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A person, {id}</source>
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
        <source>A replay asks no server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A row of the server cannot be understood: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A row of the server is too long to be mended.</source>
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
        <source>A scan is compared with an earlier one once it has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scan that has left the board is forgotten after so long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A scan that is not on the board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A step is read first, then written. {count} are kept until you quit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table has no code anyway.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A text in the description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A text in the title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A text in title, path, CWE, fingerprint or id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A value is missing after {head}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A web page of {host} holds nothing of Heimdall&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A web page of {host} is too long to find scans on.</source>
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
        <source>AI provider switched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI verification</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API</source>
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
        <source>Account</source>
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
        <source>Actions on the finding</source>
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
        <source>Add one on the server&apos;s web page, or paste links to scans.</source>
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
        <source>Add to the sort order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adding…</source>
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
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>All %n false positive</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n fixed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
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
        <source>All findings are withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All keys of the main window, by what they do.</source>
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
        <source>All of them were running when they were last heard of.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All stages</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>All stages ran, {stages} were skipped.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Already watched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also descriptions, servers, scans and links stay here; titles lose their file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also known as</source>
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
        <source>An issue may have been made all the same: look at the code host first.</source>
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
    <message>
        <source>Another account ({id})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another account has signed in at {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another version of Heimdall Desktop is open with this profile. Close it first.</source>
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
        <source>Answers</source>
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
        <source>Anyone between here and this server could read the token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anyone on the way to {host} could read the token and the findings: http:// does not encrypt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the server&apos;s operator, or add its authority to this system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked {time} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At first: {keys}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At login it starts without its window, in the tray; minimised without a tray.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At this size nothing more is kept until some is deleted.</source>
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
        <source>Attempt {number} of {all}</source>
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
        <extracomment>The same for the settings: a word to choose, and what follows from it.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back from its snooze.</source>
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
        <source>Beginning of the fingerprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beginning of the id</source>
        <translation type="unfinished"></translation>
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
        <source>Board of scans</source>
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
        <source>Cancelling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot reach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot reach {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot reach {host}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
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
        <source>Changes nothing on servers: no decisions, comments, new scans or cancelling.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check both and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check http or https.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its folder.</source>
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
        <source>Check the proxy in front of the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the proxy settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the proxy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the server address, and whether the network asks for a sign-in of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the server address.</source>
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
        <source>Checking against the full list, {read} of {told}.</source>
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
    <message numerus="yes">
        <source>Checks every %n min</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
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
        <source>Choose a row to see its evidence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
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
        <source>Clear the selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the selection, then back step by step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the detail</source>
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
        <source>Closing the window: go on in the background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closing the window: go on watching, quit if nothing is watched</source>
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
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns: scan, connection, {shapes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commas mean or. A minus in front, or !=, means not.</source>
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
        <extracomment>In the order of the keys. Source: ux.md 2.7.</extracomment>
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
        <source>Confirmed: it did what the finding says</source>
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
        <source>Connected, no news for {time}.</source>
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
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied.</source>
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
        <source>Copy all lines that are shown</source>
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
        <source>Copy error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy error text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy finding id</source>
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
        <source>Copy it again, from its first to its last character.</source>
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
        <source>Copy scan id</source>
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
        <source>Copy the path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the selected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy whole threat model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct or unset it, or ignore the proxy settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts may be out of date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create an issue of each title among the open findings of {scan}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create an issue of “{title}”?</source>
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
        <source>Critical</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Critical confirmed</source>
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
        <source>Ctrl+Shift+H shows it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut off</source>
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
        <source>Dec</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Declared</source>
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
        <source>Delete what is kept of scans that are not on the board?</source>
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
        <source>Derived from its confidence: high, where {source} findings start lower.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desktop</source>
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
        <source>Detail where there is room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
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
        <source>Documented API:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done again: {step}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done with warnings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E-mail and password</source>
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
        <source>End</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the mute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the mute of this scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the mute of {scan}</source>
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
        <source>Ends the program, and with it all watching.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter one like https://heimdall.example.org.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the one of your account.</source>
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
        <source>Escape leaves them as they are, Backspace takes them away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events do not get through.</source>
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
        <source>Everything that may interrupt you gets a line here, also if the desktop did not show it.</source>
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
        <source>Evidence and fixes are not in the file; titles, files and lines stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evidence and fixes become “code left out”; titles, files and lines stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evidence, fixes and paths are in the file.</source>
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
        <source>Export findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported {exported} by {program}. Times in {zone}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed in {stage}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed {at}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed {at} in {stage}</source>
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
        <source>Fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter language</source>
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
        <source>Finding detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings may be missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings may still come. That is no all-clear.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings not checked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Findings of %n scans have not been read.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Findings of {name} have not been read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings usually start in static analysis.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings, one by one, by title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fingerprint of their own</source>
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
        <source>First seen since then</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First seen within a span of time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First start</source>
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
        <source>Fix request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fix request begun</source>
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
        <source>Flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flow steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Fold them</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Following paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For a spreadsheet; formulas are made harmless</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For an issue or a chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For other reasons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forgotten when Heimdall quits</source>
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
    <message>
        <source>Fr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space, or choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space; the next change is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze the rows (P)</source>
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
    <message numerus="yes">
        <source>From %n past scans of this repository.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
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
        <source>Git may refuse this patch, and mending it would take guessing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give --compare one scan before and one after.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give --server for {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give --server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a link like heimdall://server/scan/&lt;id&gt;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a longer --timeout.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a scan id or a link like https://server/scans/&lt;id&gt;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the address of the Heimdall server itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the link of the web page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gives every command the keys it had before any was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to {scope} as well</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes on as a minimised window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes on in the tray; without a tray it is minimised.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes on watching, in the tray or minimised; quits when nothing is watched.</source>
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
        <source>HTML report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Has fix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall Desktop is open already with this profile, and gives no answer. End it, or give another folder with --profile-dir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall Desktop is open already with this profile, and its window cannot take {option}. Close it first, leave {option} out, or give another folder with --profile-dir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall Desktop is open already with this profile. Use its window, or give another folder with --profile-dir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall Desktop was quit before the scans had ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall goes on watching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall goes on watching, minimised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall starts when you sign in to the desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heimdall, wallboard</source>
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
        <source>Held back: quiet hours, then told in “{title}”</source>
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
        <source>Hidden while presenting.</source>
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
        <source>High</source>
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
        <source>History cannot be saved: another program has locked {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History cannot be saved: no space is left for {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History cannot be saved: {path}: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How close the rows of the findings table stand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>How the %n pairs were found</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>How the program begins, and what closing its window does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the windows look. Each change holds at once, in all of them.</source>
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
        <source>Hunt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hunt agent</source>
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
        <source>In copies: {changes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the empty filter: recent filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the filter: take what is offered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the filter: the filter language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the inbox: copy a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the inbox: mark read or unread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In which stage it was found</source>
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
        <source>Inbox only, by the settings</source>
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
        <source>Incomplete: {counted}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Incomplete: {read} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inconclusive: it could not be tried properly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ingest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install it in the source folder of Heimdall Desktop: pip install &apos;.[local]&apos;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installed</source>
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
        <source>Issues are made, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Issues may have been made all the same: look at the code host first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It appears here once it has been.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be cancelled now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It does not exist, or belongs to another account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It had found nothing before that. That is no all-clear.</source>
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
        <source>It is a note only: no file changes. The server has no way to take it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is always quiet now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is nested too deep.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not asked again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not known whose repository that scan was of.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is opened again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is played from a recording.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is played up to there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It makes patches in the report stage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may answer nothing else until that is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may be added all the same; to add it once more does no harm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may be cancelled all the same: look before you cancel it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may be changed all the same: it is looked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may be done all the same: look into the history first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may be started all the same: look before you start another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have been removed, or belong to another account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may take minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It reviewed the finding and left the confidence high: read its reasoning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It starts when the server has room for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was announced, but it is not in the server&apos;s list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was in {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was kept as {name}; a new one is begun. Live view goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was kept as {name}; the usual settings are used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was not scanned yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was {severity}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Its %n findings have left the list.</source>
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
        <source>Its answer was empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its end is looked for in the history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its findings so far are kept. It ends for everyone who watches it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its icon in the tray opens the window again, and quits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its line in the inbox counts as unread.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its model writes a change, and opens a pull request in the repository.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its page on the server has it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its scan is not watched any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its scan is not watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its status says so.</source>
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
        <source>Keep it running</source>
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
        <source>Kept now</source>
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
        <source>Keyring fails</source>
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
        <source>Keys as at first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of weakness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last changed</source>
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
        <source>Leave the replay</source>
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
        <source>Letters alone act on findings, such as C for confirm. Off, they do nothing.</source>
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
        <source>Line {line} of the recording {file} cannot be read: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines it touches</source>
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
        <source>Links and ids are looked up here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live data goes on after that.</source>
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
        <source>Live view goes on without a history until the next start. Check the disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live view goes on without it; update Heimdall Desktop to use it again. If no later version was ever in use here, the file is damaged: move it away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live view goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live view goes on. Check its folder and the space left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live view goes on. Check the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live view goes on. Free some space; it is tried again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live view goes on. It is tried again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading findings of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Location</source>
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
        <source>Log and task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the code host.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look whether it was done before you do it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for the scan before this one…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking, {time}</source>
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
        <source>Makes text, icons and distances larger or smaller together.</source>
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
        <source>Mar</source>
        <translation type="unfinished"></translation>
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
        <source>Mark read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark the newest patch of “{title}” as applied?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark the patch as applied</source>
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
        <source>Marking {done} of {total} as false positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marking {done} of {total} as fixed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks code, titles, paths and names, in the windows and in notifications.</source>
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
        <source>Mend it</source>
        <extracomment>Fields that are asked for by words of ours: none of a file, a scan or a title.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mend that, or give another folder with --profile-dir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu entries are installed on Linux and its kin only.</source>
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
        <source>More came between two checks than the server returns at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More decisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More than two scans are to be compared.</source>
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
        <source>Mute 1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute a scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute scan 1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute this scan 1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute this scan until it ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute until it ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute {scan} 1 h</source>
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
        <source>Name of the repository, or id of the scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name or branch</source>
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
        <source>Never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New critical finding</source>
        <extracomment>By the event&apos;s value: what it is called, and when it is told.</extracomment>
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
        <source>New: not found {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newer patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest finding, and follow again</source>
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
        <source>Next new finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next try in {time}.</source>
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
        <source>No activity since {moment}, no news for {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No alert is unread.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No alerts yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer came. The history is read for it; nothing is sent again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>No answer from %n servers for a minute</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No answer from a server for a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer from {server} for a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer since {time}:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No browser took the address.</source>
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
        <source>No context follows a change: git apply refuses it, except at the end of a file.</source>
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
        <source>No day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No day is chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No desktop portal answers, so a change of the desktop&apos;s colours is not heard of.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No earlier scan of this repository has completed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file can have this name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No finding comes from stage {stage}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No finding is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No finding is selected.</source>
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
        <source>No findings counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No findings so far.</source>
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
        <source>No findings, and {stopped} of {all} scans did not finish.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No findings, and {streams} of {all} scans are known by their stream only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No findings, no all-clear</source>
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
        <source>No fix request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No issue made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No issues made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No log is written in {folder}: {problem}.</source>
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
        <source>No more are kept. Look at the rest on the server: this is no all-clear.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>No more than %n rows can be dragged. Export them instead.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No more than one finding is selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No new findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No news for longer than is usual for this stage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No notification daemon runs on this desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other scan of yours runs. Those of others may be ahead, or the server has lost it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scan is chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scan is running now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scan is there to be muted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scan is watched yet.</source>
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
        <source>No scans are watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scans watched yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No selected finding is snoozed.</source>
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
        <source>No temporary profile can be made: {reason}. Set TMPDIR to another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No threat model is stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No titles, paths or repository names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None is changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None is told for: {titles}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of these scans is visible to your account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all could be read: {cause}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all findings could be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Not all of %n of them was looked at.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Not all of {scan} was looked at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all scans had ended, or not all of them was seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected since {began}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected {began} to {ended}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not every page could be read; there may be more scans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not explained.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not exported: {problem}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not judged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not marked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not picked up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not reported</source>
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
        <source>Not signed in. Its scans are not watched until you sign in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not trusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not visible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not watching, {trouble}: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not while presenting: it would show the names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not while you type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing half-written was left behind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has been read yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here tells when the screen is locked, so nothing is hidden then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing matches {filter}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing on the desktop, one summary afterwards.</source>
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
        <source>Notifications of critical findings do not go away by themselves.</source>
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
        <source>Of a local folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of a repository…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of an earlier attempt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Older patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the board: findings of a scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the board: menu of a scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the board: stages of a scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the board: to one of its stages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One change was not saved: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file with charts, prints well, loads nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One of them is incomplete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only activity of {stage}</source>
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
        <source>Only the newest are listed. Paste links to older ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only this program can read a local scan.</source>
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
        <source>Open a fix request</source>
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
        <source>Open critical and high</source>
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
        <source>Open issue…</source>
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
        <source>Open the board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open {host} in the browser?</source>
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
        <source>Other scans, cancelling, starting a scan, web pages</source>
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
        <source>PDF report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pace</source>
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
        <source>Parts of the finding</source>
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
        <source>Paste a scan link, or scan a folder of this computer.</source>
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
        <source>Paste links to scans instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste the links alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste the one you were given.</source>
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
        <source>Path, as a part or with wildcards</source>
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
        <source>Pin or unpin scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place, code, reasoning, status</source>
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
        <source>Play the demo or scan a folder, and it starts again.</source>
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
        <source>Position in the replay</source>
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
        <source>Press the new keys</source>
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
        <source>Previous new finding</source>
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
        <source>Probably the same as {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probably the same: file, CWE and title are.</source>
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
        <source>Provided: {told}. Not provided: {untold}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queued for {time}, and not picked up.</source>
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
        <source>Quiet hours of other days, or at another time.</source>
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
        <source>Quotes keep blanks and commas: “sql injection”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rationale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read again: not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read from {host} {age} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read {at}; the server cannot be asked now.</source>
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
        <source>Read-only: the server is not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading again in {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading again now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading its scans…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the newest scans…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the repositories…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the threat model of {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading which scans run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {read} of {expected} from {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reasoning</source>
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
        <source>Record {scan} to a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recorded scans, works without a network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording</source>
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
        <source>References</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove these hours</source>
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
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repositories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repository id</source>
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
        <source>Resume following (P)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resynchronise {scan}</source>
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
        <source>Rows show as they come.</source>
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
        <source>Saved view matched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan a folder of this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan a local folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan at that place of the board</source>
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
        <source>Scan id</source>
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
        <source>Scan links or ids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan links or ids, one or many</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan of {day}, began {begin}</source>
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
        <source>Scan of {scan} has stalled in {stage}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan of {scan} stalled</source>
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
        <source>Scan {id}</source>
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
        <source>Scan {scan_id} does not exist, or is not visible to this account. Check the id, the account and the address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scans of the repository</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scans on the board stay when it is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scans that begin on the server in use come onto the board by themselves.</source>
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
        <source>Select all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select this one too, or no more</source>
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
        <source>Send it unencrypted all the same</source>
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
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server skipped events: catching up</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Server skipped events: caught up, %n recovered</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Server skipped events: caught up, none lost</source>
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
        <source>Servers do not take the value {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session ends in {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session token</source>
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
        <source>Set one up in the server&apos;s settings, then ask again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set one up in the server&apos;s settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set one up, or use the token for this session only.</source>
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
        <source>Settings: {page}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Severity</source>
        <extracomment>Every column, the most needed first. Among rows of many scans nothing is needed more than the scan and the folder.</extracomment>
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
        <source>Severity, confidence and line also take &gt;=, &gt;, &lt;= and &lt;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Severity: {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Severity; withdrawn findings have none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show Heimdall</source>
        <extracomment>Some desktops read the body as markup and others do not, and Qt does not tell which this is: so what markup is made of becomes what only looks like it. In menus &quot;&amp;&quot; would mark a key.</extracomment>
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
        <source>Show view {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Showing what was saved {at}, read-only until the connection is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown at the tray icon: no desktop notifications</source>
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
        <source>Shows a notification, and asks the keyring, the portal and the server in use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side by side needs a wider pane</source>
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
        <source>Sign in at {host}</source>
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
        <source>Sign in to that server and paste the scan id.</source>
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
        <source>Signed in as {account}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in at {host}. Change that here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in by a token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed out here, but {host} could not be told.</source>
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
        <source>Signed out {at}:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed out:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing out ends the session there and deletes its token here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since the earlier scan it is compared with</source>
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
        <source>Six recorded scans are replayed, without an account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
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
        <source>So much is not played.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something in Heimdall Desktop broke while it watched this scan. It tries again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something in Heimdall Desktop broke.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort and group as now as well</source>
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
        <source>Source</source>
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
        <source>Speaks against it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speaks for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
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
        <source>Stage {stage} is at work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage {stage} may be stuck.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage {stage} often takes {time}.</source>
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
        <source>Stages come from the stream; dots: not reported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stages it names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stages it names, here {count} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stages it names; dots: not reported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stale</source>
        <extracomment>What is absent where nothing may be changed on a server.</extracomment>
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
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start Heimdall Desktop without --replay for that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a scan, and it is watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start one of a repository, or of a local folder.</source>
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
        <source>Starting the built-in server…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting the demo…</source>
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
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status and times of the scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stays on screen until closed</source>
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
        <source>Still counted and kept in the inbox; shown on the card with the end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop looking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop recording {scan}</source>
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
        <source>Stopped by a cancel in {stage}. The server calls it failed: no attempt is left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped by a cancel. The server calls it failed: no attempt is left.</source>
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
        <source>Stream only:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stream only: what the server does not announce cannot be seen here.</source>
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
        <source>Suggestions for the filter</source>
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
        <source>Swap both scans</source>
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
        <source>Take it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: announced, but not among the server&apos;s findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: none is critical any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: none is high any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: none is in the view any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: not in the view any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: now {severity}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: scan not visible any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: scan not watched any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: server not watched any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: signed in again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: signed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: the scan ended otherwise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: the scan runs again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: the scan went on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: the server answers again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: {status}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes the keys that are pressed next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tear off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tear off {scan}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Terms stand side by side, and each must hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Th</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is no all-clear.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is no server address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is no session token: it holds blanks or characters that none has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is too long to be a list of links.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is too much for the window that is open already. Name fewer scans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That link fits several servers: {servers}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That link holds more than a server, a scan and a finding: it could be a token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That link holds {name!r}, which no link may: it could be a token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That link leads to another server, {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That link leads to {host} on this machine, where no scan of this window runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That scan does not exist, or belongs to another account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The %n stay selected.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The address of its server cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer of {host} comes in more pieces than any should.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer of {host} is compressed in a broken way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer of {host} is compressed in a way that is not accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer of {host} is longer than any should be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The built-in server scans it here. Nothing leaves this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cancel came between two attempts. It runs again as attempt {number}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cancel came between two attempts. It runs again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of {host} is not trusted: {flaw}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of {host} is not trusted: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The colours of all windows. The system&apos;s change with those of the desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command palette has the switch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to the desktop&apos;s session bus is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to {host} broke before its answer came.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to {host} broke.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The copy has all of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desktop ended Heimdall Desktop before the scans had ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desktop gave no answer within {limit_s:g} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desktop shows no notifications; alerts are told in the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desktop&apos;s session bus cannot be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The e-mail address is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server cannot be started: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server did not find the folder within {limit_s:.0f} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server did not start within {limit_s:.0f} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server does not take the folder: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server ended ({code}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server ended ({code}): {last_words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server ended at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server has no model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedded server needs {modules}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The end came after {timeout_s:g} s, by --timeout.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The filter has a mistake</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The filter {filter} is set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The finding does not say which scan it belongs to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The finding&apos;s history does not tell either whether it was done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The finding&apos;s history told no end of the fix request for half an hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The finding&apos;s page has it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fix request is asked for, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fix request is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fix request runs, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history could not be read. {error}</source>
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
        <source>The issue is made, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring answered with an error ({kind}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring gave no answer within {limit_s:g} s; it may be waiting for a prompt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring has no token for this server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring is locked and was not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The link fits several servers you know. Which one is meant?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The links do not say which one server to ask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list is being checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list is read every few seconds instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list was read again in its place. Everything else goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The log names them.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The log tells more; restart it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The long texts of %n findings are missing: their server could not be asked.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The menu entry could not be written: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The menu entry {file} is removed, and heimdall:// links are left alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The menu entry {file} is there, and heimdall:// links open Heimdall Desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model behind {host} failed: {answer}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network&apos;s proxy asks for a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network&apos;s proxy refused the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The newest against the one before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The newest patch is marked as applied already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The newest {shown} entries; {older} older ones are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notification asks for a sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notification daemon refused ({problem}).</source>
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
        <source>The patch is marked, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture could not be written to {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proof of concept succeeded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy setting {variable} cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording {file} cannot be read: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording {file} could not be played: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording {file} has ended: it has {limit} MB, and no more can be played.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording {file} has ended: its disk takes less than there is to write.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording {file} has ended: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording {file} has more than {limit} MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The repository is not connected to GitHub, which fix requests need.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The repository is not connected to a tracker that takes issues.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The repository of a local scan is at no code host.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rest cannot be understood.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rest was not sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The result could not be written to standard output: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same, as pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan ended before Tyr had made a threat model.</source>
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
        <source>The scan has ended, but its list was not read to the end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan has found it again since:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan is muted until {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan is not muted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan is not watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan is waiting for its turn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan of this finding is not watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scan of {scan} did not complete. It is compared as far as it came.</source>
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
        <source>The scan of {scan} had not ended.</source>
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
        <source>The scanned repository.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scans could not be compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server answered with another finding than the one asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server answered with another scan than the one asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server answers, but not for this scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server asks us to wait {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server asks us to wait.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server broke its connection at each try: it would again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server closed the stream.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server could not make the fix: {answer}</source>
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
        <source>The server counts %n findings, repeats of a retry ({repeats}) and withdrawn ones ({withdrawn}) included.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server counts %n findings, repeats of a retry ({repeats}) included.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server counts %n findings, withdrawn ones ({withdrawn}) included.</source>
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
        <source>The server counts {total}; %n did not reach us</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The server does not offer what is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server dropped events at {began}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server dropped events {began} to {ended}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server dropped some events.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server ended the session, and the token was deleted here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server gave a token that cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server gives no count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server gives no reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server goes on; its answer is shown here when it comes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server has more of them. Paste links to their scans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server has no patch for this finding, only advice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server has no such finding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server has no way to take that back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is at work on that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server makes up to three attempts, cancelled or not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server may retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server may retry; attempt {number} of {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server may start it again. We look whether it comes back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server returns only the newest lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server says completed, but works on this scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sent no code of this place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server works on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s answer cannot be understood: no sound JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s answer cannot be understood: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s answer holds a time that cannot be understood.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s answer holds more than any should.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session there is still open; it runs out by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session there may still be open; it runs out by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session token is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream of {scan} ended without saying how many findings there are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream sends more than any should.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream sends no end of an event.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream speaks, but the API does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream speaks, but the API has not answered since {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream was silent for too long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The threat model could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The threat model is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The threat model is not stored yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token holds characters no token has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token is longer than the {limit} characters this system&apos;s keyring takes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token is safe but cannot be read: the keyring is locked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The usual ones are used in their place; all others hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The usual settings are used and nothing is saved; move it away or make it readable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The usual settings are used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window was closed before the scans had ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their findings and logs, and how long stages usually take. There is no way back.</source>
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
        <source>There are no parentheses. Put &quot;{text}&quot; in quotes to look for it as a text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no repositories.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no scans yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is an issue of it already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no address for the name {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no connection to {server}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no scan id in {word!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no scan in that link.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no scan in that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no server to look for scans on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no server to look for that scan on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no {text} between terms: each must hold, commas mean or, a minus means not. Put &quot;{text}&quot; in quotes to look for it as a text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There may be many, others see them, and they cannot be taken back here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These findings were selected by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They act in findings and detail only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This finding cannot be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This finding has more text than is kept. It is read when it is opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This finding has more text than is kept; its page has it.</source>
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
        <source>This finding has not been read yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This finding is not watched any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This one was asked for by the self-test of Heimdall.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This part cannot be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scan has not ended yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scan is not visible to your account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This scan is not watched any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server does not offer patches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server does not offer the log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server does not offer the threat model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server is asked without encryption, so anyone on the way can read the token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server makes no issues for all findings of a scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server makes no issues.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server offers no explanations by a model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server offers no way to cancel a scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server offers no way to start a scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server offers no web pages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server only announces findings, and these cannot be compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server only announces findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server only announces findings. What is unknown here may well exist there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server opens no fix requests.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server takes no decisions on findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This session keeps no history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This session only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system does not allow Heimdall to show notifications.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system has no keyring that can be used: none answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system has no keyring that can be used: the one configured does not work here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system has no keyring that can be used: {module} keeps no secret.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This was changed to {word} elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Those that have ended are under Recent and Repositories.</source>
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
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token for {host}, not checked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token for {host}, not checked yet. Change that here.</source>
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
        <source>Token not accepted {at}:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token not accepted:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token, not checked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Told with another row of the same finding</source>
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
        <source>Took {time}</source>
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
        <source>Trust boundaries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again in {time}</source>
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
        <source>Try again; the log tells more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try to sign in with it: the account may have been made all the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trying now.</source>
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
        <source>Type an action, scan or setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type it, or use a session token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tyr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tyr failed before a threat model was stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tyr has ended without one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tyr was skipped, so there is no threat model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tyr, stage 2 of 9, makes it, and has not begun.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tyr, stage 2 of 9, makes it, and is at work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unchecked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unconfirmed: it ran and did not succeed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo it too</source>
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
        <source>Unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown, looking</source>
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
        <source>Unpin</source>
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
        <source>Until it ends</source>
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
        <source>Use https://, or add --allow-http to send them all the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use https://, or allow it for this server below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use it for this session only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usual size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usual {time}, shortest {shortest}, longest {longest}</source>
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
        <source>Version 2.1.0, for code hosts and other scanners</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
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
        <source>Víðarr reviewed it, and neither confirmed nor refuted it.</source>
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
        <source>Waiting for the answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the answers.</source>
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
        <source>Watch again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watches security scans while they run, and tells you once, when it matters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watching is paused until you sign in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watching is paused. The view is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watching waits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watching would pause then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We look for a while whether it comes back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weakness</source>
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
        <source>What a server does not tell hides nothing: findings known by the stream only pass.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What closing does can be chosen in the settings, under Start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is announced meanwhile is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is folded otherwise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is shown may be out of date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it answers was recorded, with some findings of the demo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it comes with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it did not announce cannot be seen here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it has until then can be played.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it told is lost. Everything else goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What its AI answered could not be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What keys do. To change them, press the button of a command, then its new keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What may interrupt you. Every line is kept in the inbox; “Inbox” says whether it counts as unread.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What others may see of scans and their findings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What quiet hours, a mute or an open window keeps off the desktop is listed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the desktop and the server answer when they are asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the server does not announce cannot be seen here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the stream of {scan} announced while it was not heard is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What they announced is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this computer keeps of scans and their findings, so that they come back.</source>
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
        <source>What was announced then is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was seen while watching stands below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you change here stays in the replay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whatever is raised or confirmed comes back at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When locked</source>
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
        <source>Where there is room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where to begin the fix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where to look</source>
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
        <source>While you were away: %n findings of saved views</source>
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
        <source>With the built-in server, no account</source>
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
        <source>Withdrawn: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a notification there is no sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words may be cut short as long as they stay clear: sev:crit.</source>
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
        <source>Written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are not signed in at {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You, elsewhere,</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your session at {host} ended {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your session at {host} ended. Watching is paused until you sign in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your session at {host} ends in {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your session at {host} ends soon. Signing in begins a new one.</source>
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
        <source>a/ and b/ before the path</source>
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
        <source>all day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all scans</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and the scans of %n findings</source>
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
        <source>as of {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at once, then merged for 10 s</source>
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
        <source>attempt {number} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attempt {number} failed: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attempt {number} was cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by fingerprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by fingerprint, {count} of them moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by severity, then first seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled by {who}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot reach {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change that findings of a later scan have</source>
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
        <source>connection refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>context before a change shortened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>critical</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cut by the server at {limit} bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dashed outline: unverified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dismissed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>documented API:</source>
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
        <source>duplicates, counted once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every finding is here, the log is not offered.</source>
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
        <source>failed: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>false positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>file header added</source>
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
    <message>
        <source>fixed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for {covered} of {findings} findings.</source>
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
        <source>in the order of the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the order of the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ingest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has run out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not valid yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>known by its stream only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last checked {time}</source>
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
        <source>line counts corrected</source>
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
        <source>low</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>may retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>may return</source>
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
        <source>move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moved</source>
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
        <source>new scans are not being watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no change</source>
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
        <source>no contact for {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no content type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no diff, as the server wrote it</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>no estimate before %n past scans</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>no estimate yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no finding was announced before it ended (stream only)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no longer confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no longer counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no longer found</source>
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
        <source>no news for {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no news for {time}, twice its usual time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no news for {time}, usual {usually}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no space is left on the disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no view notifies yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no way there</source>
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
        <source>not begun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not begun, cancelled in an earlier attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not begun, failed in an earlier attempt</source>
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
        <source>not now: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not offered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not reported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>noted as applied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing said</source>
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
        <source>now withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of all that is in scope</source>
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
        <source>page {page} of {pages}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>part of a finding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>place unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>probably the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>probably the same: file, CWE and title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider switched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>queued {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>quiet for twice its usual time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read-only</source>
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
        <source>replaces the first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>report</source>
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
        <source>running, no news</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same rule and file, or the same fingerprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sensitive: {what}</source>
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
        <source>signed by itself</source>
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
        <source>stage that finds anything</source>
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
        <source>stream only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stream only:</source>
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
        <source>text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the newest, which counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the next day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the proxy asks for a password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the proxy refuses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server announced 0 findings (stream only)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server asks for {wait}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server gives no reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time-out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to the Heimdall server you watch</source>
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
        <source>too long to compare, as the server wrote it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>took about {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>took {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>top folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tyr</source>
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
        <extracomment>What OpenSSL says of a certificate.</extracomment>
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
        <source>víðarr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting until you sign in</source>
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
        <source>watching is paused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what the server does not announce cannot be seen here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>when it has stayed so for 30 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>while the window is not in focus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with warnings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with warnings: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>works on</source>
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
        <source>{at} it was in {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{before} and {after} are different repositories. Compare two scans of the same repository.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{branch} at {commit}, scan of {day}, began {begin}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{branch} at {commit}, scan of {day}, {begin} to {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{branch}, scan of {day}, began {begin}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{branch}, scan of {day}, {begin} to {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{cancelled}; the server does not tell when</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{cause} The session there runs out by itself.</source>
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
        <source>{counted} read, checking the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{counted} read, the rest waits for the server</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{counted}, %n cannot be understood</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{counted}, %n scans by stream only</source>
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
        <source>{count} documented API</source>
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
        <source>{count} looking</source>
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
        <source>{count} out of reach</source>
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
        <source>{count} quiet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} read-only</source>
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
        <source>{count} repeats of a retried scan are folded.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} repeats of a retried scan are unfolded.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{count} signed out</source>
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
        <source>{count} waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} waiting {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} withdrawn, not counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} without keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} {severity}</source>
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
    <message>
        <source>{done} of {total} done again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} stages over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} undone.</source>
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
        <source>{error} Read again: it was not done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{error} Read again: not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{error} The scan was not cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{event}: {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{fact}, but it cannot be read: {cause}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field} is not a field. Did you mean {guess}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field} is not a field. Put &quot;{text}&quot; in quotes to look for it as a text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field} is not ordered. Write {example}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} could not be saved: no space is left on the disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} could not be saved: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} is no recording of Heimdall Desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} is there already and will be replaced.</source>
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
        <source>{findings}, {withdrawn} withdrawn</source>
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
        <source>{found} of {findings} open findings known here have an issue now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hidden} of {total} findings are not in this report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} (by proxy {proxy})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} accepts the token: it has answered about a scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} answers with a move to {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} answers, but says nothing of this scan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} cannot be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} does not accept the token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} does not answer like a Heimdall server ({status}, {kind}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} does not answer like a Heimdall server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} does not know the path of the API.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} does not know this e-mail and password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} failed and did not say what came of the request: {answer}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} failed: {answer}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} gave no answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} gives no web page to find scans on ({status}, {kind}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} has no AI provider set up, so it started no scan.</source>
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
        <source>{host} is busy and asks to wait {wait_s:.0f} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} is no address that can be connected to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} is still at work on a request of yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} offers no check of tokens: the first answer about a scan shows whether it accepts this one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} offers no sign-in by password.</source>
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
        <source>{host} speaks no TLS that this system accepts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} takes no connection in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} writes it into the tracker of the repository, where others see it.</source>
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
        <source>{keys} alone moves or types; add Ctrl or Alt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} belongs to “{owner}”. Take it from there for “{command}”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} quits. {way}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} stays with “{action}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind}: {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{known} of {told} findings read, reading the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{known} of {told} findings read, the rest waits for the server</source>
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
        <source>{known} of {total} findings here, the rest is coming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{known} of {total} findings of {scans} scans</source>
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
        <source>{limit} lines are kept, the oldest is of {day}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{line}: {part}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{missing} of {total} repositories gave no good answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{missing} of {total} scans do not exist, or belong to another account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{missing} of {total} scans gave no good answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{mistake}  The last valid filter stays on.</source>
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
        <source>{more}; the copy has them all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{most} scans are watched, and more would make the window slow.</source>
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
        <source>{name}: {moment}, {rest}</source>
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
        <source>{operator} takes one {kind}. Write {example}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{pace}×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{part}: no, after {ms} ms. {cause}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{part}: none; tokens are kept for this session only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{part}: {name}, answered in {ms} ms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be understood. {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be used: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: no space is left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} has values that cannot be understood: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is no history of this program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{ran} of {all} stages ran to their end, not {stages}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{ran} of {all} stages ran; not reported: {stages}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rate} a second, {time} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{read} of {total} findings of {scan} were read: no more are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{read} of {total} findings read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{read} of {total} read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scans} and {findings}, {size} MiB. Scans on the board stay when it is deleted.</source>
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
        <source>{scan} does not have this finding any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan} is not muted any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan} is not watched any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan} is watched no longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan} {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}, stages</source>
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
        <source>{scan}: ended, failed or cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: not connected since {began}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: not connected {began} to {ended}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: the server dropped events at {began}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scan}: the server dropped events {began} to {ended}.</source>
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
        <source>{seen} of {total} findings of {scan} were seen: no more were announced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seen} of {total} seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{server} answers, but says nothing of this scan, {scan_id}. Check the id and the address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{server} does not accept the token. Sign in again, or set HEIMDALL_TOKEN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{server} has given no good answer for {limit_s:g} s.</source>
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
        <source>{span} a bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stage} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stage} takes longer than ever</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stage}, attempt {number}</source>
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
        <source>{time}, %n of them were changed elsewhere since</source>
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
        <source>{time}, changed elsewhere since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time}, undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}. {scan}. {outcome}. {moment}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{told}. %n confirmed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{unknown}, cannot be changed here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} cannot be shown. Did you mean {guess}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} is no CWE number. Write cwe:89.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} is no line. Write line:88, line:80-92 or line&gt;=80.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} is no moment. Write since:14:00, since:2026-07-04 or since:yesterday.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} is no span of time. Write new:10m, new:2h or new:1d.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} is no span of time. Write {example}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} is not a {kind}. Did you mean {guess}?</source>
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
        <source>{view}, notifies</source>
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
        <source>{waiting} of {total} scans had not settled after {timeout_s:g} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{was} {at}, {now} here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{weekday} {day} {month}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: not waited for any more, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: unknown, looking, {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: unknown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} changed it since; it was left as it is.</source>
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
        <source>{who}, over what a person had set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who}, seen while watching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}; it cannot check now: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}; not all could be read: {lacks}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{word} stands alone. Write {example}.</source>
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
        <source>“{name}” is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{owner}” has no keys then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{owner}” keeps {keys}.</source>
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
</context>
</TS>
