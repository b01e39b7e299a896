import { followHar } from './contact/har.ts'
import { followKind } from './contact/kind.ts'
import { followProgress } from './contact/progress.ts'
import { warnOfSecrets } from './contact/secrets.ts'
import { describeEnvironment } from './environment.ts'

/** Shows the whole form at once, and lets it follow the kind, the fields and the files. */
function enhanceContactForm(form: HTMLFormElement): void {
  for (const first of document.querySelectorAll('[data-first-step]')) first.remove()
  form.hidden = false
  fillTimeZone(form)
  offerEnvironment(form)
  followKind(form)
  followProgress(form)
  followHar(form)
  warnOfSecrets(form)
}

/** The browser knows the zone. What somebody has written stays. */
function fillTimeZone(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>('[data-time-zone]')
  if (field !== null && field.value === '') field.value = Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** With a script the words can be seen and changed before they are sent, so that nobody has to agree unseen. */
function offerEnvironment(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('[data-fill-environment]')
  const field = form.querySelector<HTMLInputElement>('#environment')
  if (button === null || field === null) return
  form.querySelector('[data-browser-consent]')?.remove()
  button.hidden = false
  button.addEventListener('click', () => void fill(field))
}

async function fill(field: HTMLInputElement): Promise<void> {
  field.value = await describeEnvironment()
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.focus()
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-contact]')) enhanceContactForm(form)
