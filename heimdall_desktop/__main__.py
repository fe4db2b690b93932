"""`python -m heimdall_desktop`: the same as the command heimdall-desktop."""

import sys

from heimdall_desktop.main import main

if __name__ == "__main__":
    sys.exit(main())
