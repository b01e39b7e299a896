import type { Gap } from '@clew/contract/assistant-learning'
import type { Locale } from '@clew/contract/primitives'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { now } from '../../app/clock.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { gapsQuery } from './api.ts'
import styles from './assistant.module.css'
import { Waiting } from './assistant-frame.tsx'
import { download, draftArticle } from './draft-article.ts'
import { Failed } from './failed.tsx'
import { useLearningT } from './words.ts'

const spans = [7, 30, 90] as const

/** What people asked in vain, each matter once, the most asked first. */
export function GapsScreen() {
  const t = useLearningT()
  const [days, setDays] = useState<number>(30)
  const [locale, setLocale] = useState<Locale>()
  const { data, error, refetch } = useQuery(gapsQuery({ days, locale }))
  return (
    <>
      <RailRow as="header" className={sheet.head} margin={data && t.format.number(data.gaps.length)}>
        <h1>{t('learning.gaps')}</h1>
        <p className={text.effect}>
          {data === undefined
            ? t('learning.loading')
            : t('learning.gaps_effect', { count: data.gaps.length, days: data.days, questions: data.questions })}
        </p>
        <p className={styles.filters}>
          <Select aria-label={t('learning.days')} value={days} onChange={({ target }) => setDays(Number(target.value))}>
            {spans.map((span) => (
              <option key={span} value={span}>
                {t('learning.days_of', { days: span })}
              </option>
            ))}
          </Select>
          <Select
            aria-label={t('learning.language')}
            value={locale ?? ''}
            onChange={({ target }) => setLocale(target.value === '' ? undefined : (target.value as Locale))}
          >
            <option value="">{t('learning.all_languages')}</option>
            <option value="en">{t('learning.language_en')}</option>
            <option value="el">{t('learning.language_el')}</option>
          </Select>
          {data?.isCut && <span className={text.muted}>{t('learning.gaps_cut')}</span>}
        </p>
      </RailRow>
      {error !== null && <Failed error={error} onAgain={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      {data?.gaps.length === 0 && (
        <RailRow className={sheet.part}>
          <p className={text.muted}>{t('learning.gaps_none')}</p>
        </RailRow>
      )}
      {data?.gaps.map((gap) => (
        <GapRow key={gap.id} gap={gap} />
      ))}
    </>
  )
}

function GapRow({ gap }: { gap: Gap }) {
  const t = useLearningT()
  const [first, ...others] = gap.examples
  const start = () => {
    download(
      draftArticle({
        locale: gap.locale,
        questions: gap.examples.map(({ body }) => body),
        near: gap.nearest?.slug,
        flow: undefined,
        lead: t('learning.draft_write'),
        at: new Date(now()),
      }),
    )
    showToast({ text: t('learning.start_article_done') })
  }
  return (
    <RailRow as="section" className={sheet.part} margin={t('learning.volume', { count: gap.volume })}>
      {first !== undefined && (
        <h2 lang={gap.locale}>
          <Example example={first} />
        </h2>
      )}
      <Counts gap={gap} />
      {others.length > 0 && (
        <ul className={styles.examples} aria-label={t('learning.examples')} lang={gap.locale}>
          {others.map((example) => (
            <li key={`${example.conversationId} ${example.askedAt}`}>
              <Example example={example} />
            </li>
          ))}
        </ul>
      )}
      <p className={text.small}>
        {gap.nearest === null
          ? t('learning.nearest_none')
          : t('learning.nearest', {
              title: gap.nearest.title,
              share: t.format.number(gap.nearest.coverage, { style: 'percent' }),
            })}
      </p>
      <p className={styles.ways}>
        <button type="button" className={controls.button} onClick={start}>
          {t('learning.start_article')}
        </button>
      </p>
    </RailRow>
  )
}

function Example({ example }: { example: Gap['examples'][number] }) {
  const t = useT()
  return (
    <Link
      to="/c/$conversationId"
      params={{ conversationId: example.conversationId }}
      className={styles.example}
      title={fullMoment(t, example.askedAt)}
    >
      {example.body}
    </Link>
  )
}

function Counts({ gap }: { gap: Gap }) {
  const t = useLearningT()
  const reasons = (['wrong_article', 'not_clear', 'did_not_work', 'other'] as const).flatMap((reason) => {
    const count = gap.reasons[reason]
    return count === undefined ? [] : [t(`learning.reason_${reason}`, { count })]
  })
  const parts = [
    t(`learning.language_${gap.locale}`),
    ...(gap.unanswered > 0 ? [t('learning.unanswered', { count: gap.unanswered })] : []),
    ...(gap.notHelpful > 0 ? [t('learning.not_helpful', { count: gap.notHelpful })] : []),
    ...(gap.handedOver > 0 ? [t('learning.handed_over', { count: gap.handedOver })] : []),
    ...reasons,
  ]
  return <p className={styles.counts}>{parts.join(' · ')}</p>
}
