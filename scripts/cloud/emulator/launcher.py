"""Starts MiniStack as a cloud for Layerwatch: with IAM's checks, CloudTrail's records, and controls for tests.

    python launcher.py --port 4566 --account 111122223333 --region us-east-1 --secret-key KEY --folder TEMPORARY

It ends at SIGTERM, at SIGINT, and when its standard input is closed, so that it never outlives who started it; in that case
it removes its folder.
"""

import argparse
import asyncio
import os
import shutil
import signal
import sys
import threading


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--account", required=True, help="12 digits; also the access key id of the account's root")
    parser.add_argument("--region", required=True)
    parser.add_argument("--secret-key", required=True, help="of the account's root")
    parser.add_argument("--folder", required=True, help="for what the emulator and its functions write")
    return parser.parse_args()


def prepare_environment(options: argparse.Namespace) -> None:
    """The emulator reads these when it is imported. Functions get them too, less what Lambda sets."""
    os.environ.update(
        {
            "AUTH": "true",
            "AWS_ACCESS_KEY_ID": options.account,
            "AWS_SECRET_ACCESS_KEY": options.secret_key,
            # No containers are used; on a machine with Docker the emulator would end those of other emulators.
            "DOCKER_HOST": f"unix://{options.folder}/no-docker.sock",
            "GATEWAY_PORT": str(options.port),
            "IOT_MTLS_ENABLED": "0",
            # Lambda waits a minute before the second attempt, and two before the third.
            "LAMBDA_ASYNC_RETRY_BASE_SECONDS": "0.5",
            "LAMBDA_EXECUTOR": "local",
            "MINISTACK_ACCOUNT_ID": options.account,
            "MINISTACK_REGION": options.region,
            "SFTP_ENABLED": "0",
            "TMPDIR": options.folder,
        }
    )


def create_application():
    """Imported here: the emulator reads its settings from the environment when it is imported."""
    import aws_behaviour
    from controls import Controls
    from deliveries import Deliveries
    from gateway import create_gateway
    from recorder import Recorder
    from stack_calls import StackCalls

    controls = Controls()
    deliveries = Deliveries(controls)
    aws_behaviour.install(controls)
    stack_calls = StackCalls(deliveries)
    stack_calls.install()
    Recorder(deliveries, stack_calls, controls).install()
    return create_gateway(controls, deliveries)


async def serve_until_ended(application, port: int) -> bool:
    """Answers with whether the standard input was closed."""
    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    ended = asyncio.Event()
    input_closed = threading.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, ended.set)

    def wait_for_end_of_input() -> None:
        sys.stdin.buffer.read()
        input_closed.set()
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=wait_for_end_of_input, daemon=True).start()
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.graceful_timeout = 1
    await serve(application, config, shutdown_trigger=ended.wait)
    return input_closed.is_set()


def main() -> None:
    options = read_options()
    prepare_environment(options)
    input_closed = False
    try:
        input_closed = asyncio.run(serve_until_ended(create_application(), options.port))
    finally:
        from ministack.core import lambda_runtime

        lambda_runtime.reset()  # ends the functions' processes
        if input_closed:
            shutil.rmtree(options.folder, ignore_errors=True)
        if sys.exc_info()[0] is None:
            os._exit(0)  # threads of invocations that wait would hold it


main()
