"""Files on S3-compatible storage, in a bucket that nobody else reads.

Pages name the site's own addresses, as they do on one machine; who opens one is led to the bucket with a signature
that holds for minutes.
"""

import logging
import threading
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import storages
from storages.backends.s3 import S3Storage

logger = logging.getLogger(__name__)

SIGNED_FOR = 300
"""Seconds for which a signed address holds."""


class SignedStorage(S3Storage):
    """``public_endpoint`` is where browsers reach the service when it is not where the platform does."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # A service that says nothing keeps nobody waiting for long.
        self.client_config = self.client_config.merge(Config(connect_timeout=5, read_timeout=20))
        self._signers = threading.local()

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "public_endpoint": None}

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = super().__getstate__()
        return {key: value for key, value in state.items() if key != "_signers"}

    def url(self, name: str, *_args: Any, **_kwargs: Any) -> str:
        """Where the site shows the file to those who may see it."""
        return settings.MEDIA_URL + quote(name.lstrip("/"))

    def signed_url(self, name: str, *, content_type: str, disposition: str | None = None) -> str:
        """An address in the bucket itself; signing asks no server."""
        wanted = {"Bucket": self.bucket_name, "Key": self._normalize_name(name), "ResponseContentType": content_type}
        if disposition:
            wanted["ResponseContentDisposition"] = disposition
        signed: str = self._signer.generate_presigned_url("get_object", Params=wanted, ExpiresIn=SIGNED_FOR)
        return signed

    @property
    def _signer(self) -> Any:
        if not hasattr(self._signers, "client"):
            self._signers.client = self._create_session().client(
                "s3",
                region_name=self.region_name,
                endpoint_url=self.public_endpoint or self.endpoint_url,
                config=self.client_config,
                verify=self.verify,
            )
        return self._signers.client

    @cached_property
    def source(self) -> str:
        """Scheme and host of its addresses, for the Content-Security-Policy."""
        parts = urlsplit(self.signed_url("x", content_type="image/png"))
        return f"{parts.scheme}://{parts.netloc}"


def source() -> str:
    """Where files come from besides the site itself; "" on one machine."""
    storage = storages["default"]
    return storage.source if isinstance(storage, SignedStorage) else ""


def answers_everybody() -> bool:
    """Whether a file of the bucket is sent to who has no signature."""
    storage = storages["default"]
    if not isinstance(storage, SignedStorage):
        return False
    try:
        listed = storage.connection.meta.client.list_objects_v2(Bucket=storage.bucket_name, MaxKeys=1)
        addresses = [storage.signed_url(found["Key"], content_type="image/png") for found in listed.get("Contents", ())]
        return any(requests.head(address.partition("?")[0], timeout=10).ok for address in addresses)
    except (BotoCoreError, ClientError, requests.RequestException) as error:
        logger.warning("The bucket cannot be asked whether it answers everybody: %s", error)
        return False
