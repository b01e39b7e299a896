import { type Check, shown } from '../refusal.ts'
import type { Message } from '../subjects.ts'
import { attributeOf } from '../xml/walk.ts'

export const responseVersion: Check<Message> = {
  name: 'response-version',
  run: ({ root }) => {
    const version = attributeOf(root, 'Version')
    if (version === '2.0' && attributeOf(root, 'ID')) return undefined
    return { reason: 'saml.wrong_version', observed: { version: shown(version) }, expected: { version: '2.0' } }
  },
}
