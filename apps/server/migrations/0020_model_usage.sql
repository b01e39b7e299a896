-- room: assistant
-- What the rules would say to a message, while a model is asked for better words. It is said as it is when none come.
ALTER TABLE dialogues ADD COLUMN composing jsonb;

-- What models have cost, by the day (UTC). Tokens are reserved before a call and settled after it.
CREATE TABLE model_usage (
  day date PRIMARY KEY,
  calls integer NOT NULL DEFAULT 0,
  input_tokens bigint NOT NULL DEFAULT 0,
  output_tokens bigint NOT NULL DEFAULT 0,
  reserved_tokens bigint NOT NULL DEFAULT 0
);
SELECT clew_guard('model_usage', team => 'SELECT');
