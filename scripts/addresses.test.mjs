import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { faultsInAddresses } from '../e2e/harness/addresses.ts'
import { openWire } from '../e2e/harness/wire.ts'

const asked = (...addresses) => addresses.map((each) => `GET ${each}`)
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

test("where a mail program posts to what List-Unsubscribe gave it, the token is the protocol's; opened, it is not", () => {
  expect(faultsInAddresses([`POST /el/status/unfollow/${long}`])).toEqual([])
  expect(faultsInAddresses([`GET /el/status/unfollow/${long}`])).toHaveLength(1)
})

test('every request is seen, also on a connection on which a body without a line break came before', async () => {
  const server = createServer((request, response) => request.resume().on('end', () => response.end('ok')))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const wire = await openWire(server.address().port)
  const url = `http://127.0.0.1:${wire.port}`
  await (await fetch(`${url}/first`, { method: 'POST', body: '{"no":"line break"}' })).text()
  await (await fetch(`${url}/second?email=ada%40acme.example`)).text()
  expect(wire.requests()).toEqual(['POST /first', 'GET /second?email=ada%40acme.example'])
  await wire.close()
  server.closeAllConnections()
  server.close()
})
