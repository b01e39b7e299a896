-- room: flows
-- A flow with what is saved of it last and, if it is live, the version that people get. `starter` is how it ships, so
-- that an edited one can be set back.
CREATE TABLE flows (
  id text PRIMARY KEY CHECK (length(id) <= 24),
  version integer NOT NULL CHECK (version > 0),
  state text NOT NULL CHECK (state IN ('draft', 'live', 'disabled')),
  live_version integer CHECK ((state = 'live') = (live_version IS NOT NULL)),
  starter jsonb,
  changed_at timestamptz NOT NULL
);
SELECT clew_guard('flows', team => 'SELECT, INSERT, UPDATE');

-- Every version that was ever saved, for ever. One that was published may still be walked by somebody.
CREATE TABLE flow_versions (
  flow_id text NOT NULL REFERENCES flows,
  version integer NOT NULL,
  document jsonb NOT NULL,
  origin text NOT NULL CHECK (origin IN ('starter', 'team')),
  note text,
  restored_from integer,
  author_id uuid REFERENCES members,
  author_name text,
  saved_at timestamptz NOT NULL,
  published_at timestamptz,
  publisher_name text,
  PRIMARY KEY (flow_id, version)
);
SELECT clew_guard('flow_versions', team => 'SELECT, INSERT, UPDATE');

-- room: conversations
-- How often each flow was walked lately; few messages come from one.
CREATE INDEX messages_flow ON messages (created_at) WHERE content ? 'flow';
