import { type FunctionComponent } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Strip } from '../../rail.tsx'
import { usePage } from './page.ts'
import type { TimelineProps } from './timeline/timeline.tsx'

/** The waterfall of the clean copy. It is loaded with the first result, and not before. */
export function TimelineStage(props: TimelineProps) {
  const { t } = usePage()
  const [Timeline, setTimeline] = useState<FunctionComponent<TimelineProps>>()
  const [hasFailed, setFailed] = useState(false)
  const [tries, setTries] = useState(0)
  const stage = useRef<HTMLDivElement>(null)
  useEffect(() => {
    import('./timeline/timeline.tsx').then(
      (module) => setTimeline(() => module.Timeline),
      () => setFailed(true),
    )
  }, [tries])
  useEffect(() => {
    if (props.finding !== undefined) stage.current?.scrollIntoView({ block: 'start' })
  }, [props.finding])
  const again = () => {
    setFailed(false)
    setTries(tries + 1)
  }
  return (
    <div ref={stage} class="timelinestage">
      <Strip
        as="section"
        class="stage"
        live
        labelledBy="har-timeline"
        rail={
          <>
            <b>{t('har-page.timeline_rail')}</b> {t.format.number(props.result.rows.length)}
          </>
        }
      >
        <h2 id="har-timeline">{t('har-page.timeline')}</h2>
        {Timeline !== undefined && <Timeline {...props} />}
        {hasFailed && (
          <p>
            {t('har-page.timeline_failed')}{' '}
            <button type="button" class="linkish" onClick={again}>
              {t('har-page.try_again')}
            </button>
          </p>
        )}
      </Strip>
    </div>
  )
}
