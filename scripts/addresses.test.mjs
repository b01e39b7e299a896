import { expect, test } from 'vitest'
import { faultsInAddresses } from '../e2e/harness/addresses.ts'

const asked = (...addresses) => Buffer.from(addresses.map((each) => `GET ${each} HTTP/1.1\r\nhost: x\r\n\r\n`).join(''))
const token = 'EUsDwLamWlAM6Ny-OeYgbQ'
const long = 'q3Jf0vYx2Rk8TzLwPn5Hc7Bd1Ms4Ga6Ue9Iy0OtXrQw'

test('an address with what looks like a token, or with a mail address, fails a journey, and does not repeat it', () => {
  const faults = faultsInAddresses(
    asked(`/share/${token}`, `/en/my/enter?token=${long}`, '/app/console/sso?about=ada%40acme.example'),
  )
  expect(faults).toHaveLength(3)
  expect(faults.join()).not.toMatch(new RegExp(`${token}|${long}|ada`))
})

test('ids, keys, names of files and what OpenID Connect brings back do not', () => {
  const fine = [
    '/share/0123456789abcdef',
    '/app/c/01a20c91-a000-7dd3-8b2a-eb23834fe86e?view=mine',
    '/assets/site.AB12CD34.css',
    `/sso/oidc/01a20c91-a000-78bb-8204-6c95912e207c/callback?code=${long}&state=${long}`,
    '/en/search?q=upload+fails',
  ]
  expect(faultsInAddresses(asked(...fine))).toEqual([])
})
