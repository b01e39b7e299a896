import { brokenMessage, connectMessage } from './protocol.ts'

/** Written in by the build: the file of the worker, beside this one. */
declare const CLEW_WORKER: string

/**
 * The hidden frame on Clew's own origin. It exists because a host page cannot start our worker. It only introduces
 * the page that embeds it to the worker: the capture goes in by the page's own port and comes out of it, cleaned.
 */
addEventListener('message', (event: MessageEvent) => {
  const [port] = event.ports
  if (event.source !== parent || event.data !== connectMessage || port === undefined) return
  const worker = new Worker(new URL(CLEW_WORKER, import.meta.url), { type: 'module' })
  worker.onerror = () => parent.postMessage(brokenMessage, event.origin === 'null' ? '*' : event.origin)
  worker.postMessage(null, [port])
})
