-- room: files
-- Where a virus scanner is set up, a file is being checked before it is there, and refused when something is found.
ALTER TABLE files DROP CONSTRAINT files_state_check;
ALTER TABLE files ADD CONSTRAINT files_state_check
  CHECK (state IN ('uploading', 'held', 'checking', 'stored', 'refused', 'gone'));
-- What the scanner called what it found.
ALTER TABLE files ADD COLUMN scan_finding text;
ALTER TABLE files ADD COLUMN scanned_at timestamptz;
CREATE INDEX files_checking ON files (id) WHERE state = 'checking';

-- One row while files are scanned, none while they are not: so the database itself lets no file past the scanner,
-- whoever stores it.
CREATE TABLE file_scanning (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  since timestamptz NOT NULL
);
SELECT clew_guard('file_scanning', team => 'SELECT');
CREATE POLICY contact_reads ON file_scanning FOR SELECT TO clew_contact USING (true);
GRANT SELECT ON file_scanning TO clew_contact;

CREATE FUNCTION files_check_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Only the job that asks the scanner lets a file through, and only the bytes that it was asked about.
  IF TG_OP = 'UPDATE' AND OLD.state = 'checking' AND OLD.storage_key = NEW.storage_key AND current_user = 'clew_system' THEN
    RETURN NEW;
  END IF;
  IF EXISTS (SELECT 1 FROM file_scanning) THEN
    NEW.state := 'checking';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER files_arrive BEFORE INSERT ON files
  FOR EACH ROW WHEN (NEW.state = 'stored') EXECUTE FUNCTION files_check_first();
CREATE TRIGGER files_are_whole BEFORE UPDATE ON files
  FOR EACH ROW WHEN (NEW.state = 'stored' AND (OLD.state <> 'stored' OR OLD.storage_key <> NEW.storage_key))
  EXECUTE FUNCTION files_check_first();

-- room: organisations
-- That an invitation has run out is said once in the audit log. Those that had before are not news.
ALTER TABLE invitations ADD COLUMN expiry_noted_at timestamptz;
UPDATE invitations SET expiry_noted_at = expires_at WHERE expires_at < now();
CREATE INDEX invitations_running_out ON invitations (expires_at)
  WHERE accepted_at IS NULL AND revoked_at IS NULL AND waits_for IS NULL AND expiry_noted_at IS NULL;

-- Whoever asks to join is answered before anybody looks whether there is such an organisation.
CREATE TABLE join_asks (
  id uuid PRIMARY KEY,
  organisation text NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  message text NOT NULL,
  locale text NOT NULL,
  created_at timestamptz NOT NULL
);
SELECT clew_guard('join_asks');

-- room: sign-in
-- How often whoever signs in was told to wait, gathered by address and by account until the window is over: however
-- many there are, the audit log grows by a few events.
CREATE TABLE sign_in_refusals (
  starts_at timestamptz NOT NULL,
  account text NOT NULL,
  network text NOT NULL,
  address text,
  user_agent text,
  count integer NOT NULL,
  PRIMARY KEY (starts_at, account, network)
);
SELECT clew_guard('sign_in_refusals');
