import type { ApiKey, OwnSession, Passkey } from '@clew/contract/sign-in'
import type { ApiKeyRow } from './repository.api-keys.ts'
import type { PasskeyRow } from './repository.factors.ts'
import type { StoredSession } from './repository.ts'

export const passkeyView = ({ id, name, createdAt, usedAt, deviceType }: PasskeyRow): Passkey => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  ...(usedAt === undefined ? {} : { usedAt: usedAt.toISOString() }),
  isSynced: deviceType === 'multiDevice',
})

export const ownSessionView = (session: StoredSession, expiresAt: Date, currentId: string): OwnSession => ({
  id: session.id,
  isThisOne: session.id === currentId,
  createdAt: session.createdAt.toISOString(),
  seenAt: session.seenAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  methods: [...session.methods],
  ...(session.address === undefined ? {} : { address: session.address }),
  ...(session.userAgent === undefined ? {} : { userAgent: session.userAgent }),
})

export const apiKeyView = (key: ApiKeyRow, names: ReadonlyMap<string, string>): ApiKey => ({
  id: key.id,
  name: key.name,
  kind: key.kind,
  hint: key.hint,
  scopes: [...key.scopes],
  owner: { id: key.memberId, name: names.get(key.memberId) ?? key.name },
  madeBy: names.get(key.createdBy) ?? '',
  createdAt: key.createdAt.toISOString(),
  expiresAt: key.expiresAt.toISOString(),
  ...(key.usedAt === undefined ? {} : { usedAt: key.usedAt.toISOString() }),
  ...(key.usedAddress === undefined ? {} : { usedAddress: key.usedAddress }),
})
