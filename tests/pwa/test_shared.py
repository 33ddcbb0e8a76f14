"""What another app hands over where no worker is there to keep it."""

from io import BytesIO


def test_the_words_go_on_and_the_photos_have_to_be_chosen_again(lin):
    photo = (BytesIO(b"a photo"), "a.jpg", "image/jpeg")
    sent = {"title": "样品", "text": "客户问的型号", "url": "", "photos": [photo]}
    answer = lin.post("/new-report", data=sent, content_type="multipart/form-data", follow_redirects=True)
    assert answer.status_code == 200
    assert "样品<br>客户问的型号" in answer.text
    assert "1张照片没带过来" in answer.text


def test_nothing_handed_over_asks_only_for_whom(lin):
    answer = lin.post("/new-report", data={}, follow_redirects=True)
    assert answer.status_code == 200
    assert "写给哪一家？" in answer.text
    assert "没带过来" not in answer.text


def test_words_without_end_and_files_without_number_do_no_harm(lin):
    assert lin.post("/new-report", data={"text": "长" * 50_000}).status_code == 303
    assert lin.get("/new-report?files=99999999").status_code == 200
    assert lin.get("/new-report?files=x&text=%00%1b<b>").status_code == 200


def test_signed_out_one_is_asked_in_first(app):
    answer = app.test_client().post("/new-report", data={"text": "x"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 401
    assert "/sign-in" in answer.text and "登录以后再分享一次" in answer.text
