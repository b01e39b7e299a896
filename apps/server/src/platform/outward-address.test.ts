import { expect, test } from 'vitest'
import { isForbiddenAddress, isInsideAddress, mayCall, mayCallOutside } from './outward-address.ts'

test.each([
  ['https://models.example/v1', true],
  ['https://10.0.0.7/v1', true],
  ['http://localhost:11434/v1', true],
  ['http://127.0.0.1:8000', true],
  ['http://[::1]:8000', true],
  ['http://models.example/v1', false],
  ['http://gpu.internal:8000/v1', true],
  ['http://10.0.0.7/v1', false],
  ['https://169.254.169.254/latest', false],
  ['https://0xa9fea9fe/latest', false],
  ['https://2852039166/', false],
  ['https://[::ffff:169.254.169.254]/', false],
  ['https://[fe80::1]/', false],
  ['https://[fd00:ec2::254]/', false],
  ['http://0.0.0.0:5432', false],
  ['https://metadata.google.internal/', false],
  ['https://user:secret@models.example', false],
  ['ftp://models.example', false],
  ['javascript:alert(1)', false],
  ['not an address', false],
])('%s may be called: %s', (address, expected) => {
  expect(mayCall(address, ['gpu.internal'])).toBe(expected)
})

test('forbidden addresses are known in every notation', () => {
  expect(
    ['169.254.1.1', '::ffff:169.254.1.1', '::ffff:a9fe:101', 'fe80::1', '0.0.0.0'].map(isForbiddenAddress),
  ).toEqual([true, true, true, true, true])
  expect(['127.0.0.1', '10.0.0.1', '192.0.2.1', '2001:db8::1'].map(isForbiddenAddress)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test.each([
  ['https://logs.example/lookup', true],
  ['http://logs.example/lookup', false],
  ['https://10.0.0.7/', false],
  ['https://192.168.1.2/', false],
  ['https://localhost/', false],
  ['http://127.0.0.1:8000/', false],
  ['https://[::1]/', false],
  ['https://[::ffff:10.0.0.7]/', false],
  ['https://[fd12::1]/', false],
  ['https://[64:ff9b::a9fe:a9fe]/', false],
  ['https://0x7f000001/', false],
  ['http://logs.internal/', true],
  ['http://10.1.1.1:8080/', true],
  ['http://10.1.1.1:8081/', false],
  ['http://169.254.169.254/', false],
])('without the operator, %s may be looked up at: %s', (address, expected) => {
  expect(mayCallOutside(address, ['logs.internal', '10.1.1.1:8080', '169.254.169.254'])).toBe(expected)
})

test('addresses inside are known in every notation', () => {
  expect(['127.9.9.9', '::ffff:10.0.0.1', '::ffff:c0a8:101', 'fc00::1', '100.64.0.1'].map(isInsideAddress)).toEqual([
    true,
    true,
    true,
    true,
    true,
  ])
  expect(['192.0.2.1', '2001:db8::1', '172.32.0.1'].map(isInsideAddress)).toEqual([false, false, false])
})
