export { askModel } from './ask-model.ts'
export { tryModel } from './try-model.ts'
export {
  type AskModel,
  type ModelFailure,
  type ModelMessage,
  type ModelTool,
  type ModelUsage,
  modelTool,
} from './types.ts'
