const behindTheSign = /^#token=(.+)$/
const whole = /^([\w-]{22}|[\w-]{43})$/

/** The token stands behind the `#`, where no server sees it. It goes into the form, and out of the address. */
function takeToken(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>('[data-link-field]')
  const token = behindTheSign.exec(location.hash)?.[1]
  const isAll = form.dataset['link'] === 'go'
  if (field === null || token === undefined) return
  // Where a page is there for the link alone, half of one is given over as well: the answer says what is wrong with it.
  if (!whole.test(token) && !isAll) return
  history.replaceState(history.state, '', location.pathname + location.search)
  field.value = token
  for (const part of form.querySelectorAll<HTMLElement>('[data-by-hand]')) part.hidden = true
  if (isAll) form.requestSubmit()
}

const takeAll = (): void => {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-link]')) takeToken(form)
}

takeAll()
// Another link, opened while this page stands.
addEventListener('hashchange', takeAll)
