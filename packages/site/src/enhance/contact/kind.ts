import { fieldNeeds } from '@clew/intake/problem-kinds'
import { type ContactKind, contactKinds } from '../../views.contact.ts'

export const kindOf = (form: HTMLFormElement): ContactKind | undefined => {
  const value = new FormData(form).get('kind')
  return contactKinds.find((kind) => kind === value)
}

/** The fields follow the kind: what matters stands first, what does not is folded away. What was typed stays. */
export function followKind(form: HTMLFormElement): void {
  const words = wordsIn(form)
  const apply = (): void => {
    const kind = kindOf(form)
    const fields = form.querySelector<HTMLElement>('[data-fields]')
    if (fields !== null) fields.hidden = kind === undefined
    if (kind !== undefined) arrange(form, kind, words)
  }
  apply()
  form.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === 'kind') apply()
  })
}

/** The words for how much a field matters, as the page says them. */
function wordsIn(form: HTMLFormElement): Readonly<Record<string, string>> {
  return JSON.parse(form.dataset['needWords'] ?? '{}') as Record<string, string>
}

function arrange(form: HTMLFormElement, kind: ContactKind, words: Readonly<Record<string, string>>): void {
  const [matter, rest] = ['matter', 'rest'].map((name) => form.querySelector<HTMLElement>(`[data-group="${name}"]`))
  const har = form.querySelector<HTMLElement>('[data-har]')
  if (!matter || !rest || har === null) return
  const rows = new Map(
    [...form.querySelectorAll<HTMLElement>('[data-category]')].map((row) => [row.dataset['category'] ?? '', row]),
  )
  const wanted = [...new Set<string>(['problem', 'account', ...fieldNeeds(kind).map(({ field }) => field)])]
  for (const category of wanted) move(rows.get(category), (row) => har.before(row))
  for (const [category, row] of rows) {
    if (!wanted.includes(category)) move(row, (each) => rest.append(each))
    const need = needIn(row, kind)
    const label = row.querySelector('[data-need]')
    if (label !== null) label.textContent = words[need] ?? ''
  }
  har.hidden = (JSON.parse(har.dataset['har'] ?? '{}') as Record<string, string>)[kind] === 'not_needed'
}

const move = (row: HTMLElement | undefined, to: (row: HTMLElement) => void): void => {
  if (row !== undefined) to(row)
}

const needIn = (row: HTMLElement, kind: ContactKind): string =>
  (JSON.parse(row.dataset['needs'] ?? '{}') as Record<string, string>)[kind] ?? ''
