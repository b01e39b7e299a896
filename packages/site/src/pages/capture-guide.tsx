import { slot } from '@clew/i18n'
import type { ComponentChildren } from 'preact'
import { Sentence } from '../layout.tsx'
import { Knot, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import { type DrawnBrowser, NetworkDrawing, SettingsDrawing } from './capture-drawings.tsx'

const names: Readonly<Record<DrawnBrowser, string>> = {
  chrome: 'Chrome',
  edge: 'Edge',
  firefox: 'Firefox',
  safari: 'Safari',
}
const browsers = ['chrome', 'edge', 'firefox', 'safari'] as const

/** How to record a HAR. All browsers are shown; a script narrows it to the reader's own. */
export function CaptureGuide({ site }: { site: Site }) {
  const { t } = site
  return (
    <Strip as="section" class="stage" labelledBy="record-title" knot={<Knot shape="ring" />}>
      <details class="guide" id="record" data-guide open>
        <summary>
          <h2 id="record-title">{t('site.guide_title')}</h2>
        </summary>
        <p class="muted">{t('site.guide_lede')}</p>
        <dl class="guidenotes">
          <div data-note="phone">
            <dt>{t('site.guide_phone')}</dt>
            <dd>{t('site.guide_phone_text')}</dd>
          </div>
          <div>
            <dt>{t('site.guide_desktop')}</dt>
            <dd>{t('site.guide_desktop_text')}</dd>
          </div>
        </dl>
        <div class="chips" role="group" aria-label={t('site.guide_switch')} data-guide-switch hidden>
          {browsers.map((browser) => (
            <button key={browser} type="button" data-show-browser={browser} aria-pressed="false">
              {names[browser]}{' '}
              <span class="muted" data-yours hidden>
                {t('site.guide_yours')}
              </span>
            </button>
          ))}
        </div>
        {browsers.map((browser) => (
          <BrowserSteps key={browser} site={site} browser={browser} />
        ))}
        <p class="echo">{t('site.guide_other_names')}</p>
      </details>
    </Strip>
  )
}

interface StepsProps {
  site: Site
  browser: DrawnBrowser
}

function BrowserSteps({ site, browser }: StepsProps) {
  const { t } = site
  const title = `record-${browser}`
  return (
    <section class="howto" data-browser={browser} aria-labelledby={title}>
      <h3 id={title}>{names[browser]}</h3>
      <div>
        <ol class="guidesteps">
          <Step number={1}>
            <Private site={site} browser={browser} />
          </Step>
          <Step number={2}>
            <OpenTools site={site} browser={browser} />
          </Step>
          <Step number={3}>
            <KeepLog site={site} browser={browser} />
          </Step>
          <Step number={4}>{t(isChromium(browser) ? 'site.guide_clear_circle' : 'site.guide_clear_bin')}</Step>
          <Step number={5}>
            <Sentence
              text={t('site.guide_reproduce', { keys: slot('keys') })}
              parts={{ keys: <Reload site={site} browser={browser} /> }}
            />
          </Step>
          <Step number={6}>
            <Export site={site} browser={browser} />
          </Step>
          <Step number={7}>{t('site.guide_clean')}</Step>
        </ol>
        {isChromium(browser) ? <AboutCookies site={site} /> : <p class="echo">{t('site.guide_no_clean_export')}</p>}
      </div>
      <div class="drawings">
        {browser === 'safari' && (
          <Picture alt={t('site.guide_picture_settings')} marks={[[2, t('site.guide_mark_2')]]}>
            <SettingsDrawing />
          </Picture>
        )}
        <Picture
          alt={pictureText(site, browser)}
          marks={[3, 4, 6].map((mark) => [mark, t(`site.guide_mark_${mark as 3 | 4 | 6}`)])}
        >
          <NetworkDrawing browser={browser} />
        </Picture>
      </div>
    </section>
  )
}

const isChromium = (browser: DrawnBrowser): boolean => browser === 'chrome' || browser === 'edge'

function pictureText({ t }: Site, browser: DrawnBrowser): string {
  if (browser === 'firefox' || browser === 'safari') return t(`site.guide_picture_${browser}`)
  return t('site.guide_picture_chrome', { browser: names[browser] })
}

function Step({ number, children }: { number: number; children: ComponentChildren }) {
  return (
    <li>
      <span class="stepnr" aria-hidden="true">
        {number}
      </span>
      <span>{children}</span>
    </li>
  )
}

const privateKeys = { chrome: 'N', edge: 'N', firefox: 'P', safari: 'N' } as const

function Private({ site, browser }: StepsProps) {
  const { t } = site
  const letter = privateKeys[browser]
  const keys =
    browser === 'safari' ? (
      <Keys mac={['Shift', 'Cmd', letter]} site={site} />
    ) : (
      <Keys other={['Ctrl', 'Shift', letter]} mac={['Shift', 'Cmd', letter]} site={site} />
    )
  const open = <Sentence text={t(`site.guide_private_${browser}`, { keys: slot('keys') })} parts={{ keys }} />
  return <Sentence text={t('site.guide_private', { open: slot('open') })} parts={{ open }} />
}

const Reload = ({ site, browser }: StepsProps) => (
  <Keys {...(browser === 'safari' ? {} : { other: ['Ctrl', 'R'] })} mac={['Cmd', 'R']} site={site} />
)

function OpenTools({ site, browser }: StepsProps) {
  const { t } = site
  const mac = ['Option', 'Cmd', 'I']
  if (browser === 'safari') {
    const parts = {
      settings: <Ui>Safari › Settings › Advanced</Ui>,
      option: <Ui>Show features for web developers</Ui>,
      keys: <Keys mac={mac} site={site} />,
    }
    return <Sentence text={t('site.guide_tools_safari', slots(parts))} parts={parts} />
  }
  const parts = {
    keys: <Keys other={['Ctrl', 'Shift', 'I']} mac={mac} site={site} also="F12" />,
    inspect: <Ui>Inspect</Ui>,
  }
  return <Sentence text={t('site.guide_tools', slots(parts))} parts={parts} />
}

function KeepLog({ site: { t }, browser }: StepsProps) {
  const network = <Ui>Network</Ui>
  if (isChromium(browser)) {
    const parts = { network, keep: <Ui>Preserve log</Ui>, cache: <Ui>Disable cache</Ui> }
    return <Sentence text={t('site.guide_network_chrome', slots(parts))} parts={parts} />
  }
  const parts = { network, keep: <Ui>{browser === 'firefox' ? 'Persist Logs' : 'Preserve Log'}</Ui> }
  const key = browser === 'firefox' ? 'site.guide_network_firefox' : 'site.guide_network_safari'
  return <Sentence text={t(key, slots(parts))} parts={parts} />
}

function Export({ site: { t }, browser }: StepsProps) {
  if (isChromium(browser)) {
    const parts = { save: <Ui>Export HAR</Ui>, older: <Ui>Save all as HAR with content</Ui> }
    return <Sentence text={t('site.guide_export_chrome', slots(parts))} parts={parts} />
  }
  const parts = { save: <Ui>{browser === 'firefox' ? 'Save All As HAR' : 'Export'}</Ui> }
  const key = browser === 'firefox' ? 'site.guide_export_firefox' : 'site.guide_export_safari'
  return <Sentence text={t(key, slots(parts))} parts={parts} />
}

function AboutCookies({ site: { t } }: { site: Site }) {
  const parts = { path: <Ui>Preferences › Network</Ui>, option: <Ui>Allow to generate HAR with sensitive data</Ui> }
  return (
    <details class="more">
      <summary>{t('site.guide_cookies')}</summary>
      <p>
        <Sentence text={t('site.guide_cookies_text', slots(parts))} parts={parts} />
      </p>
    </details>
  )
}

const slots = <Name extends string>(parts: Readonly<Record<Name, unknown>>): Record<Name, string> =>
  Object.fromEntries(Object.keys(parts).map((name) => [name, slot(name)])) as Record<Name, string>

/** What a program itself writes on a button. */
const Ui = ({ children }: { children: string }) => (
  <b class="ui" lang="en">
    {children}
  </b>
)

interface KeysProps {
  site: Site
  /** On Windows and Linux. */
  other?: readonly string[]
  mac: readonly string[]
  /** A single key that does the same there. */
  also?: string
}

/** A shortcut. Both platforms are written; a script hides the one that is not the reader's. */
function Keys({ site: { t }, other, mac, also }: KeysProps) {
  if (other === undefined) return <Combination keys={mac} />
  return (
    <span class="keys">
      <span data-for="other">
        {also !== undefined && (
          <>
            <kbd>{also}</kbd>,{' '}
          </>
        )}
        <Combination keys={other} />
      </span>
      <span class="between"> · {t('site.guide_on_mac')} </span>
      <span data-for="mac">
        <Combination keys={mac} />
      </span>
    </span>
  )
}

const Combination = ({ keys }: { keys: readonly string[] }) => (
  <span class="combination">
    {keys.map((key, at) => (
      <>
        {at > 0 && '+'}
        <kbd>{key}</kbd>
      </>
    ))}
  </span>
)

interface PictureProps {
  alt: string
  marks: readonly (readonly [number: number, name: string])[]
  children: ComponentChildren
}

function Picture({ alt, marks, children }: PictureProps) {
  return (
    <figure class="drawing">
      <div role="img" aria-label={alt}>
        {children}
      </div>
      <figcaption aria-hidden="true">
        {marks.map(([number, name]) => (
          <span key={number}>
            <span class="stepnr">{number}</span> {name}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
