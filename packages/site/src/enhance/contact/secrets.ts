import { createT, isLocale } from '@clew/i18n'
import { catalogue as el_ } from '@clew/i18n/generated/contact-live.el'
import { catalogue as en_ } from '@clew/i18n/generated/contact-live.en'
import { el } from '../dom.ts'

/** Says at once when a password or a key stands in a field; it would be masked, but it need not leave at all. */
export function warnOfSecrets(form: HTMLFormElement): void {
  const { locale } = form.dataset
  const t = createT<'contact-live'>(isLocale(locale) ? locale : 'en', locale === 'el' ? el_ : en_)
  form.addEventListener('change', ({ target }) => {
    const isText =
      target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text')
    if (isText) void look(target, (kind) => t(`contact-live.secret_${kind}`))
  })
}

type Kind = import('@clew/redact').MessageSecretKind

async function look(field: HTMLInputElement | HTMLTextAreaElement, write: (kind: Kind) => string): Promise<void> {
  // Looked for only when there is something to look at, so that it weighs nothing until then.
  const { maskSecretsInMessage } = await import('@clew/redact')
  const [first] = maskSecretsInMessage(field.value).masked
  const id = `${field.id}-secret`
  const known = document.getElementById(id)
  if (first === undefined) {
    known?.remove()
    return
  }
  if (known !== null) {
    known.textContent = write(first.kind)
    return
  }
  field.after(el('p', { class: 'error partial', id, role: 'status' }, write(first.kind)))
}
