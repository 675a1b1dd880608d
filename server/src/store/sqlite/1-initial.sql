-- Frozen: a database in the field may stand at this version. Changes are a new file.

-- The company, and the head of its sequence.
CREATE TABLE company (
  no INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  seq INTEGER NOT NULL DEFAULT 0 CHECK (seq >= 0),
  -- The date for which scopes were computed last.
  scope_date TEXT,
  -- Other people's activities before it are out of sight.
  horizon TEXT,
  -- The version of the rules by which `figures` were counted.
  fact_rules INTEGER NOT NULL DEFAULT 0 CHECK (fact_rules >= 0)
) STRICT;

-- Indexes begin with what tells rows apart. One that begins with the company looks as good as any other to a planner
-- without statistics, as every query names the company.

-- One row for each place of the sequence; the random id tells a restored history apart.
CREATE TABLE commit_log (
  company INTEGER NOT NULL REFERENCES company (no),
  seq INTEGER NOT NULL CHECK (seq > 0),
  id INTEGER NOT NULL,
  -- Never below that of the place before.
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (company, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX commit_log_by_time ON commit_log (at_ms, seq);

-- Every kind of record. `sight`: 0 everyone, 1 beneath a customer, 2 the rep alone.
CREATE TABLE record (
  no INTEGER PRIMARY KEY,
  company INTEGER NOT NULL REFERENCES company (no),
  kind TEXT NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 16),
  version INTEGER NOT NULL CHECK (version > 0),
  hlc INTEGER NOT NULL CHECK (hlc >= 0),
  -- Null for a tombstone.
  body TEXT CHECK (body IS NULL OR json_valid(body)),
  -- Version, clock and device of each field's last write.
  clocks TEXT NOT NULL,
  sight INTEGER NOT NULL CHECK (sight IN (0, 1, 2)),
  customer BLOB CHECK (length(customer) = 16),
  rep BLOB CHECK (length(rep) = 16),
  on_date TEXT CHECK (length(on_date) >= 10),
  tax_no TEXT,
  -- The file that it names.
  file_sha256 BLOB CHECK (length(file_sha256) = 32),
  file_bytes INTEGER CHECK (file_bytes >= 0),
  UNIQUE (company, kind, id)
) STRICT;
CREATE UNIQUE INDEX record_by_version ON record (company, version);
CREATE INDEX record_by_customer ON record (customer, version) WHERE customer IS NOT NULL;
CREATE INDEX record_by_rep ON record (rep, customer) WHERE rep IS NOT NULL;
CREATE INDEX record_by_date ON record (on_date) WHERE on_date IS NOT NULL;
CREATE INDEX record_by_file ON record (file_sha256) WHERE file_sha256 IS NOT NULL;
CREATE UNIQUE INDEX record_by_tax_no ON record (tax_no, company) WHERE tax_no IS NOT NULL;

-- The fingerprint of each rep's figures: the sum of what his rows above add, moved with them.
CREATE TABLE figures (
  company INTEGER NOT NULL REFERENCES company (no),
  rep BLOB NOT NULL CHECK (length(rep) = 16),
  fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 16),
  PRIMARY KEY (company, rep)
) STRICT, WITHOUT ROWID;

-- Files that are here whole. Their bytes are in files beside the database.
CREATE TABLE blob (
  company INTEGER NOT NULL REFERENCES company (no),
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (company, sha256)
) STRICT, WITHOUT ROWID;

-- Who proved to have a file: who sees a row of theirs may read it.
CREATE TABLE blob_holder (
  company INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  rep BLOB NOT NULL CHECK (length(rep) = 16),
  PRIMARY KEY (company, sha256, rep),
  FOREIGN KEY (company, sha256) REFERENCES blob (company, sha256) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What was said to each change of an outbox.
CREATE TABLE op (
  company INTEGER NOT NULL REFERENCES company (no),
  id BLOB NOT NULL CHECK (length(id) = 16),
  hash BLOB CHECK (length(hash) = 32),
  attempt INTEGER NOT NULL CHECK (attempt >= 0),
  rep BLOB NOT NULL CHECK (length(rep) = 16),
  kind TEXT NOT NULL,
  row BLOB NOT NULL CHECK (length(row) = 16),
  creates INTEGER NOT NULL CHECK (creates IN (0, 1)),
  refused INTEGER NOT NULL CHECK (refused IN (0, 1)),
  -- The record that a refusal named as standing in the way: the rep knows of it since.
  existing BLOB CHECK (length(existing) = 16),
  -- Null when a corrected change took its place.
  outcome TEXT CHECK (outcome IS NULL OR json_valid(outcome)),
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (company, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX op_by_time ON op (at_ms);
CREATE INDEX op_refused_create ON op (row, kind, rep) WHERE creates = 1 AND refused = 1;
CREATE INDEX op_existing ON op (existing, rep) WHERE existing IS NOT NULL;

-- Assignments' keys beside their records, for questions by date.
CREATE TABLE assignment (
  company INTEGER NOT NULL REFERENCES company (no),
  id BLOB NOT NULL CHECK (length(id) = 16),
  rep BLOB NOT NULL CHECK (length(rep) = 16),
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  first_day TEXT NOT NULL CHECK (length(first_day) >= 10),
  last_day TEXT CHECK (length(last_day) >= 10),
  PRIMARY KEY (company, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignment_by_pair ON assignment (customer, rep);

-- Which customers a rep sees now.
CREATE TABLE scope (
  company INTEGER NOT NULL REFERENCES company (no),
  rep BLOB NOT NULL CHECK (length(rep) = 16),
  customer BLOB NOT NULL CHECK (length(customer) = 16),
  PRIMARY KEY (company, rep, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX scope_by_customer ON scope (customer);

-- How that changed. `what`: 0 left, 1 entered, 2 a row that the rep may have is now another's, or lies elsewhere or earlier.
CREATE TABLE scope_log (
  company INTEGER NOT NULL REFERENCES company (no),
  rep BLOB NOT NULL CHECK (length(rep) = 16),
  seq INTEGER NOT NULL CHECK (seq > 0),
  what INTEGER NOT NULL CHECK (what IN (0, 1, 2)),
  customer BLOB CHECK (length(customer) = 16),
  kind TEXT,
  row BLOB CHECK (length(row) = 16),
  PRIMARY KEY (company, rep, seq),
  CHECK ((what = 2) = (customer IS NULL) AND (what = 2) = (kind IS NOT NULL) AND (what = 2) = (row IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX scope_log_by_pair ON scope_log (customer, rep, what) WHERE customer IS NOT NULL;

-- How the horizon moved on, for everyone. Days on which nothing grew too old are left out.
CREATE TABLE horizon_log (
  company INTEGER NOT NULL REFERENCES company (no),
  seq INTEGER NOT NULL CHECK (seq > 0),
  horizon TEXT NOT NULL,
  PRIMARY KEY (company, seq)
) STRICT, WITHOUT ROWID;

-- The id that an import gave to a company's own code.
CREATE TABLE import_key (
  company INTEGER NOT NULL REFERENCES company (no),
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 16),
  PRIMARY KEY (company, kind, code)
) STRICT, WITHOUT ROWID;

-- Who can sign in.
CREATE TABLE user (
  company INTEGER NOT NULL REFERENCES company (no),
  id BLOB NOT NULL CHECK (length(id) = 16),
  login TEXT NOT NULL CHECK (login <> ''),
  password_hash TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('rep', 'manager', 'admin')),
  rep BLOB CHECK (length(rep) = 16),
  PRIMARY KEY (company, id),
  UNIQUE (company, login),
  CHECK ((role = 'rep') = (rep IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- What they sign in from. `no` stands for the device in field clocks; 0 is the office.
CREATE TABLE device (
  company INTEGER NOT NULL REFERENCES company (no),
  id BLOB NOT NULL CHECK (length(id) = 16),
  no INTEGER NOT NULL CHECK (no > 0),
  user BLOB NOT NULL CHECK (length(user) = 16),
  name TEXT NOT NULL,
  platform TEXT NOT NULL,
  series TEXT NOT NULL CHECK (series <> ''),
  last_login_ms INTEGER NOT NULL,
  revoked_at_ms INTEGER,
  PRIMARY KEY (company, id),
  UNIQUE (company, no),
  UNIQUE (company, series),
  FOREIGN KEY (company, user) REFERENCES user (company, id)
) STRICT, WITHOUT ROWID;

-- Sign-ins.
CREATE TABLE session (
  company INTEGER NOT NULL REFERENCES company (no),
  id BLOB NOT NULL CHECK (length(id) = 16),
  user BLOB NOT NULL CHECK (length(user) = 16),
  device BLOB NOT NULL CHECK (length(device) = 16),
  used_generation INTEGER NOT NULL CHECK (used_generation >= 0),
  used_token BLOB CHECK (length(used_token) = 32),
  revoked INTEGER NOT NULL CHECK (revoked IN (0, 1)),
  PRIMARY KEY (company, id),
  FOREIGN KEY (company, user) REFERENCES user (company, id),
  FOREIGN KEY (company, device) REFERENCES device (company, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_user ON session (user);

-- Access tokens, as SHA-256. The admin token has neither session nor end.
CREATE TABLE access_token (
  company INTEGER NOT NULL REFERENCES company (no),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  session BLOB CHECK (length(session) = 16),
  expires_at_ms INTEGER,
  PRIMARY KEY (company, hash),
  FOREIGN KEY (company, session) REFERENCES session (company, id),
  CHECK ((session IS NULL) = (expires_at_ms IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX access_token_by_end ON access_token (expires_at_ms);

-- Refresh tokens, as SHA-256.
CREATE TABLE refresh_token (
  company INTEGER NOT NULL REFERENCES company (no),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  session BLOB NOT NULL CHECK (length(session) = 16),
  generation INTEGER NOT NULL CHECK (generation > 0),
  expires_at_ms INTEGER NOT NULL,
  PRIMARY KEY (company, hash),
  FOREIGN KEY (company, session) REFERENCES session (company, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_token_by_end ON refresh_token (expires_at_ms);
