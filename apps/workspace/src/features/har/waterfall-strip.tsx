import type { CaptureDetail } from '@clew/contract/captures'
import { createOverview, createWaterfall, isFailing } from '@clew/har/waterfall'
import { useEffect, useMemo, useRef } from 'react'
import { useT } from '../../app/i18n.tsx'
import { duration } from '../../app/sizes.ts'
import styles from './waterfall-strip.module.css'

const none = new Uint8Array(0)

/** The capture at a glance, for the card: every request one line of time, the failing ones over the others. */
export function WaterfallStrip({ detail: { capture, entries } }: { detail: CaptureDetail }) {
  const t = useT()
  const canvas = useRef<HTMLCanvasElement>(null)
  const waterfall = useMemo(() => createWaterfall(entries, capture.findings), [entries, capture.findings])
  useEffect(() => {
    if (!canvas.current) return undefined
    const drawn = createOverview(canvas.current, { ruler: 16 })
    const range = { fromMs: 0, toMs: waterfall.spanMs }
    drawn.show({ waterfall, range, marked: none, label: (ms) => duration(t, ms) })
    return () => drawn.destroy()
  }, [waterfall, t])
  const failing = entries.filter(isFailing).length
  const label = t('workspace.waterfall_summary', {
    count: entries.length,
    span: duration(t, waterfall.spanMs),
    failing,
  })
  return <canvas ref={canvas} className={styles.strip} role="img" aria-label={label} />
}
