import type { InjectOptions } from 'fastify'
import {
  bulkSchema,
  groupSchemaId,
  patchSchema,
  searchSchema,
  userSchemaId,
} from '../domains/provisioning/testing/client.ts'
import type { seeded } from './random.ts'

type Asking = {
  scim: { path: string; token: string; ids: readonly string[] }
  foreign: { sent: readonly string[] }
}

/** Something a directory may ask of its own address, about what may be another's. */
export function randomScim({ scim, foreign }: Asking, { chance, pick }: ReturnType<typeof seeded>): InjectOptions {
  const id = chance() < 0.7 ? pick(foreign.sent) : pick(scim.ids)
  const type = pick(['Users', 'Groups'] as const)
  const user = { schemas: [userSchemaId], userName: `somebody-${id}@company.example` }
  const group = { schemas: [groupSchemaId], displayName: 'company', members: [{ value: id }] }
  const filters = [
    `id eq "${id}"`,
    `externalId eq "${id}"`,
    'userName sw "b"',
    'displayName co "a"',
    `members.value eq "${id}"`,
    `manager.value eq "${id}"`,
    'emails[type eq "work" and value co "."]',
    'meta.created gt "2020-01-01T00:00:00Z"',
  ]
  const members = [
    { op: 'add', path: 'members', value: [{ value: id }] },
    { op: 'replace', path: 'externalId', value: id },
    { op: 'remove', path: `members[value eq "${id}"]` },
  ]
  const body = type === 'Users' ? user : group
  const ways: readonly (() => [InjectOptions['method'], string, object?])[] = [
    () => ['GET', `/${type}/${id}`],
    () => ['GET', `/${type}?filter=${encodeURIComponent(pick(filters))}&count=200`],
    () => ['GET', `/${type}?sortBy=displayName&startIndex=${Math.floor(chance() * 9)}`],
    () => ['GET', '/Me'],
    () => ['POST', '/.search', { schemas: [searchSchema], filter: pick(filters), count: 200 }],
    () => ['POST', `/${type}`, body],
    () => ['PUT', `/${type}/${id}`, body],
    () => ['PATCH', `/${type}/${id}`, { schemas: [patchSchema], Operations: [pick(members)] }],
    () => ['PATCH', `/Groups/${pick(scim.ids)}`, { schemas: [patchSchema], Operations: [pick(members)] }],
    () => ['DELETE', `/${type}/${id}`],
    () => [
      'POST',
      '/Bulk',
      {
        schemas: [bulkSchema],
        Operations: [
          { method: 'DELETE', path: `/${type}/${pick(foreign.sent)}` },
          { method: 'POST', path: '/Groups', bulkId: 'one', data: group },
        ],
      },
    ],
  ]
  const [method = 'GET', url, payload] = pick(ways)()
  // Now and then at the address of another's connection.
  const path = chance() < 0.1 ? `/scim/v2/${pick(foreign.sent)}` : scim.path
  return {
    method,
    url: `${path}${url}`,
    headers: {
      authorization: `Bearer ${scim.token}`,
      ...(payload ? { 'content-type': 'application/scim+json' } : {}),
    },
    ...(payload ? { payload: JSON.stringify(payload) } : {}),
  }
}
