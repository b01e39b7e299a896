import { Select } from '../../app/ui/select.tsx'
import { Check, Field, TextField } from './field.tsx'
import { KeyField } from './key-field.tsx'
import { ModelTester } from './model-tester.tsx'
import { NumberField } from './number-field.tsx'
import styles from './settings.module.css'
import { Part, type ScreenProps, SettingsScreen } from './settings-screen.tsx'
import { useSettingsT } from './words.ts'

/** Whether a model is asked, which one, and within which limits. */
export function ModelScreen() {
  return (
    <SettingsScreen group="model" effect={(props) => <Effect {...props} />}>
      {(props) => <Fields {...props} />}
    </SettingsScreen>
  )
}

function wantedIn({ settings, draft }: ScreenProps<'model'>) {
  const { operator } = settings.model
  return {
    kind: draft.value.kind ?? operator.kind,
    url: draft.value.url ?? operator.url ?? '',
    model: draft.value.model ?? operator.model ?? '',
  }
}

function Effect(props: ScreenProps<'model'>) {
  const t = useSettingsT()
  const { kind, url, model } = wantedIn(props)
  if (kind === 'off') return t('settings.model_effect_off')
  if (model === '' || !URL.canParse(url)) return t('settings.model_effect_half')
  return t('settings.model_effect_on', { model, host: new URL(url).host })
}

function Fields(props: ScreenProps<'model'>) {
  const t = useSettingsT()
  const { settings, draft } = props
  const { operator } = settings.model
  const { kind } = wantedIn(props)
  return (
    <>
      <Part title={t('settings.field_kind')}>
        <Field
          label={t('settings.field_kind')}
          isOurs={draft.value.kind !== undefined}
          onReset={() => draft.set({ kind: undefined })}
        >
          {(ids) => (
            <Select
              boxed
              {...ids}
              value={kind}
              onChange={({ target }) => draft.set({ kind: target.value === 'off' ? 'off' : 'openai' })}
            >
              <option value="off">{t('settings.model_kind_off')}</option>
              <option value="openai">{t('settings.model_kind_openai')}</option>
            </Select>
          )}
        </Field>
      </Part>
      {kind === 'openai' && (
        <>
          <Part title={t('settings.model_where')}>
            <TextField
              label={t('settings.field_url')}
              hint={t('settings.model_url_hint')}
              type="url"
              value={draft.value.url}
              operator={operator.url ?? ''}
              maxLength={500}
              onChange={(url) => draft.set({ url })}
            />
            <TextField
              label={t('settings.field_model')}
              value={draft.value.model}
              operator={operator.model ?? ''}
              maxLength={200}
              onChange={(model) => draft.set({ model })}
            />
            <KeyField {...props} />
            <ModelTester {...props} />
          </Part>
          <Limits {...props} />
        </>
      )}
    </>
  )
}

function Limits({ settings, draft }: ScreenProps<'model'>) {
  const t = useSettingsT()
  const { operator } = settings.model
  const { timeBudgetMs, maxTokensPerAnswer, maxTokensPerDay, isZeroRetention = false } = draft.value
  return (
    <Part title={t('settings.model_limits')}>
      <div className={styles.pair}>
        <NumberField
          label={t('settings.field_time_budget_ms')}
          hint={t('settings.model_time_hint')}
          value={timeBudgetMs}
          operator={operator.timeBudgetMs}
          unit={1000}
          range={[1000, 60_000]}
          onChange={(value) => draft.set({ timeBudgetMs: value })}
        />
        <NumberField
          label={t('settings.field_max_tokens_per_answer')}
          value={maxTokensPerAnswer}
          operator={operator.maxTokensPerAnswer}
          range={[50, 100_000]}
          onChange={(value) => draft.set({ maxTokensPerAnswer: value })}
        />
        <NumberField
          label={t('settings.field_max_tokens_per_day')}
          hint={t('settings.model_day_hint')}
          value={maxTokensPerDay}
          operator={operator.maxTokensPerDay}
          range={[0, 1_000_000_000]}
          onChange={(value) => draft.set({ maxTokensPerDay: value })}
        />
      </div>
      <Check
        label={t('settings.model_zero')}
        checked={isZeroRetention}
        onChange={(checked) => draft.set({ isZeroRetention: checked ? true : undefined })}
      />
    </Part>
  )
}
