import { describe, expect, test } from 'vitest'
import { victim } from '../../../testkit/saml-idp/attack.ts'
import { arrivalOf, attacks } from '../../../testkit/saml-idp/attacks.ts'
import { wrappingAttacks } from '../../../testkit/saml-idp/attacks.wrapping.ts'
import { samlIdp } from '../../../testkit/saml-idp/idp.ts'
import { type Envelope, envelope } from './envelope.ts'
import { examineResponse, type SamlOutcome } from './examine-response.ts'
import type { Check } from './refusal.ts'
import type { VerifiedSubject } from './subjects.ts'
import { childElements } from './xml/walk.ts'

const idp = samlIdp()
const checks = Object.values(envelope)
  .flat()
  .map(({ name }) => name)

/** The table without some of its checks. */
function without(...names: string[]): Envelope {
  const remaining = Object.entries(envelope).map(([stage, list]) => [
    stage,
    list.filter(({ name }) => !names.includes(name)),
  ])
  return Object.fromEntries(remaining)
}

const examine = (name: string, table?: Envelope): SamlOutcome => {
  const attack = attacks.find((one) => one.name === name)
  if (!attack) throw new Error(`No attack is named ${name}.`)
  return examineResponse(arrivalOf(attack), table)
}
const refusedBy = new Map(attacks.map(({ name }) => [name, checkOf(examine(name))]))

test('no two checks have one name', () => {
  expect(new Set(checks).size).toBe(checks.length)
})

test.each(checks)('%s: without it, an attack that it refuses gets further', (check) => {
  const its = attacks.filter(({ name }) => refusedBy.get(name) === check)
  const further = its.filter(({ name }) => checkOf(examine(name, without(check))) !== check)
  expect(its.length).toBeGreaterThan(0)
  expect(further).toEqual(its)
})

describe('one check stands alone against this attack, which succeeds without it:', () => {
  const alone: [check: string, attack: string][] = [
    ['certificate-in-date', 'the pinned certificate has ended'],
    ['signature-shape', 'an Object inside the signature'],
    ['audience', 'for another service'],
    ['recipient', 'confirmed for another connection of ours'],
    ['destination', 'sent to another address'],
    ['issuer', 'the assertion of another provider'],
    ['not-on-or-after', 'ended two minutes ago'],
    ['not-before', 'begins in two minutes'],
    ['confirmation-window', 'the confirmation has ended'],
    ['authentication', "the provider's session has ended"],
    ['answers-request', 'nobody asked'],
    ['answers-request', 'an answer already given, sent again for a new request'],
    ['answers-request', 'a stolen assertion that nobody asked for, in a response that this browser asked for'],
    ['known-conditions', 'a condition that we do not know'],
    ['assertion-version', 'an assertion of SAML 1.1'],
    ['status-success', 'the provider refused'],
    ['pinned-certificates', 'three certificates are pinned'],
  ]
  test.each(alone)('%s – %s', (check, attack) => {
    expect(examine(attack)).toMatchObject({ ok: false, check })
    expect(examine(attack, without(check))).toMatchObject({ ok: true })
  })
})

describe('behind the checks of structure, claims come from verified bytes alone', () => {
  const structure = [envelope.tree, envelope.message, envelope.decrypted]
    .flat()
    .map(({ name }) => name)
    .filter((name) => name !== 'single-root')
  const open = without(...structure, 'no-comment', 'no-cdata', 'signature-shape', 'one-reference', 'reference-to-owner')

  test('a table without them still accepts what is genuine', () => {
    expect(examineResponse(idp.input(idp.issue()), open)).toMatchObject({ ok: true })
  })

  test('what is read is what was canonicalised: the signatures are no longer in it', () => {
    const read: VerifiedSubject[] = []
    const spy: Check<VerifiedSubject> = { name: 'spy', run: (subject) => void read.push(subject) }
    const table = { ...envelope, verified: [spy, ...envelope.verified] }
    for (const encrypt of [undefined, {}])
      examineResponse(idp.input(idp.issue({ signs: ['Assertion', 'Response'], ...(encrypt && { encrypt }) })), table)
    examineResponse(idp.input(idp.issue({ signs: ['Response'] })), table)
    expect(read).toHaveLength(3)
    const signed = read.flatMap(({ response, assertion }) => [...childElements(response), ...childElements(assertion)])
    expect(signed.filter(({ local }) => local === 'Signature')).toEqual([])
  })

  test.each(wrappingAttacks.map(({ name }) => name))('%s', (name) => {
    expect(nameIn(examine(name, open))).not.toBe(victim)
  })

  test('a comment in a name does not cut it', () => {
    expect(nameIn(examine('a comment in the name', open))).toBe('maria@customer.example')
  })
})

function checkOf(outcome: SamlOutcome): string | undefined {
  return outcome.ok ? undefined : outcome.check
}

function nameIn(outcome: SamlOutcome): string | undefined {
  return outcome.ok ? outcome.claims.nameId : undefined
}
