import type { Macro, MacroList, MacroToChange, MacroToCreate } from '@clew/contract/macros'
import type { Http } from './http.ts'

export type MacrosApi = ReturnType<typeof createMacrosApi>

/** The routes by which a team reads and keeps its saved replies. */
export function createMacrosApi(http: Http) {
  const at = (macroId: string) => `/macros/${encodeURIComponent(macroId)}`
  return {
    list: () => http.request<MacroList>('GET', '/macros'),
    create: (input: MacroToCreate) => http.request<Macro>('POST', '/macros', { body: input }),
    change: (macroId: string, input: MacroToChange) => http.request<Macro>('PATCH', at(macroId), { body: input }),
    delete: (macroId: string) => http.request<void>('DELETE', at(macroId)),
  }
}
