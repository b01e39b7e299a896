import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DnsServer, startDnsServer } from '../../testkit/dns-server.ts'
import { domainProver, type ProveDomain } from './domain-prover.ts'

const token = '0123456789abcdef0123456789abcdef'
const text = `clew=${token}`
let dns: DnsServer
let prove: ProveDomain
beforeAll(async () => {
  dns = await startDnsServer()
  prove = domainProver({ servers: [dns.address], timeoutMs: 150 })
})
afterAll(() => dns.stop())

const look = (name: string) => prove({ name, token })

describe('what the name servers say', () => {
  test('the record is there', async () => {
    dns.zone('found.example')
    dns.set('_clew-challenge.found.example', { TXT: [text] })
    expect(await look('found.example')).toBe('found')
  })

  test('a name of the zone that has no text', async () => {
    dns.zone('none.example')
    dns.set('_clew-challenge.none.example', {})
    expect(await look('none.example')).toBe('none')
  })

  test('NXDOMAIN for the record, in a zone that is there', async () => {
    dns.zone('nothing.example')
    expect(await look('nothing.example')).toBe('no_domain')
  })

  test('NXDOMAIN for the domain itself', async () => {
    expect(await look('never.example')).toBe('no_domain')
  })

  test('another text', async () => {
    dns.zone('wrong.example')
    dns.set('_clew-challenge.wrong.example', { TXT: ['clew=ffffffffffffffffffffffffffffffff', 'v=spf1 -all'] })
    expect(await look('wrong.example')).toBe('other_text')
  })

  test('a text that is longer than ours is not ours', async () => {
    dns.zone('longer.example')
    dns.set('_clew-challenge.longer.example', { TXT: [`${text}0`, `x${text}`, `${text} ${text}`] })
    expect(await look('longer.example')).toBe('other_text')
  })

  test('several texts, one of them ours', async () => {
    dns.zone('several.example')
    dns.set('_clew-challenge.several.example', { TXT: ['v=spf1 -all', text, 'other=1'] })
    expect(await look('several.example')).toBe('found')
  })

  test('our text in several pieces, and with the quotation marks of a panel', async () => {
    dns.zone('pieces.example')
    dns.set('_clew-challenge.pieces.example', { TXT: [[text.slice(0, 10), text.slice(10)]] })
    expect(await look('pieces.example')).toBe('found')
    dns.set('_clew-challenge.pieces.example', { TXT: [`"${text}"`] })
    expect(await look('pieces.example')).toBe('found')
  })

  test('SERVFAIL and REFUSED prove nothing', async () => {
    dns.zone('broken.example')
    dns.set('_clew-challenge.broken.example', { fails: 'servfail' })
    expect(await look('broken.example')).toBe('failed')
    dns.set('_clew-challenge.broken.example', { fails: 'refused' })
    expect(await look('broken.example')).toBe('refused')
  })

  test('a server that says nothing', async () => {
    dns.zone('silent.example')
    dns.set('_clew-challenge.silent.example', { fails: 'silence' })
    expect(await look('silent.example')).toBe('timeout')
  })

  test('a zone whose servers have no address', async () => {
    dns.set('lame.example', { NS: ['ns.gone.example'] })
    expect(await look('lame.example')).toBe('no_servers')
  })
})

describe('where it looks', () => {
  test('an alias leads to another zone, and that one is asked', async () => {
    dns.zone('alias.example')
    dns.zone('elsewhere.example')
    dns.set('_clew-challenge.alias.example', { CNAME: 'proof.elsewhere.example' })
    dns.set('proof.elsewhere.example', { TXT: [text] })
    expect(await look('alias.example')).toBe('found')
  })

  test('aliases in a circle end', async () => {
    dns.zone('circle.example')
    dns.set('_clew-challenge.circle.example', { CNAME: '_clew-challenge.circle.example' })
    expect(await look('circle.example')).toBe('none')
  })

  test('a subdomain that is a zone of its own is asked at its own servers, and else at those above', async () => {
    dns.zone('big.example')
    dns.zone('own.big.example')
    dns.set('_clew-challenge.own.big.example', { TXT: [text] })
    dns.set('_clew-challenge.plain.big.example', { TXT: [text] })
    expect(await look('own.big.example')).toBe('found')
    expect(await look('plain.big.example')).toBe('found')
    expect(dns.asked).toContain('2 own.big.example')
  })

  test('a name in another script is asked for in ASCII', async () => {
    dns.zone('xn--hxajbheg2az3al.example')
    dns.set('_clew-challenge.xn--hxajbheg2az3al.example', { TXT: [text] })
    expect(await look('xn--hxajbheg2az3al.example')).toBe('found')
  })

  test('of two servers, one that has the record already is enough', async () => {
    dns.set('spread.example', { NS: ['a.spread.example', 'b.spread.example'] })
    // Nothing listens there.
    dns.set('a.spread.example', { A: ['127.0.0.9'] })
    dns.set('b.spread.example', { A: ['127.0.0.1'] })
    dns.set('_clew-challenge.spread.example', { TXT: [text] })
    expect(await look('spread.example')).toBe('found')
  })
})
