import type { FromSanitiser, ToSanitiser } from './protocol.ts'
import { runSanitiser } from './run-sanitiser.ts'

// The frame hands over the page's port once; from then on page and worker speak directly.
addEventListener('message', (event: MessageEvent) => {
  const [port] = event.ports
  if (port !== undefined) serve(port)
})

function serve(port: MessagePort): void {
  const controller = new AbortController()
  const say = (message: FromSanitiser) => port.postMessage(message)

  port.onmessage = ({ data }: MessageEvent<ToSanitiser>) => {
    if (data.type === 'cancel') return controller.abort()
    runSanitiser(data.file, {
      signal: controller.signal,
      policy: data.policy,
      onProgress: (progress) => say({ type: 'progress', progress }),
    }).then(
      (result) => say({ type: 'done', result }),
      (error: { code?: string }) => say({ type: 'failed', code: error.code ?? 'har.failed' }),
    )
  }
  say({ type: 'ready' })
}
