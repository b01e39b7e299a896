import type { tryModel as TryModel } from './try-model.ts'
import type { AskModel } from './types.ts'

// Without a model nothing is read of the library that talks to one.
export const askModel: AskModel = async (call) => (await import('./ask-model.ts')).askModel(call)
export const tryModel: typeof TryModel = async (endpoint) => (await import('./try-model.ts')).tryModel(endpoint)

export {
  type AskModel,
  type ModelFailure,
  type ModelMessage,
  type ModelTool,
  type ModelUsage,
  modelTool,
} from './types.ts'
