import type { HarValidation } from '@clew/har'
import { Knot, Strip } from '../../rail.tsx'
import type { FailureCode } from './messages.ts'
import { usePage } from './page.ts'
import { ProblemItems } from './problems.tsx'
import type { Job } from './session.ts'

const kinds = {
  'har.empty': 'empty',
  'har.not_json': 'not_har',
  'har.not_har': 'not_har',
  'har.too_deep': 'damaged',
  'har.too_large': 'memory',
  'har.unsupported_encoding': 'encoding',
  'har.cancelled': 'failed',
  'gzip.damaged': 'packed_damaged',
  'gzip.too_large': 'packed_large',
  'gzip.unsupported': 'packed',
  'zip.not_unpacked': 'zip',
  memory: 'memory',
  unreadable: 'unreadable',
  worker: 'worker',
  failed: 'failed',
} as const satisfies Record<FailureCode, string>

/** A file that ends inside its first entry holds no requests either, and was not empty when it was recorded. */
export function kindOf(code: FailureCode, validation: HarValidation | undefined) {
  const isCut = validation?.groups.some((group) => group.code === 'json.truncated') === true
  return isCut && code === 'har.empty' ? 'cut' : kinds[code]
}

/** What went wrong and what to do about it. The file itself is as it was. */
export function Failed({
  job,
  code,
  validation,
}: {
  job: Job
  code: FailureCode
  validation: HarValidation | undefined
}) {
  const { t, session } = usePage()
  const kind = kindOf(code, validation)
  const problems = validation?.problems.filter(({ severity }) => severity === 'error').slice(0, 3) ?? []
  return (
    <Strip class="stage grows" live knot={<Knot shape="partial" tone="partial" />} rail={t('har-page.failed_rail')}>
      <div role="alert">
        <h2>{t(`har-page.failed_${kind}`, { name: job.file.name })}</h2>
        <p>{t(`har-page.failed_${kind}_text`)}</p>
      </div>
      {kind === 'memory' && <pre class="lines">npx clew har sanitize trace.har</pre>}
      {kind !== 'empty' && problems.length > 0 && <ProblemItems problems={problems} isFixSaid />}
      <p class="btns">
        {(kind === 'worker' || kind === 'failed') && (
          <button type="button" class="btn" onClick={() => session.choose(job.choice)}>
            {t('har-page.try_again')}
          </button>
        )}
        {(kind === 'not_har' || kind === 'empty' || kind === 'cut' || kind === 'damaged') && (
          <a class="btn" href="#record">
            {t('har-page.to_guide')}
          </a>
        )}
        <button type="button" class="btn plain" onClick={() => session.forget(job.id)}>
          {t('har-page.forget')}
        </button>
      </p>
    </Strip>
  )
}
