import type { Playground } from '@clew/contract/assistant-learning'
import { Fragment, type ReactNode } from 'react'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import styles from './assistant.module.css'
import { inWords } from './in-words.ts'
import { useLearningT } from './words.ts'

type Trace = Playground['trace']

/** Each stage of a turn, in the order in which it happens. */
export function TraceView({ trace }: { trace: Trace }) {
  const t = useLearningT()
  return (
    <RailRow as="section" className={sheet.part}>
      <h2>{t('learning.trace')}</h2>
      <Understood trace={trace} />
      <Facts facts={trace.facts} />
      <Stage title={t('learning.stage_meaning')}>
        <Lines rows={[[t('learning.signs'), listed(trace.signs, t('learning.none'))]]} />
        <div className={styles.sides}>
          <Bars title={t('learning.acts')} shares={trace.acts} />
          <Bars title={t('learning.topics')} shares={trace.topics} />
        </div>
      </Stage>
      <Stage title={t('learning.stage_found')}>
        <Bars
          title=""
          shares={[
            { label: t('learning.answerable'), probability: trace.answerable },
            ...trace.hits.map(({ title, coverage }) => ({ label: title, probability: coverage })),
          ]}
        />
      </Stage>
      <Decided trace={trace} />
      <Memory trace={trace} />
      <Stage title={t('learning.stage_effects')}>
        <p className={text.mono}>{listed(trace.effects, t('learning.none'))}</p>
      </Stage>
    </RailRow>
  )
}

function Understood({ trace }: { trace: Trace }) {
  const t = useLearningT()
  const language = t(`learning.language_${trace.language}`)
  return (
    <Stage title={t('learning.stage_understood')}>
      <Lines
        rows={[
          [t('learning.text'), trace.text],
          [t('learning.language'), trace.greeklish ? `${language}, ${t('learning.greeklish')}` : language],
          [t('learning.secrets'), listed(trace.secrets, t('learning.none'))],
        ]}
      />
    </Stage>
  )
}

function Facts({ facts }: { facts: Trace['facts'] }) {
  const t = useLearningT()
  const about = ({ quote, confidence }: Trace['facts'][number]) =>
    [
      ...(quote === null ? [] : [t('learning.from_words', { quote })]),
      ...(confidence === null
        ? []
        : [t('learning.confidence', { share: t.format.number(confidence, { style: 'percent' }) })]),
    ].join(', ')
  return (
    <Stage title={t('learning.stage_facts')}>
      {facts.length === 0 ? (
        <p className={text.mono}>{t('learning.none')}</p>
      ) : (
        <ul className={styles.facts}>
          {facts.map((fact) => (
            <li key={`${fact.field} ${fact.value}`}>
              <span className={text.mono}>
                {fact.field} {inWords(fact.value)}
              </span>{' '}
              <span className={text.muted}>{about(fact)}</span>
            </li>
          ))}
        </ul>
      )}
    </Stage>
  )
}

function Decided({ trace: { rule, intention, did } }: { trace: Trace }) {
  const t = useLearningT()
  const done = [did.action, did.flow, ...did.articles, ...did.ask].filter((part) => part !== null)
  return (
    <Stage title={t('learning.stage_decided')}>
      <Lines
        rows={[
          [t('learning.intention'), intention],
          [t('learning.rule'), rule],
          [t('learning.did'), done.join(' · ')],
        ]}
      />
    </Stage>
  )
}

/** Only what changed, or is there at all. */
function Memory({ trace: { before, after } }: { trace: Trace }) {
  const t = useLearningT()
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return (
    <Stage title={t('learning.stage_state')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('learning.stage_state')}>
        <table className={styles.memory}>
          <thead>
            <tr>
              <td />
              <th scope="col">{t('learning.before')}</th>
              <th scope="col">{t('learning.after')}</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => (
              <tr key={name} data-changed={before[name] !== after[name] || undefined}>
                <th scope="row">{name}</th>
                <td>{before[name] ?? '–'}</td>
                <td>{after[name] ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Stage>
  )
}

const Stage = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className={styles.stage}>
    <h3>{title}</h3>
    {children}
  </div>
)

const Lines = ({ rows }: { rows: readonly (readonly [string, string])[] }) => (
  <dl className={styles.lines}>
    {rows.map(([name, value]) => (
      <Fragment key={name}>
        <dt>{name}</dt>
        <dd className={text.mono}>{value}</dd>
      </Fragment>
    ))}
  </dl>
)

/** Shares of one as bars with their numbers. */
function Bars({ title, shares }: { title: string; shares: readonly { label: string; probability: number }[] }) {
  const t = useLearningT()
  return (
    <div>
      {title !== '' && <h4 className={styles.small}>{title}</h4>}
      <ul className={styles.bars}>
        {shares.map(({ label, probability }) => (
          <li key={label}>
            <span>{label}</span>
            <svg className={styles.bar} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              <rect width="100" height="6" className={styles.ground} />
              <rect width={Math.max(0, Math.min(1, probability)) * 100} height="6" className={styles.filled} />
            </svg>
            <span>{t.format.number(probability, { style: 'percent' })}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

const listed = (all: readonly string[], none: string): string => (all.length === 0 ? none : all.join(', '))
