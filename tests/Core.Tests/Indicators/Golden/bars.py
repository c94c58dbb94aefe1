#!/usr/bin/env python3
"""Writes bars.csv: 2,500 made-up minute bars on a grid of 0.25 with trends, gaps, dead minutes, and planted candlestick patterns."""
import datetime, random

random.seed(20130)
bars = []
close, volatility, drift = 4000 * 4, 6.0, 0.0  # prices in quarter points


def shadow(scale=1.0):
    kind = random.random()
    return 0 if kind < 0.35 else int(abs(random.gauss(0, volatility * scale * (0.5 if kind < 0.85 else 2))))


def add(start, end, upper=None, lower=None):
    """A bar by its open and close; shadows are drawn by lot where none are given."""
    global close
    close = end
    upper, lower = shadow() if upper is None else upper, shadow() if lower is None else lower
    volume = 0 if random.random() < 0.01 else int(random.lognormvariate(5, 1))
    bars.append((start, max(start, end) + upper, min(start, end) - lower, end, volume))


def plain():
    gap = 0 if random.random() < 0.55 else int(random.gauss(0, volatility * (4 if random.random() < 0.04 else 0.8)))
    kind = random.random()
    body = random.choice([0, 0, 1, -1]) if kind < 0.07 else int(random.gauss(drift, volatility * (2.2 if kind < 0.3 else 1)))
    add(close + gap, max(400, close + gap + body))


def planted(sign):
    """Bodies of b quarter points: enough to be long among their neighbours."""
    b, c = int(volatility * 3) + 4, close
    shapes = {
        "crows": [(0, b * 0.9, 0, 1), (b * 0.8, -0.1 * b, 0, 0), (b * 0.5, -b * 0.9, 0, 0), (-b * 0.3, -b * 1.7, 0, 0)],
        "pierce": [(0, -b, 1, 1), (-b * 1.4, -b * 0.3, 1, 1)],
        "cloud": [(0, b, 1, 1), (b * 1.4, b * 0.3, 1, 1)],
        "kick": [(b, 0, 0, 0), (b * 1.5, b * 2.6, 0, 0)],
        "rising": [(0, b * 2, 1, 1), (b * 1.7, b * 1.4, 1, 1), (b * 1.5, b * 1.1, 1, 1), (b * 1.2, b * 0.8, 1, 1), (b * 0.9, b * 2.6, 1, 1)],
        "strike": [(0, b, 1, 1), (b * 0.8, b * 1.6, 1, 1), (b * 1.4, b * 2.2, 1, 1), (b * 2.4, -b * 0.3, 1, 1)],
        "baby": [(0, b, 1, 1), (b * 1.6, b * 1.6, 1, 1), (b * 1.2, b * 0.2, 1, 1)],
        "star": [(0, b, 1, 1), (b * 1.3, b * 1.3, 1, 1), (b * 1.1, b * 0.2, 1, 1)],
        "evening": [(0, b, 1, 1), (b * 1.3, b * 1.4, 1, 1), (b * 1.1, b * 0.2, 1, 1)],
        "tristar": [(0, 0, 1, 1), (2, 2, 1, 1), (1, 1, 1, 1)],
        "counter": [(0, b, 1, 1), (b * 2, b, 1, 1)],
        "inside": [(0, b, 1, 1), (b * 0.7, b * 0.4, 1, 1), (b * 0.4, -b * 0.4, 1, 1)],
        "soldiers": [(0, b, 0, 0), (b * 0.6, b * 1.6, 0, 0), (b * 1.2, b * 2.2, 0, 0)],
    }
    for start, end, upper, lower in shapes[random.choice(sorted(shapes))]:
        add(c + sign * int(start), c + sign * int(end), *((upper, lower) if sign > 0 else (lower, upper)))


while len(bars) < 2500:
    if random.random() < 0.025:
        drift, volatility = random.choice([-1.5, -0.7, 0, 0, 0.7, 1.5]), random.choice([3, 5, 8, 14])
    planted(random.choice([1, -1])) if len(bars) > 20 and random.random() < 0.06 else plain()

time = datetime.datetime(2024, 1, 2, 14, 30)
with open("bars.csv", "w") as out:
    out.write("timestamp,open,high,low,close,volume\n")
    for open_, high, low, end, volume in bars[:2500]:
        out.write(f"{time:%Y-%m-%dT%H:%M:%SZ},{open_ / 4:g},{high / 4:g},{low / 4:g},{end / 4:g},{volume}\n")
        time += datetime.timedelta(minutes=1)
