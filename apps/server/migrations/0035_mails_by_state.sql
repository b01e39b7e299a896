-- room: notifications
-- How mail stands is asked on every visit of whoever sets the product up, and mails are kept on record.
CREATE INDEX mails_by_state ON mails (state, done_at);
