/** Sends "did it work?" without leaving the page. When that fails, the form is sent the plain way. */
export function followFeedback(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-feedback]')
  form?.addEventListener('submit', (event) => {
    const button = event.submitter
    if (!(button instanceof HTMLButtonElement)) return
    event.preventDefault()
    void send(form, button)
  })
}

async function send(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const body = new URLSearchParams([[button.name, button.value]])
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.set(name, value)
  try {
    const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'text/html' } })
    if (!answer.ok) throw new Error(`feedback: ${answer.status}`)
  } catch {
    // `submit()` does not name the button that was pressed.
    form.append(
      Object.assign(document.createElement('input'), { type: 'hidden', name: button.name, value: button.value }),
    )
    form.submit()
    return
  }
  for (const other of form.querySelectorAll('button')) other.setAttribute('aria-pressed', String(other === button))
  const status = form.querySelector('[role=status]')
  if (button.value === 'yes') status?.replaceChildren(form.dataset['thanks'] ?? '')
  else {
    status?.replaceChildren()
    document.getElementById('stuck')?.scrollIntoView({ block: 'nearest' })
  }
}
