import { expect, test } from 'vitest'
import { isOrigin, mayHold, policyFaults } from './csp-check.ts'

const clew = 'https://help.kyma.example'

test.each([
  ['', []],
  ["default-src 'self'", ['script', 'connect', 'frame']],
  [`default-src 'self' ${clew}`, []],
  [`script-src ${clew}; connect-src ${clew}; frame-src ${clew}`, []],
  [`script-src 'nonce-abc'; connect-src ${clew}; frame-src ${clew}`, []],
  [`script-src ${clew}; connect-src 'self'`, ['connect']],
  [`script-src https:; connect-src *; frame-src 'none'`, ['frame']],
  [`Content-Security-Policy: default-src https://*.kyma.example`, []],
  ['default-src help.kyma.example', []],
  ['default-src http://help.kyma.example', ['script', 'connect', 'frame']],
  ['default-src https://help.kyma.example:8443', ['script', 'connect', 'frame']],
  [`script-src 'self'; script-src ${clew}`, ['script']],
])('%s keeps back %j', (policy, faults) => {
  expect(policyFaults(policy, clew)).toEqual(faults)
})

test.each([
  ['https://app.kyma.example', true],
  ['https://*.kyma.example/', true],
  ['http://localhost:3000', true],
  ['kyma.example', false],
  ['https://kyma.example/path', false],
  ['https://*', false],
])('%s is an origin: %s', (line, expected) => {
  expect(isOrigin(line)).toBe(expected)
})

test('a page is told whether it may hold the bubble', () => {
  expect(mayHold('https://app.kyma.example/files', ['https://*.kyma.example'])).toBe(true)
  expect(mayHold('https://kyma.example/files', ['https://*.kyma.example'])).toBe(false)
  expect(mayHold('https://other.example', [])).toBe(true)
  expect(mayHold('no address', [])).toBeUndefined()
})
