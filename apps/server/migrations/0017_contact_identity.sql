-- room: contacts
-- Who somebody is, once it is proved: by the signature of the host page (`subject`), or by a mail to their address.
ALTER TABLE contacts ADD COLUMN subject text UNIQUE CHECK (length(subject) BETWEEN 1 AND 255);
ALTER TABLE contacts ADD COLUMN verified_email text;
ALTER TABLE contacts ADD COLUMN host_claims jsonb NOT NULL DEFAULT '{}';
ALTER TABLE contacts ADD COLUMN verified_at timestamptz;
CREATE INDEX contacts_verified_email ON contacts (lower(verified_email)) WHERE verified_email IS NOT NULL;
CREATE INDEX contacts_said_email ON contacts (lower(email)) WHERE subject IS NULL AND email IS NOT NULL;
-- The second wall: in their own scope people change how they are called, and never what was proved about them.
REVOKE INSERT, UPDATE ON contacts FROM clew_contact;
GRANT INSERT (id, organisation_id, name, email, locale, created_at) ON contacts TO clew_contact;
GRANT UPDATE (name, email, locale) ON contacts TO clew_contact;

-- A session that a signed identity opened ends with it; one of a visitor lasts until it is taken back.
ALTER TABLE contact_sessions ADD COLUMN expires_at timestamptz;
CREATE INDEX contact_sessions_expiring ON contact_sessions (expires_at) WHERE expires_at IS NOT NULL;

-- Keys by which host pages say who somebody is. Two may be in use, so that one can follow the other.
CREATE TABLE identity_keys (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  algorithm text NOT NULL CHECK (algorithm IN ('HS256', 'ES256')),
  -- A secret has to be known to check a signature, so it is sealed rather than hashed.
  sealed_secret bytea,
  public_key jsonb,
  created_at timestamptz NOT NULL,
  created_by_name text NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz,
  CHECK ((algorithm = 'HS256') = (sealed_secret IS NOT NULL)),
  CHECK ((algorithm = 'ES256') = (public_key IS NOT NULL))
);
SELECT clew_guard('identity_keys');

-- Each signed identity opens one session; its `jti` is remembered for as long as it could be used again.
CREATE TABLE identity_uses (
  use_hash bytea PRIMARY KEY,
  expires_at timestamptz NOT NULL
);
CREATE INDEX identity_uses_expiring ON identity_uses (expires_at);
SELECT clew_guard('identity_uses');

-- Asked for with an address. Whether anybody is known by it is found out afterwards, so that asking tells nothing.
CREATE TABLE mail_links (
  id uuid PRIMARY KEY,
  address text NOT NULL,
  locale text NOT NULL CHECK (locale IN ('en', 'el')),
  token_hash bytea UNIQUE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX mail_links_address ON mail_links (address, created_at);
SELECT clew_guard('mail_links');

-- Somebody on "my cases": by an address that a mail has proved, or as the contact that a host page has signed for.
CREATE TABLE case_sessions (
  token_hash bytea PRIMARY KEY,
  address text,
  contact_id uuid REFERENCES contacts,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  CHECK (num_nonnulls(address, contact_id) = 1)
);
CREATE INDEX case_sessions_contact ON case_sessions (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX case_sessions_address ON case_sessions (address) WHERE address IS NOT NULL;
SELECT clew_guard('case_sessions');

-- room: retention
-- That somebody had everything of theirs deleted, and how much it was; nothing that says who.
CREATE TABLE erasures (
  id uuid PRIMARY KEY,
  asked_by text NOT NULL CHECK (asked_by IN ('contact')),
  conversations integer NOT NULL,
  messages integer NOT NULL,
  files integer NOT NULL,
  captures integer NOT NULL,
  at timestamptz NOT NULL
);
SELECT clew_guard('erasures', team => 'SELECT');
