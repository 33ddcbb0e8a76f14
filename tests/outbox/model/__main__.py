"""Run schedules by hand: `python -m tests.outbox.model [first] [how many]`."""

import sys
import time
from collections import Counter

from tests.outbox.model.office import Office
from tests.outbox.model.phones import Phones
from tests.outbox.model.storm import Storm

first, many = (int(word) for word in (sys.argv[1:] + ["0", "100"][len(sys.argv) - 1 :]))
office, phones, count, begun, bad = Office(), Phones(), Counter(), time.monotonic(), 0
for seed in range(first, first + many):
    storm = Storm(seed, office, phones)
    storm.trace = print if many == 1 else None
    if wrong := storm.run():
        bad += 1
        print(seed, wrong, flush=True)
    count += storm.count
print(dict(count), f"{bad} violations", f"{(time.monotonic() - begun) / many * 1000:.0f} ms a schedule")
phones.close()
office.close()
