import { keepLive } from './live-status.ts'

/** Read as a document by the browser itself: where trusted types are demanded, text could not become one. */
const read = (): Promise<Document | undefined> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.responseType = 'document'
    request.onload = () => resolve(request.status === 200 ? (request.responseXML ?? undefined) : undefined)
    request.onerror = () => resolve(undefined)
    request.open('GET', location.href.replace(/#.*$/, ''))
    request.setRequestHeader('accept', 'text/html')
    request.send()
  })

keepLive({ read, every: (run, ms) => setInterval(run, ms) })
