"""What is typed about a person without a name is not dropped in silence."""


def test_a_title_without_a_name_asks_whose_it_is_and_keeps_what_was_typed(lin):
    answer = lin.post("/customers", data={"name": "河湾纺机", "contact_title": "设备科长"})
    assert answer.status_code == 422
    assert "这是谁的？写个姓也行。" in answer.text
    assert "设备科长" in answer.text
