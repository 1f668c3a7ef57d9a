"""What holds for every test."""

import signal

# A runner under nohup ignores SIGHUP, and so would every service that a test starts, which ends by that signal.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
