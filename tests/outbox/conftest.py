from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient


@pytest.fixture
def admin(cast: SimpleNamespace, client_of: Callable[..., FlaskClient]) -> FlaskClient:
    """The administrator, who has a form that files one row under the form's own id: a new team."""
    return client_of(cast.admin)
