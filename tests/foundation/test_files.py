"""Photos lie in a folder or in a bucket, and nobody notices which."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError

from tests import servers
from webapp.foundation.files import Bucket, Store, open_store
from webapp.foundation.settings import from_environment

PHOTO = "photos/ab/abcdef.jpg"


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with servers.s3() as endpoint:
        yield endpoint


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.server)])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    settings = from_environment({"DOORSTEP_DATA": str(tmp_path)})
    if request.param == "bucket":
        said = servers.s3_environment(request.getfixturevalue("bucket"))
        for name, value in servers.S3_KEYS.items():
            monkeypatch.setenv(name, value)
        settings = replace(settings, s3_bucket=said["DOORSTEP_S3_BUCKET"], s3_endpoint=said["DOORSTEP_S3_ENDPOINT"])
    store = open_store(settings)
    yield store
    for name in list(store.names()):
        store.delete(name)


def test_a_photo_comes_back_as_it_was_put(store: Store) -> None:
    photo = bytes(range(256)) * 4096
    store.write(PHOTO, photo, "image/jpeg")
    assert store.read(PHOTO) == photo


def test_written_again_it_is_the_newer_one(store: Store) -> None:
    store.write(PHOTO, b"old", "image/jpeg")
    store.write(PHOTO, b"new", "image/jpeg")
    assert store.read(PHOTO) == b"new" and list(store.names()) == [PHOTO]


def test_what_is_not_there_is_a_key_error_and_may_be_deleted_all_the_same(store: Store) -> None:
    store.delete(PHOTO)
    with pytest.raises(KeyError):
        store.read(PHOTO)


def test_what_was_deleted_is_gone_and_its_neighbour_stays(store: Store) -> None:
    store.write(PHOTO, b"1", "image/jpeg")
    store.write("voice/cd/cdefgh.webm", b"2", "audio/webm")
    store.delete(PHOTO)
    assert list(store.names()) == ["voice/cd/cdefgh.webm"]
    with pytest.raises(KeyError):
        store.read(PHOTO)


@pytest.mark.server
def test_more_files_than_a_page_of_the_bucket_are_all_told(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in servers.S3_KEYS.items():
        monkeypatch.setenv(name, value)
    store = Bucket(servers.BUCKET, bucket)
    names = [f"many/{n:04}" for n in range(1_005)]
    for name in names:
        store.write(name, b"x", "image/jpeg")
    assert [name for name in store.names() if name.startswith("many/")] == names
    for name in names:
        store.delete(name)


@pytest.mark.server
def test_a_wrong_key_is_an_error_and_never_an_empty_answer(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**servers.S3_KEYS, "AWS_SECRET_ACCESS_KEY": "guessed"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)  # it remembers the keys of those before
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        Bucket(servers.BUCKET, bucket).read(PHOTO)
