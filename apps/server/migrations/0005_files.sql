-- room: files
CREATE TABLE files (
  id uuid PRIMARY KEY,
  organisation_id uuid REFERENCES organisations,
  contact_id uuid REFERENCES contacts,
  uploaded_by uuid NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  size_bytes bigint NOT NULL,
  sha256 text NOT NULL,
  storage_key text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL
);
CREATE INDEX files_contact ON files (contact_id);
SELECT clew_guard('files', team => 'SELECT, INSERT, UPDATE', contact => 'SELECT, INSERT');
