import type { AuditExportFormat, AuditFilter } from '@clew/contract/audit'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { exportLog, overviewQuery } from './api.ts'
import styles from './audit.module.css'
import { useAuditT } from './words.ts'

const formats: readonly AuditExportFormat[] = ['jsonl', 'csv', 'ocsf']

/** Writes out what the filters show. The browser gets a file, not an address that could be passed on. */
export function ExportMenu({ filter }: { filter: AuditFilter }) {
  const t = useAuditT()
  const shell = useT()
  const menu = useRef<HTMLDetailsElement>(null)
  const queryClient = useQueryClient()
  const write = useMutation({
    mutationFn: (format: AuditExportFormat) => exportLog(format, filter),
    onSuccess: ({ name, file }) => save(name, file),
    onSettled: () => queryClient.invalidateQueries({ queryKey: overviewQuery.queryKey }),
  })
  const close = () => {
    if (menu.current) menu.current.open = false
    menu.current?.querySelector('summary')?.focus()
  }
  return (
    <details
      ref={menu}
      className={styles.export}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <summary className={controls.button}>
        {t(write.isPending ? 'console-audit.exporting' : 'console-audit.export')}
      </summary>
      <div className={styles.formats}>
        <p className={controls.hint}>{t('console-audit.export_hint')}</p>
        {formats.map((format) => (
          <button
            key={format}
            type="button"
            className={controls.plain}
            disabled={write.isPending}
            onClick={() => {
              close()
              write.mutate(format)
            }}
          >
            {t(`console-audit.export_${format}`)}
          </button>
        ))}
      </div>
      {write.error !== null && <p role="alert">{errorText(shell, write.error)}</p>}
    </details>
  )
}

function save(name: string, file: Blob): void {
  const url = URL.createObjectURL(file)
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
