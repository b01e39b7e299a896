-- room: organisations
-- Organisations run their own people: who belongs to one, what they may do, where they came from, which domains are its.

ALTER TABLE organisations ADD COLUMN slug text;
ALTER TABLE organisations ADD COLUMN region text CHECK (length(region) <= 60);
ALTER TABLE organisations ADD COLUMN archived_at timestamptz;
UPDATE organisations SET slug = 'team' WHERE kind = 'support';
ALTER TABLE organisations ALTER COLUMN slug SET NOT NULL;
ALTER TABLE organisations ADD CONSTRAINT organisations_slug CHECK (slug ~ '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$');
CREATE UNIQUE INDEX organisations_by_slug ON organisations (slug);
GRANT INSERT ON organisations TO clew_team;
GRANT UPDATE (name, region) ON organisations TO clew_organisation;

-- An organisation adds to the log of events and to the mail that goes out, and reads neither.
GRANT INSERT ON events, mails TO clew_organisation;
CREATE POLICY organisation_adds ON events FOR INSERT TO clew_organisation WITH CHECK (contact_id IS NULL);
CREATE POLICY organisation_adds ON mails FOR INSERT TO clew_organisation WITH CHECK (true);

-- A role that an organisation made: a name for a set of permissions.
CREATE TABLE custom_roles (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  permissions text[] NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX custom_roles_name ON custom_roles (organisation_id, lower(name));
SELECT clew_guard('custom_roles', team => 'SELECT', organisation => 'SELECT, INSERT, UPDATE, DELETE');

-- What a seat may be. No limit: as many as there are people.
CREATE TABLE seat_types (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  seat_limit integer CHECK (seat_limit >= 0),
  is_default boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX seat_types_name ON seat_types (organisation_id, lower(name));
CREATE UNIQUE INDEX seat_types_default ON seat_types (organisation_id) WHERE is_default;
SELECT clew_guard('seat_types', team => 'SELECT, INSERT, UPDATE', organisation => 'SELECT, INSERT, UPDATE, DELETE');

-- How many seats were taken, whenever that changed, and whenever the limit did: what a true-up goes by.
CREATE TABLE seat_changes (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  seat_type_id uuid NOT NULL REFERENCES seat_types ON DELETE CASCADE,
  used integer NOT NULL,
  seat_limit integer,
  at timestamptz NOT NULL
);
CREATE INDEX seat_changes_when ON seat_changes (organisation_id, seat_type_id, at);
SELECT clew_guard('seat_changes', team => 'SELECT, INSERT', organisation => 'SELECT, INSERT');

ALTER TABLE members DROP CONSTRAINT members_role_check;
ALTER TABLE members ADD CONSTRAINT members_role_check
  CHECK (role IN ('owner', 'admin', 'billing', 'member', 'auditor', 'agent', 'custom'));
ALTER TABLE members ADD COLUMN custom_role_id uuid REFERENCES custom_roles;
ALTER TABLE members ADD CONSTRAINT members_custom_role CHECK ((role = 'custom') = (custom_role_id IS NOT NULL));
ALTER TABLE members ADD COLUMN seat_type_id uuid REFERENCES seat_types ON DELETE SET NULL;
-- Where somebody came from, and by which connection: a person that an identity provider looks after is changed there.
ALTER TABLE members ADD COLUMN source text NOT NULL DEFAULT 'invited'
  CHECK (source IN ('setup', 'invited', 'requested', 'domain', 'sso', 'scim'));
ALTER TABLE members ADD COLUMN connection_id uuid;
ALTER TABLE members ADD COLUMN locale text NOT NULL DEFAULT 'en' CHECK (locale IN ('en', 'el'));
ALTER TABLE members ADD COLUMN time_zone text;
ALTER TABLE members ADD COLUMN title text CHECK (length(title) <= 120);
-- After this the member no longer signs in; for guests.
ALTER TABLE members ADD COLUMN expires_at timestamptz;
ALTER TABLE members ADD COLUMN deactivated_at timestamptz;
ALTER TABLE members ADD COLUMN deactivated_via text CHECK (deactivated_via IN ('console', 'scim', 'expiry'));
ALTER TABLE members ADD CONSTRAINT members_deactivated CHECK ((deactivated_at IS NULL) = (deactivated_via IS NULL));
ALTER TABLE members ADD COLUMN seen_at timestamptz;
-- Name and address without accents and capitals, for the search.
ALTER TABLE members ADD COLUMN folded text NOT NULL DEFAULT '';
UPDATE members SET folded = lower(name || ' ' || email);
CREATE INDEX members_folded ON members USING gin (folded gin_trgm_ops);
CREATE INDEX members_expiring ON members (expires_at) WHERE expires_at IS NOT NULL AND deactivated_at IS NULL;
CREATE INDEX members_by_address ON members (lower(email)) WHERE removed_at IS NULL;
CREATE INDEX members_custom_role ON members (custom_role_id) WHERE custom_role_id IS NOT NULL;
GRANT INSERT, UPDATE ON members TO clew_organisation;

-- A former address that still finds its member for a while, after a company has changed its domain.
CREATE TABLE member_aliases (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  member_id uuid NOT NULL REFERENCES members ON DELETE CASCADE,
  email text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX member_aliases_address ON member_aliases (organisation_id, lower(email));
CREATE INDEX member_aliases_member ON member_aliases (member_id);
SELECT clew_guard('member_aliases', team => 'SELECT', organisation => 'SELECT, INSERT, UPDATE, DELETE');

-- Groups: made here, or by provisioning (`connection_id`), which then is who changes them.
CREATE TABLE member_groups (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  connection_id uuid,
  external_id text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX member_groups_name ON member_groups (organisation_id, coalesce(connection_id, '00000000-0000-0000-0000-000000000000'), lower(name));
SELECT clew_guard('member_groups', team => 'SELECT', organisation => 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE group_members (
  group_id uuid NOT NULL REFERENCES member_groups ON DELETE CASCADE,
  member_id uuid NOT NULL REFERENCES members ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  added_at timestamptz NOT NULL,
  PRIMARY KEY (group_id, member_id)
);
CREATE INDEX group_members_member ON group_members (member_id);
SELECT clew_guard('group_members', team => 'SELECT', organisation => 'SELECT, INSERT, DELETE');

ALTER TABLE invitations DROP CONSTRAINT invitations_role_check;
ALTER TABLE invitations ADD CONSTRAINT invitations_role_check
  CHECK (role IN ('owner', 'admin', 'billing', 'member', 'auditor', 'agent', 'custom'));
ALTER TABLE invitations ADD COLUMN custom_role_id uuid REFERENCES custom_roles;
ALTER TABLE invitations ADD COLUMN seat_type_id uuid REFERENCES seat_types ON DELETE SET NULL;
ALTER TABLE invitations ADD COLUMN group_ids uuid[] NOT NULL DEFAULT '{}';
ALTER TABLE invitations ADD COLUMN locale text NOT NULL DEFAULT 'en' CHECK (locale IN ('en', 'el'));
ALTER TABLE invitations ADD COLUMN member_expires_at timestamptz;
ALTER TABLE invitations ADD COLUMN sent_count integer NOT NULL DEFAULT 1;
ALTER TABLE invitations ADD COLUMN last_sent_at timestamptz;
ALTER TABLE invitations ADD COLUMN revoked_at timestamptz;
ALTER TABLE invitations ADD COLUMN name text CHECK (length(name) <= 120);
-- The letter has not gone out yet: no seat is free, or the domain is not proved.
ALTER TABLE invitations ADD COLUMN waits_for text CHECK (waits_for IN ('seat', 'domain'));
ALTER TABLE invitations ADD COLUMN source text NOT NULL DEFAULT 'invited' CHECK (source IN ('invited', 'requested'));
-- Of one address the newest counts; an older one that is still open stops with it.
UPDATE invitations SET revoked_at = now() FROM invitations newer
 WHERE newer.organisation_id = invitations.organisation_id AND lower(newer.email) = lower(invitations.email)
   AND newer.id > invitations.id AND invitations.accepted_at IS NULL AND newer.accepted_at IS NULL;
CREATE UNIQUE INDEX invitations_open ON invitations (organisation_id, lower(email)) WHERE accepted_at IS NULL AND revoked_at IS NULL;
GRANT SELECT, INSERT, UPDATE ON invitations TO clew_organisation;
CREATE POLICY organisation_own ON invitations TO clew_organisation
  USING (organisation_id = clew_organisation_id()) WITH CHECK (organisation_id = clew_organisation_id());

-- Somebody who asks to join, or who waits until there is a seat.
CREATE TABLE join_requests (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  email text NOT NULL,
  name text NOT NULL,
  message text NOT NULL DEFAULT '',
  locale text NOT NULL CHECK (locale IN ('en', 'el')),
  state text NOT NULL CHECK (state IN ('unconfirmed', 'waiting', 'waitlisted', 'approved', 'refused')),
  token_hash bytea UNIQUE,
  created_at timestamptz NOT NULL,
  decided_at timestamptz,
  decided_by uuid REFERENCES members
);
CREATE UNIQUE INDEX join_requests_open ON join_requests (organisation_id, lower(email))
  WHERE state IN ('unconfirmed', 'waiting', 'waitlisted');
SELECT clew_guard('join_requests', team => 'SELECT', organisation => 'SELECT, INSERT, UPDATE');

-- Domains that an organisation says are its own. One at a time proves it; a second claim is a dispute.
CREATE TABLE domains (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (name = lower(name)),
  token text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'verified', 'lost', 'disputed', 'expired')),
  covers_subdomains boolean NOT NULL DEFAULT false,
  joins_by_itself boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  offer_ends_at timestamptz NOT NULL,
  verified_at timestamptz,
  checked_at timestamptz,
  next_check_at timestamptz,
  -- When the record was last seen, and since when it has been missing.
  proved_at timestamptz,
  lost_at timestamptz,
  last_answer text
);
CREATE UNIQUE INDEX domains_own ON domains (organisation_id, name);
CREATE UNIQUE INDEX domains_verified ON domains (name) WHERE state IN ('verified', 'lost');
CREATE INDEX domains_due ON domains (next_check_at) WHERE next_check_at IS NOT NULL;
SELECT clew_guard('domains', team => 'SELECT', organisation => 'SELECT, INSERT, UPDATE, DELETE');

-- A claim on a domain that is another's. Nothing changes hands until the operator's team has decided.
CREATE TABLE domain_disputes (
  id uuid PRIMARY KEY,
  domain_id uuid NOT NULL REFERENCES domains ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations,
  proved_at timestamptz NOT NULL,
  decided_at timestamptz,
  decision text CHECK (decision IN ('moved', 'kept')),
  CHECK ((decided_at IS NULL) = (decision IS NULL))
);
CREATE INDEX domain_disputes_domain ON domain_disputes (domain_id);
CREATE UNIQUE INDEX domain_disputes_open ON domain_disputes (domain_id) WHERE decided_at IS NULL;
SELECT clew_guard('domain_disputes', team => 'SELECT, UPDATE', organisation => 'SELECT, INSERT');

-- A company that moved to another domain: what became of each member's address, so that it can be taken back.
CREATE TABLE domain_changes (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  from_name text NOT NULL,
  to_name text NOT NULL,
  moves jsonb NOT NULL,
  invitation_ids uuid[] NOT NULL DEFAULT '{}',
  applied_at timestamptz NOT NULL,
  applied_by uuid REFERENCES members,
  ends_at timestamptz NOT NULL,
  undone_at timestamptz
);
CREATE INDEX domain_changes_when ON domain_changes (organisation_id, applied_at);
SELECT clew_guard('domain_changes', organisation => 'SELECT, INSERT, UPDATE');

-- What an organisation demands of its people, one row for each rule. What is not there has its default.
CREATE TABLE security_policies (
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL,
  version integer NOT NULL,
  value jsonb NOT NULL,
  updated_at timestamptz NOT NULL,
  updated_by uuid REFERENCES members,
  PRIMARY KEY (organisation_id, name)
);
-- Somebody of the organisation who asks for help is bound by what it says about files, captures and links.
SELECT clew_guard('security_policies', team => 'SELECT', organisation => 'SELECT, INSERT, UPDATE', contact => 'SELECT',
  contact_rows => $$name IN ('attachments', 'har', 'model', 'public_links')
    AND organisation_id = (SELECT c.organisation_id FROM contacts c WHERE c.id = clew_contact_id())$$);

CREATE TABLE security_policy_changes (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL,
  version integer NOT NULL,
  before jsonb NOT NULL,
  after jsonb NOT NULL,
  effect text NOT NULL,
  changed_by uuid REFERENCES members,
  at timestamptz NOT NULL,
  UNIQUE (organisation_id, name, version)
);
SELECT clew_guard('security_policy_changes', team => 'SELECT', organisation => 'SELECT, INSERT');
