import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aboutSetting, ConfigError, readConfig, type SettingName, settings } from './config.ts'

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
  ['DATABASE_URL', 'mysql://localhost'],
  ['CLEW_SMTP_URL', 'mail.example.com'],
  ['CLEW_TRUST_PROXY', 'yes'],
  ['CLEW_FILES_URL', '/tmp/files'],
  ['CLEW_LOG_LEVEL', 'loud'],
  ['CLEW_HAR_POLICY', 'lax'],
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

test('proxies are a number or addresses', () => {
  expect(read({ CLEW_TRUST_PROXY: '1' }).trustProxy).toBe(1)
  expect(read({ CLEW_TRUST_PROXY: '10.0.0.0/8, ::1' }).trustProxy).toBe('10.0.0.0/8, ::1')
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
