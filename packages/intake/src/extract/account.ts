import { type Plan, plans } from '../facts.ts'
import { type Extractor, type Finding, hits, type Source } from './source.ts'

const email =
  /[a-z0-9](?:(?:[a-z0-9_+-]|\.(?!\.)){0,62}[a-z0-9_+-])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,24}(?![a-z0-9-])/g
const billingWord =
  /(?:billing|invoices?|accounting|accounts payable|finance|λογιστηρι\p{L}*|τιμολογ\p{L}*|χρεωσ\p{L}*|logistiri\p{L}*|timologi\p{L}*)(?:[\s:=-]+[\p{L}:'’]+){0,3}[\s:=(-]*$/u

const plan = '(free|plus|team|business|enterprise|δωρεαν|dorean|dwrean)'
const fillers = '(?:(?:is|the|a|an|our|my|we|are|on|called|ειναι|το|του|μου|μασ|στο|einai|to|mou|mas)[\\s:]+){0,3}'
/** "Free" and "Team" are ordinary words: they name a plan only beside a word for one. */
const planPatterns = [
  new RegExp(`(?:from|απο|apo)\\s+${plan}\\s+(?:to|σε|se)\\s+(?:plus|team|business|enterprise)`, 'g'),
  new RegExp(
    `(?<![\\p{L}\\d-])${plan}[\\s-]+(?:plan|tier|subscription|licen[cs]e|account|προγραμμα|πλανο|συνδρομη|programma|plano)(?!\\p{L})`,
    'gu',
  ),
  new RegExp(
    `(?<!\\p{L})(?:plan|tier|subscription|προγραμμα\\p{L}*|πλανο|συνδρομη|programma|plano)[\\s:=-]+${fillers}${plan}(?!\\p{L})`,
    'gu',
  ),
  new RegExp(
    `(?<!\\p{L})(?:account|λογαριασμο\\p{L}*|logariasmo\\p{L}*)(?:\\s+(?:mou|mas|μου|μασ))?\\s*(?:is|ειναι|einai|:|=)\\s*${fillers}${plan}(?!\\p{L})`,
    'gu',
  ),
]

export const readAccount: Extractor = (source) => [...readEmails(source), ...readPlan(source)]

function readEmails(source: Source): Finding[] {
  const known = { email: false, billingEmail: false }
  return hits(source, email).flatMap(({ start, quote }): Finding[] => {
    const part = billingWord.test(source.folded.slice(Math.max(0, start - 80), start)) ? 'billingEmail' : 'email'
    if (known[part]) return []
    known[part] = true
    return [{ field: 'account', value: { [part]: quote.toLowerCase() }, quote }]
  })
}

function readPlan(source: Source): Finding[] {
  for (const pattern of planPatterns) {
    for (const { groups, quote } of hits(source, pattern)) {
      const named = asPlan(groups[0])
      if (named) return [{ field: 'account', value: { plan: named }, quote }]
    }
  }
  return []
}

function asPlan(word: string | undefined): Plan | undefined {
  return plans.find((name) => name === word) ?? (word === undefined ? undefined : 'free')
}
