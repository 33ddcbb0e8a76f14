"""Every setting is read here, once, and a bad one stops the start with a sentence."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VERSION = "0.1.0"


class BadSetting(Exception):
    """A setting that cannot be right; its text says which one and what it should look like."""


@dataclass(frozen=True)
class Settings:
    """What the outside decides. Sizes are bytes, durations are days unless the name says otherwise."""

    data: Path
    database_url: str
    environment: str = "development"
    secret_key: str = ""
    huey_url: str | None = None
    s3_bucket: str | None = None
    s3_endpoint: str | None = None
    default_zone: str = "Asia/Shanghai"
    session_days: int = 90
    lease_days: int = 14
    max_upload: int = 24 * 1024 * 1024
    trusted_proxies: int = 0
    secure_cookies: bool = False
    worker: bool = True
    public_url: str = ""
    mail_url: str = ""
    push_hosts: tuple[str, ...] = ()
    push_loopback: bool = False

    @property
    def production(self) -> bool:
        return self.environment == "production"


def from_environment(env: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from environment variables; raises BadSetting."""
    env = os.environ if env is None else env
    data = Path(env.get("DOORSTEP_DATA") or ROOT / "data").expanduser().resolve()
    data.mkdir(parents=True, exist_ok=True)
    environment = env.get("DOORSTEP_ENV", "development")
    if environment not in ("development", "production"):
        raise BadSetting(f"DOORSTEP_ENV is {environment!r}; it must be 'development' or 'production'.")
    return Settings(
        data=data,
        database_url=_database_url(env.get("DATABASE_URL"), data),
        environment=environment,
        secret_key=env.get("DOORSTEP_SECRET_KEY") or _kept_secret(data / "secret_key"),
        huey_url=env.get("HUEY_URL") or None,
        s3_bucket=env.get("DOORSTEP_S3_BUCKET") or None,
        s3_endpoint=env.get("DOORSTEP_S3_ENDPOINT") or None,
        default_zone=env.get("DOORSTEP_ZONE", "Asia/Shanghai"),
        session_days=_whole(env, "DOORSTEP_SESSION_DAYS", 90),
        lease_days=_whole(env, "DOORSTEP_LEASE_DAYS", 14),
        max_upload=_whole(env, "DOORSTEP_MAX_UPLOAD_MB", 24) * 1024 * 1024,
        trusted_proxies=_whole(env, "DOORSTEP_TRUSTED_PROXIES", 0),
        worker=env.get("DOORSTEP_WORKER", "on") != "off",
        public_url=env.get("DOORSTEP_URL", "").rstrip("/"),
        mail_url=env.get("DOORSTEP_MAIL_URL", ""),
        push_hosts=tuple(host for host in env.get("DOORSTEP_PUSH_HOSTS", "").lower().split(",") if host),
        secure_cookies=environment == "production" or env.get("DOORSTEP_SECURE_COOKIES") == "1",
    )


def _whole(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, str(default))
    if not text.isdigit():
        raise BadSetting(f"{name} is {text!r}; it must be a whole number, 0 or more.")
    return int(text)


def _database_url(url: str | None, data: Path) -> str:
    if not url:
        return f"sqlite:///{data / 'doorstep.sqlite3'}"
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    if url.startswith(("postgresql+psycopg://", "sqlite:///")):
        return url
    raise BadSetting("DATABASE_URL must begin with postgresql:// or sqlite:///.")


def _kept_secret(path: Path) -> str:
    """The key that signs notices in cookies; made once and kept beside the data, readable by us alone."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(key := secrets.token_urlsafe(48))
    return key
