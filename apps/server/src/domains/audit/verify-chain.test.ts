import { createPublicKey } from 'node:crypto'
import type { AuditAction } from '@clew/contract/audit-actions'
import type { OrganisationId } from '@clew/contract/primitives'
import { describe, expect, test } from 'vitest'
import { hashOf, type Link, noHash } from './chain.ts'
import { type Checkpoint, type Head, newKeyPair, signedCheckpoint, signerOf } from './checkpoint.ts'
import { draftOf } from './draft.ts'
import { type ChainSource, verifyChain } from './verify-chain.ts'

const organisationId = '0190a000-0000-7000-8000-000000000001' as OrganisationId
const signer = signerOf('key', newKeyPair().privateKey)
const publicKey = createPublicKey(signer.publicKey)

/** A chain of so many events, as PostgreSQL writes it. */
function chainOf(length: number, { from = 1, prevHash = noHash, word = 'is' } = {}): Link[] {
  const links: Link[] = []
  let before = prevHash
  for (let seq = from; seq < from + length; seq += 1) {
    const draft = draftOf(
      {
        action: 'role.granted' as AuditAction,
        targets: [{ type: 'member', id: `m${seq}`, name: 'Leda Stathi' }],
        metadata: { word },
      },
      {
        id: `0190a000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
        now: new Date(Date.UTC(2026, 10, 24, 8, 0, seq)),
        organisationId,
        actor: { type: 'system', job: 'test' },
        origin: { via: 'session', address: '198.51.100.24' },
        requestId: `r${seq}`,
      },
    )
    const body = `${draft.before}${seq}${draft.after}`
    const hash = hashOf(before, body)
    const personal = draft.personal.map(({ part, salt, value }) => ({
      part,
      kept: { salt: Buffer.from(salt, 'hex'), value },
    }))
    links.push({ seq, body, prevHash: before, hash, personal })
    before = hash
  }
  return links
}

const headOf = (links: readonly Link[]): Head => ({
  organisationId,
  seq: links.at(-1)?.seq ?? 0,
  hash: links.at(-1)?.hash ?? noHash,
  firstSeq: links[0]?.seq ?? 1,
  firstPrevHash: links[0]?.prevHash ?? noHash,
})

const checkpointOf = (links: readonly Link[], reason: 'hourly' | 'retention' = 'hourly'): Checkpoint =>
  signedCheckpoint(headOf(links), { id: String(links.length), at: new Date(0), reason }, signer)

function sourceOf(links: readonly Link[], more: Partial<ChainSource> = {}): ChainSource {
  return {
    head: headOf(links),
    links: async function* () {
      yield* [...links].sort((a, b) => a.seq - b.seq)
    },
    linkAt: async (seq) => links.find((link) => link.seq === seq),
    checkpoints: [],
    publicKey,
    headAtEnd: async () => more.head ?? headOf(links),
    ...more,
  }
}

const faultOf = async (links: readonly Link[], more?: Partial<ChainSource>) =>
  (await verifyChain(sourceOf(links, more))).fault

const well = chainOf(12)
const checkpoints = [checkpointOf(well.slice(0, 4)), checkpointOf(well.slice(0, 8))]
const kept = { head: headOf(well), checkpoints }
const at = (seq: number): Link => well[seq - 1] as Link
const without = (seq: number) => well.filter((link) => link.seq !== seq)
const changed = (seq: number, change: Partial<Link>) =>
  well.map((link) => (link.seq === seq ? { ...link, ...change } : link))

test('a chain that is as it was written is whole', async () => {
  const verdict = await verifyChain(sourceOf(well, kept))
  expect(verdict).toEqual({
    firstSeq: 1,
    lastSeq: 12,
    lastHash: at(12).hash,
    count: 12,
    since: '2026-11-24T08:00:01.000Z',
    checkpoints: 2,
    lastCheckpoint: { seq: 8, at: '1970-01-01T00:00:00.000Z' },
    erased: 0,
    fault: undefined,
  })
  expect(await faultOf([])).toBeUndefined()
})

describe('each way of tampering is named, with the first event that is not as it was', () => {
  const reworded = at(6).body.replace('"is"', '"was"')
  test('edited', async () => {
    expect(await faultOf(changed(6, { body: reworded }), kept)).toEqual({ kind: 'edited', seq: 6 })
    expect(await faultOf(changed(6, { body: 'junk' }), kept)).toEqual({ kind: 'edited', seq: 6 })
  })
  test('edited and hashed anew, in the middle, at a checkpoint and at the end', async () => {
    for (const seq of [6, 8, 12]) {
      const body = at(seq).body.replace('"is"', '"was"')
      const links = changed(seq, { body, hash: hashOf(at(seq).prevHash, body) })
      expect(await faultOf(links, kept), String(seq)).toEqual({ kind: 'edited', seq })
    }
  })
  test('edited beside the chain', async () => {
    const personal = at(6).personal.map((part) => ({
      ...part,
      kept: { salt: Buffer.alloc(16), value: '{"name":"Nobody"}' },
    }))
    expect(await faultOf(changed(6, { personal }), kept)).toEqual({ kind: 'edited', seq: 6 })
    expect(await faultOf(changed(6, { personal: [] }), kept)).toEqual({ kind: 'edited', seq: 6 })
  })
  test('removed', async () => {
    expect(await faultOf(without(6), kept)).toEqual({ kind: 'removed', seq: 6 })
    expect(await faultOf(without(1), kept)).toEqual({ kind: 'removed', seq: 1 })
  })
  test('removed, and the rest numbered anew', async () => {
    const links = without(6).map((link) => (link.seq > 6 ? { ...link, seq: link.seq - 1 } : link))
    expect(await faultOf(links, kept)).toEqual({ kind: 'removed', seq: 6 })
  })
  test('the beginning removed, and the head made to say so', async () => {
    const links = well.slice(3)
    expect(await faultOf(links, { ...kept, head: headOf(links) })).toEqual({ kind: 'removed', seq: 1 })
  })
  test('inserted, well or badly forged', async () => {
    const [forged] = chainOf(1, { from: 6, prevHash: at(5).hash, word: 'forged' })
    for (const put of [forged, { ...forged, hash: noHash }, { ...forged, personal: [] }] as Link[]) {
      const links = [...well.slice(0, 5), put, ...well.slice(5).map((link) => ({ ...link, seq: link.seq + 1 }))]
      expect(await faultOf(links, kept)).toEqual({ kind: 'inserted', seq: 6 })
    }
    const [more] = chainOf(1, { from: 13, prevHash: at(12).hash })
    expect(await faultOf([...well, more as Link], kept)).toEqual({ kind: 'inserted', seq: 13 })
  })
  test('swapped, side by side and apart', async () => {
    for (const [a, b] of [
      [5, 6],
      [3, 9],
    ] as const) {
      const links = well.map((link) => ({ ...link, seq: link.seq === a ? b : link.seq === b ? a : link.seq }))
      expect(await faultOf(links, kept)).toEqual({ kind: 'swapped', seq: a })
    }
  })
  test('truncated, with and without the head', async () => {
    const links = well.slice(0, 6)
    expect(await faultOf(links, kept)).toEqual({ kind: 'truncated', seq: 7 })
    expect(await faultOf(links, { checkpoints, head: headOf(links) })).toEqual({ kind: 'truncated', seq: 7 })
    expect(await faultOf([], { checkpoints, head: headOf([]) })).toEqual({ kind: 'truncated', seq: 1 })
  })
  test('rewritten from the beginning, and from the middle on', async () => {
    const all = chainOf(12, { word: 'never' })
    expect(await faultOf(all, { checkpoints, head: headOf(all) })).toEqual({ kind: 'rewritten', seq: 1 })
    const late = [...well.slice(0, 5), ...chainOf(7, { from: 6, prevHash: at(5).hash, word: 'never' })]
    expect(await faultOf(late, { checkpoints, head: headOf(late) })).toEqual({ kind: 'rewritten', seq: 5 })
    const ends = chainOf(8, { word: 'never' })
    expect(await faultOf(ends, { checkpoints, head: headOf(ends) })).toEqual({ kind: 'rewritten', seq: 1 })
  })
  test('a checkpoint that somebody else signed', async () => {
    const other = signerOf('key', newKeyPair().privateKey)
    const forged = signedCheckpoint(headOf(well), { id: 'x', at: new Date(0), reason: 'hourly' }, other)
    expect(await faultOf(well, { ...kept, checkpoints: [...checkpoints, forged] })).toEqual({
      kind: 'checkpoint_forged',
      seq: 12,
    })
  })
})

test('what was erased beside the chain leaves it whole, and is counted', async () => {
  const links = changed(6, { personal: at(6).personal.map(({ part }) => ({ part, kept: undefined })) })
  expect(await verifyChain(sourceOf(links, kept))).toMatchObject({ fault: undefined, erased: 2 })
})

test('after a purge the chain begins where the signed checkpoint says', async () => {
  const rest = well.slice(5)
  const head = headOf(rest)
  const signed = signedCheckpoint(head, { id: 'p', at: new Date(0), reason: 'retention' }, signer)
  expect(await verifyChain(sourceOf(rest, { head, checkpoints: [...checkpoints, signed] }))).toMatchObject({
    fault: undefined,
    firstSeq: 6,
    count: 7,
  })
  const less = well.slice(6)
  expect(await faultOf(less, { head: headOf(less), checkpoints: [...checkpoints, signed] })).toEqual({
    kind: 'removed',
    seq: 6,
  })
})

test('the body is canonical JSON with the number in its place', () => {
  const body = JSON.parse(at(3).body)
  expect(Object.keys(body)).toEqual(Object.keys(body).sort())
  expect(body).toMatchObject({
    seq: 3,
    action: 'role.granted',
    outcome: 'success',
    actor: { type: 'system', id: 'test', via: 'session' },
  })
  expect(at(3).body).not.toContain('Leda')
  expect(at(3).body).not.toContain('198.51')
})
