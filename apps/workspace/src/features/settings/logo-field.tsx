import { type BrandLogo } from '@clew/contract/settings'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import { settingsApi } from './api.ts'
import { Field } from './field.tsx'
import styles from './settings.module.css'
import { useSettingsT } from './words.ts'

const maxBytes = 200_000

type LogoFieldProps = {
  value: BrandLogo | undefined
  saved: BrandLogo | undefined
  onChange(value: BrandLogo | undefined): void
}

/** A picture is uploaded at once, made safe by the server, and shows to others once the brand is saved. */
export function LogoField({ value, saved, onChange }: LogoFieldProps) {
  const t = useSettingsT()
  const { pickedUrl, problem, choose } = useUpload(onChange)
  const isSaved = value !== undefined && value.hash === saved?.hash
  // What is not saved yet is served to nobody, so it is shown from here.
  const shown = isSaved ? `/brand/logo-${value.hash}.${value.type}` : value && pickedUrl
  return (
    <Field label={t('settings.field_logo')} hint={t('settings.logo_hint')}>
      {(ids) => (
        <div className={styles.logo}>
          {shown !== undefined && <img src={shown} alt={t('settings.logo_now')} />}
          <input
            {...ids}
            type="file"
            accept="image/svg+xml,image/png,.svg,.png"
            onChange={({ target }) => {
              choose(target.files?.[0])
              target.value = ''
            }}
          />
          {value !== undefined && (
            <button type="button" className={controls.button} onClick={() => onChange(undefined)}>
              {t('settings.logo_remove')}
            </button>
          )}
          <div role="status">
            {problem ? (
              <Status shape="major" tone="major">
                {problem}
              </Status>
            ) : (
              value !== undefined && (isSaved ? t('settings.logo_set') : t('settings.logo_ready'))
            )}
          </div>
        </div>
      )}
    </Field>
  )
}

/** What was picked goes to the server at once; too large a file does not set out. */
function useUpload(onChange: (value: BrandLogo) => void) {
  const t = useSettingsT()
  const workspace = useT()
  const [picked, setPicked] = useState<{ file: File; url: string }>()
  const [tooLarge, setTooLarge] = useState<number>()
  useEffect(() => {
    if (picked === undefined) return undefined
    return () => URL.revokeObjectURL(picked.url)
  }, [picked])
  const upload = useMutation({
    mutationFn: (file: File) => settingsApi.uploadLogo(file),
    onSuccess: (logo, file) => {
      setPicked({ file, url: URL.createObjectURL(file) })
      onChange(logo)
    },
  })
  const choose = (file: File | undefined) => {
    if (file === undefined) return
    const isTooLarge = file.size > maxBytes
    setTooLarge(isTooLarge ? Math.ceil(file.size / 1000) : undefined)
    if (!isTooLarge) upload.mutate(file)
  }
  const problem =
    tooLarge === undefined
      ? upload.error && errorText(workspace, upload.error)
      : t('settings.logo_too_large', { size: tooLarge })
  return { pickedUrl: picked?.url, problem, choose }
}
