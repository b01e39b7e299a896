import type { CaptureEntryDetail } from '@clew/contract/capture-entries'
import { type ReactNode, useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import styles from './entry-pane.module.css'
import { Marked } from './marked.tsx'

export function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <RailRow as="section" className={styles.part} margin={name}>
      {children}
    </RailRow>
  )
}

type Pair = readonly [name: string, value: string]

/** Names and values; what has no value is not named. */
export function Pairs({ pairs }: { pairs: readonly Pair[] }) {
  const known = pairs.filter(([, value]) => value !== '')
  if (known.length === 0) return null
  return (
    <dl className={styles.pairs}>
      {known.map(([name, value], at) => (
        // The same name may come several times, each in its place.
        <div key={`${at} ${name}`}>
          <dt>{name}</dt>
          <dd>
            <Marked text={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

const shownAtFirst = 8

export function Headers({ title, headers }: { title: string; headers: CaptureEntryDetail['request']['headers'] }) {
  const t = useT()
  return (
    <Group title={title} count={headers.length} none={t('workspace.headers_none')}>
      {(shown) => <Pairs pairs={headers.slice(0, shown).map(({ name, value }) => [name, value || '–'])} />}
    </Group>
  )
}

type CookieList = CaptureEntryDetail['request']['cookies']

export function Cookies({ title, cookies }: { title: string; cookies: CookieList }) {
  if (cookies.length === 0) return null
  return (
    <Group title={title} count={cookies.length} none="">
      {(shown) => (
        <dl className={styles.pairs}>
          {cookies.slice(0, shown).map((cookie, at) => (
            <div key={`${at} ${cookie.name}`}>
              <dt>{cookie.name}</dt>
              <dd>
                <Marked text={cookie.value || '–'} />
                <span className={styles.attributes}>{attributesOf(cookie)}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Group>
  )
}

/** As they stand in a Set-Cookie header. */
function attributesOf(cookie: CookieList[number]): string {
  const { domain, path, expires, sameSite, isSecure, isHttpOnly } = cookie
  return [
    domain && `Domain=${domain}`,
    path && `Path=${path}`,
    expires && `Expires=${expires}`,
    sameSite && `SameSite=${sameSite}`,
    isSecure && 'Secure',
    isHttpOnly && 'HttpOnly',
  ]
    .filter(Boolean)
    .join('; ')
}

type GroupProps = { title: string; count: number; none: string; children(shown: number): ReactNode }

/** A titled list that begins short. */
function Group({ title, count, none, children }: GroupProps) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  return (
    <div className={styles.group}>
      <h3>{t('workspace.filter_with_count', { filter: title, count })}</h3>
      {count === 0 ? <p className={styles.none}>{none}</p> : children(isOpen ? count : shownAtFirst)}
      {!isOpen && count > shownAtFirst && (
        <button type="button" className={controls.link} onClick={() => setOpen(true)}>
          {t('workspace.and_more', { count: count - shownAtFirst })}
        </button>
      )}
    </div>
  )
}
