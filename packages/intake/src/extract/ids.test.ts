import { expect, test } from 'vitest'
import { extractFacts } from '../extract.ts'

const now = new Date('2026-11-28T14:00:00Z')
const rooms = (text: string): object[] =>
  extractFacts(text, { locale: 'en', now }).flatMap(({ field, value }) => (field === 'workspace' ? [value] : []))
const uuid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'

test.each([
  ['my workspace id is ws_12345', { workspaceId: 'ws_12345' }],
  ['my workspace id is ws-12345', { workspaceId: 'ws-12345' }],
  [`my workspace id: ${uuid}`, { workspaceId: uuid }],
  ['workspace: acme-corp', { workspaceId: 'acme-corp' }],
  ['the workspace slug = acme-corp', { workspaceId: 'acme-corp' }],
  [`ο χώρος εργασίας είναι ${uuid}`, { workspaceId: uuid }],
  [`organisation id ${uuid}`, { organisationId: uuid }],
  ['org id: org-8Kd93hVb', { organisationId: 'org-8Kd93hVb' }],
  [`project id is ${uuid}`, { projectId: uuid }],
  ['proj_Ab12Cd34 fails', { projectId: 'proj_Ab12Cd34' }],
])('a room is taken from: %s', (text, value) => {
  expect(rooms(text)).toEqual([value])
})

test.each([
  'my workspace is read-only',
  'the workspace: it is well-known to be slow',
  'open the project files in a pop-up',
  'our organisation has a well-defined policy',
  `request id ${uuid} in my workspace`,
])('no room is made up from: %s', (text) => {
  expect(rooms(text)).toEqual([])
})
