-- room: articles
CREATE TABLE sections (
  id text PRIMARY KEY,
  place integer NOT NULL,
  names jsonb NOT NULL
);
SELECT clew_guard('sections', team => 'SELECT, INSERT, UPDATE');

CREATE TABLE articles (
  id uuid PRIMARY KEY,
  slug text NOT NULL,
  locale text NOT NULL CHECK (locale IN ('en', 'el')),
  section_id text NOT NULL REFERENCES sections,
  place integer NOT NULL,
  title text NOT NULL,
  description text NOT NULL,
  keywords text[] NOT NULL DEFAULT '{}',
  body text NOT NULL,
  flow_id text,
  origin text NOT NULL CHECK (origin IN ('starter', 'team')),
  content_hash text NOT NULL,
  updated_on date NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (slug, locale)
);
SELECT clew_guard('articles', team => 'SELECT, INSERT, UPDATE');

CREATE TABLE article_feedback (
  id uuid PRIMARY KEY,
  article_id uuid NOT NULL REFERENCES articles,
  helpful boolean NOT NULL,
  comment text,
  at timestamptz NOT NULL
);
CREATE INDEX article_feedback_article ON article_feedback (article_id, at);
SELECT clew_guard('article_feedback', team => 'SELECT');
