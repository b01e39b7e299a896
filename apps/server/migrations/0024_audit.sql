-- room: audit
-- What was done, one chain for each organisation. `body` is the event as it was hashed, in canonical JSON (RFC 8785);
-- `hash` is SHA-256 over `prev_hash` and it. The other columns are worked out from it by PostgreSQL, so that none of
-- them can say anything else. What is personal lies in `audit_personal`; the body holds its salted hash.

-- The text always ends in `Z`, so that this depends on no setting.
CREATE FUNCTION audit_instant(body text, field text) RETURNS timestamptz LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT (body::jsonb ->> field)::timestamptz $$;

CREATE TABLE audit_events (
  organisation_id uuid NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  id uuid NOT NULL UNIQUE,
  body text NOT NULL,
  prev_hash bytea NOT NULL CHECK (length(prev_hash) = 32),
  hash bytea NOT NULL CHECK (length(hash) = 32),
  action text COLLATE "C" NOT NULL GENERATED ALWAYS AS (body::jsonb ->> 'action') STORED,
  outcome text NOT NULL GENERATED ALWAYS AS (body::jsonb ->> 'outcome') STORED,
  actor_id text GENERATED ALWAYS AS (body::jsonb -> 'actor' ->> 'id') STORED,
  occurred_at timestamptz NOT NULL GENERATED ALWAYS AS (audit_instant(body, 'occurred_at')) STORED,
  -- What words are looked for in, beside what is personal.
  said text NOT NULL GENERATED ALWAYS AS (lower(
    coalesce(body::jsonb ->> 'action', '') || ' ' || coalesce(body::jsonb ->> 'reason', '')
    || ' ' || coalesce(body::jsonb -> 'actor' ->> 'id', '') || ' ' || coalesce((body::jsonb -> 'targets')::text, '')
    || ' ' || coalesce(body::jsonb -> 'context' ->> 'request_id', '')
    || ' ' || coalesce(body::jsonb -> 'context' ->> 'session_id', '')
    || ' ' || coalesce((body::jsonb -> 'changes')::text, '') || ' ' || coalesce((body::jsonb -> 'metadata')::text, ''))) STORED,
  PRIMARY KEY (organisation_id, seq)
);
CREATE INDEX audit_events_actor ON audit_events (organisation_id, actor_id, seq DESC);
CREATE INDEX audit_events_action ON audit_events (organisation_id, action, seq DESC);
CREATE INDEX audit_events_time ON audit_events (organisation_id, occurred_at, seq DESC);
CREATE INDEX audit_events_unwell ON audit_events (organisation_id, outcome, seq DESC) WHERE outcome <> 'success';

-- By what they are about. Equality can use an index behind row-level security; containment in a list cannot.
CREATE TABLE audit_event_targets (
  organisation_id uuid NOT NULL,
  target_id text NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (organisation_id, target_id, seq)
);
CREATE INDEX audit_event_targets_seq ON audit_event_targets (organisation_id, seq);

-- Names, addresses and where a request came from, piece by piece. What was erased is null and stays so.
CREATE TABLE audit_personal (
  organisation_id uuid NOT NULL,
  seq bigint NOT NULL,
  part text NOT NULL,
  person_id text,
  salt bytea,
  value text,
  -- For the search: no accents, no capitals.
  folded text,
  erased_at timestamptz,
  PRIMARY KEY (organisation_id, seq, part),
  CHECK (num_nonnulls(salt, value, folded) = CASE WHEN erased_at IS NULL THEN 3 ELSE 0 END)
);
CREATE INDEX audit_personal_person ON audit_personal (organisation_id, person_id) WHERE erased_at IS NULL;

-- Where a chain ends, and where it begins since its oldest events went. Locked while something is added.
CREATE TABLE audit_heads (
  organisation_id uuid PRIMARY KEY,
  seq bigint NOT NULL DEFAULT 0,
  hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
  first_seq bigint NOT NULL DEFAULT 1,
  first_prev_hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex')
);

-- The installation's signing keys. The private half is sealed with the installation's key.
CREATE TABLE audit_keys (
  id text PRIMARY KEY,
  public_key text NOT NULL,
  sealed_private bytea NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX audit_keys_one ON audit_keys ((true));

-- What was signed of a chain: its end, how many events it had, and where it began. `statement` is what was signed.
CREATE TABLE audit_checkpoints (
  organisation_id uuid NOT NULL,
  id uuid PRIMARY KEY,
  seq bigint NOT NULL,
  statement text NOT NULL,
  signature bytea NOT NULL,
  key_id text NOT NULL,
  reason text NOT NULL CHECK (reason IN ('hourly', 'export', 'retention')),
  at timestamptz NOT NULL
);
CREATE INDEX audit_checkpoints_of ON audit_checkpoints (organisation_id, seq, at);

-- How the last check of each chain went.
CREATE TABLE audit_checks (
  organisation_id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  from_seq bigint NOT NULL,
  seq bigint NOT NULL,
  since timestamptz,
  is_whole boolean NOT NULL,
  fault text,
  bad_seq bigint
);

-- Where events are sent, each with its own place.
CREATE TABLE audit_streams (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('https', 'syslog', 'splunk', 's3')),
  settings jsonb NOT NULL,
  sealed_secret bytea,
  version integer NOT NULL DEFAULT 1,
  state text NOT NULL CHECK (state IN ('active', 'paused', 'off')),
  -- Everything up to here has arrived.
  cursor_seq bigint NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_try_at timestamptz NOT NULL,
  -- One process sends at a time; one that died is not waited for longer than this.
  leased_until timestamptz,
  failure text,
  failed_at timestamptz,
  delivered_at timestamptz,
  created_at timestamptz NOT NULL
);
CREATE INDEX audit_streams_organisation ON audit_streams (organisation_id);

SELECT clew_guard('audit_events', team => 'SELECT', organisation => 'SELECT');
SELECT clew_guard('audit_event_targets', team => 'SELECT', organisation => 'SELECT');
SELECT clew_guard('audit_personal', team => 'SELECT', organisation => 'SELECT');
SELECT clew_guard('audit_heads', team => 'SELECT', organisation => 'SELECT');
SELECT clew_guard('audit_keys');
SELECT clew_guard('audit_checkpoints', team => 'SELECT', organisation => 'SELECT');
SELECT clew_guard('audit_checks', team => 'SELECT', organisation => 'SELECT');
SELECT clew_guard('audit_streams', organisation => 'SELECT, INSERT, UPDATE, DELETE');

-- Nobody writes into the chain but through the functions below, the system neither.
REVOKE INSERT, UPDATE, DELETE ON audit_events, audit_event_targets, audit_heads FROM clew_system;
REVOKE INSERT, UPDATE, DELETE ON audit_personal FROM clew_system;
REVOKE UPDATE, DELETE ON audit_checkpoints, audit_keys FROM clew_system;
GRANT UPDATE (salt, value, folded, erased_at) ON audit_personal TO clew_system;
DO $$
DECLARE target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['audit_events', 'audit_event_targets', 'audit_personal', 'audit_heads', 'audit_checkpoints'] LOOP
    EXECUTE format('CREATE POLICY owner_all ON %I TO clew_owner USING (true) WITH CHECK (true)', target);
  END LOOP;
END $$;

-- The last wall, for who has more rights than any scope: what is written stays as it is.
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME <> 'audit_checkpoints'
     AND OLD.seq <= nullif(split_part(current_setting('clew.audit_purge', true), ':', 2), '')::bigint
     AND OLD.organisation_id::text = split_part(current_setting('clew.audit_purge', true), ':', 1) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is only added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_events_stay BEFORE UPDATE OR DELETE ON audit_events FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_events_all_stay BEFORE TRUNCATE ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_checkpoints_stay BEFORE UPDATE OR DELETE ON audit_checkpoints FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();

-- What is personal can be erased, and not be written anew.
CREATE FUNCTION audit_refuse_rewording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.erased_at IS NOT NULL AND NEW.value IS NULL AND NEW.part = OLD.part AND NEW.seq = OLD.seq
     AND NEW.organisation_id = OLD.organisation_id AND NEW.person_id IS NOT DISTINCT FROM OLD.person_id THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what the audit log says of people is only erased' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_personal_stays BEFORE UPDATE ON audit_personal FOR EACH ROW EXECUTE FUNCTION audit_refuse_rewording();

-- Adds events to the chain of an organisation, in the order given. Each has its id, its body before and after the
-- number that it gets here, what it is about, and what is personal in it. The lock is held for no round trip.
CREATE FUNCTION audit_append(organisation uuid, entries jsonb) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  scope text := current_setting('role', true);
  head audit_heads;
  entry jsonb;
  written text;
  link bytea;
BEGIN
  IF NOT (scope IN ('clew_team', 'clew_system') OR (scope = 'clew_organisation' AND organisation = clew_organisation_id())) THEN
    RAISE EXCEPTION 'this scope does not write into the audit log of that organisation' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO audit_heads (organisation_id) VALUES (organisation)
    ON CONFLICT (organisation_id) DO UPDATE SET organisation_id = excluded.organisation_id
    RETURNING * INTO head;
  -- Somebody may have put events behind the end. That is found by the check, and must not keep anybody from working.
  head.seq := greatest(head.seq, (SELECT max(seq) FROM audit_events WHERE organisation_id = organisation));
  FOR entry IN SELECT * FROM jsonb_array_elements(entries) LOOP
    head.seq := head.seq + 1;
    written := (entry ->> 'before') || head.seq::text || (entry ->> 'after');
    link := sha256(head.hash || convert_to(written, 'UTF8'));
    INSERT INTO audit_events (organisation_id, seq, id, body, prev_hash, hash)
      VALUES (organisation, head.seq, (entry ->> 'id')::uuid, written, head.hash, link);
    head.hash := link;
    INSERT INTO audit_event_targets (organisation_id, target_id, seq)
      SELECT DISTINCT organisation, target, head.seq FROM jsonb_array_elements_text(entry -> 'targets') AS target;
    INSERT INTO audit_personal (organisation_id, seq, part, person_id, salt, value, folded)
      SELECT organisation, head.seq, part, person_id, decode(salt, 'hex'), value, folded
        FROM jsonb_to_recordset(entry -> 'personal') AS p (part text, person_id text, salt text, value text, folded text);
  END LOOP;
  UPDATE audit_heads SET seq = head.seq, hash = head.hash WHERE organisation_id = organisation;
  RETURN head.seq;
END $$;
REVOKE ALL ON FUNCTION audit_append FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_append TO clew_team, clew_organisation, clew_system;

-- Drops the oldest events of a chain, up to and including one, behind a signed checkpoint that says where it begins now.
CREATE FUNCTION audit_purge_prefix(organisation uuid, last_seq bigint, checkpoint uuid) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  head audit_heads;
  link bytea;
  gone bigint;
BEGIN
  SELECT * INTO STRICT head FROM audit_heads WHERE organisation_id = organisation FOR UPDATE;
  SELECT hash INTO STRICT link FROM audit_events WHERE organisation_id = organisation AND seq = last_seq;
  PERFORM 1 FROM audit_checkpoints c WHERE c.id = checkpoint AND c.organisation_id = organisation AND c.reason = 'retention'
     AND c.statement::jsonb -> 'first' ->> 'seq' = (last_seq + 1)::text
     AND c.statement::jsonb -> 'first' ->> 'prev_hash' = encode(link, 'hex');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no signed checkpoint says that the chain begins there' USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM set_config('clew.audit_purge', organisation || ':' || last_seq, true);
  DELETE FROM audit_personal WHERE organisation_id = organisation AND seq <= last_seq;
  DELETE FROM audit_event_targets WHERE organisation_id = organisation AND seq <= last_seq;
  DELETE FROM audit_events WHERE organisation_id = organisation AND seq <= last_seq;
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('clew.audit_purge', '', true);
  UPDATE audit_heads SET first_seq = last_seq + 1, first_prev_hash = link WHERE organisation_id = organisation;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION audit_purge_prefix FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_purge_prefix TO clew_system;
