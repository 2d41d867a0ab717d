"""Asks the process of `forked.py` to run the command. With a line in front for its interpreter, this is a `platctl`."""

import os
import socket
import sys
from collections.abc import Mapping, Sequence


def ask(
    door: str,
    arguments: Sequence[str],
    cwd: str,
    environment: Mapping[str, str],
    streams: Sequence[int],
    closed: Sequence[int] = (),
) -> int:
    """The exit code of the command; `streams` are its stdin, stdout and stderr, of which it finds some `closed`."""
    settings = [f"{name}={value}" for name, value in environment.items()]
    shut = "".join(map(str, closed))
    request = "\0".join([cwd, shut, str(len(arguments)), *arguments, *settings]).encode("utf-8", "surrogateescape")
    with socket.socket(socket.AF_UNIX) as channel:
        channel.settimeout(60)
        channel.connect(door)
        socket.send_fds(channel, [request[:1]], streams)
        channel.sendall(request[1:])
        channel.shutdown(socket.SHUT_WR)
        return int(channel.recv(16))


def fill() -> list[int]:
    """The standard streams that are closed, which are open from then on: no other file may get their numbers."""
    closed = []
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            closed.append(number)
            assert os.open(os.devnull, os.O_RDWR) == number
    return closed


if __name__ == "__main__":
    shut = fill()
    here = os.path.dirname(os.path.realpath(__file__))  # noqa: PTH120
    sys.exit(ask(f"{here}/door", sys.argv[1:], os.getcwd(), os.environ, (0, 1, 2), shut))  # noqa: PTH109
