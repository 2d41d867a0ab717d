"""How entities are named for people."""

import pytest

from platctl.model.named import Named
from platctl.model.ref import Ref


@pytest.mark.parametrize(
    ("title", "full"), [("Passkeys", "Passkeys (passkeys)"), ("passkeys", "passkeys"), (None, "passkeys")]
)
def test_a_full_name_is_the_title_with_the_id_to_type(title: str | None, full: str) -> None:
    assert Named(Ref("initiative", "default", "passkeys"), "passkeys", title).label_with_id == full
