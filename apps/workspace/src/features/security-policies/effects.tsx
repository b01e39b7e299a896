import type { PolicyEffect, PolicyPreview } from '@clew/contract/security-policies'
import type { ShapeName } from '@clew/ui/marks'
import { useT } from '../../app/i18n.tsx'
import { Status, type Tone } from '../../app/ui/status.tsx'
import styles from './policies.module.css'
import { phraseOf } from './rule-model.ts'
import { type PoliciesT, usePoliciesT } from './words.ts'

const severe: ReadonlySet<PolicyEffect['code']> = new Set(['locks_you_out'])
const harsh: ReadonlySet<PolicyEffect['code']> = new Set([
  'signs_out',
  'signs_you_out',
  'cannot_sign_in',
  'keys_end',
  'links_end',
  'invitations_void',
  'must_enrol',
  'files_refused',
])

const lookOf = (code: PolicyEffect['code']): { shape: ShapeName; tone: Tone } => {
  if (severe.has(code)) return { shape: 'major', tone: 'major' }
  return harsh.has(code) ? { shape: 'partial', tone: 'partial' } : { shape: 'ring', tone: 'quiet' }
}

/** What saving would do, the worst first, each with its sign. */
export function Effects({ preview }: { preview: PolicyPreview }) {
  return (
    <ul
      className={styles.effects}
      data-tone={preview.isRefused ? 'major' : preview.isDangerous ? 'partial' : undefined}
    >
      {preview.effects.map((effect) => (
        <li key={effect.code}>
          <EffectLine effect={effect} />
        </li>
      ))}
    </ul>
  )
}

export function EffectLine({ effect }: { effect: PolicyEffect }) {
  const t = usePoliciesT()
  const words = useT()
  const until =
    effect.until === undefined
      ? '–'
      : words.format.date(effect.until, { day: 'numeric', month: 'long', year: 'numeric' })
  return (
    <>
      <Status {...lookOf(effect.code)}>
        {t(`console-policies.effect_${effect.code}`, {
          count: effect.count ?? 0,
          of: effect.of ?? 0,
          until,
        })}
      </Status>
      {effect.names !== undefined && effect.names.length > 0 && (
        <span className={styles.names}>{namesOf(t, effect, effect.names)}</span>
      )}
    </>
  )
}

const namesOf = (t: PoliciesT, { count = 0 }: PolicyEffect, names: readonly string[]): string =>
  count > names.length
    ? t('console-policies.names_and_more', { names: names.join(', '), more: count - names.length })
    : names.join(', ')

/** What is to be typed before something is saved that people lose by. */
export function confirmationOf(t: PoliciesT, preview: PolicyPreview): string | undefined {
  if (!preview.isDangerous || preview.isRefused) return undefined
  const found = phraseOf(preview.effects)
  return found && t(`console-policies.confirm_${found.code}`, { count: found.count })
}
