export { type ForgetParts, forgetPerson, previewForget } from './use-cases/forget-person.ts'
