import type {
  ComponentList,
  ComponentStatus,
  CorrectIncident,
  CorrectUpdate,
  Incident,
  IncidentList,
  OpenIncident,
  PostUpdate,
  SaveComponent,
  StatusComponent,
} from '@clew/contract/status'
import type { Http } from './http.ts'

export type StatusApi = ReturnType<typeof createStatusApi>

/** The routes by which a team keeps its status page. */
export function createStatusApi(http: Http) {
  return {
    components: () => http.request<ComponentList>('GET', '/components'),
    addComponent: (input: SaveComponent) => http.request<StatusComponent>('POST', '/components', { body: input }),
    editComponent: (id: string, input: SaveComponent) =>
      http.request<StatusComponent>('PUT', componentPath(id), { body: input }),
    setComponentStatus: (id: string, status: ComponentStatus) =>
      http.request<StatusComponent>('PUT', `${componentPath(id)}/status`, { body: { status } }),
    incidents: () => http.request<IncidentList>('GET', '/incidents'),
    openIncident: (input: OpenIncident) => http.request<Incident>('POST', '/incidents', { body: input }),
    correctIncident: (id: string, input: CorrectIncident) =>
      http.request<Incident>('PATCH', incidentPath(id), { body: input }),
    postUpdate: (id: string, input: PostUpdate) =>
      http.request<Incident>('POST', `${incidentPath(id)}/updates`, { body: input }),
    correctUpdate: (id: string, updateId: string, input: CorrectUpdate) =>
      http.request<Incident>('PATCH', `${incidentPath(id)}/updates/${encodeURIComponent(updateId)}`, { body: input }),
  }
}

const componentPath = (id: string): string => `/components/${encodeURIComponent(id)}`
const incidentPath = (id: string): string => `/incidents/${encodeURIComponent(id)}`
