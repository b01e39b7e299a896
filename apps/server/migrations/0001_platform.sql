-- room: platform
-- The scopes of house "Who sees what" as functions and one guard that every table passes through.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE FUNCTION clew_contact_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('clew.contact_id', true), '')::uuid $$;

CREATE FUNCTION clew_organisation_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('clew.organisation_id', true), '')::uuid $$;

-- Puts a table behind row-level security and says what each scope may do with it. `contact_rows` and
-- `organisation_rows` are the equality that limits those scopes; without one the scope sees nothing.
CREATE FUNCTION clew_guard(
  target regclass,
  team text DEFAULT '',
  contact text DEFAULT '',
  contact_rows text DEFAULT 'contact_id = clew_contact_id()',
  organisation text DEFAULT '',
  organisation_rows text DEFAULT 'organisation_id = clew_organisation_id()'
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO clew_system', target);
  EXECUTE format('CREATE POLICY system_all ON %s TO clew_system USING (true) WITH CHECK (true)', target);
  IF team <> '' THEN
    EXECUTE format('GRANT %s ON %s TO clew_team', team, target);
    EXECUTE format('CREATE POLICY team_all ON %s TO clew_team USING (true) WITH CHECK (true)', target);
  END IF;
  IF contact <> '' THEN
    EXECUTE format('GRANT %s ON %s TO clew_contact', contact, target);
    EXECUTE format('CREATE POLICY contact_own ON %s TO clew_contact USING (%s) WITH CHECK (%s)', target, contact_rows, contact_rows);
  END IF;
  IF organisation <> '' THEN
    EXECUTE format('GRANT %s ON %s TO clew_organisation', organisation, target);
    EXECUTE format('CREATE POLICY organisation_own ON %s TO clew_organisation USING (%s) WITH CHECK (%s)', target, organisation_rows, organisation_rows);
  END IF;
END $$;

-- One row: which cluster this data lives in. A restore or a move to another cluster raises the epoch.
CREATE TABLE installation (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  id uuid NOT NULL,
  epoch integer NOT NULL,
  system_identifier text NOT NULL,
  pruned_epoch integer NOT NULL DEFAULT 0,
  pruned_xid xid8 NOT NULL DEFAULT '0',
  pruned_id bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL
);
SELECT clew_guard('installation', team => 'SELECT');
CREATE POLICY contact_reads ON installation FOR SELECT TO clew_contact USING (true);
GRANT SELECT ON installation TO clew_contact;

-- The event log. Place of an event: (epoch, xid, id); it is visible once every older transaction has ended.
CREATE TABLE events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  epoch integer NOT NULL,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  name text NOT NULL,
  payload jsonb NOT NULL,
  contact_id uuid,
  at timestamptz NOT NULL
);
CREATE INDEX events_by_place ON events (epoch, xid, id);
CREATE INDEX events_by_contact ON events (contact_id, epoch, xid, id);
SELECT clew_guard('events', team => 'SELECT, INSERT', contact => 'SELECT, INSERT');

CREATE TABLE subscriber_places (
  name text PRIMARY KEY,
  epoch integer NOT NULL,
  xid xid8 NOT NULL,
  event_id bigint NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  retry_at timestamptz,
  last_error text
);
SELECT clew_guard('subscriber_places');

-- Events that a subscriber could not take in after all its tries; kept for the operator.
CREATE TABLE parked_events (
  subscriber text NOT NULL,
  event_id bigint NOT NULL,
  error text NOT NULL,
  parked_at timestamptz NOT NULL,
  PRIMARY KEY (subscriber, event_id)
);
SELECT clew_guard('parked_events');

-- Outgoing mail. `idempotency_key` makes the same mail once for ever; the text goes when it was sent.
CREATE TABLE mails (
  id uuid PRIMARY KEY,
  idempotency_key text NOT NULL UNIQUE,
  recipient text NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'sent', 'kept', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  created_at timestamptz NOT NULL,
  done_at timestamptz
);
SELECT clew_guard('mails', team => 'SELECT, INSERT');
