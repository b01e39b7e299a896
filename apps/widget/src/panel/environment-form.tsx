import { useEffect, useState } from 'preact/hooks'
import { usePanel } from './context.ts'
import { type BrowserEnvironment, environmentFact, readEnvironment } from './environment.ts'

const networks = ['home', 'corporate', 'mobile', 'public'] as const

/** Shows what the browser says of itself and asks; it goes to us only on "agree". */
export function EnvironmentForm() {
  const { t, actions } = usePanel()
  const [found, setFound] = useState<BrowserEnvironment>()
  const [network, setNetwork] = useState<(typeof networks)[number]>()
  const [vpn, setVpn] = useState(false)
  useEffect(() => void readEnvironment(navigator).then(setFound), [])
  if (found === undefined) return <p class="note">{t('widget.state_loading')}</p>

  const deviceName = t(`widget.device_${found.device}`)
  const lines: [string, string][] = [
    [t('widget.label_browser'), [found.browser, found.browserVersion].filter(Boolean).join(' ')],
    [t('widget.label_os'), [found.os, found.osVersion].filter(Boolean).join(' ')],
    [t('widget.label_device'), deviceName],
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
        {t('widget.label_network')}
        <select
          value={network ?? ''}
          onChange={(event) => setNetwork(networks.find((name) => name === event.currentTarget.value))}
        >
          <option value="">{t('widget.network_unsaid')}</option>
          {networks.map((name) => (
            <option key={name} value={name}>
              {t(`widget.network_${name}`)}
            </option>
          ))}
        </select>
      </label>
      <label class="tick">
        <input type="checkbox" checked={vpn} onChange={(event) => setVpn(event.currentTarget.checked)} />
        {t('widget.label_vpn')}
      </label>
      <div class="choices">
        <button type="button" class="main" onClick={agree}>
          {t('widget.share_environment')}
        </button>
        <button type="button" onClick={() => actions.stopAsking()}>
          {t('widget.cancel')}
        </button>
      </div>
    </>
  )
}
