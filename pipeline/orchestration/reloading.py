"""Has a code server make room for a new one: `python -m pipeline.orchestration.reloading SOCKET`.

For the unit that watches the declaration of sources (deploy/systemd): the server ends once no run is under way, and systemd
starts it again with what is declared now. The daemon and the UI find the new one by themselves.
"""

import sys
from collections.abc import Sequence

from dagster._core.errors import DagsterUserCodeUnreachableError
from dagster._grpc.client import DagsterGrpcClient

WRONG_USE = 2


def main(arguments: Sequence[str]) -> int:
    """The exit status: 1 if there is no server, 2 on wrong use."""
    if len(arguments) != 1:
        print("usage: python -m pipeline.orchestration.reloading SOCKET", file=sys.stderr)
        return WRONG_USE
    try:
        DagsterGrpcClient(socket=arguments[0]).shutdown_server()
    except DagsterUserCodeUnreachableError:
        print(f"no code server answers at {arguments[0]}; see `systemctl status corridor-code`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
