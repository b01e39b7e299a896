-- room: files
-- What became of the bytes: still coming; there but not yet known to be safe; there; deleted.
ALTER TABLE files ADD COLUMN state text NOT NULL DEFAULT 'stored'
  CHECK (state IN ('uploading', 'held', 'stored', 'gone'));
CREATE INDEX files_waiting ON files (created_at) WHERE state IN ('uploading', 'held');
-- So that whoever attaches a file can hold it still for a moment: FOR SHARE asks for the right to update.
GRANT UPDATE (state) ON files TO clew_contact;

-- A resumable upload, by tus 1.0. Its id is the file's. What was received lies in segments, each stored before it is
-- acknowledged, so that an upload goes on where it was after anything.
CREATE TABLE uploads (
  id uuid PRIMARY KEY REFERENCES files,
  contact_id uuid NOT NULL REFERENCES contacts,
  length_bytes bigint NOT NULL CHECK (length_bytes > 0),
  received_bytes bigint NOT NULL DEFAULT 0 CHECK (received_bytes BETWEEN 0 AND length_bytes),
  state text NOT NULL CHECK (state IN ('open', 'complete', 'ended')),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX uploads_unfinished ON uploads (contact_id) WHERE state = 'open';
CREATE INDEX uploads_expiring ON uploads (expires_at) WHERE state <> 'ended';
SELECT clew_guard('uploads', team => 'SELECT', contact => 'SELECT, INSERT, UPDATE');

CREATE TABLE upload_segments (
  upload_id uuid NOT NULL REFERENCES uploads,
  contact_id uuid NOT NULL REFERENCES contacts,
  start_byte bigint NOT NULL CHECK (start_byte >= 0),
  size_bytes bigint NOT NULL CHECK (size_bytes > 0),
  storage_key text NOT NULL UNIQUE,
  PRIMARY KEY (upload_id, start_byte)
);
SELECT clew_guard('upload_segments', contact => 'SELECT, INSERT');
