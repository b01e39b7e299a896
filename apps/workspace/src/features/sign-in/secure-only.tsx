import { fill, slot } from '@clew/i18n'
import type { ReactNode } from 'react'
import { useT } from '../../app/i18n.tsx'
import styles from './entrance.module.css'
import { Entrance } from './entrance.tsx'
import { isSecureAddress } from './secure-origin.ts'

/** Shows the way in where a session can be kept, and how to get there where it cannot. */
export const SecureOnly = ({ children }: { children: ReactNode }) =>
  isSecureAddress(location) ? children : <InsecurePage />

const settings = {
  cert: <code key="cert">CLEW_TLS_CERT</code>,
  key: <code key="key">CLEW_TLS_KEY</code>,
  proxy: <code key="proxy">CLEW_TRUST_PROXY=1</code>,
  base: <code key="base">CLEW_BASE_URL</code>,
}

/** Plain http on another machine's address: a session cannot be kept, so the page says what helps instead of failing. */
function InsecurePage() {
  const t = useT()
  const tunnel = `ssh -L ${location.port || '3000'}:localhost:${location.port || '3000'} ${location.hostname}`
  return (
    <Entrance title={t('workspace.insecure')} lead={t('workspace.insecure_lead', { address: location.origin })}>
      <ol className={styles.ways}>
        <li>{fill(t('workspace.insecure_certificate', { cert: slot('cert'), key: slot('key') }), settings)}</li>
        <li>{fill(t('workspace.insecure_proxy', { proxy: slot('proxy'), base: slot('base') }), settings)}</li>
        <li>
          {fill(t('workspace.insecure_tunnel', { command: slot('command'), address: slot('address') }), {
            command: <code key="command">{tunnel}</code>,
            address: <code key="address">http://localhost:{location.port || '3000'}/app</code>,
          })}
        </li>
      </ol>
    </Entrance>
  )
}
