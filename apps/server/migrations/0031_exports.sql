-- room: exports
-- How an organisation lets its data out. Every change stays; the last one holds.
CREATE TABLE export_policies (
  organisation_id uuid NOT NULL REFERENCES organisations,
  version integer NOT NULL CHECK (version > 0),
  value jsonb NOT NULL,
  set_by uuid REFERENCES members,
  set_at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, version)
);
SELECT clew_guard('export_policies', organisation => 'SELECT, INSERT');

-- What somebody asked to take out, and what became of it. `controls` is the policy as it was then.
CREATE TABLE exports (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  state text NOT NULL CHECK (state IN ('waiting', 'queued', 'building', 'ready', 'fetched', 'expired', 'failed', 'denied', 'cancelled')),
  content jsonb NOT NULL,
  reason text NOT NULL CHECK (length(reason) <= 500),
  requested_by uuid NOT NULL REFERENCES members,
  requested_at timestamptz NOT NULL,
  policy_version integer NOT NULL,
  controls jsonb NOT NULL,
  expected_rows bigint NOT NULL,
  personal text[] NOT NULL,
  approval text NOT NULL CHECK (approval IN ('none', 'needed', 'alone')),
  -- When it begins by itself, where there is nobody else who could approve it.
  starts_at timestamptz,
  decide_by timestamptz,
  decided_by uuid REFERENCES members,
  decided_at timestamptz,
  decision_reason text CHECK (length(decision_reason) <= 500),
  -- How far the work has come, written with each piece that was stored, so that work that is killed goes on from there.
  place jsonb,
  done_rows bigint NOT NULL DEFAULT 0,
  attempts integer NOT NULL DEFAULT 0,
  runs integer NOT NULL DEFAULT 0,
  failure text,
  -- The password until it was shown, and the salt of the hashes until the archive is made; sealed.
  secret bytea,
  storage_key text,
  size_bytes bigint,
  sha256 bytea,
  ready_at timestamptz,
  expires_at timestamptz,
  fetches integer NOT NULL DEFAULT 0,
  fetched_at timestamptz,
  ended_at timestamptz
);
CREATE INDEX exports_recent ON exports (organisation_id, requested_at DESC, id DESC);
CREATE INDEX exports_open ON exports (state) WHERE state IN ('waiting', 'queued', 'building', 'ready', 'fetched');
SELECT clew_guard('exports', organisation => 'SELECT, INSERT, UPDATE');

-- What was gathered for an archive so far.
CREATE TABLE export_pieces (
  export_id uuid NOT NULL REFERENCES exports ON DELETE CASCADE,
  file text NOT NULL,
  number integer NOT NULL,
  storage_key text NOT NULL UNIQUE,
  row_count bigint NOT NULL,
  PRIMARY KEY (export_id, file, number)
);
SELECT clew_guard('export_pieces');

-- A link opens the archive once, for whoever asked for it.
CREATE TABLE export_links (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  export_id uuid NOT NULL REFERENCES exports ON DELETE CASCADE,
  organisation_id uuid NOT NULL,
  made_by uuid NOT NULL REFERENCES members,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX export_links_export ON export_links (export_id);
SELECT clew_guard('export_links', organisation => 'SELECT, INSERT, UPDATE');

-- When a person took a copy of what is theirs: so often a day and no more.
CREATE TABLE own_exports (
  id uuid PRIMARY KEY,
  contact_id uuid NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX own_exports_contact ON own_exports (contact_id, at);
SELECT clew_guard('own_exports');

-- Read in the order of their ids, which is that of their time.
CREATE INDEX conversations_in_order ON conversations (organisation_id, id);
