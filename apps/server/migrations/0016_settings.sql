-- room: organisations
-- What the support organisation decides in the workspace, one row for each group. What is not in `value` has the
-- operator's value. The secret is sealed with the installation's key.
CREATE TABLE settings (
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (name IN ('brand', 'hours', 'languages', 'bubble', 'model')),
  version integer NOT NULL,
  value jsonb NOT NULL,
  secret bytea,
  updated_at timestamptz NOT NULL,
  updated_by uuid REFERENCES members,
  PRIMARY KEY (organisation_id, name)
);
SELECT clew_guard('settings', team => 'SELECT, INSERT, UPDATE');

-- Who changed what, for ever. A secret is never in it, only that there was a new one.
CREATE TABLE settings_changes (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL,
  version integer NOT NULL,
  before jsonb NOT NULL,
  after jsonb NOT NULL,
  changed_by uuid NOT NULL REFERENCES members,
  at timestamptz NOT NULL,
  UNIQUE (organisation_id, name, version)
);
SELECT clew_guard('settings_changes', team => 'SELECT, INSERT');

-- Logos by the hash of what they hold. Older ones stay for a while, so that a change can be taken back.
CREATE TABLE brand_logos (
  hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{32}$'),
  type text NOT NULL CHECK (type IN ('svg', 'png')),
  bytes bytea NOT NULL CHECK (length(bytes) <= 400000),
  created_at timestamptz NOT NULL
);
SELECT clew_guard('brand_logos', team => 'SELECT, INSERT, UPDATE, DELETE');
