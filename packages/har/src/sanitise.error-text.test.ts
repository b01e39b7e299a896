import { redactText } from '@clew/redact'
import { growth } from '@clew/testkit/growth'
import { expect, test } from 'vitest'
import { at, capture, clean, type EntryParts, entry } from './test-support.ts'

const json = (value: unknown, status = 200): EntryParts => ({ status, body: JSON.stringify(value) })
const textOf = async (parts: EntryParts): Promise<string> =>
  String(at((await clean(capture([entry(parts)]))).har, 'log', 'entries', 0, 'response', 'content', 'text'))

/** What goes stands in ⟦these brackets⟧. */
const inBrackets = (text: string): [clean: string, dirty: string, secrets: string[]] => {
  const secrets = [...text.matchAll(/⟦(.*?)⟧/g)].map((match) => match[1] ?? '')
  return [text.replaceAll(/⟦.*?⟧/g, '*'), text.replaceAll(/[⟦⟧]/g, ''), secrets]
}
const masked = (text: string): string => text.replaceAll(/\[[a-z]+(?::[0-9a-f]+)?, \d+ (?:chars|bytes)\]/g, '*')

test.each([
  'connect failed: postgres://app:⟦Tr0ub4dor3⟧@db:5432/shop',
  'redis://:⟦Tr0ub4dor3⟧@cache:6379 refused',
  'mongodb+srv://app:⟦p%40ss-Tr0ub4⟧@c.mongodb.example is not there',
  'jdbc:oracle:thin:scott/⟦Tr0ub4dor3⟧@//db:1521/x',
  'curl -u admin:⟦Tr0ub4dor3⟧ https://a.example failed',
  'mysql -u root -p⟦Tr0ub4dor3⟧ failed',
  'bad <password>⟦Tr0ub4dor3⟧</password> in the request',
  'array(2) { ["password"]=> string(10) "⟦Tr0ub4dor3⟧" }',
  'array(2) {\n  ["password"]=>\n  string(10) "⟦Tr0ub4dor3⟧"\n}',
  'no way to https%3A%2F%2Fa%3Fpassword%3D⟦Tr0ub4dor3⟧%26a%3D1 now',
  'otp ⟦482913⟧ expired',
  'No user with PIN ⟦4821⟧',
  "PDO->__construct failed #0 /var/www/db.php(12): PDO->__construct('⟦mysql:host=db1⟧', '⟦root⟧', '⟦Tr0ub4dor&3⟧') #1 {main}",
  'Error code 500123 at step 4100 of 2026',
  '<address>Apache/2.4.41 Server at a.example Port 443</address>',
  'GET http://a.example:8080/x timed out after 3000 ms - retry',
  'The otp is required; see #4 of C:\\app(12)',
])('the text of an error: %s', async (text) => {
  const [kept, dirty, secrets] = inBrackets(text)
  const error = await textOf(json({ error: { message: dirty } }, 500))
  for (const secret of secrets) expect(error).not.toContain(secret)
  expect(masked(JSON.parse(error).error.message)).toBe(kept)
})

test.each([
  [
    '<p>#0 /var/www/db.php(12): PDO-&gt;__construct(&#039;⟦mysql:host=db1⟧&#039;, &#039;⟦root⟧&#039;)<br>#1 {main}</p>',
    500,
  ],
  [
    '<table><tr><td>DB_PASSWORD</td><td>⟦hunter2⟧</td><td>note</td></tr><tr><th>SECRET_KEY</th><td><pre>⟦gr33nTea⟧</pre></td></tr><tr><td>APP_ENV</td><td>production</td></tr></table>',
    500,
  ],
  ['<table><tr><th>User</th><th>Email</th></tr><tr><td>Status</td><td>down</td></tr></table>', 500],
  ['<dl><dt>API_TOKEN</dt><dd>⟦gr33nTea⟧</dd><dt>PHP</dt><dd>8.3</dd></dl>', 500],
  ['<nav>⟦Signed in as Maria Papadopoulou⟧ <a title="⟦Maria⟧">⟦Account⟧</a></nav><h1>Not found</h1>', 404],
  ['<p>Logged in as <b>⟦Maria⟧</b>. Nothing here</p>', 404],
  ['<p>Welcome back, ⟦Maria Papadopoulou⟧</p><h1>Not found</h1>', 404],
  ['<p>Συνδεδεμένη ως ⟦Μαρία⟧</p><h1>Δεν βρέθηκε</h1>', 404],
  ['<header><h1>Error 522</h1>Visit the page of the host</header><td>Password</td>', 522],
] as const)('a page that reports an error: %s', async (page, status) => {
  const [kept, dirty, secrets] = inBrackets(page)
  const parts = { mime: 'text/html', status, body: dirty }
  const shown = await textOf(parts)
  for (const secret of secrets) expect(shown).not.toContain(secret)
  expect(masked(shown)).toBe(kept)
  const { text } = await clean(capture([entry(parts)]))
  expect((await clean(text)).text).toBe(text)
})

test.each([
  ['frames', "#1 a(1): f('"],
  ['quotes in a frame', "'"],
  ['elements', '<password>'],
  ['names in addresses', 'password%3D'],
  ['addresses', 'a://b:c'],
  ['ends of addresses', 'a://b:c@'],
  ['options', ' -u a:'],
  ['commands', 'mysql -p '],
] as const)('a text of %s is read in linear time', async (_, piece) => {
  const ofLength = (length: number) => `#1 a(1): f('${piece.repeat(Math.ceil(length / piece.length))}`
  expect(await growth(redactText, ofLength, { from: 50_000, factor: 4 })).toBeLessThan(8)
})
