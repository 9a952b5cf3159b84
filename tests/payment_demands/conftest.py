from uuid import UUID

import pytest


@pytest.fixture
def eino(db: None) -> UUID:
    """A pensioner in Tampere."""
    from tests.acting import customer
    from tests.payment_demands.demanding import pays

    person = customer()
    pays(person)
    return person
