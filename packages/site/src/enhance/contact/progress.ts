import { fieldsOf, formProgress } from '../../contact-progress.ts'
import { type ContactField, contactFields } from '../../views.contact.ts'
import { kindOf } from './kind.ts'

/** The meter follows every change, and says what would raise it most. */
export function followProgress(form: HTMLFormElement): void {
  const update = (): void => {
    const kind = kindOf(form)
    if (kind === undefined) return
    const data = new FormData(form)
    const values = Object.fromEntries(
      contactFields.flatMap((field) => {
        const value = data.get(field)
        return typeof value === 'string' ? [[field, value.trim()] as const] : []
      }),
    ) as Partial<Record<ContactField, string>>
    show(form, formProgress(kind, values, hasFiles(form)))
  }
  form.addEventListener('input', update)
  form.addEventListener('change', update)
  update()
}

const hasFiles = (form: HTMLFormElement): boolean =>
  (form.querySelector<HTMLInputElement>('#files')?.files?.length ?? 0) > 0 ||
  form.querySelector('#files ~ [data-kept], .files [data-kept]') !== null

function show(form: HTMLFormElement, { score, next }: ReturnType<typeof formProgress>): void {
  const words = JSON.parse(form.dataset['categoryWords'] ?? '{}') as Record<string, string>
  const meter = form.querySelector<HTMLMeterElement>('[data-score]')
  const percent = (form.dataset['percent'] ?? '').replace('0', String(score))
  if (meter !== null) {
    meter.value = score
    meter.textContent = percent
  }
  const rail = form.querySelector('[data-score-rail]')
  if (rail !== null) rail.textContent = percent
  toggle(form, '[data-next]', next !== undefined)
  toggle(form, '[data-full]', next === undefined)
  const link = form.querySelector<HTMLAnchorElement>('[data-next-link]')
  if (link === null || next === undefined) return
  link.textContent = words[next] ?? ''
  link.href = `#${fieldsOf[next][0]}`
}

function toggle(form: HTMLFormElement, selector: string, isShown: boolean): void {
  const element = form.querySelector<HTMLElement>(selector)
  if (element !== null) element.hidden = !isShown
}
