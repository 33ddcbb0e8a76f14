"""How one addresses whom, and in what tone."""

import pytest

from tests.making import a_contact, a_customer
from webapp.attention import greetings
from webapp.attention.calendar import OCCASIONS
from webapp.attention.honorifics import honorific
from webapp.foundation.wording import placeholders
from webapp.foundation.wording_faults import HAN
from webapp.outbox import gate


@pytest.mark.parametrize(
    ("name", "title", "said"),
    [
        ("沈卫民", "总经理", "沈总"),
        ("沈卫民", "副总", "沈总"),
        ("沈卫民", "CEO", "沈总"),
        ("沈卫民", "董事长", "沈董"),
        ("沈卫民", "董事长/总经理", "沈董"),
        ("陈国栋", "设备部经理", "陈经理"),
        ("陈国栋", "设备部经理（兼采购）", "陈经理"),
        ("陈国栋", "副厂长", "陈厂长"),
        ("王海", "高级工程师", "王工"),
        ("王海", "总工程师", "王总工"),
        ("王海", "采购总监", "王总监"),
        ("王海", "总经理助理", "王助理"),
        ("王海", "维修工", "王师傅"),
        ("欧阳峰", "车间主任", "欧阳主任"),
        ("司马光", "", "司马光"),
        ("高峰", "采购员", "高峰"),
        ("余总", "总经理", "余总"),
        ("欧阳经理", "经理", "欧阳经理"),
        ("老王", "车间主任", "老王"),
        ("张姐", "财务主管", "张姐"),
        ("李师傅", "", "李师傅"),
        ("高理", "经理", "高经理"),
        ("Chen Guodong", "Equipment manager", "Chen Guodong"),
        ("Tony 陈", "总经理", "Tony 陈"),
    ],
)
def test_a_person_is_addressed_as_one_does(name, title, said):
    assert honorific(name, title) == said


def test_every_occasion_has_three_tones_and_nothing_left_open():
    assert set(greetings.WORDS) == set(OCCASIONS) == {"birthday", *greetings.EVERYBODY}
    for occasion, tones in greetings.WORDS.items():
        assert set(tones) == set(greetings.TONES), occasion
        for tone, words in tones.items():
            open_ = {"who", "me"} if tone == greetings.FORMAL else {"who"}
            assert set(placeholders(str(words))) <= {f"%({name})s" for name in open_} | open_, words
            assert len(str(words)) <= 70, words


SALES = ("合作", "订单", "优惠", "产品", "支持", "拜访", "生意", "业务", "财源", "您太太", "先生", "女士")


def test_no_wish_speaks_of_business_or_of_what_one_cannot_know(app):
    said = [str(words) for tones in greetings.WORDS.values() for words in tones.values()]
    said += [str(words) for words in greetings.EVERYBODY.values()]
    assert [words for words in said if any(one in words for one in SALES)] == []


@pytest.mark.parametrize(
    ("role", "relation", "level", "tone"),
    [
        ("decision_maker", "prospect", "E", "formal"),
        ("decision_maker", "established", "B", "formal"),
        ("decision_maker", "established", "A", "warm"),
        ("user", "just_sold", "B", "warm"),
        ("influencer", "intent", "C", "short"),
        ("", "prospect", "E", "short"),
    ],
)
def test_the_tone_that_suits_comes_first_and_all_are_there(cast, role, relation, level, tone):
    with gate.transaction():
        customer = a_customer(cast.lin, level=level, relation=relation)
        person = a_contact(customer, title="设备部经理", decision_role=role)
    assert greetings.tone_for(person) == tone
    said = greetings.drafts(person, "birthday", cast.lin)
    assert [draft.label for draft in said[:3]].count(str(greetings.TONES[tone])) == 1
    assert said[0].label == str(greetings.TONES[tone]) and said[0].text.startswith("陈经理，")
    assert [draft.lang for draft in said] == ["zh-CN"] * 3 + ["en"]
    assert "Happy birthday, 陈国栋" in said[3].text or "Dear 陈国栋" in said[3].text
    assert not HAN.search(said[3].text.replace("陈国栋", "").replace("林晓岚", ""))
