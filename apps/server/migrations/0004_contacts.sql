-- room: contacts
CREATE TABLE contacts (
  id uuid PRIMARY KEY,
  organisation_id uuid REFERENCES organisations,
  name text,
  email text,
  locale text NOT NULL CHECK (locale IN ('en', 'el')),
  created_at timestamptz NOT NULL
);
CREATE INDEX contacts_organisation ON contacts (organisation_id) WHERE organisation_id IS NOT NULL;
SELECT clew_guard('contacts', team => 'SELECT, INSERT, UPDATE', contact => 'SELECT, INSERT, UPDATE',
  contact_rows => 'id = clew_contact_id()', organisation => 'SELECT');

CREATE TABLE contact_sessions (
  token_hash bytea PRIMARY KEY,
  contact_id uuid NOT NULL REFERENCES contacts,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL
);
CREATE INDEX contact_sessions_contact ON contact_sessions (contact_id);
SELECT clew_guard('contact_sessions', contact => 'SELECT, INSERT');
