"""Photos and voice notes: made safe on the way in, shown to those who may read the report, and to nobody else."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.visits.reporting import a_bomb, a_photo, a_voice, form, hand_in, the_report, the_reports
from webapp.visits import pictures
from webapp.visits.models import Attachment


def kept_files(app: object) -> list[str]:
    files = app.config["SETTINGS"].data / "files"
    return sorted(str(path) for path in files.rglob("*") if path.is_file())


@pytest.fixture(autouse=True)
def _an_empty_store(app):
    for path in kept_files(app):
        Path(path).unlink()


def the_attachment() -> Attachment:
    [piece] = the_report().attachments
    return piece


def test_a_photo_loses_its_place_and_its_maker_stands_upright_and_is_no_bigger_than_needed(lin, here):
    hand_in(lin, here.customer, photos=a_photo(2400, 1800))

    piece = the_attachment()
    answer = lin.get(f"/attachments/{piece.id}")
    picture = Image.open(io.BytesIO(answer.data))
    assert (picture.format, picture.size) == ("JPEG", (1200, 1600))  # it lay on its side
    assert (piece.width, piece.height, piece.bytes) == (1200, 1600, len(answer.data))
    assert not picture.getexif()
    assert "comment" not in picture.info
    for secret in (b"Exif", b"PhoneMaker", b"taken at home"):
        assert secret not in answer.data


def test_the_small_one_has_320_pixels(lin, here):
    hand_in(lin, here.customer, photos=a_photo())

    small = lin.get(f"/attachments/{the_attachment().id}?size=thumb")

    assert max(Image.open(io.BytesIO(small.data)).size) == 320
    assert small.headers["ETag"] != lin.get(f"/attachments/{the_attachment().id}").headers["ETag"]


def test_an_attachment_is_shown_where_it_stands_and_kept_by_the_browser_alone(lin, here):
    hand_in(lin, here.customer, photos=a_photo())

    headers = lin.get(f"/attachments/{the_attachment().id}").headers

    assert headers["Content-Type"] == "image/jpeg"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith('inline; filename="20261124')
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "sandbox" in headers["Content-Security-Policy"]


def test_zhou_sees_lins_photo_and_wu_does_not_find_it(lin, zhou, cast, here, client_of):
    hand_in(lin, here.customer, photos=a_photo())
    url = f"/attachments/{the_attachment().id}"

    assert zhou.get(url).status_code == 200
    assert client_of(cast.sun).get(url).status_code == 404
    assert client_of(cast.wu).get(url + "?size=thumb").status_code == 404


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_pictures_become_jpegs_and_what_was_clear_becomes_white(lin, here, kind):
    out = io.BytesIO()
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(out, kind)
    out.seek(0)
    hand_in(lin, here.customer, photos=(out, "x.bin"))

    picture = Image.open(io.BytesIO(lin.get(f"/attachments/{the_attachment().id}").data))
    assert (picture.format, picture.size) == ("JPEG", (300, 200))
    assert all(band > 250 for band in picture.getpixel((10, 10)))


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (a_bomb, "有一张照片尺寸太大，读不进来。"),
        (lambda: (io.BytesIO("这是一段话".encode()), "photo.jpg"), "有一个文件不是照片，或者坏了。"),
        (
            lambda: (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "photo.jpg"),
            "有一个文件不是照片，或者坏了。",
        ),
        (lambda: (io.BytesIO(a_photo()[0].read()[:3000]), "half.jpg"), "有一个文件不是照片，或者坏了。"),
        (lambda: (io.BytesIO(b""), "photo.jpg"), "有一张照片是空的"),
        (lambda: (io.BytesIO(b"\0" * (pictures.MOST_PHOTO_BYTES + 1)), "big.jpg"), "有一张照片超过16MB"),
    ],
)
def test_what_is_no_photo_is_refused_beside_its_field_and_the_words_stay(lin, app, here, file, words):
    answer = hand_in(lin, here.customer, needs="旺季前先换两台", photos=file())

    assert answer.status_code == 422
    assert words in answer.text
    assert 'id="photos-error"' in answer.text
    assert "旺季前先换两台" in answer.text
    assert (the_reports(), kept_files(app)) == ([], [])


def test_a_jpeg_that_claims_900_million_pixels_is_refused(lin, here):
    body = bytearray(a_photo(64, 64)[0].read())
    frame = body.index(b"\xff\xc0")
    body[frame + 5 : frame + 9] = (30_000).to_bytes(2, "big") * 2

    assert hand_in(lin, here.customer, photos=(io.BytesIO(bytes(body)), "x.jpg")).status_code == 422


def test_nine_photos_are_taken_and_ten_are_not(lin, app, here):
    answer = hand_in(lin, here.customer, photos=[a_photo(40, 30) for _ in range(10)])
    assert answer.status_code == 422
    assert "一次最多9张照片" in answer.text
    assert kept_files(app) == []

    assert hand_in(lin, here.customer, photos=[a_photo(40, 30) for _ in range(9)]).status_code == 303
    assert [piece.position for piece in the_report().attachments] == list(range(9))
    assert len(kept_files(app)) == 18  # each with its small one


def test_the_same_form_twice_keeps_one_set_of_files(lin, app, here):
    said, photo = form(), a_photo()[0].read()
    url = f"/customers/{here.customer.id}/reports"
    for _ in range(2):
        answer = lin.post(
            url, data={**said, "photos": (io.BytesIO(photo), "a.jpg")}, content_type="multipart/form-data"
        )
        assert answer.status_code == 303

    assert len(the_reports()) == 1
    assert len(kept_files(app)) == 2


def test_a_voice_note_can_be_heard_from_the_middle(lin, here):
    hand_in(lin, here.customer, voice=a_voice())
    piece = the_attachment()

    whole = lin.get(f"/attachments/{piece.id}")
    part = lin.get(f"/attachments/{piece.id}", headers={"Range": "bytes=4-9"})

    assert (piece.kind, whole.headers["Content-Type"]) == ("voice", "audio/webm")
    assert whole.data == a_voice()[0].read()
    assert (part.status_code, part.data) == (206, whole.data[4:10])
    assert "<audio" in lin.get(the_report().url).text


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
        (b"OggS\x00\x02", "audio/ogg"),
        (b"RIFF\x24\x08\x00\x00WAVEfmt ", "audio/wav"),
    ],
)
def test_a_voice_note_is_known_by_its_first_bytes(lin, here, head, media_type):
    hand_in(lin, here.customer, voice=(io.BytesIO(head + b"\0" * 50), "whatever.exe"))

    assert the_attachment().media_type == media_type


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ this is a program", "这不是录音，或者坏了。"),
        (b"", "这段录音是空的"),
        (b"OggS" + b"\0" * pictures.MOST_VOICE_BYTES, "录音超过5MB"),
    ],
)
def test_what_is_no_voice_note_is_refused_beside_its_field(lin, here, content, words):
    answer = hand_in(lin, here.customer, voice=(io.BytesIO(content), "voice.webm"))

    assert answer.status_code == 422
    assert words in answer.text
    assert the_reports() == []


def test_a_file_that_the_store_has_lost_is_not_found(lin, app, here):
    hand_in(lin, here.customer, photos=a_photo())
    for path in kept_files(app):
        Path(path).unlink()

    assert lin.get(f"/attachments/{the_attachment().id}").status_code == 404
    assert lin.get(the_report().url).status_code == 200


def test_a_hundred_megabytes_are_refused_with_a_word_and_nothing_is_kept(lin, app, here):
    body = io.BytesIO(b"\xff\xd8" + b"\0" * 100_000_000)
    answer = hand_in(lin, here.customer, photos=(body, "film.jpg"))

    assert answer.status_code == 413
    assert "太大" in answer.text
    assert (the_reports(), kept_files(app)) == ([], [])
