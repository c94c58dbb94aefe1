-- Money and quantities are decimal text, exact to the last digit; times are nanoseconds since 1970 in UTC.
-- Every row of a run is known by the journal sequence of the input that caused it and its place among that input's outputs:
-- recording the same run again changes nothing.
CREATE TABLE meta (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  key           INTEGER PRIMARY KEY,
  id            TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL,
  account       TEXT NOT NULL,
  started       INTEGER NOT NULL,
  ended         INTEGER,
  journal       TEXT,
  configuration TEXT NOT NULL,
  build         TEXT NOT NULL,
  final_hash    TEXT,
  inputs        INTEGER,
  left_out      INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE signals (
  run           INTEGER NOT NULL REFERENCES runs (key),
  sequence      INTEGER NOT NULL,
  ordinal       INTEGER NOT NULL,
  time          INTEGER NOT NULL,
  id            INTEGER NOT NULL,
  strategy      TEXT NOT NULL,
  instrument    TEXT NOT NULL,
  action        TEXT NOT NULL,
  confidence    REAL NOT NULL,
  quantity      TEXT,
  order_type    TEXT NOT NULL,
  time_in_force TEXT NOT NULL,
  limit_price   TEXT,
  stop_price    TEXT,
  stop_loss     TEXT,
  take_profit   TEXT,
  expires       INTEGER NOT NULL,
  reason        TEXT NOT NULL,
  PRIMARY KEY (run, sequence, ordinal)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX signals_by_id ON signals (run, id);

CREATE TABLE refusals (
  run        INTEGER NOT NULL REFERENCES runs (key),
  sequence   INTEGER NOT NULL,
  ordinal    INTEGER NOT NULL,
  time       INTEGER NOT NULL,
  strategy   TEXT NOT NULL,
  instrument TEXT NOT NULL,
  action     TEXT NOT NULL,
  reason     TEXT NOT NULL,
  PRIMARY KEY (run, sequence, ordinal)
) STRICT, WITHOUT ROWID;

-- value is null where the indicator had none.
CREATE TABLE indicator_values (
  run      INTEGER NOT NULL REFERENCES runs (key),
  sequence INTEGER NOT NULL,
  ordinal  INTEGER NOT NULL,
  signal   INTEGER NOT NULL,
  name     TEXT NOT NULL,
  output   INTEGER NOT NULL,
  value    REAL,
  PRIMARY KEY (run, sequence, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX indicator_values_by_signal ON indicator_values (run, signal);

CREATE TABLE votes (
  run        INTEGER NOT NULL REFERENCES runs (key),
  sequence   INTEGER NOT NULL,
  ordinal    INTEGER NOT NULL,
  decision   INTEGER NOT NULL,
  strategy   TEXT NOT NULL,
  signal     INTEGER NOT NULL,
  action     TEXT NOT NULL,
  confidence REAL NOT NULL,
  weight     REAL NOT NULL,
  target     TEXT NOT NULL,
  held       TEXT NOT NULL,
  PRIMARY KEY (run, sequence, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX votes_by_decision ON votes (run, decision);

CREATE TABLE decisions (
  run        INTEGER NOT NULL REFERENCES runs (key),
  sequence   INTEGER NOT NULL,
  ordinal    INTEGER NOT NULL,
  time       INTEGER NOT NULL,
  id         INTEGER NOT NULL,
  instrument TEXT NOT NULL,
  action     TEXT NOT NULL,
  confidence REAL NOT NULL,
  target     TEXT NOT NULL,
  held       TEXT NOT NULL,
  PRIMARY KEY (run, sequence, ordinal)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX decisions_by_id ON decisions (run, id);

-- measured and allowed are in the rule's own unit: contracts, money, a fraction, seconds; null where the rule had no number.
CREATE TABLE risk_checks (
  run        INTEGER NOT NULL REFERENCES runs (key),
  sequence   INTEGER NOT NULL,
  ordinal    INTEGER NOT NULL,
  decision   INTEGER NOT NULL,
  instrument TEXT NOT NULL,
  rule       TEXT NOT NULL,
  outcome    TEXT NOT NULL,
  code       TEXT NOT NULL,
  measured   REAL,
  allowed    REAL,
  reduced_to TEXT NOT NULL,
  PRIMARY KEY (run, sequence, ordinal)
) STRICT, WITHOUT ROWID;

-- status, filled and broker_order_id follow order_changes; all else is as it was sent.
CREATE TABLE orders (
  run             INTEGER NOT NULL REFERENCES runs (key),
  sequence        INTEGER NOT NULL,
  ordinal         INTEGER NOT NULL,
  time            INTEGER NOT NULL,
  id              INTEGER NOT NULL,
  decision        INTEGER NOT NULL,
  instrument      TEXT NOT NULL,
  side            TEXT NOT NULL,
  type            TEXT NOT NULL,
  time_in_force   TEXT NOT NULL,
  purpose         TEXT NOT NULL,
  quantity        TEXT NOT NULL,
  limit_price     TEXT,
  stop_price      TEXT,
  status          TEXT NOT NULL,
  filled          TEXT NOT NULL,
  broker_order_id TEXT,
  PRIMARY KEY (run, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX orders_by_sequence ON orders (run, sequence);

CREATE TABLE order_shares (
  run      INTEGER NOT NULL REFERENCES runs (key),
  order_id INTEGER NOT NULL,
  strategy TEXT NOT NULL,
  quantity TEXT NOT NULL,
  PRIMARY KEY (run, order_id, strategy)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_changes (
  run      INTEGER NOT NULL REFERENCES runs (key),
  sequence INTEGER NOT NULL,
  ordinal  INTEGER NOT NULL,
  time     INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  status   TEXT NOT NULL,
  before   TEXT NOT NULL,
  filled   TEXT NOT NULL,
  cause    TEXT,
  PRIMARY KEY (run, sequence, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_changes_by_order ON order_changes (run, order_id);

CREATE TABLE denials (
  run         INTEGER NOT NULL REFERENCES runs (key),
  sequence    INTEGER NOT NULL,
  ordinal     INTEGER NOT NULL,
  time        INTEGER NOT NULL,
  decision    INTEGER NOT NULL,
  instrument  TEXT NOT NULL,
  code        TEXT NOT NULL,
  side        TEXT NOT NULL,
  type        TEXT NOT NULL,
  purpose     TEXT NOT NULL,
  quantity    TEXT NOT NULL,
  limit_price TEXT,
  stop_price  TEXT,
  PRIMARY KEY (run, sequence, ordinal)
) STRICT, WITHOUT ROWID;

-- order_id is null for a crossing between two of our own strategies.
CREATE TABLE fills (
  run            INTEGER NOT NULL REFERENCES runs (key),
  sequence       INTEGER NOT NULL,
  ordinal        INTEGER NOT NULL,
  time           INTEGER NOT NULL,
  order_id       INTEGER,
  execution      INTEGER NOT NULL,
  strategy       TEXT NOT NULL,
  instrument     TEXT NOT NULL,
  side           TEXT NOT NULL,
  quantity       TEXT NOT NULL,
  price          TEXT NOT NULL,
  fee            TEXT NOT NULL,
  realized_pnl   TEXT NOT NULL,
  position_after TEXT NOT NULL,
  PRIMARY KEY (run, sequence, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX fills_by_order ON fills (run, order_id);

CREATE TABLE round_trips (
  run         INTEGER NOT NULL REFERENCES runs (key),
  sequence    INTEGER NOT NULL,
  ordinal     INTEGER NOT NULL,
  strategy    TEXT NOT NULL,
  instrument  TEXT NOT NULL,
  entered     INTEGER NOT NULL,
  exited      INTEGER NOT NULL,
  entry_side  TEXT NOT NULL,
  quantity    TEXT NOT NULL,
  entry_price TEXT NOT NULL,
  exit_price  TEXT NOT NULL,
  gross_pnl   TEXT NOT NULL,
  fees        TEXT NOT NULL,
  PRIMARY KEY (run, sequence, ordinal)
) STRICT, WITHOUT ROWID;

-- The latest position of each strategy; the account's is their sum.
CREATE TABLE positions (
  run        INTEGER NOT NULL REFERENCES runs (key),
  instrument TEXT NOT NULL,
  strategy   TEXT NOT NULL,
  quantity   TEXT NOT NULL,
  sequence   INTEGER NOT NULL,
  ordinal    INTEGER NOT NULL,
  time       INTEGER NOT NULL,
  PRIMARY KEY (run, instrument, strategy)
) STRICT, WITHOUT ROWID;

CREATE TABLE equity (
  run      INTEGER NOT NULL REFERENCES runs (key),
  time     INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  equity   TEXT NOT NULL,
  cash     TEXT NOT NULL,
  PRIMARY KEY (run, time)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  run        INTEGER NOT NULL REFERENCES runs (key),
  sequence   INTEGER NOT NULL,
  ordinal    INTEGER NOT NULL,
  time       INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  strategy   TEXT,
  instrument TEXT,
  text       TEXT NOT NULL,
  PRIMARY KEY (run, sequence, ordinal)
) STRICT, WITHOUT ROWID;
