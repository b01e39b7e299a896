import type { JsonObject } from '../json.ts'

export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** The full user of RFC 7643 §8.2 and §8.3 in shape, with people of our own. */
export const ada: JsonObject = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
  id: '01U-ADA',
  externalId: 'E-701984',
  meta: {
    resourceType: 'User',
    created: '2026-01-23T04:56:22Z',
    lastModified: '2026-05-13T04:42:34Z',
    location: 'https://support.example/scim/v2/Users/01U-ADA',
    version: 'W/"7"',
  },
  userName: 'Ada@Acme.example',
  name: { formatted: 'Dr Ada Byron', familyName: 'Byron', givenName: 'Ada' },
  displayName: 'Ada Byron',
  title: 'Engineer',
  active: true,
  emails: [
    { value: 'ada@acme.example', type: 'work', primary: true },
    { value: 'ada@home.example', type: 'home' },
  ],
  addresses: [{ type: 'work', streetAddress: '1 Mill Lane', locality: 'Athens', country: 'GR' }],
  groups: [{ value: '01G-MATHS', display: 'Maths' }],
  [enterprise]: { employeeNumber: '701984', department: 'Maths', manager: { value: '01U-BOSS', displayName: 'Boss' } },
}

export const maths: JsonObject = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  id: '01G-MATHS',
  displayName: 'Maths',
  members: [
    { value: 'u1', type: 'User' },
    { value: 'u2', type: 'User' },
    { value: 'u3', type: 'User' },
  ],
}

/** Runs what must be refused and gives back the refusal as the client sees it. */
export function refusalOf(run: () => unknown): { status: number; scimType: unknown; detail: string; place: unknown } {
  try {
    run()
  } catch (error) {
    if (error instanceof Error && 'status' in error && 'scimType' in error && 'place' in error) {
      return { status: Number(error.status), scimType: error.scimType, detail: error.message, place: error.place }
    }
    throw error
  }
  throw new Error('It was not refused.')
}
