import { describeEnvironment } from './environment.ts'

/** Offers what the browser knows. The time zone is filled in; the environment only when asked. */
function enhanceContactForm(): void {
  const zone = document.querySelector<HTMLInputElement | HTMLSelectElement>('[data-time-zone]')
  if (zone !== null && zone.value === '') fillTimeZone(zone)
  const button = document.querySelector<HTMLButtonElement>('[data-fill-environment]')
  const field = document.querySelector<HTMLInputElement>('#environment')
  if (button === null || field === null) return
  button.hidden = false
  button.addEventListener('click', () => void fillEnvironment(field))
}

async function fillEnvironment(field: HTMLInputElement): Promise<void> {
  field.value = await describeEnvironment()
  field.focus()
}

function fillTimeZone(field: HTMLInputElement | HTMLSelectElement): void {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  if (field instanceof HTMLSelectElement && ![...field.options].some(({ value }) => value === timeZone))
    field.add(new Option(timeZone, timeZone))
  field.value = timeZone
}

enhanceContactForm()
