const shell = (title: string, body: string, head = '<script src="/assets/app-4f1c.js" defer></script>'): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} · Northlight</title>
<link rel="stylesheet" href="/assets/app-4f1c.css">${head}</head><body><main id="app"><h1>${title}</h1>${body}</main></body></html>`

/** The pages of the made-up product. */
export const pages = {
  files: shell('Files', '<input type="file" id="file"><p id="status"></p>'),
  chat: shell('Chat', '<button id="send">Send</button><p id="status"></p>'),
  reports: shell('Usage', '<p id="status"></p>'),
  // Draws nothing until it has its board, and the board is gone.
  board: shell('', ''),
  refusedSignIn: shell('We could not sign you in', '<p>No accounts found</p>', ''),
}

export const styles = 'body{font:16px/1.5 system-ui;margin:2rem}main{max-width:40rem}'

/** What the product's own script does; the recordings call these by name. */
export const script = `
let token
const status = (text) => { const at = document.querySelector('#status'); if (at) at.textContent = text }
const call = async (method, path, body) => {
  const headers = { authorization: 'Bearer ' + token }
  if (typeof body === 'object' && !(body instanceof FormData)) { headers['content-type'] = 'application/json'; body = JSON.stringify(body) }
  try {
    const response = await fetch(path, { method, headers, body })
    status(response.status)
    return response
  } catch (error) { status(error.message); return undefined }
}
window.northlight = {
  ready: fetch('/api/session').then((response) => response.json()).then((session) => { token = session.access_token }),
  call,
  upload: (path) => { const form = new FormData(); form.append('file', document.querySelector('#file').files[0]); return call('POST', path, form) },
}
`
