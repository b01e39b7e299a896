-- room: retention
-- How long an organisation keeps each kind of data. Every change stays; a shorter one comes into force later, and can be
-- taken back until then.
CREATE TABLE retention_policies (
  organisation_id uuid NOT NULL REFERENCES organisations,
  class text NOT NULL CHECK (class IN ('conversation', 'attachment', 'har', 'usage', 'audit', 'session', 'export')),
  version integer NOT NULL CHECK (version > 0),
  -- For ever when it is null.
  keep_days integer CHECK (keep_days BETWEEN 1 AND 36500),
  set_by uuid REFERENCES members,
  set_at timestamptz NOT NULL,
  effective_at timestamptz NOT NULL,
  taken_back_at timestamptz,
  taken_back_by uuid REFERENCES members,
  PRIMARY KEY (organisation_id, class, version)
);
SELECT clew_guard('retention_policies', organisation => 'SELECT');

-- What must not be deleted. Released ones stay. `addresses` and `held_members` are as they were when it was placed:
-- whoever changes their address or leaves a group afterwards is still held.
CREATE TABLE legal_holds (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL,
  reason text NOT NULL,
  since timestamptz,
  everything boolean NOT NULL,
  member_ids uuid[] NOT NULL,
  group_ids uuid[] NOT NULL,
  held_members uuid[] NOT NULL,
  addresses text[] NOT NULL,
  held_addresses text[] NOT NULL,
  conversation_ids uuid[] NOT NULL,
  conversation_numbers integer[] NOT NULL,
  placed_by uuid REFERENCES members,
  placed_at timestamptz NOT NULL,
  agreed_by uuid REFERENCES members,
  agreed_at timestamptz,
  released_by uuid REFERENCES members,
  released_at timestamptz,
  release_reason text
);
CREATE INDEX legal_holds_active ON legal_holds (organisation_id) WHERE released_at IS NULL;
SELECT clew_guard('legal_holds', organisation => 'SELECT');

CREATE TABLE retention_runs (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  reason text NOT NULL CHECK (reason IN ('schedule', 'asked')),
  asked_by uuid REFERENCES members,
  state text NOT NULL CHECK (state IN ('running', 'done')),
  started_at timestamptz NOT NULL,
  finished_at timestamptz
);
CREATE INDEX retention_runs_recent ON retention_runs (organisation_id, started_at DESC);
-- One at a time.
CREATE UNIQUE INDEX retention_runs_running ON retention_runs (organisation_id) WHERE state = 'running';
SELECT clew_guard('retention_runs', organisation => 'SELECT');

-- How far a run has come, written in the transactions that delete, so that one that is killed goes on where it was.
CREATE TABLE retention_steps (
  run_id uuid NOT NULL REFERENCES retention_runs,
  organisation_id uuid NOT NULL,
  class text NOT NULL,
  policy_of text NOT NULL CHECK (policy_of IN ('own', 'team', 'built_in')),
  policy_version integer NOT NULL,
  keep_days integer NOT NULL,
  before timestamptz NOT NULL,
  deleted bigint NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,
  held bigint NOT NULL DEFAULT 0,
  held_bytes bigint NOT NULL DEFAULT 0,
  note text,
  done_at timestamptz,
  PRIMARY KEY (run_id, class)
);
SELECT clew_guard('retention_steps', organisation => 'SELECT');

-- What went, by the hash of its kind and id. `of_id`: the run, or the erasure.
CREATE TABLE retention_tombstones (
  of_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  class text NOT NULL,
  id_hash bytea NOT NULL CHECK (length(id_hash) = 32),
  PRIMARY KEY (of_id, class, id_hash)
);
SELECT clew_guard('retention_tombstones', organisation => 'SELECT');

CREATE TABLE retention_certificates (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  of_id uuid NOT NULL UNIQUE,
  statement text NOT NULL,
  signature bytea NOT NULL,
  public_key text NOT NULL,
  at timestamptz NOT NULL
);
SELECT clew_guard('retention_certificates', organisation => 'SELECT');

-- Who of an organisation had somebody erased, and what a hold kept: that goes by itself once nothing holds it.
ALTER TABLE erasures DROP CONSTRAINT erasures_asked_by_check;
ALTER TABLE erasures ADD CONSTRAINT erasures_asked_by_check CHECK (asked_by IN ('contact', 'admin'));
ALTER TABLE erasures ADD COLUMN organisation_id uuid;
ALTER TABLE erasures ADD COLUMN kept integer NOT NULL DEFAULT 0;
ALTER TABLE erasures ADD COLUMN waiting_contacts uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX erasures_waiting ON erasures (at) WHERE waiting_contacts <> '{}';
