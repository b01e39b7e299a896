export type SlotValue = string | number | boolean
export type SlotType = 'text' | 'list' | 'yes-no' | readonly string[]

/** What a question can fill in: the fields of a case, part by part, by the names that the case has for them. */
export const caseSlots = {
  problem: 'text',
  steps: 'list',
  timestamps: 'text',
  'account.email': 'text',
  'account.plan': ['free', 'plus', 'team', 'business', 'enterprise'],
  'account.billingEmail': 'text',
  'request_ids.requestIds': 'list',
  'request_ids.completionIds': 'list',
  'environment.browser': 'text',
  'environment.browserVersion': 'text',
  'environment.os': 'text',
  'environment.osVersion': 'text',
  'environment.device': ['desktop', 'phone', 'tablet', 'desktop_app'],
  'environment.network': ['corporate', 'home', 'mobile', 'public'],
  'environment.vpn': 'yes-no',
  'environment.proxy': 'yes-no',
  'workspace.organisationId': 'text',
  'workspace.workspaceId': 'text',
  'workspace.projectId': 'text',
  'workspace.name': 'text',
  assistant_id: 'text',
  'policy_message.message': 'text',
  'policy_message.requestId': 'text',
} as const satisfies Record<string, SlotType>

const caseSlotTypes: Readonly<Record<string, SlotType>> = caseSlots

/** A slot of the flow's own, such as `flow.status`: it lives as long as the run. */
const ownSlot = /^flow\.[a-z][a-z0-9_-]{0,23}$/

export const isOwnSlot = (slot: string): boolean => ownSlot.test(slot)

export const slotType = (slot: string): SlotType | undefined =>
  isOwnSlot(slot) ? 'text' : Object.hasOwn(caseSlotTypes, slot) ? caseSlotTypes[slot] : undefined

export function fitsSlot(slot: string, value: SlotValue): boolean {
  if (isOwnSlot(slot)) return true
  const type = slotType(slot)
  if (type === 'yes-no') return typeof value === 'boolean'
  if (typeof value !== 'string') return false
  return type === 'text' || type === 'list' || (type?.includes(value) ?? false)
}

/** The value under which a slot of a field stands that has no parts. */
const wholeParts: Readonly<Record<string, string>> = {
  problem: 'text',
  steps: 'items',
  timestamps: 'said',
  assistant_id: 'id',
}

/** What a case holds, slot by slot. Of a list the last entry stands for all: what matters is that there is one. */
export function slotsOf(values: Readonly<Record<string, object | undefined>>): Record<string, SlotValue> {
  const slots: Record<string, SlotValue> = {}
  for (const slot of Object.keys(caseSlots)) {
    const [field = '', part = wholeParts[field] ?? ''] = slot.split('.')
    const value = flat(new Map<string, unknown>(Object.entries(values[field] ?? {})).get(part))
    if (value !== undefined) slots[slot] = value
  }
  return slots
}

/** A slot's value in the shape that the case keeps it in. Undefined for a slot of the flow's own. */
export function caseValueOf(
  slot: string,
  value: SlotValue,
): { field: string; value: Record<string, unknown> } | undefined {
  const type = caseSlotTypes[slot]
  if (type === undefined) return undefined
  const [field = '', part = wholeParts[field] ?? ''] = slot.split('.')
  return { field, value: { [part]: type === 'list' ? [value] : value } }
}

function flat(value: unknown): SlotValue | undefined {
  const one: unknown = Array.isArray(value) ? value.at(-1) : value
  if (typeof one === 'string') return one.trim() === '' ? undefined : one
  return typeof one === 'number' || typeof one === 'boolean' ? one : undefined
}
