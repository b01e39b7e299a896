-- room: assistant
-- What people asked the assistant and what became of it: one row for each message that it dealt with. The words are
-- those of the message, in which no secret is left.
CREATE TABLE assistant_questions (
  message_id uuid PRIMARY KEY REFERENCES messages,
  conversation_id uuid NOT NULL REFERENCES conversations,
  contact_id uuid NOT NULL REFERENCES contacts,
  asked_at timestamptz NOT NULL,
  locale text NOT NULL CHECK (locale IN ('en', 'el')),
  body text NOT NULL,
  -- Greetings, thanks and answers to our own questions are kept, but nobody counts them.
  is_question boolean NOT NULL,
  action text NOT NULL,
  article_slug text,
  flow_id text,
  confidence real NOT NULL,
  nearest_slug text,
  nearest_coverage real NOT NULL,
  handover_reason text,
  tier text NOT NULL DEFAULT 'open' CHECK (tier IN ('open', 'confirmed', 'assumed', 'assisted', 'failed')),
  -- Why it failed: the contact said so, came back after all, or got no answer and went.
  failure text CHECK (failure IN ('said', 'returned', 'unanswered')),
  thumb text CHECK (thumb IN ('up', 'down')),
  thumb_reason text CHECK (thumb_reason IN ('wrong_article', 'not_clear', 'did_not_work', 'other')),
  CHECK ((tier = 'failed') = (failure IS NOT NULL)),
  CHECK (thumb_reason IS NULL OR thumb = 'down')
);
CREATE INDEX assistant_questions_conversation ON assistant_questions (conversation_id, asked_at);
CREATE INDEX assistant_questions_contact ON assistant_questions (contact_id);
CREATE INDEX assistant_questions_asked ON assistant_questions (asked_at) WHERE is_question;
CREATE INDEX assistant_questions_open ON assistant_questions (asked_at) WHERE is_question AND tier = 'open';
SELECT clew_guard('assistant_questions', team => 'SELECT', contact => 'SELECT, UPDATE');

-- Answers that somebody of the team found wrong, with what would have been right: run again after every change.
CREATE TABLE assistant_regressions (
  id uuid PRIMARY KEY,
  message_id uuid NOT NULL UNIQUE REFERENCES messages,
  conversation_id uuid NOT NULL REFERENCES conversations,
  contact_id uuid NOT NULL REFERENCES contacts,
  line jsonb NOT NULL,
  noted_by text NOT NULL,
  noted_at timestamptz NOT NULL
);
CREATE INDEX assistant_regressions_contact ON assistant_regressions (contact_id);
SELECT clew_guard('assistant_regressions', team => 'SELECT, INSERT, UPDATE, DELETE');
