"""A report says how many of its photos are there until all are, to whoever reads it."""

from tests.counting import count_queries
from tests.outbox.sending import a_photo, an_entry, announced, bring, send
from webapp.foundation.db import db
from webapp.outbox.arrivals import Announced


def test_lin_and_zhou_read_one_of_two_photos_until_both_are_there(lin, zhou, cast, customer):
    contents = [a_photo("green"), a_photo("brown")]
    photos = [announced(content) for content in contents]
    entry = an_entry(customer, attachments=photos)
    send(lin, cast.lin, entry)
    bring(lin, photos[0], contents[0])
    pages = (
        f"/reports/{entry['id']}",
        f"/reviews/visit/{entry['id']}",
        f"/customers/{customer.id}",
        f"/customers/{customer.id}/history",
    )
    for address in pages:
        reader = zhou if "reviews" in address else lin
        assert "1/2张照片" in reader.get(address).text, address

    bring(lin, photos[1], contents[1])

    for address in pages:
        reader = zhou if "reviews" in address else lin
        assert "张照片" not in reader.get(address).text, address


def test_a_photo_that_could_not_be_taken_says_why(lin, cast, customer):
    broken = announced(b"no picture", filename="坏的.jpg")
    entry = an_entry(customer, attachments=[broken])
    send(lin, cast.lin, entry)
    bring(lin, broken, b"no picture")

    page = lin.get(f"/reports/{entry['id']}").text
    assert "坏的.jpg没收下" in page and "不是照片" in page


def test_a_history_with_many_visits_asks_once_for_what_is_coming(lin, cast, customer):
    def one_more() -> None:
        send(lin, cast.lin, an_entry(customer, attachments=[announced(a_photo())]))

    one_more()
    with count_queries() as few:
        lin.get(f"/customers/{customer.id}/history")
    for _again in range(5):
        one_more()
    with count_queries() as many:
        lin.get(f"/customers/{customer.id}/history")
    assert many.n <= few.n


def test_pieces_that_are_gone_are_asked_for_again(lin, cast, customer, monkeypatch):
    content = a_photo()
    photo = announced(content)
    send(lin, cast.lin, an_entry(customer, attachments=[photo]))
    half = len(content) // 2
    address = f"/attachments/{photo['id']}/pieces"
    lin.patch(address, data=content[:half], headers={"Upload-Offset": "0"})
    db.session.get(Announced, photo["id"]).sweep()  # as after a restore of a backup that was made meanwhile

    answer = lin.patch(address, data=content[half:], headers={"Upload-Offset": str(half)})

    assert (answer.headers["Upload-Offset"], answer.headers["Upload-Complete"]) == ("0", "?0")
    assert bring(lin, photo, content).headers["Upload-Complete"] == "?1"
