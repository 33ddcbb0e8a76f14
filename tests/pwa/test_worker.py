"""The worker's door: what it hands out, and for how long the assets of a release stay."""

from dataclasses import replace

from webapp.factory import create_app
from webapp.foundation import assets
from webapp.foundation.settings import ROOT, from_environment


def test_the_worker_comes_fresh_and_from_this_build(app):
    answer = app.test_client().get("/service-worker.js")
    assert f'"/assets/{app.config["BUILD"]}/service_worker/start.js"' in answer.text
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_every_name_of_the_shell_is_an_asset(app):
    script = app.test_client().get("/service-worker.js").text
    assert '"css/app.css"' in script and '"js/app.js"' in script and "service_worker/" not in script.split("start(")[1]


def test_the_worker_that_is_called_back_only_leaves(tmp_path):
    settings = from_environment({"DOORSTEP_DATA": str(tmp_path), "DOORSTEP_WORKER": "off"})
    app = create_app(replace(settings, secret_key="for tests only"))
    script = app.test_client().get("/service-worker.js").text
    assert "leave.js" in script and "start" not in script
    assert "deleteDatabase" not in (ROOT / "service_worker/leave.js").read_text()


def test_the_assets_of_the_last_five_releases_stay_and_the_one_in_use_is_never_the_oldest(tmp_path, monkeypatch):
    shelf, builds = tmp_path / "assets", []
    for release in range(6):
        monkeypatch.setattr(assets, "gather", lambda root, release=release: {"js/app.js": b"%d" % release})
        builds.append(assets.collect(ROOT, shelf))
    assert {path.name for path in shelf.iterdir()} == set(builds[1:])
    monkeypatch.setattr(assets, "gather", lambda root: {"js/app.js": b"1"})
    assert assets.collect(ROOT, shelf) == builds[1]  # back to an old one
    monkeypatch.setattr(assets, "gather", lambda root: {"js/app.js": b"seven"})
    assets.collect(ROOT, shelf)
    assert builds[1] in {path.name for path in shelf.iterdir()}
