import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { selfSignedCertificate } from '../domains/single-sign-on/saml/self-signed-certificate.ts'
import { aboutSetting, ConfigError, readConfig, type SettingName, settings } from './config.ts'
import { connectionOf } from './connection-url.ts'

const read = (env: Record<string, string>) => readConfig(env, '/srv/clew')

test('with nothing set Clew listens on this machine only, on port 3000, with its data beside it', () => {
  expect(read({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    dataDir: '/srv/clew/data',
    databaseUrl: undefined,
    trustProxy: false,
  })
})

test('an empty setting counts as not set', () => {
  expect(read({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000, databaseUrl: undefined })
})

test.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['CLEW_BASE_URL', 'help.example.com'],
  ['CLEW_BASE_URL', 'javascript:alert(1)'],
  ['CLEW_BASE_URL', 'https://help.example/support'],
  ['CLEW_BASE_URL', 'https://help.example/?a=b'],
  ['CLEW_BASE_URL', 'https://help.example#a'],
  ['CLEW_BASE_URL', 'https://user:pw@help.example'],
  ['DATABASE_URL', 'mysql://localhost'],
  ['CLEW_SMTP_URL', 'mail.example.com'],
  ['CLEW_TRUST_PROXY', 'yes'],
  ['CLEW_FILES_URL', '/tmp/files'],
  ['CLEW_LOG_LEVEL', 'loud'],
  ['CLEW_HAR_POLICY', 'lax'],
  ['CLEW_TRUST_PROXY', 'abc'],
  ['CLEW_TRUST_PROXY', '10.0.0.0/33'],
  ['CLEW_TRUST_PROXY', '10.0.0.0/255.0.255.0'],
  ['CLEW_TRUST_PROXY', '10.0.0.1,,'],
  ['HOST', '300.1.1.1'],
  ['HOST', 'bad host'],
  ['CLEW_MAIL_FROM', 'A <a@b'],
  ['CLEW_MAIL_FROM', 'a@b@c'],
  ['CLEW_SUPPORT_EMAIL', 'nobody'],
  ['CLEW_BRAND', 'x'.repeat(81)],
  ['CLEW_EVALUATE_KEY', 'short'],
])('%s=%s is refused in one sentence that names the setting', (name, value) => {
  const refused = () => read({ [name]: value })
  expect(refused).toThrow(ConfigError)
  expect(refused).toThrow(new RegExp(`^${name} must .*\\.$`))
})

test('a certificate without its key is refused', () => {
  expect(() => read({ CLEW_TLS_CERT: '/etc/cert.pem' })).toThrow(/belong together/)
})

test('a certificate that is not there is named', () => {
  expect(() => read({ CLEW_TLS_CERT: '/none/cert.pem', CLEW_TLS_KEY: '/none/key.pem' })).toThrow(
    /CLEW_TLS_CERT names \/none\/cert\.pem/,
  )
})

test('the address of Clew may end with a slash', () => {
  expect(read({ CLEW_BASE_URL: 'https://help.example:8443/' }).baseUrl).toBe('https://help.example:8443')
})

test('proxies are a number or addresses', () => {
  expect(read({ CLEW_TRUST_PROXY: '1' }).trustProxy).toBe(1)
  expect(read({ CLEW_TRUST_PROXY: '10.0.0.0/8, ::1' }).trustProxy).toBe('10.0.0.0/8, ::1')
  expect(read({ CLEW_TRUST_PROXY: '10.0.0.0/255.0.0.0' }).trustProxy).toBe('10.0.0.0/255.0.0.0')
})

test('a certificate and its key are read before anything starts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clew-tls-'))
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const pemOf = (key: KeyObject) => String(key.export({ format: 'pem', type: 'pkcs8' }))
  const own = newKey()
  const made = selfSignedCertificate({
    commonName: 'clew.example',
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2036-01-01T00:00:00Z'),
    privateKey: own,
    serialNumber: randomBytes(8),
  })
  const tls = (cert: string, key: string) => () => read({ CLEW_TLS_CERT: cert, CLEW_TLS_KEY: key })
  const text = file('text.pem', 'no PEM')
  const key = file('key.pem', pemOf(own))
  const stranger = file('other.pem', pemOf(newKey()))
  const certificate = file('cert.pem', made)
  expect(tls(certificate, key)().tls).toEqual({ certFile: certificate, keyFile: key })
  expect(tls(text, key)).toThrow(/^CLEW_TLS_CERT names .*text\.pem, which holds no certificate in PEM\.$/)
  expect(tls(folder, key)).toThrow(/^CLEW_TLS_CERT names .*, which cannot be read\.$/)
  expect(tls(certificate, text)).toThrow(/^CLEW_TLS_KEY names .*text\.pem, which holds no private key in PEM/)
  expect(tls(certificate, stranger)).toThrow(/does not belong to the certificate/)
  rmSync(folder, { recursive: true })
})

test('a data folder that is a file is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clew-data-'))
  const file = join(folder, 'data')
  writeFileSync(file, '')
  expect(() => read({ CLEW_DATA_DIR: file })).toThrow(/is a file and no folder\.$/)
  rmSync(folder, { recursive: true })
})

test.each(['bogus', 'prefer', 'allow'])('sslmode=%s is refused, since it would not be what it says', (mode) => {
  expect(() => connectionOf(`postgres://a:b@db.example/clew?sslmode=${mode}`)).toThrow(/^DATABASE_URL: sslmode /)
})

test('of sslmode, require asks for no known certificate, and verify does', () => {
  const ssl = (mode: string) => connectionOf(`postgres://a:b@db.example/clew?sslmode=${mode}`).ssl
  expect([ssl('disable'), ssl('require'), ssl('verify-full')]).toEqual([
    undefined,
    { rejectUnauthorized: false },
    { rejectUnauthorized: true },
  ])
})

test('an escape in the database address that is none is refused', () => {
  expect(() => connectionOf('postgres://a:%zz@db.example/clew')).toThrow(ConfigError)
})

test('every setting says what it is for', () => {
  for (const name of Object.keys(settings)) expect(aboutSetting(name as SettingName)).toMatch(/\.$/)
})

test('rules for cleaning captures come from a JSON file, and a mistake in it is told by its place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clew-rules-'))
  const file = join(folder, 'rules.json')
  const readRules = (text: string) => {
    writeFileSync(file, text)
    return () => read({ CLEW_HAR_RULES_FILE: file, CLEW_HAR_KEEP_BODIES_OF: 'api.shop.example, *.cdn.example' })
  }
  const rule = { match: { name: 'x-tenant' }, action: 'keep' }
  expect(readRules(JSON.stringify([rule]))().sanitising).toEqual({
    policy: 'standard',
    keepBodiesOf: ['api.shop.example', '*.cdn.example'],
    rules: [rule],
  })
  expect(readRules('[{"match": {"name": "a"}, "action": "burn"}]')).toThrow(
    /^CLEW_HAR_RULES_FILE: rules\[0\]\.action: /,
  )
  expect(readRules('no json')).toThrow(/is not JSON\.$/)
  rmSync(folder, { recursive: true })
  expect(() => read({ CLEW_HAR_RULES_FILE: file })).toThrow(/cannot be read\.$/)
})
