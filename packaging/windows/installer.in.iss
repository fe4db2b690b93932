; Untested: Inno Setup has never compiled this. A template: packaging/fill.py fills it.
;
;   pyinstaller --distpath build/windows packaging/windows_macos.spec
;   python packaging/fill.py packaging/windows/installer.in.iss build/windows/installer.iss
;   ISCC.exe build\windows\installer.iss
;
; Inno Setup and not WiX: the program is one folder for one user, which this page describes whole. WiX
; would need a list of its thousand files, a code for each, a tool from another package registry, and
; since version 6 a fee from projects that earn money. Who needs an MSI for a fleet can add one.

[Setup]
; The AppId identifies the program to its upgrades. Never change it.
AppId={{ED2ADCFF-6B79-5324-BB30-46B1FF8298C6}
AppName=Heimdall Desktop
AppVersion=@version@
AppPublisher=@author@
AppPublisherURL=@homepage@
AppSupportURL=@homepage@
DefaultDirName={autopf}\Heimdall Desktop
DisableProgramGroupPage=yes
; For this user without an administrator; the first page offers an installation for everyone.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
; The program closes its server and its scanners before its files are replaced.
CloseApplications=yes
RestartApplications=no
LicenseFile=..\..\LICENSE
SetupIconFile=heimdall-desktop.ico
UninstallDisplayIcon={app}\heimdall-desktop-gui.exe
OutputDir=..\..\dist
OutputBaseFilename=heimdall-desktop-@version@-windows-x86_64
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; Files of an earlier version that this one no longer has.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "heimdall-desktop\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
; Windows shows notifications only of programs with such an entry and the same id.
Name: "{autoprograms}\Heimdall Desktop"; Filename: "{app}\heimdall-desktop-gui.exe"; AppUserModelID: "@application_id@"
Name: "{autodesktop}\Heimdall Desktop"; Filename: "{app}\heimdall-desktop-gui.exe"; AppUserModelID: "@application_id@"; Tasks: desktopicon

[Registry]
; heimdall:// links. Recordings get no entry: Windows knows only the last suffix, and .jsonl is not ours.
Root: HKA; Subkey: "Software\Classes\heimdall"; ValueType: string; ValueData: "URL:Heimdall scan"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\heimdall"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\heimdall\DefaultIcon"; ValueType: string; ValueData: "{app}\heimdall-desktop-gui.exe,0"
Root: HKA; Subkey: "Software\Classes\heimdall\shell\open\command"; ValueType: string; ValueData: """{app}\heimdall-desktop-gui.exe"" ""%1"""

[Run]
Filename: "{app}\heimdall-desktop-gui.exe"; Description: "{cm:LaunchProgram,Heimdall Desktop}"; Flags: nowait postinstall skipifsilent

; Nothing under [UninstallDelete]: settings and history belong to the user.
