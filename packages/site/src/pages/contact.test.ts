import { expect, test } from 'vitest'
import { sampleContact, sampleSite } from '../testing/samples.ts'
import { renderContactPage } from './contact.tsx'

const site = sampleSite('en')

test('the form posts to itself and carries its token', () => {
  const html = renderContactPage({ csrfToken: 'token-"1' }, site)
  expect(html).toContain('<form class="contact" method="post" action="/en/contact"')
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
  expect(html).toMatch(/<option selected[^>]*>Europe\/Athens/)
  expect(html).toContain('<title>Please check: Tell it once · Northlight</title>')
})

test('the summary lists the fields in the order of the form and links to them', () => {
  const html = renderContactPage({ csrfToken: 't', errors: { steps: 'too_long', problem: 'required' } }, site)
  const summary = /role="alert".*?<\/ul>/s.exec(html)?.[0] ?? ''
  expect([...summary.matchAll(/<a href="#([^"]+)"/g)].map(([, id]) => id)).toEqual(['problem', 'steps'])
})

test('what was tried and searched travels with the form', () => {
  const html = renderContactPage({ ...sampleContact('en'), searchedFor: 'uplod <fails>' }, site)
  expect(html).toContain('name="article" value="upload-failures"')
  expect(html).toContain('name="tried" value="size"')
  expect(html).toContain('name="searchedFor" value="uplod &lt;fails>"')
})

test('a value cannot close the text field', () => {
  const html = renderContactPage({ csrfToken: 't', values: { problem: '</textarea><script>alert(1)</script>' } }, site)
  expect(html).not.toContain('<script>alert')
})

test('a form refused as a whole says that nothing is lost', () => {
  const html = renderContactPage({ csrfToken: 't', problem: 'rate_limited', values: { problem: 'It fails' } }, site)
  expect(html).toContain('Nothing is lost')
  expect(html).toContain('It fails</textarea>')
})
