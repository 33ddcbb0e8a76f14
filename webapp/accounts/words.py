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
    *(
        "Asia/Shanghai",
        "Asia/Urumqi",
        "Asia/Hong_Kong",
        "Asia/Macau",
        "Asia/Taipei",
        "Asia/Singapore",
        "Asia/Kuala_Lumpur",
    ),
    *(
        "Asia/Tokyo",
        "Asia/Seoul",
        "Asia/Bangkok",
        "Asia/Saigon",
        "Asia/Jakarta",
        "Asia/Manila",
        "Asia/Calcutta",
        "Asia/Dubai",
    ),
    *("Europe/Moscow", "Europe/Istanbul", "Europe/Berlin", "Europe/Paris", "Europe/London", "Africa/Johannesburg"),
    *(
        "America/Sao_Paulo",
        "America/New_York",
        "America/Chicago",
        "America/Los_Angeles",
        "Australia/Sydney",
        "Pacific/Auckland",
    ),
)

DONE: dict[str, Any] = {
    "user_created": lazy_pgettext("done", "新建人员"),
    "user_changed": lazy_pgettext("done", "改人员资料"),
    "user_disabled": lazy_pgettext("done", "停用账号"),
    "user_enabled": lazy_pgettext("done", "恢复账号"),
    "devices_signed_out": lazy_pgettext("done", "退出全部设备"),
    "password_reset": lazy_pgettext("done", "重设密码"),
    "customers_handed_over": lazy_pgettext("done", "移交客户"),
    "team_created": lazy_pgettext("done", "新建团队"),
    "team_changed": lazy_pgettext("done", "改团队"),
    "team_deleted": lazy_pgettext("done", "删除团队"),
    "customers_imported": lazy_pgettext("done", "导入客户"),
    "customers_exported": lazy_pgettext("done", "导出客户"),
    "parcel_taken": lazy_pgettext("done", "收下别人导出的文件"),
    "channel_added": lazy_pgettext("done", "加提醒渠道"),
    "channel_removed": lazy_pgettext("done", "去掉提醒渠道"),
    "customers_merged": lazy_pgettext("done", "合并客户"),
    "customer_reassigned": lazy_pgettext("done", "客户换人"),
    "contact_erased": lazy_pgettext("done", "按要求删掉联系人"),
    "customer_erased": lazy_pgettext("done", "按要求删掉客户"),
    "copy_taken": lazy_pgettext("done", "导出一个人的资料"),
    "kept_on": lazy_pgettext("done", "到期资料决定留着"),
    "file_read": lazy_pgettext("done", "看别人的客户资料"),
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
