"""What a supervisor says often, and what the things under review are called."""

from webapp.foundation.i18n import _l

SUBJECTS = {"plan": _l("计划"), "daily": _l("日报"), "visit": _l("拜访报告")}
PHRASES = {
    "daily": (_l("心得写得好"), _l("款要盯紧"), _l("我陪你去一趟"), _l("约拍板人")),
    "plan": (_l("路线排得好"), _l("先去收款"), _l("多排两家新的"), _l("带上样品")),
    "visit": (_l("谈得好"), _l("追下一步"), _l("这件我来办"), _l("报价先给我看")),
}
VERDICTS = {"approved": _l("核签"), "returned": _l("退回")}
