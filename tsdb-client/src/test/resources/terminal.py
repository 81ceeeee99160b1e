"""Runs a command on a pseudo-terminal. Each line of standard input is a JSON list: the text to wait
for, the keys to press then, and the seconds to wait before. Prints all that the command writes; fails
if a text does not come."""
import fcntl, json, os, pty, select, signal, struct, sys, termios, time

pid, fd = pty.fork()
if pid == 0:
    # As in a terminal: whoever runs the tests may ignore signals, which children inherit.
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    os.execvp(sys.argv[1], sys.argv[1:])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
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
    expected, keys, seconds = json.loads(line)
    deadline = time.monotonic() + 15
    while written.find(expected.encode(), seen) < 0:
        if not read(deadline):
            missing = expected
            break
    if missing:
        break
    seen = written.find(expected.encode(), seen) + len(expected.encode())
    time.sleep(seconds)
    os.write(fd, keys.encode())
if missing:
    os.kill(pid, 9)
else:
    while read(time.monotonic() + 15):
        pass
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.stdout.buffer.write(written)
sys.stdout.buffer.flush()
sys.exit("did not come: " + repr(missing) if missing else code)
