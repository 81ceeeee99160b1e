"""Runs a command on a pseudo-terminal. Each line of standard input is a JSON list: the text to wait
for, and the keys to press then. Prints all that the command writes; fails if a text does not come."""
import json, os, pty, select, sys, time

pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
written = b""
seen = 0


def read(deadline):
    global written
    if not select.select([fd], [], [], max(0, deadline - time.monotonic()))[0]:
        return False
    try:
        chunk = os.read(fd, 65536)
    except OSError:
        return False
    written += chunk
    return chunk != b""


missing = ""
for line in sys.stdin:
    expected, keys = json.loads(line)
    deadline = time.monotonic() + 60
    while written.find(expected.encode(), seen) < 0:
        if not read(deadline):
            missing = expected
            break
    if missing:
        break
    seen = written.find(expected.encode(), seen) + len(expected.encode())
    os.write(fd, keys.encode())
if missing:
    os.kill(pid, 9)
else:
    while read(time.monotonic() + 60):
        pass
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.stdout.buffer.write(written)
sys.stdout.buffer.flush()
sys.exit("did not come: " + repr(missing) if missing else code)
