import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SsoConnection } from '@clew/contract/single-sign-on'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeSamlKey } from '../../testkit/saml-idp/keys.ts'
import { type Company, connectSaml, createCompany, createSsoWorld } from '../../testkit/sso.ts'
import type { World } from '../../testkit/world.ts'
import { findWay } from './use-cases/find-way.ts'
import { fillInByLink, openSetupLink } from './use-cases/setup-link.ts'
import { readMetadataAgain, warnOfCertificates } from './use-cases/watch-providers.ts'

let world: World
let halcyon: Company
let server: Server
let metadata = ''
let served = 0
const [first, second] = [makeSamlKey('First'), makeSamlKey('Second', 'rsa', { notAfter: '2030-01-01T00:00:00Z' })]

const describing = (certificates: readonly string[], entityId = 'https://idp.example/metadata'): string => {
  const keys = certificates
    .map((pem) => pem.replace(/-----[A-Z ]+-----/g, '').trim())
    .map(
      (text) =>
        `<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${text}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`,
    )
    .join('')
  return `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${keys}<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/></IDPSSODescriptor></EntityDescriptor>`
}

beforeAll(async () => {
  server = createServer((_request, response) => {
    served += 1
    response.end(metadata)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  world = await createSsoWorld(['127.0.0.1'])
  halcyon = await createCompany(world, 'halcyon.example')
})
afterAll(async () => {
  await world.close()
  server.close()
})

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/metadata`
const system = () => world.clew.newCtx('test')
const parts = () => world.clew.house.sso
const tokenOf = (url: string): string => url.split('#token=').at(-1) ?? ''

async function draft(name: string): Promise<SsoConnection> {
  return (await halcyon.api<SsoConnection>('POST', '/connections', { kind: 'saml', provider: 'okta', name })).body
}

const makeLink = async (id: string): Promise<string> =>
  tokenOf((await halcyon.api<{ url: string }>('POST', `/connections/${id}/setup-link`)).body.url)

test('a link fills in one connection, is kept as a hash, and is written into the log', async () => {
  const connection = await draft('By link')
  const token = await makeLink(connection.id)
  expect(JSON.stringify(await world.rows('SELECT * FROM sso_setup_links'))).not.toContain(token)
  metadata = describing([first.certificate])
  await fillInByLink(system(), { token, setUp: { metadataUrl: address() } }, parts())
  const { connection: after } = await openSetupLink(system(), token)
  expect(after).toMatchObject({
    idpEntityId: 'https://idp.example/metadata',
    idpSsoUrl: 'https://idp.example/sso',
    state: 'draft',
  })
  const log = await world.rows(`SELECT action FROM audit_events WHERE action LIKE 'sso.setup_link%' ORDER BY seq`)
  expect(log.map(({ action }) => action)).toEqual(['sso.setup_link_created', 'sso.setup_link_used'])
})

test('it ends after seven days, when it is taken back, and when a new one is made', async () => {
  const connection = await draft('Ends')
  const [one, two] = [await makeLink(connection.id), await makeLink(connection.id)]
  await expect(openSetupLink(system(), one)).rejects.toMatchObject({ code: 'sso.link_invalid' })
  await openSetupLink(system(), two)
  await halcyon.api('DELETE', `/connections/${connection.id}/setup-link`)
  await expect(openSetupLink(system(), two)).rejects.toMatchObject({ code: 'sso.link_invalid' })
  await expect(openSetupLink(system(), 'x'.repeat(43))).rejects.toMatchObject({ code: 'sso.link_invalid' })
  const late = await draft('Late')
  const token = await makeLink(late.id)
  await world.rows(`UPDATE sso_setup_links SET expires_at = $1 WHERE connection_id = $2`, [world.clock.now(), late.id])
  await expect(openSetupLink(system(), token)).rejects.toMatchObject({ code: 'sso.link_invalid' })
})

test('what people sign in through cannot be changed from outside', async () => {
  const connection = await connectSaml(world, halcyon, { name: 'In use' })
  const token = await makeLink(connection.id)
  const change = fillInByLink(system(), { token, setUp: { metadataUrl: address() } }, parts())
  await expect(change).rejects.toMatchObject({ code: 'sso.conflict' })
})

test.each(['https://169.254.169.254/latest', 'http://10.1.2.3/m', 'file:///etc/passwd', 'http://idp.example/m'])(
  'metadata is not fetched from %s',
  async (metadataUrl) => {
    const connection = await draft(metadataUrl)
    const set = await halcyon.api<{ code: string }>('PATCH', `/connections/${connection.id}`, {
      version: connection.version,
      setUp: { metadataUrl },
    })
    expect([set.status, set.body.code]).toEqual([400, 'sso.address_refused'])
  },
)

test.each([
  ['nonsense', 'this is not XML', 'It is not SAML 2.0 metadata'],
  ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><EntityDescriptor/>', 'It is not SAML 2.0 metadata'],
  [
    'nobody',
    '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"/>',
    'It describes no identity provider',
  ],
])('metadata with %s is refused with a reason', async (name, text, sentence) => {
  const connection = await draft(`Refused ${name}`)
  const set = await halcyon.api<{ code: string; detail: string }>('PATCH', `/connections/${connection.id}`, {
    version: connection.version,
    setUp: { metadata: text },
  })
  expect([set.status, set.body.code]).toEqual([422, 'sso.metadata_unusable'])
  expect(set.body.detail).toContain(sentence)
  expect(set.body.detail).not.toContain('metadata.')
})

test('a certificate that changes is read the next day; another provider at that address is not believed', async () => {
  const connection = await draft('Daily')
  metadata = describing([first.certificate])
  const set = await halcyon.api<SsoConnection>('PATCH', `/connections/${connection.id}`, {
    version: connection.version,
    setUp: { metadataUrl: address() },
  })
  expect(set.body.certificates).toHaveLength(1)
  metadata = describing([first.certificate, second.certificate])
  const before = served
  await readMetadataAgain(system(), parts())
  expect(served).toBeGreaterThan(before)
  const read = async () => (await openSetupLink(system(), await makeLink(connection.id))).connection
  expect((await read()).certificates).toHaveLength(2)
  metadata = describing([makeSamlKey('Evil').certificate], 'https://evil.example')
  await readMetadataAgain(system(), parts())
  expect(await read()).toMatchObject({
    idpEntityId: 'https://idp.example/metadata',
    metadataFailure: 'metadata.other_provider',
  })
  expect((await read()).certificates).toHaveLength(2)
})

test('owners are told 60, 30, 7 and 1 days before the last certificate ends, and when it has; each time once', async () => {
  const argo = await createCompany(world, 'argo.example')
  const made = await argo.api<SsoConnection>('POST', '/connections', { kind: 'saml', provider: 'other', name: 'Argo' })
  const day = 86_400_000
  const at = (days: number): string => new Date(world.clock.now().getTime() + days * day).toISOString()
  const [old, ends] = [makeSamlKey('Old', 'rsa', { notAfter: at(5) }), makeSamlKey('Ends', 'rsa', { notAfter: at(61) })]
  await argo.api('PATCH', `/connections/${made.body.id}`, {
    version: made.body.version,
    setUp: { certificates: [old.certificate, ends.certificate] },
  })
  const mails = async (): Promise<string[]> =>
    (
      await world.rows(
        `SELECT subject FROM mails WHERE recipient = 'owner@argo.example' AND idempotency_key LIKE 'sso-certificate:%' ORDER BY created_at, id`,
      )
    ).map(({ subject }) => String(subject))
  const told: number[] = []
  for (let passed = 0; passed <= 63; passed += 1) {
    await warnOfCertificates(system(), parts())
    await warnOfCertificates(system(), parts())
    told.push((await mails()).length)
    world.clock.advance(day)
  }
  const days = told.flatMap((count, passed) => (count > (told[passed - 1] ?? 0) ? [61 - passed] : []))
  expect(days).toEqual([60, 30, 7, 1, 0])
  expect((await mails()).at(-1)).toContain('has ended')
})

test('an address without a way in gets a reference, and the team alone sees why', async () => {
  const way = await findWay(system(), { email: 'somebody@nowhere.example', next: undefined }, parts())
  expect(way.to).toMatch(/^\/sso\/refused\?reference=SSO-/)
  const none = await findWay(system(), { email: 'x@halcyon.example', next: '//evil.example' }, parts())
  expect(none.hint).toBe('x@halcyon.example')
  expect(none.to).toMatch(/^https:\/\/clew\.example\/sso\/start\/[\w-]+\?next=%2Fapp%2F$/)
})

test.each([
  ['/sso/start/6f1f4f0e-8a55-4b1e-9a3f-0d1f6e5b7c21', '/sso', 404],
  ['/sso/start/old-bookmark', '/sso', 404],
  ['/sso/test/6f1f4f0e-8a55-4b1e-9a3f-0d1f6e5b7c21', '/app/sign-in', 401],
  [`/sso/setup/${'x'.repeat(43)}/test`, `/sso/setup/${'x'.repeat(43)}`, 404],
])('whoever opens %s in a browser reads a page that helps on, a program the problem', async (url, instead, status) => {
  const asked = (accept: string) => world.app.inject({ method: 'GET', url, headers: { accept } })
  const page = await asked('text/html,application/xhtml+xml')
  expect([page.statusCode, page.headers.location]).toEqual([303, instead])
  const problem = await asked('*/*')
  expect([problem.statusCode, problem.headers['content-type']]).toEqual([
    status,
    expect.stringContaining('problem+json'),
  ])
})
