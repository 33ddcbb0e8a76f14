from typing import Any

import wtforms
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from webapp.customers.importing.columns import HEADINGS_WITHIN
from webapp.customers.importing.models import ImportRun
from webapp.customers.importing.reading import Table
from webapp.customers.importing.words import COMPANY, DUPLICATES, ENCODINGS, FIELDS, PEOPLE, SEPARATORS, place_of
from webapp.foundation.forms import Choice, FieldForm
from webapp.foundation.i18n import _, _l, pgettext

SAMPLES = 3


class UploadForm(FieldForm):
    file = FileField(_l("客户名单"))

    def refuse(self, problem: str) -> None:
        """Say next to the field why this file cannot be used."""
        self.file.errors = [*self.file.errors, problem]


class Pick(wtforms.SelectField):
    """One of many, in a list that opens."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, validate_choice=False, **kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in {value for value, *_rest in self.iter_choices()}:
            raise ValidationError(_("没有这个选项，重新选一个。"))


class ReadingForm(FlaskForm):
    """How a file is read; asked by address, so that trying another encoding changes nothing."""

    class Meta:
        csrf = False

    encoding = Pick(_l("编码"))
    separator = Pick(_l("分隔符"))
    sheet = Pick(_l("工作表"))
    header = Pick(_l("表头在"))

    @classmethod
    def of(cls, table: Table, layout: Any, problem: str) -> "ReadingForm":
        """The form with what was chosen, or found out, and only the questions that this kind of file has."""
        chosen = {name: getattr(layout, name) for name in ("encoding", "separator", "sheet")}
        form = cls(formdata=None, data={**chosen, "header": "none" if layout.header is None else str(layout.header)})
        form.encoding.choices = list(ENCODINGS.items())
        form.separator.choices = list(SEPARATORS.items())
        form.sheet.choices = [(name, name) for name in table.sheets]
        lines = range(min(len(table.rows), HEADINGS_WITHIN))
        form.header.choices = [*((str(line), place_of(line + 1)) for line in lines), ("none", _("没有表头"))]
        if problem:
            (form.encoding if table.kind == "csv" else form.sheet).errors = [problem]
        for name in ("sheet",) if table.kind == "csv" else ("encoding", "separator"):
            del form[name]
        return form


class ColumnsForm(FieldForm):
    """What each column means; a subclass of it is made for the columns of one file."""

    encoding = wtforms.HiddenField()
    separator = wtforms.HiddenField()
    sheet = wtforms.HiddenField()
    header = wtforms.HiddenField()
    columns: int = 0

    @property
    def picks(self) -> list[Pick]:
        return [self[f"column_{number}"] for number in range(self.columns)]

    @property
    def mapping(self) -> dict[int, str]:
        return {number: pick.data for number, pick in enumerate(self.picks) if pick.data}

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field once, and a company's name among them."""
        fine = super().validate(extra_validators)
        seen: set[str] = set()
        for pick in self.picks:
            if pick.data in FIELDS and pick.data in seen and pick.data != "note_line":
                pick.errors = [*pick.errors, _("“%(field)s”已经有一列了。", field=FIELDS[pick.data])]
                fine = False
            seen.add(pick.data or "")
        if "name" not in seen:
            self.form_errors.append(_("指出哪一列是公司名称，别的可以不要。"))
        return fine and "name" in seen


def columns_form(layout: Any, samples: list[list[str]], mapping: dict[int, str]) -> ColumnsForm:
    """A form with one field a column, headed as in the file, with what stands there for a hint."""
    wide = max([len(layout.headings), *map(len, samples)])
    fields: dict[str, Any] = {
        f"column_{n}": _pick(n, layout.headings, samples, mapping.get(n, "")) for n in range(wide)
    }
    form: ColumnsForm = type("TheseColumns", (ColumnsForm,), {**fields, "columns": wide})()
    for name in ("encoding", "separator", "sheet"):
        form[name].data = getattr(layout, name)
    form.header.data = "none" if layout.header is None else str(layout.header)
    return form


def _pick(number: int, headings: list[str], samples: list[list[str]], field: str) -> Any:
    heading = headings[number] if number < len(headings) else ""
    stands = dict.fromkeys(row[number].strip() for row in samples if number < len(row))
    seen = [text if len(text) <= 24 else text[:23] + "…" for text in stands if text][:SAMPLES]
    label = heading or _("第%(n)s列", n=number + 1)
    return Pick(label, choices=_offered(), default=field, description=" · ".join(seen))


def _offered() -> list[SelectChoice]:
    company, people = pgettext("column", "公司"), pgettext("column", "联系人")
    return [
        SelectChoice("", _("不导入")),
        *(SelectChoice(name, FIELDS[name], optgroup=company) for name in COMPANY),
        *(SelectChoice(name, FIELDS[name], optgroup=people) for name in PEOPLE),
    ]


class RunForm(FieldForm):
    duplicates = Choice(
        _l("已有的怎么办"),
        choices=[(code, words[0]) for code, words in DUPLICATES.items()],
        required=True,
        default="merge",
    )
    owner = Pick(_l("归谁负责"))

    def offer(self, people: list[Any], run: ImportRun) -> "RunForm":
        """Let one of these be the owner."""
        self.owner.choices = [(person.id, person.name) for person in people]
        if not self.owner.data:
            self.owner.data = run.owner_id
        return self
