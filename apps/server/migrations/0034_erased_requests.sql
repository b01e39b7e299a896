-- room: provisioning
-- What a request said of somebody who was erased is gone from the log; that it came stays.
ALTER TABLE provisioning_requests ADD COLUMN erased_at timestamptz;
