import Bilan
import BilanShell
import Glibc

// A reader that has gone is noticed when writing to it, and ends the command quietly.
signal(SIGPIPE, SIG_IGN)
// Pages of one query serve the next.
Machine.keepFreedMemory()
exit(CommandLineTool(.ofProcess()).run())
