"""The reference model of the benchmark in SimPy: see web-tier.c for the model.

    python3 web-tier.py 100000       or, with a seed of its own:       python3 web-tier.py 100000 7

Prints one line of JSON: requests, seconds, those of the processor, mean and 99th percentile of the response time in ms.
"""

import json
import random
import sys
import time

import simpy


def request(env, servers, database, turn, responses, chance):
    arrived = env.now
    server = servers[turn % len(servers)]
    with server.request() as slot:
        yield slot
        yield env.timeout(chance.expovariate(1 / 10))
    yield env.timeout(0.5)
    if chance.random() >= 0.8:
        with database.request() as slot:
            yield slot
            yield env.timeout(chance.expovariate(1 / 20))
    yield env.timeout(0.5)
    responses.append(env.now - arrived)


def arrivals(env, wanted, *system):
    servers, database, responses, chance = system
    for turn in range(wanted):
        yield env.timeout(chance.expovariate(2.56))
        env.process(request(env, servers, database, turn, responses, chance))


def main():
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    env = simpy.Environment()
    servers = [simpy.Resource(env, capacity=4) for _ in range(8)]
    database = simpy.Resource(env, capacity=16)
    responses = []
    started = time.perf_counter()
    env.process(arrivals(env, wanted, servers, database, responses, random.Random(seed)))
    env.run()
    took = time.perf_counter() - started
    responses.sort()
    print(
        json.dumps(
            {
                "requests": len(responses),
                "seconds": took,
                "cpu": time.process_time(),
                "mean": sum(responses) / len(responses),
                "p99": responses[int(0.99 * len(responses))],
            }
        )
    )


main()
