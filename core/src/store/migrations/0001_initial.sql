-- Frozen: a deployed migration is never edited. What the columns mean is said in docs/data-model.md.

-- What the device knows of itself and of its syncs.
CREATE TABLE local (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Words that repeat in every activity: zones, boot ids, states, outcomes. A row holds the number.
CREATE TABLE word (
    no   INTEGER NOT NULL PRIMARY KEY,
    text TEXT    NOT NULL UNIQUE
) STRICT;

-- Every table of a kind: `id` as 16 bytes, `version` of the confirmed body (NULL until there is one, 0 while the server does not
-- announce the row), the columns that a query or the disk needs, and in `rest` the JSON of every other field, those of a newer
-- server among them.
-- A row is the effective one: what the server confirmed, with the rep's unseen changes over it.

CREATE TABLE company (
    no      INTEGER NOT NULL PRIMARY KEY,
    id      BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    version INTEGER CHECK (version >= 0),
    rest    TEXT
) STRICT;

CREATE TABLE work_calendar (
    no      INTEGER NOT NULL PRIMARY KEY,
    id      BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    version INTEGER CHECK (version >= 0),
    rest    TEXT
) STRICT;

CREATE TABLE rep (
    no      INTEGER NOT NULL PRIMARY KEY,
    id      BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    version INTEGER CHECK (version >= 0),
    code    TEXT,
    name    TEXT,
    rest    TEXT
) STRICT;

CREATE TABLE product (
    no         INTEGER NOT NULL PRIMARY KEY,
    id         BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    version    INTEGER CHECK (version >= 0),
    code       TEXT,
    name       TEXT,
    search_key TEXT    NOT NULL DEFAULT '',
    rest       TEXT
) STRICT;
CREATE INDEX product_by_code ON product (code);

CREATE TABLE customer (
    no         INTEGER NOT NULL PRIMARY KEY,
    id         BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    version    INTEGER CHECK (version >= 0),
    code       TEXT,
    name       TEXT,
    lifecycle  TEXT,
    segment    TEXT,
    lat_e7     INTEGER,
    lon_e7     INTEGER,
    search_key TEXT    NOT NULL DEFAULT '',
    rest       TEXT
) STRICT;
CREATE INDEX customer_by_code ON customer (code) WHERE code IS NOT NULL;
CREATE INDEX customer_by_search_key ON customer (search_key);
CREATE INDEX customer_by_place ON customer (lat_e7, lon_e7, id) WHERE lat_e7 IS NOT NULL;

-- The name of a customer who is out of the rep's sight, for the rep's own past work.
CREATE TABLE customer_stub (
    id   BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE assignment (
    no        INTEGER NOT NULL PRIMARY KEY,
    id        BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    version   INTEGER CHECK (version >= 0),
    customer  BLOB    CHECK (length(customer) = 16),
    rep       BLOB    CHECK (length(rep) = 16),
    first_day INTEGER,
    last_day  INTEGER,
    rest      TEXT
) STRICT;
CREATE INDEX assignment_by_customer ON assignment (customer);

CREATE TABLE target (
    no      INTEGER NOT NULL PRIMARY KEY,
    id      BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    version INTEGER CHECK (version >= 0),
    rep     BLOB    CHECK (length(rep) = 16),
    rest    TEXT
) STRICT;
CREATE INDEX target_by_rep ON target (rep);

CREATE TABLE call_cycle (
    no      INTEGER NOT NULL PRIMARY KEY,
    id      BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    version INTEGER CHECK (version >= 0),
    rest    TEXT
) STRICT;

CREATE TABLE plan_item (
    no       INTEGER NOT NULL PRIMARY KEY,
    id       BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    version  INTEGER CHECK (version >= 0),
    customer BLOB    CHECK (length(customer) = 16),
    rep      BLOB    CHECK (length(rep) = 16),
    date     INTEGER,
    sequence INTEGER,
    rest     TEXT
) STRICT;
CREATE INDEX plan_item_by_date ON plan_item (date);
CREATE INDEX plan_item_by_customer ON plan_item (customer);

CREATE TABLE visit (
    no                         INTEGER NOT NULL PRIMARY KEY,
    id                         BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    version                    INTEGER CHECK (version >= 0),
    customer                   BLOB    CHECK (length(customer) = 16),
    rep                        BLOB    CHECK (length(rep) = 16),
    segment                    INTEGER,
    lifecycle                  INTEGER,
    state                      INTEGER,
    check_in_utc_ms            INTEGER,
    check_in_correction_ms     INTEGER,
    check_in_zone              INTEGER,
    check_in_offset_s          INTEGER,
    check_in_date              INTEGER,
    check_in_monotonic_ms      INTEGER,
    check_in_boot              INTEGER,
    check_in_source            INTEGER,
    check_in_uncertainty_ms    INTEGER,
    check_in_lat_e7            INTEGER,
    check_in_lon_e7            INTEGER,
    check_in_accuracy_m        INTEGER,
    check_in_fix_age_ms        INTEGER,
    check_in_provider          INTEGER,
    check_in_mocked            INTEGER,
    distance_m                 INTEGER,
    geo_verdict                INTEGER,
    check_out_utc_ms           INTEGER,
    check_out_correction_ms    INTEGER,
    check_out_zone             INTEGER,
    check_out_offset_s         INTEGER,
    check_out_date             INTEGER,
    check_out_monotonic_ms     INTEGER,
    check_out_boot             INTEGER,
    check_out_source           INTEGER,
    check_out_uncertainty_ms   INTEGER,
    check_out_lat_e7           INTEGER,
    check_out_lon_e7           INTEGER,
    check_out_accuracy_m       INTEGER,
    check_out_fix_age_ms       INTEGER,
    check_out_provider         INTEGER,
    check_out_mocked           INTEGER,
    checkout_kind              INTEGER,
    outcome                    INTEGER,
    note                       TEXT,
    rest                       TEXT
) STRICT;
CREATE INDEX visit_by_customer ON visit (customer, check_in_date);
CREATE INDEX visit_by_date ON visit (check_in_date);
CREATE INDEX visit_without_end ON visit (rep, check_in_utc_ms) WHERE check_out_utc_ms IS NULL;

CREATE TABLE call (
    no                INTEGER NOT NULL PRIMARY KEY,
    id                BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    version           INTEGER CHECK (version >= 0),
    customer          BLOB    CHECK (length(customer) = 16),
    rep               BLOB    CHECK (length(rep) = 16),
    segment           INTEGER,
    lifecycle         INTEGER,
    at_utc_ms         INTEGER,
    at_correction_ms  INTEGER,
    at_zone           INTEGER,
    at_offset_s       INTEGER,
    at_date           INTEGER,
    at_monotonic_ms   INTEGER,
    at_boot           INTEGER,
    at_source         INTEGER,
    at_uncertainty_ms INTEGER,
    direction         INTEGER,
    disposition       INTEGER,
    duration_s        INTEGER,
    outcome           INTEGER,
    note              TEXT,
    rest              TEXT
) STRICT;
CREATE INDEX call_by_customer ON call (customer, at_date);
CREATE INDEX call_by_date ON call (at_date);

CREATE TABLE sale (
    no                INTEGER NOT NULL PRIMARY KEY,
    id                BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    version           INTEGER CHECK (version >= 0),
    number            TEXT,
    customer          BLOB    CHECK (length(customer) = 16),
    rep               BLOB    CHECK (length(rep) = 16),
    segment           INTEGER,
    lifecycle         INTEGER,
    visit             BLOB    CHECK (length(visit) = 16),
    state             INTEGER,
    currency          INTEGER,
    rule_set          INTEGER,
    at_utc_ms         INTEGER,
    at_correction_ms  INTEGER,
    at_zone           INTEGER,
    at_offset_s       INTEGER,
    at_date           INTEGER,
    at_monotonic_ms   INTEGER,
    at_boot           INTEGER,
    at_source         INTEGER,
    at_uncertainty_ms INTEGER,
    cancelled_date    INTEGER,
    net_minor         INTEGER,
    tax_minor         INTEGER,
    note              TEXT,
    rest              TEXT
) STRICT;
CREATE INDEX sale_by_customer ON sale (customer, at_date);
CREATE INDEX sale_by_date ON sale (at_date);
CREATE INDEX sale_by_cancellation ON sale (cancelled_date) WHERE cancelled_date IS NOT NULL;

-- The lines of a sale, under the number of its row.
CREATE TABLE sale_line (
    sale           INTEGER NOT NULL,
    id             BLOB    NOT NULL CHECK (length(id) = 16),
    position       INTEGER,
    product        BLOB    CHECK (length(product) = 16),
    product_group  INTEGER,
    quantity_milli INTEGER,
    unit           INTEGER,
    price_micro    INTEGER,
    price_currency INTEGER,
    discounts_bp   TEXT,
    tax_bp         INTEGER,
    tax_included   INTEGER,
    net_minor      INTEGER,
    tax_minor      INTEGER,
    rest           TEXT,
    PRIMARY KEY (sale, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE photo (
    no                   INTEGER NOT NULL PRIMARY KEY,
    id                   BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    version              INTEGER CHECK (version >= 0),
    visit                BLOB    CHECK (length(visit) = 16),
    customer             BLOB    CHECK (length(customer) = 16),
    rep                  BLOB    CHECK (length(rep) = 16),
    purpose              INTEGER,
    sha256               TEXT,
    size_bytes           INTEGER,
    media_type           INTEGER,
    taken_utc_ms         INTEGER,
    taken_correction_ms  INTEGER,
    taken_zone           INTEGER,
    taken_offset_s       INTEGER,
    taken_date           INTEGER,
    taken_monotonic_ms   INTEGER,
    taken_boot           INTEGER,
    taken_source         INTEGER,
    taken_uncertainty_ms INTEGER,
    note                 TEXT,
    rest                 TEXT
) STRICT;
CREATE INDEX photo_by_visit ON photo (visit);
CREATE INDEX photo_by_customer ON photo (customer);
CREATE INDEX photo_by_file ON photo (sha256);

-- Files of this device that records name, by the hash of their bytes. A file that is not sent waits for the lane of files.
CREATE TABLE blob (
    no          INTEGER NOT NULL PRIMARY KEY,
    sha256      TEXT    NOT NULL UNIQUE CHECK (length(sha256) = 64),
    size_bytes  INTEGER NOT NULL CHECK (size_bytes > 0),
    is_sent     INTEGER NOT NULL DEFAULT 0 CHECK (is_sent IN (0, 1)),
    -- What the server had of it when it was last asked.
    sent_bytes  INTEGER NOT NULL DEFAULT 0 CHECK (sent_bytes >= 0),
    failures    INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    problem     TEXT,
    -- Not to be tried before this, by the device's clock.
    retry_at_ms INTEGER
) STRICT;
CREATE INDEX blob_to_send ON blob (is_sent) WHERE is_sent = 0;

-- The confirmed body of a row, only while changes lie over it.
CREATE TABLE shadow (
    kind    TEXT    NOT NULL,
    id      BLOB    NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 0),
    body    TEXT    NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- The last body of a row that is out of sight and that a kept change still names: a server that lost the row asks for it.
CREATE TABLE retained (
    kind TEXT NOT NULL,
    id   BLOB NOT NULL CHECK (length(id) = 16),
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Rows of kinds, or in a shape, that this build does not know yet: kept for its upgrade.
CREATE TABLE parked (
    kind    TEXT    NOT NULL,
    id      BLOB    NOT NULL CHECK (length(id) = 16),
    version INTEGER NOT NULL CHECK (version >= 0),
    body    TEXT    NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Changes on their way to the server. `seq` is the order in which they were written.
CREATE TABLE outbox (
    seq           INTEGER NOT NULL PRIMARY KEY,
    op_id         BLOB    NOT NULL UNIQUE CHECK (length(op_id) = 16),
    kind          TEXT    NOT NULL,
    id            BLOB    NOT NULL CHECK (length(id) = 16),
    op            TEXT    NOT NULL CHECK (op IN ('create', 'patch', 'delete')),
    state         TEXT    NOT NULL CHECK (state IN ('queued', 'sent', 'acked', 'seen', 'rejected')),
    attempt       INTEGER NOT NULL DEFAULT 1 CHECK (attempt > 0),
    hlc           INTEGER NOT NULL,
    base_version  INTEGER,
    payload       BLOB    NOT NULL CHECK ((op = 'delete') = (length(payload) = 0)),
    replaces      BLOB    CHECK (length(replaces) = 16),
    captured_ms   INTEGER NOT NULL,
    -- The boot of the capture and the clock since then, where `hlc` is by a clock whose difference to the server's was not known.
    unstamped_boot         TEXT,
    unstamped_monotonic_ms INTEGER CHECK ((unstamped_monotonic_ms IS NULL) = (unstamped_boot IS NULL)),
    -- Whether the payload was ever on its way to the server.
    was_sent      INTEGER NOT NULL DEFAULT 0 CHECK (was_sent IN (0, 1)),
    acked_version INTEGER CHECK ((acked_version IS NOT NULL) = (state IN ('acked', 'seen'))),
    was_acked     INTEGER NOT NULL DEFAULT 0 CHECK (was_acked IN (0, 1)),
    code          TEXT,
    field         TEXT,
    message       TEXT,
    existing      BLOB,
    superseded    TEXT,
    -- The server asked for the whole body of the row, or of this row that the change names.
    wants_full    INTEGER NOT NULL DEFAULT 0 CHECK (wants_full IN (0, 1)),
    wants_parent  BLOB    CHECK (length(wants_parent) = 16)
) STRICT;
CREATE INDEX outbox_by_row ON outbox (id);
CREATE INDEX outbox_by_state ON outbox (state);

-- `seq` waits for the change `on_op`: it names a row which that one creates, or deletes one which that one names.
CREATE TABLE outbox_dependency (
    seq   INTEGER NOT NULL,
    on_op BLOB    NOT NULL CHECK (length(on_op) = 16),
    PRIMARY KEY (seq, on_op)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_dependency_by_op ON outbox_dependency (on_op);

-- The cube of facts: an index over the rows above, never a truth of its own. A row is a day of a fact by status and currency: its
-- sums, which a target without a filter asks for, and in `cells` what they are of, by outcome, segment, lifecycle and product
-- group. Rep and currency, and those four, are numbers of `word`.
CREATE TABLE rollup (
    rep          INTEGER NOT NULL,
    fact         INTEGER NOT NULL,
    date         INTEGER NOT NULL,
    status       INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
    currency     INTEGER NOT NULL,
    count        INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    duration_ms  INTEGER NOT NULL,
    cells        BLOB    NOT NULL,
    PRIMARY KEY (rep, fact, date, status, currency)
) STRICT, WITHOUT ROWID;
