import type { TokenScope } from '@clew/contract/provisioning'
import type { Reply, ScimClient } from './client.ts'
import { enterpriseUserSchemaId, userSchemaId } from './client.ts'

/** What the read-only checks look at. */
export type Seed = {
  scim: ScimClient & {
    /** With a token that stands for the member with this address. */
    as(email: string, scope?: TokenScope): Promise<ScimClient>
    unprovisioned(): Promise<string>
  }
  ada: { id: string; meta: { version: string; lastModified: string; location: string } }
  bob: { id: string }
  eve: { id: string }
  maths: { id: string; meta: { version: string } }
  logic: { id: string }
}

/** One requirement: where it stands, what it says, what is asked, and what must come back. */
export type Check = {
  rfc: string
  is: string
  ask(seed: Seed): Promise<Reply>
  status: number
  /** Must be in the answer. */
  body?: unknown
  /** What else must be so; false or a thrown error fails. */
  holds?(reply: Reply, seed: Seed): boolean
}

let made = 0
/** A name that no other check uses. */
export const fresh = (): string => `person-${++made}@checks.example`

export const userBody = (userName: string, rest: object = {}) => ({ schemas: [userSchemaId], userName, ...rest })

export const full = {
  schemas: [userSchemaId, enterpriseUserSchemaId],
  externalId: 'E-701984',
  userName: 'Ada@acme.example',
  name: { formatted: 'Dr Ada Byron', familyName: 'Byron', givenName: 'Ada' },
  displayName: 'Ada Byron',
  nickName: 'Ada',
  profileUrl: 'https://people.example/ada',
  title: 'Engineer',
  userType: 'Employee',
  preferredLanguage: 'el-GR',
  locale: 'el-GR',
  timezone: 'Europe/Athens',
  active: true,
  emails: [
    { value: 'Ada@acme.example', type: 'work', primary: true },
    { value: 'ada@home.example', type: 'home' },
  ],
  phoneNumbers: [{ value: 'tel:+30-210-0000000', type: 'work' }],
  addresses: [{ type: 'work', streetAddress: '1 Mill Lane', locality: 'Athens', postalCode: '10431', country: 'GR' }],
  [enterpriseUserSchemaId]: {
    employeeNumber: '701984',
    costCenter: '4130',
    organization: 'Acme',
    division: 'Engines',
    department: 'Maths',
  },
}

export async function plant(scim: Seed['scim']): Promise<Seed> {
  const ada = (await scim.post('/Users', full)).body
  const bob = await scim.user('bob@acme.example', {
    externalId: 'e-701985',
    displayName: 'Bob Stone',
    name: { familyName: 'Stone', givenName: 'Bob' },
    title: 'Mason',
    [enterpriseUserSchemaId]: { department: 'Works', manager: { value: ada.id } },
  })
  const eve = await scim.user('eve@acme.example', {
    active: false,
    emails: [
      { value: 'eve@other.example', type: 'work' },
      { value: 'eve@acme.example', type: 'home', primary: true },
    ],
  })
  const maths = await scim.group('Maths', [ada.id, bob.id], { externalId: 'G-1' })
  const logic = await scim.group('Logic')
  return { scim, ada, bob, eve, maths, logic }
}

export const names = ({ body }: Reply): string[] =>
  (body.Resources as { userName?: string; displayName: string }[]).map((each) => each.userName ?? each.displayName)

export const sameNames = (reply: Reply, wanted: readonly string[]): boolean =>
  JSON.stringify(names(reply).toSorted()) === JSON.stringify([...wanted].toSorted())
