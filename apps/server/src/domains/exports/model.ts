import {
  type ConsoleExport,
  type ExportContent,
  type ExportFailure,
  type ExportMasks,
  type ExportPart,
  type ExportPolicy,
  type ExportState,
  type MaskedField,
  maskedFields,
} from '@clew/contract/exports'
import type { Permission } from '@clew/contract/permissions'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'

export const defaultPolicy: ExportPolicy = {
  approvalAboveRows: 1_000,
  approvalForPersonal: true,
  masks: { email: 'shown', names: 'shown', bodies: 'shown', addresses: 'shown' },
  keepHours: 72,
  maxFetches: 3,
}

/** So long somebody has for deciding. */
export const decideDays = 7
/** So long an export can be stopped that nobody else could approve. */
export const aloneHours = 24
export const linkMinutes = 15
export const maxOpen = 5
/** So often the work is tried before it has failed. */
export const maxAttempts = 3
export const ownExportsADay = 5

export type Controls = Pick<ExportPolicy, 'masks' | 'keepHours' | 'maxFetches' | 'approvalAboveRows'>
export type Approval = ConsoleExport['approval']

/** How far gathering has come: in which section, and after what of it. */
export type Place = { section: number; after: unknown }

export type ExportRow = {
  id: string
  organisationId: OrganisationId
  state: ExportState
  content: ExportContent
  reason: string
  requestedBy: MemberId
  requestedAt: Date
  policyVersion: number
  controls: Controls
  expectedRows: number
  personal: MaskedField[]
  approval: Approval
  startsAt: Date | undefined
  decideBy: Date | undefined
  decidedBy: MemberId | undefined
  decidedAt: Date | undefined
  decisionReason: string | undefined
  place: Place | undefined
  doneRows: number
  attempts: number
  runs: number
  failure: ExportFailure | undefined
  secret: Buffer | undefined
  storageKey: string | undefined
  sizeBytes: number | undefined
  sha256: Buffer | undefined
  readyAt: Date | undefined
  expiresAt: Date | undefined
  fetches: number
  fetchedAt: Date | undefined
  endedAt: Date | undefined
}

const personalOf: Readonly<Record<ExportPart, readonly MaskedField[]>> = {
  members: ['email', 'names'],
  cases: ['email', 'names', 'bodies', 'addresses'],
  usage: [],
  audit: ['email', 'names', 'addresses'],
}

/** A masked value that still says something about somebody counts; a hash or nothing does not. */
const tells = (masks: ExportMasks, field: MaskedField): boolean =>
  masks[field] === 'shown' || masks[field] === 'shortened'

/** What was said of how long exports are kept. */
type Said = { keepDays: number }

/** So many hours an archive lies there: as the rules say, or less where retention says less. */
export const hoursKept = ({ keepHours }: Pick<ExportPolicy, 'keepHours'>, said: Said | undefined): number =>
  Math.min(keepHours, said === undefined ? keepHours : hoursSaid(said))

export const hoursSaid = ({ keepDays }: Said): number => keepDays * 24

/** Which personal fields are in it and can be read. What is of one person is about them, so it is whole. */
export function personalIn(content: ExportContent, masks: ExportMasks): MaskedField[] {
  if (content.of === 'person') return [...maskedFields]
  const held = new Set(content.parts.flatMap((part) => personalOf[part]))
  return maskedFields.filter((field) => held.has(field) && tells(masks, field))
}

const nothingMasked: ExportMasks = { email: 'shown', names: 'shown', bodies: 'shown', addresses: 'shown' }

/** Everything of one person is for that person, who may know what is theirs; so it is never masked. */
export const masksFor = (content: ExportContent, policy: ExportPolicy): ExportMasks =>
  content.of === 'person' ? nothingMasked : policy.masks

export type Why = 'rows' | 'personal' | 'person'

/** Why a second person has to look at it. */
export function whyApproval(
  { content, rows, personal }: { content: ExportContent; rows: number; personal: readonly MaskedField[] },
  policy: ExportPolicy,
): Why[] {
  return [
    ...(rows > policy.approvalAboveRows ? (['rows'] as const) : []),
    ...(content.of === 'person' ? (['person'] as const) : []),
    ...(content.of === 'organisation' && policy.approvalForPersonal && personal.length > 0
      ? (['personal'] as const)
      : []),
  ]
}

const permissionOf: Readonly<Record<ExportPart, Permission>> = {
  members: 'members.read',
  cases: 'cases.read',
  usage: 'usage.read',
  audit: 'audit.export',
}

/** What somebody needs beside the permission to ask: nobody takes out what they could not look at. */
export const permissionsFor = (content: ExportContent): Permission[] =>
  content.of === 'person'
    ? ['members.read', 'cases.read', 'usage.read']
    : content.parts.map((part) => permissionOf[part])

export const isOpen = ({ state }: Pick<ExportRow, 'state'>): boolean =>
  state === 'waiting' || state === 'queued' || state === 'building'

/** Whether the archive lies there and may be fetched once more. */
export const isFetchable = ({ state, expiresAt, fetches, controls }: ExportRow, now: Date): boolean =>
  (state === 'ready' || state === 'fetched') &&
  expiresAt !== undefined &&
  expiresAt > now &&
  fetches < controls.maxFetches

export const isWaiting = ({ state, decideBy }: Pick<ExportRow, 'state' | 'decideBy'>, now: Date): boolean =>
  state === 'waiting' && (decideBy === undefined || decideBy > now)

/** What it is called in the audit log. */
export const targetOf = ({ id, content }: Pick<ExportRow, 'id' | 'content'>) => ({
  type: 'export',
  id,
  name: content.of === 'person' ? content.email : content.parts.join(', '),
})
