#!/usr/bin/env python3
"""Writes talib.csv: what TA-Lib's own C code gives for bars.csv, as expected values for the indicator tests.

    python3 talib.py /path/to/libta.so

Rows are "name(arguments).output,index,value": index counts bars from 0; the first row of a column is its first value,
then every 25th bar follows. Candlestick patterns list their first bar and every one on which they say something."""
import csv, ctypes, sys

ta = ctypes.CDLL(sys.argv[1])
ta.TA_Initialize()
rows = list(csv.DictReader(open("bars.csv")))
n = len(rows)
series = {key: (ctypes.c_double * n)(*[float(row[key]) for row in rows]) for key in ("open", "high", "low", "close", "volume")}
O, H, L, C, V = (series[key] for key in ("open", "high", "low", "close", "volume"))
INT, REAL = ctypes.c_int, ctypes.c_double


def run(function, inputs, options, outputs, kind=REAL):
    begin, count = INT(), INT()
    results = [(kind * n)() for _ in range(outputs)]
    code = getattr(ta, "TA_" + function)(0, n - 1, *inputs, *[REAL(o) if isinstance(o, float) else INT(o) for o in options],
                                         ctypes.byref(begin), ctypes.byref(count), *results)
    assert code == 0, (function, code)
    return begin.value, [result[:count.value] for result in results]


def text(value):
    return repr(value)[:-2] if repr(value).endswith(".0") else repr(value)


def column(out, name, begin, values, every=25):
    assert values, name
    for i, value in enumerate(values):
        if i == 0 or (begin + i) % every == 0 or begin + i == n - 1:
            out.write(f"{name},{begin + i},{text(float(value))}\n")


SINGLE, EMA = 0, 1
NUMBERS = [  # name, function, inputs, options, outputs in TA-Lib's order
    ("sma(20)", "SMA", [C], [20], [""]), ("ema(20)", "EMA", [C], [20], [""]), ("wma(20)", "WMA", [C], [20], [""]),
    ("dema(10)", "DEMA", [C], [10], [""]), ("tema(10)", "TEMA", [C], [10], [""]), ("t3(5,0.7)", "T3", [C], [5, 0.7], [""]),
    ("kama(10,2,30)", "KAMA", [C], [10], [""]), ("trima(10)", "TRIMA", [C], [10], [""]), ("trima(9)", "TRIMA", [C], [9], [""]),
    ("mama(0.5,0.05) of volume", "MAMA", [V], [0.5, 0.05], [".mama", ".fama"]),
    ("lsma(14)", "LINEARREG", [C], [14], [".value"]), ("lsma(14)", "LINEARREG_SLOPE", [C], [14], [".slope"]),
    ("lsma(14)", "LINEARREG_ANGLE", [C], [14], [".angle"]), ("lsma(14)", "LINEARREG_INTERCEPT", [C], [14], [".intercept"]),
    ("rsi(14)", "RSI", [C], [14], [""]), ("cmo(14)", "CMO", [C], [14], [""]), ("roc(10)", "ROC", [C], [10], [""]),
    ("momentum(10)", "MOM", [C], [10], [""]), ("trix(15)", "TRIX", [C], [15], [""]),
    ("stochRsi(14,14,1,3)", "STOCHRSI", [C], [14, 14, 3, SINGLE], [".k", ".d"]),
    ("stddev(20,2)", "STDDEV", [C], [20, 2.0], [""]), ("variance(20)", "VAR", [C], [20, 1.0], [""]),
    ("bollinger(20,2)", "BBANDS", [C], [20, 2.0, 2.0, SINGLE], [".upper", ".middle", ".lower"]),
    ("max(14)", "MAX", [C], [14], [""]), ("min(14)", "MIN", [C], [14], [""]), ("sum(14)", "SUM", [C], [14], [""]),
    ("correlation(20)", "CORREL", [C, V], [20], [""]), ("beta(20) of close and open", "BETA", [O, C], [20], [""]),
    ("macd(12,26,9)", "MACD", [C], [12, 26, 9], [".macd", ".signal", ".histogram"]),
    ("apo(12,26)", "APO", [C], [12, 26, EMA], [""]), ("ppo(12,26,9)", "PPO", [C], [12, 26, EMA], [".ppo"]),
    ("trueRange", "TRANGE", [H, L, C], [], [""]), ("atr(14)", "ATR", [H, L, C], [14], [""]), ("natr(14)", "NATR", [H, L, C], [14], [""]),
    ("adx(14)", "ADX", [H, L, C], [14], [".adx"]), ("dmi(14)", "PLUS_DI", [H, L, C], [14], [".plusDi"]), ("dmi(14)", "MINUS_DI", [H, L, C], [14], [".minusDi"]),
    ("dmi(14)", "DX", [H, L, C], [14], [".dx"]), ("adxr(14)", "ADXR", [H, L, C], [14], [""]),
    ("aroon(14)", "AROON", [H, L], [14], [".down", ".up"]), ("aroon(14)", "AROONOSC", [H, L], [14], [".oscillator"]),
    ("psar(0.02,0.2)", "SAR", [H, L], [0.02, 0.2], [""]),
    ("stochastic(14,3,3)", "STOCH", [H, L, C], [14, 3, SINGLE, 3, SINGLE], [".k", ".d"]), ("stochasticFast(14,3)", "STOCHF", [H, L, C], [14, 3, SINGLE], [".k", ".d"]),
    ("cci(20)", "CCI", [H, L, C], [20], [""]), ("williamsR(14)", "WILLR", [H, L, C], [14], [""]), ("ultimate(7,14,28)", "ULTOSC", [H, L, C], [7, 14, 28], [""]),
    ("bop", "BOP", [O, H, L, C], [], [""]), ("obv", "OBV", [C, V], [], [""]), ("mfi(14)", "MFI", [H, L, C, V], [14], [""]),
    ("ad", "AD", [H, L, C, V], [], [""]), ("chaikin(3,10)", "ADOSC", [H, L, C, V], [3, 10], [""]),
]
PATTERNS = {
    "doji": "DOJI", "dragonflyDoji": "DRAGONFLYDOJI", "gravestoneDoji": "GRAVESTONEDOJI", "longLeggedDoji": "LONGLEGGEDDOJI", "dojiStar": "DOJISTAR",
    "hammer": "HAMMER", "invertedHammer": "INVERTEDHAMMER", "hangingMan": "HANGINGMAN", "shootingStar": "SHOOTINGSTAR", "engulfing": "ENGULFING",
    "harami": "HARAMI", "haramiCross": "HARAMICROSS", "threeWhiteSoldiers": "3WHITESOLDIERS", "threeBlackCrows": "3BLACKCROWS",
    "piercing": "PIERCING", "marubozu": "MARUBOZU", "spinningTop": "SPINNINGTOP", "threeInside": "3INSIDE", "threeOutside": "3OUTSIDE",
    "kicking": "KICKING", "matchingLow": "MATCHINGLOW", "risingFallingThree": "RISEFALL3METHODS", "beltHold": "BELTHOLD", "highWave": "HIGHWAVE",
    "threeLineStrike": "3LINESTRIKE", "tristar": "TRISTAR", "counterattack": "COUNTERATTACK",
}
PENETRATING = {"morningStar(0.3)": "MORNINGSTAR", "eveningStar(0.3)": "EVENINGSTAR", "morningDojiStar(0.3)": "MORNINGDOJISTAR",
               "eveningDojiStar(0.3)": "EVENINGDOJISTAR", "darkCloudCover(0.5)": "DARKCLOUDCOVER", "abandonedBaby(0.3)": "ABANDONEDBABY"}

with open("talib.csv", "w") as out:
    out.write("# TA-Lib C 0.6.0 (the sources of npm package talib 1.1.6), default candle settings, run on bars.csv by talib.py\n")
    out.write("column,index,value\n")
    for name, function, inputs, options, outputs in NUMBERS:
        begin, results = run(function, inputs, options, len(outputs))
        for output, values in zip(outputs, results):
            column(out, name + output, begin, values)
    for name, function in [*PATTERNS.items(), *PENETRATING.items()]:
        options = [float(name[name.index("(") + 1:-1])] if "(" in name else []
        begin, results = run("CDL" + function, [O, H, L, C], options, 1, INT)
        found = [(begin + i, value) for i, value in enumerate(results[0]) if value or i == 0]
        assert len(found) > 5, name
        for index, value in found:
            out.write(f"{name},{index},{value}\n")
