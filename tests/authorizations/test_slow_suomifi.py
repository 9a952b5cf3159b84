"""A slow Suomi.fi holds some threads for a few seconds, and never all of them."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.acting import CUSTOMER
from tests.authorizations.stepping import Person, Watch
from tests.personas import ENTITLED, OTHER_ORGANISATION
from tests.running import Kelmu

LOGINS = 50


@pytest.mark.long
def test_fifty_hanging_logins_leave_room_for_customers_pages(kelmu: Kelmu) -> None:
    aino = kelmu.client_for(ENTITLED)
    start = aino.open("/start/")
    page = aino.submit(start, "/start/$", purpose="other_benefits", hetu=CUSTOMER)
    people = [Person.at(kelmu, "oskar") for _ in range(LOGINS)]
    means = [person.visitor.submit(person.visitor.open("/"), "/login/$") for person in people]
    watch = Watch.over(kelmu)
    kelmu.order("fault", fault="slow", step="token", person="oskar", seconds=30)
    with ThreadPoolExecutor(LOGINS) as threads:
        hanging = [
            threads.submit(person.prove, mean) for person, mean in zip(people, means, strict=True)
        ]
        times = []
        while not all(login.done() for login in hanging):
            began = time.monotonic()
            assert aino.get(page.url).status_code == 200
            times.append(time.monotonic() - began)
        answers = [login.result() for login in hanging]
    assert {answer.status_code for answer in answers} == {503}
    assert not any(person.is_logged_in() for person in people)
    reasons = watch.reasons()
    assert set(reasons) == {"busy", "timeout"}
    assert reasons.count("busy") > reasons.count("timeout")
    print(f"{len(times)} customer pages meanwhile, the slowest in {max(times):.2f} s")
    kelmu.order("mend")
    assert kelmu.client_for(OTHER_ORGANISATION).open("/start/").url.endswith("/start/")
