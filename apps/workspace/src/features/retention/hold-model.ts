import type { HoldCandidates } from '@clew/contract/hold-candidates'
import type { PlaceHold } from '@clew/contract/retention'

/** Whom or what a hold is about. */
export type Held =
  | { kind: 'member'; id: string; name: string; email: string; hasLeft: boolean }
  | { kind: 'contact'; address: string; name?: string | undefined }
  | { kind: 'case'; number: number; subject?: string | undefined }

export const keyOf = (held: Held): string => {
  if (held.kind === 'member') return `member ${held.id}`
  return held.kind === 'contact' ? `contact ${held.address.toLowerCase()}` : `case ${held.number}`
}

/** What was found, members first; without those that are chosen already. */
export function offered({ members, contacts, conversations }: HoldCandidates, chosen: readonly Held[]): Held[] {
  const taken = new Set(chosen.map(keyOf))
  const all: Held[] = [
    ...members.map((each) => ({ kind: 'member' as const, ...each })),
    ...contacts.map(({ address, name }) => ({ kind: 'contact' as const, address, name })),
    ...conversations.map(({ number, subject }) => ({ kind: 'case' as const, number, subject })),
  ]
  return all.filter((each) => !taken.has(keyOf(each)))
}

export const withHeld = (chosen: readonly Held[], more: readonly Held[]): Held[] => [
  ...new Map([...chosen, ...more].map((each) => [keyOf(each), each])).values(),
]

const address = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/
const number = /^[cC]-(\d{1,9})$|^#?(\d{1,9})$/

/** Addresses and numbers of cases, as they are copied from a letter or a table. Nothing, if anything else is among them. */
export function readPasted(text: string): Held[] {
  const words = text.split(/[\s,;<>]+/).filter((each) => each !== '')
  const held: Held[] = []
  for (const word of words) {
    const found = number.exec(word)
    if (found) held.push({ kind: 'case', number: Number(found[1] ?? found[2]) })
    else if (address.test(word)) held.push({ kind: 'contact', address: word.toLowerCase() })
    else return []
  }
  return held
}

export const termsOf = (
  chosen: readonly Held[],
): Required<Pick<PlaceHold, 'memberIds' | 'addresses' | 'conversationNumbers'>> => ({
  memberIds: chosen.flatMap((each) => (each.kind === 'member' ? [each.id] : [])),
  addresses: chosen.flatMap((each) => (each.kind === 'contact' ? [each.address] : [])),
  conversationNumbers: chosen.flatMap((each) => (each.kind === 'case' ? [each.number] : [])),
})
