import { brokenMessage, connectMessage, type FromSanitiser } from './protocol.ts'

export type FramePort = { port: MessagePort; onBroken(listener: () => void): void; close(): void }

const patienceMs = 4000

/**
 * Opens the hidden frame and waits until its worker answers. Fails when the host forbids the frame, at once where the
 * browser says so, after four seconds where it does not.
 */
export function connectFrame(root: ShadowRoot, url: string): Promise<FramePort> {
  const { origin } = new URL(url)
  const frame = document.createElement('iframe')
  const { port1, port2 } = new MessageChannel()
  const broken: (() => void)[] = []

  const onMessage = (event: MessageEvent) => {
    if (event.source !== frame.contentWindow || event.origin !== origin || event.data !== brokenMessage) return
    for (const listener of broken) listener()
  }
  const close = () => {
    removeEventListener('message', onMessage)
    frame.remove()
    port1.close()
  }

  return new Promise<FramePort>((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer)
      document.removeEventListener('securitypolicyviolation', onViolation)
      act()
    }
    const giveUp = () =>
      settle(() => {
        close()
        reject(new Error('no frame'))
      })
    const onViolation = (event: SecurityPolicyViolationEvent) => {
      if (/^(frame|child|default)-src/.test(event.effectiveDirective) && event.blockedURI.startsWith(origin)) giveUp()
    }
    const timer = setTimeout(giveUp, patienceMs)
    document.addEventListener('securitypolicyviolation', onViolation)
    addEventListener('message', onMessage)
    broken.push(giveUp)

    port1.onmessage = ({ data }: MessageEvent<FromSanitiser>) => {
      if (data.type !== 'ready') return
      broken.length = 0
      settle(() => resolve({ port: port1, onBroken: (listener) => broken.push(listener), close }))
    }
    // A frame that the host's policy blocked "loads" too, but with another origin: then nobody hears this.
    frame.addEventListener('load', () => frame.contentWindow?.postMessage(connectMessage, origin, [port2]), {
      once: true,
    })
    frame.hidden = true
    frame.title = 'Clew'
    frame.referrerPolicy = 'no-referrer'
    frame.src = url
    root.appendChild(frame)
  })
}
