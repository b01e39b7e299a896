import { limits } from '@clew/flows/limits'
import controls from '../../app/ui/controls.module.css'
import styles from './fields.module.css'
import { ListField, TextField } from './fields.tsx'
import { TextPair } from './text-pair.tsx'
import { useFlowsT } from './words.ts'

/** What holds for the flow as a whole. */
export function FlowPanel() {
  const t = useFlowsT()
  return (
    <div className={styles.fields} data-is="flow">
      <h2>{t('flows.whole')}</h2>
      <TextPair label={t('flows.flow_title')} path={['title']} max={limits.titleLength} />
      <TextField
        label={t('flows.flow_article')}
        path={['article']}
        hint={t('flows.article_hint')}
        max={80}
        isOptional
      />
      <p className={controls.hint}>{t('flows.phrases_about')}</p>
      <ListField
        label={t('flows.phrases_en')}
        path={['phrases', 'en']}
        hint={t('flows.phrases_hint')}
        isLines
        isRequired
      />
      <ListField
        label={t('flows.phrases_el')}
        path={['phrases', 'el']}
        hint={t('flows.phrases_hint')}
        isLines
        isRequired
      />
    </div>
  )
}
