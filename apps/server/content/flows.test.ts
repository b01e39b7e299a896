import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { advance, describeRun, type Facts, type Flow, isOpen, type Run, startRun } from '@clew/flows'
import { printFlow, readFlow } from '@clew/flows/yaml'
import { describe, expect, test } from 'vitest'
import { loadFlows } from './load-flows.ts'

const flows = loadFlows(import.meta.dirname)
const nothing: Facts = { slots: {} }
const at = '2026-11-24T08:06:00.000Z'

test('the flows that ship', () => {
  expect(flows.all.map(({ id }) => id).sort()).toEqual([
    'api-error',
    'billing',
    'har-capture',
    'outage-check',
    'safety-flag',
    'sign-in',
    'sso-no-accounts',
    'streaming-cut',
    'upload-failure',
  ])
  expect(flows.find('upload-failures')?.id).toBe('upload-failure')
  expect(flows.find('sso-no-accounts-found')?.id).toBe('sso-no-accounts')
})

/** Every way through a flow that does not come to the same step twice. */
function waysThrough(flow: Flow): Run[] {
  const ends: Run[] = []
  const open: { run: Run; seen: readonly string[] }[] = [{ run: startRun(flow, nothing).run, seen: [] }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { run, seen } = next
    if (!isOpen(run)) {
      ends.push(run)
      continue
    }
    if (seen.includes(run.currentStepId) || ends.length > 5000) continue
    for (const after of followers(flow, run)) open.push({ run: after, seen: [...seen, run.currentStepId] })
  }
  return ends
}

function followers(flow: Flow, run: Extract<Run, { currentStepId: string }>): Run[] {
  const stepId = run.currentStepId
  const step = flow.steps.find(({ id }) => id === stepId)
  if (step?.kind === 'check')
    return Object.keys(step.outcomes).map((outcome) => {
      const input = { type: 'checks', results: [{ stepId, outcome }], at } as const
      return advance(flow, run, { input, facts: nothing }).run
    })
  const replies = describeRun(flow, run, { locale: 'en' }).current?.replies ?? []
  return replies.map(({ id }) => {
    const input = { type: 'reply', stepId, replyId: id, at } as const
    return advance(flow, run, { input, facts: nothing }).run
  })
}

describe.each(flows.all)('$id', (flow) => {
  test('comes to an end on every way, soon', () => {
    const ways = waysThrough(flow)
    expect(ways.length).toBeGreaterThan(1)
    const answers = ways.map(({ steps }) => steps.filter(({ by }) => by === 'person').length)
    expect(Math.max(...answers)).toBeLessThanOrEqual(8)
    // Somebody who is never helped comes to a person, to another flow, or to an answer; never to silence.
    for (const { state } of ways) expect(['done', 'answered', 'handover', 'continued']).toContain(state)
    expect(ways.some(({ state }) => state === 'handover')).toBe(true)
  })

  test('is written back without loss', () => {
    expect(readFlow(printFlow(flow)).flow).toEqual(flow)
  })

  test('speaks Greek in Greek, with the words we use', () => {
    const source = readFileSync(new URL(`flows/${flow.id}.yaml`, import.meta.url), 'utf8')
    const greek = [...source.matchAll(/^\s*(?:- )?(?:.*[{,] )?el: (.*)$/gm)].map(([, text = '']) => text)
    expect(greek.length).toBeGreaterThan(5)
    // A final sigma inside a word, or a common one at its end, is a slip of the keyboard.
    for (const text of greek) expect(text).not.toMatch(/ς\p{L}|σ(?=[\s.,;·»]|$)/u)
    expect(source).not.toMatch(/browser extension.*\n.*el:.*browser|απολύμαν/i)
    for (const name of ['Northlight', 'TODO']) expect(source).not.toContain(name)
  })
})

test('what decides most comes first: nobody is asked in an upload that a recording explains', () => {
  const flow = flows.find('upload-failure')
  if (!flow) throw new Error('there is no such flow')
  const results = [
    { stepId: 'look-incident', outcome: 'none' },
    { stepId: 'look-size', outcome: 'unknown' },
    { stepId: 'look-413', outcome: 'none' },
    { stepId: 'look-blocked', outcome: 'found' },
  ]
  const { run } = advance(flow, startRun(flow, nothing).run, { input: { type: 'checks', results, at }, facts: nothing })
  expect(run).toMatchObject({ state: 'running', currentStepId: 'extensions' })
  expect(describeRun(flow, run, { locale: 'en' }).lead.map(({ text }) => text)).toEqual([
    'Your recording shows that something in the browser itself stopped the upload.',
  ])
})

test.each(['unknown', 'member', 'inactive', 'invited', 'domain-changed', 'not-member'])(
  'a visitor whose address is %s reads the same, an agent the cause',
  (outcome) => {
    const flow = flows.find('sso-no-accounts')
    if (!flow) throw new Error('there is no such flow')
    const told: Facts = { slots: { 'account.email': 'somebody@kyma.example' } }
    const look = (result: string) => {
      const input = { type: 'checks', results: [{ stepId: 'look-member', outcome: result }], at } as const
      return advance(flow, startRun(flow, told).run, { input, facts: told }).run
    }
    const asContact = (run: Run) => describeRun(flow, run, { locale: 'en', audience: 'contact' })
    expect(asContact(look(outcome))).toEqual(asContact(look('unknown')))
    const { found } = describeRun(flow, look(outcome), { locale: 'en', audience: 'agent' })
    expect(found).toMatchObject([{ result: outcome, ...(outcome === 'unknown' ? {} : { text: expect.any(String) }) }])
  },
)

test('the examples of the documentation are as it says', () => {
  const text = readFileSync(new URL('../../../docs/flows.md', import.meta.url), 'utf8')
  const [whole = '', ...steps] = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml)
  expect(readFlow(whole).problems).toEqual([])
  expect(steps.length).toBe(7)
  const head = whole.slice(0, whole.indexOf('steps:')).replace('[brand, incident]', '[fileName, fileSize]')
  for (const step of steps) {
    // Alone, a step leads to others that are not there and nothing leads to it; all else has to be right.
    const { problems } = readFlow(`${head}steps:\n${step}`)
    expect(problems.filter(({ code }) => code !== 'unknown_step' && code !== 'unreachable')).toEqual([])
  }
})

test('a flow that is wrong stops the start, with its place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clew-flows-'))
  mkdirSync(join(folder, 'flows'))
  const source = readFileSync(new URL('flows/billing.yaml', import.meta.url), 'utf8')
  writeFileSync(join(folder, 'flows/billing.yaml'), source.replace('next: refund\n', 'next: refnud\n'))
  try {
    expect(() => loadFlows(folder)).toThrow(/^billing\.yaml:\d+:\d+: steps\[\d+\]\.next: unknown_step .*"refund"/)
    writeFileSync(join(folder, 'flows/billing.yaml'), source.replace('id: billing', 'id: bills'))
    expect(() => loadFlows(folder)).toThrow('billing.yaml: holds the flow bills')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
