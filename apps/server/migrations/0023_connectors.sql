-- room: cases
-- Where request ids are looked up in the product's own logs: one row, once somebody has set it. Only the system's scope
-- reaches these tables; nothing of them is ever for a contact.
CREATE TABLE request_connector (
  organisation_id uuid PRIMARY KEY REFERENCES organisations,
  version integer NOT NULL DEFAULT 0,
  url text,
  timeout_ms integer NOT NULL DEFAULT 5000 CHECK (timeout_ms BETWEEN 500 AND 20000),
  sealed_secret bytea,
  updated_at timestamptz,
  updated_by_name text,
  -- After some failures in a row it rests; no more than so many calls are made in a minute.
  failures integer NOT NULL DEFAULT 0,
  rests_until timestamptz,
  minute timestamptz,
  calls integer NOT NULL DEFAULT 0
);
SELECT clew_guard('request_connector');

CREATE TABLE request_lookups (
  id uuid PRIMARY KEY,
  conversation_id uuid NOT NULL REFERENCES conversations,
  contact_id uuid NOT NULL REFERENCES contacts,
  request_id text NOT NULL CHECK (length(request_id) <= 200),
  state text NOT NULL CHECK (state IN ('waiting', 'found', 'not_found', 'failed')),
  -- Who asked for it last; without a name it was the case itself.
  asked_by_name text,
  asked_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  record jsonb,
  failure text,
  status integer,
  looked_at timestamptz,
  fresh_until timestamptz,
  UNIQUE (conversation_id, request_id)
);
CREATE INDEX request_lookups_fresh ON request_lookups (request_id, fresh_until);
CREATE INDEX request_lookups_contact ON request_lookups (contact_id);
SELECT clew_guard('request_lookups');

-- Who looked what up, why, and how it went. What was answered is not in it.
CREATE TABLE request_lookup_calls (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  request_id text NOT NULL,
  reason text NOT NULL CHECK (reason IN ('case', 'again', 'test')),
  agent_name text,
  outcome text NOT NULL,
  is_cached boolean NOT NULL,
  duration_ms integer NOT NULL
);
CREATE INDEX request_lookup_calls_at ON request_lookup_calls (at);
SELECT clew_guard('request_lookup_calls');

-- What the logs said is the team's: a contact may have typed the id of somebody else's request.
CREATE POLICY contact_sees_no_logs ON facts AS RESTRICTIVE FOR SELECT TO clew_contact USING (source <> 'log');
