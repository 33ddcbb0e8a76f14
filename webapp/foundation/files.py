"""Where photos and voice notes lie: a folder beside the data, or an S3-compatible bucket by setting."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

import boto3
from botocore.exceptions import ClientError
from flask import Flask, current_app

from webapp.foundation.settings import Settings


class Store(Protocol):
    """Keeps bytes under a key like 'photos/ab/abcdef.jpg'. `read` raises KeyError for an unknown key."""

    def write(self, key: str, content: bytes, media_type: str) -> None: ...

    def read(self, key: str) -> bytes: ...

    def delete(self, key: str) -> None: ...

    def names(self) -> Iterator[str]: ...


class Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, key: str, content: bytes, media_type: str) -> None:
        path = self.root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(path.suffix + ".part")
        unfinished.write_bytes(content)
        unfinished.replace(path)

    def read(self, key: str) -> bytes:
        try:
            return (self.root / key).read_bytes()
        except FileNotFoundError as error:
            raise KeyError(key) from error

    def delete(self, key: str) -> None:
        (self.root / key).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        for path in sorted(self.root.rglob("*")):
            if path.suffix != ".part" and path.is_file():
                yield path.relative_to(self.root).as_posix()


class Bucket:
    """An S3-compatible bucket; credentials come from the usual AWS variables."""

    def __init__(self, bucket: str, endpoint: str | None) -> None:
        self.bucket = bucket
        self.client = boto3.client("s3", endpoint_url=endpoint)

    def write(self, key: str, content: bytes, media_type: str) -> None:
        self.client.put_object(Bucket=self.bucket, Key=key, Body=content, ContentType=media_type)

    def read(self, key: str) -> bytes:
        try:
            return cast(bytes, self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read())
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                raise KeyError(key) from error
            raise

    def delete(self, key: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=key)

    def names(self) -> Iterator[str]:
        for some in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket):
            for found in some.get("Contents", ()):
                yield found["Key"]


def open_store(settings: Settings) -> Store:
    if settings.s3_bucket:
        return Bucket(settings.s3_bucket, settings.s3_endpoint)
    return Folder(settings.data / "files")


def prepare(app: Flask) -> None:
    app.extensions["files"] = open_store(app.config["SETTINGS"])


def store() -> Store:
    """The store of the running app."""
    return cast(Store, current_app.extensions["files"])
