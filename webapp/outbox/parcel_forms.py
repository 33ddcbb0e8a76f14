from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField

from webapp.foundation.forms import Text
from webapp.foundation.i18n import _, _l


class ParcelForm(FlaskForm):
    """The file of what is unsent and the code that opens it. It has no id of its own: what is in it has."""

    class Meta:
        csrf = False

    file = FileField(_l("导出的文件"))
    code = Text(_l("密码"), most=40)

    def refuse(self, problem: str, **values: Any) -> None:
        """Say next to the field at fault why nothing was taken in."""
        field, words = {
            "none": (self.file, _("选一下那个文件。")),
            "no_code": (self.code, _("填上密码，导出的人手机上写着。")),
            "damaged": (self.file, _("这个文件不完整，或者不是登门导出的。请他再导出一次。")),
            "wrong_code": (self.code, _("密码不对。问问导出的人，一共12位。")),
            "foreign": (self.file, _("这是另一台服务器（%(origin)s）的文件，这里没有写它的人。", **values)),
            "not_yours": (self.file, _("写它的人不归你管。请他的主管或内勤来收。")),
        }[problem]
        field.errors = [*field.errors, words]
