"""A real S3 server on this machine, with an empty bucket."""

from collections.abc import Iterator
from contextlib import contextmanager

import boto3
from moto.server import ThreadedMotoServer

BUCKET = "miteinander"


@contextmanager
def running() -> Iterator[str]:
    """Host and port. Who asks without a signature gets nothing."""
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    moto.start()
    try:
        address = "{}:{}".format(*moto.get_host_and_port())
        client = boto3.client(
            "s3",
            endpoint_url=f"http://{address}",
            aws_access_key_id="key",
            aws_secret_access_key="secret",  # noqa: S106
            region_name="us-east-1",
        )
        client.create_bucket(Bucket=BUCKET)
        yield address
    finally:
        moto.stop()
