import { el } from './dom.ts'

/**
 * The host page sends people here with their signed identity behind the number sign, where no server and no log sees
 * it. It leaves the address at once and goes to the server as a form.
 */
export function enterByIdentity({ identity: action, csrf }: DOMStringMap, form = submit): boolean {
  const identity = new URLSearchParams(location.hash.slice(1)).get('identity')
  if (identity === null || action === undefined) return false
  history.replaceState(null, '', location.pathname + location.search)
  form(action, { identity, csrf: csrf ?? '' })
  return true
}

function submit(action: string, values: Readonly<Record<string, string>>): void {
  const fields = Object.entries(values).map(([name, value]) => el('input', { type: 'hidden', name, value }))
  const form = el('form', { method: 'post', action, hidden: true }, ...fields) as HTMLFormElement
  document.body.append(form)
  form.submit()
}
