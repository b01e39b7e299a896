/** The made-up product sends its file and shows what came of it, as a real one would. */
function enhanceUpload(form: HTMLFormElement): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    send(form)
  })
}

function send(form: HTMLFormElement): void {
  const progress = form.querySelector('progress')
  const request = new XMLHttpRequest()
  request.open('POST', form.action)
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    if (progress !== null) progress.value = total > 0 ? loaded / total : 0
  })
  request.addEventListener('loadend', () => {
    if (progress !== null) progress.hidden = true
    show(form, request)
  })
  if (progress !== null) Object.assign(progress, { hidden: false, value: 0 })
  say(form, 'sending')
  request.send(new FormData(form))
}

function show(form: HTMLFormElement, request: XMLHttpRequest): void {
  const worked = request.status >= 200 && request.status < 300
  const status = say(form, worked ? 'done' : 'failed')
  const requestId = request.getResponseHeader('x-request-id')
  if (worked || status === null || requestId === null) return
  const id = Object.assign(document.createElement('code'), { textContent: requestId })
  status.append(` ${status.dataset['requestId'] ?? ''} `, id)
}

function say(form: HTMLFormElement, outcome: 'sending' | 'done' | 'failed'): HTMLElement | null {
  const status = form.querySelector<HTMLElement>('[role=status]')
  status?.replaceChildren(status.dataset[outcome] ?? '')
  status?.classList.toggle('failed', outcome === 'failed')
  return status
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-upload]')) enhanceUpload(form)
