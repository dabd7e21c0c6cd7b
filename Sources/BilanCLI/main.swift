import BilanShell
import Glibc

// A reader that has gone is noticed when writing to it, and ends the command quietly.
signal(SIGPIPE, SIG_IGN)
exit(CommandLineTool(.ofProcess()).run())
