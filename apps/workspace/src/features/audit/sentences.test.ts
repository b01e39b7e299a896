import type { AuditEvent } from '@clew/contract/audit'
import { auditActions } from '@clew/contract/audit-actions'
import { createT, fill } from '@clew/i18n'
import * as el from '@clew/i18n/generated/console-audit.el'
import * as en from '@clew/i18n/generated/console-audit.en'
import { expect, test } from 'vitest'
import { sentenceOf } from './sentences.ts'

const event = (change: Partial<AuditEvent>): AuditEvent => ({
  id: 'x',
  seq: 1,
  organisationId: 'o',
  occurredAt: '2026-11-24T08:00:00.000Z',
  recordedAt: '2026-11-24T08:00:00.000Z',
  action: 'role.granted',
  version: 1,
  actor: { type: 'member', id: 'a', name: 'Petros Dimou', via: 'session' },
  targets: [{ type: 'member', id: 'm', name: 'Leda Stathi' }],
  context: {},
  outcome: 'success',
  changes: [],
  metadata: {},
  isErased: false,
  prevHash: '',
  hash: '',
  ...change,
})
const t = createT('en', en.catalogue)
const said = (change: Partial<AuditEvent>): string => {
  const { text, actor, target } = sentenceOf(t, event(change))
  return fill(text, { actor, target }).join('')
}

test('every action has a sentence of its own, in both languages', () => {
  for (const words of [t, createT('el', el.catalogue)])
    for (const action of auditActions)
      expect(
        words.find(`console-audit.did_${action.replaceAll('.', '_')}`, { actor: 'A', target: 'T' }),
        action,
      ).toBeDefined()
})

test.each([
  [{}, 'Petros Dimou gave Leda Stathi another role'],
  [
    { action: 'auth.failed', actor: { type: 'visitor', via: 'sign_in' }, metadata: { address: 'd@x.example' } },
    'd@x.example could not sign in',
  ],
  [{ action: 'retention.run_completed', actor: { type: 'system', via: 'job' }, targets: [] }, 'Retention ran'],
  [
    { actor: { type: 'member', id: 'a', via: 'session' }, isErased: true },
    'somebody (erased) gave Leda Stathi another role',
  ],
  [
    { action: 'user.invited', targets: ['A', 'B', 'C'].map((name) => ({ type: 'invitation', id: name, name })) },
    'Petros Dimou invited A and 2 more',
  ],
  [{ action: 'future.thing_done', targets: [] }, 'Petros Dimou: future.thing_done –'],
] as const)('%j', (change, sentence) => {
  expect(said(change as unknown as Partial<AuditEvent>)).toBe(sentence)
})
