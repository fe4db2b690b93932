"""The server's database: one SQLite file that holds everything but the live streams."""

from heimdall_desktop.local.finding_table import FindingTable
from heimdall_desktop.local.scan_table import AccountTable, ScanTable


class Database(AccountTable, ScanTable, FindingTable):
    """All tables behind one lock: `Database(path)`; any thread may call any method."""
