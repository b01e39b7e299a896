import { expect, test } from 'vitest'
import { isIdName } from './names.ts'

test.each([
  'x-request-id',
  'X-MS-Correlation-Request-Id',
  'client-request-id',
  'x-ms-client-request-id',
  'apigw-requestid',
  'x-openstack-request-id',
  'x-compute-request-id',
  'x-oss-request-id',
  'atl-traceid',
])('%s names an id that an engineer searches logs for', (name) => {
  expect(isIdName(name)).toBe(true)
})

test.each(['x-session-id', 'x-client-id', 'user-id', 'x-okta-session-id', 'correlation-token', 'x-request-token'])(
  '%s names none',
  (name) => {
    expect(isIdName(name)).toBe(false)
  },
)
