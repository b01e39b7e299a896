import { useEffect, useRef, useState } from 'preact/hooks'
import type { CaseT } from './case-words.ts'
import { usePanel } from './context.ts'
import { type BrowserEnvironment, environmentFact, readEnvironment } from './environment.ts'

const networks = ['home', 'corporate', 'mobile', 'public'] as const

/** Shows what the browser says of itself and asks; it goes to us only on "agree". */
export function EnvironmentForm({ words }: { words: CaseT }) {
  const { t, actions } = usePanel()
  const [found, setFound] = useState<BrowserEnvironment>()
  const [network, setNetwork] = useState<(typeof networks)[number]>()
  const [vpn, setVpn] = useState(false)
  const first = useRef<HTMLSelectElement>(null)
  useEffect(() => void readEnvironment(navigator).then(setFound), [])
  useEffect(() => first.current?.focus(), [found])
  if (found === undefined) return null

  const deviceName = words(`case.device_${found.device}`)
  const lines: [string, string][] = [
    [words('case.label_browser'), [found.browser, found.browserVersion].filter(Boolean).join(' ')],
    [words('case.label_os'), [found.os, found.osVersion].filter(Boolean).join(' ')],
    [words('case.label_device'), deviceName],
  ]
  const agree = () =>
    void actions.setFact(environmentFact(found, { ...(network === undefined ? {} : { network }), vpn }))
  return (
    <>
      <dl>
        {lines.map(
          ([label, value]) =>
            value !== '' && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <label>
        {words('case.label_network')}
        <select
          ref={first}
          value={network ?? ''}
          onChange={(event) => setNetwork(networks.find((name) => name === event.currentTarget.value))}
        >
          <option value="">{words('case.network_unsaid')}</option>
          {networks.map((name) => (
            <option key={name} value={name}>
              {words(`case.network_${name}`)}
            </option>
          ))}
        </select>
      </label>
      <label class="tick">
        <input type="checkbox" checked={vpn} onChange={(event) => setVpn(event.currentTarget.checked)} />
        {words('case.label_vpn')}
      </label>
      <div class="choices">
        <button type="button" class="main" onClick={agree}>
          {words('case.share_environment')}
        </button>
        <button type="button" onClick={() => actions.stopAsking()}>
          {t('widget.cancel')}
        </button>
      </div>
    </>
  )
}
