"""What the codes of accounts are called."""

import re
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_gmt, get_timezone_location

from webapp.accounts.phones import spoken
from webapp.foundation import clock
from webapp.foundation.i18n import _, _l, get_locale, lazy_pgettext

ROLES: dict[str, Any] = {
    "rep": _l("销售员"),
    "supervisor": _l("主管"),
    "manager": _l("销售经理"),
    "director": _l("总监"),
    "admin": _l("管理员"),
}

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")

SCHEMES: dict[str, Any] = {
    "": lazy_pgettext("colours", "跟手机走"),
    "light": lazy_pgettext("colours", "浅色"),
    "dark": lazy_pgettext("colours", "深色"),
}

ZONES = (
    *("Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Macau", "Asia/Taipei", "Asia/Singapore", "Asia/Kuala_Lumpur"),
    *("Asia/Tokyo", "Asia/Seoul", "Asia/Bangkok", "Asia/Saigon", "Asia/Jakarta", "Asia/Manila", "Asia/Calcutta", "Asia/Dubai"),
    *("Europe/Moscow", "Europe/Istanbul", "Europe/Berlin", "Europe/Paris", "Europe/London", "Africa/Johannesburg"),
    *("America/Sao_Paulo", "America/New_York", "America/Chicago", "America/Los_Angeles", "Australia/Sydney", "Pacific/Auckland"),
)

DONE: dict[str, Any] = {
    "user_created": _l("新建人员"),
    "user_changed": _l("改人员资料"),
    "user_disabled": _l("停用账号"),
    "user_enabled": _l("恢复账号"),
    "devices_signed_out": _l("退出全部设备"),
    "password_reset": _l("重设密码"),
    "customers_handed_over": _l("移交客户"),
    "team_created": _l("新建团队"),
    "team_changed": _l("改团队"),
    "team_deleted": _l("删除团队"),
    "customers_imported": _l("导入客户"),
    "customers_exported": _l("导出客户"),
    "customers_merged": _l("合并客户"),
    "customer_reassigned": _l("客户换人"),
}


def role(code: str) -> str:
    return str(ROLES.get(code, code))


def done(action: str) -> str:
    """An action of the audit log in words; a code that no room has named is shown as it is."""
    return str(DONE.get(action, action))


def zone(name: str) -> str:
    """A time zone by its city and its distance from Greenwich now: 上海 · GMT+08:00."""
    city = get_timezone_location(name, locale=get_locale(), return_city=True)
    return f"{city} · {get_timezone_gmt(clock.now().astimezone(ZoneInfo(name)), locale=get_locale())}"


def phone(number: str) -> str:
    return spoken(number)


def device(label: str) -> str:
    return label or _("认不出的设备")
