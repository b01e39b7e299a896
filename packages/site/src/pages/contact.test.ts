import { expect, test } from 'vitest'
import { sampleContact, sampleSite } from '../testing/samples.ts'
import { renderContactPage } from './contact.tsx'
import { renderContactSentPage } from './contact-sent.tsx'

const site = sampleSite('en')
const bare = { csrfToken: 't', kind: 'other' as const, timeZones: ['Europe/Athens', 'Europe/London'] }

test('the form posts to itself and carries its token', () => {
  const html = renderContactPage({ ...bare, csrfToken: 'token-"1' }, site)
  expect(html).toContain('<form method="post" action="/en/contact" enctype="multipart/form-data"')
  expect(html).toContain('name="csrf" value="token-&quot;1"')
  expect(html).not.toContain('role="alert"')
})

test('a refused form keeps every value and says at each field what to do', () => {
  const html = renderContactPage(sampleContact('en'), site)
  expect(html).toContain('The upload stops at 100 %.</textarea>')
  expect(html).toMatch(/<input[^>]*name="email"[^>]*value="eleni@"/)
  expect(html).toMatch(/<input[^>]*name="email"[^>]*aria-invalid(="true")?/)
  expect(html).toMatch(/aria-describedby="email-why email-error"/)
  expect(html).toMatch(/value="upload"[^>]*checked|checked[^>]*value="upload"/)
  expect(html).toMatch(/name="time_zone"[^>]*value="Europe\/Athens"/)
  expect(html).toContain('<option value="Europe/London"')
  expect(html).toContain('<title>Please check: Tell it once · Northlight</title>')
})

test('the summary lists the fields in the order of the form and links to them', () => {
  const html = renderContactPage({ ...bare, errors: { steps: 'too_long', problem: 'required' } }, site)
  const summary = /role="alert".*?<\/ul>/s.exec(html)?.[0] ?? ''
  expect([...summary.matchAll(/<a href="#([^"]+)"/g)].map(([, id]) => id)).toEqual(['problem', 'steps'])
})

test('what was tried and searched travels with the form', () => {
  const html = renderContactPage({ ...sampleContact('en'), searchedFor: 'uplod <fails>' }, site)
  expect(html).toContain('name="article" value="upload-failures"')
  expect(html).toContain('name="tried" value="size"')
  expect(html).toContain('name="q" value="uplod &lt;fails>"')
})

test('a value cannot close the text field', () => {
  const html = renderContactPage({ ...bare, values: { problem: '</textarea><script>alert(1)</script>' } }, site)
  expect(html).not.toContain('<script>alert')
})

test('a form refused as a whole says that nothing is lost', () => {
  const html = renderContactPage({ ...bare, problem: 'rate_limited', values: { problem: 'It fails' } }, site)
  expect(html).toContain('Nothing is lost')
  expect(html).toContain('It fails</textarea>')
})

test('the kind decides what is needed, what helps and what is folded away', () => {
  const needs = (kind: 'api_error' | 'billing') =>
    Object.fromEntries(
      [
        ...renderContactPage({ ...bare, kind }, site).matchAll(
          /data-category="(\w+)".*?data-need(?:="[^"]*")?>([^<]+)</gs,
        ),
      ].map(([, category, need]) => [category, need]),
    )
  expect(needs('api_error')).toMatchObject({ problem: 'A must', request_ids: 'Needed', visuals: 'Helps' })
  expect(needs('billing')).toMatchObject({ account: 'A must', request_ids: 'Not needed', steps: 'Not needed' })
  expect(Object.keys(needs('billing'))).toHaveLength(10)
})

test('without a kind it is asked for first, and the form waits for a script', () => {
  const { kind: _, ...first } = bare
  const html = renderContactPage(first, site)
  expect(html).toMatch(/<form method="get" action="\/en\/contact" data-first-step/)
  expect(html).toMatch(/<form method="post"[^>]* hidden/)
})

test('every reason says why its field helps, and is read out with it', () => {
  const html = renderContactPage({ ...bare, kind: 'upload' }, site)
  for (const [, id] of html.matchAll(/aria-describedby="([\w -]+)"/g))
    for (const each of (id ?? '').split(' ')) expect(html, each).toContain(`id="${each}"`)
})

test('a snippet keeps its first line empty and its spaces', () => {
  const html = renderContactPage({ ...bare, values: { snippet: '  a\n\tb ' } }, site)
  expect(html).toContain('>\n  a\n\tb </textarea>')
})

test('what was sent can be read in the other language too, with all that its page says', () => {
  const html = renderContactSentPage(
    { reference: 'C-7', score: 71, next: 'timestamps', masked: ['api_key', 'jwt'] },
    site,
  )
  expect(html).toContain(
    'href="/el/contact/sent?reference=C-7&amp;score=71&amp;next=timestamps&amp;masked=api_key%2Cjwt" lang="el"',
  )
  expect(renderContactSentPage({ reference: 'C-7' }, site)).toContain('href="/el/contact/sent?reference=C-7" lang="el"')
})
