"""`python -m scheduler`."""

import sys
import time

from scheduler.cli import main

if __name__ == "__main__":
    # starting has kept one processor busy, so what it took of that is when the process began
    sys.exit(main(began=time.perf_counter() - time.process_time()))
