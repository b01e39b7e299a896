import { parentPort } from 'node:worker_threads'
import { serveLane } from '@clew/har/lane-link'
import { fileShelf } from './file-shelf.ts'

/** Makes this worker thread one of those that clean a capture together. */
export function serveThread(): void {
  const port = parentPort
  if (port === null) throw new Error('this runs on a worker thread')
  port.on(
    'message',
    serveLane((message, moved) => port.postMessage(message, moved), fileShelf),
  )
}
